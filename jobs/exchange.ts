import type { Logger } from 'pino'
import { type Imports, type Into, importWaits, type Subscriptions } from '#core/exchange.ts'
import type { Broadcast, JobMeter } from '#core/ports.ts'
import { type FeedParts, refresh } from './handlers/feed.ts'
import { type ImportParts, importFile } from './handlers/import.ts'
import { repeating } from './repeating.ts'

export interface ExchangeParts extends Omit<ImportParts, 'imports'>, Omit<FeedParts, 'subscriptions'> {
  readonly imports: Imports
  readonly subscriptions: Subscriptions
  readonly broadcast: Broadcast
  readonly meter: Pick<JobMeter, 'worked'>
  readonly log: Logger
}

/** Between two looks when nobody says that something waits, in milliseconds. */
const lookEvery = 30_000

/**
 * Works on imports and feeds, one at a time in this process. They wait in Postgres, where each is held by whoever
 * works on it: a process that dies leaves nothing behind that another one does not take over.
 */
export function startExchange(parts: ExchangeParts): AsyncDisposable {
  const { broadcast, log } = parts
  let stopped = false
  const looking = repeating(lookEvery, async () => {
    try {
      while (!stopped && ((await nextImport(parts)) || (await nextFeed(parts))));
    } catch (err) {
      log.warn({ err }, 'imports and feeds wait for the next look')
    }
  })
  const subscription = broadcast.subscribe(importWaits, looking.now)
  return {
    async [Symbol.asyncDispose]() {
      stopped = true
      subscription[Symbol.dispose]()
      await looking[Symbol.asyncDispose]()
    },
  }
}

/** False when none waits. */
async function nextImport(parts: ExchangeParts): Promise<boolean> {
  const request = await parts.imports.take()
  if (!request) return false
  await measured('import', parts, () => importFile(request, parts))
  await changed(request, parts)
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
