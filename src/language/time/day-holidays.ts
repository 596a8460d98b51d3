import { at, type Sentence } from '../text/tokens.ts'
import type { Days } from './expression.ts'
import { type FoundDays, foundDays, unitDays } from './found-days.ts'
import { holidayNamed, longestHoliday } from './holidays.ts'

// "Christmas"   "new year's eve 2030"   "next Mother's day"   "July fourth"
export function readHoliday(s: Sentence, i: number): FoundDays | undefined {
  let j = i
  let step = 0
  const stepped = at(s, i).word.step
  if (!Number.isNaN(stepped)) {
    step = stepped
    j++
  }
  if (!at(s, j).word.holiday) return undefined
  let name = ''
  let best = 0
  let bestName = ''
  for (let words = 0; words < longestHoliday; words++) {
    const token = at(s, j + words)
    if (token.kind === 'end') break
    if (token.kind === 'mark') {
      if ((token.text === '.' || token.text === "'" || token.text === '’' || token.text === '-') && token.glued && name !== '') {
        j++
        words--
        if (j - i > 4) break
        continue
      }
      break
    }
    name = name === '' ? bare(token.text) : token.glued ? name + token.text : `${name} ${bare(token.text)}`
    if (holidayNamed(name)) {
      best = j + words + 1
      bestName = name
    }
  }
  if (best > 0 && at(s, best).word.unit === 'weekend') {
    const year = at(s, best + 1)
    const dated = year.kind === 'number' && year.text.length === 4 && year.value > 1900 && year.value < 2200
    const outer: Days = dated ? { kind: 'holiday', name: bestName, step: 0, year: year.value } : { kind: 'holiday', name: bestName, step }
    return foundDays({ kind: 'within', inner: unitDays('weekend', 0), outer }, dated ? best + 2 : best + 1)
  }
  if (best > 0 && at(s, best).text === 'week' && at(s, best + 1).kind !== 'number') {
    return foundDays({ kind: 'within', inner: unitDays('week', 0), outer: { kind: 'holiday', name: bestName, step } }, best + 1)
  }
  if (best === 0 || (bestName === 'ascension' && at(s, best).text !== '')) return undefined
  const link = at(s, best).text === 'of' || at(s, best).text === 'in' || at(s, best).text === ',' ? best + 1 : best
  const year = at(s, link)
  if (year.kind === 'number' && year.text.length === 4 && year.value > 1000 && year.value < 3000)
    return withWeekend(s, { kind: 'holiday', name: bestName, step: 0, year: year.value }, link + 1)
  return foundDays({ kind: 'holiday', name: bestName, step }, best)
}

// "Labor Day 2030 [weekend]"
function withWeekend(s: Sentence, holiday: Days, end: number): FoundDays {
  if (at(s, end).word.unit !== 'weekend') return foundDays(holiday, end)
  return foundDays({ kind: 'within', inner: unitDays('weekend', 0), outer: holiday }, end + 1)
}

function bare(text: string): string {
  return text.includes("'") ? text.replaceAll("'", '') : text
}
