import { readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { amountOf, readUnit, times } from './amount.ts'
import { readDate } from './date.ts'
import type { Days } from './expression.ts'
import { type DaysReader, type FoundDays, foundDays, sizeOf, sizes, skipDot, unitDays } from './found-days.ts'

// "today"   "tomorrow"   "the day after tomorrow"   "day before yesterday"   "the day after"   "the weekend"
export function readDayWord(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  const { word, text } = at(s, i)
  if (!Number.isNaN(word.offset)) {
    if (word.vague && !isShortDay(s, i)) return undefined
    const weeks = word.part === '' && word.offset >= 0 ? weeksOn(s, i + 1) : 0
    if (weeks > 0) return foundDays(unitDays('day', word.offset + weeks * 7), i + 2)
    return foundDays(
      unitDays('day', word.offset),
      word.part === '' ? i + 1 : i,
      !word.vague || text === 'tod' || at(s, i + 1).kind === 'number',
    )
  }
  if (text === 'week') return readBeside(s, i, days)
  const side = at(s, i + 1).text
  if (word.unit === 'weekend' && (side === 'before' || side === 'after')) return readBeside(s, i, days)
  if (
    word.unit === 'weekend' &&
    !word.plural &&
    at(s, i - 1).text === 'the' &&
    placesWeekend.has(at(s, i - 2).text) &&
    at(s, i + 1).text !== 'of'
  )
    return foundDays(unitDays('weekend', 0), i + 1)
  if (text !== 'day') return undefined
  if (side !== 'after' && side !== 'before') return undefined
  const anchor = at(s, i + 2)
  if (!Number.isNaN(anchor.word.offset)) return foundDays(unitDays('day', anchor.word.offset + (side === 'after' ? 1 : -1)), i + 3)
  if (anchor.kind === 'end' || (anchor.kind === 'mark' && anchor.text !== '@'))
    return foundDays(unitDays('day', side === 'after' ? 1 : -1), i + 2)
  return readBeside(s, i, days)
}

/** "tom", "tm", "tod": a day at the end of a sentence, or before a number. */
function isShortDay(s: Sentence, i: number): boolean {
  const next = at(s, i + 1)
  return next.kind === 'number' || next.kind === 'end' || (next.kind === 'mark' && at(s, i + 2).kind === 'end' && next.text !== "'")
}

const morrows = new Set(['morrow', 'moro', 'mrw', 'morow'])

// "2morrow"   "2moro"
export function readTwoMorrow(s: Sentence, i: number): FoundDays | undefined {
  return at(s, i).text === '2' && at(s, i + 1).glued && morrows.has(at(s, i + 1).text) ? foundDays(unitDays('day', 1), i + 2) : undefined
}

const placesWeekend = new Set(['on', 'at', 'over', 'for', 'during', 'by', 'until', 'before', 'after'])

// "the day after Christmas"   "the week before Easter"   "the weekend after the 5th"   "the day before my birthday" says nothing
function readBeside(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  const { text } = at(s, i)
  const side = at(s, i + 1).text
  if (side !== 'after' && side !== 'before' && !(side === 'from' && text === 'week')) return undefined
  if (text === 'week' && side !== 'from' && at(s, i - 1).text === 'the' && at(s, i + 2).kind === 'end')
    return foundDays(unitDays('week', side === 'after' ? 1 : -1), i + 2)
  const anchor = days(s, i + 2, 1)
  if (!anchor || sizeOf(anchor.value) !== 1) return undefined
  if (side === 'from') return foundDays({ kind: 'shift', amount: amountOf(1, 'week'), from: anchor.value }, anchor.end)
  const sign = side === 'after' ? 1 : -1
  if (at(s, i).word.unit === 'weekend') {
    const saturday: Days = { kind: 'weekdays', weekday: 6, count: sign, from: anchor.value }
    return foundDays({ kind: 'within', inner: unitDays('weekend', 0), outer: saturday }, anchor.end)
  }
  const beside: Days = { kind: 'shift', amount: times(amountOf(1, text === 'week' ? 'week' : 'day'), sign), from: anchor.value }
  return foundDays(text === 'week' ? { kind: 'within', inner: unitDays('week', 0), outer: beside } : beside, anchor.end)
}

// "next week"   "this Monday"   "last March"   "this coming Friday"   "the week after next"   "this past weekend"
export function readStepped(s: Sentence, i: number): FoundDays | undefined {
  const afterNext = readAfterNext(s, i)
  if (afterNext) return afterNext
  const { word } = at(s, i)
  if (Number.isNaN(word.step)) return undefined
  let j = i + 1
  let step = word.step
  const inner = at(s, j).word.step
  if (!Number.isNaN(inner) && (step === 0 || inner === step)) {
    if (step !== 0) step += inner
    else step = inner
    j++
    const named = at(s, j).word
    if (word.step === 0 && inner === 1 && named.weekday)
      return foundDays({ kind: 'weekday', weekday: named.weekday, which: 'coming' }, skipDot(s, j + 1))
  }
  const token = at(s, j)
  const target = token.word
  if (target.weekday && !(target.vague && target.unit !== '')) {
    const which =
      at(s, i).text === 'coming' || at(s, i).text === 'upcoming' || at(s, i).text === 'following'
        ? 'coming'
        : step > 0
          ? 'next'
          : step < 0
            ? 'last'
            : 'this'
    return foundDays({ kind: 'weekday', weekday: target.weekday, which }, skipDot(s, j + 1))
  }
  const unit = readUnit(s, j)
  if (unit?.value === 'weekend' && step === 1 && (at(s, j - 1).text === 'coming' || at(s, j - 1).text === 'upcoming')) {
    const saturday: Days = { kind: 'weekdays', weekday: 6, count: 1, from: undefined }
    return foundDays({ kind: 'within', inner: unitDays('weekend', 0), outer: saturday }, unit.end)
  }
  if (unit && sizes[unit.value] > 0) {
    if (at(s, j).word.plural && unit.value !== 'weekend')
      return foundDays({ kind: 'run', unit: unit.value, count: 2, side: step > 0 ? 1 : -1 }, unit.end, false)
    return foundDays(unitDays(unit.value, step), unit.end)
  }
  if (target.month && !(token.text === 'may' && step === 0 && at(s, j + 1).kind === 'word' && !at(s, j + 1).word.opens)) {
    const dated = readDate(s, j)
    if (dated && dated.value.day !== undefined) return foundDays({ ...dated.value, step }, dated.end)
    return foundDays({ kind: 'date', month: target.month, step }, j + 1)
  }
  if (target.season) return foundDays({ kind: 'season', season: target.season, step }, j + 1)
  if (token.text === 'season' || token.text === 'seasons') return foundDays({ kind: 'season', season: '', step }, j + 1)
  const date = readDate(s, j)
  if (date && date.value.day !== undefined) return foundDays({ ...date.value, step }, date.end)
  return undefined
}

// "the week after next"   "Thursday after next"
function readAfterNext(s: Sentence, i: number): FoundDays | undefined {
  const { word, text } = at(s, i)
  if (at(s, i + 1).text === 'before' && at(s, i + 2).text === 'last') {
    if (word.weekday) return foundDays({ kind: 'weekdays', weekday: word.weekday, count: -2, from: undefined }, i + 3)
    return word.unit !== '' && text.length > 1 && sizes[word.unit] > 0 ? foundDays(unitDays(word.unit, -2), i + 3) : undefined
  }
  if (at(s, i + 1).text !== 'after' || at(s, i + 2).text !== 'next') return undefined
  if (word.weekday) return foundDays({ kind: 'weekdays', weekday: word.weekday, count: 2, from: undefined }, i + 3)
  return word.unit !== '' && text.length > 1 && sizes[word.unit] > 0 ? foundDays(unitDays(word.unit, 2), i + 3) : undefined
}

// "Friday, March 3rd"   "March 3rd"   "3/4/2030"   "Tue 3 Mar"
export function readWrittenDate(s: Sentence, i: number): FoundDays | undefined {
  const date = readDate(s, i)
  if (!date) return undefined
  // "March 3rd (Tuesday)", "3 May Tue": a weekday after the date adds nothing.
  let end = date.end
  if (date.value.day !== undefined) {
    const j = at(s, end).text === ',' || at(s, end).text === '(' ? end + 1 : end
    const weekday = at(s, j)
    if (weekday.word.weekday && !weekday.word.plural && (weekday.word.unit === '' || at(s, end).text === '('))
      end = at(s, j + 1).text === ')' ? j + 2 : at(s, end).text === '(' ? j + 1 : j + 1
  }
  return foundDays(date.value, end)
}

// "Tuesday"   "Tue."   "Friday the 13th"   "Fri 13"   "Sunday, the 3rd"
export function readWeekday(s: Sentence, i: number): FoundDays | undefined {
  const { word, text } = at(s, i)
  if (!word.weekday) return undefined
  if (word.vague && text.length <= 3 && !isWeekdayHere(s, i)) return undefined
  let j = skipDot(s, i + 1)
  const weeks = word.plural ? 0 : weeksOn(s, j)
  if (weeks > 0) return foundDays({ kind: 'weekdays', weekday: word.weekday, count: weeks + 1, from: undefined }, j + 1)
  if (at(s, j).text === ',') j++
  const date = readDate(s, at(s, j).text === 'the' ? j + 1 : j)
  if (date && date.value.day !== undefined) return foundDays({ ...date.value, weekday: word.weekday }, date.end)
  const k = at(s, j).text === 'the' ? j + 1 : at(s, j).text === 'on' && at(s, j + 1).text === 'the' ? j + 2 : j
  const ordinal = readOrdinal(s, k)
  if (
    ordinal &&
    ordinal.value <= 31 &&
    at(s, ordinal.end).word.unit === '' &&
    at(s, ordinal.end).word.weekday === 0 &&
    at(s, ordinal.end).text !== 'thing'
  )
    return foundDays({ kind: 'date', day: ordinal.value, weekday: word.weekday }, ordinal.end)
  const bareDay = at(s, j)
  if (bareDay.kind === 'number' && bareDay.text.length <= 2 && bareDay.value >= 1 && bareDay.value <= 31 && at(s, j + 1).text === 'at') {
    return foundDays({ kind: 'date', day: bareDay.value, weekday: word.weekday }, j + 1)
  }
  return foundDays({ kind: 'weekday', weekday: word.weekday, which: 'coming' }, skipDot(s, i + 1))
}

/** "Monday [week]", "tomorrow [fortnight]": how many weeks after that day, as the British count. */
function weeksOn(s: Sentence, i: number): number {
  const { text } = at(s, i)
  if (text !== 'week' && text !== 'fortnight') return 0
  const next = at(s, i + 1)
  const ends = next.kind === 'end' || (next.kind === 'mark' && !next.glued) || next.text === ',' || next.text === '.' || next.text === '?'
  return ends || next.text === 'at' || next.text === 'to' || next.text === 'from' ? (text === 'week' ? 1 : 2) : 0
}

/** "sat", "sun", "wed", "mon": a day when it is written like one. */
function isWeekdayHere(s: Sentence, i: number): boolean {
  const before = at(s, i - 1)
  const after = at(s, i + 1)
  if (before.kind === 'end' && after.kind === 'end') return true
  if (after.text === '.' && after.glued) return true
  if (
    before.text === 'the' ||
    before.text === 'a' ||
    before.text === 'i' ||
    before.text === 'he' ||
    before.text === 'she' ||
    before.text === 'we' ||
    before.text === 'they'
  )
    return false
  const code = s.text.charCodeAt(at(s, i).start)
  if (code < 97 && before.kind !== 'end') return true
  if ((after.text === 'and' || after.text === 'or' || after.text === '&') && at(s, i + 2).word.weekday > 0) return true
  return (
    before.word.opens ||
    before.kind === 'number' ||
    after.kind === 'number' ||
    after.word.opens ||
    after.word.half !== '' ||
    after.kind === 'mark' ||
    after.kind === 'end'
  )
}

// "the 15th"   "on the first"   "15th"
export function readDayOfMonth(s: Sentence, i: number): FoundDays | undefined {
  const ordinal = readOrdinal(s, i) ?? (at(s, i + 1).text === 'of' && at(s, i).text.length <= 2 ? readWhole(s, i) : undefined)
  if (!ordinal || ordinal.value < 1 || ordinal.value > 31) return undefined
  if (
    at(s, ordinal.end - 1).kind === 'number' &&
    !(at(s, ordinal.end + 1).word.step >= -1 && at(s, ordinal.end + 2).word.unit === 'month') &&
    !(at(s, ordinal.end + 1).text === 'the' && at(s, ordinal.end + 2).word.step >= -1)
  )
    return undefined
  const spelled = ordinal.value > 20 && at(s, i - 1).text === 'the' && (at(s, ordinal.end).kind !== 'word' || at(s, ordinal.end).word.opens)
  const isDigits = at(s, i).kind === 'number' || spelled
  const placed =
    at(s, i - 1).text === 'the' &&
    (at(s, i - 2).text === 'on' ||
      at(s, i - 2).text === 'for' ||
      at(s, i - 2).text === 'from' ||
      at(s, i - 2).text === 'by' ||
      at(s, i - 2).text === 'until')
  const next = at(s, ordinal.end)
  const followed =
    next.text === 'of' &&
    (at(s, ordinal.end + 1).word.step >= -1 ||
      at(s, ordinal.end + 1).word.unit === 'month' ||
      (at(s, ordinal.end + 1).text === 'the' && at(s, ordinal.end + 2).word.opens))
  if (!isDigits && !placed && !followed) return undefined
  if (next.kind === 'word' && !next.word.opens && !isDigits && !followed) return undefined
  const month = at(s, ordinal.end).text === 'of' && at(s, ordinal.end + 1).text === 'month' ? ordinal.end + 2 : ordinal.end
  return foundDays(
    { kind: 'date', day: ordinal.value },
    at(s, month).text === 'day' ? month + 1 : month,
    placed || followed || at(s, i - 1).text === 'on' || at(s, i - 1).text === 'the' || (at(s, i - 1).kind === 'end' && next.kind === 'end'),
  )
}
