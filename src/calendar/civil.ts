import { civil, dayNumber } from '#core/days.ts'

export const secondsADay = 86_400

/** Seconds on the wall from 1970-01-01T00:00 there. */
export function secondsOf({ year, month, day, hour, minute, second }: Temporal.PlainDateTime): number {
  return dayNumber(year, month, day) * secondsADay + hour * 3_600 + minute * 60 + second
}

export function wallOf(seconds: number): Temporal.PlainDateTime {
  const number = Math.floor(seconds / secondsADay)
  const rest = seconds - number * secondsADay
  const { year, month, day } = civil(number)
  return new Temporal.PlainDateTime(year, month, day, Math.floor(rest / 3_600), Math.floor(rest / 60) % 60, rest % 60)
}
