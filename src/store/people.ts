import { LRUCache } from 'lru-cache'
import { newId } from '#core/ids.ts'
import type { Person, Space } from '#core/model.ts'
import type { Broadcast, Clock, Store } from '#core/ports.ts'
import { type Database, isDuplicate } from './client.ts'
import { personOf, spaceOf } from './records.ts'

interface Known {
  readonly space: Space
  readonly person: Person
}

/** Told to all processes when a person's record has changed. */
const changed = 'person.changed'

/**
 * Who writes, found by the platform's ids on every message: so remembered for a minute, and forgotten at once
 * in all processes when the record changes.
 */
export function createPeople(database: Database, { clock, broadcast }: { readonly clock: Clock; readonly broadcast: Broadcast }) {
  const cache = new LRUCache<string, Known>({ max: 10_000, ttl: 60_000 })
  const subscription = broadcast.subscribe(changed, drop)

  function drop(personId: unknown): void {
    for (const [key, known] of cache.entries()) if (known.person.id === personId) cache.delete(key)
  }

  async function lookUp(platform: string, externalId: string, userId: string): Promise<Known | undefined> {
    const space = await database.space.findUnique({ where: { platform_externalId: { platform, externalId } } })
    if (!space) return undefined
    const identity = await database.identity.findUnique({
      where: { spaceId_userId: { spaceId: space.id, userId } },
      include: { person: true },
    })
    return identity ? { space: spaceOf(space), person: personOf(identity.person, identity) } : undefined
  }

  const people: Store['people'] = {
    async meet(place, author) {
      const key = JSON.stringify([place.platform, place.space, author.id])
      const cached = cache.get(key)
      if (cached) return cached
      const known = (await lookUp(place.platform, place.space, author.id)) ?? (await introduce(place.platform, place.space, author))
      cache.set(key, known)
      return known
    },

    async inSpace(spaceId, userId) {
      const identity = await database.identity.findUnique({ where: { spaceId_userId: { spaceId, userId } }, include: { person: true } })
      const space = identity && (await database.space.findUnique({ where: { id: spaceId } }))
      return space ? { space: spaceOf(space), person: personOf(identity.person, identity) } : undefined
    },

    async get(spaceId, id) {
      const row = await database.person.findFirst({ where: { id, spaceId }, include: { identities: { take: 1 } } })
      const identity = row?.identities[0]
      return identity ? personOf(row, identity) : undefined
    },
  }

  /** Makes space and person on first sight. Two messages may be first at once: the second finds what the first made. */
  async function introduce(
    platform: string,
    externalId: string,
    author: { readonly id: string; readonly name: string; readonly locale?: string },
  ): Promise<Known> {
    const now = clock.now()
    await database.space.createMany({ data: [{ id: newId(now), platform, externalId }], skipDuplicates: true })
    const space = await database.space.findUniqueOrThrow({ where: { platform_externalId: { platform, externalId } } })
    const [id, calendarId, listId] = [newId(now), newId(now), newId(now)]
    try {
      await database.person.create({
        data: {
          id,
          spaceId: space.id,
          name: author.name,
          locale: author.locale ?? null,
          calendarId,
          listId,
          identities: { create: { spaceId: space.id, userId: author.id } },
          calendars: { create: { id: calendarId, spaceId: space.id, name: 'Calendar' } },
          todoLists: { create: { id: listId, spaceId: space.id, name: 'Todos' } },
        },
      })
    } catch (cause) {
      if (!isDuplicate(cause)) throw cause
    }
    const known = await lookUp(platform, externalId, author.id)
    if (!known) throw new Error('a person vanished right after they were met')
    return known
  }

  return {
    people,
    /** Here at once, since the same person may write again before the broadcast comes round. */
    async forget(personId: string) {
      drop(personId)
      await broadcast.publish(changed, personId)
    },
    [Symbol.dispose]: () => subscription[Symbol.dispose](),
  }
}
