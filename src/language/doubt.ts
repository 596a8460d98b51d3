import { weekdayOf } from '#core/days.ts'
import type { Intent } from '#core/understanding.ts'
import type { Reading } from './reading.ts'
import { spreads } from './repeat/often.ts'
import type { Repeat } from './repeat/repeat.ts'
import { lengthOfRange } from './repeat/rule-clocks.ts'
import { type SharedZone, sharedZones } from './shared-zones.ts'
import { at, type Sentence } from './text/tokens.ts'
import type { Clock, Phrase } from './time/expression.ts'
import { resolvePhrase } from './time/resolve.ts'
import { resolveDays } from './time/resolve-days.ts'
import { forEvents, type Present } from './time/resolver.ts'
import { dayOf } from './time/wall.ts'
import type { Times } from './times.ts'

/** The shared abbreviation among the words of time, if there is one. */
export function findSharedZone(s: Sentence, { phrase, repeat, phraseAt, repeatAt }: Times): SharedZone | undefined {
  if (phrase?.zone === undefined && phrase?.to?.zone === undefined && repeat?.zone === undefined) return undefined
  for (const { from, to } of [...phraseAt, ...repeatAt])
    for (let i = from; i < to; i++) {
      const { text } = at(s, i)
      if (text === 'cst' || text === 'ist' || text === 'bst') return text
    }
  return undefined
}

/** Only who plans something is asked back. */
const asking = new Set<Intent>(['event.create', 'event.update', 'reminder.create', 'reminder.update', 'reminder.snooze', 'todo.create'])

/** A doubt about times: the readings that a careful assistant would ask about, the likeliest first; undefined when there is none. */
type Asker = (times: Times, reading: Reading, present: Present) => readonly Times[] | undefined

/** Tried in this order; one question is enough. */
const askers: readonly Asker[] = [whichOne, whichZone, whichOrder, whichDays, whichWeek, whichEnd, whichHalf, whichMonthEnd]

/** What a reading's times may mean, the likeliest first. One unless a person planning something ought to be asked. */
export function likelyTimes(reading: Reading, intent: Intent, present: Present): readonly Times[] {
  const { times } = reading
  if (!times.phrase && !times.repeat) return [times]
  for (const ask of askers) {
    const found = ask(times, reading, present)
    if (found) return asking.has(intent) ? found : found.slice(0, 1)
  }
  return [times]
}

// "Tuesday or Wednesday at 3": the first that was said, or the other
function whichOne(times: Times): readonly Times[] | undefined {
  return times.either && [times, { ...times, phrase: times.either }]
}

// "9am CST": Chicago for who lives in America, Shanghai for who lives in China, a question for who lives in Paris
function whichZone(times: Times, { doubt }: Reading, { timeZone }: Present): readonly Times[] | undefined {
  if (!doubt.zone) return undefined
  const meanings = sharedZones[doubt.zone]
  const own = meanings.find(([, regions]) => regions.test(timeZone))
  return (own ? [own] : meanings).map(([zone]) => inZone(times, zone))
}

function inZone(times: Times, zone: string): Times {
  const moved = (phrase: Phrase): Phrase => ({ ...phrase, zone, to: phrase.to && { ...phrase.to, zone: phrase.to.zone && zone } })
  return { ...times, phrase: times.phrase && moved(times.phrase), repeat: times.repeat && { ...times.repeat, zone } }
}

// "on 3/4": the third of April, or March the 4th
function whichOrder(times: Times, { doubt }: Reading): readonly Times[] | undefined {
  return doubt.swapped && [times, doubt.swapped]
}

// "twice a week": on Monday and Thursday, or on Tuesday and Friday
function whichDays(times: Times): readonly Times[] | undefined {
  const { repeat } = times
  if (!repeat || repeat.often === undefined) return undefined
  const found = spreads(repeat)
  return found.length > 0 ? found.map((each) => ({ ...times, repeat: each })) : undefined
}

// "next Friday" on a Monday: this week's, or the one after
function whichWeek(times: Times, _: Reading, { now, timeZone }: Present): readonly Times[] | undefined {
  const { phrase, repeat } = times
  if (repeat || phrase?.days?.kind !== 'weekday' || phrase.days.which !== 'next') return undefined
  const today = dayOf(now, timeZone)
  const { start } = resolveDays(phrase.days, today)
  if (start > today + 7 - weekdayOf(today)) return undefined
  const week = { months: 0, days: 7, workdays: 0, seconds: 0, unit: 'day' } as const
  return [times, { ...times, phrase: { ...phrase, days: { kind: 'shift', amount: week, from: phrase.days } } }]
}

/** Over a night people plan less than this; what is longer was more likely said the wrong way round. In seconds. */
const longestNight = 16 * 3600

// "from 4pm to 3pm": until the day after, or the two the other way round
function whichEnd(times: Times, { intent }: Reading, present: Present): readonly Times[] | undefined {
  if (intent !== 'event.create') return undefined
  const { phrase, repeat } = times
  if (repeat) {
    const { between } = repeat
    if (!between || (lengthOfRange(repeat) ?? 0) <= longestNight || !isEarlier(between.to, between.from)) return undefined
    return [times, { ...times, repeat: { ...repeat, between: { from: between.to, to: between.from } } }]
  }
  const [clock] = phrase?.clocks ?? []
  if (!phrase?.until || !clock || phrase.to || !isEarlier(phrase.until, clock)) return undefined
  const { start, end } = resolvePhrase(phrase, present, forEvents) ?? {}
  if (!start?.includes('T') || !end?.includes('T')) return undefined
  const seconds = Temporal.Instant.from(end).since(Temporal.Instant.from(start)).total('seconds')
  return seconds > longestNight ? [times, { ...times, phrase: { ...phrase, clocks: [phrase.until], until: clock } }] : undefined
}

/** Within one day, as far as the halves of the day were said. */
function isEarlier(a: Clock, b: Clock): boolean {
  const minutes = ({ hour, minute, half }: Clock) => (half === 'am' ? hour % 12 : half === 'pm' ? (hour % 12) + 12 : hour) * 60 + minute
  return minutes(a) < minutes(b)
}

/** What people do early in the day as well as late. */
const early =
  /\b(?:wak\w*|get up|run|jog|gym|work ?out|swim|yoga|train|flight|fly|plane|airport|taxi|cab|breakfast|sunrise|market|leave|pills?|medicine|meds)\b/i

const waking = /\b(?:wak(?:e|ing)|alarm)\b/i

// "remind me tomorrow at 6 to run": in the morning, or in the evening
function whichHalf(times: Times, { title, intent, text }: Reading, { now, timeZone }: Present): readonly Times[] | undefined {
  const { phrase, repeat } = times
  const clocks = repeat ? repeat.clocks : (phrase?.clocks ?? [])
  const [clock] = clocks
  if (!clock || clocks.length > 1 || clock.half !== '' || clock.hour < 5 || clock.hour > 8) return undefined
  const wakes = intent === 'reminder.create' && waking.test(text.slice(0, 200))
  if (clock.hour > 6 && !wakes) return undefined
  if (phrase?.part ?? repeat?.part ?? phrase?.until ?? repeat?.between ?? phrase?.shift) return undefined
  const reminder = intent.startsWith('reminder')
  // "at 6" alone is the next one, unless it wakes somebody.
  const soon = !repeat && (phrase?.days === undefined || isToday(phrase, now, timeZone))
  if (!wakes && !early.test(title ?? '') && (!reminder || soon)) return undefined
  if (soon && !wakes) return undefined
  const morning = withClock(times, { ...clock, half: 'am' })
  return wakes ? [morning, withClock(times, { ...clock, half: 'pm' })] : [times, morning]
}

function isToday(phrase: Phrase, now: Temporal.Instant, timeZone: string): boolean {
  const today = dayOf(now, timeZone)
  return phrase.days !== undefined && resolveDays(phrase.days, today).start === today
}

function withClock(times: Times, clock: Clock): Times {
  const phrase = times.phrase && { ...times.phrase, clocks: times.phrase.clocks.length > 0 ? [clock] : [] }
  return { ...times, phrase, repeat: times.repeat && { ...times.repeat, clocks: [clock] } }
}

// "on the 31st of every month": only of the months that have one, or on the last day of each
function whichMonthEnd(times: Times): readonly Times[] | undefined {
  const { repeat } = times
  if (!repeat || repeat.weekdays.length > 0 || repeat.monthDays.length !== 1) return undefined
  const [rank] = repeat.monthDays
  const skips =
    (rank === 31 && repeat.frequency === 'MONTHLY' && repeat.months.length === 0) ||
    (rank === 29 && repeat.frequency === 'YEARLY' && repeat.months.length === 1 && repeat.months[0] === 2)
  const last: Repeat = { ...repeat, monthDays: [-1] }
  return skips ? [times, { ...times, repeat: last }] : undefined
}
