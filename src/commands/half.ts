import type { NewTime } from '#core/understanding.ts'

/** From when on it is evening, and until when early. */
const [evening, early] = [17, 7]
/** Nobody means an hour before that without saying so. */
const earliest = 5
/** How far from what it was a clock time is most likely of the same half, in minutes. */
const near = 120

/** A new clock time in the half of the day that the thing was in: "make it 10", of what was at nine in the evening, is ten in the evening. */
export function inItsHalf(when: NewTime, was: Temporal.PlainTime): NewTime {
  if (when.half !== 'unsaid' || !when.start?.includes('T')) return when
  const { hour } = Temporal.Instant.from(when.start).toZonedDateTimeISO(when.timeZone)
  if (was.hour >= evening && hour >= early && hour < 12) return later(when, 12)
  if (was.hour < early && hour > 12 && hour < 12 + early) return later(when, -12)
  // "gym at seven" is moved to half past six, and "standup at nine" to five in the afternoon.
  const morning = Temporal.Instant.from(when.start).toZonedDateTimeISO(when.timeZone).subtract({ hours: 12 }).toPlainTime()
  const apart = Math.abs(was.since(morning).total('minutes'))
  if (was.hour < 12 && hour >= evening && morning.hour >= earliest && apart < near) return later(when, -12)
  return when
}

function later(when: NewTime, hours: number): NewTime {
  const moved = (text: string | null) =>
    text === null ? null : Temporal.Instant.from(text).toZonedDateTimeISO(when.timeZone).add({ hours }).toString({ timeZoneName: 'never' })
  return { ...when, start: moved(when.start), end: moved(when.end) }
}
