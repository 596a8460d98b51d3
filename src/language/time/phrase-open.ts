import { spelled } from '../text/beginnings.ts'
import type { Found } from '../text/numbers.ts'
import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readBareHour } from './clock.ts'
import { type Draft, isEmpty, type Opening, type PieceReader } from './draft.ts'
import { type Days, emptyPhrase } from './expression.ts'
import { endsTime } from './phrase-clock.ts'
import { readPresent, separators } from './range.ts'

// "after 3pm"   "before Friday"   "since Monday"   "until June"   "by end of day"   "no later than 6"   "till date"
export function readOpen(s: Sentence, i: number, draft: Draft, _lead: string, piece: PieceReader): number {
  if (draft.open !== undefined || draft.until !== undefined) return -1
  const found = openingAt(s, i)
  if (!found || ((draft.clocks.length > 0 || draft.now) && separators.has(at(s, i).text))) return -1
  const present = (found.value === 'before' || found.value === 'through') && isEmpty(draft) ? readPresent(s, found.end) : 0
  if (present > 0) {
    draft.now = true
    draft.open = 'before'
    return present
  }
  const meal = readMeal(s, i, found, draft)
  if (meal > 0) return meal
  const rest: Draft = { ...emptyPhrase, days: draft.days }
  const next = piece(s, found.end, rest, true)
  if (
    next < 0 ||
    (rest.days === draft.days && isEmpty({ ...rest, days: undefined })) ||
    rest.length !== undefined ||
    rest.reach !== undefined
  )
    return at(s, found.end - 1).text === 'than' && !comparesTimes.has(at(s, found.end - 2).text) ? -1 : readBareAfter(s, found, draft)
  if (isComparison(s, i) && rest.clocks.length === 0 && rest.shift !== undefined && found.value === 'before') {
    // "less than 5 hours from now"
    draft.reach = rest.shift
    return next
  }
  if (draft.days !== undefined && rest.days !== draft.days) return -1
  const days = at(s, i).text === 'since' ? rest.days && lastOf(rest.days) : rest.days
  const open = isComparison(s, i) && at(s, next - 1).text === 'ago' ? opposite[found.value] : found.value
  Object.assign(draft, rest, { days, open, length: draft.length })
  return next
}

/** "more than 5" counts things, "earlier than 5" does not. */
const comparesTimes = new Set(['earlier', 'later', 'sooner'])

/** When each begins and ends for most people, in hours. */
const meals = table<readonly [from: number, to: number]>({
  breakfast: [8, 9],
  lunch: [12, 13],
  work: [9, 17],
  school: [9, 15],
  dinner: [18, 20],
})

// "after [lunch]"   "before [work] tomorrow"   "after [dinner]"
function readMeal(s: Sentence, i: number, { value, end }: Found<Opening>, draft: Draft): number {
  const hours = at(s, i).text === 'after' || at(s, i).text === 'before' ? meals[at(s, end).text] : undefined
  if (
    !hours ||
    s.repeating ||
    draft.clocks.length > 0 ||
    draft.part !== undefined ||
    !endsTime(s, end + 1) ||
    at(s, end + 1).text === 'with'
  )
    return -1
  draft.clocks = [{ hour: value === 'after' ? hours[1] : hours[0], minute: 0, second: 0, half: '24', grain: 'hour' }]
  draft.open = value
  return end + 1
}

/** "more than 5 days ago" is before then. */
const opposite: Readonly<Record<Opening, Opening>> = { after: 'before', since: 'before', before: 'after', through: 'after', by: 'after' }

function isComparison(s: Sentence, i: number): boolean {
  const { text } = at(s, i)
  return text === 'less' || text === 'fewer' || text === 'more' || text === 'greater'
}

/**
 * The same days as they were last: what is counted from them has begun.
 *
 *     since Monday    since March 3    since the summer
 */
export function lastOf(days: Days): Days {
  switch (days.kind) {
    case 'weekday':
      return days.which === 'coming' ? { ...days, which: 'last' } : days
    case 'date':
      return days.year === undefined && days.step === undefined ? { ...days, step: -1 } : days
    case 'holiday':
    case 'season':
      return days.year === undefined && days.step === 0 ? { ...days, step: -1 } : days
    default:
      return days
  }
}

// "after 3"   "before four"   "until 5"
function readBareAfter(s: Sentence, opening: Found<Opening>, draft: Draft): number {
  const hour = readBareHour(s, opening.end)
  if (!hour || !endsTime(s, hour.end) || at(s, hour.end).word.unit !== '') return -1
  draft.clocks = [hour.value]
  draft.open = opening.value
  return hour.end
}

const comparisons = table<Opening>({ earlier: 'before', less: 'before', fewer: 'before' })

/** What `openingAt` tells apart. */
export const openingWord = spelled(
  ...'after since later earlier greater more less fewer before until till til untill through thru by no not starting beginning'.split(' '),
)

function openingAt(s: Sentence, i: number): Found<Opening> | undefined {
  const { text } = at(s, i)
  switch (text) {
    case 'after':
      return { value: 'after', end: i + 1 }
    case 'since':
      return { value: 'since', end: at(s, i + 1).text === 'around' || at(s, i + 1).text === 'about' ? i + 2 : i + 1 }
    case 'later':
    case 'earlier':
    case 'greater':
    case 'more':
    case 'less':
    case 'fewer':
      return at(s, i + 1).text === 'than' ? { value: comparisons[text] ?? 'after', end: i + 2 } : undefined
    case 'before':
    case 'until':
    case 'till':
    case 'til':
    case 'untill':
      return { value: 'before', end: i + 1 }
    case 'through':
    case 'thru':
      // "run me through tomorrow": all of it.
      return at(s, i - 1).text === 'me' || at(s, i - 1).text === 'us' ? undefined : { value: 'through', end: i + 1 }
    case 'by':
      return { value: 'by', end: i + 1 }
    case 'no':
    case 'not':
      if (at(s, i + 2).text !== 'than') return text === 'not' ? readNot(s, i + 1) : undefined
      if (at(s, i + 1).text === 'later') return { value: 'by', end: i + 3 }
      return at(s, i + 1).text === 'earlier' || at(s, i + 1).text === 'sooner' || at(s, i + 1).text === 'before'
        ? { value: 'since', end: i + 3 }
        : undefined
    case 'starting':
    case 'beginning':
      if (at(s, i + 1).text === 'of') return undefined
      return ['from', 'on', 'at', 'in'].includes(at(s, i + 1).text) ? { value: 'since', end: i + 2 } : { value: 'since', end: i + 1 }
    default:
      return undefined
  }
}

// "not [before] Monday"   "not [until] June"   "not [after] 6pm"
function readNot(s: Sentence, i: number): Found<Opening> | undefined {
  const { text } = at(s, i)
  if (text === 'before' || text === 'until' || text === 'till') return { value: 'since', end: i + 1 }
  return text === 'after' ? { value: 'by', end: i + 1 } : undefined
}

// "from Monday [on]"   "from 3pm [onwards]"   "from next week [forward]"
export function readOnwards(s: Sentence, end: number, draft: Draft, lead: string): number {
  if ((lead !== 'from' && lead !== 'as') || draft.open !== undefined || draft.to !== undefined || draft.until !== undefined) return end
  const { text } = at(s, end)
  const next = at(s, end + 1)
  const goesOn =
    text === 'onwards' || text === 'onward' || text === 'forward' || (text === 'on' && (next.kind === 'end' || next.kind === 'mark'))
  if (!goesOn) return end
  draft.open = 'since'
  return end + 1
}
