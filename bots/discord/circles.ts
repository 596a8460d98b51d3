import { PermissionFlagsBits, Routes } from 'discord-api-types/v10'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import type { Circle } from '#core/model.ts'
import type { Messenger } from '#core/ports.ts'
import type { DiscordRest } from './rest.ts'

const Bits = z
  .string()
  .regex(/^\d{1,25}$/)
  .transform(BigInt)
const Role = z.object({ id: z.string(), name: z.string(), permissions: Bits })
const Guild = z.object({ owner_id: z.string(), roles: z.array(Role) })
const Member = z.object({ roles: z.array(z.string()) })
const Overwrite = z.object({ id: z.string(), type: z.number(), allow: Bits, deny: Bits })
const Channel = z.object({ guild_id: z.string(), permission_overwrites: z.array(Overwrite).default([]) })

/** Roles change seldom, in milliseconds. */
const remembered = 60_000
/** Discord's code for somebody who is not in a server. */
const unknownMember = '10007'

/** Direct messages are of no server. */
const isGuild = (space: string) => /^\d+$/.test(space)

const everything = ~0n
const managing = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator

/** What the roles of somebody allow in the whole server: everybody has the one that is called like it. */
function grantedTo(guild: z.output<typeof Guild>, guildId: string, roles: readonly string[]): bigint {
  return guild.roles.reduce((bits, { id, permissions }) => (id === guildId || roles.includes(id) ? bits | permissions : bits), 0n)
}

export interface Circles extends Required<Pick<Messenger, 'belongs' | 'manages' | 'roleNamed'>> {
  /** What somebody may do in a channel of their server, or of that one alone; undefined when they are not in it. */
  allowedIn(user: string, channelId: string, guild?: string): Promise<bigint | undefined>
}

/** Who has a role, and who sees a channel: Discord names no other members of it. */
export function circlesOn(rest: DiscordRest): Circles {
  const guilds = new LRUCache<string, z.output<typeof Guild>>({ max: 1_000, ttl: remembered })

  async function guildOf(id: string): Promise<z.output<typeof Guild>> {
    const known = guilds.get(id)
    if (known) return known
    const guild = await rest.ask('GET', Routes.guild(id), { result: Guild })
    guilds.set(id, guild)
    return guild
  }

  async function rolesOf(guild: string, user: string): Promise<readonly string[] | undefined> {
    try {
      return (await rest.ask('GET', Routes.guildMember(guild, user), { result: Member })).roles
    } catch (error) {
      if (error instanceof BotError && error.reason === unknownMember) return undefined
      throw error
    }
  }

  async function allowedIn(user: string, channelId: string, only?: string): Promise<bigint | undefined> {
    const channel = await rest.ask('GET', Routes.channel(channelId), { result: Channel })
    const { guild_id: guildId } = channel
    if (only !== undefined && guildId !== only) return undefined
    const [guild, roles] = await Promise.all([guildOf(guildId), rolesOf(guildId, user)])
    if (!roles) return undefined
    if (guild.owner_id === user) return everything
    const theirs = new Set([guildId, ...roles])
    const granted = grantedTo(guild, guildId, roles)
    if (granted & PermissionFlagsBits.Administrator) return everything
    // Everybody first, then all roles together, then the member alone: each overrules what came before.
    const layers = [
      channel.permission_overwrites.filter(({ id }) => id === guildId),
      channel.permission_overwrites.filter(({ id, type }) => type === 0 && id !== guildId && theirs.has(id)),
      channel.permission_overwrites.filter(({ id, type }) => type === 1 && id === user),
    ]
    return layers.reduce((bits, layer) => {
      const denied = layer.reduce((all, { deny }) => all | deny, 0n)
      const allowed = layer.reduce((all, { allow }) => all | allow, 0n)
      return (bits & ~denied) | allowed
    }, granted)
  }

  async function sees(user: string, channelId: string, guild: string | undefined): Promise<boolean> {
    return (((await allowedIn(user, channelId, guild)) ?? 0n) & PermissionFlagsBits.ViewChannel) !== 0n
  }

  return {
    allowedIn,

    async belongs(user, { kind, id, space }: Circle) {
      // In direct messages it is of whichever server.
      if (kind === 'channel') return sees(user, id, isGuild(space) ? space : undefined)
      const roles = await rolesOf(space, user)
      return roles !== undefined && (id === space || roles.includes(id))
    },

    async manages(space, user) {
      // In direct messages everybody is on their own.
      if (!isGuild(space)) return true
      const [guild, roles] = await Promise.all([guildOf(space), rolesOf(space, user)])
      return roles !== undefined && (guild.owner_id === user || (grantedTo(guild, space, roles) & managing) !== 0n)
    },

    async roleNamed(space, name) {
      if (!isGuild(space)) return undefined
      const wanted = name.trim().toLocaleLowerCase('en')
      const { roles } = await guildOf(space)
      const role = roles.find((each) => each.name.toLocaleLowerCase('en') === wanted)
      return role && { kind: 'role', id: role.id, space, name: role.name }
    },
  }
}
