import { gather } from '#core/gather.ts'
import { newId } from '#core/ids.ts'
import { placeKey, type Recipient, type Reminder } from '#core/model.ts'
import type { Claim, ClaimLimits, Clock, Owned } from '#core/ports.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { toDate, toInstant } from './instants.ts'
import type { createLoads } from './loads.ts'
import { refuses } from './refusing.ts'
import { type RawReminder, reminderColumns } from './reminder-records.ts'
import { runOn } from './run.ts'

/** What is a message of its own is told with nothing else. */
function standsAlone({ notice, digest }: Reminder): boolean {
  return Boolean(notice) || Boolean(digest)
}

/** An occurrence in its place, and the message that it would be told in. */
interface Occurrence {
  readonly reminder: Reminder
  readonly due: Temporal.Instant
  readonly key: string
  readonly mark: string
  readonly limits: ClaimLimits
}

/** As many of what is due are looked at for company, the oldest: what is left in a flood comes with a later message. */
const mostLookedAt = 5_000

/**
 * Rows of one mark are claimed, sent and given back together, so that no two processes hold parts of one message.
 * Rows are written in the order of their keys, and places locked in theirs, so that two processes never wait for each
 * other in a circle.
 */
export function createClaims(
  database: Database,
  { clock, withOwners }: { readonly clock: Clock } & Pick<ReturnType<typeof createLoads>, 'withOwners'>,
) {
  const run = runOn(database)

  /** Claims what nobody has, with what else is due there: what each message then holds; undefined for what is not ours. */
  const take = gather(async (occurrences: readonly Occurrence[]): Promise<readonly (readonly Owned[] | undefined)[]> => {
    const statement = Prisma.sql`
      WITH ${asked(occurrences)}, ${lockedPlaces}, claimed AS (
        INSERT INTO delivery (id, space_id, subject_id, occurrence, recipient, mark, state, first_tried_at, lease_until)
        SELECT mark, space_id, subject_id, occurrence, recipient, mark, 'claimed', ${toDate(clock.now())}::timestamptz, now() + make_interval(secs => lease)
        FROM (SELECT *, row_number() OVER (PARTITION BY space_id, platform, recipient, alone ORDER BY occurrence, subject_id) AS turn FROM asked) AS one
        WHERE (alone OR turn = 1) AND (SELECT count(*) FROM locked) >= 0
        ORDER BY subject_id, occurrence, recipient
        ON CONFLICT (subject_id, occurrence, recipient) DO NOTHING
        RETURNING mark
      ), ${joined(clock.now())}
      SELECT mark::text, false AS fuller FROM claimed UNION ALL SELECT mark::text, true FROM joined`
    const { rows: written } = await run<{ readonly mark: string; readonly fuller: boolean }>(statement, 'claim')
    const ours = new Set(written.map(({ mark }) => mark))
    const held = await together([...new Set(written.flatMap(({ mark, fuller }) => (fuller ? [mark] : [])))])
    return occurrences.map(({ mark }) => (ours.has(mark) ? (held.get(mark) ?? []) : undefined))
  })

  /** Takes along what has become due in a place since it was claimed. */
  async function join(occurrence: Occurrence): Promise<void> {
    const statement = Prisma.sql`
      WITH ${asked([occurrence])}, ${lockedPlaces}, claimed AS (SELECT mark FROM asked WHERE (SELECT count(*) FROM locked) >= 0), ${joined(clock.now())}
      SELECT FROM joined`
    await run(statement, 'join a claim')
  }

  /** Somebody was here before: takes over all of their message once their lease is over. */
  async function again(occurrence: Occurrence): Promise<Claim> {
    const { reminder, due, key, limits } = occurrence
    const where = { subjectId: reminder.id, occurrence: toDate(due), recipient: key }
    const row = await database.delivery.findFirst({ where })
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
    if (ours.attempts === 1 && !standsAlone(reminder)) await join({ ...occurrence, mark })
    const held = await together([mark])
    return { kind: 'ours', mark, attempt: ours.attempts, firstTriedAt: toInstant(ours.first), together: held.get(mark) ?? [] }
  }

  /** By message: its reminders that are still about to ring as it says. */
  async function together(marks: readonly string[]): Promise<ReadonlyMap<string, readonly Owned[]>> {
    if (marks.length === 0) return new Map()
    const statement = Prisma.sql`
      SELECT mark, ${reminderColumns} FROM delivery JOIN reminder ON reminder.id = subject_id AND reminder.due_at = occurrence
      WHERE mark = ANY(${[...marks]}::uuid[]) AND delivery.state = 'claimed' AND reminder.state = 'scheduled'
      ORDER BY reminder.due_at, reminder.id`
    const { rows } = await run<RawReminder & { readonly mark: string }>(statement, 'told together')
    const reminders = new Map(rows.map(({ mark: _, ...reminder }) => [reminder.id, reminder]))
    const owned = new Map((await withOwners([...reminders.values()])).map((one) => [one.reminder.id, one]))
    const messages = Map.groupBy(rows, ({ mark }) => mark)
    return new Map([...messages].map(([mark, held]) => [mark, held.flatMap(({ id }) => owned.get(id) ?? [])]))
  }

  return async function claim(reminder: Reminder, to: Recipient, limits: ClaimLimits): Promise<Claim> {
    const now = clock.now()
    const occurrence = { reminder, key: placeKey(to), due: reminder.dueAt ?? now, mark: newId(now), limits }
    const held = await take(occurrence)
    return held ? { kind: 'ours', mark: occurrence.mark, attempt: 1, firstTriedAt: now, together: held } : again(occurrence)
  }
}

/** What is asked for, as a table. */
function asked(occurrences: readonly Occurrence[]): Prisma.Sql {
  const rows = occurrences.map(({ reminder, due, key, mark, limits }) => ({
    mark,
    space_id: reminder.spaceId,
    platform: reminder.origin.platform,
    subject_id: reminder.id,
    occurrence: due,
    recipient: key,
    alone: standsAlone(reminder),
    lease: limits.leaseSeconds,
    not_before: limits.notBefore,
    most: limits.reminders,
    room: limits.characters - reminder.text.length,
  }))
  return Prisma.sql`asked AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS one(mark uuid, space_id uuid, platform text, subject_id uuid, occurrence timestamptz, recipient text, alone boolean,
        lease float, not_before timestamptz, most int, room int))`
}

/**
 * One process at a time decides on a place. Whoever waited for another reads the table as it was before: what that one
 * took is a conflict then, and left to it.
 */
const lockedPlaces = Prisma.sql`locked AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(place)
  FROM (SELECT DISTINCT hashtextextended('place ' || space_id || ' ' || platform || ' ' || recipient, 0) AS place FROM asked WHERE NOT alone ORDER BY place) AS places)`

/** What else is due in the place of each message that was claimed, and nobody has told or is telling, oldest first. */
function joined(now: Temporal.Instant): Prisma.Sql {
  return Prisma.sql`oldest AS (
    SELECT * FROM reminder WHERE due_at <= ${toDate(now)}::timestamptz AND state = 'scheduled' AND notice IS NULL AND digest IS NULL ORDER BY due_at LIMIT ${mostLookedAt}
  ), due AS MATERIALIZED (
    SELECT id, oldest.space_id, oldest.platform, owner_id, due_at, length(text) AS length, one->>'user' AS reader,
      CASE one->>'kind' WHEN 'direct' THEN 'direct:' || (one->>'user')
        ELSE 'channel:' || (one->>'channel') || ':' || coalesce(one->>'thread', '') END AS place
    FROM oldest, jsonb_array_elements(recipients) AS one
  ), fitting AS MATERIALIZED (
    SELECT due.*, asked.mark, lease, most, room
    FROM asked JOIN claimed ON claimed.mark = asked.mark AND NOT alone
    JOIN due ON place = recipient AND due.space_id = asked.space_id AND due.platform = asked.platform
    WHERE due.id <> subject_id AND due_at >= not_before
  ), joined AS (
    INSERT INTO delivery (id, space_id, subject_id, occurrence, recipient, mark, state, first_tried_at, lease_until)
    SELECT gen_random_uuid(), space_id, id, due_at, place, mark, 'claimed', ${toDate(now)}::timestamptz, now() + make_interval(secs => lease)
    FROM (
      SELECT *, sum(length) OVER message AS characters, row_number() OVER message AS number
      FROM fitting
      WHERE NOT EXISTS (
          SELECT 1 FROM identity AS reader JOIN person ON person.id = reader.person_id JOIN identity AS sender ON sender.person_id = owner_id
          WHERE reader.space_id = fitting.space_id AND reader.user_id = fitting.reader AND person.id <> owner_id
            AND ${refuses({ user: Prisma.sql`sender.user_id`, person: Prisma.sql`sender.person_id` })})
        AND NOT EXISTS (SELECT 1 FROM delivery WHERE subject_id = fitting.id AND occurrence = due_at AND recipient = place)
      WINDOW message AS (PARTITION BY mark ORDER BY due_at, id)
    ) AS counted
    WHERE number < most AND characters <= room
    ORDER BY id, due_at, place
    ON CONFLICT (subject_id, occurrence, recipient) DO NOTHING
    RETURNING mark
  )`
}
