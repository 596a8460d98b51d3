import type { Placed } from '../slots/places.ts'
import type { Kept } from '../slots/protect.ts'
import { number, oneOf, spelled } from '../text/beginnings.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { type Noun, nouns, type Verb } from '../text/vocabulary.ts'
import { wordOf } from '../text/words.ts'
import type { Times } from '../times.ts'
import { phrasebook } from './phrasebook.ts'

/** A sentence as the readers of intents look at it. */
export interface View {
  readonly s: Sentence
  readonly kept: Kept
  readonly times: Times
  /** The first token after "please", "can you", "I want to". */
  readonly opening: number
  /** The end of what may be read: what follows is named by "called". */
  readonly end: number
  /** Where it is, when that was said as an address. */
  readonly address?: Placed<string> | undefined
  /** True when "please" or "can you" shows that somebody is being asked. */
  readonly polite: boolean
}

/** What the tokens at `i` say: `says(view.s, i, 'set up')`. */
export function says(s: Sentence, i: number, words: string): boolean {
  // Nearly always the first letter tells.
  if (at(s, i).text.charCodeAt(0) !== words.charCodeAt(0)) return false
  let j = i
  let from = 0
  while (from < words.length) {
    const blank = words.indexOf(' ', from)
    const word = blank < 0 ? words.slice(from) : words.slice(from, blank)
    if (at(s, j).text !== word) return false
    j++
    from = blank < 0 ? words.length : blank + 1
  }
  return true
}

/** Polite beginnings that ask for nothing themselves; longer ones first. */
const openings = phrasebook([
  'i would like you to',
  "i'd like you to",
  'i want you to',
  'i need you to',
  'i would like to',
  "i'd like to",
  'would you mind',
  'do you mind',
  'go ahead and',
  'can you please',
  'could you please',
  'would you please',
  'will you please',
  'are you able to',
  'is it possible to',
  'is it possible for you to',
  'see if you can',
  'check if you can',
  'make sure to',
  'make sure you',
  'help me to',
  'i want to',
  'i need to',
  'i have to',
  'i would like',
  "i'd like",
  'i wanna',
  'i gotta',
  'gotta',
  "i've gotta",
  "i've got to",
  'i got to',
  'would you be able to',
  "if you don't mind",
  'if you could',
  'when you get a chance',
  'hey there',
  'hi there',
  'hello there',
  'good morning',
  'quick one',
  'one more thing',
  'actually',
  'wait',
  'btw',
  'lol',
  'alright',
  'right',
  'can you',
  'could you',
  'would you',
  'will you',
  'can we',
  'could we',
  'shall we',
  'can i',
  'could i',
  'may i',
  'i want',
  'i need',
  "let's",
  'lets',
  'let me',
  'help me',
  'try to',
  'be sure to',
  'please',
  'pls',
  'plz',
  'kindly',
  'hey',
  'hi',
  'hello',
  'ok',
  'okay',
  'yo',
  'so',
  'also',
  'and',
  'then',
  'now',
  'just',
  'well',
  'uh',
  'um',
  'oh',
  'oops',
  'sure',
  'yes',
  'no',
  'great',
  'thanks',
  'ducktape',
  'duck',
  'bot',
  'computer',
  'assistant',
  'olly',
  'siri',
  'alexa',
  'google',
  'cortana',
])
const courteous = new Set(['please', 'pls', 'plz', 'kindly', 'can', 'could', 'would', 'will'])

/** Where the request itself begins. */
export function findOpening(s: Sentence, from = 0): { readonly opening: number; readonly polite: boolean } {
  let i = from
  let polite = false
  for (let skipped = 0; skipped < 6; skipped++) {
    const token = at(s, i)
    if (
      token.kind === 'mark' &&
      (token.text === ',' || token.text === '!' || token.text === '/' || token.text === '.' || token.text === '-' || token.text === ':')
    ) {
      i++
      continue
    }
    // "do remove the next one"
    if (token.text === 'do' && (verbAt(s, i + 1) === 'cancel' || verbAt(s, i + 1) === 'create')) {
      i++
      continue
    }
    const match = openings.find(s, i)
    if (!match || at(s, match.end).kind === 'end') break
    polite ||= courteous.has(token.text)
    i = match.end
  }
  return { opening: i, polite }
}

/** True where a request can begin: at a verb of ours or at "remind". */
export function startsRequest(s: Sentence, i: number): boolean {
  return verbAt(s, i) !== undefined || at(s, i).text === 'remind' || at(s, i).text === 'wake' || at(s, i).text === 'snooze'
}

export function verbAt(s: Sentence, i: number): Verb | undefined {
  return at(s, i).word.verb || undefined
}

/** "delete the to do buy milk" */
const introducing = new Set(['the', 'my', 'a', 'new', 'delete', 'remove', 'cancel', 'complete', 'this', 'that'])

/** What `nounAt` begins with: nouns, their first halves, "to do", "1:1". */
export const nounWord = oneOf(
  (word) => word.noun !== '',
  number,
  spelled('to', ...nouns.keys().flatMap((noun) => (noun.includes('-') ? [noun.slice(0, noun.indexOf('-'))] : []))),
)

/** The noun at `i`, written in one word or two: "to do", "follow - up", "1:1". */
export function nounAt(s: Sentence, i: number): { readonly noun: Noun; readonly end: number } | undefined {
  const { text, word } = at(s, i)
  if (
    text === 'to' &&
    at(s, i + 1).text === 'do' &&
    at(s, i + 2).word.plural === false &&
    (at(s, i + 2).text === 'list' || at(s, i + 2).text === 'item' || at(s, i + 2).text === 'lists')
  )
    return { noun: 'todo', end: i + 2 }
  if (text === 'to' && at(s, i + 1).text === 'do' && introducing.has(at(s, i - 1).text)) return { noun: 'todo', end: i + 2 }
  if (at(s, i + 1).text === '-' && at(s, i + 1).glued) {
    const joined = wordOf(`${text}-${at(s, i + 2).text}`)?.noun
    if (joined) return { noun: joined, end: i + 3 }
  }
  if (text === '1' && at(s, i + 1).text === ':' && at(s, i + 2).text === '1') return { noun: 'event', end: i + 3 }
  const { noun } = word
  return noun === '' ? undefined : { noun, end: i + 1 }
}

/** The first noun between two tokens. */
export function findNoun(
  s: Sentence,
  from: number,
  to: number,
  wanted?: Noun,
): { readonly noun: Noun; readonly from: number; readonly end: number } | undefined {
  for (let i = from; i < to; i++) {
    const found = nounAt(s, i)
    if (found && (wanted === undefined || found.noun === wanted)) return { noun: found.noun, from: i, end: found.end }
  }
  return undefined
}
