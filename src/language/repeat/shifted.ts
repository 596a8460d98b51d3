import { daysInMonth } from '#core/days.ts'
import type { Found } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Part } from '../text/words.ts'
import { readAmount } from '../time/amount.ts'
import type { Days } from '../time/expression.ts'
import { holidayMonthDay } from '../time/holidays.ts'
import { noRepeat, type Repeat } from './repeat.ts'

/** Days that every month has, from either end. */
const everyMonth = 28
const aYear = 2_001

/** "[3 days before] the 1st of every month", "[the evening before] every Thursday": how far beside its days, and the token after it. */
export function readBeside(s: Sentence, i: number): Found<{ readonly days: number; readonly part: Part | undefined }> | undefined {
  const amount = readAmount(s, i)
  const { word, text } = at(s, i)
  const { seconds = 0, months = 0, workdays = 0, days = 0 } = amount?.value ?? {}
  const whole = amount && days > 0 && seconds + months + workdays === 0 ? amount.end : undefined
  const end = whole ?? (text === 'day' || word.part !== '' ? i + 1 : undefined)
  if (end === undefined) return undefined
  const side = at(s, end).text === 'before' ? -1 : at(s, end).text === 'after' ? 1 : 0
  if (side === 0) return undefined
  const part = whole === undefined && word.part !== '' ? word.part : undefined
  return { value: { days: side * (whole === undefined ? 1 : days), part }, end: end + 1 }
}

/** The same rule some days earlier or later; undefined where no rule says that. */
export function shifted(repeat: Repeat, days: number): Repeat | undefined {
  const { frequency, weekdays, monthDays, months, positions, weekNumbers, yearDays } = repeat
  if (positions.length + weekNumbers.length + yearDays.length > 0) return undefined
  const [ranked] = weekdays
  switch (frequency) {
    case 'WEEKLY':
      if (weekdays.length === 0) return undefined
      // The weeks turn along, so that the days of one stay together.
      return {
        ...repeat,
        weekdays: weekdays.map(({ weekday }) => ({ weekday: weekdayAfter(weekday, days) })),
        ...(repeat.interval > 1 && weekdays.length > 1 ? { weekStart: weekdayAfter(1, days) } : {}),
      }
    case 'MONTHLY': {
      if (months.length > 0) return undefined
      if (weekdays.length === 0)
        return withMonthDays(
          repeat,
          monthDays.map((day) => monthDayAfter(day, days)),
        )
      if (weekdays.length > 1 || monthDays.length > 0 || ranked?.n === undefined) return undefined
      // "The day after the first Monday" is a Tuesday from the 2nd to the 8th.
      const first = ranked.n > 0 ? 7 * (ranked.n - 1) + 1 : 7 * ranked.n
      const range = Array.from({ length: 7 }, (_, index) => first + index + days)
      const inside = range.every((day) => Math.sign(day) === Math.sign(first) && Math.abs(day) <= everyMonth)
      return inside ? { ...repeat, weekdays: [{ weekday: weekdayAfter(ranked.weekday, days) }], monthDays: range } : undefined
    }
    case 'YEARLY': {
      const [month, ...otherMonths] = months
      const [day, ...otherDays] = monthDays
      if (month === undefined || day === undefined || otherMonths.length + otherDays.length + weekdays.length > 0 || day < 1)
        return undefined
      const moved = day + days
      const length = daysInMonth(aYear, month)
      if (moved < 1) return moved > -everyMonth ? { ...repeat, months: [((month + 10) % 12) + 1], monthDays: [moved - 1] } : undefined
      if (moved <= length) return { ...repeat, monthDays: [moved] }
      return month === 2 || moved - length > everyMonth ? undefined : { ...repeat, months: [(month % 12) + 1], monthDays: [moved - length] }
    }
    default:
      return undefined
  }
}

/** "every year ... [on June 5]", "[2 days before March 8]", "every month ... [3 days before the 15th]": the days of a bare rule. */
export function daysBeside({ frequency }: Repeat, days: Days): Partial<Repeat> | undefined {
  const yearly = frequency === 'YEARLY' ? fixedDate(days) : undefined
  if (yearly?.month !== undefined && yearly.day) return { months: [yearly.month], monthDays: [yearly.day] }
  if (days.kind !== 'shift' || !days.from || days.upTo !== undefined) return undefined
  const { months, seconds, workdays, days: by } = days.amount
  const fixed = months + seconds + workdays === 0 ? fixedDate(days.from) : undefined
  if (!fixed?.day || (fixed.month !== undefined) !== (frequency === 'YEARLY')) return undefined
  const rule = { ...noRepeat, frequency, months: fixed.month === undefined ? [] : [fixed.month], monthDays: [fixed.day] }
  const moved = shifted(rule, by)
  return moved && { months: moved.months, monthDays: moved.monthDays }
}

function fixedDate(days: Days): { readonly month?: number | undefined; readonly day?: number | undefined } | undefined {
  if (days.kind === 'holiday' && days.year === undefined) return holidayMonthDay(days.name)
  return days.kind === 'date' && days.year === undefined && days.weekday === undefined ? days : undefined
}

function weekdayAfter(weekday: number, days: number): number {
  return ((((weekday - 1 + days) % 7) + 7) % 7) + 1
}

/** Where a month may end before it, there is no such day of every month. */
function monthDayAfter(day: number, days: number): number | undefined {
  const moved = day + days
  if (day > 0) {
    if (moved < 1) return moved > -everyMonth ? moved - 1 : undefined
    return day <= everyMonth && moved <= everyMonth ? moved : undefined
  }
  if (moved >= 0) return moved < everyMonth ? moved + 1 : undefined
  return moved >= -everyMonth ? moved : undefined
}

function withMonthDays(repeat: Repeat, days: readonly (number | undefined)[]): Repeat | undefined {
  const monthDays = days.filter((day) => day !== undefined)
  return days.length === 0 || monthDays.length < days.length ? undefined : { ...repeat, monthDays }
}
