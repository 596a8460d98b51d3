import type { Intent } from '#core/understanding.ts'
import { oneOf, spelled } from '../text/beginnings.ts'
import { at, isCapital, type Sentence } from '../text/tokens.ts'
import type { Unit } from '../text/words.ts'
import type { TokenRange } from '../times.ts'
import { findListName } from './create-todo.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { type Family, familyOf, subject } from './subject.ts'
import { nounAt, nounWord, says, type View } from './view.ts'

const small = new Set([
  'the',
  'my',
  'a',
  'an',
  'our',
  'all',
  'of',
  'any',
  'that',
  'this',
  'every',
  'me',
  'next',
  'upcoming',
  'scheduled',
  'both',
  'last',
  'latest',
  'first',
  'weekly',
  'daily',
  'pending',
  'remaining',
  'current',
])

const questions = new Set([
  'what',
  "what's",
  'whats',
  "how's",
  'which',
  'when',
  "when's",
  'do',
  'does',
  'did',
  'is',
  'are',
  'am',
  'how',
  'have',
  'any',
  'where',
  'who',
  'anything',
  'got',
  "what're",
  "what've",
  'will',
])

const showing = new Set([
  'list',
  'show',
  'display',
  'view',
  'see',
  'read',
  'tell',
  'give',
  'check',
  'open',
  'browse',
  'pull',
  'look',
  'find',
  'get',
  'name',
  'describe',
  'recite',
  'say',
  'report',
  'present',
  'bring',
  'search',
])

/** Ways to ask for a day from its beginning to its end. */
const walks = phrasebook([
  'run me through',
  'run us through',
  'walk me through',
  'walk us through',
  'talk me through',
  'talk us through',
  'take me through',
  'take us through',
])

/** What `readList` begins with: questions, "show", "run me through", and bare nouns with small words before them. */
export const listWord = oneOf(spelled(...questions, ...showing, ...small, 'plan'), walks.begins, nounWord)

const lists: Readonly<Record<Family, Intent>> = {
  event: 'event.list',
  reminder: 'reminder.list',
  todo: 'todo.list',
  note: 'note.list',
  group: 'group.list',
  digest: 'event.list',
}

const onThen = phrasebook([
  "what's on",
  'what is on',
  'whats on',
  'anything on',
  "what's left",
  'what is left',
  'whats left',
  'anything left',
])

/** What only says that somebody has them: "which reminders [do I have]". */
const havings = phrasebook([
  'do i have',
  'do i have set',
  'have i got',
  'have i set',
  'i have',
  'i have set',
  "i've got",
  "i've set",
  'do we have',
  'have we got',
  'we have',
  'are there',
  'are set',
  'are left',
  'are still open',
  'are open',
  'are due',
])

// "list my reminders"   "what's on Friday"   "do I have any meetings today"   "agenda"   "todos"
export function readList(view: View): IntentReading | undefined {
  const { s, opening, end, times } = view
  const first = at(s, opening)
  const about = subject(view, showing.has(first.text) ? opening + 1 : opening)
  const bare = barePlural(view)
  if (bare) return bare
  // "have a meeting", "have lunch", "let's do coffee": no question, unlike "have I ..."
  const does = first.text === 'do' && nounAt(s, opening + 1)?.noun === 'event'
  const holds =
    does || (first.text === 'have' && (['a', 'an', 'another'].includes(at(s, opening + 1).text) || nounAt(s, opening + 1) !== undefined))
  const asks = questions.has(first.text) && !holds
  // "tell Ann I'm late for lunch" is for Ann.
  const shows = showing.has(first.text) && !(first.text === 'tell' && isCapital(s, opening + 1))
  // "anything after 3 today", "anything tomorrow?"
  const [stretch] = times.phraseAt
  if (first.text === 'anything' && stretch && stretch.from <= opening + 2 && endsAt(s, stretch.to))
    return { intent: 'event.list', confidence: 0.85, titleFrom: end }
  const stretched = times.phrase !== undefined || findOwnStretch(s, opening, end) !== undefined || findOwnPart(s, opening, end)
  if (stretched && walks.find(s, opening)) return { intent: 'event.list', confidence: 0.85, titleFrom: end }
  if (!asks && !shows) return undefined
  // "open up a new list": one that is not there yet.
  if (shows && about?.family === 'todo' && at(s, about.drop[0] - 1).text === 'new')
    return { intent: 'todo.create', confidence: 0.75, titleFrom: about.end }
  if (shows && erases(s, opening + 1, end)) return undefined
  const list = asks ? findListName(view, opening) : undefined
  if (list && about?.family === 'event') return { intent: 'todo.list', confidence: 0.75, titleFrom: end, drop: [[list.from, list.to]] }
  if (
    about &&
    first.text !== 'who' &&
    first.text !== 'how' &&
    !(first.text === 'get' || first.text === 'find' || first.text === 'search')
  ) {
    const titleFrom = havings.find(s, about.end)?.end ?? about.end
    return { intent: lists[about.family], confidence: isOwn(s, opening, end) ? 0.92 : 0.75, titleFrom, drop: [about.drop] }
  }
  const then = shows ? (oneThen(view) ?? stretchShown(view)) : undefined
  if (then) return then
  const mine = findOwn(s, opening, end)
  if (mine && (says(s, mine + 1, 'have to do') || says(s, mine + 1, 'need to do') || says(s, mine + 1, 'need to get done')))
    return { intent: 'todo.list', confidence: 0.75, titleFrom: end }
  if (mine && (stretched || at(s, mine).text === 'have') && (asks || shows))
    return { intent: 'event.list', confidence: times.phrase ? 0.85 : 0.6, titleFrom: end }
  if (times.phrase && onThen.find(s, opening)) return { intent: 'event.list', confidence: 0.92, titleFrom: end }
  if (
    says(s, opening, "what's next") ||
    says(s, opening, "what's up next") ||
    says(s, opening, "what's coming up") ||
    says(s, opening, 'what is next')
  )
    return { intent: 'event.list', confidence: 0.85, titleFrom: end }
  return undefined
}

// "show me [the 3pm tomorrow]"   "open [my 10:30]": what begins then
function oneThen({ s, opening, times }: View): IntentReading | undefined {
  const from = at(s, opening + 1).text === 'me' ? opening + 2 : opening + 1
  const [stretch] = times.phraseAt
  const timed = times.phrase && times.phrase.clocks.length > 0 && times.phrase.open === undefined && times.repeat === undefined
  if (!['the', 'my', 'our'].includes(at(s, from).text) || !timed || !stretch) return undefined
  return stretch.from <= from + 1 && endsAt(s, stretch.to) ? { intent: 'event.find', confidence: 0.75, titleFrom: stretch.to } : undefined
}

const looking = new Set(['show', 'display', 'view', 'see', 'check', 'open', 'pull', 'bring'])

// "show me [December]"   "check [next week]": nothing but a stretch of days, from one's own plans
function stretchShown({ s, opening, end, times }: View): IntentReading | undefined {
  if (!looking.has(at(s, opening).text) || times.phrase?.days === undefined || times.phrase.clocks.length > 0) return undefined
  const [stretch, ...others] = times.phraseAt
  const leads = stretch ? stretch.from - opening : 0
  if (!stretch || others.length > 0 || leads > 2 || !endsAt(s, stretch.to)) return undefined
  return leads === 1 || ['me', 'us', 'up', 'out'].includes(at(s, opening + 1).text)
    ? { intent: 'event.list', confidence: 0.85, titleFrom: end }
    : undefined
}

function endsAt(s: Sentence, i: number): boolean {
  const { kind } = at(s, i)
  return kind === 'end' || kind === 'mark'
}

const stretches = new Set<Unit | ''>(['day', 'week', 'month'])

/** "my day", "our week": what one has before one, not "my day off". */
export function findOwnStretch(s: Sentence, from: number, end: number): (TokenRange & { readonly unit: Unit }) | undefined {
  for (let i = from; i < Math.min(end, from + 8); i++) {
    const { unit, plural } = at(s, i + 1).word
    const own = at(s, i).text === 'my' || at(s, i).text === 'our'
    if (own && unit !== '' && stretches.has(unit) && !plural && !beyond.has(at(s, i + 2).text)) return { from: i, to: i + 2, unit }
  }
  return undefined
}

/** "my afternoon": today's, as long as nobody names another day. */
function findOwnPart(s: Sentence, from: number, end: number): boolean {
  for (let i = from; i < Math.min(end, from + 8); i++)
    if (at(s, i).text === 'my' && at(s, i + 1).word.part !== '' && !beyond.has(at(s, i + 2).text)) return true
  return false
}

/** "my day off", "my week in Rome" */
const beyond = new Set(['off', 'in', 'at', 'with', 'of', 'job', 'was'])

const finds: Readonly<Partial<Record<Family, Intent>>> = {
  event: 'event.find',
  note: 'note.find',
  todo: 'todo.list',
  reminder: 'reminder.list',
}

// "find the meeting with Ann"   "search my notes for the door code"   "where is the offsite meeting"
export function readFind(view: View): IntentReading | undefined {
  const { s, opening } = view
  const { text } = at(s, opening)
  const looks = text === 'look' && ['for', 'up'].includes(at(s, opening + 1).text)
  if (text !== 'find' && text !== 'search' && text !== 'locate' && !looks) return undefined
  const about = subject(view, opening + 1)
  const intent = about && finds[about.family]
  if (!about || !intent) return undefined
  const general = ['meeting', 'meetings', 'event', 'events', 'note', 'notes', 'calendar'].includes(at(s, about.drop[0]).text)
  return { intent, confidence: 0.85, titleFrom: opening + 1, drop: general ? [about.drop] : [] }
}

/** "open my calendar and erase Friday": the last word counts. */
function erases(s: Sentence, from: number, end: number): boolean {
  for (let i = from; i < Math.min(end, from + 12); i++) if (['delete', 'erase', 'remove', 'cancel'].includes(at(s, i).text)) return true
  return false
}

/** Whether the sentence speaks of the speaker's own things. */
function isOwn(s: Sentence, from: number, end: number): boolean {
  for (let i = from; i < Math.min(end, from + 12); i++)
    if (
      ['my', 'our', "today's", 'today', 'tomorrow'].includes(at(s, i).text) ||
      says(s, i, 'do i have') ||
      says(s, i, 'i have') ||
      says(s, i, 'do we have')
    )
      return true
  return false
}

/** "I", "my", "we" of "what do I have tomorrow". */
function findOwn(s: Sentence, from: number, end: number): number {
  for (let i = from; i < Math.min(end, from + 10); i++) {
    const { text } = at(s, i)
    if (
      (text === 'i' || text === 'we') &&
      (at(s, i + 1).text === 'have' ||
        at(s, i + 1).text === 'got' ||
        at(s, i + 1).text === 'doing' ||
        at(s, i + 1).text === 'need' ||
        at(s, i + 1).text === 'supposed')
    )
      return i
    if (
      text === 'my' &&
      (at(s, i + 1).text === 'day' || at(s, i + 1).text === 'week' || at(s, i + 1).word.part !== '' || at(s, i + 1).text === 'plate')
    )
      return i
    if (text === 'am' && at(s, i + 1).text === 'i' && at(s, i + 2).text === 'doing') return i
  }
  return 0
}

const singular = new Set(['drinks', 'cocktails', 'pilates'])

/** "drinks at 9" is one thing, and so is "class tomorrow". */
function isPlural(text: string): boolean {
  return text.endsWith('s') && !text.endsWith('ss') && !singular.has(text)
}

// "reminders"   "my todos"   "agenda for Friday"   "todo list"   "upcoming meetings"
function barePlural(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  let i = opening
  while (i < end && small.has(at(s, i).text)) i++
  const noun = nounAt(s, i)
  if (at(s, i).text === 'plan' && i > opening) return planFor(view, i)
  if (!noun) return undefined
  const next = at(s, i - 1).text === 'next' && (at(s, noun.end).kind === 'end' || at(s, noun.end).kind === 'mark')
  if (next && (noun.noun === 'reminder' || noun.noun === 'event')) return { intent: lists[noun.noun], confidence: 0.85, titleFrom: end }
  const then = nounAt(s, noun.end)
  const last = then && then.noun !== 'event' ? then : noun
  const family = familyOf[noun.noun === 'list' ? 'todo' : noun.noun]
  const isList = isPlural(at(s, i).text) || noun.noun === 'calendar' || last.noun === 'list'
  if (!family || !isList) return undefined
  const rest = at(s, last.end)
  const timed = view.times.phraseAt.some(
    (stretch) => stretch.from === last.end && (stretch.to >= end - 1 || at(s, stretch.to).kind !== 'word'),
  )
  if (rest.kind !== 'end' && rest.kind !== 'mark' && !timed && rest.text !== 'please') return undefined
  if (namesNew(s, last.end)) return undefined
  return { intent: lists[family], confidence: 0.93, titleFrom: end }
}

/** "schedule <i>tea</i> at 3", "schedule *tea* at 3", "schedule "Tea" at 3": a name follows, in marks or quotes. */
function namesNew({ tokens, sealed }: Sentence, i: number): boolean {
  if (tokens[i - 1]?.text !== 'schedule') return false
  const [mark, word] = [tokens[i], tokens[i + 1]]
  return sealed[i] === 1 || (mark?.kind === 'mark' && !mark.glued && word?.glued === true)
}

// "my weekly plan"   "the plan for tomorrow"
function planFor({ s, end, times }: View, i: number): IntentReading | undefined {
  const rest = at(s, i + 1)
  const timed = times.phraseAt.some(({ from }) => from === i + 1 || (from === i + 2 && rest.text === 'for'))
  return rest.kind === 'end' || rest.kind === 'mark' || timed ? { intent: 'event.list', confidence: 0.75, titleFrom: end } : undefined
}
