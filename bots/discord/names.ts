import { Routes } from 'discord-api-types/v10'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Incoming } from '#core/message.ts'
import type { DiscordRest } from './rest.ts'

const User = z.object({ username: z.string(), global_name: z.string().nullish() })
const Channel = z.object({ name: z.string().nullish() })

const remembered = { maxSize: 5_000, sizeCalculation: () => 1, ttl: 60 * 60_000 }
/** As many people and channels of one sentence as are looked up. */
const mostMentions = 20
/** How long somebody's name is waited for, in milliseconds: an interaction is answered without it as well. */
const patienceMs = 800

/** Looks up what people and channels are called where Discord does not say it with their mention; never throws. */
export function createNames(rest: DiscordRest) {
  const names = new LRUCache<string, { readonly name: string | undefined }>(remembered)

  async function nameOf(mention: string, ask: () => Promise<string | undefined>): Promise<string | undefined> {
    const known = names.get(mention)
    if (known) return known.name
    const asked = ask().catch(() => undefined)
    void asked.then((name) => names.set(mention, { name }, name === undefined ? { ttl: 60_000 } : {}))
    return Promise.race([asked, new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs, undefined).unref())])
  }

  const userName = async (id: string) => {
    const { global_name, username } = await rest.ask('GET', Routes.user(id), { result: User })
    return global_name ?? username
  }
  const channelName = async (id: string) => (await rest.ask('GET', Routes.channel(id), { result: Channel })).name ?? undefined

  return {
    async complete(incoming: Incoming): Promise<Incoming> {
      if (incoming.kind === 'press' || !incoming.text.includes('<')) return incoming
      const told = incoming.mentioned ?? []
      const ids = (mention: RegExp) =>
        [...new Set([...incoming.text.matchAll(mention)].map(({ groups }) => groups?.id ?? ''))].slice(0, mostMentions)
      const strangers = ids(/<@!?(?<id>\d{1,20})>/g).filter((id) => !told.some((one) => one.id === id))
      const [people, places] = await Promise.all([
        Promise.all(strangers.map(async (id) => ({ id, name: await nameOf(`@${id}`, () => userName(id)) }))),
        Promise.all(ids(/<#(?<id>\d{1,20})>/g).map(async (id) => ({ id, name: await nameOf(`#${id}`, () => channelName(id)) }))),
      ])
      const known = <Named extends { readonly name: string | undefined }>(all: readonly Named[]) =>
        all.filter((one): one is Named & { readonly name: string } => one.name !== undefined)
      const mentioned = [...told, ...known(people)]
      const channels = known(places)
      return { ...incoming, ...(mentioned.length > 0 && { mentioned }), ...(channels.length > 0 && { channels }) }
    },
  }
}
