import type { Context } from '#core/command.ts'
import type { Understanding } from '#core/understanding.ts'
import { secondsAhead } from './alert-me.ts'
import { occurrencesMeant } from './which.ts'

const lead = String.raw`(?:an? |half an? |the |\d)[^,]{1,40}?`
const before = '(?:before|ahead of) (?:(?:the|my|our|his|her|their) )?'
// "remind me to pack two hours before the flight"
const behind = new RegExp(String.raw`^\W*(?:please )?remind me to (?<task>.+?) (?<lead>${lead}) ${before}(?<what>.+?)[.!]*$`, 'i')
// "remind me an hour before lunch to leave"
const ahead = new RegExp(String.raw`^\W*(?:please )?remind me (?<lead>${lead}) ${before}(?<what>.+?) to (?<task>.+?)[.!]*$`, 'i')
const longestSentence = 300

/**
 * Something to do before what is planned: the reminder that it is, at the moment before the next time that takes place.
 * Undefined when the words are of no such event.
 */
export async function taskBefore(understanding: Understanding, context: Context): Promise<Understanding | undefined> {
  const { message, timeZone, now } = context
  if (message.kind !== 'sentence' || message.text.length > longestSentence || understanding.recurrence) return undefined
  const { task, lead, what } = (ahead.exec(message.text) ?? behind.exec(message.text))?.groups ?? {}
  if (task === undefined || lead === undefined || what === undefined) return undefined
  const { title, when } = context.understand(`cancel the ${what}`)
  const asked: Understanding = { ...understanding, intent: 'event.find', title: title ?? what, people: [], reference: null }
  const found = await occurrencesMeant(asked, when, context)
  const one = found.find(({ startsAt }) => Temporal.Instant.compare(startsAt, now) > 0)
  const [seconds] = (one && secondsAhead(lead, one, context)) ?? []
  if (!one || seconds === undefined) return undefined
  const at = one.startsAt.toZonedDateTimeISO(timeZone).subtract({ seconds }).toString({ timeZoneName: 'never' })
  return { ...understanding, title: task, when: { kind: 'instant', start: at, end: null, grain: 'minute', timeZone } }
}
