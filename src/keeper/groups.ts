import { changedGroup, createdGroup } from '#commands/fields/group.ts'
import { deleteGroup, mostGroups, notToChange, notToDelete } from '#commands/group.ts'
import type { GroupFields } from '#core/fields.ts'
import type { Group } from '#core/model.ts'
import type { Store } from '#core/ports.ts'
import type { GroupRead, Shelf } from '#web/keeping.ts'
import { readAs } from './read-as.ts'
import { following, type Rules } from './shelf.ts'

/** Everybody of the space sees its groups; who changes them is as in chat. */
export const groupRules: Rules<'group', GroupFields> = {
  kind: 'group',
  list: async ({ store, space }, { limit, after }) => following(await store.groups.all(space.id, mostGroups), after).slice(0, limit),
  async find(id, { store, space }) {
    const one = await store.groups.get(space.id, id)
    return one?.state === 'kept' ? one : undefined
  },
  create: createdGroup,
  change(one, input, context) {
    const reason = notToChange(one, context)
    return reason === undefined ? changedGroup(one, input, context) : { code: 'not_yours', reason }
  },
  remove(one, _removal, context) {
    const reason = notToDelete(one, context)
    return reason === undefined ? deleteGroup(one, context) : { code: 'not_yours', reason }
  },
}

/** The same groups, with the people that they are of. */
export function peopled(shelf: Shelf<Group, GroupFields>, { people }: Pick<Store, 'people'>): Shelf<GroupRead, GroupFields> {
  async function read(groups: readonly Group[]): Promise<readonly GroupRead[]> {
    const [first] = groups
    const ids = new Set(groups.flatMap(({ ownerId, memberIds }) => [ownerId, ...memberIds]))
    const known = first ? await people.several(first.spaceId, [...ids]) : []
    const byId = new Map(known.map((one) => [one.id, one]))
    return groups.map((group) => ({
      group,
      owner: byId.get(group.ownerId),
      members: group.memberIds.flatMap((id) => byId.get(id) ?? []),
    }))
  }

  return readAs(shelf, read)
}
