import type { BatchWork } from '#core/batch.ts'
import type { CalendarContents, Feeds, Subscriptions } from '#core/exchange.ts'
import type { ImportWork } from '#core/imports.ts'
import type { Personal } from '#core/personal.ts'
import type {
  Broadcast,
  Cards,
  Clock,
  DeadLetters,
  Deliveries,
  GatewaySessions,
  Inbox,
  Scheduler,
  Store,
  Transcripts,
} from '#core/ports.ts'
import type { Seal } from '#core/secrets.ts'
import type { CalendarUpkeep } from '#core/upkeep.ts'
import { within } from '#core/within.ts'
import { createBatchWork } from './batch-work.ts'
import { createBatches } from './batches.ts'
import { createCards } from './cards.ts'
import type { Database } from './client.ts'
import { commit } from './commit.ts'
import { createContents } from './contents.ts'
import { createDeadLetters } from './dead-letters.ts'
import { createDeliveries } from './deliveries.ts'
import { createFeeds } from './feeds.ts'
import { createGatewaySessions } from './gateway-sessions.ts'
import { createImportWork } from './import-work.ts'
import { createImports } from './imports.ts'
import { createInbox } from './inbox.ts'
import { tellListening } from './listening.ts'
import { createOutbox, type Effect, type Outbox } from './outbox.ts'
import { createPageLinks } from './page-links.ts'
import { createPeople } from './people.ts'
import { createPersonal } from './personal.ts'
import { createReads } from './reads.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createTranscripts } from './transcripts.ts'
import { createUpkeep } from './upkeep.ts'

export interface Stores {
  readonly store: Store
  readonly inbox: Inbox
  readonly gatewaySessions: GatewaySessions
  readonly deliveries: Deliveries
  readonly deadLetters: DeadLetters
  readonly transcripts: Transcripts
  readonly outbox: Outbox
  readonly contents: CalendarContents
  readonly importWork: ImportWork
  readonly subscriptions: Subscriptions
  readonly batchWork: BatchWork
  readonly personal: Personal
  readonly pageLinks: ReturnType<typeof createPageLinks>
  readonly feeds: Feeds
  readonly upkeep: CalendarUpkeep
  readonly cards: Cards
}

export interface StoreParts {
  readonly clock: Clock
  readonly broadcast: Broadcast
  readonly scheduler: Scheduler
  /** What protects addresses that may hold a secret. */
  readonly seal: Seal
  /** As many operations as one part of a batch may have. */
  readonly mostItems?: number
  /** Told when an effect could not be carried out at once; the sweep tries it again. */
  onEffectFailed(cause: unknown): void
}

/** How long effects may take once we stop, in milliseconds. */
const patience = 1_000

/** Everything that is kept, on one database. */
export function createStores(
  database: Database,
  { clock, broadcast, scheduler, seal, mostItems = 1_000, onEffectFailed }: StoreParts,
): Stores & AsyncDisposable {
  const outbox = createOutbox(database, { scheduler, broadcast })
  const people = createPeople(database, { clock, broadcast, carryOut })
  const subscriptions = createSubscriptions(database, { clock, broadcast, seal })
  const pageLinks = createPageLinks(database)
  const personal = createPersonal(database, { forget: people.forget })
  const underway = new Set<Promise<void>>()

  /** The answer does not wait for effects: they are on record, and carried out in any case. */
  function carryOut(effects: readonly Effect[]): void {
    background(outbox.carryOut(effects))
  }

  function background(effect: Promise<void>): void {
    const work = effect.catch(onEffectFailed)
    underway.add(work)
    void work.finally(() => underway.delete(work))
  }

  return {
    store: {
      ...createReads(database),
      people: people.people,
      imports: createImports(database, { broadcast, seal, clock }),
      subscriptions,
      personal,
      pageLinks,
      batches: createBatches(database, { broadcast, mostItems }),
      async commit(work) {
        carryOut(await commit(database, work))
        for (const { kind, after } of work.changes) {
          if (kind === 'person' || kind === 'space') background(people.forget(after.id))
          if (kind === 'space') background(tellListening(broadcast, after))
        }
      },
    },
    inbox: createInbox(database),
    gatewaySessions: createGatewaySessions(database),
    deliveries: createDeliveries(database, { clock, carryOut: async (effects) => carryOut(effects) }),
    deadLetters: createDeadLetters(database, { clock, carryOut }),
    transcripts: createTranscripts(database, { clock }),
    outbox,
    contents: createContents(database),
    importWork: createImportWork(database, { broadcast, seal, clock }),
    subscriptions,
    personal,
    pageLinks,
    batchWork: createBatchWork(database, { broadcast }),
    feeds: createFeeds(database),
    cards: createCards(database),
    upkeep: createUpkeep(database, { tzdata: process.versions.tz ?? 'unknown', carryOut }),
    async [Symbol.asyncDispose]() {
      people[Symbol.dispose]()
      // What is not carried out by then is on record, and the next sweep does it.
      await within(patience, Promise.all(underway))
    },
  }
}
