import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Todo, TodoList } from '#core/model.ts'
import type { Draft } from '#core/ports.ts'
import { type Block, type Item, problem, say, strong, type Text } from '#core/reply.ts'
import { instant, short, tell } from '../answer.ts'
import { windowOf } from '../event/window.ts'
import { called, headed, holdersOf } from '../holder.ts'
import { listSaid } from './which.ts'

/** As many todos as one answer shows: each is in the menu under them, which has no more on Discord. */
const most = 25

/** What is shown: of one list or of all, those that are open, done, late, or due at some time. */
export interface Wanted {
  readonly list?: TodoList | undefined
  readonly kind?: 'open' | 'done' | 'overdue' | undefined
  /** How many of those that are open were shown before. */
  readonly offset?: number | undefined
  readonly due?: { readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly name: Text } | undefined
}

// "list my todos"   "what's on my shopping list"   "show overdue todos"   "what is due this week"   "show done todos"
export async function listAsked(understanding: Draft, context: Context): Promise<Outcome> {
  const found = await listSaid(understanding, context)
  if (found && 'missing' in found) return found.missing
  const { content, when } = understanding
  const kind = content === 'done' || content === 'overdue' ? content : 'open'
  return listing({ list: found?.one, kind, due: when && kind === 'open' ? windowOf(when, context) : undefined }, context)
}

/** What is open, each to be ticked off. */
export function list(context: Context): Promise<Outcome> {
  return listing({}, context)
}

/** Another page of what is open, of all lists or of the one that the button is about. */
export async function turnPage({ subject, argument }: Pressed, context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const list = subject === person.id ? undefined : await store.lists.get(space.id, subject)
  const isTheirs = list ? list.ownerId === person.id : subject === person.id
  if (!isTheirs || !/^\d{1,4}$/.test(argument)) return { reply: problem('That list is gone. Say “list my todos”.') }
  const { reply } = await listing({ list, offset: Number(argument) }, context)
  return { reply: { ...reply, replaces: true } }
}

export async function listing(wanted: Wanted, context: Context): Promise<Outcome> {
  const found = await read(wanted, context)
  if (found.length === 0) return tell(await nothing(wanted, context))
  const shown = found.slice(0, most)
  const names = await namesOf(shown, wanted, context)
  const ordered = names ? [...names.keys()].flatMap((id) => shown.filter(({ listId }) => listId === id)) : shown
  context.show({ kind: 'todo', ids: ordered.map(({ id }) => id) })
  const items = ordered.map((one, index): Item => itemOf(one, index, context))
  const groups = names ? grouped(ordered, items, names) : [{ kind: 'list' as const, items }]
  const more = found.length > most
  return tell(heading(wanted, more), [...groups, ...menuOf(ordered, wanted, context), ...pagesOf(wanted, more, context)])
}

function read({ list, kind = 'open', due, offset }: Wanted, { store, space, person, now }: Context): Promise<readonly Todo[]> {
  const page = { offset: 0, limit: most + 1, listId: list?.id }
  if (kind === 'done') return store.todos.ofState(space.id, person.id, 'done', { ...page, order: 'latest' })
  if (kind === 'overdue') return store.todos.ofState(space.id, person.id, 'open', { ...page, due: { to: now }, order: 'due' })
  if (!due) return store.todos.open(space.id, person.id, most + 1, list?.id, offset)
  // What is late is due today as well.
  const from = Temporal.Instant.compare(due.from, now) <= 0 && Temporal.Instant.compare(now, due.to) < 0 ? undefined : due.from
  return store.todos.ofState(space.id, person.id, 'open', { ...page, due: { from, to: due.to }, order: 'due' })
}

/** The lists that these stand on, by name; undefined where they need no telling. */
async function namesOf(shown: readonly Todo[], { list }: Wanted, context: Context): Promise<ReadonlyMap<string, TodoList> | undefined> {
  if (list || shown.every(({ listId }) => listId === context.person.listId)) return undefined
  const all = await holdersOf('list', context)
  const own = all.filter(({ one }) => shown.some(({ listId }) => listId === one.id))
  return new Map(own.map(({ one }) => [one.id, one]))
}

function grouped(todos: readonly Todo[], items: readonly Item[], names: ReadonlyMap<string, TodoList>): readonly Block[] {
  return [...names].flatMap(([id, list]): Block[] => {
    const own = items.filter((_, index) => todos[index]?.listId === id)
    return [
      { kind: 'text', text: say`${strong(headed(list))} · ${`${own.length}`}` },
      { kind: 'list', items: own },
    ]
  })
}

function itemOf({ text, dueAt, state }: Todo, index: number, context: Context): Item {
  const words = [`${index + 1}. ${short(text, 120)}`]
  if (!dueAt || state !== 'open') return { text: words }
  const late = Temporal.Instant.compare(dueAt, context.now) < 0
  return { text: words, detail: say`${late ? '⚠ overdue since' : 'due'} ${instant(dueAt, context)}` }
}

function menuOf(todos: readonly Todo[], { kind }: Wanted, context: Context): readonly Block[] {
  const [placeholder, verb] = kind === 'done' ? ['Open one again…', 'todo-reopen'] : ['Tick one off…', 'tick']
  const options = todos.map((one, index) => ({ label: short(`${index + 1}. ${one.text}`, 75), token: context.token(verb, one.id) }))
  return [{ kind: 'menu', placeholder, options }]
}

/** Only what is open is paged: of the rest the first ones matter. */
function pagesOf({ list, kind = 'open', due, offset = 0 }: Wanted, more: boolean, context: Context): readonly Block[] {
  if (kind !== 'open' || due) return []
  const page = (label: string, from: number) => ({ label, token: context.token('todo-page', list?.id ?? context.person.id, String(from)) })
  const buttons = [...(offset > 0 ? [page('Back', Math.max(0, offset - most))] : []), ...(more ? [page('More', offset + most)] : [])]
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : []
}

function heading({ list, kind, due, offset = 0 }: Wanted, more: boolean): Text {
  if (kind !== 'done' && kind !== 'overdue' && !due)
    return [strong(list ? headed(list) : 'Your todos'), ...(offset > 0 ? [`, from ${offset + 1} on`] : [])]
  const first = more ? `The first ${most} of ` : ''
  if (kind === 'done')
    return say`${strong(more ? `The last ${most} todos that are done` : 'Done')}${list ? say` on ${called('list', list)}` : []}`
  const where = list ? say` on ${called('list', list)}` : []
  const when = due ? say` ${due.name}` : []
  return say`${first}${strong(kind === 'overdue' ? 'Overdue' : 'Due')}${when}${where}`
}

async function nothing({ list, kind, due }: Wanted, { store, space, person }: Context): Promise<Text> {
  const where = list ? say` on ${called('list', list)}` : []
  if (kind === 'done') return say`Nothing is done yet${where}.`
  const example = { kind: 'code', text: list ? `add milk to my ${list.name} list` : 'todo buy milk' } as const
  if (kind === 'overdue' || due) {
    const open = await store.todos.countOpen(space.id, person.id)
    const others = open === 0 ? '' : ` ${open} ${open === 1 ? 'todo is' : 'todos are'} open: “list my todos”.`
    return say`Nothing is ${kind === 'overdue' ? 'overdue' : say`due ${due?.name ?? []}`}${where}.${others}`
  }
  return list ? say`Nothing is open on ${called('list', list)}. Add to it: ${example}` : say`Your list is empty. Add to it: ${example}`
}
