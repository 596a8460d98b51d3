import { two } from '../time/civil.ts'
import type { Clock } from '../time/expression.ts'
import { partHours } from '../time/resolve-clock.ts'
import type { Repeat } from './repeat.ts'

/** Seconds since midnight of each time of day, in order; empty when the phrase says none. */
export function clockTimes(repeat: Repeat): number[] {
  const clocks = repeat.clocks.length > 0 ? repeat.clocks : (repeat.start?.clocks ?? [])
  if (clocks.length === 0 && repeat.between) return [clockSecondsOf(repeat.between.from, repeat)]
  if (clocks.length === 0) return repeat.part ? [partHours[repeat.part] * 3600 - (repeat.part === 'midnight' ? 86_400 : 0)] : []
  return clocks.map((clock) => clockSecondsOf(clock, repeat)).sort((a, b) => a - b)
}

export function clockSecondsOf(clock: Clock, repeat: Repeat): number {
  const rest = clock.minute * 60 + clock.second
  const twelve = clock.hour % 12
  if (clock.half === 'am') return twelve * 3600 + rest
  if (clock.half === 'pm') return (twelve + 12) * 3600 + rest
  const late = repeat.part === 'afternoon' || repeat.part === 'evening' || (repeat.part === 'night' && clock.hour >= 5)
  if (late && clock.hour < 12) return (clock.hour + 12) * 3600 + rest
  const afternoon = clock.half === '' && repeat.part !== 'morning' && clock.hour > 0 && clock.hour < 7
  return (clock.hour + (afternoon ? 12 : 0)) * 3600 + rest
}

/** "6-7" is an hour of the evening, as the six is one. */
export function endOf({ from, to }: NonNullable<Repeat['between']>, repeat: Repeat): number {
  const [start, end] = [clockSecondsOf(from, repeat), clockSecondsOf(to, repeat)]
  return to.half === '' && end < start && end + 43_200 > start ? end + 43_200 : end
}

/** How many seconds "from 3 to 4:30" takes, once or every time; undefined for what repeats within it. */
export function lengthOfRange(repeat: Repeat): number | undefined {
  const { between, frequency } = repeat
  if (!between || frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY') return undefined
  const seconds = endOf(between, repeat) - clockSecondsOf(between.from, repeat)
  // "3pm to 3pm" is a slip, and no whole day; "9 to 9" ends in the evening.
  if (seconds === 0) return between.to.half === '' ? 43_200 : 0
  return seconds > 0 ? seconds : seconds + 86_400
}

export function clockText(seconds: number): string {
  return `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
