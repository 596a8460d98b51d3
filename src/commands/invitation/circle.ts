import type { Context } from '#core/command.ts'
import type { Circle, Invitation } from '#core/model.ts'
import { problem, type Reply, type Span, say } from '#core/reply.ts'
import type { PersonReference } from '#core/understanding.ts'
import { short } from '../answer.ts'

// "<@&4711>"   "<#C024BE7LR|ops>"
//     ↑ role      ↑ channel
const mention = /^<(?:@&(?<role>\w+)|#(?<channel>\w+)(?:\|[^>]*)?)>$/

/** Whom "@designers", "#ops" or "the night shift" means, as the platform or one of our groups knows them. */
export async function circleNamed(reference: PersonReference, context: Context): Promise<Circle | undefined> {
  const { store, message, roleNamed } = context
  const space = message.place.space
  const said = 'mention' in reference ? reference.mention : 'name' in reference ? reference.name : ''
  const { role, channel } = mention.exec(said)?.groups ?? {}
  if (role) return { kind: 'role', id: role, space, name: said }
  if (channel) return { kind: 'channel', id: channel, space, name: said }
  const name = said.replace(/^@/, '')
  const [group] = await store.groups.named(context.space.id, name)
  return group ? { kind: 'group', id: group.id, space, name: group.name } : roleNamed(name)
}

/** Why this person cannot come although they would; undefined when they are one of those who may. */
export async function outside({ only }: Pick<Invitation, 'only'>, context: Context): Promise<Reply | undefined> {
  if (!only) return undefined
  const inside = await isInside(only, context)
  if (inside) return undefined
  return inside === false
    ? problem(say`Only ${nameOf(only)} may join this one.`)
    : problem(say`Only ${nameOf(only)} may join this one, and I cannot see now whether you belong to them: try again in a minute.`)
}

/** Whether the one who asks is one of them; undefined when nobody can say now. */
export async function isInside(only: Circle, { store, space, person, belongs }: Context): Promise<boolean | undefined> {
  if (only.kind !== 'group') return belongs(person.userId, only)
  const group = await store.groups.get(space.id, only.id)
  return group?.state === 'kept' && group.memberIds.includes(person.id)
}

/** "those in #ops", "those with the role Designers", "the group crew" */
export function nameOf({ kind, id, name }: Circle): readonly Span[] {
  switch (kind) {
    case 'channel':
      return ['those in ', { kind: 'channel', channel: id }]
    case 'role':
      return name.startsWith('<') ? ['those with a certain role'] : [`those with the role ${short(name, 60)}`]
    case 'group':
      return [`the group ${short(name, 60)}`]
  }
}
