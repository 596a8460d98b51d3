import { spelled } from '../text/beginnings.ts'
import { lastMarks } from '../text/ends.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

/** What `readRemindersOf` begins with. */
export const remindersOfWord = spelled(
  ...'list show what which see view display my the all our open upcoming done completed recurring repeating reminders who when did have'.split(
    ' ',
  ),
)

// "reminders for @ann"   "show the done reminders in #ops"   "what are the reminders for Ann"   "reminders here"
//                ↑ person                              ↑ channel
const listed =
  /^(?:(?:please )?(?:list|show|see|view|display|what are|which are)(?: me)? )?(?:(?:all|of|the|my|our|open|upcoming|done|completed|recurring|repeating) )*reminders (?:(?:for|in|of|to) (?<place><[@#][^>]+>|[#@][\p{L}\p{N}_.-]+|me|here|this channel|the channel)|(?<here>here))$/iu
// "done reminders"   "show my finished reminders"
const onlyDone = /^(?:(?:list|show|see)(?: me)? )?(?:(?:all|my|the|our) )*(?:done|completed|finished) reminders$/i
// "who is done with the report"   "who has finished the report reminder"
const whoIsDone = /^who(?:'s|’s| is| has| all is)? (?:done|finished|completed)(?: with)? (?:the )?(?<what>.+?)(?: reminder)?$/iu

// "when will you remind me to lock up"   "did you remind me to stretch today"
const willRing =
  /^(?:(?:when|what time) (?:will|do|are|did) you (?:going to )?remind(?:ing)? (?:me|us)|(?:did|have|are) you (?:already |going to )?remind(?:ed|ing)? (?:me|us))\b/i

/** Most that begins alike is about something else. */
const about = /remind|done|finished|completed/i

/** Lists of what is for somebody or for a channel, and who is done with what. */
export function readRemindersOf({ s }: View): IntentReading | undefined {
  if (!about.test(s.text)) return undefined
  const text = s.text.trim().replace(lastMarks, '').replace(/\s+/g, ' ')
  const what = whoIsDone.exec(text)?.groups?.what
  if (what !== undefined)
    return { intent: 'reminder.list', confidence: 0.82, titleFrom: s.tokens.length, content: 'progress', given: { title: what } }
  if (onlyDone.test(text) || willRing.test(text)) return { intent: 'reminder.list', confidence: 0.93, titleFrom: s.tokens.length }
  const { place, here } = listed.exec(text)?.groups ?? {}
  const said = here ?? place
  if (said === undefined) return undefined
  return { intent: 'reminder.list', confidence: 0.93, titleFrom: s.tokens.length, given: whose(said) }
}

function whose(said: string): NonNullable<IntentReading['given']> {
  if (said.startsWith('<#') || said.startsWith('#')) return { channel: said }
  if (/^(?:here|this channel|the channel)$/i.test(said)) return { channel: 'here' }
  if (said.startsWith('<@')) return { people: [{ mention: said }] }
  return { people: [{ name: said.replace(/^@/, '').toLowerCase() === 'me' ? 'me' : said.replace(/^@/, '') }] }
}
