import type { Context, Outcome } from '#core/command.ts'
import { type Button, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, instant, short } from './answer.ts'
import { keep } from './question.ts'

/** Whoever begins with one of these wants something of ours changed or shown, and nothing new. */
const orders =
  /^\W*(?:please\s+)?(?:repeat|move|cancel|delete|make|change|set|rename|add|remove|invite|show|hide|skip|pause|resume|stop|end|push|shift|bump|postpone|reschedule|colou?r|tell|when|what|who|where|which|is|are|am|do|does|did|can|could|how|why|copy|duplicate|don'?t|got any|any)\b/i

/** What was, how somebody feels and what others did is told, and no plan: "my train was late this morning". */
const told =
  /^\W*(?:she|he|they|it|it['’]?s|you|that|that['’]s|there|see (?:you|ya)|have a|will)\b|^\W*(?:i|we) (?:like|love|hate|feel|think|know|won|lost|had|did|got|saw|was|were|\p{L}+ed)\b|^\W*i(?:['’]?m| am) (?!\p{L}+ing\b)|\b(?:was|were|had been|favou?rite)\b/iu

// "I gotta [pay the rent] on the 1st"   "we still need to [book a venue]"
//           ↑ thing
const needed =
  /^\W*(?:(?:so|and|also|ok|oh|right|hey|argh|ugh|yeah)\W+)*(?:(?:i|we)(?:'ve|’ve|'ll|’ll| still| really| also| just)* )?(?:gotta|got to|need to|needs to|have to|has to|must|should|ought to|better|better not forget to|mustn'?t forget to|shouldn'?t forget to) (?<thing>\S.*?)\W*$/iu
// "buy bread, milk"   "pick up the kids"   "call the plumber": what one tells oneself to do
const errand =
  /^\W*(?<thing>(?:buy|get|grab|order|pick up|drop off|collect|fetch|return|renew|call|ring|phone|text|email|e-mail|mail|message|reply to|write to|pay|send|submit|file|fix|repair|clean|wash|water|feed|charge|print|sign|finish|review|prepare|pack|practi[sc]e|study|read|update|upload|download|install|back up|sort out|look up|look into|check with|ask|research|draft|proofread) (?!it\b|that\b|this\b|me\b|you\b|us\b|up\b$).{2,})$/iu
/** Words that name nothing. */
const fillers = /^(?:(?:no|nope|yes|yeah|and|too|also|ok|okay|oh|hm+|well|so|then|sorry|wait|again|instead|actually|not|but|or)\b\W*)+$/i
/** More words than that tell a story. */
const mostWords = 14

/**
 * Asks what becomes of something that has a time and no word that says what it is: "paint the fence on Monday at 2" may be
 * an event as well as something to be reminded of. What somebody needs to do may be for their list too, without a time.
 * Only whoever speaks to us is asked.
 */
export async function perhaps(understanding: Understanding, context: Context): Promise<Outcome | undefined> {
  const { intent, when, recurrence } = understanding
  const { message } = context
  if (intent !== 'none' || message.kind !== 'sentence' || !message.addressed) return undefined
  const thing = toBeDone(understanding, message.text)
  if (thing !== undefined && !orders.test(thing) && thing.split(/\s+/).length <= mostWords) return toDo(thing, context)
  if (!(when?.start || recurrence) || orders.test(message.text) || told.test(message.text)) return undefined
  const read = context.understand(`schedule ${message.text}`)
  if (read.intent !== 'event.create' || read.title === null || fillers.test(read.title)) return undefined
  const id = await keep({ ...read, alternatives: [{ intent: 'reminder.create' }] }, read.title, context)
  const words = say`What shall I make of ${strong(short(read.title))}${momentOf(read, context)}?`
  return ask(context, words, [button('An event', id, 0, context), button('A reminder', id, 1, context)])
}

/** What somebody says that they need to do, or tells themselves to do, which has no time yet. */
function toBeDone({ when, recurrence }: Understanding, text: string): string | undefined {
  const needs = needed.exec(text)?.groups?.thing
  return needs !== undefined || when || recurrence || text.trim().endsWith('?') ? needs : errand.exec(text)?.groups?.thing
}

/** Something to do: for the list, or to be reminded of. */
async function toDo(thing: string, context: Context): Promise<Outcome | undefined> {
  const read = context.understand(`remind me to ${thing}`)
  if (read.intent !== 'reminder.create' || read.title === null) return undefined
  const id = await keep({ ...read, alternatives: [{ intent: 'todo.create' }] }, read.title, context)
  const words = say`Shall I keep ${strong(short(read.title))}${momentOf(read, context)} for you?`
  return ask(context, words, [button('Remind me', id, 0, context), button('Put it on my list', id, 1, context)])
}

function button(label: string, id: string, reading: number, context: Context): Button {
  return { label, token: context.token('answer', id, `reading${reading}`) }
}

function momentOf({ when, recurrence }: Understanding, context: Context): Text {
  if (recurrence || !when?.start) return []
  if (!when.start.includes('T')) return say`, ${{ kind: 'day', date: when.start }}`
  return say`, ${instant(Temporal.Instant.from(when.start), context)}`
}
