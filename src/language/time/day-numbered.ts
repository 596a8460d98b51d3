import { type Found, readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { fullYear, readSpokenYear } from './date-year.ts'
import type { Days } from './expression.ts'
import { type DaysReader, type FoundDays, foundDays, sizeOf, unitDays } from './found-days.ts'

// "Q3"   "Q1 2030"   "third quarter of 2030"   "2030 Q3"   "first half of 2030"   "H2 2030"
export function readFraction(s: Sentence, i: number): FoundDays | undefined {
  const short = at(s, i)
  const number = at(s, i + 1)
  if ((short.text === 'q' || short.text === 'h') && number.glued && number.value >= 1 && number.value <= (short.text === 'q' ? 4 : 2)) {
    const year = readYearNear(s, i + 2)
    return foundDays(
      { kind: 'fraction', of: short.text === 'q' ? 'quarter' : 'half', n: number.value, year: year?.value, step: 0 },
      year?.end ?? i + 2,
      short.text === 'q' || year !== undefined,
    )
  }
  if (short.kind === 'number' && short.text.length === 4) return readYearFraction(s, i)
  const rank = readOrdinal(s, i)
  const name = rank ? at(s, rank.end).text : ''
  if (!rank || (name !== 'quarter' && name !== 'qtr' && name !== 'half') || rank.value > (name === 'half' ? 2 : 4)) return undefined
  return foundDays(
    { kind: 'fraction', of: name === 'half' ? 'half' : 'quarter', n: rank.value, year: undefined, step: 0 },
    rank.end + 1,
    name !== 'half',
  )
}

// "2030-Q1"   "2030 H2"
function readYearFraction(s: Sentence, i: number): FoundDays | undefined {
  const j = at(s, i + 1).text === '-' ? i + 2 : i + 1
  const letter = at(s, j).text
  const number = at(s, j + 1)
  if ((letter !== 'q' && letter !== 'h') || !number.glued || !(number.value >= 1 && number.value <= (letter === 'q' ? 4 : 2)))
    return undefined
  return foundDays({ kind: 'fraction', of: letter === 'q' ? 'quarter' : 'half', n: number.value, year: at(s, i).value, step: 0 }, j + 2)
}

// "[Q1]-2030"   "[Q1] of 2030"   "[Q1] '30"
function readYearNear(s: Sentence, i: number): Found<number> | undefined {
  const link = at(s, i).text
  const j = link === '-' || link === 'of' || link === 'in' || link === '/' || link === ',' ? i + 1 : i
  const year = at(s, j)
  return year.kind === 'number' && year.text.length === 4 && year.value > 1900 && year.value < 2200
    ? { value: year.value, end: j + 1 }
    : undefined
}

// "2030-W12"   "2030-W12-3"
function readIsoWeek(s: Sentence, i: number): FoundDays | undefined {
  const year = at(s, i)
  const j = at(s, i + 1).text === '-' ? i + 2 : i + 1
  const week = at(s, j + 1)
  if (year.text.length !== 4 || at(s, j).text !== 'w' || !at(s, j).glued || !week.glued || !(week.value >= 1 && week.value <= 53))
    return undefined
  const whole: Days = { kind: 'week', week: week.value, year: year.value }
  const day = at(s, j + 3)
  if (at(s, j + 2).text !== '-' || !at(s, j + 2).glued || !(day.value >= 1 && day.value <= 7)) return foundDays(whole, j + 2)
  return foundDays({ kind: 'within', inner: { kind: 'weekday', weekday: day.value, which: 'coming' }, outer: whole }, j + 4)
}

// "week 12"   "week 3 of 2030"   "calendar week 7"   "2030-W12"
export function readWeekNumber(s: Sentence, i: number): FoundDays | undefined {
  if (at(s, i).kind === 'number') return readIsoWeek(s, i)
  if (at(s, i).text !== 'week') return undefined
  const number = readWhole(s, i + 1)
  if (!number || number.value < 1 || number.value > 53) return undefined
  return foundDays({ kind: 'week', week: number.value, year: undefined }, number.end)
}

// "the week of April 10th"   "the weekend of Halloween"   "the week starting May 4"   "w/c 4 May"
export function readWeekOf(s: Sentence, i: number, days: DaysReader): FoundDays | undefined {
  if (at(s, i).text === 'w' && at(s, i + 1).text === '/' && at(s, i + 2).text === 'c') return weekOf(s, i + 2, 'week', days)
  const { unit } = at(s, i).word
  return (unit === 'week' || unit === 'weekend') && weekLinks.has(at(s, i + 1).text) ? weekOf(s, i + 1, unit, days) : undefined
}

const weekLinks = new Set(['of', 'starting', 'beginning', 'commencing', 'ending'])

function weekOf(s: Sentence, i: number, unit: 'week' | 'weekend', days: DaysReader): FoundDays | undefined {
  const of = days(s, at(s, i + 1).text === 'on' ? i + 2 : i + 1, 2)
  if (!of || sizeOf(of.value) !== 1) return undefined
  return foundDays({ kind: 'within', inner: unitDays(unit, 0), outer: of.value }, of.end)
}

/** What a year stands after. */
const yearLeads = new Set('in of by since until till from after before through during late early mid to and between than -'.split(' '))

// "in 2030"   "the year 2030"   "the 1990s"   "the 21st century"   "2030" and nothing else
export function readYears(s: Sentence, i: number): FoundDays | undefined {
  const rank = readOrdinal(s, i)
  if (rank && at(s, rank.end).word.unit === 'century')
    return foundDays({ kind: 'years', from: (rank.value - 1) * 100, to: rank.value * 100 }, rank.end + 1)
  const named = at(s, i).text === 'year'
  const j = named ? i + 1 : i
  const token = at(s, j)
  if (token.kind === 'number') {
    if (at(s, j + 1).text === 's' && at(s, j + 1).glued && token.value % 10 === 0 && (token.text.length === 4 || token.text.length === 2)) {
      const from = fullYear(token.text, token.value)
      return foundDays({ kind: 'years', from, to: from + 10 }, j + 2)
    }
    if (token.text.length !== 4 || token.value < 1000 || token.value > 2999) return undefined
    // "AB-133-2020"
    if (token.glued && at(s, j - 1).glued && at(s, j - 2).kind === 'number' && at(s, j - 2).glued) return undefined
    const before = at(s, i - 1).text
    const placed = named || yearLeads.has(before)
    const plausible = token.value >= 1900 && token.value < 2100
    const next = at(s, j + 1)
    if (next.glued && (next.kind === 'word' || next.text === ':' || next.text === '.') && at(s, j + 2).glued) return undefined
    if (!(plausible && (placed || next.kind === 'end' || next.word.opens)) && !(placed && plausible)) return undefined
    return foundDays({ kind: 'date', year: token.value }, j + 1, placed || (before === '' && next.kind === 'end'))
  }
  const spoken = named ? readSpokenYear(s, j) : undefined
  return spoken ? foundDays({ kind: 'date', year: spoken.value }, spoken.end) : undefined
}

// "summer"   "in the fall of 2030"   "winter 2030"
export function readSeason(s: Sentence, i: number): FoundDays | undefined {
  const { word } = at(s, i)
  if (!word.season) return undefined
  const j = at(s, i + 1).text === 'of' ? i + 2 : i + 1
  const year = at(s, j)
  if (year.kind === 'number' && year.text.length === 4 && year.value > 1900 && year.value < 2200)
    return foundDays({ kind: 'season', season: word.season, step: 0, year: year.value }, j + 1)
  const before = at(s, i - 1).text
  return before === 'in' ||
    before === 'the' ||
    before === 'this' ||
    before === 'during' ||
    before === 'by' ||
    (before === '' && at(s, i + 1).kind === 'end')
    ? foundDays({ kind: 'season', season: word.season, step: 0 }, i + 1)
    : undefined
}
