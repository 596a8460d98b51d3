import { oneOf, spelled } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import { readAmount } from '../time/amount.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { says, type View } from './view.ts'

export function readHours(view: View): IntentReading | undefined {
  return readWorkingHours(view) ?? readBuffer(view)
}

const leads = phrasebook([
  'my working hours are',
  'my work hours are',
  'my office hours are',
  'my hours are',
  'my hours',
  'my working hours',
  'my work hours',
  'set my working hours to',
  'set my working hours',
  'set my work hours to',
  'set working hours to',
  'change my working hours to',
  'i work from',
  'i work between',
  'i work',
  'i am working from',
  'working hours',
])

// "9 to 5"   "9am - 5:30pm"   "between 8 and 16"
//  ↑ from     ↑ half   ↑ to
const hours =
  /(?<from>\d{1,2})(?::(?<fromMinute>\d{2}))?\s*(?<fromHalf>[ap]m)?\s*(?:to|until|till|and|-|–)\s*(?<to>\d{1,2})(?::(?<toMinute>\d{2}))?\s*(?<toHalf>[ap]m)?(?![\d:])/iv

// "my working hours are 9 to 5"   "I work from 8 to 4, Monday to Thursday"
function readWorkingHours({ s, opening }: View): IntentReading | undefined {
  const found = leads.find(s, opening) ?? leads.find(s, 0)
  if (!found) return undefined
  const start = s.tokens[found.end]?.start
  const rest = start === undefined ? '' : s.text.slice(start)
  const groups = hours.exec(rest)?.groups
  if (!groups) return undefined
  // "I work from 9 to 5 tomorrow" is a plan; a habit names no one day.
  if (/\b(?:tomorrow|today|tonight|next|this)\b/i.test(rest)) return undefined
  const from = clock(groups.from, groups.fromMinute, groups.fromHalf, false)
  const to = clock(groups.to, groups.toMinute, groups.toHalf, isNextHalf(groups))
  if (from === undefined || to === undefined || from === to) return undefined
  return {
    intent: 'settings.update',
    confidence: 0.95,
    titleFrom: s.tokens.length,
    content: null,
    given: { setting: { kind: 'hours', days: daysIn(rest), from, to } },
  }
}

/** "9 to 5" closes in the afternoon; "22 to 6" is of the 24 hour clock. */
function isNextHalf({ from, to, fromHalf, toHalf }: Readonly<Record<string, string | undefined>>): boolean {
  return toHalf === undefined && Number(from) <= 12 && fromHalf?.toLowerCase() !== 'pm' && Number(to) <= Number(from)
}

/** A closing hour that is not after the opening one is in the afternoon: "9 to 5". */
function clock(hour = '', minute = '00', half: string | undefined, afternoon: boolean): string | undefined {
  const said = Number(hour)
  const pm = half?.toLowerCase() === 'pm' || (afternoon && said <= 12)
  const of24 = half === undefined && !afternoon ? said : (said % 12) + (pm ? 12 : 0)
  if (of24 > 24 || Number(minute) > 59 || (half !== undefined && (said < 1 || said > 12))) return undefined
  return `${String(of24 % 24).padStart(2, '0')}:${minute}`
}

const weekdays = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']
const dayName =
  /\b(?<first>mon|tue|wed|thu|fri|sat|sun)\w*(?:\s*(?:to|through|till|until|-|–)\s*(?<last>mon|tue|wed|thu|fri|sat|sun)\w*)?/giv

/** "Monday to Thursday", "Mon, Wed and Fri", "every day", "weekdays"; null when no day is said. */
function daysIn(text: string): readonly number[] | null {
  if (/\b(?:every ?day|daily)\b/i.test(text)) return [1, 2, 3, 4, 5, 6, 7]
  if (/\bweekdays?\b/i.test(text)) return [1, 2, 3, 4, 5]
  const number = (name: string) => weekdays.indexOf(name.slice(0, 2).toLowerCase()) + 1
  const days = [...text.matchAll(dayName)].flatMap(({ groups }) => {
    const first = number(groups?.first ?? '')
    const last = groups?.last === undefined ? first : number(groups.last)
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => ((first - 1 + index) % 7) + 1)
  })
  return days.length === 0 ? null : [...new Set(days)].sort((a, b) => a - b)
}

const keeping = new Set(['keep', 'leave', 'want', 'need', 'have'])

// "keep 15 minutes between my meetings"   "leave me 10 minutes between events"   "no buffer between meetings"
function readBuffer({ s, opening }: View): IntentReading | undefined {
  const none = says(s, opening, 'no buffer') || says(s, opening, 'no breaks')
  const verb = keeping.has(at(s, opening).text) ? opening + 1 : says(s, 0, 'i want') || says(s, 0, 'i need') ? 2 : -1
  if (!none && verb < 0) return undefined
  const from = ['me', 'at'].includes(at(s, verb).text) ? (at(s, verb).text === 'at' ? verb + 2 : verb + 1) : verb
  const amount = none ? undefined : readAmount(s, from)
  if (!none && !amount) return undefined
  let i = none ? opening + 2 : (amount?.end ?? from)
  while (['free', 'of', 'break', 'time', 'buffer', 'off'].includes(at(s, i).text)) i++
  if (at(s, i).text !== 'between') return undefined
  const what = ['my', 'all', 'two'].includes(at(s, i + 1).text) ? i + 2 : i + 1
  if (!['meetings', 'events', 'calls', 'appointments'].includes(at(s, what).text)) return undefined
  const minutes = Math.round((amount?.value.seconds ?? 0) / 60)
  return {
    intent: 'settings.update',
    confidence: 0.93,
    titleFrom: s.tokens.length,
    content: null,
    given: { setting: { kind: 'buffer', minutes } },
  }
}

/** What `readHours` begins with. */
export const hoursWord = oneOf(leads.begins, spelled(...keeping, 'no', 'i'))
