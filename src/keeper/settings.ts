import { randomUUID } from 'node:crypto'
import { changedSettings } from '#commands/fields/settings.ts'
import { sendersAllowed } from '#commands/senders.ts'
import { meetAccount } from '#core/account.ts'
import type { Met } from '#core/ports.ts'
import type { Keeper, SettingsRead } from '#web/keeping.ts'
import { act, type KeeperParts } from './shelf.ts'

/** How the person of an account wants things, for programs. */
export function createSettings(parts: KeeperParts): Keeper['settings'] {
  const { store } = parts
  const meet = (user: string) => meetAccount(store, user)

  async function read({ space, person }: Met): Promise<SettingsRead> {
    const { from, users, groups } = await sendersAllowed({ space, person, store })
    const senders = await Promise.all(users.map((id) => store.people.meetIn(space.id, { id, name: id })))
    const all = await store.reminders.digests(space.id, person.id)
    return {
      person,
      timeZone: person.timeZone ?? person.profileZone ?? space.timeZone,
      senders: { from, except: [...senders.flatMap((met) => met?.person.name ?? []), ...groups] },
      // Those of channels are the channels'.
      digests: all.filter(({ recipients }) => recipients.every(({ kind }) => kind === 'direct')),
    }
  }

  return {
    get: async (user) => read(await meet(user)),
    async change(user, input, version) {
      const met = await meet(user)
      const done = await act(parts, met, `api:${randomUUID()}`, async (context) =>
        version === undefined || version === context.person.version
          ? changedSettings(input, context)
          : { code: 'changed', reason: 'They have changed meanwhile.' },
      )
      return done.kind === 'done' ? { kind: 'done', one: await read(await meet(user)), also: [] } : done
    },
  }
}
