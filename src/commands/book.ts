import { nextOccurrence, occurrencesBetween, type PersonRule, validateRule } from '#calendar/recurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { CalendarEvent } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, instant, short, zoneHint } from './answer.ts'
import { eitherOr } from './either.ts'
import { farthestYears, unplannable } from './moment.ts'
import { eventWhen } from './question.ts'
import { inWords } from './rule.ts'
import { spanOf, spelled } from './span.ts'

const longestTitle = 500
const longestDays = 366
/** Up to so many occurrences the end of a rule is worked out; beyond them it counts as endless. */
const mostOccurrences = 1_000

/** What `covers_until` says of a rule without end: Postgres' own infinity does not survive the adapter. */
const forever = Temporal.Instant.from('9999-12-31T23:59:59Z')

/** A day without a clock time is asked about, unless the person has just said that it takes all day. */
export async function createEvent(understanding: Understanding, context: Context, allDay = false): Promise<Outcome> {
  const title = understanding.title?.trim() || 'Event'
  if (title.length > longestTitle)
    return { reply: problem(`A title holds ${longestTitle} characters and this one has ${title.length}: shorten it.`) }
  const either = await eitherOr(understanding, title, context)
  if (either) return either
  const { when, recurrence } = understanding
  if (!when?.start) return eventWhen(understanding, title, context)
  const whole = !when.start.includes('T')
  if (whole && !allDay && when.kind === 'date') return eventWhen(understanding, title, context)

  const span = spanOf(when)
  if (Temporal.PlainDateTime.compare(span.end, span.start) < 0)
    return { reply: problem('That ends before it starts: give the start first, such as “Friday 2pm to 3pm”.') }
  const startsAt = span.start.toZonedDateTime(when.timeZone).toInstant()
  const endsAt = span.end.toZonedDateTime(when.timeZone).toInstant()
  const seconds = Math.round(span.end.since(span.start).total('seconds'))
  if (seconds > longestDays * 86_400) return { reply: problem(`An event lasts ${longestDays} days at most: give an earlier end.`) }
  const rule = recurrence ? { rrule: recurrence.rrule, startWall: span.start, timeZone: when.timeZone, exdates: [] } : undefined
  const valid = rule ? validateRule(rule.rrule) : { ok: true as const }
  if (!valid.ok) return { reply: problem(valid.hint) }
  const wrong = unplannable(rule ? (nextOccurrence(rule, context.now)?.toInstant() ?? startsAt) : endsAt, context.now)
  if (wrong === 'past') {
    return {
      reply: problem(
        say`${instant(startsAt, context, when.timeZone)} is already over. Give a time that is still to come, such as “tomorrow at 3pm”.`,
      ),
    }
  }
  if (wrong === 'far') return { reply: problem(`I keep plans for ${farthestYears} years and no longer: give an earlier date.`) }

  const id = context.newId()
  const after: CalendarEvent = {
    id,
    spaceId: context.space.id,
    calendarId: context.person.calendarId,
    organiserId: context.person.id,
    uid: `${id}@ducktape`,
    recurrenceId: null,
    sequence: 0,
    title,
    description: '',
    location: understanding.location ?? '',
    meetingLink: '',
    colour: null,
    status: 'confirmed',
    visibility: 'public',
    transparency: 'opaque',
    allDay: whole,
    startWall: span.start,
    durationSeconds: seconds,
    timeZone: when.timeZone,
    rrule: rule?.rrule ?? null,
    rdates: [],
    exdates: [],
    overrides: [],
    alerts: [],
    startsAt,
    endsAt,
    coversUntil: rule ? lastEnd(rule, seconds) : endsAt,
    version: 1,
  }
  const again = rule ? say` It repeats ${strong(inWords(rule.rrule, span.start, when.timeZone))}.` : []
  const where = after.location === '' ? [] : say` at ${short(after.location, 80)}`
  return done(
    context,
    'event created',
    say`${strong(short(title))} is in your calendar: ${spelled(after, startsAt, context)}${where}.${again}`,
    [{ kind: 'event', before: null, after }],
    zoneHint(context),
  )
}

/** When the last occurrence ends. Rules that say how they end end within a person's lifetime; the others never do. */
function lastEnd(rule: PersonRule, seconds: number): Temporal.Instant {
  if (!/(?:^|;)(?:COUNT|UNTIL)=/.test(rule.rrule)) return forever
  const start = rule.startWall.toZonedDateTime(rule.timeZone).toInstant()
  const last = occurrencesBetween(rule, start, undefined, mostOccurrences + 1)
  const end = last.at(-1)?.toPlainDateTime().add({ seconds }).toZonedDateTime(rule.timeZone).toInstant()
  return end && last.length <= mostOccurrences ? end : forever
}
