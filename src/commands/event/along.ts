import type { Context } from '#core/command.ts'
import type { CalendarEvent, Change } from '#core/model.ts'
import { alertChanges } from './alerts.ts'

/** The alerts of an event that is put back: as they were of those whose alerts were changed, as they are now of the others. */
export function alertsBack(before: CalendarEvent, after: CalendarEvent, current: CalendarEvent): CalendarEvent['alerts'] {
  const keyOf = ({ personId, secondsBefore }: CalendarEvent['alerts'][number]) => `${personId} ${secondsBefore}`
  const [old, left] = [new Set(before.alerts.map(keyOf)), new Set(after.alerts.map(keyOf))]
  const back = before.alerts.filter((one) => !left.has(keyOf(one)))
  return [...current.alerts.filter((one) => old.has(keyOf(one)) || !left.has(keyOf(one))), ...back]
}

/** What becomes of the alerts of those who came meanwhile, when events are put back: they ring for what there is then. */
export async function alertsAlong(changes: readonly Change[], { store, now, message }: Context): Promise<readonly Change[]> {
  const seen = new Set(changes.flatMap((one) => (one.kind === 'reminder' ? [one.after.ownerId] : [])))
  const along: Change[] = []
  for (const change of changes) {
    if (change.kind !== 'event' || !change.before) continue
    const { before, after } = change
    const only = new Set([...before.alerts, ...after.alerts].map(({ personId }) => personId).filter((id) => !seen.has(id)))
    if (only.size > 0) along.push(...(await alertChanges(before, after, { store, now, origin: message.place, only })))
  }
  return along
}
