import { gather } from '#core/gather.ts'
import { newId } from '#core/ids.ts'
import type { Clock, TranscriptEntry, Transcripts } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import type { Database } from './client.ts'
import { Prisma, type TranscriptEntry as Row } from './generated/client.ts'
import { toDate, toInstant } from './instants.ts'
import { jsonText } from './json.ts'
import { inNames, insertSql, type Row as Raw } from './rows.ts'
import { runOn, unhurried } from './run.ts'

/** As many lines as are added by one statement. */
const most = 50

export function createTranscripts(database: Database, { clock }: { readonly clock: Clock }): Transcripts {
  const run = runOn(database)

  async function first(statement: Prisma.Sql, name: string): Promise<TranscriptEntry | undefined> {
    const { rows } = await run<Raw>(statement, name)
    return rows[0] && entryOf(inNames(rows[0]))
  }

  function find(userId: string, mark: string): Promise<TranscriptEntry | undefined> {
    return first(Prisma.sql`SELECT * FROM transcript_entry WHERE user_id = ${userId} AND mark = ${mark}`, 'marked line')
  }

  /** Whether each was added: a marked line may have been there. */
  const add = gather(async (lines: readonly Row[]): Promise<readonly boolean[]> => {
    const { rows } = await run<{ readonly id: string }>(insertSql('transcript_entry', lines, unlessThere), 'add lines')
    const added = new Set(rows.map(({ id }) => id))
    return lines.map(({ id }) => added.has(id))
  }, most)

  return {
    find,

    async append(userId, { from, text, reply }, mark) {
      const at = clock.now()
      const line = { id: newId(at), userId, at: toDate(at), author: from, text: text ?? null, reply: plain(reply), mark: mark ?? null }
      if (await add(line)) return entryOf(line)
      const earlier = mark === undefined ? undefined : await find(userId, mark)
      if (!earlier) throw new Error(`line ${line.id} was not added`)
      return { ...earlier, earlier: true }
    },

    async get(userId, id) {
      return first(Prisma.sql`SELECT * FROM transcript_entry WHERE id = ${id}::uuid AND user_id = ${userId}`, 'line')
    },

    async replace(userId, id, reply) {
      await run(Prisma.sql`UPDATE transcript_entry SET reply = ${jsonText(reply)}::jsonb WHERE id = ${id}::uuid AND user_id = ${userId}`)
    },

    async recent(userId, limit, before) {
      const rows = await database.transcriptEntry.findMany({
        where: { userId, ...(before === undefined ? {} : { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit,
      })
      return rows.toReversed().map(entryOf)
    },
  }
}

/**
 * A line is lost at most with those after it, and with what a sentence changed: what is committed for a sentence comes
 * after the line that says it.
 */
const unlessThere = Prisma.sql`WHERE ${unhurried} ON CONFLICT DO NOTHING RETURNING id`

/** As it comes back from the database. */
function plain(reply: Reply | undefined): Row['reply'] {
  return reply === undefined ? null : JSON.parse(jsonText(reply))
}

function entryOf(row: Row): TranscriptEntry {
  return {
    id: row.id,
    at: toInstant(row.at),
    from: row.author === 'person' ? 'person' : 'ducktape',
    ...(row.text === null ? {} : { text: row.text }),
    ...(row.reply === null ? {} : { reply: row.reply as unknown as Reply }),
  }
}
