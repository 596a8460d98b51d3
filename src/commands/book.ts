import { derived } from '#calendar/derive.ts'
import { recurs } from '#calendar/expand.ts'
import { firstWall, nextOccurrence, validateRule } from '#calendar/recurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { CalendarEvent, Change } from '#core/model.ts'
import { about, type Block, problem, say, strong, type Text } from '#core/reply.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { done, instant, short, zoneHint } from './answer.ts'
import { nameOfCalendar } from './channel.ts'
import { eitherOr } from './either.ts'
import { alertChanges } from './event/alerts.ts'
import { clashesOf } from './event/clash.ts'
import { alertsOf, calendarNamed, lengthInWords, type NamedCalendar } from './event/details.ts'
import { spanText } from './event/spelled.ts'
import { nearest } from './event/which.ts'
import { answerButtons, askedOf } from './invitation/card.ts'
import { inviting } from './invitation/inviting.ts'
import { mostSeats } from './invitation/organise.ts'
import { roomFor } from './meeting.ts'
import { farthestYears, unplannable } from './moment.ts'
import { eventWhen } from './question.ts'
import { inWords } from './rule.ts'
import { spanOf, spelled } from './span.ts'
import { unknownZone } from './strange-zone.ts'
import { moveOrSecond } from './twice.ts'

const longestTitle = 500
const longestDays = 366

/** What takes whole days without anybody saying so: "holiday on May 4", "Ann's birthday on June 2". */
const daysLong = /(?:^|\s)(?:holidays?|vacations?|days? off|time off|leave|pto|birthday|anniversary)$/i

/** A day without a clock time is asked about, unless the person has just said that it takes all day. */
export async function createEvent(understanding: Understanding, context: Context, allDay = false): Promise<Outcome> {
  const title = understanding.title?.trim() || 'Event'
  if (title.length > longestTitle)
    return { reply: about('title', problem(`A title holds ${longestTitle} characters and this one has ${title.length}: shorten it.`)) }
  const strange = unknownZone(understanding)
  if (strange) return strange
  const either = await eitherOr(understanding, title, context)
  if (either) return either
  const twice = await moveOrSecond(understanding, title, context)
  if (twice) return twice
  const { when, recurrence, capacity } = understanding
  if (!when?.start) return eventWhen(understanding, title, context)
  const whole = !when.start.includes('T')
  if (whole && !allDay && when.kind === 'date' && !daysLong.test(title)) return eventWhen(understanding, title, context)

  const span = spanOf(when)
  const seconds = Math.round(span.end.since(span.start).total('seconds'))
  const wrong = wrongLength(seconds)
  if (wrong) return { reply: about('length', problem(wrong)) }
  const valid = recurrence ? validateRule(recurrence.rrule) : { ok: true as const }
  if (!valid.ok) return { reply: problem(valid.hint) }
  const made = await eventOf(understanding, when, span.start, seconds, title, whole, context)
  if (made.refused !== undefined) return { reply: problem(made.refused) }
  const late = untimely(made.event, context)
  if (late) return { reply: about('day', late.reply) }

  const { event, hint } = made
  const invited = await inviting(event, understanding.people, understanding, context)
  if (invited.kind === 'unclear') return { ...invited.outcome, reply: about('people', invited.outcome.reply) }
  context.show({ kind: 'event', ids: [event.id] })
  const again = event.rrule === null ? [] : say` It repeats ${strong(inWords(event.rrule, event.startWall, event.timeZone, event.allDay))}.`
  const where = event.location === '' ? [] : say` at ${short(event.location, 80)}`
  const link: Text = event.meetingLink === '' ? [] : say` ${{ kind: 'link', url: event.meetingLink, text: 'Join here' }}.`
  const alerts = event.alerts.map(({ secondsBefore }) => lengthInWords(secondsBefore)).join(' and ')
  const told = alerts === '' ? [] : say` I will tell you ${alerts} before.`
  const first = recurs(event) ? nearest(event, event.startsAt) : undefined
  const at = first ? spanText(first, context) : spelled(event, event.startsAt, context)
  const seats = seatsOf(event, capacity)
  const most = seats.length === 0 ? '' : ` At most ${capacity} can come.`
  const signs = signUp(event, context)
  const outcome = done(
    context,
    'event created',
    say`${strong(short(title))} is in ${made.calendar}: ${at}${where}.${invited.words}${most}${again}${told}${link}`,
    [...made.changes, ...invited.changes, ...seats],
    [
      ...(await clashesOf(event, context)),
      ...(hint === undefined ? [] : [{ kind: 'aside', text: [hint] } as const]),
      ...signs,
      ...invited.hints,
      ...zoneHint(context),
    ],
  )
  return signs.length === 0 ? outcome : { ...outcome, shows: { kind: 'event', eventId: event.id, recurrenceId: null } }
}

function seatsOf({ id, spaceId }: CalendarEvent, capacity: number | undefined): readonly Change[] {
  if (capacity === undefined || capacity > mostSeats) return []
  return [{ kind: 'invitation', before: null, after: { id, spaceId, capacity, answerBy: null, version: 1 } }]
}

/** In a channel whoever reads of an event may say at once that they come. */
function signUp(event: CalendarEvent, context: Context): readonly Block[] {
  const { place, private: alone } = context.message
  return place.kind === 'channel' && !alone ? [{ kind: 'buttons', buttons: answerButtons(askedOf(event), context) }] : []
}

type Made = { readonly refused: string } | MadeEvent

interface MadeEvent {
  readonly refused?: undefined
  readonly event: CalendarEvent
  readonly changes: readonly Change[]
  /** "your calendar", "your calendar Work" */
  readonly calendar: Text
  readonly hint: string | undefined
}

async function eventOf(
  understanding: Understanding,
  when: When,
  startWall: Temporal.PlainDateTime,
  durationSeconds: number,
  title: string,
  allDay: boolean,
  context: Context,
): Promise<Made> {
  const { recurrence, location, meetingLink, alerts, content } = understanding
  const { space, person } = context
  const room = meetingLink === null ? undefined : roomFor(meetingLink, context)
  const id = context.newId()
  const named = understanding.calendar === null ? undefined : await calendarNamed(understanding.calendar, context)
  if (named?.refused !== undefined) return { refused: named.refused }
  const event = derived({
    id,
    spaceId: space.id,
    calendarId: named?.calendar.id ?? person.calendarId,
    organiserId: person.id,
    uid: `${id}@ducktape`,
    recurrenceId: null,
    sequence: 0,
    title,
    description: content ?? '',
    location: location ?? '',
    meetingLink: room?.url ?? '',
    colour: null,
    status: 'confirmed',
    visibility: 'public',
    transparency: 'opaque',
    allDay,
    startWall,
    durationSeconds,
    timeZone: when.timeZone,
    rrule: recurrence?.rrule ?? null,
    rdates: [],
    exdates: recurrence?.exdates.map((text) => wallAt(text, startWall)) ?? [],
    overrides: [],
    alerts:
      alerts.length > 0 || allDay
        ? alertsOf(alerts, context)
        : person.alertSeconds.map((secondsBefore) => ({ personId: person.id, secondsBefore })),
    version: 1,
  })
  return {
    event,
    changes: [
      ...(named?.change ? [named.change] : []),
      { kind: 'event', before: null, after: event },
      ...(await alertChanges(null, event, { store: context.store, now: context.now, origin: context.message.place })),
    ],
    calendar: named && named.calendar.id !== person.calendarId ? into(named) : ['your calendar'],
    hint: room?.hint,
  }
}

function wallAt(text: string, start: Temporal.PlainDateTime): Temporal.PlainDateTime {
  return text.includes('T') ? Temporal.PlainDateTime.from(text) : Temporal.PlainDate.from(text).toPlainDateTime(start.toPlainTime())
}

function wrongLength(seconds: number): string | undefined {
  if (seconds < 0) return 'That ends before it starts: give the start first, such as “Friday 2pm to 3pm”.'
  if (seconds < 60) return 'That ends when it starts: say how long it lasts, such as “Friday 2pm to 3pm”, or the day on which it ends.'
  return seconds > longestDays * 86_400 ? `An event lasts ${longestDays} days at most: give an earlier end.` : undefined
}

/** Refuses what is over, too far away, or never comes. */
function untimely(event: CalendarEvent, context: Context): Outcome | undefined {
  const { rrule, startWall, timeZone, exdates, startsAt, endsAt } = event
  const next = rrule === null ? undefined : nextOccurrence({ rrule, startWall, timeZone, exdates }, context.now)
  if (rrule !== null && !firstWall({ rrule, startWall, timeZone, exdates }))
    return { reply: problem('That rule never comes: there is no such day. Say it differently, such as “every month on the last day”.') }
  switch (unplannable(rrule === null ? endsAt : (next?.toInstant() ?? startsAt), context.now)) {
    case 'past':
      return {
        reply: problem(
          say`${instant(startsAt, context, timeZone)} is already over. Give a time that is still to come, such as “tomorrow at 3pm”.`,
        ),
      }
    case 'far':
      return { reply: problem(`I keep plans for ${farthestYears} years and no longer: give an earlier date.`) }
    case undefined:
      return undefined
  }
}

/** "your new calendar Work", "the calendar of #ops" */
function into({ calendar, change }: Exclude<NamedCalendar, { readonly refused: string }>): Text {
  if (calendar.kind === 'channel') return say`the calendar of ${nameOfCalendar(calendar)}`
  return [`${change ? 'your new calendar' : 'the calendar'} ${short(calendar.name, 60)}`]
}
