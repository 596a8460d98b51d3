import { platforms } from '#core/message.ts'
import type { Change } from '#core/model.ts'
import type { Cards, Commit, StaleCard } from '#core/ports.ts'
import type { Database, Transaction } from './client.ts'
import { dateToWall, toDate, wallToDate } from './instants.ts'
import { personOf, spaceOf } from './records.ts'

/** How long a process may be silent before a card is somebody else's, in seconds. */
const hold = 60

/** Messages that show events, kept beside the deliveries that know where they are. */
export function createCards(database: Database): Cards {
  return {
    async take(served, limit) {
      const taken = await database.$queryRaw<{ id: string }[]>`
        UPDATE card SET held_until = now() + make_interval(secs => ${hold}::int)
        WHERE id IN (
          SELECT card.id FROM card JOIN delivery ON delivery.subject_id = card.id AND delivery.state = 'sent' JOIN space ON space.id = card.space_id
          WHERE card.stale_at IS NOT NULL AND card.held_until < now() AND space.platform = ANY(${[...served]}::text[])
          ORDER BY card.stale_at LIMIT ${limit} FOR UPDATE OF card SKIP LOCKED
        ) RETURNING id`
      const ids = taken.map(({ id }) => id)
      if (ids.length === 0) return []
      const [cards, deliveries] = await Promise.all([
        database.card.findMany({ where: { id: { in: ids } } }),
        database.delivery.findMany({ where: { subjectId: { in: ids }, state: 'sent' } }),
      ])
      const [spaces, people] = await Promise.all([
        database.space.findMany({ where: { id: { in: cards.map(({ spaceId }) => spaceId) } } }),
        database.person.findMany({ where: { id: { in: cards.map(({ personId }) => personId) } }, include: { identities: { take: 1 } } }),
      ])
      return cards.flatMap(({ id, eventId, recurrenceId, following, changes, spaceId, personId }): StaleCard[] => {
        const sent = deliveries.find(({ subjectId }) => subjectId === id)
        const space = spaces.find((one) => one.id === spaceId)
        const person = people.find((one) => one.id === personId)
        const identity = person?.identities[0]
        if (!sent?.sentChannel || !sent.sentMessage || !space || !person || !identity) return []
        if (!platforms.some((one) => one === space.platform)) return []
        const at = recurrenceId && dateToWall(recurrenceId)
        const shown = { id, eventId, recurrenceId: at, following, changes, mark: sent.mark }
        return [
          {
            ...shown,
            space: spaceOf(space),
            reader: personOf(person, identity),
            message: { channel: sent.sentChannel, id: sent.sentMessage },
          },
        ]
      })
    },

    async settle({ id, changes }, until) {
      if (until) {
        await database.card.updateMany({ where: { id }, data: { heldUntil: toDate(until) } })
        return
      }
      await database.card.updateMany({ where: { id, changes }, data: { staleAt: null } })
      await database.card.updateMany({ where: { id }, data: { heldUntil: new Date(0) } })
    },
  }
}

/** Notes which messages show what these changes change, and which new ones will. */
export async function markCards(
  transaction: Transaction,
  { changes, notices = [], at, spaceId }: Pick<Commit, 'changes' | 'notices' | 'at' | 'spaceId'>,
): Promise<void> {
  const events = [...new Set(changes.flatMap(eventOf))]
  if (events.length > 0)
    await transaction.$executeRaw`
      UPDATE card SET stale_at = coalesce(stale_at, ${toDate(at)}), changes = changes + 1 WHERE event_id = ANY(${events}::uuid[])`
  const cards = notices.flatMap(({ id, card }) =>
    card ? [{ ...card, id, spaceId, recurrenceId: card.recurrenceId && wallToDate(card.recurrenceId), heldUntil: new Date(0) }] : [],
  )
  if (cards.length > 0) await transaction.card.createMany({ data: cards, skipDuplicates: true })
}

function eventOf(change: Change): string[] {
  switch (change.kind) {
    case 'event':
      return change.before ? [change.after.id] : []
    case 'attendee':
      return [change.after.eventId]
    case 'invitation':
      return [change.after.id]
    default:
      return []
  }
}
