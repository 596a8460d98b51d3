import type { Part } from '#calendar/turnout.ts'
import type { Command, Context, Outcome, Pressed } from '#core/command.ts'
import type { Attendee, CalendarEvent } from '#core/model.ts'
import { type Button, problem, type Reply, say, spell, strong, type Text } from '#core/reply.ts'
import type { Rsvp, Understanding } from '#core/understanding.ts'
import { ask, done, forAll, instant, short, tell, visibility } from '../answer.ts'
import { openQuestion } from '../open-question.ts'
import { keep } from '../question.ts'
import { rsvpAll } from './all.ts'
import { type Answer, type Answered, answering } from './answering.ts'
import { type Asked, about, askedOf, card, readPart, turnoutLines, written } from './card.ts'
import { limit, mark, nudge, nudgeAll } from './organise.ts'
import { standing } from './standing.ts'
import { occurrenceOf } from './telling.ts'
import { type Meant, meantEvents } from './which.ts'

export const invitations: Command = {
  intents: ['event.rsvp', 'event.attendees', 'event.nudge', 'event.limit', 'event.mark'],

  understood(understanding, context) {
    switch (understanding.intent) {
      case 'event.attendees':
        return attendees(understanding, context)
      case 'event.nudge':
        return onOne(understanding, context, 'attendees', nudge)
      case 'event.limit':
        // The day is that of the deadline, and not the event's.
        return onOne({ ...understanding, when: null }, context, 'attendees', (found) => limit(found, understanding, context))
      case 'event.mark':
        return onOne(understanding, context, 'attendees', (found) => mark(found, understanding, context), { over: true })
      default:
        return rsvp(understanding, context)
    }
  },

  presses: {
    rsvp: pressed,
    'rsvp-scope': scoped,
    nudge: ({ subject }, context) => onEvent(subject, context, (event) => nudgeAll(askedOf(event), context)),
    attendees: ({ subject, argument }, context) =>
      onEvent(subject, context, (event) => show(occurrenceOf(event, readPart(argument)), 'coming', context)),
  },
}

const letters: Readonly<Record<string, Rsvp>> = { y: 'accepted', n: 'declined', m: 'tentative' }
const letterOf: Readonly<Record<Rsvp, string>> = { accepted: 'y', declined: 'n', tentative: 'm' }

async function onEvent(id: string, context: Context, run: (event: CalendarEvent) => Promise<Outcome>): Promise<Outcome> {
  const event = await context.store.events.get(context.space.id, id)
  if (!event) return { reply: problem('That event is gone.') }
  return event.status === 'cancelled' ? { reply: problem(say`${strong(short(event.title))} was called off.`) } : run(event)
}

/** A button of an invitation: in a channel everybody there may answer, and sees how things stand. */
function pressed({ subject, argument }: Pressed, context: Context): Promise<Outcome> {
  return onEvent(subject, context, async (event) => {
    const asked = occurrenceOf(event, readPart(argument.slice(1)))
    const response = letters[argument.slice(0, 1)]
    if (!response) return { reply: problem('This button does not work any more.') }
    const inChannel = context.message.place.kind === 'channel'
    const answered = await decide(asked, { response, comment: null }, context, { joins: inChannel })
    if (answered.kind === 'refused') return { reply: answered.reply }
    const opening = inChannel ? [] : say`${standing(answered.mine)} `
    const blocks = await card(opening, asked, answered, forAll(context))
    const reply: Reply = { tone: 'done', visibility: visibility(context), replaces: true, blocks }
    return { reply, changes: answered.changes, summary: 'answer given' }
  })
}

async function decide(
  asked: Asked,
  answer: Pick<Answer, 'response' | 'comment'>,
  context: Context,
  { joins = false, all = false } = {},
): Promise<Answered> {
  const { event, recurrenceId, following = false } = asked
  const ofMany = event.rrule !== null && (recurrenceId === null || following)
  const over = ofMany ? event.coversUntil : asked.startsAt.add({ seconds: asked.durationSeconds })
  if (Temporal.Instant.compare(over, context.now) <= 0)
    return { kind: 'refused', reply: problem(say`${strong(short(asked.title))} is over.`) }
  return answering(event, { ...answer, recurrenceId, following }, context, {
    // Whoever plans it needs no invitation.
    joins: event.organiserId === context.person.id || (joins && event.visibility !== 'private'),
    all,
  })
}

// "yes to lunch"   "I can't make it to standup tomorrow, dentist"
async function rsvp(understanding: Understanding, context: Context): Promise<Outcome> {
  const response = understanding.rsvp
  if (response && understanding.every)
    return rsvpAll(understanding, context, (asked) => decide(asked, { response, comment: understanding.content }, context))
  if (!response) return { reply: problem('Are you coming? Say “yes to …”, “no to …” or “maybe to …” with the name of the event.') }
  const verb = (one: Meant, there: Context) =>
    there.token('rsvp', one.event.id, `${letterOf[response]}${written(inScope(one, understanding))}`)
  return onOne(
    understanding,
    context,
    'rsvp',
    async (one, there) => {
      const { event, occurrence } = one
      const repeats = occurrence.recurrenceId !== null
      if (repeats && !understanding.scope && !understanding.when) return askScope(one, understanding, there)
      const { recurrenceId, following } = inScope(one, understanding)
      const asked = recurrenceId === null ? askedOf(event) : askedOf(event, occurrence, following)
      return answer(asked, response, understanding.content, there, understanding.scope === 'all')
    },
    { verb },
  )
}

/** A day that was named means that day of a series, and "from Friday on" that and all later ones. */
function inScope({ occurrence: { recurrenceId } }: Meant, { scope, when }: Understanding): Part {
  const following = scope === 'following' || (!scope && when?.open === 'after')
  return { recurrenceId: following || scope === 'this' || (!scope && when) ? recurrenceId : null, following }
}

async function answer(asked: Asked, response: Rsvp, comment: string | null, context: Context, all = false): Promise<Outcome> {
  const answered = await decide(asked, { response, comment }, context, { all })
  if (answered.kind === 'refused') return { reply: answered.reply }
  const lines = await turnoutLines(asked, answered.attendees, answered.invitation, context)
  const words = say`${standing(answered.mine)} ${about(asked, context)}.`
  return done(
    context,
    'answer given',
    words,
    answered.changes,
    lines.map((text) => ({ kind: 'aside', text })),
  )
}

/** The question keeps what was added to the answer; its text is the event that it is about. */
async function askScope({ event, occurrence }: Meant, understanding: Understanding, context: Context): Promise<Outcome> {
  const id = await keep({ ...understanding, title: understanding.title ?? event.title }, event.id, context)
  const at = spell({ ...instant(occurrence.startsAt, context, context.timeZone, 'date'), named: false })
  const { recurrenceId } = occurrence
  return ask(context, say`${strong(short(event.title))} repeats. Is that for one day, or for more of them?`, [
    { label: short(`Only ${at}`, 40), token: context.token('rsvp-scope', id, written({ recurrenceId })) },
    { label: 'This and all later ones', token: context.token('rsvp-scope', id, written({ recurrenceId, following: true })) },
    { label: 'All of them', token: context.token('rsvp-scope', id) },
  ])
}

async function scoped({ subject, argument }: Pressed, context: Context): Promise<Outcome> {
  const open = await openQuestion(subject, context)
  if ('reply' in open) return open
  return onEvent(open.text, context, async (event) => {
    const { rsvp: response = 'tentative', content } = open.draft
    const outcome = await answer(occurrenceOf(event, readPart(argument)), response ?? 'tentative', content, context, argument === '')
    return outcome.changes ? { ...outcome, answers: subject } : outcome
  })
}

/** Acts on the event that is meant, and asks which when there are several. */
async function onOne(
  understanding: Understanding,
  context: Context,
  fallback: string,
  act: (one: Meant, context: Context) => Promise<Outcome>,
  { over = false, verb }: { readonly over?: boolean; readonly verb?: (one: Meant, context: Context) => string } = {},
): Promise<Outcome> {
  const found = await meantAnywhere(understanding, context, over)
  const [one, ...others] = found
  if (!one) {
    const said = understanding.title ? ` like “${short(understanding.title, 60)}”` : ' there'
    return { reply: problem(`I know no event${said} that you plan or are invited to. Say “what is on this week” to see yours.`) }
  }
  if (others.length === 0) {
    const outcome = await act(one, one.context)
    return one.context === context ? outcome : { ...outcome, in: one.context }
  }
  const buttons = found.slice(0, 5).map(({ context: there, ...each }): Button => {
    const at = spell({ ...instant(each.occurrence.startsAt, context), timeZone: context.timeZone, named: false })
    return { label: short(`${each.occurrence.title}, ${at}`, 40), token: verb ? verb(each, there) : there.token(fallback, each.event.id) }
  })
  return ask(context, ['Which one do you mean?'], buttons)
}

/** The events of this space that are meant; when none is, those of others that this person is invited to. */
async function meantAnywhere(
  understanding: Understanding,
  context: Context,
  over: boolean,
): Promise<readonly (Meant & { readonly context: Context })[]> {
  const here = await meantEvents(understanding, context, { over })
  if (here.length > 0) return here.map((one) => ({ ...one, context }))
  const elsewhere = (await context.elsewhere()).map((there) => ({ ...there, timeZone: context.timeZone }))
  const found = await Promise.all(
    elsewhere.map(async (there) => (await meantEvents(understanding, there, { over })).map((one) => ({ ...one, context: there }))),
  )
  return found.flat()
}

function attendees(understanding: Understanding, context: Context): Promise<Outcome> {
  const question = understanding.content ?? 'coming'
  return onOne(
    understanding,
    context,
    'attendees',
    ({ event, occurrence }, there) =>
      show(understanding.when || question === 'there' ? askedOf(event, occurrence) : askedOf(event), question, there),
    { over: question === 'there' },
  )
}

async function show(asked: Asked, question: string, context: Context): Promise<Outcome> {
  const { store, space } = context
  const [all, invitation] = await Promise.all([
    store.attendees.of(space.id, [asked.event.id]),
    store.invitations.get(space.id, asked.event.id),
  ])
  if (all.every(({ state }) => state === 'removed'))
    return tell(
      say`Nobody is invited to ${about(asked, context)} yet. Say ${{ kind: 'code', text: `invite @somebody to ${short(asked.title, 60)}` }}.`,
    )
  if (question === 'there') return tell(say`${strong(short(asked.title))}: ${attended(all, asked)}`)
  const lines = await turnoutLines(asked, all, invitation, context)
  const shown = question === 'open' ? lines.filter((line) => `${line[0]}`.startsWith('No answer')) : lines
  const mine = asked.event.organiserId === context.person.id && lines.some((line) => `${line[0]}`.startsWith('No answer'))
  const buttons: Button[] = mine ? [{ label: 'Remind those without an answer', token: context.token('nudge', asked.event.id) }] : []
  return tell(about(asked, context), [
    { kind: 'list', items: shown.length === 0 ? [{ text: ['Everybody has answered.'] }] : shown.map((text) => ({ text })) },
    ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []),
  ])
}

function attended(all: readonly Attendee[], { recurrenceId }: Asked): Text {
  const rows = all.filter(
    (one) => one.state === 'invited' && (one.recurrenceId === null || (recurrenceId !== null && one.recurrenceId.equals(recurrenceId))),
  )
  const some = (there: boolean) => [...new Set(rows.filter((one) => one.attended === there).map(({ name }) => name))]
  const [present, absent] = [some(true), some(false)]
  if (present.length + absent.length === 0) return say`nobody has said yet who was there. Say ${{ kind: 'code', text: 'Ann was there' }}.`
  return [`there: ${present.join(', ') || 'nobody'}${absent.length > 0 ? `; not there: ${absent.join(', ')}` : ''}.`]
}
