import { newId } from '#core/ids.ts'
import type { Clock, TranscriptEntry, Transcripts } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { type Database, isDuplicate } from './client.ts'
import type { TranscriptEntry as Row } from './generated/client.ts'
import { toDate, toInstant } from './instants.ts'
import { toJson } from './json.ts'

export function createTranscripts(database: Database, { clock }: { readonly clock: Clock }): Transcripts {
  async function find(userId: string, mark: string): Promise<TranscriptEntry | undefined> {
    const row = await database.transcriptEntry.findUnique({ where: { userId_mark: { userId, mark } } })
    return row ? entryOf(row) : undefined
  }

  return {
    find,

    async append(userId, { from, text, reply }, mark) {
      const at = clock.now()
      try {
        const row = await database.transcriptEntry.create({
          data: {
            id: newId(at),
            userId,
            at: toDate(at),
            author: from,
            ...(text === undefined ? {} : { text }),
            ...(reply === undefined ? {} : { reply: toJson(reply) }),
            ...(mark === undefined ? {} : { mark }),
          },
        })
        return entryOf(row)
      } catch (cause) {
        const earlier = mark !== undefined && isDuplicate(cause) ? await find(userId, mark) : undefined
        if (earlier) return earlier
        throw cause
      }
    },

    async get(userId, id) {
      const row = await database.transcriptEntry.findFirst({ where: { id, userId } })
      return row ? entryOf(row) : undefined
    },

    async replace(userId, id, reply) {
      await database.transcriptEntry.updateMany({ where: { id, userId }, data: { reply: toJson(reply) } })
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

function entryOf(row: Row): TranscriptEntry {
  return {
    id: row.id,
    at: toInstant(row.at),
    from: row.author === 'person' ? 'person' : 'ducktape',
    ...(row.text === null ? {} : { text: row.text }),
    ...(row.reply === null ? {} : { reply: row.reply as unknown as Reply }),
  }
}
