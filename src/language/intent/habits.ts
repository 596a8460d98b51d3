import type { Setting } from '#core/understanding.ts'
import { spelled } from '../text/beginnings.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

/** How somebody wants to be told of things when nobody says: alerts before events, what they missed. */

/** What `readHabits` begins with. */
export const habitsWord = spelled(
  ...'always alert remind notify ping warn no never my default set turn switch disable enable stop catch do dont automatic automatically by'.split(
    ' ',
  ),
  "don't",
)

const beings = '(?:alert|notify|ping|warn|remind)'
const things = '(?:(?:all |each |every |any )?(?:of )?(?:my )?(?:events?|meetings?|appointments?))'
// "alert me 10 minutes before by default"   "always notify me 1 day and 15 minutes before my meetings"   "my default alert is 10 minutes before"
const wanted = [
  new RegExp(
    `^(?:by default,? )?(?:always )?${beings} me (?<lead>.+?) (?:before|ahead|earlier|in advance)(?: of)?(?: ${things})?(?: by default)?$`,
    'i',
  ),
  /^(?:set )?(?:my |the )?(?:default|usual) (?:alert|reminder)s?(?: time)? (?:is|are|to|:) (?<lead>.+?)(?: (?:before|ahead|earlier))?$/i,
]
const usual =
  /by default|^always |^(?:set )?(?:my |the )?(?:default|usual) (?:alert|reminder)|(?:before|ahead of) (?:(?:all |each |every |any )?(?:of )?my (?:events|meetings|appointments)|(?:all|each|every|any) (?:my )?(?:events?|meetings?|appointments?))\b/i
// "no alerts by default"   "turn off my default alerts"   "don't alert me before my events"
const unwanted = new RegExp(
  `^(?:no (?:default )?alerts?(?: by default| before ${things})|(?:turn|switch) off (?:my |the )?default alerts?|(?:don'?t|do not|never|stop) ${beings}(?:ing)? me before ${things}(?: by default)?|no default alerts?)$`,
  'i',
)
// "catch me up after 5 days away"   "catch me up when I come back after a week"
const catching =
  /^(?:always |automatically )?catch me up (?:automatically )?(?:when I (?:come|am|get) back )?after (?<lead>.+?)(?: away| off| of absence)?$/i
const uncaught =
  /^(?:(?:don'?t|do not|never) catch me up(?: automatically| any ?more)?|(?:turn|switch) off (?:the |my )?(?:automatic )?catch-?ups?|no (?:automatic )?catch-?ups?|stop catching me up)$/i
const caught = /^(?:turn|switch) on (?:the |my )?(?:automatic )?catch-?ups?$/i

/** Without one of these it is no such sentence, which most that begin alike are. */
const telling = /default|usual|always|before|ahead|earlier|advance|catch|alert/i

/** After so many days away, when nobody says. */
const usualDays = 3

export function readHabits({ s }: View): IntentReading | undefined {
  if (!telling.test(s.text)) return undefined
  const text = s.text
    .trim()
    .replace(/(?<![.!\s])[.!\s]+$/, '')
    .replace(/\s+/g, ' ')
    .replaceAll('’', "'")
    .replace(/^please /i, '')
  const setting = alertsIn(text) ?? catchUpIn(text)
  return setting && { intent: 'settings.update', confidence: 0.94, titleFrom: 0, content: null, given: { setting } }
}

function alertsIn(text: string): Setting | undefined {
  if (unwanted.test(text)) return { kind: 'alerts', seconds: [] }
  // "remind me an hour before my meeting" is about that one.
  const lead = usual.test(text) ? wanted.map((form) => form.exec(text)?.groups?.lead).find((found) => found !== undefined) : undefined
  const seconds = lead === undefined ? undefined : amountsIn(lead)
  return seconds && { kind: 'alerts', seconds }
}

function catchUpIn(text: string): Setting | undefined {
  if (uncaught.test(text)) return { kind: 'catchup', days: 0 }
  if (caught.test(text)) return { kind: 'catchup', days: usualDays }
  const [seconds, ...more] = amountsIn(catching.exec(text)?.groups?.lead ?? '') ?? []
  return seconds === undefined || more.length > 0 ? undefined : { kind: 'catchup', days: Math.max(1, Math.round(seconds / 86_400)) }
}

const units: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400, w: 604_800 }
const counts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  ten: 10,
  fifteen: 15,
  thirty: 30,
}
const amount =
  /^(?:(?<half>half an? )|(?<count>\d{1,4}|[a-z]+) )?(?<glued>\d{1,4})?(?<unit>m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/i

/** "10 minutes", "1 day and 15 minutes", "half an hour": each of them in seconds; undefined when there is anything else. */
function amountsIn(words: string): readonly number[] | undefined {
  const found = words.split(/,? and |, /i).map((each) => {
    const { half, count, glued, unit } = amount.exec(each.trim())?.groups ?? {}
    const seconds = units[unit?.[0]?.toLowerCase() ?? '']
    const bare = unit !== undefined && unit.length > 3 ? 1 : Number.NaN
    const number = half ? 0.5 : Number(glued ?? (count === undefined ? bare : (counts[count.toLowerCase()] ?? count)))
    return seconds === undefined ? Number.NaN : number * seconds
  })
  return found.every((seconds) => Number.isFinite(seconds)) ? found : undefined
}
