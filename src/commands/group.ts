import type { Command, Context, Outcome } from '#core/command.ts'
import type { Group } from '#core/model.ts'
import { problem, type Reply, say, strong } from '#core/reply.ts'
import type { PersonReference, Understanding } from '#core/understanding.ts'
import { done, short, tell } from './answer.ts'
import { blank } from './blank.ts'
import { nameAll, whoIs } from './who.ts'

const longestName = 60
export const mostGroups = 200
const mostMembers = 100

/** What a sentence means without us, so that no group may be called so. */
const reserved = new Set(['me', 'everyone', 'everybody', 'here', 'channel', 'all', 'us'])

export const group: Command = {
  intents: ['group.create', 'group.list', 'group.update', 'group.delete'],
  understood(understanding, context) {
    switch (understanding.intent) {
      case 'group.list':
        return understanding.title ? members(understanding, context) : list(context)
      case 'group.update':
        return update(understanding, context)
      case 'group.delete':
        return remove(understanding, context)
      default:
        return createGroup(understanding, context)
    }
  },
  presses: {},
}

/** The title is its name, the people are its members. */
export async function createGroup(understanding: Understanding, context: Context): Promise<Outcome> {
  const name = understanding.title?.trim() ?? ''
  const wrong = await unusable(name, context)
  if (wrong) return { reply: wrong }
  const who = await whoIs(understanding.people, understanding, context)
  if (who.kind === 'unclear') return who.outcome
  if (who.emails.length > 0) return { reply: onlyPeople }
  const after: Group = {
    id: context.newId(),
    spaceId: context.space.id,
    ownerId: context.person.id,
    name,
    memberIds: who.people.map(({ id }) => id),
    state: 'kept',
    version: 1,
  }
  const members = who.people.length === 0 ? say`nobody yet: ${code(`add @somebody to ${name}`)}` : nameAll(who.people, context)
  return done(context, 'group created', say`The group ${strong(short(name))} is ${members}.`, [{ kind: 'group', before: null, after }])
}

const onlyPeople: Reply = problem('A group holds people of this place: somebody with no more than an e-mail address cannot be in one.')

/** Why a group cannot be called so; undefined when it can. `renamed` is the one that is to be, if there is one. */
async function unusable(name: string, { store, space }: Context, renamed?: Group): Promise<Reply | undefined> {
  if (name === '') return problem(say`What is the group called? For example: ${code('create a group design with Ann and Bob')}`)
  if (name.length > longestName) return problem(`The name of a group has ${longestName} characters at most.`)
  if (reserved.has(name.toLowerCase())) return problem(`“${name}” already means something: choose another name.`)
  const [same] = await store.groups.named(space.id, name)
  if (same && same.id !== renamed?.id)
    return problem(say`There is a group ${strong(same.name)} already. Change it with ${code(`add @somebody to ${same.name}`)}`)
  if (renamed) return undefined
  const all = await store.groups.all(space.id, mostGroups)
  return all.length >= mostGroups
    ? problem(`There are ${mostGroups} groups here, which is as many as I keep: delete one first.`)
    : undefined
}

async function list(context: Context): Promise<Outcome> {
  const groups = await context.store.groups.all(context.space.id, mostGroups)
  if (groups.length === 0) return tell(say`There are no groups yet. Make one: ${code('create a group design with Ann and Bob')}`)
  const known = await context.store.people.several(context.space.id, [...new Set(groups.flatMap(({ memberIds }) => memberIds))])
  const byId = new Map(known.map((one) => [one.id, one]))
  const items = groups.map(({ name, memberIds }) => {
    const people = memberIds.slice(0, 10).flatMap((id) => byId.get(id) ?? [])
    const more = memberIds.length > people.length ? ` and ${memberIds.length - people.length} more` : ''
    return { text: [strong(name)], detail: people.length === 0 ? ['nobody yet'] : say`${nameAll(people, context)}${more}` }
  })
  return tell(say`${strong('Groups')}`, [{ kind: 'list', items }])
}

async function members(understanding: Understanding, context: Context): Promise<Outcome> {
  const found = await named(understanding, context)
  if (!found) return { reply: noSuch(understanding) }
  const people = await context.store.people.several(context.space.id, found.memberIds)
  if (people.length === 0) return tell(say`Nobody is in ${strong(found.name)} yet. Add people: ${code(`add @somebody to ${found.name}`)}`)
  return tell(say`In ${strong(found.name)}: ${nameAll(people, context)}.`)
}

async function update(understanding: Understanding, context: Context): Promise<Outcome> {
  const found = await named(understanding, context)
  if (!found) return { reply: noSuch(understanding) }
  const refused = notToChange(found, context)
  if (refused !== undefined) return { reply: problem(refused) }
  const { addPeople = [], removePeople = [], title } = understanding.changes ?? {}
  if (title !== undefined) return renameGroup(found, title.trim(), context)
  const added = await whoIs(addPeople, understanding, context)
  if (added.kind === 'unclear') return added.outcome
  const removed = await whoIs(removePeople, understanding, context)
  if (removed.kind === 'unclear') return removed.outcome
  if (added.emails.length + removed.emails.length > 0) return { reply: onlyPeople }
  const gone = new Set(removed.people.map(({ id }) => id))
  const memberIds = [...new Set([...found.memberIds, ...added.people.map(({ id }) => id)])].filter((id) => !gone.has(id))
  if (sameMembers(found, memberIds))
    return tell(say`${strong(found.name)} stays as it is: ${addPeople.length > 0 ? 'they are in it already' : 'they are not in it'}.`)
  return withMembers(found, memberIds, context)
}

/** Its members are these, whoever they were. */
export async function setMembers(found: Group, people: readonly PersonReference[], context: Context): Promise<Outcome> {
  const who = await whoIs(people, { ...blank, people }, context)
  if (who.kind === 'unclear') return who.outcome
  const memberIds = who.people.map(({ id }) => id)
  return sameMembers(found, memberIds) ? tell(say`${strong(found.name)} stays as it is.`) : withMembers(found, memberIds, context)
}

function sameMembers({ memberIds: before }: Group, memberIds: readonly string[]): boolean {
  return memberIds.length === before.length && memberIds.every((id, index) => id === before[index])
}

async function withMembers(found: Group, memberIds: readonly string[], context: Context): Promise<Outcome> {
  if (memberIds.length > mostMembers) return { reply: problem(`A group has ${mostMembers} people at most.`) }
  const after: Group = { ...found, memberIds, version: found.version + 1 }
  const people = await context.store.people.several(context.space.id, memberIds)
  const words = people.length === 0 ? ['nobody'] : nameAll(people, context)
  return done(context, 'group changed', say`In ${strong(found.name)} now: ${words}.`, [{ kind: 'group', before: found, after }])
}

export async function renameGroup(found: Group, name: string, context: Context): Promise<Outcome> {
  const wrong = await unusable(name, context, found)
  if (wrong) return { reply: wrong }
  if (name === found.name) return tell(say`${strong(name)} is its name already.`)
  const after: Group = { ...found, name, version: found.version + 1 }
  return done(context, 'group renamed', say`${strong(found.name)} is called ${strong(name)} now.`, [
    { kind: 'group', before: found, after },
  ])
}

async function remove(understanding: Understanding, context: Context): Promise<Outcome> {
  const found = await named(understanding, context)
  if (!found) return { reply: noSuch(understanding) }
  const refused = notToDelete(found, context)
  return refused === undefined ? deleteGroup(found, context) : { reply: problem(refused) }
}

export function deleteGroup(found: Group, context: Context): Outcome {
  const after: Group = { ...found, state: 'deleted', version: found.version + 1 }
  return done(context, 'group deleted', say`Deleted the group ${strong(found.name)}.`, [{ kind: 'group', before: found, after }])
}

async function named({ title }: Understanding, { store, space }: Context): Promise<Group | undefined> {
  const [found] = title ? await store.groups.named(space.id, title.trim()) : []
  return found
}

/** Why somebody may not change a group; undefined when they may. */
export function notToChange({ ownerId, memberIds }: Group, { person }: Context): string | undefined {
  if (ownerId === person.id || memberIds.includes(person.id)) return undefined
  return 'Only its members, and the person who made it, can change a group.'
}

export function notToDelete({ ownerId }: Group, { person }: Context): string | undefined {
  return ownerId === person.id ? undefined : 'Only the person who made a group can delete it.'
}

function noSuch({ title }: Understanding): Reply {
  return problem(
    say`I know no group “${short(title ?? '', 60)}”. Make it: ${code(`create a group ${short(title ?? 'design', 60)} with @somebody`)}`,
  )
}

function code(text: string) {
  return { kind: 'code', text } as const
}
