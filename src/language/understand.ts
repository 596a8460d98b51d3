import { z } from 'zod'
import type { Language } from '#core/ports.ts'
import type { Understanding } from '#core/understanding.ts'

/** One request of `ducktape understand --jsonl` and `POST /api/understand`. */
export const UnderstandRequest = z.object({
  id: z.union([z.string().max(200), z.number()]).optional(),
  text: z.string().max(65_536),
  now: z.string().max(64).optional(),
  timeZone: z.string().max(64).optional(),
  locale: z.string().max(35).optional(),
  addressed: z.boolean().optional(),
  occurrences: z.int().min(0).max(1_000).optional(),
})
export type UnderstandRequest = z.output<typeof UnderstandRequest>

/** The answer carries the id of its request, so that answers can be told apart. */
export type Understood = Understanding & { readonly id?: string | number }

/** Lists the first occurrences of a rule, as ISO strings with offset or as dates. */
export type ListOccurrences = (rule: {
  readonly rrule: string
  readonly dtstart: string
  readonly timeZone: string
  readonly exdate: readonly string[]
  readonly limit: number
}) => readonly string[]

/**
 * Understands one request; `present` is used when the request does not say when it was written.
 *
 * With `list` the first occurrences of a recurrence are given when the request asks for them.
 * Throws `RangeError` for a request that is out of bounds; its message names the fix.
 */
export function understandRequest(
  language: Language,
  request: UnderstandRequest,
  present: Temporal.Instant,
  list?: ListOccurrences,
): Understood {
  const checked = UnderstandRequest.safeParse(request)
  if (!checked.success) throw new RangeError(checked.error.issues.map((issue) => `"${issue.path.join('.')}": ${issue.message}`).join('; '))
  const { id, text, locale = 'en-US', addressed = true, occurrences = 0 } = checked.data
  const now = checked.data.now === undefined ? present : momentOf(checked.data.now)
  const timeZone = zoneOf(checked.data.timeZone ?? 'UTC')
  const understanding = language.understand({ text, now, timeZone, locale, addressed })
  const answer = occurrences > 0 && list ? { ...understanding, recurrence: listed(understanding, occurrences, list) } : understanding
  return id === undefined ? answer : { id, ...answer }
}

/** The hour of what has a day and no clock time. */
const conventionalTime = 'T09:00:00'

/** Only an event that takes its whole days happens on dates; anything else of a day happens at nine, as a reminder would ring. */
function listed({ recurrence, when }: Understanding, limit: number, list: ListOccurrences): Understanding['recurrence'] {
  if (!recurrence) return null
  const { rrule, dtstart, timeZone, exdates } = recurrence
  const wholeDays = when?.kind === 'range' && when.end?.includes('T') === false
  const timed = (text: string) => (text.includes('T') || wholeDays ? text : `${text}${conventionalTime}`)
  return { ...recurrence, occurrences: list({ rrule, dtstart: timed(dtstart), timeZone, exdate: exdates.map(timed), limit }) }
}

function momentOf(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch (cause) {
    throw new RangeError(
      `"now" must be an ISO 8601 moment with an offset, like 2026-11-23T09:00:00-05:00; it was ${JSON.stringify(text)}.`,
      { cause },
    )
  }
}

function zoneOf(name: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
  } catch (cause) {
    throw new RangeError(
      `"timeZone" must be an IANA name like America/New_York or an offset like -05:00; it was ${JSON.stringify(name)}.`,
      { cause },
    )
  }
}
