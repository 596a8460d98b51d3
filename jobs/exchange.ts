import type { Logger } from 'pino'
import type { Into, Subscriptions } from '#core/exchange.ts'
import { type ImportWork, importRests, importWaits, type ShownImport } from '#core/imports.ts'
import type { Broadcast, JobMeter, Messenger } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { type FeedParts, refresh } from './handlers/feed.ts'
import { type ImportParts, importFile } from './handlers/import.ts'
import { repeating } from './repeating.ts'
import { createReport, type Report } from './report.ts'

export interface ExchangeParts extends Omit<ImportParts, 'importWork' | 'progress'>, Omit<FeedParts, 'subscriptions'> {
  readonly importWork: ImportWork
  readonly subscriptions: Subscriptions
  readonly broadcast: Broadcast
  readonly meter: Pick<JobMeter, 'worked'>
  readonly log: Logger
  readonly messengers: readonly Messenger[]
  /** What the message of an import says now. */
  viewImport(shown: ShownImport): Reply
  /** Between two looks when nobody says that something waits, in milliseconds. */
  readonly lookEvery?: number
}

/**
 * Works on imports and feeds, one at a time in this process. They wait in Postgres, where each is held by whoever
 * works on it: a process that dies leaves nothing behind that another one does not take over.
 */
export function startExchange(parts: ExchangeParts): AsyncDisposable {
  const { broadcast, log, importWork, viewImport: view, lookEvery = 10_000 } = parts
  const report = createReport({ ...parts, kind: 'import', works: importWork, view })
  let stopped = false
  const looking = repeating(lookEvery, async () => {
    try {
      while (!stopped && ((await nextImport(parts, report)) || (await nextFeed(parts))));
    } catch (err) {
      log.warn({ err }, 'imports and feeds wait for the next look')
    }
  })
  const subscriptions = [broadcast.subscribe(importWaits, looking.now), broadcast.subscribe(importRests, report.rested)]
  return {
    async [Symbol.asyncDispose]() {
      stopped = true
      for (const subscription of subscriptions) subscription[Symbol.dispose]()
      await Promise.all([looking[Symbol.asyncDispose](), report[Symbol.asyncDispose]()])
    },
  }
}

/** False when none waits. */
async function nextImport(parts: ExchangeParts, { progress }: Report): Promise<boolean> {
  const request = await parts.importWork.take()
  if (!request) return false
  await measured('import', parts, () => importFile(request, { ...parts, progress }))
  if (!request.preview) await changed(request, parts)
  return true
}

async function nextFeed(parts: ExchangeParts): Promise<boolean> {
  const subscription = await parts.subscriptions.take()
  if (!subscription) return false
  await measured('feed', parts, async () => {
    if ((await refresh(subscription, parts)) === 'changed') await changed(subscription, parts)
  })
  return true
}

/** Whoever looks at the calendar sees at once what came. */
function changed({ calendarId: id, spaceId, personId }: Into & { readonly personId: string }, { broadcast }: ExchangeParts): Promise<void> {
  return broadcast.publish('change', { kind: 'event', id, spaceId, personId })
}

async function measured(queue: string, { meter }: ExchangeParts, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now()
  try {
    await work()
    meter.worked(queue, 'done', (performance.now() - began) / 1_000)
  } catch (err) {
    meter.worked(queue, 'retried', (performance.now() - began) / 1_000)
    throw err
  }
}
