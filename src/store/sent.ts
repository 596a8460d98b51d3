import { gather } from '#core/gather.ts'
import type { Clock, SentMessage } from '#core/ports.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { toDate } from './instants.ts'
import { runOn } from './run.ts'

interface Told {
  readonly mark: string
  readonly message: SentMessage
}

/** Says that platforms have messages, many at a time, and gives back of each the one that counts: that which was recorded first. */
export function createRecord(database: Database, { clock }: { readonly clock: Clock }) {
  const run = runOn(database)

  const record = gather(async (told: readonly Told[]): Promise<readonly SentMessage[]> => {
    const messages = told.map(({ mark, message: { channel, id } }) => ({ mark, channel, message: id }))
    const statement = Prisma.sql`
      WITH locked AS (
        SELECT delivery.id AS row, told.channel, told.message FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS told(mark uuid, channel text, message text)
        -- Of an array Postgres knows how long it is, and looks each up by its index.
        JOIN delivery ON delivery.mark = told.mark AND delivery.mark = ANY(${told.map(({ mark }) => mark)}::uuid[]) AND state <> 'sent'
        ORDER BY delivery.id FOR UPDATE OF delivery
      )
      UPDATE delivery SET state = 'sent', sent_at = ${toDate(clock.now())}::timestamptz, sent_channel = locked.channel, sent_message = locked.message
      FROM locked WHERE delivery.id = locked.row AND state <> 'sent'
      RETURNING mark::text`
    const { rows } = await run<{ readonly mark: string }>(statement, 'record what was sent')
    const first = new Set(rows.map(({ mark }) => mark))
    return Promise.all(told.map(({ mark, message }) => (first.has(mark) ? message : recorded(mark, message))))
  })

  async function recorded(mark: string, message: SentMessage): Promise<SentMessage> {
    const { sentChannel, sentMessage } = await database.delivery.findFirstOrThrow({ where: { mark } })
    return sentChannel !== null && sentMessage !== null ? { channel: sentChannel, id: sentMessage } : message
  }

  return (mark: string, message: SentMessage) => record({ mark, message })
}
