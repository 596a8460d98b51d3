import { LRUCache } from 'lru-cache'
import { newId } from '#core/ids.ts'
import type { Author } from '#core/message.ts'
import type { Person, Space } from '#core/model.ts'
import type { Broadcast, Clock, Met, Store } from '#core/ports.ts'
import { type Database, isDuplicate } from './client.ts'
import { folded } from './folded.ts'
import { type Person as PersonRow, Prisma, type Space as SpaceRow } from './generated/client.ts'
import { toDate } from './instants.ts'
import type { Effect } from './outbox.ts'
import { personOf, spaceOf } from './records.ts'
import { refusing } from './refusing.ts'
import { createReturning } from './returning.ts'
import { inNames, type Row } from './rows.ts'
import { runOn } from './run.ts'

/** As many people of one space as are looked through for a name. */
const mostPeople = 10_000

/** As many spaces as one user is looked for in. */
const mostSpaces = 50

function wordsOf(name: string): readonly string[] {
  return folded(name).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** "jane d" begins "Jane van Dyke". */
function begins(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((each) => words.some((word) => word.startsWith(each)))
}

/** Whether what the platform says of somebody is what is kept of them. */
function knows(person: Person, { id, name, timeZone }: Author): boolean {
  return (name === id || name === person.name) && (timeZone === undefined || timeZone === person.profileZone)
}

/** Told to all processes when the record of a person or of a space has changed. */
const changed = 'person.changed'

export function tellChanged(broadcast: Broadcast, id: string): Promise<void> {
  return broadcast.publish(changed, id)
}

/**
 * Who writes, found by the platform's ids on every message: so remembered for a minute, and forgotten at once
 * in all processes when the record changes.
 */
export function createPeople(
  database: Database,
  {
    clock,
    broadcast,
    carryOut = () => undefined,
  }: { readonly clock: Clock; readonly broadcast: Broadcast; carryOut?(effects: readonly Effect[]): void },
) {
  const run = runOn(database)
  const returned = createReturning(database)
  // Counted by size: with `max`, memory for all of them would be taken at once.
  const cache = new LRUCache<string, Met>({ maxSize: 10_000, sizeCalculation: () => 1, ttl: 60_000 })
  const subscription = broadcast.subscribe(changed, drop)

  function drop(id: unknown): void {
    for (const [key, { person, space }] of cache.entries()) if (person.id === id || space.id === id) cache.delete(key)
  }

  const people: Store['people'] = {
    async meet(place, author) {
      const key = JSON.stringify([place.platform, place.space, author.id])
      const cached = cache.get(key)
      if (cached && knows(cached.person, author)) return cached
      const space = await spaceOfPlace(place.platform, place.space)
      const known = await find(space, author)
      const person = known ? await refreshed(known, author) : await introduce(space, author)
      const met = { space, person }
      if (known) carryOut(await returned(met, place, clock.now()))
      cache.set(key, met)
      return met
    },

    async meetIn(spaceId, author) {
      const space = await database.space.findFirst({ where: { id: spaceId } })
      if (!space) return undefined
      const there = spaceOf(space)
      return { space: there, person: (await find(there, author)) ?? (await introduce(there, author)) }
    },

    async elsewhere({ id: spaceId, platform }, { userId }) {
      const found = await database.identity.findMany({
        where: { userId, spaceId: { not: spaceId } },
        include: { person: true },
        orderBy: { personId: 'desc' },
        take: mostSpaces,
      })
      const ids = found.map((each) => each.spaceId)
      const spaces = new Map((await database.space.findMany({ where: { id: { in: ids }, platform } })).map((each) => [each.id, each]))
      return found.flatMap((identity) => {
        const space = spaces.get(identity.spaceId)
        return space ? [{ space: spaceOf(space), person: personOf(identity.person, identity) }] : []
      })
    },

    async space(spaceId) {
      const row = await database.space.findFirst({ where: { id: spaceId } })
      return row ? spaceOf(row) : undefined
    },

    refusing: (spaceId, sender, users) => refusing(database, spaceId, sender, users),

    async get(spaceId, id) {
      const row = await database.person.findFirst({ where: { id, spaceId }, include: { identities: { take: 1 } } })
      const identity = row?.identities[0]
      return identity ? personOf(row, identity) : undefined
    },

    async several(spaceId, ids) {
      const rows = await database.person.findMany({ where: { id: { in: [...ids] }, spaceId }, include: { identities: { take: 1 } } })
      const known = new Map(rows.flatMap((row) => (row.identities[0] ? [[row.id, personOf(row, row.identities[0])] as const] : [])))
      return ids.flatMap((id) => known.get(id) ?? [])
    },

    async named(spaceId, name) {
      const wanted = wordsOf(name)
      if (wanted.length === 0) return []
      const known = await database.person.findMany({ where: { spaceId }, select: { id: true, name: true }, take: mostPeople })
      const exact = known.filter((one) => wordsOf(one.name).join(' ') === wanted.join(' '))
      const found = exact.length > 0 ? exact : known.filter((one) => begins(wordsOf(one.name), wanted))
      return people.several(
        spaceId,
        found.map(({ id }) => id),
      )
    },
  }

  /** Keeps a name and a zone that the platform tells anew. */
  async function refreshed(person: Person, { name, id, timeZone: told }: Author): Promise<Person> {
    const known = name === id ? person.name : name
    const timeZone = told ?? person.profileZone
    if (known === person.name && timeZone === person.profileZone) return person
    await database.person.updateMany({ where: { id: person.id }, data: { name: known, profileZone: timeZone } })
    drop(person.id)
    return { ...person, name: known, profileZone: timeZone }
  }

  async function spaceOfPlace(platform: string, externalId: string): Promise<Space> {
    const known = await findSpace(platform, externalId)
    if (known) return known
    await database.space.createMany({ data: [{ id: newId(clock.now()), platform, externalId }], skipDuplicates: true })
    return surely(await findSpace(platform, externalId))
  }

  async function findSpace(platform: string, externalId: string): Promise<Space | undefined> {
    const { rows } = await run<Row>(
      Prisma.sql`SELECT * FROM space WHERE platform = ${platform} AND external_id = ${externalId}`,
      'space of place',
    )
    return rows[0] && spaceOf(inNames<SpaceRow>(rows[0]))
  }

  async function find({ id: spaceId }: Space, { id: userId }: Author): Promise<Person | undefined> {
    const statement = Prisma.sql`
      SELECT person.*, coalesce(mutes, '{}') AS mutes FROM identity JOIN person ON person.id = identity.person_id
      WHERE identity.space_id = ${spaceId}::uuid AND identity.user_id = ${userId}`
    const { rows } = await run<Row>(statement, 'person of user')
    return rows[0] && personOf(inNames<PersonRow>(rows[0]), { userId })
  }

  /**
   * On first sight, with what everybody has: all of it in one statement. Two messages may be first at once: the second
   * finds what the first made.
   */
  async function introduce(space: Space, author: Author): Promise<Person> {
    const now = clock.now()
    const [id, calendarId, listId] = [newId(now), newId(now), newId(now)]
    const statement = Prisma.sql`
      WITH made AS (
        INSERT INTO person (id, space_id, name, locale, profile_zone, calendar_id, list_id, seen_at)
        VALUES (${id}::uuid, ${space.id}::uuid, ${author.name}, ${author.locale ?? null}, ${author.timeZone ?? null}, ${calendarId}::uuid,
          ${listId}::uuid, ${toDate(now)})
        RETURNING id, space_id
      ), called AS (
        INSERT INTO identity (space_id, user_id, person_id) SELECT space_id, ${author.id}, id FROM made
      ), with_calendar AS (
        INSERT INTO calendar (id, space_id, owner_id, name) SELECT ${calendarId}::uuid, space_id, id, 'Calendar' FROM made
      )
      INSERT INTO todo_list (id, space_id, owner_id, name, key) SELECT ${listId}::uuid, space_id, id, 'Todos', 'todo' FROM made`
    try {
      await run(statement, 'introduce person')
    } catch (cause) {
      if (!isDuplicate(cause)) throw cause
    }
    return surely(await find(space, author))
  }

  return {
    people,
    /** Here, and in all processes that can be reached; the others forget within a minute. */
    forget: (id: string) => tellChanged(broadcast, id),
    [Symbol.dispose]: () => subscription[Symbol.dispose](),
  }
}

function surely<Found>(found: Found | undefined): Found {
  if (found === undefined) throw new Error('what was just made is gone')
  return found
}
