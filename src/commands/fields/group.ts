import type { Context, Outcome } from '#core/command.ts'
import type { GroupFields } from '#core/fields.ts'
import type { Group } from '#core/model.ts'
import { blank } from '../blank.ts'
import { createGroup, renameGroup, setMembers } from '../group.ts'
import { inTurn } from '../in-turn.ts'

const named = (names: readonly string[]) => names.map((name) => ({ name }))

export function createdGroup({ name, members = [] }: GroupFields, context: Context): Promise<Outcome> {
  return createGroup({ ...blank, intent: 'group.create', title: name ?? null, people: named(members) }, context)
}

/** Its new members are those of the group under its new name. */
export function changedGroup(found: Group, { name = found.name, members }: GroupFields, context: Context): Promise<Outcome> {
  const renamed = (one: Group) => renameGroup(one, name.trim(), context)
  if (members === undefined) return inTurn('group', found, [renamed])
  return inTurn('group', found, [renamed, (one) => setMembers(one, named(members), context)])
}
