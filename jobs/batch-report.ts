import type { Logger } from 'pino'
import type { BatchStatus, BatchWork } from '#core/batch.ts'
import { BotError } from '#core/errors.ts'
import { idOf } from '#core/ids.ts'
import type { Recipient } from '#core/model.ts'
import type { Messenger, SentMessage } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { repeating } from './repeating.ts'

interface ReportParts {
  readonly batchWork: BatchWork
  readonly messengers: readonly Messenger[]
  readonly log: Logger
  view(batch: BatchStatus): Promise<Reply>
  readonly lookEvery?: number
}

/** A little more than the pause that the database keeps between two looks that are shown, in milliseconds. */
const pause = 1_050

/**
 * Shows in one message how far a batch is, at most about once a second whoever works on it, and how it ended. A process
 * that dies before it could say so is followed by another that does.
 */
export function createBatchReport({ batchWork, messengers, log, view, lookEvery = 5_000 }: ReportParts) {
  const soon = new Set<NodeJS.Timeout>()

  async function show(id: string): Promise<boolean> {
    const batch = await batchWork.load(id)
    const messenger = messengers.find(({ platform }) => platform === batch?.origin.platform)
    if (!batch || !messenger || !(await batchWork.mayShow(id))) return false
    const reply = await view(batch)
    if (batch.shown && messenger.edit) {
      try {
        await messenger.edit(batch.shown, reply, markOf(batch))
        return true
      } catch (err) {
        if (!(err instanceof BotError) || err.code !== 'rejected') throw err
        // Somebody deleted the message: it is told in another one.
      }
    }
    await batchWork.shownAt(id, await sentOnce(messenger, batch, reply))
    return true
  }

  async function sentOnce(messenger: Messenger, batch: BatchStatus, reply: Reply): Promise<SentMessage> {
    const { origin, author } = batch
    const to: Recipient = { kind: 'direct', user: author.id }
    const mark = markOf(batch)
    const since = Temporal.Now.instant().subtract({ hours: 1 })
    return (await messenger.find(origin.space, to, mark, since)) ?? messenger.send(origin.space, to, reply, mark)
  }

  const looking = repeating(lookEvery, async () => {
    try {
      for (const id of await batchWork.unreported()) if (await show(id)) await batchWork.reported(id)
    } catch (err) {
      log.warn({ err }, 'the end of a batch is told at the next look')
    }
  })

  return {
    async progress(id: string): Promise<void> {
      await show(id).catch((err: unknown) => log.debug({ err, batchId: id }, 'progress of a batch not shown'))
    },
    /** Somebody ended a batch: its message says so once it may be changed again. */
    ended(): void {
      const timer = setTimeout(() => {
        soon.delete(timer)
        looking.now()
      }, pause)
      soon.add(timer)
    },
    async [Symbol.asyncDispose]() {
      for (const timer of soon) clearTimeout(timer)
      await looking[Symbol.asyncDispose]()
    },
  }
}

/** Another message than the one that is gone has another mark. */
function markOf({ id, shown }: BatchStatus): string {
  return idOf('batch', id, shown?.id ?? '')
}
