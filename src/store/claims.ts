import { newId } from '#core/ids.ts'
import { placeKey, type Recipient, type Reminder } from '#core/model.ts'
import type { Claim, ClaimLimits, Clock, Owned } from '#core/ports.ts'
import type { Database } from './client.ts'
import { toDate, toInstant } from './instants.ts'
import { personOf } from './records.ts'
import { reminderOf } from './reminder-records.ts'

/** What is a message of its own is told with nothing else. */
function standsAlone({ notice, digest }: Reminder): boolean {
  return Boolean(notice) || Boolean(digest)
}

/** An occurrence in its place, as its row is named. */
interface Occurrence {
  readonly reminder: Reminder
  readonly due: Date
  readonly to: Recipient
  readonly key: string
}

/**
 * Rows of one mark are claimed, sent and given back together, so that no two processes hold parts of one message.
 * Each statement stands for itself: a process that dies between two leaves less taken along, and nothing half.
 */
export function createClaims(database: Database, { clock }: { readonly clock: Clock }) {
  return async function claim(reminder: Reminder, to: Recipient, limits: ClaimLimits): Promise<Claim> {
    const occurrence = { reminder, to, key: placeKey(to), due: toDate(reminder.dueAt ?? clock.now()) }
    const mark = newId(clock.now())
    const isFirst = await insert(occurrence, mark, limits)
    if (!isFirst) return again(occurrence, limits)
    const joined = standsAlone(reminder) ? 0 : await join(occurrence, mark, limits)
    return { kind: 'ours', mark, attempt: 1, firstTriedAt: clock.now(), together: joined > 0 ? await together(mark) : [] }
  }

  async function insert({ reminder, due, key }: Occurrence, mark: string, { leaseSeconds }: ClaimLimits) {
    const written = await database.$executeRaw`
      INSERT INTO delivery (id, space_id, subject_id, occurrence, recipient, mark, state, first_tried_at, lease_until)
      VALUES (${mark}::uuid, ${reminder.spaceId}::uuid, ${reminder.id}::uuid, ${due}, ${key}, ${mark}::uuid, 'claimed',
              ${toDate(clock.now())}, now() + make_interval(secs => ${leaseSeconds}))
      ON CONFLICT (subject_id, occurrence, recipient) DO NOTHING`
    return written === 1
  }

  /** Takes along what else is due in the place and nobody has told, or is telling, oldest first. */
  async function join({ reminder, to, key }: Occurrence, mark: string, limits: ClaimLimits): Promise<number> {
    const channel = to.kind === 'channel' ? to.channel : null
    const thread = to.kind === 'channel' ? (to.thread ?? '') : ''
    const user = to.kind === 'direct' ? to.user : null
    const now = toDate(clock.now())
    return database.$executeRaw`
      INSERT INTO delivery (id, space_id, subject_id, occurrence, recipient, mark, state, first_tried_at, lease_until)
      SELECT gen_random_uuid(), space_id, id, due_at, ${key}, ${mark}::uuid, 'claimed', ${now}, now() + make_interval(secs => ${limits.leaseSeconds})
      FROM (
        SELECT id, space_id, due_at, sum(length(text)) OVER (ORDER BY due_at, id) AS characters, row_number() OVER (ORDER BY due_at, id) AS number
        FROM reminder
        WHERE due_at <= ${now} AND due_at >= ${toDate(limits.notBefore)} AND state = 'scheduled' AND notice IS NULL AND digest IS NULL
          AND space_id = ${reminder.spaceId}::uuid AND platform = ${reminder.origin.platform} AND id <> ${reminder.id}::uuid
          AND EXISTS (
            SELECT 1 FROM jsonb_array_elements(recipients) AS one
            WHERE (one->>'user' = ${user} AND one->>'kind' = 'direct')
               OR (one->>'channel' = ${channel} AND coalesce(one->>'thread', '') = ${thread}))
          AND NOT EXISTS (
            SELECT 1 FROM identity AS reader JOIN person ON person.id = reader.person_id JOIN identity AS sender ON sender.person_id = reminder.owner_id
            WHERE reader.space_id = reminder.space_id AND reader.user_id = ${user} AND person.id <> reminder.owner_id
              AND (sender.user_id = ANY(person.mutes) OR ('*' = ANY(person.mutes) AND NOT '+' || sender.user_id = ANY(person.mutes))))
          AND NOT EXISTS (SELECT 1 FROM delivery WHERE subject_id = reminder.id AND occurrence = reminder.due_at AND recipient = ${key})
      ) AS due
      WHERE number < ${limits.reminders} AND characters + ${reminder.text.length} <= ${limits.characters}
      ON CONFLICT (subject_id, occurrence, recipient) DO NOTHING`
  }

  /** Somebody was here before: takes over all of their message once their lease is over. */
  async function again(occurrence: Occurrence, limits: ClaimLimits): Promise<Claim> {
    const { reminder, due, key } = occurrence
    const where = { subjectId_occurrence_recipient: { subjectId: reminder.id, occurrence: due, recipient: key } }
    const row = await database.delivery.findUnique({ where })
    if (!row) return { kind: 'taken', until: clock.now() }
    if (row.state !== 'claimed') return { kind: 'settled', failure: row.state === 'sent' ? undefined : (row.failure ?? 'unknown') }
    const { mark } = row
    const [ours] = await database.$queryRaw<{ attempts: number; first: Date }[]>`
      WITH message AS (
        SELECT id FROM delivery WHERE mark = ${mark}::uuid AND state = 'claimed' AND lease_until <= now() ORDER BY id FOR UPDATE)
      UPDATE delivery SET attempts = attempts + 1, lease_until = now() + make_interval(secs => ${limits.leaseSeconds})
      WHERE id IN (SELECT id FROM message) AND lease_until <= now()
      RETURNING attempts, first_tried_at AS first`
    if (!ours) return { kind: 'taken', until: toInstant(row.leaseUntil) }
    // Surely nothing was sent: what has become due since may come along.
    if (ours.attempts === 1 && !standsAlone(reminder)) await join(occurrence, mark, limits)
    return { kind: 'ours', mark, attempt: ours.attempts, firstTriedAt: toInstant(ours.first), together: await together(mark) }
  }

  /** The reminders of a message that are still about to ring as it says. */
  async function together(mark: string): Promise<readonly Owned[]> {
    const rows = await database.delivery.findMany({ where: { mark, state: 'claimed' }, select: { subjectId: true, occurrence: true } })
    const occurrences = new Map(rows.map(({ subjectId, occurrence }) => [subjectId, occurrence.getTime()]))
    const reminders = await database.reminder.findMany({
      where: { id: { in: [...occurrences.keys()] }, state: 'scheduled' },
      orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    })
    const due = reminders.filter(({ id, dueAt }) => dueAt?.getTime() === occurrences.get(id))
    const owners = await database.person.findMany({
      where: { id: { in: [...new Set(due.map(({ ownerId }) => ownerId))] } },
      include: { identities: { take: 1 } },
    })
    const people = new Map(owners.flatMap((row) => (row.identities[0] ? [[row.id, personOf(row, row.identities[0])] as const] : [])))
    return due.flatMap((row) => {
      const owner = people.get(row.ownerId)
      return owner ? [{ reminder: reminderOf(row), owner }] : []
    })
  }
}
