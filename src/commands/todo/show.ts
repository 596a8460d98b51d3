import type { Context, Outcome } from '#core/command.ts'
import type { Todo, TodoList } from '#core/model.ts'
import type { Draft } from '#core/ports.ts'
import { type Block, type Item, say, strong, type Text } from '#core/reply.ts'
import { instant, short, tell } from '../answer.ts'
import { windowOf } from '../event/window.ts'
import { called, headed, holdersOf } from '../holder.ts'
import { listSaid } from './which.ts'

/** As many todos as one answer shows, and as a menu has. */
const [most, mostOptions] = [50, 25]

/** What is shown: of one list or of all, those that are open, done, late, or due at some time. */
export interface Wanted {
  readonly list?: TodoList | undefined
  readonly kind?: 'open' | 'done' | 'overdue' | undefined
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

export async function listing(wanted: Wanted, context: Context): Promise<Outcome> {
  const found = await read(wanted, context)
  if (found.length === 0) return tell(await nothing(wanted, context))
  const shown = found.slice(0, most)
  const names = await namesOf(shown, wanted, context)
  const ordered = names ? [...names.keys()].flatMap((id) => shown.filter(({ listId }) => listId === id)) : shown
  context.show({ kind: 'todo', ids: ordered.map(({ id }) => id) })
  const items = ordered.map((one, index): Item => itemOf(one, index, context))
  const groups = names ? grouped(ordered, items, names) : [{ kind: 'list' as const, items }]
  return tell(heading(wanted, found.length > most), [...groups, ...menuOf(ordered, wanted, context)])
}

function read({ list, kind = 'open', due }: Wanted, { store, space, person, now }: Context): Promise<readonly Todo[]> {
  const page = { offset: 0, limit: most + 1, listId: list?.id }
  if (kind === 'done') return store.todos.ofState(space.id, person.id, 'done', { ...page, order: 'latest' })
  if (kind === 'overdue') return store.todos.ofState(space.id, person.id, 'open', { ...page, due: { to: now }, order: 'due' })
  if (!due) return store.todos.open(space.id, person.id, most + 1, list?.id)
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
  const options = todos
    .slice(0, mostOptions)
    .map((one, index) => ({ label: short(`${index + 1}. ${one.text}`, 75), token: context.token(verb, one.id) }))
  return [{ kind: 'menu', placeholder, options }]
}

function heading({ list, kind, due }: Wanted, more: boolean): Text {
  const first = more ? `The first ${most} of ` : ''
  if (kind === 'done')
    return say`${strong(more ? `The last ${most} todos that are done` : 'Done')}${list ? say` on ${called('list', list)}` : []}`
  const what = kind === 'overdue' ? 'Overdue' : due ? 'Due' : list ? headed(list) : more ? `Your first ${most} todos` : 'Your todos'
  const where = list && (kind === 'overdue' || due) ? say` on ${called('list', list)}` : []
  const when = due ? say` ${due.name}` : []
  return say`${more && what !== `Your first ${most} todos` ? first : ''}${strong(what)}${when}${where}`
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
