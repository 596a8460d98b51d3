import type { PersonReference } from '#core/understanding.ts'
import { readCompany as readPeopleThere } from '../slots/company.ts'
import { at, seal } from '../text/tokens.ts'
import { readAmount } from '../time/amount.ts'
import type { Amount, Phrase } from '../time/expression.ts'
import { readTimes } from '../times.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { says, type View } from './view.ts'

const states = new Set(['free', 'available', 'busy', 'around'])
const closing: ReadonlySet<string> = new Set([
  ...states,
  'all',
  'both',
  'meet',
  'for',
  'to',
  'next',
  'this',
  'on',
  'in',
  'at',
  'tomorrow',
  'today',
  'when',
  'about',
  'between',
  'before',
  'after',
  'by',
  'until',
  'find',
  'talk',
])

// "when are Ann, Bob and I free for an hour next week"   "is Ann free tomorrow at 2"   "find 30 minutes with @ann"
export function readCompany(view: View): IntentReading | undefined {
  const found = readFree(view) ?? readMeet(view) ?? readFind(view)
  if (!found) return undefined
  const duration = durationIn(view)
  const given = { people: found.people, ...(duration ? { duration } : {}) }
  return { intent: 'availability.find', confidence: 0.9, titleFrom: view.s.tokens.length, given }
}

interface Asked {
  readonly people: readonly PersonReference[]
}

// "when are Ann and I free"   "are Ann and Bob available"   "am I busy"
function readFree({ s, kept, opening, times }: View): Asked | undefined {
  let i = opening
  if (at(s, i).text === 'when') i++
  if (!['am', 'is', 'are', "when's"].includes(at(s, i).text)) return undefined
  // "is Saturday evening free?" is asked about oneself.
  if (times.phraseAt.some(({ from }) => from === i + 1)) return undefined
  const company = readPeopleThere(s, i + 1, s.tokens.length, kept, closing)
  if (!company) return undefined
  let end = company.end
  while (['all', 'both', 'next'].includes(at(s, end).text)) end++
  return states.has(at(s, end).text) && isFirst(s, end + 1) ? { people: company.people } : undefined
}

/** "busy" and "free" say when, and not of what: "is the road free of snow". */
function isFirst(s: View['s'], i: number): boolean {
  return at(s, i).text !== 'of' && at(s, i).text !== 'from'
}

// "when can Ann and I meet"   "when can I meet with Bob"
function readMeet({ s, kept, opening }: View): Asked | undefined {
  if (!says(s, opening, 'when can') && !says(s, opening, 'when could') && !says(s, opening, 'when shall')) return undefined
  const company = readPeopleThere(s, opening + 2, s.tokens.length, kept, closing)
  if (!company || !['meet', 'talk', 'both', 'all'].includes(at(s, company.end).text)) return undefined
  const next = at(s, company.end + 1).text === 'with' ? company.end + 2 : company.end + 1
  const others = readPeopleThere(s, next, s.tokens.length, kept, closing)
  return { people: [...company.people, ...(others && isNamed(others.people) ? others.people : [])] }
}

function isNamed(people: readonly PersonReference[]): boolean {
  return people.every((one) => !('name' in one) || one.name === 'me' || /^\p{Lu}/u.test(one.name))
}

const goodTimes = phrasebook([
  "what's a good time",
  'what is a good time',
  "what's the best time",
  'what is the best time',
  "when's a good time",
  'when is a good time',
  "when's the best time",
  'when is the best time',
  'is there a time',
  'is there a good time',
])

// "find a time for Ann, Bob and me"   "find 30 minutes with @ann"   "find an hour for ops and me next week"
function readFind({ s, kept, opening }: View): Asked | undefined {
  const asks = goodTimes.find(s, opening)
  if (!asks && at(s, opening).text !== 'find' && at(s, opening).text !== 'get') return undefined
  for (let i = opening + 1; i < opening + 14; i++) {
    const { text } = at(s, i)
    if (text !== 'with' && text !== 'for') continue
    if (text === 'for' && readAmount(s, i + 1)) continue
    const timed = readAmount(s, opening + 1) ?? (at(s, opening + 1).text === 'us' ? readAmount(s, opening + 2) : undefined)
    const slot = ['time', 'slot', 'times'].includes(at(s, i - 1).text)
    const company = (timed || slot || asks) && readPeopleThere(s, i + 1, s.tokens.length, kept, closing)
    if (!company) continue
    // "find a time for lunch": what for, and not for whom.
    if (text === 'for' && !company.people.some((one) => !('name' in one) || isNamed([one]))) continue
    const me = text === 'with' && !company.people.some((one) => 'name' in one && one.name === 'me')
    return { people: me ? [{ name: 'me' }, ...company.people] : company.people }
  }
  return undefined
}

/** "for an hour", "30 minutes": the length that is no distance from now. */
function durationIn({ s, opening }: View): Amount | undefined {
  for (let i = opening; i < s.tokens.length; i++) {
    const amount = ['in', 'within', 'after', 'next'].includes(at(s, i - 1).text) ? undefined : readAmount(s, i)
    if (amount && amount.value.seconds > 0 && amount.value.days === 0 && amount.value.months === 0) return amount.value
  }
  return undefined
}

const to: ReadonlySet<string> = new Set(['to', 'for'])

// "invite ops and Kim to a review tomorrow at 3"   "invite Bob to lunch": one that is planned already
export function readInvite({ s, kept, opening, times }: View): IntentReading | undefined {
  if (at(s, opening).text !== 'invite') return undefined
  const company = readPeopleThere(s, opening + 1, s.tokens.length, kept, to)
  if (!company || !to.has(at(s, company.end).text)) return undefined
  const next = at(s, company.end + 1).text
  const { people } = company
  // "invite Kim to Friday's standup": one that is there.
  if (at(s, company.end + 1).text.endsWith("'s") && times.phrase) return undefined
  if (times.phrase || times.repeat) {
    const titleFrom = ['a', 'an', 'the', 'my', 'our'].includes(next) ? company.end + 2 : company.end + 1
    return { intent: 'event.create', confidence: 0.85, titleFrom, given: { people } }
  }
  const given = { change: { addPeople: people } }
  if (next === 'it' || next === 'that' || next === 'this')
    return { intent: 'event.update', confidence: 0.88, titleFrom: s.tokens.length, reference: 'last', given }
  return { intent: 'event.update', confidence: 0.8, titleFrom: company.end + 1, given }
}

// "ask Ann and Bob when they can meet next week"   "poll ops for a time next week"   "ask when @ann and @bob can meet"
export function readPoll(view: View): IntentReading | undefined {
  const { s, kept, opening } = view
  const { text } = at(s, opening)
  if (text !== 'ask' && text !== 'poll') return undefined
  const bare = text === 'ask' && at(s, opening + 1).text === 'when'
  const company = readPeopleThere(s, opening + (bare ? 2 : 1), s.tokens.length, kept, closing)
  if (!company) return undefined
  const { end } = company
  const meets = bare
    ? ['can', 'could', 'are'].includes(at(s, end).text) || closing.has(at(s, end).text)
    : says(s, end, 'when') || says(s, end, 'for a time') || says(s, end, 'for a slot') || says(s, end, 'about a time')
  if (!meets) return undefined
  const duration = durationIn(view)
  const title = subjectOf(view, end)
  const deadline = deadlineIn(s, end)
  return {
    intent: 'availability.poll',
    confidence: 0.9,
    titleFrom: s.tokens.length,
    given: {
      people: company.people,
      ...(title === undefined ? {} : { title }),
      ...(duration ? { duration } : {}),
      ...(deadline ? { deadline } : {}),
    },
  }
}

const untilWords = new Set(['by', 'until', 'till', 'within'])
const answerWords = new Set(['answer', 'answers', 'reply', 'replies', 'votes', 'vote'])

/** "by Friday", "answers until tomorrow noon": until when people answer. */
function deadlineIn(s: View['s'], from: number): Phrase | undefined {
  for (let i = from; i < s.tokens.length; i++) {
    const { text } = at(s, i)
    // "answers in an hour", and "within an hour": it is the word before that makes the distance a time.
    const from =
      untilWords.has(text) && text !== 'within' ? i + 1 : text === 'within' || (text === 'in' && answerWords.has(at(s, i - 1).text)) ? i : 0
    const { phrase, phraseAt } = from > 0 ? readTimes(s, from, s.tokens.length) : { phraseAt: [] }
    if (!phrase) continue
    for (const range of phraseAt) seal(s, range.from, range.to)
    return phrase
  }
  return undefined
}

/** "... about the launch", "... for a retro": the last words that no time is in. */
function subjectOf({ s, times }: View, from: number): string | undefined {
  for (let i = from; i < s.tokens.length; i++) {
    if (at(s, i).text !== 'about' && at(s, i).text !== 'for') continue
    if (readAmount(s, i + 1) || says(s, i, 'for a time') || says(s, i, 'about a time') || says(s, i, 'for a slot')) continue
    const start = ['a', 'an', 'the', 'our', 'my'].includes(at(s, i + 1).text) ? i + 2 : i + 1
    let to = start
    while (at(s, to).kind === 'word' && !times.phraseAt.some((each) => each.from === to)) to++
    if (to > start) return s.text.slice(at(s, start).start, at(s, to - 1).end)
  }
  return undefined
}
