import type { Operation } from '#core/batch.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Reminder, Todo } from '#core/model.ts'
import { say, type Text } from '#core/reply.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { movingTo, putOff, staysOnDay } from '../amend.ts'
import { instant } from '../answer.ts'
import { complete } from '../done.ts'
import { instantOf, morning, unplannable } from '../moment.ts'
import { spokenFor } from '../progress.ts'
import { endOfPause, pause, resume, skipNext } from '../rhythm.ts'
import { newDue } from '../todo/amend.ts'

/** What is done to each of many reminders or todos. */
export type Act = Extract<Operation, { do: 'act' }>['act']

/** What becomes of one thing: the operation, and what is shown of it; or why it is left as it is. */
export type Decided =
  | { readonly kind: 'does'; readonly operation: Operation; readonly detail: Text }
  | { readonly kind: 'stays'; readonly why: Stays }
  /** The sentence is not about it. */
  | { readonly kind: 'apart' }

/** Why things stay as they are, in the words for one and for several of them. */
export const stays = {
  comes: ['comes then anyway, and stays', 'come then anyway, and stay'],
  over: ['would be over by then, and stays', 'would be over by then, and stay'],
  timeless: ['has no time to move, and stays', 'have no time to move, and stay'],
} as const
export type Stays = keyof typeof stays

const apart: Decided = { kind: 'apart' }

/** The act that a sentence about many asks for; undefined when it changes or takes away. */
export function actOf({ intent, content, changes }: Understanding): Act | undefined {
  if (intent === 'reminder.snooze') return 'snooze'
  if (intent === 'reminder.complete' || intent === 'todo.complete') return 'complete'
  if (intent !== 'reminder.update' || changes) return undefined
  return content === 'pause' || content === 'resume' || content === 'skip' ? content : undefined
}

/** Acts whose time is their end, and not that of the things. */
export function takesUntil(act: Act | undefined): boolean {
  return act === 'snooze' || act === 'pause'
}

/** What an act does to a reminder. */
export function decideAct(one: Reminder, act: Act, understanding: Understanding, windowed: boolean, context: Context): Decided {
  const { when } = understanding
  const due: Text = one.dueAt ? [instant(one.dueAt, context)] : []
  const does = (until: When | null = null, detail = due): Decided => ({
    kind: 'does',
    operation: { do: 'act', kind: 'reminder', id: one.id, act, ...(until ? { until } : {}) },
    detail,
  })
  switch (act) {
    case 'pause': {
      if (one.state !== 'scheduled' || !one.dueAt) return apart
      const end = when ? endOfPause(one, when) : undefined
      return end && Temporal.Instant.compare(one.dueAt, end) >= 0 ? apart : does(when)
    }
    case 'resume':
      return one.state === 'paused' ? does() : apart
    case 'skip':
      if (!one.dueAt || (!windowed && one.rrule === null)) return apart
      return one.rrule === null ? { kind: 'does', operation: { do: 'cancel', kind: 'reminder', id: one.id }, detail: due } : does()
    case 'snooze': {
      const until = snoozeEnd(when, context)
      if (!spokenFor(one, context) || one.state === 'paused') return apart
      if (one.dueAt && Temporal.Instant.compare(one.dueAt, until) >= 0) return apart
      return does(momentAt(until, context), say`${due.length > 0 ? [...due, ' '] : ''}→ ${instant(until, context)}`)
    }
    case 'complete':
      return one.state === 'paused' ? apart : does()
  }
}

/** "snooze everything" is for as long as "snooze" alone. */
export function snoozeEnd(when: When | null, { now }: Context): Temporal.Instant {
  return (when && instantOf(when, morning)) ?? now.add({ minutes: 20 })
}

function momentAt(at: Temporal.Instant, { timeZone }: Context): When {
  const start = at.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never' })
  return { kind: 'instant', start, end: null, grain: 'minute', timeZone }
}

/** Another time for a reminder. */
export function decideMove(one: Reminder, understanding: Understanding, context: Context): Decided {
  const changes = understanding.changes ?? {}
  if (one.state === 'paused') return apart
  if (changes.shift !== undefined && !one.dueAt) return { kind: 'stays', why: 'timeless' }
  if (staysOnDay(one, changes)) return { kind: 'stays', why: 'comes' }
  const to = movingTo(one, changes, context)
  if (!to) return { kind: 'stays', why: 'over' }
  if (one.dueAt?.equals(to)) return apart
  const { from: _, ...change } = changes
  const from: Text = one.dueAt ? [instant(one.dueAt, context), ' '] : []
  const detail = say`${from}→ ${instant(to, context)}`
  return { kind: 'does', operation: { do: 'change', kind: 'reminder', id: one.id, changes: change }, detail }
}

export function decideTodo(one: Todo, act: Act | undefined, understanding: Understanding, context: Context): Decided {
  const due: Text = one.dueAt ? [instant(one.dueAt, context)] : []
  const does = (input: Readonly<Record<string, unknown>>, detail: Text): Decided => ({
    kind: 'does',
    operation: { do: 'update', kind: 'todo', id: one.id, input },
    detail,
  })
  if (act === 'complete') return does({ state: 'done' }, due)
  const { list } = understanding.changes ?? {}
  if (list !== undefined) return does({ list }, say`→ ${list}`)
  const at = newDue(one, understanding.changes ?? {}, context.timeZone)
  if (!at) return { kind: 'stays', why: 'timeless' }
  if (unplannable(at.toInstant(), context.now)) return { kind: 'stays', why: 'over' }
  const detail = say`${due.length > 0 ? [...due, ' '] : ''}→ ${instant(at.toInstant(), context)}`
  return does({ at: at.toString({ timeZoneName: 'never' }), timeZone: at.timeZoneId }, detail)
}

/** Does to a reminder what an item of a batch says. */
export function act(one: Reminder, { act: does, until }: Extract<Operation, { do: 'act' }>, context: Context): Outcome | Promise<Outcome> {
  switch (does) {
    case 'pause':
      return pause(one, context, until)
    case 'resume':
      return resume(one, context)
    case 'skip':
      return skipNext(one, context)
    case 'snooze':
      return putOff(one, snoozeEnd(until ?? null, context), context)
    case 'complete':
      return complete(one, context)
  }
}
