import type { PersonReference, SlotSpan, Target, Understanding } from '#core/understanding.ts'
import type { Amount } from '../time/expression.ts'

/** The slots while they are being found. */
export interface Slots {
  people: PersonReference[]
  channel: string | null
  /** All those that a reminder is for. */
  channels: string[]
  calendar: string | null
  location: string | null
  meetingLink: Understanding['meetingLink']
  list: string | null
  alerts: readonly string[]
  content: string | null
  target: Target | null
  /** How long the event takes, where that was said. */
  duration: Amount | undefined
  /** The event takes its whole days. */
  allDay: boolean
  /** How many may come. */
  capacity: number | null
  spans: SlotSpan[]
}
