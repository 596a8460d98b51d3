import { byStart, recurs } from '#calendar/expand.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import { answersFor } from '#calendar/turnout.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { CalendarEvent } from '#core/model.ts'
import { type Block, type Button, type Field, problem, say, spellDay, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { agendaIn, scopeIn } from '../agenda.ts'
import { amount } from '../amount.ts'
import { short, tell, visibility } from '../answer.ts'
import { blank } from '../blank.ts'
import { channelMeant, notThere } from '../channel.ts'
import { calendarNamed } from '../exchange/calendar.ts'
import { forwardHint } from '../invitation/by-mail.ts'
import { answerButtons, askedOf } from '../invitation/card.ts'
import { inWords } from '../rule.ts'
import { nameOf } from '../who.ts'
import { lengthInWords } from './details.ts'
import { mayNot } from './may.ts'
import { leftOut } from './restore.ts'
import { spanText } from './spelled.ts'
import { byKey, keyOf, occurrencesMeant } from './which.ts'
import { windowOf } from './window.ts'

const listed = 50
/** How far ahead the next event is looked for when the coming week is empty, in hours. */
const far = 366 * 24

/** What is planned in a window; the next events when none is named; those with somebody when they are. */
export async function agenda(understanding: Understanding, context: Context): Promise<Outcome> {
  if (understanding.title || understanding.people.length > 0) return find(understanding, context)
  const { when } = understanding
  const common = (await agendaOfChannel(understanding, context)) ?? (await agendaOfOne(understanding, context))
  if (common) return common
  const { from, to, name } = windowOf(when, context)
  const { occurrences: found, complete } = await agendaEverywhere({ from, to }, context)
  if (found.length === 0) return when ? nothing(name) : nextOr(name, context)
  const heading = understanding.content === 'count' && complete ? counted(found, name) : say`${strong('Your plans')} ${name}`
  return listOf(found, heading, complete, context)
}

/** "how many meetings do I have": how many there are, and how much time they take. */
function counted(found: readonly Occurrence[], name: Text): Text {
  const seconds = found.reduce((sum, one) => sum + (one.event.allDay ? 0 : one.durationSeconds), 0)
  const time = seconds === 0 ? '' : `, ${lengthInWords(seconds)} in all`
  return say`${strong(`${amount(found.length, 'event')}${time}`)} ${name}`
}

/** In a channel with a calendar, and of a channel that is named, its plans; undefined when those of a person are asked for. */
async function agendaOfChannel({ channel: named, calendar: said, when }: Understanding, context: Context): Promise<Outcome | undefined> {
  const { message } = context
  const asked = channelMeant(named ?? said, context)
  const mine = message.kind === 'sentence' && /\b(?:my|i|me)\b/i.test(message.text)
  const channel = asked ?? (message.place.kind === 'channel' && !mine ? message.place.channel : undefined)
  if (channel === undefined) return undefined
  const there = await context.there()
  const calendar = await there.store.calendars.ofChannel(there.space.id, channel)
  if (calendar?.state !== 'kept')
    return asked === undefined
      ? undefined
      : {
          reply: problem(
            say`${{ kind: 'channel', channel }} has no calendar yet: plan something in it, such as ${{ kind: 'code', text: 'retro on Friday at 3 in the channel calendar' }}.`,
          ),
        }
  const refused = await notThere(channel, there)
  if (refused !== undefined) return { reply: problem(refused) }
  const { from, to, name } = windowOf(when, there)
  const scope = { spaceId: there.space.id, calendarIds: [calendar.id], reader: there.person.id, foreign: new Set([calendar.id]) }
  const { occurrences, complete } = await agendaIn(there.store, scope, { from, to })
  const outcome =
    occurrences.length === 0
      ? nothing(name)
      : listOf(occurrences, say`${strong('Plans of')} ${{ kind: 'channel', channel }} ${name}`, complete, there)
  return { ...outcome, reply: { ...outcome.reply, visibility: visibility(context) } }
}

/** Of a calendar that is named its plans, even while it is hidden; undefined when none is. */
async function agendaOfOne({ calendar: name, when }: Understanding, context: Context): Promise<Outcome | undefined> {
  const { store, space, person } = context
  const calendar = name === null ? undefined : await calendarNamed(name, context)
  if (!calendar) return undefined
  const { from, to, name: then } = windowOf(when, context)
  const foreign = new Set(calendar.ownerId === person.id ? [] : [calendar.id])
  const scope = { spaceId: space.id, calendarIds: [calendar.id], reader: person.id, foreign }
  const { occurrences, complete } = await agendaIn(store, scope, { from, to })
  const hidden = calendar.shares.some((share) => share.personId === person.id && share.hidden)
  const again: Block = {
    kind: 'aside',
    text: say`It is hidden from your other plans. Say ${{ kind: 'code', text: `unhide the ${calendar.name} calendar` }} to see it there.`,
  }
  const { reply } =
    occurrences.length === 0
      ? tell(say`Nothing is in ${strong(short(calendar.name))} ${then}.`)
      : listOf(occurrences, say`${strong(short(calendar.name))} ${then}`, complete, context)
  return { reply: { ...reply, blocks: hidden ? [...reply.blocks, again] : reply.blocks } }
}

/** What is planned here, and what this person is invited to in the spaces of others. */
async function agendaEverywhere(window: { readonly from: Temporal.Instant; readonly to: Temporal.Instant }, context: Context) {
  const all = await Promise.all(
    [context, ...(await context.elsewhere())].map(async (where) => agendaIn(where.store, await scopeIn(where), window)),
  )
  return { occurrences: all.flatMap(({ occurrences }) => occurrences).toSorted(byStart), complete: all.every(({ complete }) => complete) }
}

/** As many as a menu offers to open. */
const opened = 25

/** What the next days hold, each to be opened. */
export async function coming(context: Context): Promise<Outcome> {
  const window = windowOf(null, context)
  const { occurrences, complete } = await agendaEverywhere(window, context)
  if (occurrences.length === 0) return nextOr(window.name, context)
  const { reply } = listOf(occurrences, [strong('Your next 7 days')], complete, context)
  const options = occurrences.slice(0, opened).map((one, index) => ({
    label: short(`${index + 1}. ${one.title}`, 75),
    token: context.token('show-event', one.event.id, occurrenceOf(one)),
  }))
  return { reply: { ...reply, blocks: [...reply.blocks, { kind: 'menu', placeholder: 'Open one…', options }] } }
}

/** Which of a series, as tokens carry it. */
function occurrenceOf({ recurrenceId }: Occurrence): string {
  return recurrenceId?.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '') ?? ''
}

async function nextOr(name: Text, context: Context): Promise<Outcome> {
  const scope = await scopeIn(context)
  const { occurrences } = await agendaIn(context.store, scope, { from: context.now, to: context.now.add({ hours: far }) })
  const [next] = occurrences
  if (!next) return nothing(name)
  context.show({ kind: 'event', ids: [keyOf(next)] })
  return tell(say`Nothing is planned ${name}. Next comes ${strong(short(next.title))}, ${spanText(next, context)}.`)
}

function nothing(name: Text): Outcome {
  return tell(say`Nothing is planned ${name}. Plan something: ${{ kind: 'code', text: 'lunch with Ann tomorrow at noon' }}`)
}

function listOf(found: readonly Occurrence[], heading: Text, complete: boolean, context: Context): Outcome {
  const shown = found.slice(0, listed)
  context.show({ kind: 'event', ids: shown.map(keyOf) })
  const items = shown.map((one, index) => ({
    text: [`${index + 1}. ${short(one.title, 120)}`],
    detail: say`${spanText(one, context)}${one.location === '' ? [] : `, ${short(one.location, 80)}`}`,
  }))
  const count = complete ? `${found.length}` : `more than ${found.length}`
  const more: readonly Block[] =
    found.length > listed || !complete
      ? [{ kind: 'aside', text: [`The first ${shown.length} of ${count}: name a day to see the others.`] }]
      : []
  return tell(heading, [{ kind: 'list', items }, ...more])
}

/** "find the budget meeting", "when is my next 1:1 with Ann": the only one as a card, several as a list. */
export async function find(understanding: Understanding, context: Context): Promise<Outcome> {
  const { content, title, people, when, reference } = understanding
  if (content === 'next' && !title && people.length === 0 && !when && !reference) return nextOne(context)
  const found = chosenOf(await occurrencesMeant(understanding, when, context), content, context)
  const [one, ...others] = found
  const said = understanding.title ?? understanding.people.map((each) => ('name' in each ? each.name : 'them')).join(', ')
  if (!one)
    return {
      reply: problem(
        say`I found no event ${said === '' ? 'then' : `like “${short(said, 60)}”`}. Say “what is on this week” to see what is planned.`,
      ),
    }
  if (others.length === 0) return card(understanding, one, context)
  return listOf(found, say`${strong(`Found ${found.length}`)}`, true, context)
}

/** The one that was asked for by its place among them. */
function chosenOf(found: readonly Occurrence[], content: string | null, { now }: Context): readonly Occurrence[] {
  const inOrder = found.toSorted(byStart)
  switch (content) {
    case 'next':
      return [inOrder.find(({ endsAt }) => Temporal.Instant.compare(endsAt, now) > 0) ?? inOrder.at(-1)].filter((one) => one !== undefined)
    case 'first':
      return inOrder.slice(0, 1)
    case 'last':
      return inOrder.slice(-1)
    default:
      return found
  }
}

/** "what's my next meeting": the first that is still to begin. */
async function nextOne(context: Context): Promise<Outcome> {
  const window = windowOf(null, context)
  const { occurrences } = await agendaEverywhere(window, context)
  const next = occurrences.find(({ startsAt }) => Temporal.Instant.compare(startsAt, context.now) > 0)
  if (!next) return nextOr(window.name, context)
  const where = [context, ...(await context.elsewhere())].find(({ space }) => space.id === next.event.spaceId) ?? context
  return { ...(await card(blank, next, where)), in: where }
}

/** Everything about one event. */
export async function card(_: Understanding, one: Occurrence, context: Context): Promise<Outcome> {
  const [event, open] = await Promise.all([context.store.events.get(context.space.id, one.event.id), byKey(keyOf(one), context)])
  if (!event) return tell(['That event is gone.'])
  if (!open) return tell(say`${strong('Busy')}, ${spanText(one, context)}. More of it is not shown to you.`)
  context.show({ kind: 'event', ids: [keyOf(one)] })
  const { fields, isInvited } = await fieldsOf(event, one, context)
  const mayCancel = !(await mayNot(event, context))
  const cancel: Button = {
    label: recurs(event) ? 'Cancel…' : 'Cancel it',
    token: context.token('cancel-event', event.id, occurrenceOf(one)),
    style: 'danger',
  }
  const buttons: readonly Button[] = [
    ...(isInvited ? answerButtons(askedOf(event, one), context) : []),
    ...(mayCancel ? [cancel] : []),
    ...(mayCancel ? bringBack(event, context) : []),
  ]
  const pressed: readonly Block[] = buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }]
  return tell([strong(short(one.title))], [{ kind: 'fields', fields }, ...(await mailed(event, context)), ...pressed])
}

/** Whoever plans it has to write to those by e-mail. */
async function mailed(event: CalendarEvent, context: Context): Promise<readonly Block[]> {
  if (event.organiserId !== context.person.id) return []
  const attendees = await context.store.attendees.of(context.space.id, [event.id])
  return forwardHint(
    event,
    attendees.filter(({ state, personId }) => state === 'invited' && personId === null),
    context,
  )
}

async function fieldsOf(
  event: CalendarEvent,
  one: Occurrence,
  context: Context,
): Promise<{ readonly fields: readonly Field[]; readonly isInvited: boolean }> {
  const { store, space, person } = context
  const [calendar, attendees, organiser] = await Promise.all([
    store.calendars.get(space.id, event.calendarId),
    store.attendees.of(space.id, [event.id]),
    store.people.get(space.id, event.organiserId),
  ])
  const coming = answersFor(attendees, one.recurrenceId)
  const link = one.override?.meetingLink ?? event.meetingLink
  const description = one.override?.description ?? event.description
  const alerts = event.alerts.filter(({ personId }) => personId === person.id)
  const field = (label: string, value: Text | string): Field[] =>
    value.length === 0 ? [] : [{ label, value: typeof value === 'string' ? [value] : value }]
  const fields = [
    ...field('When', spanText(one, context)),
    ...field('Repeats', event.rrule ? inWords(event.rrule, event.startWall, event.timeZone, event.allDay) : ''),
    ...field('Where', short(one.location, 200)),
    ...field('Link', link === '' ? '' : [{ kind: 'link', url: link, text: 'Join the meeting' }]),
    ...field('Planned by', organiser && organiser.id !== person.id ? [nameOf(organiser, context)] : ''),
    ...field('Who', coming.map(({ name, response }) => (response === 'needs-action' ? name : `${name} (${answers[response]})`)).join(', ')),
    ...field('Alert', alerts.map(({ secondsBefore }) => `${lengthInWords(secondsBefore)} before`).join(', ')),
    ...field('Calendar', calendar && calendar.id !== person.calendarId ? calendar.name : ''),
    ...field('Colour', one.override?.colour ?? event.colour ?? ''),
    ...field('Notes', short(description, 500)),
    ...field('Shown to others', event.visibility === 'public' ? '' : { busy: 'as busy', private: 'not at all' }[event.visibility]),
  ]
  return { fields, isInvited: coming.some(({ personId }) => personId === person.id) }
}

const answers = { accepted: 'yes', declined: 'no', tentative: 'maybe' } as const

/** Those of the coming occurrences that were left out, to be brought back. */
function bringBack(event: CalendarEvent, context: Context): readonly Button[] {
  return leftOut(event, context.now, context.now.add({ hours: far }))
    .slice(0, 3)
    .map(({ wall }) => ({
      label: `Bring back ${spellDay(wall.toPlainDate().toString())}`,
      token: context.token('restore-event', event.id, wall.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')),
    }))
}
