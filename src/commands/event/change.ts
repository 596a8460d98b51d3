import { edited, type Scope } from '#calendar/edit.ts'
import { occurrenceAt, recurs } from '#calendar/expand.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import { answersFrom, attendeesAfter, inOrderOf, laterAnswer } from '#calendar/turnout.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Attendee, CalendarEvent, Change } from '#core/model.ts'
import { type Block, problem, say, strong, type Text } from '#core/reply.ts'
import type { Changes, Understanding } from '#core/understanding.ts'
import { done, short } from '../answer.ts'
import { freedSeats } from '../invitation/answering.ts'
import { forwardHint } from '../invitation/by-mail.ts'
import { attendeesNamed } from '../invitation/inviting.ts'
import { farthestYears, unplannable } from '../moment.ts'
import { inWords } from '../rule.ts'
import { unknownZone } from '../strange-zone.ts'
import { alertChanges } from './alerts.ts'
import { anotherTime } from './another-time.ts'
import { choose, inScope, leftOf, scopeOr } from './choose.ts'
import { clashesOf } from './clash.ts'
import { editOf, refusal } from './edit.ts'
import { intoChannel } from './into-channel.ts'
import { mayNot } from './may.ts'
import { restoreNamed } from './restore.ts'
import { spanText } from './spelled.ts'
import { keyOf, nearest, occurrencesMeant } from './which.ts'
import { dayOf } from './window.ts'

/** "move standup to 10", "make it 45 minutes", "rename it to Planning", "it's in room 5 now", "add Jane". */
export async function changeNamed(understanding: Understanding, context: Context): Promise<Outcome> {
  const { changes, title, reference, people } = understanding
  if (!changes || (saysNothing(changes) && !changes.from && title === null && reference === null && people.length === 0)) {
    return { reply: problem('What shall change? For example: “move standup to 10”, “make it 45 minutes”, “it is in room 5 now”.') }
  }
  const strange = unknownZone(understanding)
  if (strange) return strange
  if (changes.status !== undefined) return restoreNamed(understanding, context)
  const left = await leftOf(understanding, context)
  const there = left ? undefined : await thereAlready(understanding, context)
  if (there) return choose(there.understanding, there.found, change, 'change', context)
  const found = left ?? (await occurrencesMeant(understanding, changes.from ?? null, context))
  return choose(understanding, understanding.scope === 'following' ? inScope(found, understanding) : found, change, 'change', context)
}

/** "move standup to 10 tomorrow": of what repeats, the occurrence of that day is meant, where there is one. */
async function thereAlready(understanding: Understanding, context: Context) {
  const { changes, title, scope } = understanding
  const { when, from } = changes ?? {}
  if (from || !when?.start || when.kind !== 'instant' || when.keeps !== 'nothing' || title === null) return undefined
  if (scope && scope !== 'this') return undefined
  const day = dayOf({ start: when.start, timeZone: when.timeZone })
  const found = (await occurrencesMeant(understanding, day, context)).filter(({ event }) => recurs(event))
  return found.length === 0 ? undefined : { found, understanding: { ...understanding, changes: { ...changes, from: day } } }
}

/** Changes the occurrence that was meant, once it is clear how much of its series is. */
export async function change(understanding: Understanding, one: Occurrence, context: Context): Promise<Outcome> {
  const refused = await mayNot(one.event, context)
  if (refused) return { reply: refused }
  const said = understanding.changes ?? {}
  if (saysNothing(said)) return anotherTime(understanding, one, context)
  const planned = await intoChannel(said, one, context)
  if (planned) return planned
  const people = await companyOf(understanding, context)
  if (people.kind === 'unclear') return people.outcome
  const answer = wholeOnly(said)
    ? { scope: (said.colour && understanding.scope) || 'all' }
    : await scopeOr(understanding, one, 'change', context)
  return 'asked' in answer ? answer.asked : changeScope(said, people, one, answer.scope, context)
}

function saysNothing(changes: Changes): boolean {
  return Object.keys(changes).every((name) => name === 'from')
}

/** What an occurrence cannot have of its own is for the whole series, without a question. */
function wholeOnly({ when, shift, duration, lengthen, title, location, meetingLink, content }: Changes): boolean {
  return [when, shift, duration, lengthen, title, location, meetingLink, content].every((one) => one === undefined)
}

interface Company {
  readonly added: readonly Attendee[]
  readonly removed: readonly Attendee[]
  readonly hints: readonly Block[]
}

/** Who is added and taken off. */
async function companyOf(
  understanding: Understanding,
  context: Context,
): Promise<({ readonly kind: 'known' } & Company) | { readonly kind: 'unclear'; readonly outcome: Outcome }> {
  const { addPeople = [], removePeople = [] } = understanding.changes ?? {}
  const added = await attendeesNamed(addPeople, understanding, context)
  if (added.kind === 'unclear') return added
  const removed = await attendeesNamed(removePeople, understanding, context)
  return removed.kind === 'unclear' ? removed : { kind: 'known', added: added.attendees, removed: removed.attendees, hints: added.hints }
}

async function changeScope(said: Changes, company: Company, one: Occurrence, scope: Scope, context: Context): Promise<Outcome> {
  const before = await context.store.events.get(context.space.id, one.event.id)
  if (!before) return { reply: problem('That event is gone.') }
  const read = await editOf(said, one, context)
  if (!read.ok) return { reply: problem(read.hint) }
  const result = edited(before, read.edit, recurs(before) ? scope : 'all', one.recurrenceId, context.newId())
  if (!result.ok) return { reply: problem(refusal(result.reason, scope)) }
  const { after, split } = result
  const now = split ?? after
  const wrong = unplannable(now.endsAt, context.now)
  if (wrong === 'far') return { reply: problem(`I keep plans for ${farthestYears} years and no longer: give an earlier date.`) }

  const asked = { store: context.store, now: context.now, origin: context.message.place }
  const cut = { at: one.recurrenceId, shiftSeconds: read.edit.shiftSeconds ?? 0, scope }
  const people = await peopleChanges(company, now, before, cut, context)
  const seats = await freedSeats(before.id, people, context)
  const rows = await context.store.attendees.of(context.space.id, [before.id])
  const [ofWhole, ofSplit] = [before.id, split?.id].map((id) => attendeesAfter(rows, [...people, ...seats], id))
  const key = Object.keys(read.edit).length === 0 ? [] : [{ kind: 'event', before, after } as const]
  const changes: readonly Change[] = [
    ...read.changes,
    ...key,
    ...(split ? [{ kind: 'event', before: null, after: split } as const] : []),
    ...people,
    ...seats,
    ...(await alertChanges(before, after, { ...asked, attendees: ofWhole })),
    ...(split ? await alertChanges(null, split, { ...asked, attendees: ofSplit }) : []),
  ]
  if (changes.length === 0) return { reply: problem('That is so already.') }
  const shown = afterwards(now, one, read.edit.shiftSeconds ?? 0, scope, context)
  context.show({ kind: 'event', ids: [shown ? keyOf(shown) : now.id] })
  const { shiftSeconds, durationSeconds, rrule } = read.edit
  const moved = shiftSeconds !== undefined || durationSeconds !== undefined || rrule !== undefined
  const alone = shown && { ...now, rrule: null, rdates: [], startsAt: shown.startsAt, durationSeconds: shown.durationSeconds }
  const clashes = moved && alone ? await clashesOf(recurs(now) && scope !== 'this' ? now : alone, context) : []
  return done(context, 'event changed', wordsOf(now, shown, { said, company: inWordsOf(company) }, scope, context), changes, [
    ...company.hints,
    ...forwardHint(now, company.added, context),
    ...clashes.filter(({ kind }) => kind === 'aside'),
  ])
}

/** The occurrence that the sentence was about, as it is now. */
function afterwards(event: CalendarEvent, one: Occurrence, shift: number, scope: Scope, context: Context): Occurrence | undefined {
  if (one.recurrenceId === null) return nearest(event, one.startsAt) ?? nearest(event, context.now)
  const there = scope === 'this' ? one.recurrenceId : one.recurrenceId.add({ seconds: shift })
  return occurrenceAt(event, there) ?? nearest(event, context.now)
}

function wordsOf(
  event: CalendarEvent,
  shown: Occurrence | undefined,
  { said, company }: { readonly said: Changes; readonly company: string },
  scope: Scope,
  context: Context,
): Text {
  const which =
    !recurs(event) && scope !== 'this' ? '' : { this: ' (this one)', following: ' (this and all later ones)', all: ' (all of them)' }[scope]
  const rule =
    event.rrule && scope !== 'this' ? say` It repeats ${strong(inWords(event.rrule, event.startWall, event.timeZone, event.allDay))}.` : []
  const title = strong(short(shown?.title ?? event.title))
  const location = shown?.location ?? event.location
  const where = location === '' ? [] : say`, ${short(location, 80)}`
  const link =
    said.meetingLink === undefined
      ? []
      : say` ${{ kind: 'link', url: shown?.override?.meetingLink ?? event.meetingLink, text: 'Join here' }}.`
  const colour = said.colour === undefined ? [] : say` Its colour is ${said.colour}.`
  const seen = said.visibility === undefined ? '' : ` ${visibilities[said.visibility]}`
  return shown
    ? say`Changed${which}: ${title}, ${spanText(shown, context)}${where}.${link}${colour}${seen}${company}${rule}`
    : say`Changed${which}: ${title}.${rule}`
}

const visibilities = {
  public: 'Others may read it.',
  busy: 'Others see only that you are busy.',
  private: 'Others do not see it.',
} as const

/** " With Ann and Bob. Without Kim." */
function inWordsOf({ added, removed }: Company): string {
  const names = (people: readonly Attendee[]) => listed.format(people.map(({ name }) => short(name, 60)))
  return `${added.length > 0 ? ` With ${names(added)}.` : ''}${removed.length > 0 ? ` Without ${names(removed)}.` : ''}`
}

const listed = new Intl.ListFormat('en')

/** Who comes now: those added and taken off, and everybody who comes to the part that was split off. */
async function peopleChanges(
  company: Company,
  event: CalendarEvent,
  before: CalendarEvent,
  { at, shiftSeconds, scope }: { readonly at: Temporal.PlainDateTime | null; readonly shiftSeconds: number; readonly scope: Scope },
  context: Context,
): Promise<readonly Change[]> {
  const rows = await context.store.attendees.of(context.space.id, [before.id])
  const known = event.id !== before.id && at ? answersFrom(rows, at, shiftSeconds) : rows
  const same = (one: (typeof known)[number]) => one.personId ?? one.email ?? one.name.toLocaleLowerCase('en')
  const added = company.added.map((each) => ({ ...each, eventId: event.id }))
  const removed = new Set(company.removed.map(same))
  const fresh = event.id !== before.id
  const kept = known.map((one): AttendeeChange => {
    const back = added.some((each) => same(each) === same(one))
    const state = removed.has(same(one)) ? 'removed' : back ? 'invited' : one.state
    if (fresh) return { kind: 'attendee', before: null, after: { ...one, id: context.newId(), eventId: event.id, state, version: 1 } }
    const later = scope === 'this' ? one : laterAnswer(one, shiftSeconds)
    return { kind: 'attendee', before: one, after: { ...later, state, version: one.version + 1 } }
  })
  const changed = inOrderOf(shiftSeconds, kept).filter(({ before: old, after }) =>
    fresh ? after.state === 'invited' : old?.state !== after.state || old?.recurrenceId !== after.recurrenceId,
  )
  const newcomers = added.filter((one) => !known.some((each) => same(each) === same(one)))
  return [...changed, ...newcomers.map((after): Change => ({ kind: 'attendee', before: null, after }))]
}

type AttendeeChange = Extract<Change, { kind: 'attendee' }>
