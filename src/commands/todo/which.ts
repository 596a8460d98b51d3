import type { Context, Outcome } from '#core/command.ts'
import type { Todo, TodoList } from '#core/model.ts'
import type { Draft, Held } from '#core/ports.ts'
import { problem } from '#core/reply.ts'
import { short } from '../answer.ts'
import { lastChanged, meant, shownOf } from '../find.ts'
import { findHolder } from '../holder.ts'
import { chosenOf, pick } from '../pick.ts'

/** As many todos as are looked through for a name. */
const searched = 5_000

/** The todos that a sentence means, or why it means none. */
export async function todosMeant(
  understanding: Draft,
  context: Context,
  state: 'open' | 'done' = 'open',
): Promise<readonly Todo[] | { readonly missing: Outcome }> {
  const { store, space, person } = context
  const list = await listSaid(understanding, context)
  if (list && 'missing' in list) return list
  const listId = list?.one.id
  const all =
    state === 'open'
      ? await store.todos.open(space.id, person.id, searched, listId)
      : await store.todos.ofState(space.id, person.id, 'done', { offset: 0, limit: searched, listId, order: 'latest' })
  const chosen = chosenOf(all, understanding)
  if (chosen) return chosen
  return all.length === 0 ? [] : meant(all, understanding, { lastId: await lastChanged('todo', context), shown: shownOf('todo', context) })
}

/** The only todo that is meant; a question where there are several, and a way on where there is none. */
export async function theTodo(
  understanding: Draft,
  verb: string,
  context: Context,
  state: 'open' | 'done' = 'open',
): Promise<Todo | { readonly otherwise: Outcome }> {
  const found = await todosMeant(understanding, context, state)
  if ('missing' in found) return { otherwise: found.missing }
  const [one, ...others] = found
  if (!one) return { otherwise: { reply: unknown(understanding, state) } }
  return others.length === 0 ? one : { otherwise: await pick(understanding, found, verb, context) }
}

/** The list that a sentence names; undefined when it names none, or the one that everybody has. */
export async function listSaid({ list }: Draft, context: Context): Promise<Held<TodoList> | { readonly missing: Outcome } | undefined> {
  return list === null ? undefined : findHolder('list', list, context, 'list-open')
}

function unknown({ title }: Draft, state: 'open' | 'done' = 'open') {
  const like = title === null ? 'like that' : `like “${short(title, 60)}”`
  return state === 'open'
    ? problem(`I know no open todo ${like}. Say “list my todos” to see them.`)
    : problem(`I know no todo ${like} that is done. Say “show done todos” to see them.`)
}
