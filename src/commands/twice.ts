import type { Context, Outcome } from '#core/command.ts'
import { type Button, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, instant, short } from './answer.ts'
import { occurrencesMeant } from './event/which.ts'
import { dayOf } from './event/window.ts'
import { pointsOnly } from './find.ts'
import { keep } from './question.ts'

const tells = /\b(?:is|are|starts?|begins?|will be)\b|['’]s (?:at|on|now)\b/i

/** Whoever says "schedule", or has pressed what they meant, wants a new event. */
const sure = 0.9

/**
 * "standup is at 10 on Monday", "lunch is at 1": where a standup, or a lunch with somebody, of that day is planned already, it may be told that it moves. Asks whether
 * that one is meant, or a second one.
 */
export async function moveOrSecond(understanding: Understanding, title: string, context: Context): Promise<Outcome | undefined> {
  const { when, recurrence, confidence } = understanding
  if (confidence >= sure || recurrence || !when?.start?.includes('T')) return undefined
  const start = Temporal.Instant.from(when.start)
  const day = dayOf({ start: when.start, timeZone: when.timeZone })
  // "a meeting" may be any.
  if (pointsOnly(title)) return undefined
  const found = await occurrencesMeant({ ...understanding, title, reference: null }, day, context)
  const called = title.toLocaleLowerCase('en')
  const { message } = context
  // "add lunch at 12" wants one of its own; "lunch is at 1" tells of the one with somebody.
  const isTold = message.kind === 'sentence' && tells.test(message.text)
  const alike = found.filter((one) => !one.event.allDay && (isTold || one.title.toLocaleLowerCase('en') === called))
  const [one, ...others] = alike
  if (!one || others.length > 0 || one.startsAt.equals(start)) return undefined
  const to = { kind: 'instant', start: when.start, end: null, grain: 'minute', timeZone: when.timeZone, keeps: 'nothing' } as const
  const moving = { ...understanding, title, intent: 'event.update', changes: { from: day, when: to } } as const
  const id = await keep({ ...moving, alternatives: [{ intent: understanding.intent }] }, title, context)
  const button = (label: string, reading: number): Button => ({ label, token: context.token('answer', id, `reading${reading}`) })
  const clock = start.toZonedDateTimeISO(context.timeZone).toLocaleString('en-US', { hour: 'numeric', minute: '2-digit' })
  const words = say`${strong(short(one.title))} is planned for ${instant(one.startsAt, context)} already. Does it move?`
  return ask(context, words, [button(`Move it to ${clock}`, 0), button('A second one', 1)])
}
