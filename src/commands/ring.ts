import { isLastAsking } from '#calendar/nag.ts'
import type { Person, Recipient, Reminder } from '#core/model.ts'
import type { Block, Button, Item, Option, Reply, Span, Text, Time } from '#core/reply.ts'
import { say, strong } from '#core/reply.ts'
import { short } from './answer.ts'
import { argumentOf, ringButtons } from './snooze.ts'
import { whyNot } from './unreachable.ts'

/** How late a reminder may be before it says so: people notice minutes, not seconds. */
const noticeableSeconds = 60

type Token = (verb: string, subject: string, argument?: string) => string

export interface Rung {
  readonly reminder: Reminder
  readonly owner: Person
  /** When the reminder comes next, if it repeats. */
  readonly next: Temporal.Instant | undefined
}

export interface Ring {
  /** What is due in this place, oldest first. */
  readonly rings: readonly Rung[]
  readonly recipient: Recipient
  readonly now: Temporal.Instant
  /** Names all of them, for buttons that are about all. */
  readonly mark: string
  /** Where it was meant to arrive, and why it comes here instead. */
  readonly detour?: { readonly to: Recipient; readonly reason: string }
  token: Token
}

/** Reminders as they ring: what for, from whom, and what can be done about it. */
export function ring(all: Ring): Reply {
  const [only, ...others] = all.rings
  if (only?.reminder.notice) return only.reminder.notice
  const blocks = only && others.length === 0 ? one(only, all) : several(all)
  return { tone: 'ring', visibility: 'place', blocks }
}

function one({ reminder, owner, next }: Rung, { recipient, now, detour, token }: Ring): readonly Block[] {
  const at = reminder.dueAt ?? now
  const asides: Text[] = [
    ...(detour ? [cameRound(detour)] : []),
    ...(isLate(reminder, now) ? [say`This was due ${moment(at, reminder)}; I was away and tell you now.`] : []),
    ...comesAgain(reminder, next),
  ]
  return [
    { kind: 'text', text: [...opening(owner, recipient), ...linked(reminder.text)] },
    ...asides.map((text): Block => ({ kind: 'aside', text })),
    { kind: 'buttons', buttons: [...ringButtons(reminder, token), ...aside(reminder, owner, recipient, token)] },
  ]
}

function cameRound({ to, reason }: NonNullable<Ring['detour']>): Text {
  if (to.kind === 'direct') return ['Your direct messages are closed to me, so I tell you here.']
  return say`It comes to you, because ${whyNot(to, reason)}`
}

/** When it comes next: by its rule, or because nobody has said that it is done. */
function comesAgain(reminder: Reminder, next: Temporal.Instant | undefined): readonly Text[] {
  if (reminder.nagSeconds && isLastAsking(reminder))
    return [['I do not ask again.'], ...(next ? [say`Next: ${moment(next, reminder)}.`] : [])]
  if (!next) return []
  return [
    reminder.nagSeconds
      ? say`Until it is done I ask again, next at ${moment(next, reminder, 'time')}.`
      : say`Next: ${moment(next, reminder)}.`,
  ]
}

/** The text with its addresses as links: back to the message that it is about, to what is to be opened. */
function linked(text: string): Text {
  return text.split(/(https?:\/\/[^\s<>"|]+)/).flatMap((part, index): Span[] => {
    if (index % 2 === 1) return [{ kind: 'link', url: part, text: short(part, 60) }]
    return part === '' ? [] : [strong(part)]
  })
}

/** What may be wanted of the reminder itself: by its owner when it repeats, by whoever else it comes to. */
function aside(reminder: Reminder, owner: Person, recipient: Recipient, token: Token): readonly Button[] {
  const { id, rrule, nagSeconds, recipients } = reminder
  const once: readonly Button[] =
    nagSeconds && !isLastAsking(reminder) && recipients.length === 1 ? [{ label: 'Stop asking', token: token('nag', id, 'off') }] : []
  if (recipient.kind === 'direct' && recipient.user !== owner.userId) {
    return [...once, { label: short(`No more from ${owner.name}`, 40), token: token('mute', id) }]
  }
  return rrule === null ? once : [...once, { label: 'Pause', token: token('pause', id) }]
}

/** One message for all that is due in a place at once, each of them to be dealt with on its own. */
function several({ rings, recipient, now, mark, token }: Ring): readonly Block[] {
  const late = rings.some(({ reminder }) => isLate(reminder, now))
  const people = recipient.kind === 'channel' ? pings(recipient) : []
  const heading = late ? `While I was away, ${rings.length} reminders fell due:` : `${rings.length} reminders:`
  const options = (verb: string, argument: string): Option[] =>
    rings.map(({ reminder }, index) => ({
      label: short(`${index + 1}. ${reminder.text}`, 75),
      token: token(verb, reminder.id, argumentOf(argument, reminder)),
    }))
  return [
    { kind: 'text', text: [...people, strong(heading)] },
    { kind: 'list', items: rings.map((each, index): Item => itemOf(each, index, recipient, late)) },
    { kind: 'menu', placeholder: 'Done with…', options: options('did', '') },
    { kind: 'menu', placeholder: 'Snooze one for 1 hour…', options: options('later', '1h') },
    {
      kind: 'buttons',
      buttons: [
        { label: 'All done', token: token('alldone', mark), style: 'primary' },
        { label: 'Snooze all for 1 hour', token: token('alllater', mark, '1h') },
      ],
    },
  ]
}

function itemOf({ reminder, owner, next }: Rung, index: number, recipient: Recipient, late: boolean): Item {
  const details: Text[] = [
    ...(late && reminder.dueAt ? [say`was due ${moment(reminder.dueAt, reminder)}`] : []),
    ...(next ? [say`next: ${moment(next, reminder)}`] : []),
  ]
  const from = isTheirs(owner, recipient) ? '' : `${owner.name}: `
  const detail = details.flatMap((text, place) => (place === 0 ? text : ['; ', ...text]))
  return { text: [`${index + 1}. ${from}${reminder.text}`], ...(detail.length > 0 ? { detail } : {}) }
}

function isLate(reminder: Reminder, now: Temporal.Instant): boolean {
  return now.since(reminder.dueAt ?? now).total('seconds') > noticeableSeconds
}

function moment(instant: Temporal.Instant, { timeZone }: Reminder, show: Time['show'] = 'full'): Span {
  return { kind: 'time', at: instant.toString(), show, timeZone }
}

function opening(owner: Person, recipient: Recipient): Text {
  const people = recipient.kind === 'channel' ? pings(recipient) : []
  return isTheirs(owner, recipient) ? people : [...people, `${owner.name} asked me to remind you: `]
}

function pings(recipient: Extract<Recipient, { kind: 'channel' }>): readonly Span[] {
  return recipient.ping.flatMap(({ user, name }): Span[] => [{ kind: 'someone', user, name }, ' '])
}

function isTheirs(owner: Person, recipient: Recipient): boolean {
  return recipient.kind === 'direct' ? recipient.user === owner.userId : recipient.ping.some(({ user }) => user === owner.userId)
}
