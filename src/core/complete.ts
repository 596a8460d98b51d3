import type { Question } from './ports.ts'
import type { Understanding, When } from './understanding.ts'

/** The draft of a question with the part that was missing; undefined when the words do not give it. */
export function complete({ draft }: Question, read: Understanding): Understanding | undefined {
  if (!draft.when && !draft.recurrence) {
    return read.when || read.recurrence ? { ...draft, when: read.when, recurrence: read.recurrence } : undefined
  }
  const when = draft.when && read.when && onDay(draft.when, read.when)
  return when ? { ...draft, when } : undefined
}

/** A clock time, or two of them, on the day that was asked about: the same wall time, whatever the offset there is. */
function onDay(day: When, clock: When): When | undefined {
  if (day.kind !== 'date' || day.start === null || !clock.start?.includes('T')) return undefined
  const date = Temporal.PlainDate.from(day.start)
  const at = (text: string) =>
    date.toZonedDateTime({ timeZone: day.timeZone, plainTime: Temporal.PlainDateTime.from(text.slice(0, 19)).toPlainTime() })
  const start = at(clock.start)
  const sameDay = clock.end?.includes('T') ? at(clock.end) : undefined
  const end = sameDay && Temporal.ZonedDateTime.compare(sameDay, start) <= 0 ? sameDay.add({ days: 1 }) : sameDay
  return {
    kind: end ? 'range' : 'instant',
    start: iso(start),
    end: end ? iso(end) : null,
    grain: 'minute',
    timeZone: day.timeZone,
  }
}

function iso(moment: Temporal.ZonedDateTime): string {
  return moment.toString({ timeZoneName: 'never' })
}
