import { apply, changed } from '#commands/batch/apply.ts'
import { withNotices } from '#commands/invitation/telling.ts'
import { accountOf } from '#core/account.ts'
import type { BatchStatus, BatchWork, ItemAtWork, ItemCode } from '#core/batch.ts'
import type { Handled, Outcome } from '#core/command.ts'
import { createEngine, type EngineParts } from '#core/engine.ts'
import type { Commit, Store } from '#core/ports.ts'
import { type Block, plain, problem, type Text } from '#core/reply.ts'
import { createPlanner } from '../planner/planner.ts'
import { eventOperation } from './event.ts'

export interface RunnerParts extends EngineParts {
  readonly batchWork: Pick<BatchWork, 'leftAt' | 'fail'>
}

export type RunItem = (item: ItemAtWork, batch: BatchStatus) => Promise<'done' | 'failed' | 'settled'>

interface Why {
  readonly code: ItemCode
  readonly reason: string
}

const longestReason = 500

/**
 * Does one item of a batch: what it changes and what came of it are one transaction, so that whoever does it again
 * after a crash finds it done. What cannot be done is kept with its reason.
 */
export function createItemRunner({ batchWork, ...parts }: RunnerParts): RunItem {
  const { store, clock } = parts

  async function run(item: ItemAtWork, batch: BatchStatus): Promise<Why | undefined> {
    const { batchId, position, subjectId, operation } = item
    let settled = false
    const ofItem: Store = {
      ...store,
      // Nobody is there to be asked, and nobody's question is answered.
      questions: { ...store.questions, ask: async () => undefined, open: async () => undefined },
      committedReply: async () => undefined,
      async commit(work: Commit) {
        await store.commit({ ...work, item: { batchId, position, subjectId } })
        settled = true
      },
    }
    const engine = createEngine({ ...parts, store: ofItem })
    const isEvent = 'kind' in operation && operation.kind === 'event'
    if (isEvent && 'input' in operation) {
      if (await isChanged(item, batch.spaceId)) return changed
      return eventOperation(
        operation,
        createPlanner({ store: ofItem, clock, moment: engine.moment }),
        accountOf({ platform: batch.origin.platform, externalId: batch.origin.space }, { userId: batch.author.id }),
      )
    }
    const received = { id: `batch:${batchId}:${position}`, at: clock.now(), place: batch.origin, author: batch.author }
    if (operation.do === 'say') {
      const handled = await engine.handle({ kind: 'sentence', ...received, text: operation.text, addressed: true, private: false })
      return settled ? undefined : refusedBy(handled)
    }
    let why: Why | undefined
    const met = await store.people.meetIn(batch.spaceId, batch.author)
    if (!met) return { code: 'not_found', reason: 'The space that it was for is gone.' }
    const handled = await engine.act(met, batch.origin, received.id, async (context): Promise<Outcome> => {
      // Asked anew at each try: a record that changes between the look and the commit is looked at again.
      const applied = (await isChanged(item, batch.spaceId)) ? changed : await apply(item, context)
      why = 'code' in applied ? applied : undefined
      if ('code' in applied) return { reply: problem(applied.reason) }
      return operation.do === 'back' && operation.quiet ? applied : withNotices(applied, context)
    })
    return settled ? undefined : (why ?? refusedBy(handled))
  }

  /** Whether the record is not any more what it was when it was decided upon, or as this batch itself left it. */
  async function isChanged({ operation, subjectId, version }: ItemAtWork, spaceId: string): Promise<boolean> {
    if (subjectId === null || version === null || !('kind' in operation)) return false
    const current = await { event: store.events, reminder: store.reminders, todo: store.todos, note: store.notes }[operation.kind].get(
      spaceId,
      subjectId,
    )
    return current !== undefined && current.version !== version
  }

  return async (item, batch) => {
    const left = item.subjectId === null ? undefined : await batchWork.leftAt(item.batchId, item.subjectId)
    const why = await run({ ...item, version: left ?? item.version }, batch)
    if (!why) return 'done'
    // Stopped, or done by somebody else, at this very moment: it keeps what it is.
    const failed = await batchWork.fail(item.batchId, item.position, { code: why.code, reason: why.reason.slice(0, longestReason) })
    return failed ? 'failed' : 'settled'
  }
}

function refusedBy({ reply, outcome }: Handled): Why {
  const words = reply?.blocks.flatMap(textsOf).map((text) => plain(text)) ?? []
  const asks = outcome === 'asked' ? 'Not clear enough to be done by itself: ' : ''
  return { code: 'refused', reason: `${asks}${words.join(' ') || 'It could not be done.'}` }
}

function textsOf(block: Block): Text[] {
  return block.kind === 'text' || block.kind === 'aside' ? [block.text] : []
}
