import { ChannelType, PermissionFlagsBits, Routes } from 'discord-api-types/v10'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import { downloaded } from '#core/files.ts'
import type { Recipient } from '#core/model.ts'
import type { BotMeter, Messenger } from '#core/ports.ts'
import { circlesOn } from './circles.ts'
import { idAt } from './decode.ts'
import { encode, encodeAnnounced } from './encode.ts'
import { nonceOf, urlOf } from './marks.ts'
import { createRest, type DiscordAccess, type DiscordRest } from './rest.ts'

export const Sent = z.object({ id: z.string(), channel_id: z.string() }).transform(({ id, channel_id }) => ({ id, channel: channel_id }))
const Identified = z.object({ id: z.string() })
const Typed = z.object({ type: z.number() })
const History = z.array(
  z.object({
    id: z.string(),
    channel_id: z.string(),
    author: z.object({ id: z.string() }),
    embeds: z.array(z.object({ url: z.string().optional() })),
  }),
)

/** Discord takes five messages in five seconds in a channel, in milliseconds. */
const pauseMs = 1_000

/** Discord's code for a message that is gone. */
const unknownMessage = '10008'
/** And for a place where we see what others write, and may not. */
const missingPermissions = '50013'

/** One page of history, and how many pages are looked through for a mark. */
const pageSize = 100
const mostPages = 10
/** How far Discord's clock may be behind the one that `since` was read from. */
const clockSkew = Temporal.Duration.from({ minutes: 2 })
const rememberedChannels = 10_000

/** Sends over REST alone: opens no gateway connection, and loads nothing of discord.js. */
export function createDiscordMessenger(
  parts: DiscordAccess & { readonly meter: BotMeter; readonly log: Logger },
): DiscordMessenger & Disposable {
  const rest = createRest(parts, { meter: parts.meter, patienceMs: 0 })
  return { ...messengerOn(rest, parts), [Symbol.dispose]: () => rest[Symbol.dispose]() }
}

type DiscordMessenger = Messenger & Required<Pick<Messenger, 'belongs' | 'manages' | 'roleNamed'>>

/** Discord keeps files on hosts of their own; an emulated or proxied one on the host of its API. They need no token. */
function isDiscord(apiUrl: string | undefined): (url: URL) => boolean {
  const own = apiUrl === undefined ? undefined : new URL(apiUrl).host
  const hosts = ['cdn.discordapp.com', 'media.discordapp.net']
  return ({ protocol, hostname, host }) => host === own || (protocol === 'https:' && hosts.includes(hostname))
}

function messengerOn(rest: DiscordRest, { log, apiUrl }: DiscordAccess & { readonly log: Logger }): DiscordMessenger {
  const directChannels = new LRUCache<string, string>({ maxSize: rememberedChannels, sizeCalculation: () => 1 })
  const { allowedIn, ...circles } = circlesOn(rest)
  let ourId: string | undefined

  async function us(): Promise<string> {
    ourId ??= (await rest.ask('GET', Routes.user(), { result: Identified })).id
    return ourId
  }

  /** Whether we may write where we may look; a thread goes by the channel that it is in. */
  async function mayWrite(channel: string): Promise<boolean> {
    const { type } = await rest.ask('GET', Routes.channel(channel), { result: Typed })
    if (type !== ChannelType.GuildText && type !== ChannelType.GuildAnnouncement) return true
    const allowed = await us()
      .then((id) => allowedIn(id, channel))
      .catch(() => undefined)
    return allowed === undefined || (allowed & PermissionFlagsBits.SendMessages) !== 0n
  }

  async function channelOf(to: Recipient): Promise<string> {
    if (to.kind === 'channel') return to.channel
    const known = directChannels.get(to.user)
    if (known !== undefined) return known
    const { id } = await rest.ask('POST', Routes.userChannels(), { body: { recipient_id: to.user }, result: Identified })
    directChannels.set(to.user, id)
    return id
  }

  return {
    platform: 'discord',
    pauseMs,

    async send(_space, to, reply, mark) {
      const channel = await channelOf(to)
      const body = {
        ...encodeAnnounced(reply, { url: urlOf(mark), ...(to.kind === 'channel' && { ping: to.ping }) }),
        nonce: nonceOf(mark),
        enforce_nonce: true,
      }
      const sent = await rest.ask('POST', Routes.channelMessages(channel), { body, result: Sent })
      log.debug({ channel: sent.channel, messageId: sent.id }, 'discord message sent')
      return sent
    },

    async find(_space, to, mark, since) {
      const [channel, ourselves] = await Promise.all([channelOf(to), us()])
      const wanted = urlOf(mark)
      let after = idAt(since.subtract(clockSkew))
      for (let page = 0; page < mostPages; page += 1) {
        const query = new URLSearchParams({ after, limit: String(pageSize) })
        const messages = await rest.ask('GET', Routes.channelMessages(channel), { query, result: History })
        const found = messages.find(({ author, embeds }) => author.id === ourselves && embeds.some(({ url }) => url === wanted))
        if (found) return { id: found.id, channel: found.channel_id }
        if (messages.length < pageSize) return undefined
        after = messages.reduce((latest, { id }) => (BigInt(id) > BigInt(latest) ? id : latest), after)
      }
      return undefined
    },

    async obstacle(to) {
      try {
        const channel = await channelOf(to)
        return to.kind === 'direct' || (await mayWrite(channel)) ? undefined : missingPermissions
      } catch (error) {
        if (error instanceof BotError && error.code === 'rejected') return error.reason
        throw error
      }
    },

    async edit({ channel, id }, reply, mark) {
      await rest.ask('PATCH', Routes.channelMessage(channel, id), { body: encode(reply, { url: urlOf(mark) }) })
    },

    download: (url, mostBytes) => downloaded(url, { hosts: isDiscord(apiUrl), mostBytes }),

    ...circles,

    async retract({ channel, id }) {
      await rest.ask('DELETE', Routes.channelMessage(channel, id)).catch((error: unknown) => {
        if (!(error instanceof BotError && error.reason === unknownMessage)) throw error
      })
    },
  }
}
