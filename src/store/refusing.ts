import type { Database } from './client.ts'

/** Those of these users of a space who want no reminders from `sender`. */
export async function refusing(database: Database, spaceId: string, sender: string, users: readonly string[]): Promise<string[]> {
  const others = users.filter((user) => user !== sender)
  if (others.length === 0) return []
  const rows = await database.identity.findMany({
    where: {
      spaceId,
      userId: { in: others },
      person: { OR: [{ mutes: { has: sender } }, { mutes: { has: '*' }, NOT: { mutes: { has: `+${sender}` } } }] },
    },
    select: { userId: true },
  })
  return rows.map(({ userId }) => userId)
}
