import { z } from 'zod'
import { clean } from '#core/clean.ts'
import { isTimeZone } from '#core/zone.ts'

/** What programs write of reminders, todos and notes, one by one and in batches. */

export const line = (most: number) => z.string().min(1).max(most)

/** Some words, and not blanks alone. */
const words = (most: number) => line(most).regex(/[^\s\p{Cc}]/u, { error: 'some words' })

const Moment = z
  .string()
  .max(40)
  .refine(isMoment, { error: 'a wall time such as 2026-11-24T15:00:00, a moment with its offset, or a date' })
  .describe('A wall time, a moment with its offset, or a date, which is its morning at 9:00')
export const ZoneName = z.string().max(100).refine(isTimeZone, { error: 'an IANA name such as Europe/Berlin' })
const timeZone = ZoneName.optional().describe('Of a wall time; the person’s own when it is left out')
const rrule = line(500).describe('RFC 5545 RRULE value, which begins at `at`')
export const Names = (most: number) => z.array(words(100)).max(most)

export const NewReminder = z.strictObject({
  text: words(1_500),
  at: Moment,
  timeZone,
  rrule: rrule.optional(),
  to: Names(20).min(1).optional().describe('Names of people and of groups; “me” is the one who asks, and usual'),
})
export const ChangedReminder = NewReminder.omit({ to: true })
  .extend({
    state: z.enum(['scheduled', 'paused', 'done']).describe('`paused` until it is `scheduled` again; `done` as if it were ticked off'),
    scope: z.enum(['this', 'all']).describe('Of one that repeats, what a new `at` is for: its next occurrence, or all of it'),
  })
  .partial()

const state = z.enum(['open', 'done'])
const holder = (what: string) => words(60).describe(`The name of the ${what}; it is made when there is none such`)
export const NewTodo = z.strictObject({
  text: words(1_500),
  at: Moment.nullable().optional().describe('When it is due'),
  timeZone,
  list: holder('list').optional(),
})
export const ChangedTodo = NewTodo.extend({ state }).partial()

export const NewNote = z.strictObject({
  title: words(120).optional(),
  body: words(20_000),
  folder: holder('folder').nullable().optional(),
})

export const NewGroup = z.strictObject({
  name: words(60),
  members: Names(100).optional().describe('Names of people, and of groups whose members they then are'),
})

/** Control characters are nobody's words; the line breaks of long texts are. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(inner)]))
}

// "2026-11-24"   "2026-11-24T15:00"   "2026-11-24T15:00:00-05:00"
//                                                        ↑ offset
const moment = /^[1-9]\d{3}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?<offset>[Zz]|[+-]\d\d(?::?\d\d)?)?)?$/

function isMoment(text: string): boolean {
  const found = moment.exec(text)
  if (!found) return false
  try {
    return Boolean(found.groups?.offset === undefined ? Temporal.PlainDateTime.from(text) : Temporal.Instant.from(text))
  } catch {
    return false
  }
}
