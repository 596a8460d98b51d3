import { spelled } from '../text/beginnings.ts'
import { readWhole } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Part } from '../text/words.ts'
import { readSide } from './day-shifts.ts'
import { readDays } from './days.ts'
import type { Draft } from './draft.ts'
import type { Clock } from './expression.ts'
import { namesDayNext, startsClock } from './phrase-clock.ts'

const shades = table<'early' | 'late'>({ early: 'early', late: 'late', later: 'late' })

export const shade = spelled(...Object.keys(shades))

// "in the morning"   "tonight"   "this afternoon"   "early evening"   "last night"   "at night"   "eve"
export function readPartOfDay(s: Sentence, i: number, draft: Draft, lead: string): number {
  if (at(s, i).word.part === 'night' && at(s, i + 1).text === 'before' && at(s, i + 2).text === 'last' && draft.days === undefined) {
    draft.days = { kind: 'unit', unit: 'day', offset: -2 }
    draft.part = 'night'
    return i + 3
  }
  let j = i
  let step = Number.NaN
  // "late this morning"
  const ahead = Number.isNaN(at(s, j + 1).word.step) ? undefined : shades[at(s, j).text]
  if (ahead) j++
  if (!Number.isNaN(at(s, j).word.step)) {
    step = at(s, j).word.step
    j++
  }
  const shade = ahead ?? shades[at(s, j).text]
  if (shade && !ahead) j++
  if (shade && at(s, j).text === 'in') j += at(s, j + 1).text === 'the' ? 2 : 1
  const { word, text } = at(s, j)
  const early = text === 'early' || text === 'late' ? shades[text] : undefined
  if (early) j++
  const token = at(s, j)
  const part: Part | '' = token.word.part
  if (part === '' && draft.part === undefined && draft.days === undefined)
    return shade && j === i + 1 ? readShadedDay(s, j, draft, shade) : readCountedParts(s, i, draft)
  // "first thing tomorrow morning" says morning twice.
  if (part === '' || (draft.part !== undefined && !(part === draft.part && draft.clocks.length === 0 && draft.days !== undefined)))
    return -1
  if ((part === 'noon' || part === 'midnight') && !shade) return -1
  if (
    token.text === 'eve' ||
    (part === 'lunch' &&
      !(lead === 'at' || lead === 'around' || lead === 'during' || draft.days !== undefined || token.text === 'lunchtime'))
  )
    return -1
  if (token.word.plural && part !== 'lunch' && Number.isNaN(step) && lead !== 'in' && lead !== 'the' && draft.clocks.length === 0) return -1
  // A bare "morning" or "night" without "in the", "this", or a day says nothing yet.
  const placed =
    !Number.isNaN(step) ||
    !Number.isNaN(token.word.offset) ||
    shade !== undefined ||
    lead !== '' ||
    draft.days !== undefined ||
    draft.clocks.length > 0 ||
    startsClock(s, j + 1) ||
    (!token.word.plural && (namesDayNext(s, j + 1) || (at(s, j + 1).text === 'of' && readDays(s, j + 2)?.sure === true)))
  if (!placed && !(at(s, i - 1).kind === 'end' && at(s, j + 1).kind === 'end')) return -1
  if (lead === 'for' || (lead === 'of' && draft.days === undefined && draft.clocks.length === 0)) return -1
  draft.part = part
  draft.partMood = shade ?? early ?? ''
  if (!Number.isNaN(step) && draft.days === undefined) draft.days = { kind: 'unit', unit: 'day', offset: step }
  else if (!Number.isNaN(word.offset) && draft.days === undefined) draft.days = { kind: 'unit', unit: 'day', offset: word.offset }
  return j + 1
}

const wholeParts = table<readonly [from: number, to: number]>({ morning: [9, 12], afternoon: [12, 18], evening: [18, 22] })

// "all morning"   "all afternoon [on Friday]": from its beginning to its end
export function readAllPart(s: Sentence, i: number, draft: Draft): number {
  const hours = at(s, i).text === 'all' ? wholeParts[at(s, i + 1).word.part] : undefined
  if (!hours || at(s, i + 1).word.plural || draft.part !== undefined || draft.clocks.length > 0) return -1
  const clock = (hour: number): Clock => ({ hour, minute: 0, second: 0, half: '24', grain: 'hour' })
  draft.clocks = [clock(hours[0])]
  draft.until = clock(hours[1])
  return i + 2
}

/** "the first thing to do" is no time. */
const things = new Set(['the', 'my', 'our', 'your', 'one', 'every'])

// "first thing"   "first thing in the morning"   "[tomorrow] first thing"
export function readFirstThing(s: Sentence, i: number, draft: Draft): number {
  if (at(s, i).text !== 'first' || at(s, i + 1).text !== 'thing' || draft.part !== undefined || draft.clocks.length > 0) return -1
  if (things.has(at(s, i - 1).text)) return -1
  draft.part = 'morning'
  const j = at(s, i + 2).text === 'in' && at(s, i + 3).text === 'the' ? i + 4 : i + 2
  return j > i + 2 && (at(s, j).word.part === 'morning' || at(s, j).text === 'am') ? j + 1 : i + 2
}

// "[tomorrow] am"   "[Friday] PM"
export function readHalfDay(s: Sentence, i: number, draft: Draft, lead: string): number {
  const { half } = at(s, i).word
  const next = at(s, i + 1).text
  if (half === '' || lead !== '' || draft.days === undefined || draft.part !== undefined || draft.clocks.length > 0) return -1
  // "tomorrow am I free?"
  if (next === 'i' || next === '.') return -1
  draft.part = half === 'am' ? 'morning' : 'afternoon'
  return i + 1
}

const middles = table<number>({ morning: 10, afternoon: 15 })

// "mid-morning"   "[tomorrow] mid afternoon"
export function readMidPart(s: Sentence, i: number, draft: Draft): number {
  if (at(s, i).text !== 'mid' || draft.part !== undefined || draft.clocks.length > 0) return -1
  const j = at(s, i + 1).text === '-' ? i + 2 : i + 1
  const hour = middles[at(s, j).word.part]
  if (hour === undefined) return -1
  draft.clocks = [{ hour, minute: 0, second: 0, half: '24', grain: 'hour' }]
  return j + 1
}

// "late [Friday night]"   "early [tomorrow morning]"
function readShadedDay(s: Sentence, i: number, draft: Draft, shade: 'early' | 'late'): number {
  const days = readDays(s, i)
  const part = days ? at(s, days.end).word.part : ''
  if (!days || (part !== 'morning' && part !== 'afternoon' && part !== 'evening' && part !== 'night')) return -1
  draft.days = days.value
  draft.part = part
  draft.partMood = shade
  return days.end + 1
}

// "2 nights ago"   "three mornings from now"
function readCountedParts(s: Sentence, i: number, draft: Draft): number {
  const count = at(s, i).kind === 'number' || at(s, i).word.cardinal > 0 ? readWhole(s, i) : undefined
  const named = count && at(s, count.end).word
  if (!count || !named?.plural || named.part === '') return -1
  const side = readSide(s, count.end + 1)
  if (side?.from !== 'now') return -1
  draft.days = { kind: 'unit', unit: 'day', offset: count.value * side.sign }
  draft.part = named.part
  return side.end
}
