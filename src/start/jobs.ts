import { mostNamed, progressView } from '#commands/batch/view.ts'
import { compose } from '#commands/digest/compose.ts'
import { importView } from '#commands/exchange/import-view.ts'
import { shownNow } from '#commands/invitation/shown.ts'
import { ring } from '#commands/ring.ts'
import { undelivered } from '#commands/unreachable.ts'
import type { BatchStatus } from '#core/batch.ts'
import type { createEngine, EngineParts } from '#core/engine.ts'
import type { Place } from '#core/message.ts'
import type { Space } from '#core/model.ts'
import type { Messenger, Scheduler, StaleCard } from '#core/ports.ts'
import type { QueueBackend } from '#jobs/backend.ts'
import { createExclusive } from '#store/exclusive.ts'
import { createRetention } from '#store/retention.ts'
import { createItemRunner } from '../batch/runner.ts'
import { largestDownload } from '../exchange.ts'
import { createNews } from '../news.ts'
import { closePolls } from '../polls.ts'
import type { Upkeep } from '../upkeep.ts'
import type { Parts } from './parts.ts'

interface JobsParts extends Parts {
  readonly backend: QueueBackend
  readonly scheduler: Scheduler
  readonly messengers: readonly Messenger[]
  readonly engine: ReturnType<typeof createEngine>
  readonly engineParts: EngineParts
  readonly upkeep: Upkeep
}

/** All that works on what was planned: reminders, imports and feeds, batches, and cards that have to change. */
export async function startJobs(parts: JobsParts): Promise<readonly AsyncDisposable[]> {
  const { database, stores, broadcast, metrics, clock, log, actions, backend, scheduler, messengers, engine, engineParts, upkeep } = parts
  const { startWork } = await import('#jobs/work.ts')
  const { startExchange } = await import('#jobs/exchange.ts')
  const { startCards } = await import('#jobs/cards.ts')
  const { startBatches } = await import('#jobs/batch.ts')
  const { createDownload } = await import('#jobs/fetch.ts')
  const { createFetch } = await import('#net/fetch.ts')

  /** Signs what the buttons of a space stand for. */
  const tokensOf =
    (spaceId: string) =>
    (verb: string, subject: string, argument = '') =>
      actions.sign(spaceId, { verb, subject, argument })
  const meter = metrics

  async function viewBatch(batch: BatchStatus) {
    const page = { after: -1, limit: mostNamed, state: 'failed' } as const
    const failed = batch.failed === 0 ? [] : await stores.store.batches.items(batch.spaceId, batch.id, page)
    return progressView(batch, failed, tokensOf(batch.spaceId))
  }

  return [
    startExchange({
      ...stores,
      alertsOf: upkeep.alertsOf,
      fetch: createFetch({ mostBytes: largestDownload }),
      download: createDownload(messengers, largestDownload),
      tell: createNews({ store: stores.store, act: engine.act }),
      viewImport: ({ spaceId, status }) => importView(status, tokensOf(spaceId)),
      clock,
      broadcast,
      messengers,
      meter,
      log,
    }),
    startCards({
      cards: stores.cards,
      messengers,
      show: ({ space, reader, message, shows, isPublic }: StaleCard) =>
        shownNow(shows, engine.moment({ space, person: reader }, placeOf(space, message.channel, isPublic))),
      broadcast,
      clock,
      log,
    }),
    startWork({
      ...stores,
      async keepCalendar() {
        await upkeep.step()
        await closePolls({ store: stores.store, clock, act: engine.act })
      },
      backend,
      scheduler,
      messengers,
      clock,
      exclusive: createExclusive(database),
      broadcast,
      meter,
      log,
      leftovers: stores.outbox.sweep,
      forget: createRetention(database),
      ring: (rung) => ring({ ...rung, token: tokensOf(rung.spaceId) }),
      compose: (digest) => compose({ ...digest, store: stores.store, token: tokensOf(digest.space.id) }),
      undelivered: (news) => undelivered({ ...news, token: tokensOf(news.reminder.spaceId) }),
    }),
    startBatches({
      ...stores,
      backend,
      messengers,
      broadcast,
      clock,
      meter,
      log,
      runItem: createItemRunner({ ...engineParts, ...stores }),
      view: viewBatch,
    }),
  ]
}

function placeOf({ platform, externalId: space }: Space, channel: string, isPublic: boolean): Place {
  return { platform, space, channel, kind: isPublic ? 'channel' : 'direct' }
}
