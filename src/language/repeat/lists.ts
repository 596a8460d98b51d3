import type { Found } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'

/** Weekdays with commas, "and", blanks or "through" between: "Mon, Wed and Fri", "Saturday to Tuesday", "weekends". */
export function readDayList(s: Sentence, i: number): Found<number[]> | undefined {
  const days: number[] = []
  let j = i
  for (let more = 0; more < 9; more++) {
    const { word } = at(s, j)
    if (word.unit === 'weekend' && days.length > 0) days.push(6, 7)
    else if (word.unit === 'workday' && word.plural) days.push(1, 2, 3, 4, 5)
    else if (!word.weekday) break
    else days.push(word.weekday)
    j++
    if (at(s, j).text === '.' && at(s, j).glued && at(s, j + 1).kind !== 'end') j++
    const through = readThrough(s, j, days.at(-1) ?? 1)
    if (through) {
      days.push(...through.value)
      j = through.end
    }
    const next = skipAnd(s, j)
    if (!at(s, next).word.weekday && at(s, next).word.unit !== 'weekend') break
    j = next
  }
  return days.length > 0 ? { value: [...new Set(days)], end: j } : undefined
}

export function skipAnd(s: Sentence, i: number): number {
  let j = i
  if (at(s, j).text === ',' || at(s, j).text === '/') j++
  if (at(s, j).text === 'and' || at(s, j).text === '&' || at(s, j).text === 'or') j++
  return j
}

// "[Saturday] through Tuesday"
function readThrough(s: Sentence, i: number, from: number): Found<number[]> | undefined {
  const { text } = at(s, i)
  if (text !== '-' && text !== 'to' && text !== 'through' && text !== 'thru' && text !== 'till') return undefined
  const to = at(s, i + 1).word.weekday
  if (!to) return undefined
  const days: number[] = []
  for (let day = (from % 7) + 1; to !== from; day = (day % 7) + 1) {
    days.push(day)
    if (day === to || days.length > 7) break
  }
  return { value: days, end: i + 2 }
}

/** Months with commas, "and" or "to" between. */
export function readMonthList(s: Sentence, i: number): Found<number[]> | undefined {
  const months: number[] = []
  let j = i
  for (let more = 0; more < 12; more++) {
    const { month } = at(s, j).word
    if (!month) break
    months.push(month)
    j++
    if (at(s, j).text === 'to' || at(s, j).text === '-' || at(s, j).text === 'through') {
      const to = at(s, j + 1).word.month
      if (to) {
        for (let each = (month % 12) + 1; each !== to && months.length < 12; each = (each % 12) + 1) months.push(each)
        months.push(to)
        j += 2
      }
    }
    const next = skipAnd(s, j)
    if (next === j || !at(s, next).word.month) break
    j = next
  }
  return months.length > 0 ? { value: months, end: j } : undefined
}
