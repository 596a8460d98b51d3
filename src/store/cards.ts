import { idOf } from '#core/ids.ts'
import { platforms } from '#core/message.ts'
import type { Change } from '#core/model.ts'
import type { Cards, Commit, Shown, StaleCard } from '#core/ports.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { dateToWall, toDate, toInstant, wallToDate } from './instants.ts'
import { personOf, spaceOf } from './records.ts'
import { insertSql } from './rows.ts'

/** How long a process may be silent before a card is somebody else's, in seconds. */
const hold = 60

/** Messages that show events and polls. Of what was told the deliveries know where it is; answers carry their mark. */
export function createCards(database: Database): Cards {
  return {
    async take(served, limit) {
      const taken = await database.$queryRaw<{ id: string }[]>`
        UPDATE card SET held_until = now() + make_interval(secs => ${hold}::int)
        WHERE id IN (
          SELECT card.id FROM card JOIN space ON space.id = card.space_id
          WHERE card.stale_at IS NOT NULL AND card.held_until < now() AND space.platform = ANY(${[...served]}::text[])
            -- With LIMIT it is looked up for each card that is stale; without, everything that was ever told may be read instead.
            AND (card.mark IS NOT NULL OR (SELECT true FROM delivery WHERE delivery.subject_id = card.id AND delivery.state = 'sent' LIMIT 1))
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
      return cards.flatMap((card): StaleCard[] => {
        const sent = whereIs(
          card,
          deliveries.find(({ subjectId }) => subjectId === card.id),
        )
        const shows = shownBy(card)
        const space = spaces.find(({ id }) => id === card.spaceId)
        const person = people.find(({ id }) => id === card.personId)
        const identity = person?.identities[0]
        if (!sent || !shows || !space || !person || !identity) return []
        if (!platforms.some((one) => one === space.platform)) return []
        const { id, changes, public: isPublic, createdAt } = card
        const [readBy, of] = [personOf(person, identity), spaceOf(space)]
        return [{ ...sent, id, changes, isPublic, shows, space: of, reader: readBy, sentAt: toInstant(createdAt) }]
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

    async found({ id }, message) {
      if (message) await database.card.updateMany({ where: { id }, data: { channel: message.channel, message: message.id } })
      else await database.card.deleteMany({ where: { id } })
    },
  }
}

interface Kept {
  readonly eventId: string | null
  readonly pollId: string | null
  readonly recurrenceId: Date | null
  readonly following: boolean
  readonly mark: string | null
  readonly channel: string | null
  readonly thread: string | null
  readonly message: string | null
}

function shownBy({ eventId, pollId, recurrenceId, following }: Kept): Shown | undefined {
  if (pollId !== null) return { kind: 'poll', pollId }
  return eventId === null ? undefined : { kind: 'event', eventId, recurrenceId: recurrenceId && dateToWall(recurrenceId), following }
}

function whereIs(
  { mark, channel, thread, message }: Kept,
  sent: { readonly mark: string; readonly sentChannel: string | null; readonly sentMessage: string | null } | undefined,
): Pick<StaleCard, 'mark' | 'message'> | undefined {
  if (mark !== null && channel !== null)
    return { mark, message: { channel, ...(message === null ? {} : { id: message }), ...(thread === null ? {} : { thread }) } }
  if (!sent?.sentChannel || !sent.sentMessage) return undefined
  return { mark: sent.mark, message: { channel: sent.sentChannel, id: sent.sentMessage } }
}

/** Notes which messages show what these changes change, and which new ones will. */
export function cardsSql({ changes, notices = [], at, spaceId, message, card, unshows }: Commit): readonly Prisma.Sql[] {
  const ids = [...new Set(changes.flatMap(shownIn))]
  const stale = Prisma.sql`
    UPDATE card SET stale_at = coalesce(stale_at, ${toDate(at)}), changes = changes + 1
    WHERE event_id = ANY(${ids}::uuid[]) OR poll_id = ANY(${ids}::uuid[])`
  const common = { spaceId, heldUntil: new Date(0), createdAt: toDate(at) }
  const told = notices.flatMap(({ id, to, card: one }) =>
    one ? [{ ...common, id, personId: one.personId, public: to?.kind === 'channel', ...subjectOf(one) }] : [],
  )
  const over = Prisma.sql`DELETE FROM card WHERE space_id = ${spaceId}::uuid AND mark = ${unshows}`
  const rows = card ? [...told, { ...common, ...answerOf(card, message) }] : told
  return [...(unshows === undefined ? [] : [over]), ...(ids.length > 0 ? [stale] : []), ...rows.map((row) => insertSql('card', [row]))]
}

function answerOf({ shows, readerId: personId, place, message }: NonNullable<Commit['card']>, asked: Commit['message']) {
  const where = message ?? { channel: place.channel, id: null }
  const id = idOf('answer', asked.platform, asked.id)
  const isPublic = place.kind === 'channel'
  const { channel, id: known } = where
  return {
    id,
    personId,
    ...subjectOf(shows),
    mark: asked.edits ?? asked.id,
    channel,
    thread: place.thread ?? null,
    message: known,
    public: isPublic,
  }
}

function subjectOf(shows: Shown) {
  if (shows.kind === 'poll') return { pollId: shows.pollId }
  const { eventId, recurrenceId, following = false } = shows
  return { eventId, recurrenceId: recurrenceId && wallToDate(recurrenceId), following }
}

function shownIn(change: Change): string[] {
  switch (change.kind) {
    case 'event':
    case 'poll':
      return change.before ? [change.after.id] : []
    case 'attendee':
      return [change.after.eventId]
    case 'invitation':
      return [change.after.id]
    default:
      return []
  }
}
