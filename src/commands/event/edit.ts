import type { Edit, Edited, Scope } from '#calendar/edit.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import { validateRule } from '#calendar/recurrence.ts'
import type { Context } from '#core/command.ts'
import type { Change, Series } from '#core/model.ts'
import type { Changes, NewTime } from '#core/understanding.ts'
import { short } from '../answer.ts'
import { inItsHalf } from '../half.ts'
import { roomFor } from '../meeting.ts'
import { spanOf } from '../span.ts'
import { alertsOf, calendarNamed, knownCalendar } from './details.ts'

export type Read =
  | { readonly ok: true; readonly edit: Edit; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly hint: string }

const longestSeconds = 366 * 86_400
const longestTitle = 500
/** Nothing that is moved by clock times alone goes on for longer over a night: its two ends were said the wrong way round. In seconds. */
const longestNight = 16 * 3_600

/** What a sentence changes, in the terms of the arithmetic: relative to the occurrence that it is about. */
export async function editOf(said: Changes, one: Occurrence, context: Context): Promise<Read> {
  const placed = await placeOrCalendar(said, context)
  const no = (hint: string): Read => ({ ok: false, hint })
  const when = placed.when && onOneDay(inHalfOf(one, placed.when), one)
  if (placed.when && !when) return no(`Which day? Say one, such as “move ${short(one.title, 40)} to ${firstDayOf(placed.when, context)}”.`)
  const changes = when ? { ...placed, when } : placed
  if (when?.keeps === 'day' && when.start && when.end && lengthOf(when) > longestNight) return no(turnedRound(when, context))
  const time = timeOf(changes, one)
  if (time.durationSeconds !== undefined && time.durationSeconds < 60) return no('An event lasts a minute at least: give a later end.')
  if (time.durationSeconds !== undefined && time.durationSeconds > longestSeconds)
    return no('An event lasts 366 days at most: give an earlier end.')
  if (changes.title !== undefined && (changes.title.trim() === '' || changes.title.length > longestTitle))
    return no(`A title has 1 to ${longestTitle} characters.`)
  if (changes.recurrence) {
    const valid = validateRule(changes.recurrence.rrule)
    if (!valid.ok) return no(valid.hint)
  }
  const found = changes.calendar === undefined ? undefined : await calendarNamed(changes.calendar, context)
  if (found?.refused !== undefined) return no(found.refused)
  if (found && found.calendar.spaceId !== one.event.spaceId) return no('It is kept elsewhere: plan it anew in the calendar of the channel.')
  const own = changes.alerts && alertsOf(changes.alerts, context)
  const others = own && (await othersAlerts(one.event, context))
  const edit: Edit = {
    ...time,
    ...(changes.title === undefined ? {} : { title: changes.title.trim() }),
    ...(changes.location === undefined ? {} : { location: changes.location }),
    ...(changes.content === undefined ? {} : { description: changes.content }),
    ...(changes.meetingLink === undefined ? {} : { meetingLink: roomFor(changes.meetingLink, context).url }),
    ...(changes.colour === undefined ? {} : { colour: changes.colour }),
    ...(changes.visibility === undefined ? {} : { visibility: changes.visibility }),
    ...(changes.recurrence === undefined ? {} : { rrule: changes.recurrence.rrule }),
    ...(found === undefined ? {} : { calendarId: found.calendar.id }),
    ...(own === undefined ? {} : { alerts: [...(others ?? []), ...own] }),
  }
  return { ok: true, edit, changes: found?.change ? [found.change] : [] }
}

function inHalfOf({ startsAt, event }: Occurrence, when: NewTime): NewTime {
  return event.allDay ? when : inItsHalf(when, startsAt.toZonedDateTimeISO(when.timeZone).toPlainTime())
}

/** "to next week" is the same day of that week; "to Monday and Tuesday", "to December" leave open which day, unless it takes whole days. */
function onOneDay(when: NewTime, { startsAt, startWall, event }: Occurrence): NewTime | undefined {
  if (when.keeps !== 'time' || when.kind !== 'range' || !when.start || !when.end || when.start.includes('T')) return when
  if (when.grain === 'week') {
    const { dayOfWeek } = event.allDay ? startWall : startsAt.toZonedDateTimeISO(when.timeZone)
    const monday = Temporal.PlainDate.from(when.start)
    const day = monday.add({ days: (dayOfWeek - monday.dayOfWeek + 7) % 7 }).toString()
    return { ...when, kind: 'date', start: day, end: null, grain: 'day' }
  }
  return event.allDay && when.grain === 'day' ? when : undefined
}

function firstDayOf({ start }: NewTime, { person }: Context): string {
  const day = Temporal.PlainDate.from(start ?? '')
  return day.toLocaleString(person.locale ?? 'en-US', { month: 'long', day: 'numeric' })
}

/** A name that may be either is a calendar when there is one of that name, and a place otherwise. */
async function placeOrCalendar({ calendar, location, ...changes }: Changes, context: Context): Promise<Changes> {
  const isCalendar = calendar !== undefined && (calendar !== location || (await knownCalendar(calendar, context)) !== undefined)
  if (isCalendar) return { ...changes, calendar, ...(location === undefined || location === calendar ? {} : { location }) }
  return location === undefined ? changes : { ...changes, location }
}

async function othersAlerts({ id, spaceId }: Series, { store, person }: Context) {
  const event = await store.events.get(spaceId, id)
  return event?.alerts.filter(({ personId }) => personId !== person.id)
}

function timeOf(changes: Changes, one: Occurrence): Pick<Edit, 'shiftSeconds' | 'durationSeconds' | 'allDay'> {
  const { shift, duration, lengthen } = changes
  if (changes.allDay) return wholeDays(one)
  const when = changes.when ?? clockOf(changes)
  const shiftSeconds = when ? shiftTo(when, one) : shift === undefined ? undefined : secondsIn(shift, one)
  const said = when?.start && when.end ? lengthOf(when) : undefined
  const timed = when?.start?.includes('T') && one.event.allDay ? { allDay: false, durationSeconds: said ?? 3_600 } : {}
  const durationSeconds =
    said ??
    (duration === undefined ? undefined : secondsIn(duration, one)) ??
    (lengthen === undefined ? undefined : one.durationSeconds + secondsIn(lengthen, one))
  return {
    ...(shiftSeconds === undefined ? {} : { shiftSeconds }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...timed,
  }
}

function wholeDays({ startWall, durationSeconds, event }: Occurrence): Pick<Edit, 'shiftSeconds' | 'durationSeconds' | 'allDay'> {
  if (event.allDay) return {}
  const sinceMidnight = startWall.toPlainTime().since(new Temporal.PlainTime()).total('seconds')
  const days = Math.max(1, Math.ceil((sinceMidnight + durationSeconds) / 86_400))
  return { allDay: true, shiftSeconds: -sinceMidnight, durationSeconds: days * 86_400 }
}

/** "change it to every weekday at 9:30": the clock time is of each of them, and their days are the rule's. */
function clockOf({ recurrence }: Changes): NewTime | undefined {
  if (!recurrence?.dtstart.includes('T')) return undefined
  const { dtstart, timeZone } = recurrence
  const start = Temporal.PlainDateTime.from(dtstart).toZonedDateTime(timeZone).toString({ timeZoneName: 'never' })
  return { kind: 'instant', start, end: null, grain: 'minute', timeZone, keeps: 'day' }
}

function secondsIn(text: string, { startWall }: Occurrence): number {
  return Math.round(Temporal.Duration.from(text).total({ unit: 'seconds', relativeTo: startWall }))
}

function lengthOf(when: NewTime): number {
  const { start, end } = spanOf(when)
  return Math.round(end.since(start).total('seconds'))
}

function turnedRound(when: NewTime, { person }: Context): string {
  const { start, end } = spanOf(when)
  const clock = (at: Temporal.PlainDateTime) => at.toLocaleString(person.locale ?? 'en-US', { timeStyle: 'short' })
  return `${clock(end)} is before ${clock(start)}. Say which comes first, such as “make it ${clock(end)} to ${clock(start)}”, or the day on which it ends.`
}

/** By how much an occurrence moves, on its own wall clock. What was not said stays, as its reader sees it. */
function shiftTo(when: NewTime, { startsAt, startWall, timeZone, event }: Occurrence): number {
  if (when.start === null) return 0
  // "5pm Berlin time" is a clock time there, and everything else one of the speaker's.
  const now = event.allDay ? startWall : startsAt.toZonedDateTimeISO(when.timeZone).toPlainDateTime()
  const said = spanOf(when).start
  const isDay = !when.start.includes('T')
  const date = when.keeps === 'day' ? now.toPlainDate() : said.toPlainDate()
  const time = when.keeps === 'time' || isDay ? now.toPlainTime() : said.toPlainTime()
  const wanted = date.toPlainDateTime(time)
  if (event.allDay) return Math.round(wanted.since(startWall).total('seconds'))
  const there = wanted.toZonedDateTime(when.timeZone).withTimeZone(timeZone).toPlainDateTime()
  return Math.round(there.since(startWall).total('seconds'))
}

/** Why the arithmetic refused, as a sentence with a way out. */
export function refusal(reason: Exclude<Edited, { ok: true }>['reason'], scope: Scope): string {
  switch (reason) {
    case 'no such occurrence':
    case 'gone already':
      return 'That one is cancelled already, or was never there: say “what is on this week” to see what is.'
    case 'no such rule':
      return 'Moved like that, its days follow no rule any more: move one of them only, or say the new rule, such as “repeat it every second Wednesday”.'
    case 'whole series only':
      return scope === 'this'
        ? 'One occurrence alone cannot have that: change all of them, or this and all later ones.'
        : 'That is for single events.'
    case 'too many exceptions':
      return 'This series has 1,000 exceptions already: make a new one.'
  }
}
