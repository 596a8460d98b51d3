import type { Context, Outcome } from '#core/command.ts'
import type { CalendarEvent } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, short } from '../answer.ts'
import { alertChanges } from './alerts.ts'
import { lengthInWords, mostAlerts, usualAlerts } from './details.ts'
import { occurrencesMeant } from './which.ts'

// "10 minutes before the standup"   "hour before my dentist appointment"
//  ↑ lead           ↑ what
const before = /^(?<lead>.+?) (?:before|ahead of) (?:(?:the|my|our|every|each) )?(?<what>.+)$/i

// "add a 15 minute alert to pottery"   "put a 1 hour reminder on the launch"
//        ↑ lead             ↑ what
const adding =
  /^(?:please )?(?:add|put) (?:an? )?(?<lead>.+?)[ -](?:alert|reminder) (?:to|for|on) (?:(?:the|my|our|every|each) )?(?<what>.+?)[.!]*$/i
const longestSentence = 300

/**
 * "remind me 10 minutes before the standup": one more alert of an event that is there, whoever plans it.
 * Undefined when the words are of no such event.
 */
export function alertMe(understanding: Understanding, text: string, context: Context): Promise<Outcome | undefined> {
  return alertBefore(understanding, before.exec(text)?.groups ?? {}, context)
}

/** "add a 15 minute alert to pottery": the same, of what only those who plan it know to be an event. */
export async function alertTo(understanding: Understanding, context: Context): Promise<Outcome | undefined> {
  const { message } = context
  if (message.kind !== 'sentence' || message.text.length > longestSentence) return undefined
  return alertBefore(understanding, adding.exec(message.text.trim())?.groups ?? {}, context)
}

async function alertBefore(
  understanding: Understanding,
  { lead, what }: Readonly<Partial<Record<string, string>>>,
  context: Context,
): Promise<Outcome | undefined> {
  if (lead === undefined || what === undefined || understanding.target?.kind !== 'me') return undefined
  const { setting } = context.understand(`alert me ${lead} before by default`)
  if (setting?.kind !== 'alerts' || setting.seconds.length === 0) return undefined
  const [one] = await occurrencesMeant({ ...understanding, intent: 'event.find', title: what, people: [] }, null, context)
  const event = one && (await context.store.events.get(context.space.id, one.event.id))
  if (!event) return undefined
  const { person, store, now, message } = context
  const own = event.alerts.filter(({ personId }) => personId === person.id).map(({ secondsBefore }) => secondsBefore)
  const seconds = usualAlerts([...own, ...setting.seconds])
  if (new Set([...own, ...setting.seconds]).size > seconds.length)
    return { reply: problem(`I alert you ${mostAlerts} times before an event at most, and at most four weeks before.`) }
  const others = event.alerts.filter(({ personId }) => personId !== person.id)
  const alerts = [...others, ...seconds.map((secondsBefore) => ({ personId: person.id, secondsBefore }))]
  const after: CalendarEvent = { ...event, alerts, version: event.organiserId === person.id ? event.version + 1 : event.version }
  const rings = await alertChanges(event, after, { store, now, origin: message.place })
  const words = say`I tell you ${seconds.map(lengthInWords).join(' and ')} before ${strong(short(event.title))}.`
  return done(context, 'alert added', words, [{ kind: 'event', before: event, after }, ...rings])
}
