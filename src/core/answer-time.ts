import type { Understanding, When } from './understanding.ts'

/** A draft without a time gets the one that was said; one with a day gets a clock time, or another day with one. */
export function timed(draft: Understanding, { when, recurrence, changes }: Understanding, dated: boolean): Understanding | undefined {
  const said = changes?.when ?? when
  if (!draft.when && !draft.recurrence)
    return said || recurrence ? { ...draft, when: said && lasting(said, draft.duration), recurrence } : undefined
  if (!draft.when || !said) return undefined
  const at = dated && !draft.recurrence ? said : onDay(draft.when, said)
  return at ? { ...draft, when: lasting(at, draft.duration) } : undefined
}

export function wholly(when: When, start: string): When {
  return { ...when, kind: 'range', end: Temporal.PlainDate.from(start.slice(0, 10)).add({ days: 1 }).toString() }
}

/** With the length that was said before the time was. */
export function lasting(when: When, duration: Understanding['duration']): When {
  if (!duration || when.end !== null || !when.start?.includes('T')) return when
  const start = Temporal.Instant.from(when.start).toZonedDateTimeISO(when.timeZone)
  return { ...when, kind: 'range', end: iso(start.add(duration)) }
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
