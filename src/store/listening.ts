import { z } from 'zod'
import type { Space } from '#core/model.ts'
import type { Broadcast, Ended, Listening } from '#core/ports.ts'
import { resync } from '#core/resync.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { tellChanged } from './people.ts'

/** Told to all processes when a space listens in other channels than before. */
const topic = 'listening.changed'

const Told = z.object({ space: z.string(), channels: z.array(z.string()), version: z.number() })

export function tellListening(broadcast: Broadcast, { id: space, rules: { listens: channels = [] }, version }: Space): Promise<void> {
  return broadcast.publish(topic, { space, channels, version })
}

function endSql({ kind, id }: Ended): Prisma.Sql {
  const which =
    kind === 'channel' ? Prisma.sql`rules->'listens' ? ${id}` : Prisma.sql`external_id = ${id} AND rules->'listens' <> '[]'::jsonb`
  const left = kind === 'channel' ? Prisma.sql`(rules->'listens') - ${id}::text` : Prisma.sql`'[]'::jsonb`
  return Prisma.sql`
    UPDATE space SET rules = jsonb_set(rules, '{listens}', ${left}), version = version + 1
    WHERE platform = 'discord' AND ${which}
    RETURNING id AS space, rules->'listens' AS channels, version`
}

/**
 * The channels in which we read along, in memory: every message of every server asks. What changes in any process is
 * known in all of them at once.
 *
 * `onFailed` is told when they could not be read anew; what was known then stays.
 */
export async function openListening(
  database: Database,
  broadcast: Broadcast,
  onFailed: (cause: unknown) => void,
): Promise<Listening & Disposable> {
  let spaces = new Map<string, z.output<typeof Told>>()
  let channels: ReadonlySet<string> = new Set()
  let told = 0

  function settle(): void {
    channels = new Set([...spaces.values()].flatMap((each) => each.channels))
  }

  async function load(): Promise<void> {
    for (let seen = -1; seen !== told; ) {
      seen = told
      const rows = await database.$queryRaw`
        SELECT id AS space, rules->'listens' AS channels, version FROM space WHERE platform = 'discord' AND rules ? 'listens'`
      // What was told meanwhile may be newer than what was read.
      if (seen === told)
        spaces = new Map(
          z
            .array(Told)
            .parse(rows)
            .map((each) => [each.space, each]),
        )
    }
    settle()
  }

  const subscriptions = [
    broadcast.subscribe(topic, (payload) => {
      const news = Told.parse(payload)
      told += 1
      // Two changes shortly one after the other may arrive in the other order.
      if ((spaces.get(news.space)?.version ?? 0) > news.version) return
      spaces.set(news.space, news)
      settle()
    }),
    broadcast.subscribe(resync, () => void load().catch(onFailed)),
  ]
  await load()
  return {
    hears: (channel) => channels.has(channel),
    channels: () => [...channels],
    async end(ended) {
      const rows = z.array(Told).parse(await database.$queryRaw(endSql(ended)))
      for (const { space, channels: listens, version } of rows) {
        await tellChanged(broadcast, space)
        await broadcast.publish(topic, { space, channels: listens, version })
      }
      return rows.length > 0
    },
    [Symbol.dispose]() {
      for (const subscription of subscriptions) subscription[Symbol.dispose]()
    },
  }
}
