import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Change, TodoList } from '#core/model.ts'
import type { Draft } from '#core/ports.ts'
import { problem, say, strong } from '#core/reply.ts'
import { amount } from '../amount.ts'
import { done, short, tell } from '../answer.ts'
import { called, findHolder, headed, holdersOf, renamed } from '../holder.ts'
import { listing } from './show.ts'

/** As many entries as a menu has. */
const mostOptions = 25

/** The names of all, with how much each holds. */
export async function showLists(context: Context): Promise<Outcome> {
  const all = await holdersOf('list', context)
  if (all.length === 0) return tell(say`You have no lists yet. Make one: ${{ kind: 'code', text: 'add milk to my shopping list' }}`)
  const items = all.map(({ one, holds }) => ({
    text: [strong(headed(one))],
    detail: [holds === 0 ? 'nothing open' : `${holds} open`],
  }))
  const options = all
    .slice(0, mostOptions)
    .map(({ one, holds }) => ({ label: short(`${one.name} (${holds})`, 75), token: context.token('list-open', one.id) }))
  return tell(say`${strong('Your lists')}`, [
    { kind: 'list', items },
    { kind: 'menu', placeholder: 'Open one…', options },
  ])
}

export async function openList({ subject }: Pressed, context: Context): Promise<Outcome> {
  const list = await context.store.lists.get(context.space.id, subject)
  if (!list || list.state === 'deleted' || list.ownerId !== context.person.id) return { reply: problem('That list is gone.') }
  return listing({ list }, context)
}

/** The list that is named, or the one that everybody has: "delete my list". */
async function spokenOf({ list }: Draft, context: Context) {
  if (list !== null) return findHolder('list', list, context, 'list-open')
  const own = (await holdersOf('list', context)).find(({ one }) => one.id === context.person.listId)
  return own ?? { missing: { reply: problem('Which list? Say “my lists” to see them.') } }
}

export async function renameList(understanding: Draft, context: Context): Promise<Outcome> {
  const found = await spokenOf(understanding, context)
  if ('missing' in found) return found.missing
  const name = understanding.changes?.title
  if (name === undefined) return { reply: problem(say`What shall ${called('list', found.one)} be called? Say “rename … to …”.`) }
  const change = await renamed('list', found.one, name, context)
  if (!('kind' in change)) return { reply: change }
  return done(context, 'list renamed', say`${strong(short(found.one.name))} is now ${strong((change.after as TodoList).name)}.`, [change])
}

/** With all that stands on it, which an Undo brings back with it. */
export async function deleteList(understanding: Draft, context: Context): Promise<Outcome> {
  const found = await spokenOf(understanding, context)
  if ('missing' in found) return found.missing
  const { one: before, holds } = found
  if (before.id === context.person.listId)
    return { reply: problem('That is the list that new todos go to, so it stays. To empty it, say “clear my todo list”.') }
  const change: Change = { kind: 'list', before, after: { ...before, state: 'deleted', version: before.version + 1 } }
  const held = holds === 0 ? 'Nothing was open on it.' : `${amount(holds, 'open todo')} went with it.`
  return done(context, 'list deleted', say`Deleted ${called('list', before)}. ${held}`, [change])
}
