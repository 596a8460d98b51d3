import type { Command, Context, Outcome } from '#core/command.ts'
import { problem, say, spell, spellDay, strong } from '#core/reply.ts'
import type { When } from '#core/understanding.ts'
import { amount } from './amount.ts'
import { short, tell } from './answer.ts'
import { zonesCompared } from './zones-said.ts'

/** What the clock and the calendar themselves say: "what time is it in Tokyo", "how many days until Christmas". */
export const clock: Command = {
  intents: ['time.query'],
  async understood({ content, when }, context) {
    const { message } = context
    const text = message.kind === 'sentence' ? short(message.text, longestAsked) : ''
    const told = ofCalendar(text, context) ?? zonesCompared(text, context)
    if (told) return told
    const day = dayOf(when)
    if (day && !/\btime\b/i.test(text))
      return /\b(?:working|work|business|week) ?days?\b/i.test(text) ? workdaysUntil(day, context) : dayThen(day, context)
    const until = momentOf(when)
    if (until && /\bhow (?:long|many|much)\b|\buntil\b|\btill?\b/i.test(text)) return momentThen(until, context)
    const place = named.exec(text)?.groups?.place
    if (content === null && place !== undefined)
      return { reply: problem(`I do not know what time it is in ${short(place, 60)}: name a large city near it.`) }
    if (when || !asked.test(text)) return { reply: problem(whatIKnow) }
    return timeNow(content ?? context.timeZone, context)
  },
  presses: {},
}

/** More of a question is not read. */
const longestAsked = 1_000
const whatIKnow = 'I tell the time anywhere and count days: “what time is it in Tokyo”, “how many days until May 4”.'

// "what time is it in Atlantis?"
//                     ↑ place
const named = /\bin (?<place>\p{Lu}[\p{L}' -]*)/u
const asked = /\b(?:time|date|day|today|late|month|year)\b/i
const weekAsked = /\b(?:what|which) (?:calendar )?week\b|\bweek number\b|\bnumber of (?:the|this) week\b/i
const leapAsked = /\bleap year\b/i
const yearNamed = /\b\d{4}\b/

/** What only needs counting: the number of a week, whether a year has a day more. */
function ofCalendar(text: string, { now, timeZone, understand }: Context): Outcome | undefined {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  if (leapAsked.test(text)) {
    const year = Number(yearNamed.exec(text)?.[0] ?? today.year)
    const isLeap = new Temporal.PlainDate(year, 1, 1).inLeapYear
    return tell(isLeap ? say`Yes, ${String(year)} is a leap year: February has 29 days.` : say`No, ${String(year)} is no leap year.`)
  }
  if (!weekAsked.test(text)) return undefined
  const { when } = understand(text.replace(/\bweek(?: number)?\b/gi, ''))
  const day = when?.start ? Temporal.PlainDate.from(when.start.slice(0, 10)) : today
  const which = day.equals(today) ? 'It is' : say`${spellDay(day.toString())} is in`
  return tell(say`${which} week ${strong(String(day.weekOfYear ?? ''))} of ${String(day.yearOfWeek ?? day.year)}.`)
}

/** A single day that was named. */
function dayOf(when: When | null): string | undefined {
  if (when?.kind === 'date' && when.start !== null) return when.start.slice(0, 10)
  return when?.open === 'before' && when.end !== null && !when.end.includes('T') ? when.end : undefined
}

/** A moment that was named: "how long until 5". */
function momentOf(when: When | null): Temporal.Instant | undefined {
  const at = when?.open === 'before' ? when.end : when?.kind === 'instant' ? when.start : null
  return at?.includes('T') ? Temporal.Instant.from(at) : undefined
}

function dayThen(date: string, { now, timeZone }: Pick<Context, 'now' | 'timeZone'>): Outcome {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const { days } = today.until(date)
  const size = Math.abs(days)
  const away = amount(size, 'day')
  const words = days === 0 ? 'today' : days > 0 ? `in ${away}` : `${away} ago`
  return tell(say`${strong(spellDay(date))} is ${words}.`)
}

/** Monday to Friday, from tomorrow until the day before. */
function workdaysUntil(date: string, { now, timeZone }: Context): Outcome {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const { days } = today.until(date)
  if (days <= 0) return dayThen(date, { now, timeZone })
  const between = Array.from({ length: Math.min(days - 1, longestCount) }, (_, index) => today.add({ days: index + 1 }))
  const working = between.filter(({ dayOfWeek }) => dayOfWeek <= 5).length
  return tell(
    say`There ${working === 1 ? 'is' : 'are'} ${strong(amount(working, 'working day'))} between today and ${spellDay(date)}, which is in ${amount(days, 'day')}.`,
  )
}

/** As many days as are counted one by one. */
const longestCount = 4_000

function momentThen(at: Temporal.Instant, { now, timeZone }: Context): Outcome {
  const minutes = Math.round(now.until(at).total('minutes'))
  const size = Math.abs(minutes)
  const parts = [
    [Math.trunc(size / 1_440), 'day'],
    [Math.trunc((size % 1_440) / 60), 'hour'],
    [size % 60, 'minute'],
  ] as const
  const away = parts.flatMap(([count, unit]) => (count === 0 ? [] : [amount(count, unit)])).join(' ')
  const then = spell({ kind: 'time', at: at.toString(), show: 'full', timeZone })
  return tell(say`${strong(then)} is ${size === 0 ? 'now' : minutes > 0 ? `in ${away}` : `${away} ago`}.`)
}

/** In words and not as a moment, which some platforms would show on the reader's own clock. */
function timeNow(timeZone: string, { now }: Context): Outcome {
  return tell(say`It is ${strong(spell({ kind: 'time', at: now.toString(), show: 'full', timeZone, named: true }))} in ${timeZone}.`)
}
