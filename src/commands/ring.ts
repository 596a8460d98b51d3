import type { Person, Recipient, Reminder } from '#core/model.ts'
import { type Block, type Reply, type Span, say, strong, type Text } from '#core/reply.ts'
import { ringButtons } from './snooze.ts'

/** How late a reminder may be before it says so: people notice minutes, not seconds. */
const noticeableSeconds = 60

export interface Ring {
  readonly reminder: Reminder
  readonly owner: Person
  readonly recipient: Recipient
  readonly now: Temporal.Instant
  /** When the reminder comes next, if it repeats. */
  readonly next: Temporal.Instant | undefined
  /** Why it comes here and not where it was meant to. */
  readonly detour?: string
  token(verb: string, subject: string, argument?: string): string
}

/** A reminder as it rings: what for, from whom, and what can be done about it. */
export function ring({ reminder, owner, recipient, now, next, detour, token }: Ring): Reply {
  if (reminder.notice) return reminder.notice
  const at = reminder.dueAt ?? now
  const moment = (instant: Temporal.Instant): Span => ({ kind: 'time', at: instant.toString(), show: 'full', timeZone: reminder.timeZone })
  const late = now.since(at).total('seconds') > noticeableSeconds
  const asides: Text[] = [
    ...(detour ? [[detour]] : []),
    ...(late ? [say`This was due ${moment(at)}; I was away and tell you now.`] : []),
    ...(next ? [say`Next: ${moment(next)}.`] : []),
  ]
  return {
    tone: 'ring',
    visibility: 'place',
    blocks: [
      { kind: 'text', text: [...opening(owner, recipient), strong(reminder.text)] },
      ...asides.map((text): Block => ({ kind: 'aside', text })),
      { kind: 'buttons', buttons: ringButtons(reminder.id, token) },
    ],
  }
}

function opening(owner: Person, recipient: Recipient): Text {
  if (recipient.kind === 'direct') return recipient.user === owner.userId ? [] : say`${owner.name} asked me to remind you: `
  const people = recipient.ping.flatMap(({ user, name }): Span[] => [{ kind: 'someone', user, name }, ' '])
  return recipient.ping.some(({ user }) => user === owner.userId) ? people : [...people, `${owner.name} asked me to remind you: `]
}
