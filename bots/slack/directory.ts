import { LRUCache } from 'lru-cache'
import type { Author } from '#core/message.ts'
import { isTimeZone } from '#core/zone.ts'
import { type Api, attempt } from './api.ts'
import { pause } from './pause.ts'

/** What a workspace knows of a person beyond their id. */
type Profile = Omit<Author, 'id'>

const remembered = { maxSize: 5_000, sizeCalculation: () => 1, ttl: 60 * 60_000 }

/** A person who could not be looked up is not asked about again for this long, in milliseconds. */
const forgetFailureMs = 60_000

/** How long somebody's name and zone are waited for, in milliseconds. */
export const directoryPatienceMs = 1_000

/** Looks people and channels up, each once an hour; never throws, since a message is answered without it as well. */
export function createDirectory(api: Api) {
  const profiles = new LRUCache<string, { readonly profile: Profile | undefined }>(remembered)
  const channels = new LRUCache<string, { readonly name: string | undefined }>(remembered)
  const asked = new Map<string, Promise<Profile | undefined>>()

  async function ask(user: string): Promise<Profile | undefined> {
    try {
      const info = await attempt(api, `looking up ${user}`, (client) => client.users.info({ user, include_locale: true }))
      const profile = profileOf(user, info.user)
      profiles.set(user, { profile })
      return profile
    } catch {
      profiles.set(user, { profile: undefined }, { ttl: forgetFailureMs })
      return undefined
    } finally {
      asked.delete(user)
    }
  }

  async function askChannel(channel: string): Promise<string | undefined> {
    const info = await attempt(api, `looking up ${channel}`, (client) => client.conversations.info({ channel })).catch(() => undefined)
    const name = info?.channel?.name
    channels.set(channel, { name }, name === undefined ? { ttl: forgetFailureMs } : {})
    return name
  }

  return {
    /** What a channel is called, where the workspace says it in time. */
    async nameOf(channel: string, patienceMs: number): Promise<string | undefined> {
      const known = channels.get(channel)
      return known ? known.name : Promise.race([askChannel(channel), pause(patienceMs)])
    },

    /** The author with name, zone and locale where the workspace says them in time. */
    async complete(author: Author, patienceMs: number): Promise<Author> {
      const known = profiles.get(author.id)
      if (known) return { ...author, ...known.profile }
      const pending = asked.get(author.id) ?? ask(author.id)
      asked.set(author.id, pending)
      return { ...author, ...(await Promise.race([pending, pause(patienceMs)])) }
    },
  }
}

function profileOf(
  id: string,
  user:
    | {
        name?: string
        tz?: string
        real_name?: string
        locale?: string
        is_bot?: boolean
        deleted?: boolean
        profile?: { display_name?: string }
      }
    | undefined,
): Profile {
  const name = user?.profile?.display_name || user?.real_name || user?.name || id
  const unable = user?.deleted ? 'left' : user?.is_bot ? 'bot' : undefined
  return {
    name,
    ...(unable && { unable }),
    ...(user?.tz !== undefined && isTimeZone(user.tz) ? { timeZone: user.tz } : {}),
    ...(user?.locale !== undefined && /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(user.locale) ? { locale: user.locale } : {}),
  }
}
