import type { ItemAtWork } from '#core/batch.ts'
import type { Context } from '#core/command.ts'
import type { Change } from '#core/model.ts'
import { done } from '../answer.ts'
import { alertsAlong } from '../event/along.ts'
import { stillHolding } from '../holder.ts'
import { inverse } from '../undo.ts'
import type { Applied } from './applied.ts'

/**
 * Takes back what one item of another batch did, unless somebody has changed it since. What this batch itself has put
 * back already, of the same record, is no such change.
 */
export async function takeBack(item: ItemAtWork, position: number, context: Context): Promise<Applied> {
  const { store, space } = context
  const undone = await store.batches.undoneBy(space.id, item.batchId)
  const changes = undone === undefined ? [] : await store.batches.changesOf(space.id, undone, position)
  if (changes.length === 0) return { code: 'not_found', reason: 'What was done is not kept any more.' }
  const back: Change[] = []
  const stay = await stillHolding(changes, context)
  for (const change of changes.filter(({ after }) => !stay.has(after.id))) {
    const one = await inverse(left(change, item), context)
    if (!one) return { code: 'changed', reason: 'It has changed since, so it stays.' }
    back.push(one)
  }
  back.push(...(await alertsAlong(back, context)))
  return done(context, 'taken back', ['Taken back.'], back)
}

/** The change as if it had left its record where this batch left it. */
function left(change: Change, { subjectId, version }: ItemAtWork): Change {
  if (version === null || change.after.id !== subjectId) return change
  return { ...change, after: { ...change.after, version } } as Change
}
