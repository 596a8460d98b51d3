import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Change, Todo, TodoList } from '#core/model.ts'
import { type Block, problem, type Reply, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, instant, settled, short } from '../answer.ts'
import { called, placeIn } from '../holder.ts'
import { instantOf, morning } from '../moment.ts'
import { askWhat } from '../question.ts'
import { itemsOf, pieces } from './items.ts'

export const longestText = 1_500
/** As many open todos as one person may have. */
const mostOpen = 5_000

export async function createTodo(understanding: Understanding, context: Context): Promise<Outcome> {
  const { title, content, when, list } = understanding
  const text = title ?? content
  if (text === null || text.trim() === '') return askWhat(understanding, ['What is there to do?'], context)
  const items = list === null ? [text] : itemsOf(understanding, context)
  const long = items.find((item) => item.length > longestText)
  if (long !== undefined) return { reply: tooLong(long, 'has') }
  const { space, person, store } = context
  const ids = items.map(() => context.newId())
  const [place, open] = await Promise.all([
    list === null ? undefined : placeIn('list', list, context),
    store.todos.countOpen(space.id, person.id),
  ])
  if (place?.kind === 'refused') return { reply: place.reply }
  if (open + items.length > mostOpen) return { reply: full }
  // A program that sends the same again means it; it has keys for what is to be there once.
  const there = place && place.made.length === 0 && understanding.spans.length > 0 ? await textsOn(place.one, context) : new Set<string>()
  const fresh = items.filter((item) => !there.has(plainly(item)))
  if (fresh.length === 0)
    return { reply: problem(say`${listed(items)} ${items.length === 1 ? 'is' : 'are'} on ${onto(place?.one)} already.`) }
  const dueAt = (when && instantOf(when, morning)) ?? null
  const made = fresh.map((item, index): Todo => todoOf(item, ids[index] ?? context.newId(), place?.one.id ?? person.listId, dueAt, context))
  const due = dueAt ? say`, due ${instant(dueAt, context, when?.timeZone)}` : []
  const known = items.filter((item) => there.has(plainly(item)))
  const already = known.length === 0 ? [] : say` ${listed(known)} ${known.length === 1 ? 'was' : 'were'} on it already.`
  const isNew = place && place.made.length > 0 ? ', which is new' : ''
  const where = place ? say`On ${onto(place.one)}${isNew}` : ['On your list']
  const changes: readonly Change[] = [...(place?.made ?? []), ...made.map((after): Change => ({ kind: 'todo', before: null, after }))]
  return done(
    context,
    made.length === 1 ? 'todo created' : `${made.length} todos created`,
    say`${where}: ${listed(fresh)}${due}.${already}`,
    changes,
    place ? splitting(made, context) : [],
  )
}

/** "milk and honey" is one thing on a list, or two: who wrote it knows. */
function splitting([one, ...others]: readonly Todo[], context: Context): readonly Block[] {
  if (!one || others.length > 0 || pieces(one.text).length < 2) return []
  return [{ kind: 'buttons', buttons: [{ label: `Make it ${pieces(one.text).length}`, token: context.token('todo-split', one.id) }] }]
}

/** One todo becomes as many as its words hold. */
export async function split({ subject }: Pressed, context: Context): Promise<Outcome> {
  const before = await context.store.todos.get(context.space.id, subject)
  if (!before || before.ownerId !== context.person.id || before.state !== 'open') return { reply: problem('That todo is gone.') }
  const [first, ...rest] = pieces(before.text)
  if (first === undefined || rest.length === 0) return settled(context, ['That is one todo by now.'])
  const changes: readonly Change[] = [
    { kind: 'todo', before, after: { ...before, text: first, version: before.version + 1 } },
    ...rest.map(
      (item): Change => ({ kind: 'todo', before: null, after: todoOf(item, context.newId(), before.listId, before.dueAt, context) }),
    ),
  ]
  return done(context, 'todo split', say`Now they are ${`${rest.length + 1}`}: ${listed([first, ...rest])}.`, changes)
}

/** A list with nothing on it yet. */
export async function createList(understanding: Understanding, context: Context): Promise<Outcome> {
  const name = understanding.list ?? understanding.title
  if (name === null)
    return { reply: problem(say`What is the list called? For example: ${{ kind: 'code', text: 'create a list called Packing' }}`) }
  const place = await placeIn('list', name, context)
  if (place.kind === 'refused') return { reply: place.reply }
  if (place.made.length === 0) return { reply: problem(say`You have ${called('list', place.one)} already.`) }
  const example = `add passport to my ${short(place.one.name, 60)} list`
  return done(context, 'list created', say`${strong(short(place.one.name))} is ready: ${{ kind: 'code', text: example }}`, place.made)
}

export function tooLong(text: string, has: 'has' | 'would have'): Reply {
  return problem(`A todo holds ${longestText} characters and this one ${has} ${text.length}: keep the long part in a note.`)
}

const full = problem(`You have ${mostOpen.toLocaleString('en')} open todos, which is as many as I keep: tick some off, or delete them.`)

function todoOf(text: string, id: string, listId: string, dueAt: Temporal.Instant | null, { space, person }: Context): Todo {
  return { id, spaceId: space.id, ownerId: person.id, listId, text, state: 'open', dueAt, version: 1 }
}

async function textsOn({ id }: TodoList, { store, space, person }: Context): Promise<ReadonlySet<string>> {
  const open = await store.todos.open(space.id, person.id, mostOpen, id)
  return new Set(open.map(({ text }) => plainly(text)))
}

function plainly(text: string): string {
  return text.trim().toLocaleLowerCase('en')
}

function onto(list: TodoList | undefined): Text {
  return list ? called('list', list) : ['your list']
}

/** "milk, eggs and bread", each of them strong. */
function listed(items: readonly string[]): Text {
  const last = items.length - 1
  return items.flatMap((item, index) => [...(index === 0 ? [] : [index === last ? ' and ' : ', ']), strong(short(item, 120))])
}
