import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { runOn } from './run.ts'

export interface Asking {
  readonly spaceId: string
  readonly sender: string
  readonly user: string
}

/**
 * Whether `person` wants nothing of a sender: of nobody but those whom `+` names, or not of them. Who is in a group is
 * looked up now, and not when they said so.
 */
export function refuses({ user, person }: { readonly user: Prisma.Sql; readonly person: Prisma.Sql }): Prisma.Sql {
  const inGroup = (sign: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT 1 FROM "group" AS circle WHERE circle.space_id = person.space_id AND circle.state = 'kept'
      AND ${sign} || 'group:' || circle.id = ANY(person.mutes) AND ${person} = ANY(circle.member_ids))`
  return Prisma.sql`(cardinality(person.mutes) > 0 AND (
    ${user} = ANY(person.mutes) OR ${inGroup(Prisma.sql`''`)}
    OR ('*' = ANY(person.mutes) AND NOT '+' || ${user} = ANY(person.mutes) AND NOT ${inGroup(Prisma.sql`'+'`)})))`
}

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
  const statement = Prisma.sql`
    SELECT DISTINCT asking.space_id::text, asking.sender, asking.user
    FROM jsonb_to_recordset(${JSON.stringify(others.map(({ spaceId, sender, user }) => ({ space_id: spaceId, sender, user })))}::jsonb)
      AS asking(space_id uuid, sender text, "user" text)
    JOIN identity ON identity.space_id = asking.space_id AND identity.user_id = asking.user
      -- Of JSON Postgres expects a hundred rows, and would rather read everybody: of arrays it knows how long they are.
      AND identity.space_id = ANY(${others.map(({ spaceId }) => spaceId)}::uuid[]) AND identity.user_id = ANY(${others.map(({ user }) => user)}::text[])
    JOIN person ON person.id = identity.person_id
    LEFT JOIN identity AS sent ON sent.space_id = asking.space_id AND sent.user_id = asking.sender
    WHERE ${refuses({ user: Prisma.sql`asking.sender`, person: Prisma.sql`sent.person_id` })}`
  const { rows } = await runOn(database)<{ readonly space_id: string; readonly sender: string; readonly user: string }>(
    statement,
    'refusals',
  )
  const found = new Set(rows.map(({ space_id, sender, user }) => keyOf({ spaceId: space_id, sender, user })))
  return (one) => found.has(keyOf(one))
}

function keyOf({ spaceId, sender, user }: Asking): string {
  return JSON.stringify([spaceId, sender, user])
}
