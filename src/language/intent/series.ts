import { readColour } from '../change/colour.ts'
import { readRepeat } from '../repeat/read.ts'
import { oneOf, spelled } from '../text/beginnings.ts'
import { at, holds, type Sentence } from '../text/tokens.ts'
import { eventPlurals } from '../text/vocabulary.ts'
import { telling } from '../text/words.ts'
import type { IntentReading, Reference } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { readReference, subject } from './subject.ts'
import { findNoun, nounAt, says, type View } from './view.ts'

const noes = phrasebook([
  'no',
  'there is no',
  "there's no",
  'there will be no',
  "there won't be a",
  "there isn't a",
  'we have no',
  "we don't have",
  "we won't have",
  "we're not having",
])
export const skipping = oneOf(noes.begins, spelled('skip'))

// "skip standup on Friday"   "skip the next standup"   "skip it"   "no standup tomorrow"   "there is no standup tomorrow"
export function readSkip(view: View): IntentReading | undefined {
  const { s, opening, end, times } = view
  const given = { scope: 'this' } as const
  const no = noes.find(s, 0)
  if (no) {
    // "no meetings tomorrow" asks, or wishes; "no standup tomorrow" says which one is off.
    const noun = findNoun(s, no.end, Math.min(end, no.end + 3), 'event')
    if (!noun || !times.phrase || times.repeat || at(s, no.end).kind !== 'word') return undefined
    const many = eventPlurals.has(at(s, noun.from).text)
    if (many) return no.phrase === 'no' ? undefined : { intent: 'none', confidence: 0.9, titleFrom: end }
    return { intent: 'event.cancel', confidence: no.phrase === 'no' ? 0.8 : 0.7, titleFrom: no.end, given }
  }
  if (at(s, opening).text !== 'skip') return undefined
  const from = afterArticle(s, opening + 1)
  const about = subject(view, from)
  if (about && about.family !== 'event') return undefined
  const nextOne = says(s, opening + 1, 'the next one') || says(s, opening + 1, 'the next time')
  const reference = nextOne ? { value: 'last' as const, end: opening + 4 } : readReference(s, opening + 1)
  if (reference) return { intent: 'event.cancel', confidence: 0.8, titleFrom: reference.end, reference: reference.value, given }
  if (!about && !times.phrase) return undefined
  const next = at(s, from).text === 'next' ? from + 1 : from
  return { intent: 'event.cancel', confidence: 0.85, titleFrom: next, given }
}

// "restore Friday's standup"   "bring back standup on Friday"   "bring it back"   "put standup back on Friday"
export function readRestore(view: View): IntentReading | undefined {
  const { s, opening, times } = view
  const found = restoring(s, opening)
  if (!found) return undefined
  const { from, drop } = found
  const reference = readReference(s, from) ?? pronounAt(s, from)
  const about = subject(view, from)
  if (about && about.family !== 'event') return undefined
  // "restore board games": the verb alone says that it was planned before.
  const named = ['restore', 'reinstate', 'uncancel'].includes(at(s, opening).text) && at(s, from).kind === 'word'
  if (!reference && !about && !times.phrase && !named) return undefined
  return {
    intent: 'event.update',
    confidence: reference || about || times.phrase ? 0.88 : 0.7,
    titleFrom: reference?.end ?? from,
    drop: drop === undefined ? [] : [[drop, drop + 1]],
    ...(reference ? { reference: reference.value } : {}),
    given: { change: { status: 'confirmed', ...(times.phrase ? { from: times.phrase } : {}) } },
  }
}

/** Where the thing is named that comes back, and where "back" stands behind it. */
function restoring(s: Sentence, i: number): { readonly from: number; readonly drop?: number } | undefined {
  const { text } = at(s, i)
  if (text === 'restore' || text === 'reinstate' || text === 'uncancel') return { from: afterArticle(s, i + 1) }
  if (text !== 'bring' && text !== 'put') return undefined
  if (text === 'bring' && at(s, i + 1).text === 'back') return { from: afterArticle(s, i + 2) }
  for (let j = i + 2; j < i + 8; j++) {
    if (at(s, j).text !== 'back') continue
    const after = at(s, j + 1)
    // "bring standup back 10 minutes" moves it, and "put the lunch back to 1" too.
    const closed = after.kind === 'end' || after.kind === 'mark' || after.text === 'on' || !Number.isNaN(after.word.offset)
    return closed || after.text === 'please' ? { from: afterArticle(s, i + 1), drop: j } : undefined
  }
  return undefined
}

function pronounAt(s: Sentence, i: number): { readonly value: Reference; readonly end: number } | undefined {
  const { text } = at(s, i)
  return (text === 'it' || text === 'that') && at(s, i + 1).text === 'back' ? { value: 'last', end: i + 1 } : undefined
}

const ending = new Set(['end', 'finish', 'discontinue'])
const ends = new Set(['ends', 'finishes', 'stops'])
const noMore = phrasebook(['no more', 'no further'])
const endingWord = telling(...ending, ...ends, 'last', 'more', 'further')

// "end standup on December 18"   "standup ends on Friday"   "the last standup is on Friday"   "no more standups after Christmas"
export function readSeriesEnd({ s, opening, end, times }: View): IntentReading | undefined {
  const { phrase } = times
  if (!holds(s, endingWord) || !phrase?.days || phrase.clocks.length > 0 || phrase.part !== undefined || times.repeat) return undefined
  const [said] = times.phraseAt
  const more = noMore.find(s, opening)
  const verb = ending.has(at(s, opening).text)
  const from = afterArticle(s, more?.end ?? (verb ? opening + 1 : opening))
  const last = !more && !verb && at(s, from).text === 'last'
  const titleFrom = last ? from + 1 : from
  const noun = findNoun(s, titleFrom, Math.min(end, titleFrom + 4), 'event')
  if (!noun || !said) return undefined
  const after = at(s, noun.end).text === 'series' ? noun.end + 1 : noun.end
  // "the party ends on Friday" tells of one, and "standup ends on Friday" of many.
  const bare = from === opening && !['the', 'our', 'my'].includes(at(s, opening - 1).text)
  const tells = last ? ['is', 'will'].includes(at(s, noun.end).text) : bare && ends.has(at(s, noun.end).text)
  if (more ? phrase.open !== 'after' || said.from !== after : verb ? said.from !== after : !tells) return undefined
  // Its day is still one of them, and those after it are none any more.
  const given = { phrase: { ...phrase, open: 'after' as const }, scope: 'following' as const }
  return { intent: 'event.cancel', confidence: 0.8, titleFrom, drop: tells || after > noun.end ? [[noun.end, said.from]] : [], given }
}

// "repeat it every week"   "repeat the review every second Wednesday"
export function readRepeatIt({ s, opening, end, times }: View): IntentReading | undefined {
  if (at(s, opening).text !== 'repeat' || !times.repeat) return undefined
  const from = opening + 1
  const change = { way: 'make', from } as const
  if (['it', 'that', 'this'].includes(at(s, from).text))
    return { intent: 'event.update', confidence: 0.88, titleFrom: from + 1, change: { way: 'make', from: from + 1 }, reference: 'last' }
  const named = ['the', 'my', 'our'].includes(at(s, from).text) || nounAt(s, from) || findNoun(s, from, Math.min(end, from + 4), 'event')
  return named ? { intent: 'event.update', confidence: 0.85, titleFrom: from, change } : undefined
}

/** "make standup [repeat] weekly": behind the word that only says that it does. */
export function behindRepeats(s: Sentence, i: number): number {
  return ['repeat', 'recur', 'happen', 'only', 'just'].includes(at(s, i).text) ? i + 1 : i
}

/** "make [standup] weekly", "make [the review] red": where what is new begins, behind the name of an event. */
export function newBehindName(s: Sentence, from: number, end: number): boolean {
  if (['a', 'an', 'another', 'new'].includes(at(s, from).text)) return false
  const noun = findNoun(s, from, Math.min(end, from + 5), 'event')
  if (!noun) return false
  if (readColour(s, noun.end)) return true
  const repeat = s.repeating ? readRepeat(s, behindRepeats(s, noun.end)) : undefined
  return repeat !== undefined && at(s, repeat.end).kind === 'end'
}

// "colour it green"   "color the review blue"
export function readPaint({ s, opening, end }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  if (text === 'set' || text === 'change') return readColourOf(s, opening + 1)
  for (let i = opening + 2; i < Math.min(end, opening + 8); i++) {
    const colour = readColour(s, i)
    if (!colour) continue
    const pointed = ['it', 'that', 'this'].includes(at(s, opening + 1).text)
    const given = { change: { colour: colour.value } }
    if (pointed) return { intent: 'event.update', confidence: 0.88, titleFrom: s.tokens.length, reference: 'last', given }
    const about = findNoun(s, opening + 1, i, 'event')
    return about ? { intent: 'event.update', confidence: 0.85, titleFrom: opening + 1, drop: [[i, colour.end]], given } : undefined
  }
  return undefined
}

// "set [the colour of standup to green]"   "change [its colour to red]"
function readColourOf(s: Sentence, i: number): IntentReading | undefined {
  const owned = ['the', 'its', "it's"].includes(at(s, i).text) ? i + 1 : i
  if (!['colour', 'color'].includes(at(s, owned).text)) return undefined
  const from = at(s, owned + 1).text === 'of' || at(s, owned + 1).text === 'for' ? afterArticle(s, owned + 2) : owned + 1
  for (let j = from; j < from + 8; j++) {
    const colour = at(s, j).text === 'to' ? readColour(s, j + 1) : undefined
    if (!colour) continue
    const given = { change: { colour: colour.value } }
    const pointed = j === from || ['it', 'that', 'this'].includes(at(s, from).text)
    if (pointed) return { intent: 'event.update', confidence: 0.88, titleFrom: s.tokens.length, reference: 'last', given }
    return { intent: 'event.update', confidence: 0.88, titleFrom: from, drop: [[j, colour.end]], given }
  }
  return undefined
}

/** "cancel [the next] retro", "move [my next] 1:1 to 4": where "next" stands that means one of a series, and no day. */
export function nextOfSeries({ s, times }: View, from: number): number | undefined {
  const i = afterArticle(s, from)
  const isTime = times.phraseAt.some((stretch) => stretch.from <= i && i < stretch.to)
  return at(s, i).text === 'next' &&
    !isTime &&
    at(s, i + 1).kind === 'word' &&
    !['one', 'time', 'few', 'couple'].includes(at(s, i + 1).text)
    ? i
    : undefined
}

function afterArticle(s: Sentence, i: number): number {
  return ['the', 'my', 'our', 'a', 'an'].includes(at(s, i).text) ? i + 1 : i
}
