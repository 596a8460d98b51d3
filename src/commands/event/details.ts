import type { Context } from '#core/command.ts'
import { mayWrite } from '#core/may-write.ts'
import type { Calendar, CalendarEvent, Change } from '#core/model.ts'
import { amount } from '../amount.ts'
import { calendarOf, channelMeant, notThere } from '../channel.ts'
import { foldedName } from '../find.ts'

const longestAlert = 28 * 86_400
export const mostAlerts = 5

/** `PT15M`, `P1D` to alerts of this person; what is longer than four weeks is left out. */
export function alertsOf(durations: readonly string[], { person, timeZone, now }: Context): CalendarEvent['alerts'] {
  const relativeTo = now.toZonedDateTimeISO(timeZone)
  const seconds = durations.map((text) => Math.round(Temporal.Duration.from(text).abs().total({ unit: 'seconds', relativeTo })))
  return usualAlerts(seconds).map((secondsBefore) => ({ personId: person.id, secondsBefore }))
}

/** Each once, the earliest first; what is longer than four weeks, or too many, is left out. */
export function usualAlerts(seconds: readonly number[]): readonly number[] {
  const kept = [...new Set(seconds)].filter((each) => each <= longestAlert).toSorted((a, b) => b - a)
  return kept.slice(0, mostAlerts)
}

/** "15 minutes", "1 hour", "2 days" */
export function lengthInWords(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const
  const parts = units.reduce<{ left: number; words: string[] }>(
    ({ left, words }, [name, size]) => {
      const count = Math.floor(left / size)
      return { left: left - count * size, words: count === 0 ? words : [...words, amount(count, name)] }
    },
    { left: seconds, words: [] },
  )
  return parts.words.join(' ') || 'no time'
}

export type NamedCalendar =
  | { readonly calendar: Calendar; readonly change?: Change; readonly refused?: undefined }
  | { readonly refused: string }

/** The calendar of that name which the person may write in; made when there is none. */
export async function calendarNamed(name: string, context: Context): Promise<NamedCalendar> {
  const { space, person } = context
  const channel = channelMeant(name, context)
  if (channel !== undefined) {
    const refused = await notThere(channel, context)
    return refused === undefined ? calendarOf(channel, context) : { refused }
  }
  const known = await knownCalendar(name, context)
  if (known) return { calendar: known }
  const calendar: Calendar = {
    id: context.newId(),
    spaceId: space.id,
    ownerId: person.id,
    kind: 'personal',
    channel: null,
    name: name.trim().slice(0, 80),
    colour: null,
    feedSecretHash: null,
    state: 'kept',
    shares: [],
    version: 1,
  }
  return { calendar, change: { kind: 'calendar', before: null, after: calendar } }
}

/** The one of that name which the person may write in, if there is one. */
export async function knownCalendar(name: string, { store, space, person }: Context): Promise<Calendar | undefined> {
  const visible = await store.calendars.of(space.id, person.id)
  return visible.find((one) => foldedName(one.name) === foldedName(name) && mayWrite(one, person.id))
}
