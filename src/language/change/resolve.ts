import type { Changes, NewTime } from '#core/understanding.ts'
import { resolveRepeat } from '../repeat/rule.ts'
import { isoDuration } from '../slots/places.ts'
import type { Phrase } from '../time/expression.ts'
import { resolvePhrase } from '../time/resolve.ts'
import type { Manner, Present } from '../time/resolver.ts'
import type { ChangeReading } from './change.ts'

/** What a change means at this moment, for this person. */
export function resolveChange(reading: ChangeReading, present: Present, manner: Manner, locale: string, every: boolean): Changes {
  const { from, to, until, shift, duration, lengthen, repeat, ...same } = reading
  // Of many things, a part of a day is a stretch to look through, and no moment.
  const old = from && resolvePhrase(from, present, every ? { ...manner, wholeParts: true, pointed: false } : manner)
  const when = to ? newTime(to, from, present, manner) : until ? newEnd(until, from, present, manner) : undefined
  return {
    ...(old ? { from: from && isAnyDay(from) ? { ...old, anyDay: true } : old } : {}),
    ...(when ? { when } : {}),
    ...(shift ? { shift: isoDuration(shift) } : {}),
    ...(duration ? { duration: isoDuration(duration) } : {}),
    ...(lengthen ? { lengthen: isoDuration(lengthen) } : {}),
    ...(repeat ? { recurrence: resolveRepeat(repeat, present, locale) } : {}),
    ...same,
  }
}

/** "the 3 o'clock": of whatever day. */
export function isAnyDay({ days, clocks, shift, now, foreign, reach, open }: Phrase): boolean {
  return clocks.length > 0 && !days && !shift && !now && !foreign && !reach && !open
}

/** On the day of the thing where that was told, and in its half of the day: "my 8pm to 9" is the evening. */
function newTime(to: Phrase, from: Phrase | undefined, present: Present, manner: Manner): NewTime | undefined {
  const clocked = to.clocks.length > 0 || to.part !== undefined
  const whole = to.shift !== undefined || to.now || to.reach !== undefined || to.foreign !== undefined
  const keeps = whole || (to.days && clocked) ? 'nothing' : to.days ? 'time' : 'day'
  const dated = keeps === 'day' && from?.days ? { ...to, days: from.days } : to
  const phrase = inHalfOf(dated, from)
  const when = resolvePhrase(phrase, present, manner)
  return when ? { ...when, keeps, ...(saysNoHalf(phrase) ? { half: 'unsaid' } : {}) } : undefined
}

function saysNoHalf({ clocks: [clock], part }: Phrase): boolean {
  return clock?.half === '' && part === undefined
}

function newEnd(until: Phrase, from: Phrase | undefined, present: Present, manner: Manner): NewTime | undefined {
  const end = newTime(until, from, present, manner)
  return end && { ...end, kind: 'range', start: null, end: end.start, open: 'before' }
}

function inHalfOf(to: Phrase, from: Phrase | undefined): Phrase {
  const [clock, ...others] = to.clocks
  const evening = from?.clocks[0]?.half === 'pm' && (from.clocks[0].hour % 12) + 12 >= 17
  if (!clock || !evening || clock.half !== '' || clock.hour < 7 || clock.hour > 11) return to
  return { ...to, clocks: [{ ...clock, half: 'pm' }, ...others] }
}
