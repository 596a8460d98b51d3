import { following, isAsking } from '#calendar/nag.ts'
import type { Context, Outcome } from '#core/command.ts'
import { type Change, isAnswered, type Recipient, type Reminder, type RingAnswer } from '#core/model.ts'
import { type Button, say, strong, type Text, withButtons } from '#core/reply.ts'
import { done, instant, settled, short, visibility } from './answer.ts'
import { isForSeveral, spokenFor } from './progress.ts'

/** Says that the occurrence which rang is done; what repeats goes on. Of several people each is done for themselves. */
export async function complete(one: Reminder, context: Context): Promise<Outcome> {
  const outcome = completed(one, context)
  if (!outcome.changes?.length) return (await pressedTwice(one, context)) ?? outcome
  if (one.snoozeOf === null) return outcome
  return { ...outcome, changes: [...outcome.changes, ...(await doneLater(one.snoozeOf, context))] }
}

/** Whoever presses Done twice reads the same twice, and can still take it back. */
async function pressedTwice(one: Reminder, context: Context): Promise<Outcome | undefined> {
  if (one.state !== 'done' || context.message.kind !== 'press') return undefined
  const [last] = await context.store.audit.recent(context.space.id, context.person.id, 1)
  if (!last?.changes.some(({ kind, after }) => kind === 'reminder' && after.id === one.id)) return undefined
  const undo: Button = { label: 'Undo', token: context.token('undo', last.id) }
  return {
    reply: {
      tone: 'done',
      visibility: visibility(context),
      replaces: true,
      blocks: withButtons(say`Done: ${strong(short(one.text))}.`, [undo]),
    },
  }
}

/** What somebody snoozed and has done now, the reminder that it came from says so too. */
async function doneLater(id: string, context: Context): Promise<readonly Change[]> {
  const from = await context.store.reminders.get(context.space.id, id)
  const answer = from?.answers?.find(({ user, how }) => user === context.person.userId && how === 'snoozed')
  if (!from || !answer) return []
  const after = withAnswer(from, 'done', context)
  const closed = from.state === 'delivered' && everybodyDone(after) ? { state: 'done' as const } : {}
  return [{ kind: 'reminder', before: from, after: { ...after, ...closed, version: from.version + 1 } }]
}

function completed(one: Reminder, context: Context): Outcome {
  if (one.state === 'cancelled') return settledAlready('That reminder was cancelled.', context)
  if (isForSeveral(one) && spokenFor(one, context)) return completeMine(one, context)
  // Whoever is neither asked nor its maker closes nothing for the others.
  if (isForSeveral(one) && one.ownerId !== context.person.id) return settled(context, say`Done: ${strong(short(one.text))}.`)
  return close(one, context)
}

/** It is done for everybody: this occurrence of what repeats, the whole of what does not. */
export function close(one: Reminder, context: Context): Outcome {
  if (one.state === 'done') return settledAlready('That was done already.', context)
  if (one.state === 'cancelled') return settledAlready('That reminder was cancelled.', context)
  if (goesOnAlone(one, context)) return goesOn(one, context)
  return written(one, over(one, context), context)
}

function completeMine(one: Reminder, context: Context): Outcome {
  const mine = spokenFor(one, context)
  if (one.state === 'done' || !mine || isDoneBy(mine, one)) return settledAlready('That was done already.', context)
  const after = withAnswer(one, 'done', context)
  if (!everybodyDone(after) || !hasRung(one, context)) return written(one, after, context)
  return written(one, goesOnAlone(after, context) ? after : over(after, context), context)
}

function isDoneBy(to: Recipient, { answers = [] }: Reminder): boolean {
  return isAnswered(
    to,
    answers.filter(({ how }) => how === 'done'),
  )
}

function everybodyDone(one: Reminder): boolean {
  return one.recipients.every((to) => isDoneBy(to, one))
}

/** What is still to ring does so, whoever is done with it beforehand. */
function hasRung(one: Reminder, { now }: Context): boolean {
  return one.rrule !== null || one.dueAt === null || isAsking(one, now) || Temporal.Instant.compare(one.dueAt, now) <= 0
}

/** With what somebody says to the occurrence that rang last; an earlier word of theirs counts no more. */
export function withAnswer(one: Reminder, how: RingAnswer['how'], context: Context): Reminder {
  const to = spokenFor(one, context)
  if (!to) return one
  const where = to.kind === 'channel' ? { channel: to.channel } : {}
  const others = (one.answers ?? []).filter((each) => !isAnswered(to, [each]))
  return { ...one, answers: [...others, { user: context.person.userId, ...where, at: context.now, how }] }
}

/** A rule that asks nobody again has moved on to its next occurrence by itself. */
function goesOnAlone(one: Reminder, { now }: Context): boolean {
  return one.rrule !== null && one.dueAt !== null && !isAsking(one, now)
}

function over(one: Reminder, context: Context): Reminder {
  const next = isAsking(one, context.now) ? following(one, context.now) : undefined
  return { ...withAnswer(one, 'done', context), nagged: 0, ...(next ? { dueAt: next } : { state: 'done', dueAt: null }) }
}

function written(before: Reminder, after: Reminder, context: Context): Outcome {
  const next = after.rrule !== null && after.dueAt !== null ? say` It comes again on ${instant(after.dueAt, context, after.timeZone)}.` : []
  const text: Text = say`Done: ${strong(short(after.text))}.${next}`
  return done(context, 'reminder done', text, [{ kind: 'reminder', before, after: { ...after, version: before.version + 1 } }])
}

/** A repeating reminder goes on: done is said of the occurrence that rang. */
function goesOn(one: Reminder, context: Context): Outcome {
  const mine = spokenFor(one, context)
  if (mine && !isDoneBy(mine, one)) return written(one, withAnswer(one, 'done', context), context)
  const next = one.dueAt === null ? [] : say` It comes again on ${instant(one.dueAt, context, one.timeZone)}.`
  return {
    reply: {
      tone: 'done',
      visibility: visibility(context),
      ...(context.message.kind === 'press' ? { replaces: true } : {}),
      blocks: [{ kind: 'text', text: say`Done: ${strong(short(one.text))}.${next}` }],
    },
  }
}

/** There is nothing to change. */
export function settledAlready(words: string, context: Context): Outcome {
  return {
    reply: {
      tone: 'tell',
      visibility: 'author',
      blocks: [{ kind: 'text', text: [words] }],
      ...(context.message.kind === 'press' ? { replaces: true } : {}),
    },
  }
}
