import type { Broadcast } from '#core/ports.ts'
import { createSeal } from '#core/secrets.ts'
import { createFetch } from '#net/fetch.ts'
import { openBroadcast } from '#store/broadcast.ts'
import { openDatabase } from '#store/client.ts'
import { migrate } from '#store/migrate.ts'
import { secretKey } from '#store/secret.ts'
import { createStores } from '#store/store.ts'
import { createLog } from '#telemetry/log.ts'
import { readConfig } from '../config.ts'
import { createExchange, largestDownload } from '../exchange.ts'
import { createUpkeep } from '../upkeep.ts'
import { databaseUrl } from './database.ts'

/** Nobody speaks and nobody listens. */
const silence: Broadcast = { publish: async () => undefined, subscribe: () => ({ [Symbol.dispose]: () => undefined }) }

/**
 * What importing and exporting need, on the database alone: beside a running server, or without one. `talks`: the two
 * hear of each other's work at once.
 */
export async function exchangeHere({ talks = false }: { readonly talks?: boolean } = {}) {
  const stack = new AsyncDisposableStack()
  try {
    const config = readConfig()
    const url = await databaseUrl(config, stack)
    const seal = createSeal(config.secretKey ?? (await secretKey(config.home)))
    await migrate(url)
    const { database } = stack.use(await openDatabase(url))
    const clock = { now: () => Temporal.Now.instant() }
    const broadcast = talks ? stack.use(await openBroadcast(config.redisUrl, url, createLog({ level: 'silent', pretty: false }))) : silence
    const scheduler = { schedule: async () => undefined }
    const onEffectFailed = (cause: unknown) => {
      throw cause
    }
    const stores = stack.use(createStores(database, { clock, broadcast, scheduler, seal, onEffectFailed }))
    const exchange = createExchange({ ...stores, clock, actions: { verify: () => undefined } })
    const fetch = createFetch({ mostBytes: largestDownload })
    const { alertsOf } = createUpkeep({ ...stores, clock })
    return {
      ...stores,
      exchange,
      alertsOf,
      progress: async () => undefined,
      download: async () => ({ kind: 'refused', why: 'That is for chats.' }) as const,
      clock,
      fetch,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  } catch (cause) {
    await stack.disposeAsync()
    throw cause
  }
}
