import type { Occurrence } from '#calendar/occurrence.ts'
import { type Part, turnoutOf } from '#calendar/turnout.ts'
import type { Context } from '#core/command.ts'
import type { Attendee, CalendarEvent, Invitation, Person } from '#core/model.ts'
import type { Block, Button, Span, Text } from '#core/reply.ts'
import { say, strong } from '#core/reply.ts'
import { instant, short } from '../answer.ts'
import { inWords } from '../rule.ts'
import { spelled } from '../span.ts'
import { nameOf } from '../who.ts'
import { nameOf as nameOfCircle } from './circle.ts'

/** What an invitation is about: a whole event, or one occurrence of a series. */
export interface Asked {
  readonly event: CalendarEvent
  /** Null for the whole event. */
  readonly recurrenceId: Temporal.PlainDateTime | null
  /** True when all later ones are meant with it. */
  readonly following?: boolean
  readonly startsAt: Temporal.Instant
  readonly title: string
  readonly location: string
  readonly durationSeconds: number
}

export function askedOf(event: CalendarEvent, one?: Occurrence, following = false): Asked {
  if (one?.recurrenceId) {
    const { recurrenceId, startsAt, title, location, durationSeconds } = one
    return { event, recurrenceId, following, startsAt, title, location, durationSeconds }
  }
  const { startsAt, title, location, durationSeconds } = event
  return { event, recurrenceId: null, startsAt, title, location, durationSeconds }
}

/** "*lunch*, Fri, Nov 27, 2026, 12:00 PM to 1:00 PM at Café Noir, every week", in the reader's own zone. */
export function about({ event, recurrenceId, following, startsAt, title, location, durationSeconds }: Asked, context: Context): Text {
  const zone = context.person.timeZone ?? context.person.profileZone
  const timeZone = event.allDay || zone === null ? event.timeZone : context.timeZone
  const at = spelled({ allDay: event.allDay, timeZone, durationSeconds }, startsAt, context)
  const place = location === '' ? [] : say` at ${short(location, 80)}`
  const again =
    event.rrule === null || recurrenceId !== null ? [] : say`, ${inWords(event.rrule, event.startWall, event.timeZone, event.allDay)}`
  if (following) return say`${strong(short(title))}, ${at}${place} and all later ones`
  return say`${strong(short(title))}, ${at}${place}${again}`
}

/** An occurrence as a token carries it: `20261124T090000`, with a `+` when all later ones are meant; nothing for the whole event. */
export function written({ recurrenceId, following }: Part): string {
  return recurrenceId === null ? '' : `${recurrenceId.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}${following ? '+' : ''}`
}

export function readPart(text: string): Part {
  return { recurrenceId: text === '' ? null : Temporal.PlainDateTime.from(text.replace('+', '')), following: text.endsWith('+') }
}

export function answerButtons(asked: Asked, context: Context): readonly Button[] {
  const token = (letter: string) => context.token('rsvp', asked.event.id, `${letter}${written(asked)}`)
  return [
    { label: 'Yes', token: token('y'), style: 'primary' },
    { label: 'No', token: token('n') },
    { label: 'Maybe', token: token('m') },
  ]
}

/** As many names as a line holds; the others are counted. */
const mostNames = 12

/** Who comes, in short: one line for each answer that somebody gave. */
export async function turnoutLines(
  asked: Asked,
  attendees: readonly Attendee[],
  invitation: Invitation | undefined,
  context: Context,
): Promise<readonly Text[]> {
  const { coming, waiting, maybe, declined, open } = turnoutOf(attendees, asked.recurrenceId)
  const all = [...coming, ...waiting, ...maybe, ...declined, ...open]
  const ids = all.flatMap(({ personId }) => personId ?? [])
  const known = new Map((await context.store.people.several(context.space.id, ids)).map((one) => [one.id, one]))
  const line = (label: string, some: readonly Attendee[]): Text[] =>
    some.length === 0 ? [] : [say`${label} ${String(some.length)}: ${names(some, known, context)}`]
  const { capacity = null, answerBy = null, only = null } = invitation ?? {}
  return [
    ...line(capacity === null ? 'Yes' : `Yes, of ${seats(capacity)},`, coming),
    ...line('Waiting for a seat', waiting),
    ...line('Maybe', maybe),
    ...line('No', declined),
    ...line('No answer yet', open),
    ...(capacity !== null && coming.length === 0 ? [[`${seats(capacity)}.`]] : []),
    ...(answerBy ? [say`Answers until ${instant(answerBy, context)}.`] : []),
    ...(only ? [say`For ${nameOfCircle(only)}.`] : []),
  ]
}

export function seats(count: number): string {
  return count === 1 ? '1 seat' : `${count} seats`
}

function names(some: readonly Attendee[], known: ReadonlyMap<string, Person>, context: Context): Text {
  const shown = some.slice(0, mostNames).flatMap((one, index): Span[] => {
    const person = one.personId === null ? undefined : known.get(one.personId)
    const name: Span = person ? nameOf(person, context) : one.name
    const comment = one.comment === '' ? [] : [` (“${short(one.comment, 100)}”)`]
    return [...(index === 0 ? [] : [', ']), name, ...comment]
  })
  return some.length > mostNames ? [...shown, ` and ${some.length - mostNames} more`] : shown
}

/** The card of an invitation: what, when, where, who comes, and the buttons to answer. */
export async function card(
  opening: Text,
  asked: Asked,
  { attendees, invitation }: { readonly attendees: readonly Attendee[]; readonly invitation: Invitation | undefined },
  context: Context,
): Promise<readonly Block[]> {
  const lines = await turnoutLines(asked, attendees, invitation, context)
  return [
    { kind: 'text', text: [...opening, ...about(asked, context)] },
    ...(asked.event.meetingLink === ''
      ? []
      : [{ kind: 'text', text: [{ kind: 'link', url: asked.event.meetingLink, text: 'Join the call' }] } as const]),
    ...lines.map((text): Block => ({ kind: 'aside', text })),
    { kind: 'buttons', buttons: answerButtons(asked, context) },
  ]
}
