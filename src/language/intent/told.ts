import type { Way } from '../change/change.ts'
import { readLocation } from '../slots/places.ts'
import { table } from '../text/table.ts'
import { at, holds, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import type { IntentReading } from './intent.ts'
import { findNoun, says, type View } from './view.ts'

/** What people tell about what is planned, where others say what is to be done with it. */

const happened = telling(
  'is',
  'are',
  'was',
  'got',
  'has',
  'have',
  'moved',
  'rescheduled',
  'pushed',
  'postponed',
  'delayed',
  'shifted',
  'cancelled',
  'canceled',
)
const asking = new Set([
  'is',
  'are',
  'was',
  'has',
  'have',
  'who',
  'what',
  'when',
  'where',
  'why',
  'how',
  'if',
  'which',
  'whether',
  'remind',
])

const ways = table<Way>({
  moved: 'move',
  rescheduled: 'move',
  pushed: 'later',
  postponed: 'later',
  delayed: 'later',
  shifted: 'move',
  extended: 'longer',
  shortened: 'shorter',
})

/** What such a word is followed by when it tells of a plan: "moved [to 10]". */
const towards = new Set(['to', 'by', 'until', 'till', 'from', 'back'])

// "the retro is cancelled this week"   "lunch is off today"   "standup has been moved to 10 tomorrow"   "retro moved to 4"
export function readTold({ s, opening, end, times }: View): IntentReading | undefined {
  if (!holds(s, happened) || asking.has(at(s, opening).text)) return undefined
  const noun = findNoun(s, opening, Math.min(end, opening + 6), 'event')
  if (!noun) return undefined
  for (let i = noun.end; i < Math.min(end, noun.end + 6); i++) {
    const from = auxiliary(s, i)
    const { text } = at(s, from)
    const next = at(s, from + 1)
    // Without "is": "standup moved to 10", "standup cancelled today".
    if (from === i && !(next.word.opens || (ways[text] ? towards.has(next.text) : next.kind === 'end'))) continue
    // "retro is tomorrow instead"
    const instead = from > i ? readInstead(s, i, from, end) : undefined
    if (instead) return { intent: 'event.update', confidence: 0.75, titleFrom: opening, drop: instead.drop, change: instead.change }
    const called = says(s, from, 'called off') ? 2 : 0
    if (called > 0 || text === 'cancelled' || text === 'canceled' || (text === 'off' && isSaid(s, from + 1)))
      return { intent: 'event.cancel', confidence: 0.75, titleFrom: opening, drop: [[i, from + (called || 1)]] }
    // "the retro is in room 3"
    if (from > i && text === 'in' && !times.phrase && !times.repeat && readLocation(s, from, end, (index) => s.sealed[index] === 0))
      return { intent: 'event.update', confidence: 0.7, titleFrom: opening, drop: [[i, from]], change: { way: 'make', from } }
    const way = ways[text]
    return way && { intent: 'event.update', confidence: 0.75, titleFrom: opening, drop: [[i, from + 1]], change: { way, from: from + 1 } }
  }
  return undefined
}

/** "is [at 4 instead]": moved there. */
function readInstead(s: Sentence, being: number, from: number, end: number) {
  const last = at(s, end - 1).kind === 'mark' ? end - 2 : end - 1
  if (at(s, last).text !== 'instead' || last <= from) return undefined
  const drop = [[being, from]] as const
  return { drop, change: { way: 'make', from } as const }
}

/** Behind "is", "has been", "got": where what happened stands. */
function auxiliary(s: Sentence, i: number): number {
  const { text } = at(s, i)
  if ((text === 'has' || text === 'have') && at(s, i + 1).text === 'been') return i + 2
  if (text !== 'is' && text !== 'are' && text !== 'was' && text !== 'got') return i
  return at(s, i + 1).text === 'now' || at(s, i + 1).text === 'being' ? i + 2 : i + 1
}

/** "off today", "off.", "off for the week": and not "off to a good start". */
function isSaid(s: Sentence, i: number): boolean {
  const { kind, word, text } = at(s, i)
  return kind !== 'word' || word.opens || text === 'this' || text === 'next' || text === 'for'
}
