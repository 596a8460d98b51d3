import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createActions } from '#core/actions.ts'
import type { CalendarContents } from '#core/exchange.ts'
import type { News } from '#core/news.ts'
import { createSeal } from '#core/secrets.ts'
import { startExchange } from '#jobs/exchange.ts'
import { importFile } from '#jobs/handlers/import.ts'
import { createFetch } from '#net/fetch.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { createStores, type Stores } from '#store/store.ts'
import { createLog } from '#telemetry/log.ts'
import { createExchange } from '../../src/exchange.ts'
import { createUpkeep, type Upkeep } from '../../src/upkeep.ts'
import { openTestDatabase } from '../support/database.ts'
import { secret } from '../support/world.ts'
import { openHouse } from '../web/support/house.ts'

export interface Station extends AsyncDisposable {
  readonly url: string
  readonly database: Database
  readonly stores: Stores
  readonly exchange: ReturnType<typeof createExchange>
  readonly upkeep: Upkeep
  /** What people were told of feeds. */
  readonly told: readonly News[]
  now: Temporal.Instant
  /** Sends a file; gives back the id of the import. */
  sends(file: string | Uint8Array, type?: string, query?: string): Promise<string>
  /** Sends a file and does what a worker would. */
  imports(file: string | Uint8Array, type?: string, query?: string): Promise<ImportAnswer>
  /** Does what a worker would, and asks how it stands. */
  works(id: string, contents?: CalendarContents): Promise<ImportAnswer>
  asks(id: string): Promise<ImportAnswer>
  exported(query?: string): Promise<string>
  /** The calendar of whoever is on this machine, and the secret of a feed of it. */
  calendar(): Promise<{ readonly id: string; readonly spaceId: string; readonly ownerId: string }>
  /** Starts what works on imports and feeds by itself. */
  work(): AsyncDisposable
}

export interface ImportAnswer {
  readonly id: string
  readonly state: string
  readonly created: number
  readonly changed: number
  readonly same: number
  readonly skipped: number
  readonly done: number
  readonly days: { readonly first: string; readonly last: string | null } | null
  readonly remarks: readonly { readonly line: number; readonly text: string }[]
  readonly failure: string | null
}

/** Names that stand for this machine, so that a server here can play one of the internet. */
export const example = 'calendar.example'

/** Import, export and feeds on a real database, behind the real web server. */
export async function openStation(): Promise<Station> {
  const stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await openTestDatabase())
  const { database } = stack.use(await openDatabase(databaseUrl))
  const broadcast = createMemoryBroadcast()
  const clock = { now: () => station.now }
  const onEffectFailed = (cause: unknown) => {
    throw cause
  }
  const stores = stack.use(
    createStores(database, { clock, broadcast, seal: createSeal(secret), scheduler: { schedule: async () => undefined }, onEffectFailed }),
  )
  const exchange = createExchange({ ...stores, clock, actions: createActions(secret) })
  const upkeep = createUpkeep({ ...stores, clock })
  const house = stack.use(await openHouse({ exchange }))
  const fetch = createFetch({
    mostBytes: 1_000_000,
    lookup: async (hostname) => [{ address: hostname === example ? '127.0.0.1' : '10.0.0.5', family: 4 }],
    mayAsk: (address) => address === '127.0.0.1',
  })

  const told: News[] = []
  const tell = async (news: News) => void told.push(news)
  const download = async () => ({ kind: 'refused', why: 'no platform is here' }) as const
  const station: Station = {
    told,
    url: house.url,
    database,
    stores,
    exchange,
    upkeep,
    now: Temporal.Instant.from('2026-11-26T08:00:00Z'),
    async sends(file, type = 'text/calendar', query = '') {
      const sent = await globalThis.fetch(`${house.url}/api/import${query}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: typeof file === 'string' ? file : Buffer.from(file),
      })
      const { id } = (await sent.json()) as { id: string }
      return id
    },
    imports: async (...sent) => station.works(await station.sends(...sent)),
    async works(id, contents = stores.contents) {
      const request = await stores.importWork.take(id)
      if (!request) throw new Error(`nothing to do for import ${id}`)
      await importFile(request, { ...stores, contents, fetch, clock, alertsOf: upkeep.alertsOf, download, progress: async () => undefined })
      return station.asks(id)
    },
    asks: async (id) => (await (await globalThis.fetch(`${house.url}/api/import/${id}`)).json()) as ImportAnswer,
    exported: async (query = '') => (await globalThis.fetch(`${house.url}/api/export${query}`)).text(),
    async calendar() {
      const place = { platform: 'web', space: 'local', channel: 'me', kind: 'direct' } as const
      const { space, person } = await stores.store.people.meet(place, { id: 'me', name: 'You' })
      return { id: person.calendarId, spaceId: space.id, ownerId: person.id }
    },
    work: () =>
      startExchange({
        ...stores,
        alertsOf: upkeep.alertsOf,
        tell,
        download,
        fetch,
        clock,
        broadcast,
        messengers: [],
        viewImport: () => ({ tone: 'tell', visibility: 'place', blocks: [] }),
        meter: { worked: () => undefined },
        log: createLog({ level: 'silent', pretty: false }),
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
  return station
}

/** A server of the internet, at `example`. */
export async function serve(listener: RequestListener): Promise<{ readonly port: number } & AsyncDisposable> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
