import { Prisma } from './generated/client.ts'

/** Single events, long ones and series are found in different ways: each kind has an index of its own. */

/** What a series is, told from a single event. */
export const recurs = Prisma.sql`(event.rrule IS NOT NULL OR event.rdates <> '{}')`
export const isSingle = Prisma.sql`event.rrule IS NULL AND event.rdates = '{}'`

/** Single events up to this length are looked for by their start, longer ones by their end: each kind has its index. */
const longest = { days: 31 } as const
export const longestSeconds = Prisma.raw(String(longest.days * 86_400))
/** How much longer than by the wall an event may last: clocks go back by an hour, and were moved by a day at the date line. */
export const reach = { hours: (longest.days + 2) * 24 } as const
