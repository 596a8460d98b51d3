import type { Context } from '#core/command.ts'
import type { CalendarEvent, EventOverride } from '#core/model.ts'
import { say, strong, type Text } from '#core/reply.ts'
import { short } from '../answer.ts'
import { inWords } from '../rule.ts'
import { spelled } from '../span.ts'

/** One thing that is different now, in the words and the zone of whoever reads it. */
type Difference = (reader: Context) => Text

/** What those who come have to know of a change; nothing when it is none of their business, like a colour. */
export function differences(before: CalendarEvent, after: CalendarEvent): readonly Difference[] {
  if (before.status !== after.status) {
    if (after.status === 'cancelled') return [() => ['It is called off.']]
    if (before.status === 'cancelled') return [() => ['It takes place after all.']]
  }
  return [...ofTime(before, after), ...ofWords(before, after), ...ofOccurrences(before, after)]
}

function ofTime(before: CalendarEvent, after: CalendarEvent): readonly Difference[] {
  const moved =
    !before.startsAt.equals(after.startsAt) || before.durationSeconds !== after.durationSeconds || before.allDay !== after.allDay
  const repeats = before.rrule !== after.rrule
  const words = (one: CalendarEvent, reader: Context) =>
    spelled(one.allDay ? one : { ...one, timeZone: reader.timeZone }, one.startsAt, reader)
  return [
    ...(moved ? [(reader: Context) => say`Before: ${words(before, reader)}.`] : []),
    ...(repeats
      ? [
          () =>
            after.rrule === null
              ? ['It does not repeat any more.']
              : say`It repeats ${inWords(after.rrule, after.startWall, after.timeZone, after.allDay)}.`,
        ]
      : []),
  ]
}

function ofWords(before: CalendarEvent, after: CalendarEvent): readonly Difference[] {
  return [
    ...(before.title === after.title ? [] : [() => say`It was called ${strong(short(before.title))}.`]),
    ...(before.location === after.location
      ? []
      : [() => (after.location === '' ? ['It has no place any more.'] : say`Place: ${short(after.location, 80)}.`)]),
    ...(before.meetingLink === after.meetingLink || after.meetingLink === '' ? [] : [() => ['There is a new link to join.']]),
  ]
}

/** Occurrences that are left out, moved or called off now. */
function ofOccurrences(before: CalendarEvent, after: CalendarEvent): readonly Difference[] {
  const left = new Set(before.exdates.map(String))
  const gone = after.exdates.filter((wall) => !left.has(String(wall)))
  const kept = new Map(before.overrides.map((one) => [String(one.recurrenceId), JSON.stringify(one)]))
  const changed = after.overrides.filter((one) => kept.get(String(one.recurrenceId)) !== JSON.stringify(one))
  const day = (wall: Temporal.PlainDateTime) => ({ kind: 'day', date: wall.toPlainDate().toString() }) as const
  return [
    ...gone.map((wall) => () => say`Not on ${day(wall)}.`),
    ...changed.map(
      (one) => (reader: Context) =>
        one.status === 'cancelled' ? say`Not on ${day(one.recurrenceId)}.` : say`${day(one.recurrenceId)}: ${now(one, after, reader)}.`,
    ),
  ]
}

function now(one: EventOverride, event: CalendarEvent, reader: Context): Text {
  const durationSeconds = one.durationSeconds ?? event.durationSeconds
  const at = spelled(
    { allDay: event.allDay, timeZone: event.allDay ? event.timeZone : reader.timeZone, durationSeconds },
    one.startsAt,
    reader,
  )
  return one.location === null ? say`now ${at}` : say`now ${at} at ${short(one.location, 80)}`
}
