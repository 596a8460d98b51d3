import type { BatchKind } from '#core/batch.ts'
import type { Context } from '#core/command.ts'
import type { Note, Reminder, Todo } from '#core/model.ts'
import type { Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { instant, short } from '../answer.ts'
import { windowOf } from '../event/window.ts'
import { type Candidate, type Found, mostItems } from './events.ts'
import { hasWords } from './words.ts'

/** The reminders, todos or notes that are cancelled or deleted by a sentence about many. */
export async function thingsMeant(kind: Exclude<BatchKind, 'event'>, understanding: Understanding, context: Context): Promise<Found> {
  const window = understanding.when ? windowOf(understanding.when, context) : undefined
  const all = await thingsOf(kind, context)
  const then = window
    ? all.filter((one) => {
        const at = momentOf(one)
        return at && Temporal.Instant.compare(at, window.from) >= 0 && Temporal.Instant.compare(at, window.to) < 0
      })
    : all
  const found = then.filter((one) => hasWords(textOf(one), understanding.title))
  const skipped = window ? found.filter((one) => 'recipients' in one && one.rrule !== null).length : 0
  return {
    candidates: found.slice(0, mostItems).map((one) => candidateOf(kind, one, window !== undefined, context)),
    window,
    notes: skipped === 0 ? [] : [`${skipped === 1 ? 'One repeats' : `${skipped} repeat`}: only this time is left out.`],
    complete: found.length <= mostItems,
  }
}

type Thing = Reminder | Todo | Note

async function thingsOf(kind: Exclude<BatchKind, 'event'>, { store, space, person }: Context): Promise<readonly Thing[]> {
  switch (kind) {
    case 'reminder':
      return store.reminders.open(space.id, person.id, mostItems + 1)
    case 'todo':
      return store.todos.open(space.id, person.id, mostItems + 1)
    case 'note':
      return store.notes.recent(space.id, person.id, mostItems + 1)
  }
}

function candidateOf(kind: Exclude<BatchKind, 'event'>, one: Thing, windowed: boolean, context: Context): Candidate {
  const at = momentOf(one)
  const text = short(textOf(one), 120)
  const detail: Text = at ? [instant(at, context)] : []
  const scope = windowed && 'recipients' in one && one.rrule !== null ? ({ scope: 'this' } as const) : {}
  const item = { operation: { do: 'cancel', kind, id: one.id, ...scope }, title: text, subjectId: one.id, version: one.version } as const
  return { item, text: [text], detail }
}

function textOf(one: Thing): string {
  return 'body' in one ? one.title : one.text
}

function momentOf(one: Thing): Temporal.Instant | null {
  return 'dueAt' in one ? one.dueAt : null
}
