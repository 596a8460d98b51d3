import type { PersonReference, SlotSpan, Target, Understanding } from '#core/understanding.ts'

/** The slots while they are being found. */
export interface Slots {
  people: PersonReference[]
  channel: string | null
  calendar: string | null
  location: string | null
  meetingLink: Understanding['meetingLink']
  list: string | null
  alerts: readonly string[]
  content: string | null
  target: Target | null
  /** The event takes its whole days. */
  allDay: boolean
  spans: SlotSpan[]
}
