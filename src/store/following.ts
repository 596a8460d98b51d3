import type { Last } from '#core/ports/last.ts'
import { toDate } from './instants.ts'

/** What comes after `last`, soonest first and what has no time at the end; of the same time by id, upwards or downwards. */
export function dueAfter({ at, id }: Last, ids: 'gt' | 'lt' = 'gt') {
  if (at === null) return { dueAt: null, id: { [ids]: id } }
  return { OR: [{ dueAt: { gt: toDate(at) } }, { dueAt: toDate(at), id: { [ids]: id } }, { dueAt: null }] }
}

/** What comes after the thing with this id that was made then: the oldest first (`gt`), or the latest (`lt`). */
export function madeAfter(createdAt: Date, id: string, way: 'gt' | 'lt') {
  return { OR: [{ createdAt: { [way]: createdAt } }, { createdAt, id: { [way]: id } }] }
}
