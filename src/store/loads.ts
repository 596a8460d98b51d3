import { gather } from '#core/gather.ts'
import type { Reminder } from '#core/model.ts'
import type { Loaded, Owned } from '#core/ports.ts'
import type { Database } from './client.ts'
import type { Reminder as ReminderRow } from './generated/client.ts'
import { personOf, spaceOf } from './records.ts'
import { refusals } from './refusing.ts'
import { reminderOf } from './reminder-records.ts'

interface Asked {
  readonly spaceId: string
  readonly reminderId: string
}

/** What is due with whom it concerns, many at a time. */
export function createLoads(database: Database) {
  const load = gather(async (asked: readonly Asked[]): Promise<readonly (Loaded | undefined)[]> => {
    const found = await withOwners(await database.reminder.findMany({ where: { id: { in: asked.map(({ reminderId }) => reminderId) } } }))
    const owned = new Map(found.map((one) => [one.reminder.id, one]))
    const spaceIds = [...new Set(found.map(({ reminder }) => reminder.spaceId))]
    const rows = await database.space.findMany({ where: { id: { in: spaceIds } } })
    const spaces = new Map(rows.map((row) => [row.id, spaceOf(row)]))
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

  async function withOwners(rows: readonly ReminderRow[]): Promise<readonly Owned[]> {
    const ids = [...new Set(rows.map(({ ownerId }) => ownerId))]
    const [people, identities] = await Promise.all([
      database.person.findMany({ where: { id: { in: ids } } }),
      database.identity.findMany({ where: { personId: { in: ids } } }),
    ])
    const users = new Map(identities.map((identity) => [identity.personId, identity]))
    const owners = new Map(
      people.flatMap((row) => {
        const identity = users.get(row.id)
        return identity ? [[row.id, personOf(row, identity)] as const] : []
      }),
    )
    return rows.flatMap((row) => {
      const owner = owners.get(row.ownerId)
      return owner && owner.spaceId === row.spaceId ? [{ reminder: reminderOf(row), owner }] : []
    })
  }

  return {
    load: (spaceId: string, reminderId: string) => load({ spaceId, reminderId }),
    withOwners,
  }
}

function usersOf({ recipients }: Reminder): readonly string[] {
  return recipients.flatMap((recipient) => (recipient.kind === 'direct' ? [recipient.user] : []))
}
