import { expand, recurs } from '#calendar/expand.ts'
import { freeTimes } from '#calendar/free.ts'
import { isOfRoot, rootOf } from '#calendar/kin.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context } from '#core/command.ts'
import type { CalendarEvent } from '#core/model.ts'
import { type Block, type Button, say, strong } from '#core/reply.ts'
import { agendaOf } from '../agenda.ts'
import { instant, short } from '../answer.ts'

/** How far ahead another time is looked for, in hours. */
const ahead = 7 * 24
/** When people would rather not be offered a meeting. */
const day = { from: Temporal.PlainTime.from('08:00'), to: Temporal.PlainTime.from('19:00') }

const night = Temporal.PlainTime.from('23:00')

/** How far a series is held against what else there is, in days, and over how many of its occurrences. */
const checked = { days: 60, occurrences: 100 } as const

/** What else the person has at the time of an event that takes time, and the next time at which they are free. */
export async function clashesOf(event: CalendarEvent, context: Context): Promise<readonly Block[]> {
  if (event.allDay || event.transparency === 'transparent') return []
  if (recurs(event)) return clashesOfSeries(event, context)
  const startsAt = event.startsAt
  const endsAt = startsAt.add({ seconds: event.durationSeconds })
  const { occurrences } = await agendaOf(context.store, context.space.id, context.person.id, {
    from: startsAt,
    to: endsAt.add({ hours: ahead }),
  })
  const busy = occurrences.filter((one) => isOther(one, event) && takesTime(one))
  const clashing = busy.filter((one) => Temporal.Instant.compare(one.startsAt, endsAt) < 0)
  const [first] = clashing
  if (!first) return []
  const more = clashing.length > 1 ? ` and ${clashing.length - 1} more` : ''
  const words = say`This overlaps ${strong(short(first.title, 80))}, ${instant(first.startsAt, context, first.timeZone, 'time')} to ${instant(first.endsAt, context, first.timeZone, 'time')}${more}.`
  const free = nextFree(event, busy, context)
  const button: Button | undefined = free && {
    label: `Move it to ${when(free, startsAt, context)}`,
    token: context.token('move-event', event.id, String(Math.floor(free.epochMilliseconds / 1_000))),
  }
  return [{ kind: 'aside', text: words }, ...(button ? [{ kind: 'buttons', buttons: [button] } as const] : [])]
}

/** Of a series it is told once, with how many of its next occurrences are meant. */
async function clashesOfSeries(event: CalendarEvent, context: Context): Promise<readonly Block[]> {
  const { now } = context
  const from = Temporal.Instant.compare(event.startsAt, now) > 0 ? event.startsAt : now
  const { occurrences } = expand(event, { from, to: from.add({ hours: checked.days * 24 }) }, checked.occurrences)
  const last = occurrences.at(-1)
  if (!last) return []
  const agenda = await agendaOf(context.store, context.space.id, context.person.id, { from, to: last.endsAt })
  const busy = agenda.occurrences.filter((one) => isOther(one, event) && takesTime(one))
  const clashing = occurrences.flatMap((one) => {
    const other = busy.find((each) => overlap(one, each))
    return other ? [{ one, other }] : []
  })
  const [first] = clashing
  if (!first) return []
  const { one, other } = first
  const which = occurrences.length === 1 ? 'It' : `${clashing.length} of its next ${occurrences.length}`
  const verb = clashing.length === 1 ? 'overlaps' : 'overlap'
  const words = say`${which} ${verb} other plans, first on ${instant(one.startsAt, context, one.timeZone)}: ${strong(short(other.title, 80))}, ${instant(other.startsAt, context, other.timeZone, 'time')} to ${instant(other.endsAt, context, other.timeZone, 'time')}.`
  return [{ kind: 'aside', text: words }]
}

/** Not itself, nor the series that it is just being split off. */
function isOther(one: Occurrence, event: CalendarEvent): boolean {
  return one.event.id !== event.id && !isOfRoot(one.event.uid, rootOf(event.uid))
}

function overlap(one: Occurrence, other: Occurrence): boolean {
  return Temporal.Instant.compare(one.startsAt, other.endsAt) < 0 && Temporal.Instant.compare(other.startsAt, one.endsAt) < 0
}

function takesTime({ event }: Occurrence): boolean {
  return !event.allDay && event.transparency === 'opaque'
}

function nextFree(event: CalendarEvent, busy: readonly Occurrence[], { timeZone }: Context): Temporal.Instant | undefined {
  const { startsAt, durationSeconds } = event
  const minutes = Math.ceil(durationSeconds / 60)
  const taken = busy.map((one) => ({ start: one.startsAt, end: one.endsAt }))
  const [slot] = freeTimes({
    from: startsAt,
    to: startsAt.add({ hours: ahead }),
    minutes,
    people: [{ timeZone, busy: taken }],
    between: around(event, timeZone),
  })
  return slot?.start
}

/** Whoever plans something for the evening, or before breakfast, is offered such times. */
function around({ startsAt, durationSeconds }: CalendarEvent, timeZone: string) {
  const start = startsAt.toZonedDateTimeISO(timeZone)
  const end = start.add({ seconds: durationSeconds })
  const early = Temporal.PlainTime.compare(start, day.from) < 0
  const late = Temporal.PlainTime.compare(end, day.to) > 0 || !end.toPlainDate().equals(start.toPlainDate())
  return { from: early ? start.toPlainTime() : day.from, to: late ? night : day.to }
}

/** "10:30 AM", and the day as well when it is another one. */
function when(at: Temporal.Instant, instead: Temporal.Instant, { timeZone }: Context): string {
  const [there, here] = [at.toZonedDateTimeISO(timeZone), instead.toZonedDateTimeISO(timeZone)]
  const clock = there.toLocaleString('en-US', { hour: 'numeric', minute: '2-digit' })
  return there.toPlainDate().equals(here.toPlainDate())
    ? clock
    : `${there.toLocaleString('en-US', { weekday: 'short', month: 'short', day: 'numeric' })}, ${clock}`
}
