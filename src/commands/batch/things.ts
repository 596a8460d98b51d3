import type { BatchKind } from '#core/batch.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Note, Reminder, Todo } from '#core/model.ts'
import { say, type Text } from '#core/reply.ts'
import type { Changes, Understanding } from '#core/understanding.ts'
import { instant, short } from '../answer.ts'
import { windowOf } from '../event/window.ts'
import { folderSaid } from '../note/which.ts'
import { listSaid } from '../todo/which.ts'
import { type Act, actOf, type Decided, decideAct, decideMove, decideTodo, snoozeEnd, stays, takesUntil } from './acts.ts'
import { type Candidate, type Found, mostItems } from './events.ts'
import { hasWords } from './words.ts'

/** The reminders, todos or notes that a sentence about many means, with what it does to each. */
export async function thingsMeant(
  kind: Exclude<BatchKind, 'event'>,
  said: Understanding,
  context: Context,
): Promise<Found | { readonly ask: Outcome }> {
  const understanding = said.changes ? { ...said, changes: whence(said.changes) } : said
  const act = actOf(understanding)
  const time = takesUntil(act) ? null : understanding.changes ? (understanding.changes.from ?? null) : understanding.when
  const window = time ? windowOf(time, context) : undefined
  const all = await thingsOf(kind, said, context)
  if ('missing' in all) return { ask: all.missing }
  const then = all.filter((one) => {
    const at = momentOf(one)
    return !window || (at && Temporal.Instant.compare(at, window.from) >= 0 && Temporal.Instant.compare(at, window.to) < 0)
  })
  const found = rungFirst(
    then.filter((one) => hasWords(textOf(one), understanding.title)),
    act,
    window !== undefined,
  )
  const decided = found.map((one) => ({ one, ...decide(kind, one, understanding, window !== undefined, context) }))
  const candidates = decided.flatMap((each) => (each.kind === 'does' ? [candidateOf(each.one, each)] : []))
  const once = decided.filter(({ one, kind: does }) => does === 'does' && 'recipients' in one && one.rrule !== null).length
  const onlyOnce = once > 0 && act === undefined && (window !== undefined || understanding.changes)
  const left = Object.entries(stays).flatMap(([why, [one, several]]) => {
    const many = decided.filter((each) => each.kind === 'stays' && each.why === why).length
    return many === 0 ? [] : [`${many} of them ${many === 1 ? one : several}.`]
  })
  const does = understanding.changes ? 'moved' : 'left out'
  return {
    candidates: candidates.slice(0, mostItems),
    when: takesUntil(act) ? untilText(act, understanding, context) : (window?.name ?? []),
    notes: [...(onlyOnce ? [`${once === 1 ? 'One repeats' : `${once} repeat`}: only this time is ${does}.`] : []), ...left],
    complete: candidates.length <= mostItems,
  }
}

/** "push all todos for tomorrow by a day": of two times the one that is no length says which are meant. */
function whence({ when, ...changes }: Changes): Changes {
  if (changes.shift === undefined || !when) return { ...changes, ...(when ? { when } : {}) }
  return { ...changes, from: changes.from ?? when }
}

/** "until Mon, Nov 30, 2026": when what is paused or snoozed comes back. */
function untilText(act: Act | undefined, { when }: Understanding, context: Context): Text {
  if (act === 'snooze') return say`until ${instant(snoozeEnd(when, context), context)}`
  if (!when?.start) return ['until you resume them']
  return when.start.includes('T')
    ? say`until ${instant(Temporal.Instant.from(when.start), context)}`
    : say`until ${{ kind: 'day', date: when.start }}`
}

/** What rang is what people are done with; what is still to come only when they name its day, or nothing has rung. */
function rungFirst(things: readonly Thing[], act: Act | undefined, windowed: boolean): readonly Thing[] {
  const rung = things.filter((one) => 'recipients' in one && one.state !== 'scheduled' && one.state !== 'paused')
  return act === 'complete' && !windowed && rung.length > 0 ? rung : things
}

function decide(kind: Exclude<BatchKind, 'event'>, one: Thing, understanding: Understanding, windowed: boolean, context: Context): Decided {
  const act = actOf(understanding)
  if ('recipients' in one) {
    if (act) return decideAct(one, act, understanding, windowed, context)
    if (understanding.changes) return decideMove(one, understanding, context)
  } else if (!('body' in one) && (act || understanding.changes)) return decideTodo(one, act, understanding, context)
  const at = momentOf(one)
  const scope = windowed && 'recipients' in one && one.rrule !== null ? ({ scope: 'this' } as const) : {}
  return { kind: 'does', operation: { do: 'cancel', kind, id: one.id, ...scope }, detail: at ? [instant(at, context)] : [] }
}

type Thing = Reminder | Todo | Note

/** All of a kind that are looked through; of one list or folder where that was named, or why there is none such. */
async function thingsOf(
  kind: Exclude<BatchKind, 'event'>,
  said: Understanding,
  context: Context,
): Promise<readonly Thing[] | { readonly missing: Outcome }> {
  const { store, space, person, now } = context
  const most = mostItems + 1
  switch (kind) {
    case 'reminder':
      return store.reminders.open(space.id, person.id, most)
    case 'todo': {
      const list = await listSaid(said, context)
      if (list && 'missing' in list) return list
      const page = { offset: 0, limit: most, listId: list?.one.id }
      if (said.content === 'done') return store.todos.ofState(space.id, person.id, 'done', page)
      if (said.content === 'overdue') return store.todos.ofState(space.id, person.id, 'open', { ...page, due: { to: now } })
      return store.todos.open(space.id, person.id, most, list?.one.id)
    }
    case 'note': {
      const folder = await folderSaid(said, context)
      return folder && 'missing' in folder ? folder : store.notes.recent(space.id, person.id, most, folder?.one.id)
    }
  }
}

function candidateOf(one: Thing, { operation, detail }: Extract<Decided, { kind: 'does' }>): Candidate {
  const text = short(textOf(one), 120)
  return { item: { operation, title: text, subjectId: one.id, version: one.version }, text: [text], detail }
}

function textOf(one: Thing): string {
  return 'body' in one ? one.title : one.text
}

/** When it is due, or was when it rang. */
function momentOf(one: Thing): Temporal.Instant | null {
  if (!('dueAt' in one)) return null
  if ('recipients' in one && one.dueAt === null && one.rrule === null && one.state !== 'paused')
    return one.startWall.toZonedDateTime(one.timeZone).toInstant()
  return one.dueAt
}
