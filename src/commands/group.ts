import type { Command, Context, Outcome } from '#core/command.ts'
import type { Group } from '#core/model.ts'
import { problem, type Reply, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, short, tell } from './answer.ts'
import { nameAll, whoIs } from './who.ts'

const longestName = 60
const mostGroups = 200
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
        return create(understanding, context)
    }
  },
  presses: {},
}

async function create(understanding: Understanding, context: Context): Promise<Outcome> {
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

/** Why a group cannot be called so; undefined when it can. */
async function unusable(name: string, { store, space }: Context): Promise<Reply | undefined> {
  if (name === '') return problem(say`What is the group called? For example: ${code('create a group design with Ann and Bob')}`)
  if (name.length > longestName) return problem(`The name of a group has ${longestName} characters at most.`)
  if (reserved.has(name.toLowerCase())) return problem(`“${name}” already means something: choose another name.`)
  const [same] = await store.groups.named(space.id, name)
  if (same) return problem(say`There is a group ${strong(same.name)} already. Change it with ${code(`add @somebody to ${same.name}`)}`)
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
  if (!mayChange(found, context)) return { reply: problem('Only its members, and the person who made it, can change a group.') }
  const { addPeople = [], removePeople = [], title } = understanding.changes ?? {}
  if (title !== undefined) return rename(found, title.trim(), context)
  const added = await whoIs(addPeople, understanding, context)
  if (added.kind === 'unclear') return added.outcome
  const removed = await whoIs(removePeople, understanding, context)
  if (removed.kind === 'unclear') return removed.outcome
  if (added.emails.length + removed.emails.length > 0) return { reply: onlyPeople }
  const gone = new Set(removed.people.map(({ id }) => id))
  const memberIds = [...new Set([...found.memberIds, ...added.people.map(({ id }) => id)])].filter((id) => !gone.has(id))
  if (memberIds.length > mostMembers) return { reply: problem(`A group has ${mostMembers} people at most.`) }
  if (memberIds.length === found.memberIds.length && memberIds.every((id, index) => id === found.memberIds[index]))
    return tell(say`${strong(found.name)} stays as it is: ${addPeople.length > 0 ? 'they are in it already' : 'they are not in it'}.`)
  const after: Group = { ...found, memberIds, version: found.version + 1 }
  const people = await context.store.people.several(context.space.id, memberIds)
  const words = people.length === 0 ? ['nobody'] : nameAll(people, context)
  return done(context, 'group changed', say`In ${strong(found.name)} now: ${words}.`, [{ kind: 'group', before: found, after }])
}

async function rename(found: Group, name: string, context: Context): Promise<Outcome> {
  const wrong = await unusable(name, context)
  if (wrong) return { reply: wrong }
  const after: Group = { ...found, name, version: found.version + 1 }
  return done(context, 'group renamed', say`${strong(found.name)} is called ${strong(name)} now.`, [
    { kind: 'group', before: found, after },
  ])
}

async function remove(understanding: Understanding, context: Context): Promise<Outcome> {
  const found = await named(understanding, context)
  if (!found) return { reply: noSuch(understanding) }
  if (found.ownerId !== context.person.id) return { reply: problem('Only the person who made a group can delete it.') }
  const after: Group = { ...found, state: 'deleted', version: found.version + 1 }
  return done(context, 'group deleted', say`Deleted the group ${strong(found.name)}.`, [{ kind: 'group', before: found, after }])
}

async function named({ title }: Understanding, { store, space }: Context): Promise<Group | undefined> {
  const [found] = title ? await store.groups.named(space.id, title.trim()) : []
  return found
}

function mayChange({ ownerId, memberIds }: Group, { person }: Context): boolean {
  return ownerId === person.id || memberIds.includes(person.id)
}

function noSuch({ title }: Understanding): Reply {
  return problem(
    say`I know no group “${short(title ?? '', 60)}”. Make it: ${code(`create a group ${short(title ?? 'design', 60)} with @somebody`)}`,
  )
}

function code(text: string) {
  return { kind: 'code', text } as const
}
