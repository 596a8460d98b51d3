import { createHash, randomUUID } from 'node:crypto'
import type { Applied, Refusal } from '#commands/batch/applied.ts'
import { directPlace, meetAccount } from '#core/account.ts'
import type { Context } from '#core/command.ts'
import type { createEngine } from '#core/engine.ts'
import { BotError } from '#core/errors.ts'
import { idOf, newId } from '#core/ids.ts'
import type { Change, Records } from '#core/model.ts'
import type { Clock, Met, Store } from '#core/ports.ts'
import { problem } from '#core/reply.ts'
import type { Kept, Removal, Shelf, ShelfPage } from '#web/keeping.ts'
import { replyWords } from '#web/views.ts'

export interface KeeperParts {
  readonly engine: Pick<ReturnType<typeof createEngine>, 'act'>
  readonly store: Store
  readonly clock: Clock
}

type Kind = 'reminder' | 'todo' | 'note' | 'group'

/** Those after the last of a page, where it stands now; by its place, once it is gone. */
export function following<One extends { readonly id: string }>(all: readonly One[], last: ShelfPage['after']): readonly One[] {
  if (!last) return all
  const place = all.findIndex(({ id }) => id === last.id)
  return all.slice(place < 0 ? last.place : place + 1)
}

/** Who looks, and where. */
export type Viewer = Pick<Context, 'store' | 'space' | 'person'>

/** What may be done with the things of one kind, by the rules that the same words in chat would follow. */
export interface Rules<Name extends Kind, Input> {
  readonly kind: Name
  list(viewer: Viewer, page: ShelfPage): Promise<readonly Records[Name][]>
  /** Undefined when this person may not see it, or it is gone. */
  find(id: string, viewer: Viewer): Promise<Records[Name] | undefined>
  create(input: Input, context: Context): Promise<Applied>
  change(one: Records[Name], input: Input, context: Context): Applied | Promise<Applied>
  remove(one: Records[Name], removal: Removal, context: Context): Applied | Promise<Applied>
}

/** Of the id of a message that is an API request, and no sentence. */
const messageOf = (id: string) => `api:${id}`

const conflict: Refusal = { code: 'changed', reason: 'It has changed meanwhile.' }
const gone: Refusal = { code: 'not_found', reason: 'It is gone.' }

/** The things of one kind for programs: each wish goes through the engine, and is undone in chat like a sentence. */
export function createShelf<Name extends Kind, Input>(rules: Rules<Name, Input>, parts: KeeperParts): Shelf<Records[Name], Input> {
  type One = Records[Name]
  const { store, clock } = parts
  const meet = (user: string) => meetAccount(store, user)
  const viewer = ({ space, person }: Met): Viewer => ({ store, space, person })

  function afterOf(id: string, changes: readonly Change[]): One | undefined {
    const change = changes.find(({ kind, after }) => kind === rules.kind && after.id === id)
    return change?.after as One | undefined
  }

  async function write(
    user: string,
    id: string,
    version: number | undefined,
    decide: (one: One, context: Context) => Applied | Promise<Applied>,
  ): Promise<Kept<One>> {
    const met = await meet(user)
    const done = await act(parts, met, messageOf(randomUUID()), async (context) => {
      const one = await rules.find(id, context)
      if (!one) return gone
      return version === undefined || version === one.version ? decide(one, context) : conflict
    })
    if (done.kind !== 'done') return done
    const one = afterOf(id, done.changes) ?? (await rules.find(id, viewer(met)))
    const made = done.changes.filter(({ kind, before, after }) => kind === rules.kind && before === null && after.id !== id)
    return one ? { kind: 'done', one, also: made.map(({ after }) => after as One) } : { kind: 'not-found' }
  }

  return {
    async list(user, page) {
      const found = await rules.list(viewer(await meet(user)), { ...page, limit: page.limit + 1 })
      const items = found.slice(0, page.limit)
      const last = found.length > page.limit ? items.at(-1) : undefined
      const place = (page.after?.place ?? 0) + items.length
      return { items, ...(last ? { last: { id: last.id, at: 'dueAt' in last ? last.dueAt : null, place } } : {}) }
    },

    get: async (user, id) => rules.find(id, viewer(await meet(user))),

    async create(user, input, key) {
      const met = await meet(user)
      const id = key === undefined ? newId(clock.now()) : idOf(`${rules.kind} of a program`, met.person.id, key)
      const message = messageOf(`${id}:${fingerprint(input)}`)
      let known = false
      const done = await act(parts, met, message, async (context) => {
        known = key !== undefined && (await isThere(rules.kind, id, context))
        return known
          ? { reply: problem('It was made already.') }
          : rules.create(input, { ...context, newId: beginningWith(id, context.newId) })
      })
      if (known && !(await store.committedReply(met.space.platform, message))) return { kind: 'key-reused' }
      if (!known && done.kind !== 'done') return done
      const one = await rules.find(id, viewer(met))
      return one ? { kind: 'done', one, also: [] } : { kind: 'refused', hint: `The ${rules.kind} that you made with that key is deleted.` }
    },

    change: (user, id, input, version) => write(user, id, version, (one, context) => rules.change(one, input, context)),

    remove: (user, id, removal) => write(user, id, removal.version, (one, context) => rules.remove(one, removal, context)),
  }
}

type Acted = Exclude<Kept<never>, { kind: 'done' }> | { readonly kind: 'done'; readonly changes: readonly Change[] }

/** Lets the engine do what is decided, once for each `message`; a question that it would ask is a refusal here. */
export async function act(
  { engine }: Pick<KeeperParts, 'engine'>,
  met: Met,
  message: string,
  decide: (context: Context) => Applied | Promise<Applied>,
): Promise<Acted> {
  let applied: Applied | undefined
  const { reply, outcome } = await engine.act(met, directPlace(met), message, async (context) => {
    applied = withoutIdle(await decide(context))
    return 'code' in applied ? { reply: problem(applied.reason) } : applied
  })
  if (reply?.retryAfter !== undefined) throw new BotError('busy', 'more waits than is taken', { retryAfter: reply.retryAfter * 1_000 })
  if (applied && 'code' in applied) return refusal(applied)
  const hint = replyWords(reply).replace(/(?<!\s)\s*\n\s*/g, ' ')
  if (outcome === 'asked') return { kind: 'refused', hint: `That is not clear enough: ${hint}` }
  if (outcome === 'refused') return { kind: 'refused', hint }
  return { kind: 'done', changes: applied?.changes ?? [] }
}

/** What is written as it was is no change: it gets no new version, and nothing to undo. */
function withoutIdle(applied: Applied): Applied {
  if ('code' in applied || !applied.changes) return applied
  return { ...applied, changes: applied.changes.filter(({ before, after }) => before === null || bare(before) !== bare(after)) }
}

function bare({ version: _, ...rest }: Change['after']): string {
  return JSON.stringify(rest)
}

function refusal({ code, reason }: Refusal): Exclude<Kept<never>, { kind: 'done' }> {
  switch (code) {
    case 'not_found':
      return { kind: 'not-found' }
    case 'not_yours':
      return { kind: 'not-yours', hint: reason }
    case 'changed':
      return { kind: 'conflict' }
    default:
      return { kind: 'refused', hint: reason }
  }
}

/** The thing itself is made first; what is made along with it has ids of its own. */
function beginningWith(first: string, others: () => string): () => string {
  const ids = [first]
  return () => ids.pop() ?? others()
}

async function isThere(kind: Kind, id: string, { store, space }: Viewer): Promise<boolean> {
  const shelf = { reminder: store.reminders, todo: store.todos, note: store.notes, group: store.groups }[kind]
  return (await shelf.get(space.id, id)) !== undefined
}

/** What tells one request from another that came with the same key. */
function fingerprint(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url').slice(0, 16)
}
