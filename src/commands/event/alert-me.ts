import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { CalendarEvent } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, short } from '../answer.ts'
import { touchedLast } from '../it.ts'
import { morning } from '../moment.ts'
import { alertChanges } from './alerts.ts'
import { lengthInWords, mostAlerts, usualAlerts } from './details.ts'
import { occurrencesMeant } from './which.ts'

// "10 minutes before the standup"   "hour before my dentist appointment"   "the night before the trip on Friday"
//  ↑ lead           ↑ what                                                   ↑ lead    ↑ what
export const before = /^(?<lead>.+?) (?:before|ahead of) (?:(?:the|my|our|every|each) )?(?<what>.+)$/i

// "add a 15 minute alert to pottery"   "put a 1 hour reminder on the launch"
//        ↑ lead             ↑ what
const adding =
  /^(?:please )?(?:add|put) (?:an? )?(?<lead>.+?)[ -](?:alert|reminder) (?:to|for|on) (?:(?:the|my|our|every|each) )?(?<what>.+?)[.!]*$/i
// "remind me a day before the fair on Friday": what is planned is told of from where it is, even when it moves
const asking =
  /^\W*(?:(?:please|pls|can you|could you|hey|can u) )*(?:(?:remind|alert|tell|notify|ping|nudge|poke|buzz|warn) me|give me a (?:heads[ -]?up|nudge|shout|ping|reminder)|lmk|let me know) (?<lead>(?:an? |half an? |the |\d).{1,40}?) (?:before|ahead of) (?:(?:the|my|our|every|each) )?(?<what>.+?)[.!]*$/i
// "add a reminder to the launch 10 minutes before"
const ahead =
  /^(?:please )?(?:add|put|set) (?:an? )?(?:alert|reminder) (?:to|for|on) (?:(?:the|my|our|every|each) )?(?<what>.+?) (?<lead>(?:an? |half an? |\d).{1,40}?) (?:before|ahead|in advance)[.!]*$/i
// "remind me on the morning of the fair"
const sameDay =
  /^\W*(?:please )?(?:remind|alert|tell|notify) me (?:on |in )?(?<lead>the (?:day|morning|evening) of) (?:(?:the|my|our) )?(?<what>.+?)[.!]*$/i
// "the day before the fair [at 6pm]": the clock time is of that day
const atClock = /^(?<what>.+) at (?<clock>noon|\d{1,2}(?::\d{2})? ?(?:am|pm)?)$/i
const partly = /^the (?<part>day|morning|evening|night)(?<of> of)?(?: at (?<clock>.+))?$/i
// "remind me an hour before", right after an event was made
const beforeIt =
  /^\W*(?:(?:please|pls|and|can you|could you) )*(?:remind|alert|tell|notify|ping|nudge|warn) me (?<lead>(?:an? |half an? |\d).{1,40}?) (?:before|ahead|in advance|earlier)(?: (?:it|that|it starts|the start))?[.!]*$/i
const longestSentence = 300

/**
 * "remind me 10 minutes before the standup": one more alert of an event that is there, whoever plans it.
 * Undefined when the words are of no such event.
 */
export function alertMe(understanding: Understanding, text: string, context: Context): Promise<Outcome | undefined> {
  return alertBefore(understanding, before.exec(text)?.groups ?? {}, context)
}

/** "add a 15 minute alert to pottery": the same, of what only those who plan it know to be an event, or whose time was said too. */
export async function alertTo(understanding: Understanding, context: Context): Promise<Outcome | undefined> {
  const { message } = context
  if (message.kind !== 'sentence' || message.text.length > longestSentence) return undefined
  const text = message.text.trim()
  const ofIt = beforeIt.exec(text)?.groups?.lead
  if (ofIt !== undefined) return alertBeforeIt(understanding, ofIt, context)
  return alertBefore(
    understanding,
    (ahead.exec(text) ?? adding.exec(text) ?? sameDay.exec(text) ?? asking.exec(text))?.groups ?? {},
    context,
  )
}

async function alertBefore(
  understanding: Understanding,
  said: Readonly<Partial<Record<string, string>>>,
  context: Context,
): Promise<Outcome | undefined> {
  const { lead, what } = withClock(said)
  if (lead === undefined || what === undefined || understanding.target?.kind !== 'me') return undefined
  const { title, when } = context.understand(`cancel the ${what}`)
  const [one] = await occurrencesMeant({ ...understanding, intent: 'event.find', title: title ?? what, people: [] }, when, context)
  return one && withAlert(lead, one, context)
}

async function alertBeforeIt(understanding: Understanding, lead: string, context: Context): Promise<Outcome | undefined> {
  if ((await touchedLast(context))?.kind !== 'event') return undefined
  const [one] = await occurrencesMeant(
    { ...understanding, intent: 'event.find', title: null, people: [], reference: 'last' },
    null,
    context,
  )
  return one && withAlert(lead, one, context)
}

async function withAlert(lead: string, one: Occurrence, context: Context): Promise<Outcome | undefined> {
  const event = await context.store.events.get(context.space.id, one.event.id)
  const wanted = event && secondsAhead(lead, one, context)
  if (!wanted) return undefined
  const { person, store, now, message } = context
  const own = event.alerts.filter(({ personId }) => personId === person.id).map(({ secondsBefore }) => secondsBefore)
  const seconds = usualAlerts([...own, ...wanted])
  if (new Set([...own, ...wanted]).size > seconds.length)
    return { reply: problem(`I alert you ${mostAlerts} times before an event at most, and at most four weeks before.`) }
  const others = event.alerts.filter(({ personId }) => personId !== person.id)
  const alerts = [...others, ...seconds.map((secondsBefore) => ({ personId: person.id, secondsBefore }))]
  const after: CalendarEvent = { ...event, alerts, version: event.organiserId === person.id ? event.version + 1 : event.version }
  const rings = await alertChanges(event, after, { store, now, origin: message.place })
  const words = say`I tell you ${seconds.map(lengthInWords).join(' and ')} before ${strong(short(event.title))}.`
  return done(context, 'alert added', words, [{ kind: 'event', before: event, after }, ...rings])
}

function withClock({ lead, what }: Readonly<Partial<Record<string, string>>>): { readonly lead?: string; readonly what?: string } {
  if (lead === undefined || what === undefined) return {}
  const timed = partly.test(lead) ? atClock.exec(what)?.groups : undefined
  return timed?.what === undefined ? { lead, what } : { lead: `${lead} at ${timed.clock}`, what: timed.what }
}

/** The hour that a part of a day is: as it is for reminders. */
const hours: Readonly<Record<string, Temporal.PlainTime>> = {
  day: morning,
  morning,
  evening: new Temporal.PlainTime(18),
  night: new Temporal.PlainTime(20),
}

/** "10 minutes", "an hour and a day", "the night": how long before it begins, in seconds; undefined for anything else. */
export function secondsAhead(lead: string, { startsAt }: Occurrence, { understand, timeZone }: Context): readonly number[] | undefined {
  const { part, of, clock } = partly.exec(lead)?.groups ?? {}
  if (part !== undefined) {
    const start = startsAt.toZonedDateTimeISO(timeZone)
    const said = clock === undefined ? null : understand(`remind me ${part.toLowerCase() === 'day' ? '' : part} at ${clock}`).when
    const time = said?.start ? Temporal.Instant.from(said.start).toZonedDateTimeISO(timeZone).toPlainTime() : hours[part.toLowerCase()]
    const seconds = time && Math.round(start.since(start.subtract({ days: of === undefined ? 1 : 0 }).withPlainTime(time)).total('seconds'))
    return seconds !== undefined && seconds > 0 ? [seconds] : undefined
  }
  // The article of "a day before" does not come with the title.
  for (const each of [lead, `a ${lead}`]) {
    const { setting } = understand(`alert me ${each} before by default`)
    if (setting?.kind === 'alerts' && setting.seconds.length > 0) return setting.seconds
  }
  return undefined
}
