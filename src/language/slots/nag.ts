import { phrasebook } from '../intent/phrasebook.ts'
import { says } from '../intent/view.ts'
import { at, holds, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import { readAmount, readUnit } from '../time/amount.ts'

/** How a reminder is to come again until it is done, and the words that say so. */
export interface FoundNag {
  readonly seconds: number
  readonly stretches: readonly (readonly [from: number, to: number])[]
}

/** What is waited where nobody says how long, in seconds. */
const usual = 600
const day = 86_400

const subjects = ['i am', "i'm", 'im', 'it is', "it's", 'its', "that's", 'that is', 'we are', "we're"]
const states = ['done', 'finished', 'completed']
const deeds = ['done it', 'done that', 'done so', 'finished it', 'finished', 'completed it', 'confirmed it', 'confirmed']
const tellings = [
  'say done',
  'press done',
  'click done',
  'hit done',
  'say so',
  'do it',
  'did it',
  'do that',
  'finish it',
  'finish',
  'confirm',
]

const ends = phrasebook(
  ['until', 'till', 'til'].flatMap((word) => [
    ...states.map((state) => `${word} ${state}`),
    ...subjects.flatMap((subject) => states.map((state) => `${word} ${subject} ${state}`)),
    ...['i have', "i've", 'ive', 'they have', 'everybody has', 'everyone has'].flatMap((have) =>
      deeds.map((deed) => `${word} ${have} ${deed}`),
    ),
    ...['i', 'they', 'you see that i'].flatMap((who) =>
      [...tellings, 'complete it', 'acknowledge', 'acknowledge it'].map((tells) => `${word} ${who} ${tells}`),
    ),
    ...['they are', "they're", 'everybody is', 'everyone is', 'all are', 'he is', 'she is', "he's", "she's"].map(
      (all) => `${word} ${all} done`,
    ),
  ]),
)
const again = phrasebook([
  'keep reminding',
  'keep nagging',
  'keep asking',
  'keep pinging',
  'remind me again',
  'ask again',
  'ask me again',
  'nag',
  'nagging',
  'pester',
  'repeat',
  'repeat it',
  'repeat that',
])
const untils = telling('until', 'till', 'til', 'nag', 'nagging', 'pester', 'keep')

/** "every 10 minutes until I'm done"   "until it is done"   "and keep reminding me every hour"; `opening` is where the request begins. */
export function findNag(s: Sentence, opening: number): FoundNag | undefined {
  if (!holds(s, untils)) return undefined
  const stretches: [number, number][] = []
  for (let i = 0; i < s.tokens.length; i++) {
    if (s.sealed[i] === 1) continue
    const found = ends.find(s, i)
    // "until I'm done with lunch" says when, and of something else.
    const end = found && at(s, found.end).text !== 'with' ? found : (findUntilWho(s, i, opening) ?? findUntilDo(s, i))
    if (end) stretches.push([i, end.end])
    // What the request itself begins with says more than that: whom.
    const asks = i > opening && end === undefined && leads(s, i) ? again.find(s, i) : undefined
    if (asks) stretches.push([withAnd(s, i), pastMe(s, asks.end)])
    i = Math.max(i, (end ?? asks)?.end ?? 0)
  }
  const nags = stretches.length > 0 || isNagging(s, opening)
  if (!nags) return undefined
  const pause = findPause(s)
  if (pause) stretches.push([pause.from, pause.to])
  return { seconds: pause?.seconds ?? usual, stretches }
}

/** "nag me", "pester Bob", "keep reminding me": that is what is asked for, whatever follows. */
export function isNagging(s: Sentence, i: number): boolean {
  return ['nag', 'pester'].includes(at(s, i).text) || says(s, i, 'keep reminding') || says(s, i, 'keep nagging')
}

// "nag me [until I] take the pill"   "nag me every 5 minutes [until I] take the pill": what is done then is what to do
function findUntilWho(s: Sentence, i: number, opening: number): { readonly end: number } | undefined {
  if (!isUntil(s, i) || at(s, i + 2).kind !== 'word' || !isNagging(s, opening)) return undefined
  const whom = pastMe(s, opening + (at(s, opening).text === 'keep' ? 2 : 1))
  const pause = findPause(s)
  return i === (pause?.from === whom ? pause.to : whom) ? { end: i + 2 } : undefined
}

// "and keep reminding me [until I do]"
function findUntilDo(s: Sentence, i: number): { readonly end: number } | undefined {
  const closes = at(s, i + 3).kind === 'end' || at(s, i + 3).kind === 'mark'
  return isUntil(s, i) && closes && ['do', 'have', 'did'].includes(at(s, i + 2).text) ? { end: i + 3 } : undefined
}

function isUntil(s: Sentence, i: number): boolean {
  return ['until', 'till', 'til'].includes(at(s, i).text) && ['i', 'we', 'they'].includes(at(s, i + 1).text)
}

/** A clause of its own: after "and", a comma or the end of a sentence. */
function leads(s: Sentence, i: number): boolean {
  const before = at(s, i - 1)
  return before.kind === 'mark' || before.text === 'and' || before.text === 'then'
}

function withAnd(s: Sentence, i: number): number {
  let from = i
  while (['and', 'then'].includes(at(s, from - 1).text)) from--
  return from
}

function pastMe(s: Sentence, i: number): number {
  return ['me', 'us', 'them', 'him', 'her'].includes(at(s, i).text) ? i + 1 : i
}

// "every [10 minutes]"   "each [hour]"   "every [few minutes]"
function findPause(s: Sentence): { readonly from: number; readonly to: number; readonly seconds: number } | undefined {
  for (let i = 0; i < s.tokens.length; i++) {
    const { text } = at(s, i)
    if ((text !== 'every' && text !== 'each') || s.sealed[i] === 1) continue
    const amount = readAmount(s, i + 1)
    if (amount && isPause(amount.value)) return { from: i, to: amount.end, seconds: amount.value.seconds }
    const unit = readUnit(s, i + 1)
    if (unit?.value === 'minute') return { from: i, to: unit.end, seconds: 60 }
    if (unit?.value === 'hour') return { from: i, to: unit.end, seconds: 3_600 }
  }
  return undefined
}

/** A pause between two rings; days and weeks are a rhythm of their own. */
function isPause({ seconds, days, months }: { readonly seconds: number; readonly days: number; readonly months: number }): boolean {
  return seconds > 0 && seconds < day && days === 0 && months === 0
}
