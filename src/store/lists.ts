import type { Last } from '#core/ports/last.ts'
import type { Held, Store } from '#core/ports.ts'
import type { Database } from './client.ts'
import { dueAfter, madeAfter } from './following.ts'
import { Prisma } from './generated/client.ts'
import { toDate } from './instants.ts'
import { nearlyNotesSql, notesSql } from './note-search.ts'
import { folderOf, listOf, noteOf, todoOf } from './records.ts'
import { type Row as Columns, inNames } from './rows.ts'
import { rowsOf, rowsUnder, runOn } from './run.ts'

/** How alike a word of a note has to be to what was typed: "pasword" and "password" are. */
const likeness = { setting: 'pg_trgm.word_similarity_threshold', value: '0.5' } as const

/** What stands on a list that is deleted is nowhere to be seen. */
const onKept = { list: { state: 'kept' } }

const orders = {
  oldest: [{ createdAt: 'asc' }, { id: 'asc' }],
  latest: [{ createdAt: 'desc' }, { id: 'desc' }],
  due: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
} as const

const holders = {
  list: { table: Prisma.raw('todo_list'), things: Prisma.raw('todo'), reference: Prisma.raw('list_id'), state: 'open' },
  folder: { table: Prisma.raw('folder'), things: Prisma.raw('note'), reference: Prisma.raw('folder_id'), state: 'kept' },
} as const

/** Todos and notes, and what they are kept in. */
export function createListReads(database: Database): Pick<Store, 'todos' | 'lists' | 'notes' | 'folders'> {
  const run = runOn(database)

  /** By name, each with what it holds: counted by its own index, and not for everybody's at once. */
  async function heldBy<Row, Holder>(
    { table, things, reference, state }: (typeof holders)[keyof typeof holders],
    spaceId: string,
    ownerId: string,
    read: (row: Row) => Holder,
  ): Promise<readonly Held<Holder>[]> {
    const { rows } = await run<Columns>(
      Prisma.sql`
        SELECT holder.*, (SELECT count(*)::int FROM ${things} AS thing WHERE thing.${reference} = holder.id AND thing.state = ${state}) AS holds
        FROM ${table} AS holder
        WHERE holder.owner_id = ${ownerId}::uuid AND holder.space_id = ${spaceId}::uuid AND holder.key IS NOT NULL ORDER BY holder.key`,
    )
    return rows.map(({ holds, ...row }) => ({ one: read(inNames<Row>(row)), holds: Number(holds) }))
  }

  async function madeSince({ id }: Last, spaceId: string, way: 'gt' | 'lt') {
    const last = await database.todo.findFirst({ where: { id, spaceId }, select: { createdAt: true } })
    return last ? madeAfter(last.createdAt, id, way) : {}
  }

  return {
    todos: {
      async get(spaceId, id) {
        const row = await database.todo.findFirst({ where: { id, spaceId, ...onKept } })
        return row ? todoOf(row) : undefined
      },
      async open(spaceId, ownerId, limit, listId, offset = 0) {
        const here = listId === undefined ? Prisma.empty : Prisma.sql`AND todo.list_id = ${listId}::uuid`
        const statement = Prisma.sql`
          SELECT todo.* FROM todo JOIN todo_list ON todo_list.id = todo.list_id AND todo_list.state = 'kept'
          WHERE todo.space_id = ${spaceId}::uuid AND todo.owner_id = ${ownerId}::uuid AND todo.state = 'open' ${here}
          ORDER BY todo.due_at, todo.created_at, todo.id LIMIT ${limit}::int OFFSET ${offset}::int`
        const { rows } = await run<Columns>(statement, listId === undefined ? 'open todos' : 'open todos of a list')
        return rows.map((row) => todoOf(inNames(row)))
      },
      async ofState(spaceId, ownerId, state, { offset = 0, after, limit, listId, due, order = 'oldest' }) {
        const follows = after && (order === 'due' ? dueAfter(after) : await madeSince(after, spaceId, order === 'oldest' ? 'gt' : 'lt'))
        const dueAt = due && { ...(due.from && { gte: toDate(due.from) }), ...(due.to && { lt: toDate(due.to) }) }
        const rows = await database.todo.findMany({
          where: {
            spaceId,
            ownerId,
            state,
            ...onKept,
            ...(listId && { listId }),
            ...(dueAt && { dueAt }),
            ...(follows && { AND: follows }),
          },
          orderBy: [...orders[order]],
          skip: offset,
          take: limit,
        })
        return rows.map(todoOf)
      },
      countOpen: (spaceId, ownerId) => database.todo.count({ where: { spaceId, ownerId, state: 'open', ...onKept } }),
    },

    lists: {
      async get(spaceId, id) {
        const row = await database.todoList.findFirst({ where: { id, spaceId } })
        return row ? listOf(row) : undefined
      },
      of: (spaceId, ownerId) => heldBy(holders.list, spaceId, ownerId, listOf),
    },

    notes: {
      async get(spaceId, id) {
        const row = await database.note.findFirst({ where: { id, spaceId } })
        return row ? noteOf(row) : undefined
      },
      async recent(spaceId, ownerId, limit, folderId, after) {
        const last = after && (await database.note.findFirst({ where: { id: after.id, spaceId }, select: { createdAt: true } }))
        const follows = after && last && madeAfter(last.createdAt, after.id, 'lt')
        const rows = await database.note.findMany({
          where: { spaceId, ownerId, state: 'kept', ...(folderId && { folderId }), ...follows },
          orderBy: [...orders.latest],
          take: limit,
        })
        return rows.map(noteOf)
      },
      async search(spaceId, ownerId, search) {
        const [words, nearly] = [notesSql(spaceId, ownerId, search), nearlyNotesSql(spaceId, ownerId, search)]
        if (!words || !nearly) return []
        const exact = await rowsOf<[id: string]>(database, words)
        const found = exact.length > 0 || search.exactly ? exact : await rowsUnder<[id: string]>(database, likeness, nearly)
        const rows = await database.note.findMany({ where: { id: { in: found.map(([id]) => id) }, spaceId, ownerId } })
        const byId = new Map(rows.map((row) => [row.id, row]))
        return found.flatMap(([id]) => {
          const row = byId.get(id)
          return row ? [noteOf(row)] : []
        })
      },
      count: (spaceId, ownerId) => database.note.count({ where: { spaceId, ownerId, state: 'kept' } }),
    },

    folders: {
      async get(spaceId, id) {
        const row = await database.folder.findFirst({ where: { id, spaceId } })
        return row ? folderOf(row) : undefined
      },
      of: (spaceId, ownerId) => heldBy(holders.folder, spaceId, ownerId, folderOf),
    },
  }
}
