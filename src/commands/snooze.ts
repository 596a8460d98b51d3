import { following, isAsking } from '#calendar/nag.ts'
import type { Context, Outcome, Pressed } from '#core/command.ts'
import { idOf } from '#core/ids.ts'
import type { Press } from '#core/message.ts'
import type { Change, Reminder } from '#core/model.ts'
import { type Button, problem, say, strong } from '#core/reply.ts'
import { done, fromNow, instant, short } from './answer.ts'
import { isOnlyTold } from './card.ts'
import { withAnswer } from './done.ts'
import { instantOf, morning, unplannable } from './moment.ts'
import { isForSeveral } from './progress.ts'

/** The choices under a reminder that rings, by the argument that their tokens carry. */
const choices: Readonly<Record<string, { readonly label: string; until(now: Temporal.ZonedDateTime): Temporal.ZonedDateTime }>> = {
  '20m': { label: '20 min', until: (now) => now.add({ minutes: 20 }) },
  '1h': { label: '1 hour', until: (now) => now.add({ hours: 1 }) },
  '3h': { label: '3 hours', until: (now) => now.add({ hours: 3 }) },
  morning: { label: 'until tomorrow 9:00', until: (now) => inDays(now, 1) },
  monday: { label: 'until Monday 9:00', until: (now) => inDays(now, 8 - now.dayOfWeek) },
}

function inDays(now: Temporal.ZonedDateTime, days: number): Temporal.ZonedDateTime {
  return now.toPlainDate().add({ days }).toZonedDateTime({ timeZone: now.timeZoneId, plainTime: morning })
}

/** The buttons of a ringing reminder; `token` signs for the space that it belongs to. */
export function ringButtons(one: Reminder, token: (verb: string, subject: string, argument?: string) => string): readonly Button[] {
  return [
    { label: 'Done', token: token('done', one.id, argumentOf('', one)), style: 'primary' },
    ...Object.entries(choices).map(
      ([argument, { label }]): Button => ({ label: `Snooze ${label}`, token: token('snooze', one.id, argumentOf(argument, one)) }),
    ),
    { label: 'Snooze…', token: token('when', one.id, argumentOf('', one)) },
  ]
}

const example = 'snooze until tomorrow at 8'

/** Asks until when, in a form where there are such. */
export function askUntil({ subject, argument }: Pressed, { token }: Context): Outcome {
  const text = say`Say until when, such as ${{ kind: 'code', text: example }}.`
  return {
    reply: {
      tone: 'ask',
      visibility: 'author',
      blocks: [{ kind: 'text', text }],
      form: {
        title: 'Snooze',
        label: 'Until when, or for how long?',
        placeholder: '5pm, tomorrow at 8, 20 min',
        submit: 'Snooze',
        token: token('until', subject, argument),
      },
    },
  }
}

/** The moment that somebody has typed: "5pm", "tomorrow at 8", "20 min". */
export function typedMoment({ message, understand, now }: Context<Press>): Temporal.Instant | undefined {
  const typed = message.text?.trim().replace(/^(?:snooze\s+)?(?:until|till|for|in)\s+/i, '') ?? ''
  for (const lead of ['until', 'for']) {
    const { intent, when, title } = understand(`snooze ${lead} ${typed}`)
    const until = intent === 'reminder.snooze' && when && title === null ? instantOf(when, morning) : undefined
    if (until && !unplannable(until, now)) return until
  }
  return undefined
}

/** Which occurrence a button is about, so that a later press finds the same one: `1h@t5x0ab`, seconds since 1970 in base 36. */
export function argumentOf(argument: string, { dueAt }: Reminder): string {
  return dueAt === null ? argument : `${argument}@${Math.floor(dueAt.epochMilliseconds / 1_000).toString(36)}`
}

/** What the argument of a button says: what to do, and with which occurrence. */
export function readArgument(argument: string): { readonly choice: string; readonly occurrence: string | undefined } {
  const [choice = '', occurrence] = argument.split('@', 2)
  return { choice, occurrence }
}

/** `20m`, or seconds since 1970 when a sentence named the moment. */
export function snoozeUntil(argument: string, context: Context): Temporal.Instant | undefined {
  const choice = choices[argument]
  if (choice) return choice.until(context.now.toZonedDateTimeISO(context.timeZone)).toInstant()
  const seconds = Number(argument)
  if (!Number.isSafeInteger(seconds) || seconds <= 0) return undefined
  const until = Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)
  return Temporal.Instant.compare(until, context.now) > 0 ? until : undefined
}

/**
 * A repeating reminder keeps its rhythm, and one for several people stays as it is for the others: then a
 * reminder of its own brings it back, and pressing again moves that one.
 */
export async function snoozed(one: Reminder, until: Temporal.Instant, context: Context, occurrence?: string): Promise<Outcome> {
  const shared = isForSeveral(one)
  if (one.state === 'done' && !shared) return { reply: problem('That was done already. Make a new reminder if you need it again.') }
  if (one.state === 'cancelled') return { reply: problem('That reminder was cancelled. Make a new one if you need it again.') }
  const at = instant(until, context)
  const text = say`I will come back to ${strong(short(one.text))} on ${at} (${fromNow(at)}).`
  const due = (timeZone: string) => ({
    dueAt: until,
    startWall: until.toZonedDateTimeISO(timeZone).toPlainDateTime().round('second'),
    timeZone,
    state: 'scheduled' as const,
  })
  if (one.rrule === null && !shared) {
    const after = { ...one, ...due(one.timeZone), nagged: 0, version: one.version + 1 }
    return done(context, 'reminder snoozed', text, [{ kind: 'reminder', before: one, after }])
  }
  const { person, space } = context
  // One id for each occurrence and person. A sentence means what rang last, which is told by what comes next.
  const last = one.rrule === null ? 'once' : String(following(one, context.now))
  const id = idOf('snooze', one.id, occurrence ?? last, person.id)
  const before = (await context.store.reminders.get(space.id, id)) ?? null
  const isMine = shared || isOnlyTold(one, context)
  const mine = isMine ? { ownerId: person.id, recipients: [{ kind: 'direct' as const, user: person.userId }] } : {}
  const later: Reminder = {
    ...one,
    ...mine,
    ...due(isMine ? context.timeZone : one.timeZone),
    id,
    rrule: null,
    exdates: [],
    snoozeOf: one.id,
    nagged: 0,
    answers: [],
    version: (before?.version ?? 0) + 1,
  }
  return done(context, 'reminder snoozed', text, [{ kind: 'reminder', before, after: later }, ...leftAlone(one, shared, context)])
}

/** Whoever has snoozed an occurrence is not asked about it by the reminder itself as well, and its maker sees that. */
function leftAlone(one: Reminder, shared: boolean, context: Context): readonly Change[] {
  const answered = withAnswer(one, 'snoozed', context)
  if (shared || !isAsking(one, context.now))
    return answered === one ? [] : [{ kind: 'reminder', before: one, after: { ...answered, version: one.version + 1 } }]
  const next = following(one, context.now)
  const then = next ? { dueAt: next } : { state: 'delivered' as const, dueAt: null }
  return [{ kind: 'reminder', before: one, after: { ...answered, ...then, nagged: 0, version: one.version + 1 } }]
}
