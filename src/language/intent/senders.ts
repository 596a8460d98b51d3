import type { PersonReference } from '#core/understanding.ts'
import { spelled } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { readPermissions } from './permissions.ts'
import { says, type View } from './view.ts'

/** What `readSenders` begins with. */
export const sendersWord = spelled(
  ..."don't dont do never let allow mute unmute block unblock no stop i take accept want reminders nobody noone only everybody everyone anybody anyone".split(
    ' ',
  ),
)

/** Who may send the speaker reminders: "don't let Bob remind me", "mute Bob's reminders", "nobody may remind me". */
export function readSenders(view: View): IntentReading | undefined {
  return readPermissions(view) ?? readLetting(view) ?? readMuting(view) ?? readEverybody(view)
}

const refusals = ["don't let", 'dont let', 'do not let', 'never let', "don't allow", 'dont allow', 'do not allow']

// "don't let Bob remind me"   "let Bob remind me again"   "allow Bob to remind me"
function readLetting(view: View): IntentReading | undefined {
  const { s, opening } = view
  const refusal = refusals.find((words) => says(s, opening, words))
  const allows = ['let', 'allow'].includes(at(s, opening).text)
  if (!refusal && !allows) return undefined
  const from = opening + (refusal?.split(' ').length ?? 1)
  const start = endOfFirst(view, from)
  for (let i = start; i < start + 5; i++) {
    const to = at(s, i).text === 'to' ? i + 1 : i
    if (says(s, to, 'remind me') && endsAt(view, to + 2)) return about(view, from, i, allows)
  }
  return undefined
}

const verbs: Readonly<Record<string, boolean>> = {
  mute: false,
  block: false,
  no: false,
  stop: false,
  unmute: true,
  unblock: true,
  allow: true,
}

// "mute Bob"   "mute Bob's reminders"   "no more reminders from Bob"   "allow reminders from Bob"
function readMuting(view: View): IntentReading | undefined {
  const { s } = view
  // Politeness has taken "no".
  const opening = at(s, view.opening - 1).text === 'no' ? view.opening - 1 : view.opening
  const verb = at(s, opening).text
  const allowed = verbs[verb]
  if (allowed === undefined) return undefined
  const first = ['more', 'all', 'any'].includes(at(s, opening + 1).text) ? opening + 2 : opening + 1
  const named = says(s, first, 'reminders from') ? first + 2 : first
  const start = endOfFirst(view, named)
  for (let i = start; i < start + 4; i++) {
    const possessed = named === first && at(s, i).text === 'reminders'
    // Time is blocked, and much else is stopped: only muting is of people alone.
    if (named === first && !possessed && !verb.endsWith('mute')) continue
    if (endsAt(view, possessed ? i + 1 : i)) return about(view, named, i, allowed)
  }
  return undefined
}

const may = ['may', 'can', 'should', 'is allowed to', 'gets to']
const whole: readonly (readonly [words: string, allowed: boolean])[] = [
  ['nobody', false],
  ['no one', false],
  ['noone', false],
  ['only i', false],
  ['everybody', true],
  ['everyone', true],
  ['anybody', true],
  ['anyone', true],
]

// "nobody may remind me"   "only I can remind me"   "everybody may remind me again"
function readEverybody(view: View): IntentReading | undefined {
  const { s } = view
  for (const [words, allowed] of whole) {
    const start = says(s, view.opening, words) ? view.opening : says(s, view.opening - 1, words) ? view.opening - 1 : undefined
    if (start === undefined) continue
    const from = start + words.split(' ').length
    const verb = may.find((each) => says(s, from, each))
    const remind = from + (verb?.split(' ').length ?? 0)
    if (verb && says(s, remind, 'remind me') && endsAt(view, remind + 2)) return reading([], 'everybody', allowed)
  }
  return undefined
}

/** The token after the first word of a name, or after a mention. */
function endOfFirst({ s, kept }: View, i: number): number {
  return s.sealed[i] === 1 ? (kept.get(i)?.to ?? i + 1) : i + 1
}

/** Nothing follows that would make a reminder of it. */
function endsAt({ s }: View, i: number): boolean {
  let j = i
  while (['again', 'anymore', 'any', 'more', 'please', 'of', 'anything'].includes(at(s, j).text)) j++
  return at(s, j).kind === 'end' || (at(s, j).kind === 'mark' && at(s, j + 1).kind === 'end')
}

const everybody = new Set(['everybody', 'everyone', 'anybody', 'anyone', 'people', 'others', 'all'])
const notNames = new Set(['the', 'my', 'a', 'an', 'this', 'that', 'it', 'these', 'those', 'me', 'reminders', 'you', 'notifications'])

function about({ s, kept }: View, from: number, to: number, allowed: boolean): IntentReading | undefined {
  const [first, last] = [s.tokens[from], s.tokens[to - 1]]
  if (!first || !last) return undefined
  const entry = s.sealed[from] === 1 ? kept.get(from) : undefined
  if (entry?.kind === 'person') return reading([{ mention: entry.text }], 'named', allowed)
  if (everybody.has(first.text)) return reading([], 'everybody', allowed)
  if (first.kind !== 'word' || notNames.has(first.text)) return undefined
  const name = s.text.slice(first.start, last.end).replace(/['’]s?$/, '')
  return reading([{ name }], 'named', allowed)
}

function reading(people: readonly PersonReference[], from: 'named' | 'everybody', allowed: boolean): IntentReading {
  return {
    intent: 'settings.update',
    confidence: 0.94,
    titleFrom: 0,
    content: null,
    given: { people, setting: { kind: 'senders', from, allowed } },
  }
}
