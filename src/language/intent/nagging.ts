import { findNag, isNagging } from '../slots/nag.ts'
import { spelled } from '../text/beginnings.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { readReference } from './subject.ts'
import { says, type View } from './view.ts'

/** What `readNagging` begins with. */
export const naggingWord = spelled('nag', 'pester', 'keep', 'stop')

// "nag me to call mum"   "keep reminding Bob about the report until it's done"   "keep reminding me"   "stop nagging me"
export function readNagging(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  if (says(s, opening, 'stop nagging') || says(s, opening, 'stop pestering')) return changed(s, end, past(s, opening + 2), 'once', 0.95)
  if (!isNagging(s, opening)) return undefined
  const from = at(s, opening).text === 'keep' ? opening + 2 : opening + 1
  if (!isSomebody(view, from)) return undefined
  const me = past(s, from)
  if (me > from && isAllSaid(s, me, opening)) return { ...changed(s, end, s.tokens.length, 'nag', 0.93), reference: 'last' }
  const pointed = me > from && at(s, me).text === 'about' ? readReference(s, me + 1) : undefined
  if (pointed) return { intent: 'reminder.update', confidence: 0.93, titleFrom: pointed.end, content: 'nag', reference: pointed.value }
  return { intent: 'reminder.create', confidence: 0.96, titleFrom: from }
}

/** "nag [me]", "nag [Bob]", "nag [#ops]": screens and horses are nags too. */
function isSomebody({ s, kept }: View, i: number): boolean {
  const { text, start } = at(s, i)
  if (['me', 'us', 'everyone', 'everybody', '@', '#'].includes(text) || kept.has(i)) return true
  return /^\p{Lu}/u.test(s.text.slice(start))
}

/** Of what is there already: nothing follows but how often, and until when. */
function isAllSaid(s: Sentence, from: number, opening: number): boolean {
  const stretches = findNag(s, opening)?.stretches ?? []
  for (let i = from; i < s.tokens.length; i++) {
    const { kind, text } = at(s, i)
    if (kind !== 'mark' && text !== 'please' && !stretches.some(([first, last]) => i >= first && i < last)) return false
  }
  return true
}

function changed(s: Sentence, end: number, from: number, content: string, confidence: number): IntentReading {
  const about = ['about', 'for'].includes(at(s, from).text) ? from + 1 : from
  const reference = readReference(s, about)
  if (reference) return { intent: 'reminder.update', confidence, titleFrom: reference.end, content, reference: reference.value }
  if (about >= end || at(s, about).kind === 'end')
    return { intent: 'reminder.update', confidence, titleFrom: s.tokens.length, content, reference: 'last' }
  return { intent: 'reminder.update', confidence, titleFrom: about, content }
}

function past(s: Sentence, i: number): number {
  return at(s, i).text === 'me' || at(s, i).text === 'us' ? i + 1 : i
}
