import { lasting } from '#core/answer-time.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Draft, Question } from '#core/ports.ts'
import { type Button, say, strong, type Text } from '#core/reply.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { agendaOf } from './agenda.ts'
import { ask, short } from './answer.ts'

/** How long an open question waits for its answer. */
const patience = { minutes: 30 } as const

/** The moments that a button may stand for, by the argument that its token carries. */
const moments: Readonly<Record<string, { readonly label: string; at(now: Temporal.ZonedDateTime): Temporal.ZonedDateTime }>> = {
  hour: { label: 'In 1 hour', at: (now) => now.add({ hours: 1 }).round('minute') },
  evening: { label: 'This evening', at: (now) => dayAt(now, 0, 18) },
  morning: { label: 'Tomorrow morning', at: (now) => dayAt(now, 1, 9) },
}

function dayAt(now: Temporal.ZonedDateTime, days: number, hour: number): Temporal.ZonedDateTime {
  return now
    .toPlainDate()
    .add({ days })
    .toZonedDateTime({ timeZone: now.timeZoneId, plainTime: new Temporal.PlainTime(hour) })
}

/** A reminder or a todo of nothing: the next sentence says what. */
export async function askWhat(draft: Understanding, words: Text, context: Context): Promise<Outcome> {
  await keep(draft, '', context)
  return ask(context, words, [])
}

/** A reminder without a time: asks for exactly that. The next sentence, or a button, gives it. */
export async function remindWhen(draft: Understanding, text: string, context: Context): Promise<Outcome> {
  const id = await keep(draft, text, context)
  const now = context.now.toZonedDateTimeISO(context.timeZone)
  const ahead = Object.entries(moments).filter(([, { at }]) => Temporal.ZonedDateTime.compare(at(now), now) > 0)
  const buttons = ahead.map(([argument, { label }]): Button => ({ label, token: context.token('answer', id, argument) }))
  return ask(context, say`When shall I remind you of ${strong(short(text))}? Press a button, or just tell me.`, [
    ...buttons,
    { label: 'No time: keep as todo', token: context.token('answer', id, 'todo') },
  ])
}

/** An event without a day or without a clock time: asks instead of booking midnight. */
export async function eventWhen(draft: Understanding, title: string, context: Context): Promise<Outcome> {
  const id = await keep(draft, title, context)
  const date = draft.when?.kind === 'date' ? draft.when.start : null
  if (date) {
    const free = await freeHours(date, draft.when?.timeZone ?? context.timeZone, title, context)
    const hours = free.map(
      (hour): Button => ({ label: `${hour}:00`, token: context.token('answer', id, `h${String(hour).padStart(2, '0')}`) }),
    )
    return ask(context, say`At what time is ${strong(short(title))} on ${{ kind: 'day', date }}?`, [
      ...hours,
      { label: 'All day', token: context.token('answer', id, 'allday') },
    ])
  }
  return ask(context, say`When is ${strong(short(title))}? Press a button, or just tell me, such as “Friday 2pm to 3pm”.`, [
    { label: 'In 1 hour', token: context.token('answer', id, 'hour') },
    { label: 'Tomorrow 9:00', token: context.token('answer', id, 'morning') },
  ])
}

/** The hours that people mean by what they eat, else those of a working day; the likelier first. */
const usualHours: readonly (readonly [names: RegExp, hours: readonly number[]])[] = [
  [/\b(?:breakfast)\b/i, [8, 9, 7]],
  [/\b(?:brunch)\b/i, [11, 10, 12]],
  [/\b(?:lunch)\b/i, [12, 13, 11]],
  [/\b(?:dinner|supper|drinks?|party|cinema|movie|concert|theatre|theater)\b/i, [19, 18, 20, 21]],
]
const workingHours = [10, 14, 16, 9, 11, 15, 13, 17, 12]
const offered = 3

/** Up to three hours of that day which are still to come and free. */
async function freeHours(date: string, timeZone: string, title: string, context: Context): Promise<readonly number[]> {
  const at = (hour: number) =>
    Temporal.PlainDate.from(date)
      .toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hour) })
      .toInstant()
  const from = at(0)
  const { occurrences } = await agendaOf(context.store, context.space.id, context.person.id, { from, to: from.add({ hours: 24 }) })
  const busy = occurrences.filter(({ event }) => !event.allDay)
  const isFree = (hour: number) => {
    const start = at(hour)
    const end = start.add({ hours: 1 })
    const ahead = Temporal.Instant.compare(start, context.now) > 0
    return (
      ahead && busy.every((one) => Temporal.Instant.compare(one.endsAt, start) <= 0 || Temporal.Instant.compare(one.startsAt, end) >= 0)
    )
  }
  const hours = usualHours.find(([names]) => names.test(title))?.[1] ?? workingHours
  return hours
    .filter(isFree)
    .slice(0, offered)
    .toSorted((a, b) => a - b)
}

/** Remembers what the question is about. Asked again for the same message, it is the same question. */
export async function keep(draft: Draft, text: string, context: Context): Promise<string> {
  const id = context.messageId
  const { space, person, message, now } = context
  const expiresAt = now.add(patience)
  await context.store.questions.ask({ id, spaceId: space.id, personId: person.id, channel: message.place.channel, text, draft, expiresAt })
  return id
}

/** When somebody was asked. */
export function askedAt({ expiresAt }: Pick<Question, 'expiresAt'>): Temporal.Instant {
  return expiresAt.subtract(patience)
}

/** What a button of a question means, filled into the draft; undefined when it is over. */
export function answerOf(argument: string, draft: Understanding, context: Context): When | undefined {
  const moment = moments[argument]
  if (moment) return lasting(at(moment.at(context.now.toZonedDateTimeISO(context.timeZone))), draft.duration)
  if (argument === 'allday') return draft.when ?? undefined
  const hour = /^h(?<hour>\d{2})$/.exec(argument)?.groups?.hour
  if (hour === undefined || !draft.when?.start) return undefined
  const plainTime = new Temporal.PlainTime(Number(hour))
  const start = Temporal.PlainDate.from(draft.when.start.slice(0, 10)).toZonedDateTime({ timeZone: draft.when.timeZone, plainTime })
  return lasting(at(start), draft.duration)
}

function at(moment: Temporal.ZonedDateTime): When {
  return { kind: 'instant', start: moment.toString({ timeZoneName: 'never' }), end: null, grain: 'minute', timeZone: moment.timeZoneId }
}
