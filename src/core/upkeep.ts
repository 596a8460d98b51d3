import type { Platform } from './message.ts'
import type { Attendee, CalendarEvent, Reminder } from './model.ts'

/** What has to follow the calendar without anybody asking for it, as a port. */

/** An event of which somebody is alerted, with the alerts that are planned for it. */
export interface AlertedEvent {
  readonly event: CalendarEvent
  readonly attendees: readonly Attendee[]
  readonly planned: readonly Reminder[]
  /** The space that it belongs to, in the words of its platform. */
  readonly platform: Platform
  readonly space: string
}

export interface PlannedAlert {
  readonly before: Reminder | null
  readonly after: Reminder
}

export interface CalendarUpkeep {
  /** Events that are not over, whose instants follow from time-zone data older than ours. */
  outdated(now: Temporal.Instant, limit: number): Promise<readonly CalendarEvent[]>
  /** Writes the instants of an event that nobody changed meanwhile; what people have made of it stays. */
  rederive(event: CalendarEvent): Promise<void>
  /** Scheduled reminders whose next ring follows from older time-zone data; each is given once. */
  outdatedReminders(limit: number): Promise<readonly Reminder[]>
  /** Events with alerts that are not over, in the order of their ids after one of them. */
  alerted(
    of: { readonly calendarId?: string },
    now: Temporal.Instant,
    page: { readonly after: string; readonly limit: number },
  ): Promise<readonly AlertedEvent[]>
  /** Writes alerts that nobody asked for at this moment, and that no Undo is to take back. */
  plan(alerts: readonly PlannedAlert[], now: Temporal.Instant): Promise<void>
}
