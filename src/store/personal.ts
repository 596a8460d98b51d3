import { randomBytes } from 'node:crypto'
import { accountOf } from '#core/account.ts'
import type { Personal, PersonalCounts } from '#core/personal.ts'
import type { Database, Transaction } from './client.ts'
import { Prisma } from './generated/client.ts'
import { spaceOf } from './records.ts'
import { runIn } from './run.ts'
import { foldPeople } from './search.ts'
import { spend } from './spend.ts'

/** Every table that says whose a row is, and where. */
export const owned: readonly (readonly [table: string, column: string])[] = [
  ['identity', 'person_id'],
  ['calendar_share', 'person_id'],
  ['alert', 'person_id'],
  ['attendee', 'person_id'],
  ['card', 'person_id'],
  ['poll', 'owner_id'],
  ['group', 'owner_id'],
  ['import', 'person_id'],
  ['subscription', 'person_id'],
  ['reminder', 'owner_id'],
  ['todo', 'owner_id'],
  ['todo_list', 'owner_id'],
  ['note', 'owner_id'],
  ['folder', 'owner_id'],
  ['question', 'person_id'],
  ['audit_entry', 'actor_id'],
  ['batch', 'person_id'],
  ['event', 'organiser_id'],
  ['calendar', 'owner_id'],
]

/** Tables in which a person's rows are found by their space first. */
const bySpace: ReadonlySet<string> = new Set(['reminder', 'todo', 'note', 'question', 'audit_entry'])

function ownedBy(table: string, column: string, spaceId: string, personId: string): Prisma.Sql {
  const owner = Prisma.sql`${Prisma.raw(column)} = ${personId}::uuid`
  return bySpace.has(table) ? Prisma.sql`space_id = ${spaceId}::uuid AND ${owner}` : owner
}

/** What is nobody's to read: secrets and what they could be found out by, and what is only there to be searched. */
const hidden = [
  'hash',
  'feed_secret_hash',
  'url_mark',
  'source',
  'search',
  'folded_title',
  'folded_people',
  'folded_rest',
  'folded_body',
  'fingerprint',
]

/** Whom an event is said to be organised by, once that person is gone. */
const nobody = '00000000-0000-0000-0000-000000000000'

export function createPersonal(database: Database, { forget }: { forget(personId: string): Promise<void> }): Personal {
  async function rows(table: string, where: Prisma.Sql): Promise<unknown[]> {
    const name = Prisma.raw(`"${table}"`)
    const found = await database.$queryRaw<{ row: unknown }[]>`SELECT to_jsonb(t) - ${hidden}::text[] AS row FROM ${name} t WHERE ${where}`
    return found.map(({ row }) => row)
  }

  return {
    async counts(spaceId, personId) {
      const theirs = ownedBy('todo', 'owner_id', spaceId, personId)
      const [counts] = await database.$queryRaw<PersonalCounts[]>`
        WITH mine AS (
          SELECT event.id FROM event JOIN calendar ON calendar.id = event.calendar_id
          WHERE calendar.owner_id = ${personId}::uuid AND event.space_id = ${spaceId}::uuid AND event.status <> 'cancelled')
        SELECT (SELECT count(*)::int FROM mine) AS events,
          (SELECT count(DISTINCT event_id)::int FROM attendee WHERE event_id IN (SELECT id FROM mine) AND state = 'invited'
            AND person_id IS DISTINCT FROM ${personId}::uuid) AS "withOthers",
          (SELECT count(*)::int FROM reminder WHERE ${theirs} AND notice IS NULL AND event_id IS NULL) AS reminders,
          (SELECT count(*)::int FROM todo WHERE ${theirs}) AS todos,
          (SELECT count(*)::int FROM note WHERE ${theirs}) AS notes,
          (SELECT count(*)::int FROM todo_list WHERE owner_id = ${personId}::uuid) AS lists,
          (SELECT count(*)::int FROM folder WHERE owner_id = ${personId}::uuid) AS folders,
          (SELECT count(*)::int FROM calendar WHERE owner_id = ${personId}::uuid) AS calendars`
      if (!counts) throw new Error('counting gave nothing')
      return counts
    },

    async everything(spaceId, personId) {
      const { user, account } = await whoIs(database, spaceId, personId)
      const all: Record<string, unknown> = {
        person: await rows('person', Prisma.sql`id = ${personId}::uuid AND space_id = ${spaceId}::uuid`),
      }
      for (const [table, column] of owned) all[table] = await rows(table, ownedBy(table, column, spaceId, personId))
      const calendars = Prisma.sql`calendar_id IN (SELECT id FROM calendar WHERE owner_id = ${personId}::uuid)`
      const batches = Prisma.sql`batch_id IN (SELECT id FROM batch WHERE person_id = ${personId}::uuid)`
      return {
        ...all,
        event: await rows('event', Prisma.sql`organiser_id = ${personId}::uuid OR ${calendars}`),
        event_override: await rows('event_override', Prisma.sql`event_id IN (SELECT id FROM event WHERE ${calendars})`),
        invited_to: await rows('event', Prisma.sql`id IN (SELECT event_id FROM attendee WHERE person_id = ${personId}::uuid)`),
        delivery: await rows('delivery', toldTo(spaceId, personId, user)),
        batch_item: await rows('batch_item', batches),
        api_token: await rows('api_token', Prisma.sql`user_id = ${account}`),
        transcript_entry: await rows('transcript_entry', Prisma.sql`user_id = ${account}`),
        page_link: await rows('page_link', Prisma.sql`account = ${account}`),
      }
    },

    async erase(spaceId, personId) {
      await database.$transaction((transaction) => erase(transaction, spaceId, personId), { timeout: 120_000 })
      await forget(personId)
    },

    spend: (ticket) => spend(database, ticket),
  }
}

async function whoIs(database: Pick<Database, 'identity' | 'space'>, spaceId: string, personId: string) {
  const identity = await database.identity.findFirst({ where: { spaceId, personId } })
  const space = await database.space.findFirstOrThrow({ where: { id: spaceId } })
  const userId = identity?.userId ?? ''
  return { user: userId, platform: space.platform, account: accountOf(spaceOf(space), { userId }) }
}

/** What was told of their reminders, and what was told to them. */
function toldTo(spaceId: string, personId: string, user: string): Prisma.Sql {
  return Prisma.sql`space_id = ${spaceId}::uuid
    AND (recipient = ${`direct:${user}`} OR subject_id IN (SELECT id FROM reminder WHERE owner_id = ${personId}::uuid))`
}

async function erase(transaction: Transaction, spaceId: string, personId: string): Promise<void> {
  const { user, platform, account } = await whoIs(transaction, spaceId, personId)
  const me = Prisma.sql`${personId}::uuid`
  await transaction.$executeRaw`DELETE FROM delivery WHERE ${toldTo(spaceId, personId, user)}`
  const toMe = `[{"kind":"direct","user":${JSON.stringify(user)}}]`
  await transaction.$executeRaw`
    DELETE FROM reminder WHERE space_id = ${spaceId}::uuid AND notice IS NOT NULL AND recipients = ${toMe}::jsonb`

  // Their own calendars go, with all that is in them; in the calendars of others their place is left, and not their name.
  await transaction.$executeRaw`
    DELETE FROM reminder WHERE event_id IN (
      SELECT event.id FROM event JOIN calendar ON calendar.id = event.calendar_id WHERE calendar.owner_id = ${me})`
  await transaction.$executeRaw`DELETE FROM calendar WHERE owner_id = ${me}`
  const come = await transaction.attendee.findMany({ where: { personId }, select: { id: true, eventId: true } })
  for (const { id } of come) {
    const name = `Somebody (${randomBytes(2).toString('hex')})`
    await transaction.attendee.update({ where: { id }, data: { personId: null, email: null, name, comment: '' } })
  }
  for (const eventId of new Set(come.map(({ eventId: one }) => one))) await foldPeople(runIn(transaction), eventId)
  await transaction.event.updateMany({ where: { spaceId, organiserId: personId }, data: { organiserId: nobody } })

  await transaction.$executeRaw`UPDATE "group" SET member_ids = array_remove(member_ids, ${me}) WHERE space_id = ${spaceId}::uuid AND ${me} = ANY (member_ids)`
  await transaction.$executeRaw`
    UPDATE poll SET person_ids = array_remove(person_ids, ${me}), votes = votes - ${personId}
    WHERE space_id = ${spaceId}::uuid AND ${me} = ANY (person_ids)`
  for (const [table, column] of owned) {
    if (table === 'attendee' || table === 'event' || table === 'calendar') continue
    await transaction.$executeRaw`DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE ${ownedBy(table, column, spaceId, personId)}`
  }
  await transaction.$executeRaw`DELETE FROM person WHERE id = ${me} AND space_id = ${spaceId}::uuid`
  // What others could take back would bring the name back with it.
  await transaction.$executeRaw`DELETE FROM audit_entry WHERE space_id = ${spaceId}::uuid AND strpos(changes::text, ${personId}) > 0`
  await transaction.$executeRaw`
    UPDATE batch_item SET changes = NULL WHERE space_id = ${spaceId}::uuid AND strpos(changes::text, ${personId}) > 0`
  // Whose a message was is not kept, and what it said is not needed once it is answered: only that it came.
  await transaction.$executeRaw`
    UPDATE inbound_message SET raw = NULL, reply = NULL WHERE platform = ${platform} AND finished_at IS NOT NULL AND reply IS NOT NULL`
  await transaction.transcriptEntry.deleteMany({ where: { userId: account } })
  await transaction.apiToken.deleteMany({ where: { userId: account } })
  await transaction.pageLink.deleteMany({ where: { account } })
}
