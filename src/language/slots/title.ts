import type { SlotSpan } from '#core/understanding.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Used } from './used.ts'

export interface Title {
  readonly text: string
  readonly spans: readonly SlotSpan[]
}

/** Words that lead into a title and are no part of it. */
const leading = new Set([
  'to',
  'that',
  'about',
  'for',
  'of',
  'a',
  'an',
  'the',
  'and',
  'on',
  'at',
  'in',
  'me',
  'us',
  'is',
  'my',
  'with',
  'from',
  'it',
  'please',
  'as',
  'by',
  'saying',
  'regarding',
  're',
])
/** Words that are left hanging when what they led to is gone. */
const trailing = new Set([
  'to',
  'that',
  'for',
  'of',
  'and',
  'on',
  'at',
  'in',
  'the',
  'a',
  'an',
  'from',
  'by',
  'with',
  'please',
  'is',
  'my',
  'starting',
  'lasting',
  'around',
  'due',
  'set',
  'or',
  'pls',
  'scheduled',
])

/**
 * What is left of the words between two tokens, in the writer's own spelling.
 *
 *     remind me to call Bob tomorrow about the deal  ->  call Bob about the deal
 *                           ↑ taken
 */
export function titleBetween(s: Sentence, from: number, to: number, used: Used, lead: ReadonlySet<string> = leading): Title | undefined {
  let start = from
  let end = to
  while (start < end && (used.isTaken(start) || isLeading(s, start, lead))) start++
  while (end > start && (used.isTaken(end - 1) || (isTrailing(s, end - 1) && !isParticle(s, end - 1, used)))) end--
  if (start >= end) return undefined
  const spans: SlotSpan[] = []
  let text = ''
  for (let i = start; i < end; ) {
    if (used.isTaken(i)) {
      i++
      continue
    }
    let j = i
    while (j < end && !used.isTaken(j)) j++
    const piece = { slot: 'title' as const, start: s.tokens[i]?.start ?? 0, end: s.tokens[j - 1]?.end ?? 0 }
    spans.push(piece)
    const words = s.text.slice(piece.start, piece.end)
    text = text === '' ? words : /^[,.;:!?)]/.test(words) ? text + words : `${text} ${words}`
    i = j
  }
  return { text: unquoted(text), spans }
}

function isLeading(s: Sentence, i: number, lead: ReadonlySet<string>): boolean {
  const token = s.tokens[i]
  if (!token) return true
  if (token.kind === 'mark') return s.sealed[i] === 0 && ',.;:!?-)/*|'.includes(token.text)
  // "on-call", "in-house"
  if (token.text !== 'to' && s.tokens[i + 1]?.text === '-' && s.tokens[i + 1]?.glued && s.tokens[i + 2]?.glued) return false
  // "a4" is no article and a number.
  return lead.has(token.text) && s.sealed[i] === 0 && !(s.tokens[i + 1]?.kind === 'number' && s.tokens[i + 1]?.glued)
}

function isTrailing(s: Sentence, i: number): boolean {
  const token = s.tokens[i]
  if (!token) return true
  if (token.kind === 'mark') return s.sealed[i] === 0 && ',.;:-(/*|'.includes(token.text)
  return trailing.has(token.text) && s.sealed[i] === 0 && !(states.has(token.text) && s.tokens[i + 1] === undefined)
}

/** At the end of all words these lead to nothing: "that the rent is due". */
const states = new Set(['is', 'due', 'set', 'scheduled'])

/** "to clock [in]", "to log [in] at 9": of the verb before it, where no time that was taken out followed it directly. */
function isParticle(s: Sentence, i: number, used: Used): boolean {
  const { text, kind } = at(s, i + 1)
  if (at(s, i).text !== 'in' || used.isTaken(i - 1)) return false
  return kind === 'end' || (used.isTaken(i + 1) && ['at', 'on', 'in', 'by', 'every'].includes(text))
}

/** A title that is one quotation loses its quotes. */
function unquoted(text: string): string {
  if (!'"“«'.includes(text.charAt(0))) return text.trim()
  const match = /^(?:"(?<straight>[^"]+)"|“(?<curly>[^“”]+)”|«(?<french>[^«»]+)»)[.!?]?$/.exec(text)?.groups
  return (match?.straight ?? match?.curly ?? match?.french ?? text).trim()
}
