import type { Recurrence, Understanding, When } from '#core/understanding.ts'
import { isAnyDay, resolveChange } from './change/resolve.ts'
import { likelyTimes } from './doubt.ts'
import type { Reading } from './reading.ts'
import { resolveRepeat } from './repeat/rule.ts'
import { lengthOfRange } from './repeat/rule-clocks.ts'
import { isoDuration } from './slots/places.ts'
import type { Phrase } from './time/expression.ts'
import { resolveForeign } from './time/foreign.ts'
import { resolvePhrase } from './time/resolve.ts'
import { forEvents, type Manner, type Present } from './time/resolver.ts'
import { later, secondsOf, wallIso } from './time/wall.ts'
import type { Times } from './times.ts'

/** How long an event is when nobody says. */
const defaultEventMinutes = 60

/** What the reading means at this moment, for this person. Cheap, so it is done every time. */
export function resolve(reading: Reading, present: Present, addressed: boolean): Understanding {
  const heard = addressed || reading.confidence >= 0.9
  const intent = heard ? reading.intent : 'none'
  const [times = reading.times, ...others] = likelyTimes(reading, intent, present)
  const { when, recurrence } = timesOf(times, reading, intent, present)
  const named = intent !== 'none'
  const understood: Understanding = {
    intent,
    confidence: reading.confidence,
    title: named ? reading.title : null,
    target: named ? reading.target : null,
    people: named ? reading.people : [],
    channel: named ? reading.channel : null,
    calendar: named ? reading.calendar : null,
    location: named ? reading.location : null,
    meetingLink: named ? reading.meetingLink : null,
    list: named ? reading.list : null,
    alerts: named ? reading.alerts : [],
    content: named ? reading.content : null,
    when,
    recurrence,
    spans: reading.spans,
    reference: named ? reading.reference : null,
    changes: named && reading.change ? resolveChange(reading.change, present, mannerOf(intent), reading.locale, reading.every) : null,
    scope: named ? reading.scope : null,
    rsvp: named ? reading.rsvp : null,
    duration: named && reading.duration ? isoDuration(reading.duration) : null,
    setting: named ? reading.setting : null,
    digest: named ? reading.digest : null,
    nag: named && reading.nag !== null ? Temporal.Duration.from({ seconds: reading.nag }).round({ largestUnit: 'hours' }).toString() : null,
    alternatives: others.length === 0 ? noAlternatives : alternativesTo({ when, recurrence }, others, reading, intent, present),
  }
  return named && saysMore(reading) ? { ...understood, ...moreOf(reading, present) } : understood
}

/** What few sentences say: put together in one go, the slots that all have cost a tenth less. */
function saysMore({ every, weekly, channels, deadline, capacity, strangeZone, parts }: Reading): boolean {
  return (
    every ||
    weekly !== undefined ||
    channels.length > 0 ||
    deadline !== null ||
    capacity !== null ||
    strangeZone !== undefined ||
    parts !== undefined
  )
}

function moreOf({ every, weekly, channels, deadline, capacity, strangeZone, parts }: Reading, present: Present): Partial<Understanding> {
  return {
    ...(every ? { every } : {}),
    ...(weekly ? { weekly } : {}),
    ...(channels.length > 0 ? { channels } : {}),
    ...(deadline ? { deadline: resolvePhrase(deadline, present, forQueries) } : {}),
    ...(capacity === null ? {} : { capacity }),
    ...(strangeZone === undefined ? {} : { strangeZone }),
    ...(parts ? { parts } : {}),
  }
}

const noAlternatives: Understanding['alternatives'] = []

function alternativesTo(
  { when, recurrence }: Pick<Understanding, 'when' | 'recurrence'>,
  others: readonly Times[],
  reading: Reading,
  intent: Understanding['intent'],
  present: Present,
): Understanding['alternatives'] {
  return others
    .map((each) => timesOf(each, reading, intent, present))
    .filter((each) => each.when?.start !== when?.start || each.recurrence?.rrule !== recurrence?.rrule)
    .map((each) => (each.recurrence ? each : { when: each.when }))
}

function timesOf(
  times: Times,
  reading: Reading,
  intent: Understanding['intent'],
  present: Present,
): Pick<Understanding, 'when' | 'recurrence'> {
  const daily = intent === 'availability.find' && !times.repeat && times.phrase ? hoursOfDays(times.phrase, reading, present) : undefined
  if (daily) return { when: daily, recurrence: null }
  const recurrence = times.repeat ? resolveRepeat(times.repeat, present, reading.locale) : null
  const when = whenOf(times, recurrence, present, reading.every && !isUntil(reading) ? wholly(mannerOf(intent)) : mannerOf(intent))
  if (when && looksFor.has(intent) && times.phrase && !recurrence && isAnyDay(times.phrase))
    return { when: { ...when, anyDay: true }, recurrence }
  return { when: intent === 'event.create' && when ? withLength(when, reading) : when, recurrence }
}

/** "next week after 2pm", "this week in the afternoon": all of its days, and the same hours of each. */
function hoursOfDays(phrase: Phrase, { duration }: Reading, present: Present): When | undefined {
  const { days, clocks, part } = phrase
  if (!days || (clocks.length === 0 && part === undefined)) return undefined
  const timeless = { clocks: [], part: undefined, until: undefined, open: undefined, length: undefined }
  const whole = resolvePhrase({ ...phrase, ...timeless }, present, forQueries)
  if (whole?.kind !== 'range' || !whole.start || !whole.end) return undefined
  const one = resolvePhrase({ ...phrase, days: { kind: 'unit', unit: 'day', offset: 1 }, length: undefined }, present, forQueries)
  if (!one) return undefined
  const clock = (at: string | null) => at?.slice(11, 19)
  const from = clock(one.start) ?? '00:00:00'
  const length = Temporal.Duration.from({ seconds: duration?.seconds || defaultEventMinutes * 60 })
  const to = clock(one.end) ?? (one.open === 'after' ? '00:00:00' : Temporal.PlainTime.from(from).add(length).toString())
  return { ...whole, hours: { from, to } }
}

/** What is done to an event that is there already. */
const looksFor = new Set<Understanding['intent']>(['event.find', 'event.cancel', 'event.rsvp', 'event.attendees'])

const plain: Manner = { hours: 'plain', wholeParts: false, pointed: false, looksBack: true }
const forReminders: Manner = { hours: 'reminder', wholeParts: false, pointed: true, looksBack: false }
const forQueries: Manner = { hours: 'event', wholeParts: true, pointed: false, looksBack: false }

/** "pause all my reminders until Monday": the time is that of the end, and not of the things. */
function isUntil({ intent, content }: Reading): boolean {
  return intent === 'reminder.snooze' || (intent === 'reminder.update' && content === 'pause')
}

/** Of many things, a part of a day is a stretch to look through, and no moment. */
function wholly(manner: Manner): Manner {
  return { ...manner, wholeParts: true, pointed: false }
}

function mannerOf(intent: Understanding['intent']): Manner {
  switch (intent) {
    case 'event.create':
    case 'event.update':
    case 'digest.create':
    case 'batch.shift':
      return forEvents
    case 'reminder.create':
    case 'reminder.snooze':
    case 'reminder.update':
    case 'digest.update':
    case 'todo.create':
    case 'todo.update':
      return forReminders
    case 'event.list':
    case 'event.find':
    case 'event.cancel':
    case 'batch.cancel':
    case 'availability.find':
    case 'event.rsvp':
    case 'event.attendees':
    case 'availability.poll':
    case 'reminder.list':
      return forQueries
    default:
      return plain
  }
}

/** The first time of the text; of a repetition, its first occurrence. */
function whenOf(times: Times, recurrence: Recurrence | null, present: Present, manner: Manner): When | null {
  const { phrase } = times
  if (phrase?.foreign) return resolveForeign(phrase.foreign, present)
  if (!recurrence) return phrase ? resolvePhrase(phrase, present, manner) : null
  const { timeZone, dtstart } = recurrence
  if (!dtstart.includes('T')) return { kind: 'date', start: dtstart, end: null, grain: 'day', timeZone }
  const start = wallIso(secondsOf(dtstart), timeZone)
  if (start === null) return null
  const seconds = lengthOfOne(times)
  const end = seconds === undefined ? null : later(start, seconds, timeZone)
  return { kind: end === null ? 'instant' : 'range', start, end, grain: 'minute', timeZone }
}

/** "every Monday from 3 to 4:30", "every day at 9 for 20 minutes": how many seconds each one takes. */
function lengthOfOne({ repeat, phrase }: Times): number | undefined {
  return repeat?.between ? lengthOfRange(repeat) : phrase?.length?.seconds || undefined
}

/** A day that an event takes whole is a range of dates; a clock time without an end lasts the default length. */
function withLength(when: When, { allDay, duration }: Reading): When {
  if (allDay && when.kind === 'date' && when.start !== null)
    return { ...when, kind: 'range', end: Temporal.PlainDate.from(when.start).add({ days: 1 }).toString() }
  if (when.kind !== 'instant' || when.start === null || when.end !== null) return when
  return { ...when, end: later(when.start, duration?.seconds || defaultEventMinutes * 60, when.timeZone) }
}
