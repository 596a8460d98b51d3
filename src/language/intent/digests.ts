import { at, type Sentence } from '../text/tokens.ts'
import { allOfThem, changing, ending, type Kind, leads, missing, own, sending, sent, starting, verbs } from './digest-words.ts'
import type { IntentReading } from './intent.ts'
import type { phrasebook } from './phrasebook.ts'
import { says, type View } from './view.ts'

// "send me my agenda every weekday at 8"   "weekly review on Sunday at 18"   "stop the daily digest"   "what did I miss"
export function readDigests(view: View): IntentReading | undefined {
  return readListed(view) ?? readMissed(view) ?? readChanged(view) ?? readSent(view) ?? readBare(view)
}

// "list my digests"   "what digests do I have": they stand among the settings.
function readListed({ s, opening }: View): IntentReading | undefined {
  const asks = ['list', 'show', 'what', 'which'].includes(at(s, opening).text)
  const found = asks ? allOfThem.find(s, at(s, opening + 1).text === 'me' ? opening + 2 : opening + 1) : undefined
  if (!found || at(s, found.end).kind === 'word') return undefined
  return { intent: 'settings.show', confidence: 0.92, titleFrom: s.tokens.length }
}

function readMissed(view: View): IntentReading | undefined {
  const { s, opening } = view
  const found = missing.find(s, opening) ?? missing.find(s, 0)
  if (!found) return undefined
  // "what did I miss in the meeting" asks somebody else.
  const leads = ['since', 'while', 'yesterday', 'today', 'on', 'this', 'last', 'in', 'over', 'from', 'please']
  const after = at(s, found.end)
  const ends = after.kind === 'end' || after.kind === 'mark'
  const when = view.times.phrase !== undefined && leads.includes(after.text)
  const away = after.text === 'while' && ['i', 'we'].includes(at(s, found.end + 1).text)
  if (!ends && !when && !away && after.text !== 'please' && after.word.unit === '') return undefined
  return about('digest.show', { kind: 'catchup', from: 0, end: 0 }, 0.86)
}

// "stop the daily digest"   "pause my weekly review until Monday"   "move the daily agenda to 8:30"
function readChanged(view: View): IntentReading | undefined {
  const { s, opening } = view
  const from = at(s, opening - 1).text === 'no' ? opening - 1 : opening
  const content = verbs[at(s, from).text]
  const stops = content === undefined ? ending.find(s, from) : undefined
  const moves = content === undefined && !stops ? changing.find(s, from) : undefined
  const verbEnd = content === undefined ? (stops ?? moves)?.end : from + 1
  if (verbEnd === undefined) return undefined
  const noun = findNoun(view, verbEnd, stops?.phrase.startsWith('stop ') ? sent : own)
  if (!noun) return undefined
  if (content) return { ...about('digest.update', noun, 0.93), content }
  if (moves) return view.times.phrase || view.times.repeat ? about('digest.create', noun, 0.93) : undefined
  // A review is also something that people meet for: that is cancelled, and this is stopped.
  const vague = noun.kind === 'review' && (stops?.phrase === 'cancel' || stops?.phrase === 'delete') && says(s, noun.from, 'weekly review')
  return vague ? undefined : about('digest.delete', noun, 0.95)
}

// "send me my agenda every weekday at 8"   "post the agenda in #ops every morning"   "set up a daily digest"
function readSent(view: View): IntentReading | undefined {
  const { s, opening } = view
  const from = afterTimes(view, 0) > opening ? afterTimes(view, 0) : opening
  const sends = sending.find(s, from)
  const starts = sends ? undefined : starting.find(s, from)
  const wants = at(s, opening - 1).text === 'want' || at(s, opening - 1).text === 'need'
  const verbEnd = (sends ?? starts)?.end ?? (wants ? opening : undefined)
  if (verbEnd === undefined) return undefined
  const noun = findNoun(view, verbEnd, sends && isTimed(view, undefined) ? sent : own)
  if (!noun) return undefined
  // A weekly review that is set up is a meeting; one that is turned on is not.
  const plans = !sends && (wants || ['create', 'add', 'set up', 'setup', 'have'].includes(starts?.phrase ?? ''))
  if (plans && says(s, noun.from, 'weekly review')) return undefined
  return about(sends && !isTimed(view, noun) ? 'digest.show' : 'digest.create', noun, sends && !isTimed(view, noun) ? 0.8 : 0.92)
}

// "daily digest at 8"   "weekly review on Sunday at 18"   "my daily agenda"
function readBare(view: View): IntentReading | undefined {
  const { s, opening } = view
  // "weekly" is a time of its own, and was taken for one said first.
  let start = own.find(s, 0) ? 0 : opening
  while (['my', 'the', 'a', 'our', 'show', 'list'].includes(at(s, start).text)) start++
  const found = own.find(s, start)
  if (!found) return undefined
  const noun = { kind: kindOf(found.phrase), from: start, end: found.end }
  if (at(s, found.end).kind === 'end') return about('digest.show', noun, 0.85)
  for (let i = found.end; i < s.tokens.length; i++) {
    const { kind, text } = at(s, i)
    const fits = kind === 'mark' || ['for', 'me', 'please', 'in', 'to', 'on', 'at', 'here'].includes(text)
    if (!fits && !isTime(view, i) && !isChannel(view, i)) return undefined
  }
  return isTimed(view, noun) ? about('digest.create', noun, 0.82) : undefined
}

interface FoundNoun {
  readonly kind: Kind
  readonly from: number
  readonly end: number
}

function isTime({ times }: View, i: number): boolean {
  return [...times.phraseAt, ...times.repeatAt].some(({ from, to }) => i >= from && i < to)
}

/** The token after what is said of time at `i`. */
function afterTimes(view: View, i: number): number {
  let to = i
  while (isTime(view, to) || (to > i && at(view.s, to).text === ',')) to++
  return to
}

/** Whether a rhythm or an hour is said beside the name, which says "daily" of itself. */
function isTimed({ times }: View, noun: FoundNoun | undefined): boolean {
  const beside = ({ from, to }: { readonly from: number; readonly to: number }) => !noun || from >= noun.end || to <= noun.from
  return times.repeatAt.some(beside) || ((times.phrase?.clocks.length ?? 0) > 0 && times.phraseAt.some(beside))
}

function isChannel({ s, kept }: View, i: number): boolean {
  return kept.get(i)?.kind === 'channel' || s.sealed[i] === 1 || at(s, i - 1).text === '#'
}

/** The first of these nouns after `from`, with nothing before it but whom and where. */
function findNoun(view: View, from: number, nouns: ReturnType<typeof phrasebook>): FoundNoun | undefined {
  const { s, kept } = view
  for (let i = from; i < Math.min(view.end, from + 7); i++) {
    const found = nouns.find(s, i)
    if (found) return endsThere(view, found.end) ? { kind: kindOf(found.phrase), from: i, end: found.end } : undefined
    if (!leads.has(at(s, i).text) && !kept.has(i) && !isChannel(view, i) && at(s, i).text !== '#' && !isTime(view, i)) return undefined
  }
  return undefined
}

/** "my agenda [for the board meeting]", "my agenda [to Bob]" are something else. */
function endsThere(view: View, i: number): boolean {
  const { s, kept } = view
  const { kind, text } = at(s, i)
  if (kind === 'end' || kind === 'mark' || kept.get(i)?.kind === 'channel' || isTime(view, i)) return true
  if (['here', 'please', 'back', 'again', 'now', 'every', 'each', 'until'].includes(text)) return true
  if (!['in', 'to', 'for', 'at', 'on', 'by', 'from'].includes(text)) return false
  const next = at(s, i + 1)
  return (
    ['#', 'me', 'us', 'here'].includes(next.text) ||
    says(s, i + 1, 'this channel') ||
    kept.get(i + 1)?.kind === 'channel' ||
    isTime(view, i + 1)
  )
}

function kindOf(phrase: string): Kind {
  return phrase.startsWith('week') || phrase.startsWith('review') ? 'review' : 'agenda'
}

function about(intent: IntentReading['intent'], { kind, from, end }: FoundNoun, confidence: number): IntentReading {
  return { intent, confidence, titleFrom: 0, given: { digest: kind, named: [from, end] } }
}

/** Where a digest goes: "in #ops", "here", to whoever asks when nothing is said. */
export function digestPlace({ s, kept }: View): string | undefined {
  for (const entry of kept.values()) if (entry.kind === 'channel') return entry.text
  for (let i = 0; i < s.tokens.length; i++) {
    if (at(s, i).text === '#' && at(s, i + 1).kind === 'word' && at(s, i + 1).glued) return hashed(s, i)
    if (at(s, i).text === 'here' || says(s, i, 'this channel') || says(s, i, 'the channel') || (at(s, i).text === 'us' && i < 3))
      return 'here'
  }
  return undefined
}

function hashed(s: Sentence, i: number): string {
  let to = i + 1
  while (at(s, to).glued && (at(s, to).kind !== 'mark' || '-_'.includes(at(s, to).text)) && at(s, to).kind !== 'end') to++
  return s.text.slice(at(s, i).start, at(s, to - 1).end)
}
