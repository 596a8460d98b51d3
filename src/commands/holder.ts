import type { Context, Outcome } from '#core/command.ts'
import type { Change, Folder, TodoList } from '#core/model.ts'
import { nameKey } from '#core/name-key.ts'
import type { Held } from '#core/ports.ts'
import { type Button, problem, type Reply, say, strong, type Text } from '#core/reply.ts'
import { isAlike } from './alike.ts'
import { short } from './answer.ts'

/** What todos and notes are kept in, found by name: a list of todos, a folder of notes. */
export interface Holders {
  readonly list: TodoList
  readonly folder: Folder
}
export type HolderKind = keyof Holders

export const longestName = 60
const mostHolders = 100
/** As many names as an answer offers. */
const mostNamed = 10

/** One that is there, or one that is to be made along with what is put into it. */
export type Placed<Kind extends HolderKind> =
  | { readonly kind: 'in'; readonly one: Holders[Kind]; readonly made: readonly Change[] }
  | { readonly kind: 'refused'; readonly reply: Reply }

export function holdersOf<Kind extends HolderKind>(kind: Kind, { store, space, person }: Context): Promise<readonly Held<Holders[Kind]>[]> {
  const shelf = kind === 'list' ? store.lists : store.folders
  return shelf.of(space.id, person.id) as Promise<readonly Held<Holders[Kind]>[]>
}

/** The one of that name; a new one where there is none. */
export async function placeIn<Kind extends HolderKind>(kind: Kind, name: string, context: Context): Promise<Placed<Kind>> {
  const all = await holdersOf(kind, context)
  const known = all.find(({ one }) => one.key === nameKey(name))
  if (known) return { kind: 'in', one: known.one, made: [] }
  const wrong = unusable(kind, name) ?? (all.length >= mostHolders ? full(kind) : undefined)
  if (wrong) return { kind: 'refused', reply: wrong }
  const { space, person } = context
  const made = { id: context.newId(), spaceId: space.id, ownerId: person.id, ...named(name), state: 'kept' as const, version: 1 }
  return { kind: 'in', one: made as Holders[Kind], made: [{ kind, before: null, after: made }] }
}

/** The one of that name, or what to say where there is none: those that there are, and first what is nearly called so. */
export async function findHolder<Kind extends HolderKind>(
  kind: Kind,
  name: string,
  context: Context,
  /** The verb of a button that does with one of the others what was asked for. */
  verb: string,
): Promise<Held<Holders[Kind]> | { readonly missing: Outcome }> {
  const all = await holdersOf(kind, context)
  const known = all.find(({ one }) => one.key === nameKey(name))
  if (known) return known
  const near = all.filter(({ one }) => isNear(one.key, nameKey(name)))
  const buttons = near.slice(0, 3).map(({ one }): Button => ({ label: short(one.name, 40), token: context.token(verb, one.id) }))
  const others = all.slice(0, mostNamed).map(({ one }) => one.name)
  const more = all.length > others.length ? ' and others' : ''
  const there =
    all.length === 0 ? `You have no ${kind}s yet.` : `You have ${others.map((each) => `“${short(each, 40)}”`).join(', ')}${more}.`
  return { missing: { reply: problem(`I know no ${kind} “${short(name, 60)}” of yours. ${there}`, buttons) } }
}

/** Gives one another name, unless another one of theirs has it. */
export async function renamed<Kind extends HolderKind>(
  kind: Kind,
  before: Holders[Kind],
  name: string,
  context: Context,
): Promise<Change | Reply> {
  const wrong = unusable(kind, name)
  if (wrong) return wrong
  const after = { ...before, ...named(name), version: before.version + 1 }
  const taken = (await holdersOf(kind, context)).find(({ one }) => one.key === after.key && one.id !== before.id)
  if (taken) return problem(say`You have a ${kind} ${strong(short(taken.one.name))} already: choose another name.`)
  return { kind, before, after }
}

/** Made by what is taken back, changed or deleted: as it was, unless its name means another one by now. */
export async function holderBack(
  change: Extract<Change, { kind: HolderKind }>,
  context: Context,
): Promise<Extract<Change, { kind: HolderKind }> | undefined> {
  const { kind, after } = change
  const { store, space } = context
  const before = await (kind === 'list' ? store.lists : store.folders).get(space.id, after.id)
  if (!before || (change.before !== null && before.version !== after.version)) return undefined
  const back = change.before ?? { ...before, state: 'deleted' as const }
  if (back.state === 'kept') {
    const taken = (await holdersOf(kind, context)).some(({ one }) => one.key === back.key && one.id !== back.id)
    if (taken) return undefined
  }
  return { kind, before, after: { ...back, version: before.version + 1 } }
}

/** Of what was made along with other things: those that hold more by now, and stay when these are taken back. */
export async function stillHolding(changes: readonly Change[], { store, space, person }: Context): Promise<ReadonlySet<string>> {
  const ids = new Set(changes.map(({ after }) => after.id))
  const stay = new Set<string>()
  for (const { kind, before, after } of changes) {
    if (before !== null || (kind !== 'list' && kind !== 'folder')) continue
    const held =
      kind === 'list'
        ? await store.todos.open(space.id, person.id, ids.size, after.id)
        : await store.notes.recent(space.id, person.id, ids.size, after.id)
    if (held.some(({ id }) => !ids.has(id))) stay.add(after.id)
  }
  return stay
}

/** "your shopping list", "your Recipes folder": as people call them. */
export function called(kind: HolderKind, { name, key }: Pick<TodoList, 'name' | 'key'>): Text {
  if (kind === 'list' && key === 'todo') return ['your list']
  return say`your ${strong(short(name, longestName))} ${kind}`
}

/** As it heads what it holds: "Shopping". */
export function headed({ name }: Pick<TodoList, 'name'>): string {
  return short(name.charAt(0).toLocaleUpperCase('en') + name.slice(1), longestName)
}

function named(name: string): Pick<TodoList, 'name' | 'key'> {
  const bare = name
    .trim()
    .replace(/^(?:my|the|our|an?)\s+(?=\S)/i, '')
    .replace(/(?<=\S)\s+(?:list|folder|notebook)$/i, '')
  return { name: bare, key: nameKey(name) }
}

function unusable(kind: HolderKind, name: string): Reply | undefined {
  if (nameKey(name) === '') return problem(`What is the ${kind} called? Its name needs a letter or a number.`)
  return name.trim().length > longestName ? problem(`The name of a ${kind} has ${longestName} characters at most.`) : undefined
}

function full(kind: HolderKind): Reply {
  return problem(`You have ${mostHolders} ${kind}s, which is as many as I keep: delete one first, such as “delete the old ${kind}”.`)
}

/** "shoping" is near "shopping", and "shop" begins it. */
function isNear(key: string, said: string): boolean {
  if (key.startsWith(said) || said.startsWith(key)) return true
  const words = said.split(' ')
  return key.split(' ').some((word) => words.some((each) => isAlike(each, word)))
}
