import type { Context, Outcome } from '#core/command.ts'
import { type Button, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, instant, short } from './answer.ts'
import { keep } from './question.ts'

/** Whoever begins with one of these wants something of ours changed or shown, and nothing new. */
const orders =
  /^\W*(?:please\s+)?(?:repeat|move|cancel|delete|make|change|set|rename|add|remove|invite|show|hide|skip|pause|resume|stop|push|shift|postpone|reschedule|colou?r|tell|when|what|who|where|which|is|are|am|do|does|did|can|could|how|why)\b/i

/**
 * Asks what becomes of something that has a time and no word that says what it is: "paint the fence on Monday at 2" may be
 * an event as well as something to be reminded of. Only whoever speaks to us is asked.
 */
export async function perhaps({ intent, when, recurrence }: Understanding, context: Context): Promise<Outcome | undefined> {
  const { message } = context
  if (intent !== 'none' || message.kind !== 'sentence' || !message.addressed || !(when?.start || recurrence)) return undefined
  if (orders.test(message.text)) return undefined
  const read = context.understand(`schedule ${message.text}`)
  if (read.intent !== 'event.create' || read.title === null) return undefined
  const id = await keep({ ...read, alternatives: [{ intent: 'reminder.create' }] }, read.title, context)
  const button = (label: string, reading: number): Button => ({ label, token: context.token('answer', id, `reading${reading}`) })
  const words = say`What shall I make of ${strong(short(read.title))}${momentOf(read, context)}?`
  return ask(context, words, [button('An event', 0), button('A reminder', 1)])
}

function momentOf({ when, recurrence }: Understanding, context: Context): Text {
  if (recurrence || !when?.start) return []
  if (!when.start.includes('T')) return say`, ${{ kind: 'day', date: when.start }}`
  return say`, ${instant(Temporal.Instant.from(when.start), context)}`
}
