import { z } from 'zod'
import { isTimeZone } from '../zone.ts'

/** What programs write of reminders, todos and notes, one by one and in batches. */

export const line = (most: number) => z.string().min(1).max(most)

const Moment = z
  .string()
  .max(40)
  .refine(isMoment, { error: 'a wall time such as 2026-11-24T15:00:00, or a moment with its offset' })
  .describe('A wall time, or a moment with its offset')
export const ZoneName = z.string().max(100).refine(isTimeZone, { error: 'an IANA name such as Europe/Berlin' })
const timeZone = ZoneName.optional().describe('Of a wall time; the person’s own when it is left out')
const rrule = line(500).describe('RFC 5545 RRULE value, which begins at `at`')
export const Names = (most: number) => z.array(line(100)).max(most)

export const NewReminder = z.strictObject({
  text: line(1_500),
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
export const NewTodo = z.strictObject({ text: line(1_500), at: Moment.nullable().optional().describe('When it is due'), timeZone })
export const ChangedTodo = NewTodo.extend({ state }).partial()

export const NewNote = z.strictObject({ title: line(120).optional(), body: line(20_000) })

export const NewGroup = z.strictObject({
  name: line(60),
  members: Names(100).optional().describe('Names of people, and of groups whose members they then are'),
})

/** Control characters are nobody's words; the line breaks of long texts are. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replace(/[\p{Cc}--[\n\t]]/gv, '')
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(inner)]))
}

function isMoment(text: string): boolean {
  try {
    return Boolean(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10)) ? Temporal.Instant.from(text) : Temporal.PlainDateTime.from(text))
  } catch {
    return false
  }
}
