import { timed, wholly } from './answer-time.ts'
import type { Draft, Question } from './ports.ts'
import type { Understanding } from './understanding.ts'
import { ofChoices } from './which-choice.ts'
import { chosen } from './which-reading.ts'

/** What a sentence is to the question that was asked before it. */
export type Answer =
  | { readonly kind: 'completed'; readonly understanding: Draft }
  /** "never mind" */
  | { readonly kind: 'dropped' }

/** Reads other words in the way that the sentence itself was read. */
export type Understand = (text: string) => Understanding

/**
 * What the sentence answers; undefined when it is no answer.
 *
 * Only what holds nothing else is one: "tomorrow at 9, please" is, "lunch tomorrow at 9" asks for something new.
 */
export function answerTo(question: Question, read: Understanding, text: string, understand: Understand): Answer | undefined {
  const { draft } = question
  const said = plainly(text)
  if (draft.waits !== undefined) return dropping.has(said) ? completed({ ...draft, said: 'no' }) : consented(draft, said)
  if (dropping.has(said)) return { kind: 'dropped' }
  if (asksNewTime(draft)) return completed(withNewTime(draft, text, understand))
  if (draft.choices) return completed(ofChoices(draft, draft.choices, said))
  if (draft.title === null && draft.content === null && askingWhat.has(draft.intent)) return withTitle(draft, read, text, understand)
  const onList = whichList(draft, said)
  if (onList) return completed(onList)
  if (draft.alternatives.length > 0) return isOfItsOwn(read) ? undefined : completed(chosen(draft, read, said, understand))
  if (draft.intent === 'reminder.create' && timeless.has(said))
    return completed({ ...draft, intent: 'todo.create', title: question.text, when: null })
  if (draft.when?.start && wholeDay.has(said)) return completed({ ...draft, when: wholly(draft.when, draft.when.start) })
  return isOnlyTime(read, text) ? completed(timed(draft, read, namesDay.test(said))) : undefined
}

/** What asks for something beyond doubt is no answer to a question. */
export function mayAnswer({ intent, confidence, content, reference, title }: Understanding): boolean {
  return (
    !asksOtherwise({ intent, confidence }) ||
    (intent === 'batch.import' && content === null) ||
    (title === null && (reference === 'last' || intent.endsWith('.create'))) ||
    // "put it on my list"
    (intent === 'todo.create' && title !== null && pronoun.test(title))
  )
}

const pronoun = /^(?:it|them|that|those|these)$/i

/** What is asked for when it is said without saying of what. */
const askingWhat: ReadonlySet<Understanding['intent']> = new Set(['reminder.create', 'todo.create', 'note.create'])

function completed(understanding: Draft | undefined): Answer | undefined {
  return understanding && { kind: 'completed', understanding }
}

/** "No, thanks!" -> "no thanks" */
function plainly(text: string): string {
  return (
    text
      .toLocaleLowerCase('en')
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}:']+/gu) ?? []
  )
    .filter((word) => word !== 'please')
    .join(' ')
}

// "yes"   "ok, do it"   "go ahead"   "import"   "yes, import them all"   "import 12 events"
const consenting =
  /^(?:(?:yes|yep|yeah|yup|y|ok|okay|sure|fine)\b ?)?(?:go(?: ahead| for it)?|confirm(?:ed)?|proceed|do (?:it|that|so|them|all)|(?:import|add|take)(?: (?:it|that|them|all|everything|these|those|events?|\d+|of|in))*)?$/

/** What was shown first is to be done. */
function consented(draft: Draft, said: string): Answer | undefined {
  return completed(said !== '' && consenting.test(said) ? { ...draft, said: 'yes' } : undefined)
}

/** What shall change was asked, and about which event is known. */
function asksNewTime({ intent, changes, choices }: Draft): boolean {
  return intent === 'event.update' && choices?.length === 1 && Object.keys(changes ?? {}).every((name) => name === 'from')
}

/** "Friday at 3", "to 4pm": what "move it" would go on with. */
function withNewTime(draft: Draft, text: string, understand: Understand): Draft | undefined {
  const moved = understand(`move it to ${text.trim().replace(/^(?:(?:maybe|how about|what about|ok|let's say|to|on|at)\s+)+/i, '')}`)
  const { changes } = moved
  if (moved.title !== null || !changes || (changes.when ?? changes.shift ?? changes.duration) === undefined) return undefined
  return { ...draft, changes, scope: moved.scope ?? draft.scope ?? null }
}

/** Whether a list is to be made was asked: "yes" and "make it" are for it, "on my list" is for the one that everybody has. */
function whichList(draft: Draft, said: string): Draft | undefined {
  const [other] = draft.alternatives
  if (said === '' || draft.intent !== 'todo.create' || other?.list !== null) return undefined
  const sure = { ...draft, confidence: 1, alternatives: [] }
  if (/^(?:(?:no )?(?:just )?(?:put (?:it|them) )?on )?(?:my|the|your) (?:own |usual )?list$/.test(said)) return { ...sure, list: null }
  return /^(?:yes|yep|yeah|yup|y|ok|okay|sure)?(?: ?(?:make|create|add) (?:it|one|that|the list|a new one))?$/.test(said) ? sure : undefined
}

const dropping = new Set([
  'never mind',
  'nevermind',
  'nvm',
  'forget it',
  'forget about it',
  'forget that',
  'cancel',
  'cancel that',
  'cancel it',
  'drop it',
  'leave it',
  'skip it',
  'skip',
  'stop',
  'no',
  'nope',
  'no thanks',
  'no thank you',
  'no leave it',
  'not now',
  'nothing',
  'neither',
  'none',
  "don't",
])
const timeless = new Set([
  'no time',
  'no date',
  'without a time',
  'no reminder',
  'keep as todo',
  'keep it as a todo',
  'as a todo',
  'todo',
  'a todo',
  'make it a todo',
  'just a todo',
  'some day',
  'someday',
  'whenever',
])
const wholeDay = new Set(['all day', 'the whole day', 'whole day', 'all day long', 'full day', "it's all day", 'entire day'])

/** What may stand around a time without saying anything more. */
const fillers = new Set(
  "a about after and at be by do for from hm hmm how i in is it it's let's lets make maybe me of ok okay on please remind say set so some start starting sure thanks that that's the then think to um uh until what will works would yes".split(
    ' ',
  ),
)

function isOnlyTime({ spans, when, recurrence }: Understanding, text: string): boolean {
  if (!when && !recurrence) return false
  const times = spans.filter(({ slot }) => slot === 'when' || slot === 'recurrence')
  const rest = times.toReversed().reduce((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text)
  return plainly(rest)
    .split(' ')
    .every((word) => word === '' || fillers.has(word))
}

/** "to feed the cat in 5 minutes": what the thing is, and perhaps more. */
function withTitle(draft: Understanding, read: Understanding, text: string, understand: Understand): Answer | undefined {
  if (draft.intent === 'note.create') return read.intent === 'none' ? completed({ ...draft, title: text.trim() }) : undefined
  const leads = /^\s*(?:to|that|about)\s/i.test(text)
  if (!leads && asksOtherwise(read)) return undefined
  const { title, when, recurrence } = understand(`remind me ${leads ? '' : 'to '}${text}`)
  if (title === null) return isOnlyTime(read, text) ? completed({ ...draft, when: read.when, recurrence: read.recurrence }) : undefined
  const timedBy = draft.when || draft.recurrence ? {} : { when, recurrence }
  return completed({ ...draft, ...timedBy, title })
}

/** What looks for things, changes them or tells of them is hardly the name of something to do; what makes or cancels may be. */
function asksOtherwise({ intent, confidence }: Pick<Understanding, 'intent' | 'confidence'>): boolean {
  if (intent === 'none') return false
  const looks = /^(?:undo|help|overview|settings|availability|time|digest)|\.(?:list|find|update|snooze|rsvp|attendees|shift)\b/.test(
    intent,
  )
  return confidence >= (looks ? 0.75 : 0.9)
}

/** "tomorrow", "Friday", "May 3", "3.5.": words of a day, not of an hour alone. */
const namesDay =
  /\b(?:today|tomorrow|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|week|month)|\d(?:st|nd|rd|th)\b/

/** "tea with Ida at 3pm" names another thing, although one of the readings may be of 3pm. */
function isOfItsOwn({ intent, title }: Understanding): boolean {
  return intent.endsWith('.create') && title !== null
}
