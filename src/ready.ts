import type { Platform } from '#core/message.ts'
import type { BotMeter } from '#core/ports.ts'
import { within } from '#core/within.ts'
import type { QueueBackend } from '#jobs/backend.ts'
import { remindQueue } from '#jobs/queues.ts'
import type { Database } from '#store/client.ts'
import type { Checks } from '#web/ports.ts'
import type { Config } from './config.ts'

/** A meter that remembers which platforms are connected. */
export function watched(meter: BotMeter): BotMeter & { isConnected(platform: Platform): boolean } {
  const up = new Set<Platform>()
  return {
    ...meter,
    connected(platform, connected) {
      if (connected) up.add(platform)
      else up.delete(platform)
      meter.connected(platform, connected)
    },
    isConnected: (platform) => up.has(platform),
  }
}

/** Whether everything that this process stands on answers. */
export function createChecks(parts: {
  readonly database: Database
  readonly backend: QueueBackend
  readonly meter: ReturnType<typeof watched>
  readonly config: Config
}): Checks {
  const { database, backend, meter, config } = parts
  const platform = (name: Platform, set: boolean) =>
    set ? { [name]: meter.isConnected(name) ? { ok: true } : { ok: false, detail: 'not connected' } } : {}

  return async () => {
    const [postgres, queues] = await Promise.all([
      answers(() => database.$queryRaw`SELECT 1`),
      answers(() => backend.queue(remindQueue('web')).getJobCounts('waiting')),
    ])
    return {
      postgres,
      // The queues are in Redis when there is one, and then stand for it.
      ...(backend.kind === 'redis' ? { redis: queues } : {}),
      queues: { ...queues, detail: queues.detail ?? `on ${backend.kind}` },
      ...platform('slack', config.roles.has('slack') && Boolean(config.slack.botToken && config.slack.appToken)),
      ...platform('discord', config.roles.has('discord') && Boolean(config.discord.token)),
    }
  }
}

/** How long one part has to answer, in milliseconds: less than the whole look may take. */
const patience = 2_000

async function answers(call: () => Promise<unknown>): Promise<{ readonly ok: boolean; readonly detail?: string }> {
  try {
    return (await within(patience, call())) ? { ok: true } : { ok: false, detail: `no answer within ${patience / 1_000} s` }
  } catch {
    return { ok: false, detail: 'no answer' }
  }
}
