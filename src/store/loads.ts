import { gather } from '#core/gather.ts'
import type { Person, Reminder } from '#core/model.ts'
import type { Loaded, Owned } from '#core/ports.ts'
import type { Database } from './client.ts'
import { type Person as PersonRow, Prisma, type Space as SpaceRow } from './generated/client.ts'
import { personOf, spaceOf } from './records.ts'
import { refusals } from './refusing.ts'
import { type RawReminder, readReminder, reminderColumns } from './reminder-records.ts'
import { inNames, type Row } from './rows.ts'
import { runOn } from './run.ts'

interface Asked {
  readonly spaceId: string
  readonly reminderId: string
}

/** What is due with whom it concerns, many at a time. */
export function createLoads(database: Database) {
  const run = runOn(database)

  const load = gather(async (asked: readonly Asked[]): Promise<readonly (Loaded | undefined)[]> => {
    const statement = Prisma.sql`SELECT ${reminderColumns} FROM reminder WHERE id = ANY(${asked.map(({ reminderId }) => reminderId)}::uuid[])`
    const { rows: reminders } = await run<RawReminder>(statement, 'reminders that are due')
    const [found, spaces] = await Promise.all([withOwners(reminders), spacesOf(reminders)])
    const owned = new Map(found.map((one) => [one.reminder.id, one]))
    const refusing = await refusals(
      database,
      found.flatMap(({ reminder, owner }) => usersOf(reminder).map((user) => ({ spaceId: reminder.spaceId, sender: owner.userId, user }))),
    )
    return asked.map(({ spaceId, reminderId }) => {
      const one = owned.get(reminderId)
      const space = spaces.get(spaceId)
      if (!one || !space || one.reminder.spaceId !== spaceId) return undefined
      const refused = usersOf(one.reminder).filter((user) => refusing({ spaceId, sender: one.owner.userId, user }))
      return { ...one, space, refusing: refused }
    })
  })

  async function spacesOf(reminders: readonly RawReminder[]) {
    const ids = [...new Set(reminders.map(({ spaceId }) => spaceId))]
    const { rows } = await run<Row>(Prisma.sql`SELECT * FROM space WHERE id = ANY(${ids}::uuid[])`, 'spaces')
    return new Map(rows.map((row) => inNames<SpaceRow>(row)).map((row) => [row.id, spaceOf(row)]))
  }

  async function withOwners(reminders: readonly RawReminder[]): Promise<readonly Owned[]> {
    const ids = [...new Set(reminders.map(({ ownerId }) => ownerId))]
    const statement = Prisma.sql`
      SELECT person.*, coalesce(mutes, '{}') AS mutes, identity.user_id FROM person JOIN identity ON identity.person_id = person.id
      WHERE person.id = ANY(${ids}::uuid[])`
    const { rows } = await run<Row>(statement, 'people with their users')
    const owners = new Map(rows.map(readPerson).map((owner) => [owner.id, owner]))
    return reminders.flatMap((row) => {
      const owner = owners.get(row.ownerId)
      return owner && owner.spaceId === row.spaceId ? [{ reminder: readReminder(row), owner }] : []
    })
  }

  return {
    load: (spaceId: string, reminderId: string) => load({ spaceId, reminderId }),
    withOwners,
  }
}

function readPerson(row: Row): Person {
  const { userId, ...person } = inNames<PersonRow & { readonly userId: string }>(row)
  return personOf(person, { userId })
}

function usersOf({ recipients }: Reminder): readonly string[] {
  return recipients.flatMap((recipient) => (recipient.kind === 'direct' ? [recipient.user] : []))
}
