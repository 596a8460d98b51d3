import { number, oneOf, spelled } from '../text/beginnings.ts'
import type { Found } from '../text/numbers.ts'
import { readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { amountOf, readAmount, readUnit } from '../time/amount.ts'
import type { Amount } from '../time/expression.ts'
import type { IntentReading } from './intent.ts'
import { readReference } from './subject.ts'
import { says, type View } from './view.ts'

/** What `readSnooze` begins with. */
export const snoozeWord = oneOf(number, (word) => word.cardinal > 0, spelled('snooze', 'give', 'another'))

// "snooze for 1 hour"   "snooze until 5"   "snooze 2 for 10 minutes"   "give me 10 more minutes"   "another half hour, please"
export function readSnooze({ s, opening }: View): IntentReading | undefined {
  if (readMore(s, opening)) return { intent: 'reminder.snooze', confidence: 0.85, titleFrom: s.tokens.length, reference: 'last' }
  if (at(s, opening).text !== 'snooze') return undefined
  const reference = readReference(s, opening + 1)
  if (reference) return { intent: 'reminder.snooze', confidence: 0.98, titleFrom: reference.end, reference: reference.value }
  return { intent: 'reminder.snooze', confidence: 0.98, titleFrom: opening + 1 }
}

/** How much longer somebody wants to be left alone, where that is all that is said: "10 more minutes", "give me another hour". */
export function readMore(s: Sentence, i: number): Found<Amount> | undefined {
  const from = says(s, i, 'give me') || says(s, i, 'give us') ? i + 2 : i
  const found = at(s, from).text === 'another' ? readAnother(s, from + 1) : readCountMore(s, from)
  const after = found && at(s, found.end)
  return after && (after.kind === 'end' || after.kind === 'mark' || after.text === 'please') ? found : undefined
}

// "another [hour]"   "another [15 minutes]"
function readAnother(s: Sentence, i: number): Found<Amount> | undefined {
  const unit = at(s, i).kind === 'word' ? readUnit(s, i) : undefined
  return unit ? { value: amountOf(1, unit.value), end: unit.end } : readAmount(s, i)
}

// "[10 more minutes]"   "[one more hour]"
function readCountMore(s: Sentence, i: number): Found<Amount> | undefined {
  const count = readWhole(s, i)
  const unit = count && at(s, count.end).text === 'more' ? readUnit(s, count.end + 1) : undefined
  return count && unit && { value: amountOf(count.value, unit.value), end: unit.end }
}
