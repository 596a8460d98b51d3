import type { Batches, BatchStatus } from '#core/batch.ts'
import { idOf } from '#core/ids.ts'
import type { Author, Place } from '#core/message.ts'

/**
 * Keeps a batch that takes back what another one did, last things first; the same one whenever it is asked for. Gives
 * back its id, or nothing when there is nothing to take back.
 */
export async function draftUndo(
  batches: Pick<Batches, 'doneItems' | 'draft'>,
  { id: undoes, spaceId, personId, title, undoes: isUndo }: BatchStatus,
  from: { readonly origin: Place; readonly author: Author; readonly quiet?: boolean },
): Promise<string | undefined> {
  if (isUndo !== null) return undefined
  const done = await batches.doneItems(spaceId, undoes)
  if (done.length === 0) return undefined
  const id = idOf('take back', undoes)
  await batches.draft(
    { ...from, id, spaceId, personId, title, undoes },
    done.map(({ position, quiet, ...about }) => ({ ...about, operation: { do: 'back', position, quiet } })),
  )
  return id
}
