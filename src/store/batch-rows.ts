import { z } from 'zod'
import type { BatchCounts, BatchStatus, NewItem } from '#core/batch.ts'
import type { Author, Place } from '#core/message.ts'
import type { Batch as BatchRow } from './generated/client.ts'
import { whereShown } from './shown-in.ts'

export const State = z.enum(['draft', 'running', 'stopping', 'done', 'stopped'])
export const ItemStates = z.enum(['pending', 'done', 'failed', 'skipped'])
export const Code = z.enum(['changed', 'refused', 'not_found', 'not_yours', 'invalid', 'broken', 'stopped']).nullable()

/** As many parts of a batch as are worked on side by side. */
const lanes = 4

/**
 * Which part each item belongs to, and how many there are. None holds more than `most`, and what is about the same
 * record is in the same part, one after the other: side by side the items would overtake each other.
 */
export function partsOf(items: readonly NewItem[], most: number): { readonly parts: number; readonly of: readonly number[] } {
  const size = Math.max(1, Math.min(most, Math.ceil(items.length / lanes)))
  const bySubject = new Map<string, number>()
  const held: number[] = []
  let current = 0
  const of = items.map(({ subjectId }) => {
    const known = subjectId === undefined ? undefined : bySubject.get(subjectId)
    if (known !== undefined && (held[known] ?? 0) < most) {
      held[known] = (held[known] ?? 0) + 1
      return known
    }
    if ((held[current] ?? 0) >= size) current += 1
    held[current] = (held[current] ?? 0) + 1
    if (subjectId !== undefined) bySubject.set(subjectId, current)
    return current
  })
  return { parts: current + 1, of }
}

export function statusOf(row: BatchRow, counts: Omit<BatchCounts, 'total'>, undone: boolean): BatchStatus {
  const { id, spaceId, personId, title, total, undoes, fingerprint } = row
  return {
    ...{ id, spaceId, personId, title, total, undoes, fingerprint, undone },
    ...counts,
    state: State.parse(row.state),
    origin: row.origin as unknown as Place,
    author: row.author as unknown as Author,
    ...whereShown(row),
  }
}
