import { z } from 'zod'
import type { Database } from './client.ts'

export interface Asking {
  readonly spaceId: string
  readonly sender: string
  readonly user: string
}

const Rows = z.array(z.object({ space_id: z.string(), sender: z.string(), user: z.string() }))

/** Those of these users of a space who want no reminders from `sender`. */
export async function refusing(database: Database, spaceId: string, sender: string, users: readonly string[]): Promise<string[]> {
  const refuses = await refusals(
    database,
    users.map((user) => ({ spaceId, sender, user })),
  )
  return users.filter((user) => refuses({ spaceId, sender, user }))
}

/** Tells of each who asks whether that user wants no reminders of theirs. Nobody refuses their own. */
export async function refusals(database: Database, asking: readonly Asking[]): Promise<(one: Asking) => boolean> {
  const others = asking.filter(({ sender, user }) => sender !== user)
  if (others.length === 0) return () => false
  const rows = await database.$queryRaw`
    SELECT DISTINCT asking.space_id::text, asking.sender, asking.user
    FROM jsonb_to_recordset(${JSON.stringify(others.map(({ spaceId, sender, user }) => ({ space_id: spaceId, sender, user })))}::jsonb)
      AS asking(space_id uuid, sender text, "user" text)
    JOIN identity ON identity.space_id = asking.space_id AND identity.user_id = asking.user
    JOIN person ON person.id = identity.person_id
    WHERE asking.sender = ANY(person.mutes) OR ('*' = ANY(person.mutes) AND NOT '+' || asking.sender = ANY(person.mutes))`
  const found = new Set(Rows.parse(rows).map(({ space_id, sender, user }) => keyOf({ spaceId: space_id, sender, user })))
  return (one) => found.has(keyOf(one))
}

function keyOf({ spaceId, sender, user }: Asking): string {
  return JSON.stringify([spaceId, sender, user])
}
