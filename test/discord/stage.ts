import { ComponentType } from 'discord-api-types/v10'
import { pino } from 'pino'
import { createDiscordBot } from '#bots/discord/index.ts'
import { createDiscordMessenger } from '#bots/discord/send.ts'
import { createMemoryInbox, type MemoryInbox } from '#bots/memory/inbox.ts'
import { createEars } from '#core/overheard.ts'
import type { BotMeter, Ears, GatewaySessions, Inbox } from '#core/ports.ts'
import { createLanguage } from '#language/language.ts'
import type { Shown, Stage } from '../contracts/bot.ts'
import { type FakeDiscord, openFakeDiscord } from '../fakes/discord/index.ts'
import type { FakeDiscordOptions } from '../fakes/discord/options.ts'
import type { Saved } from '../fakes/discord/world.ts'

export const silent = pino({ level: 'silent' })

/** A meter that remembers what it was told. */
export interface Counted extends BotMeter {
  readonly events: readonly string[]
}

export function createCounted(): Counted {
  const events: string[] = []
  return {
    events,
    arrived: () => events.push('arrived'),
    acked: () => events.push('acked'),
    replied: () => events.push('replied'),
    unanswered: () => events.push('unanswered'),
    connected: (_, up) => events.push(up ? 'up' : 'down'),
    reconnected: () => events.push('reconnected'),
    rateLimited: () => events.push('rate limited'),
  }
}

export interface DiscordStage extends Required<Stage> {
  readonly fake: FakeDiscord
  readonly inbox: MemoryInbox
  readonly meter: Counted
  readonly guildId: string
  /** The message behind what was shown. */
  saved(message: Pick<Shown, 'id'>): Saved
}

export interface StageOptions extends FakeDiscordOptions {
  readonly inbox?: MemoryInbox
  /** Where sessions outlive the bot. */
  readonly outlives?: GatewaySessions
  readonly listens?: (channelId: string) => boolean
  /** What the bot does wrong on purpose. */
  readonly announced?: readonly string[]
}

export async function openStage({
  inbox = createMemoryInbox(),
  listens,
  outlives,
  announced = [],
  ...options
}: StageOptions = {}): Promise<DiscordStage> {
  const fake = await openFakeDiscord(options)
  fake.journal.announce(...announced)
  const ann = fake.world.addUser('Ann')
  const bob = fake.world.addUser('Bob')
  const { guildId, channelId } = fake.guild([ann, bob])
  const meter = createCounted()
  const access = { token: fake.token, apiUrl: fake.apiUrl, meter, log: silent }
  const messenger = createDiscordMessenger(access)
  const watched = watch(inbox)
  const bot = createDiscordBot({
    ...access,
    inbox: watched.inbox,
    messenger,
    ...(listens && { ears: earsFor(listens) }),
    ...(outlives && { sessions: outlives }),
  })
  let seen = 0

  function saved({ id }: { readonly id: string }): Saved {
    const found = fake.world.messages.find(({ data }) => data.id === id)
    if (!found) throw new RangeError(`there is no message ${id}`)
    return found
  }

  return {
    bot,
    fake,
    inbox,
    meter,
    guildId,
    space: guildId,
    ann,
    bob,
    channel: channelId,
    saved,
    async writes(text) {
      fake.as(ann).dm(text)
    },
    async edits(text) {
      const last = fake
        .as(ann)
        .sees('dm')
        .findLast(({ data }) => data.author.id === ann)
      fake.as(ann).edits(last?.data.id ?? '', text)
      // The preview of a link comes as an update as well, and is nobody's edit.
      fake.as(ann).unfurls(last?.data.id ?? '')
    },
    async mentions(text) {
      fake.as(ann).mention(channelId, text)
    },
    async commands(sentence) {
      await fake.journal.wait(({ kind }) => kind === 'commands')
      fake.as(ann).slash(channelId, 'duck', { sentence })
    },
    async presses(message, label) {
      fake.as(ann).press(saved(message), label)
    },
    async fillsIn(message, label, text) {
      const source = saved(message)
      const outcome = await fake.as(ann).press(source, label).outcome
      if (outcome.kind !== 'modal') throw new Error(`a form was to open, not ${outcome.kind}`)
      fake.as(ann).submit(source.data.channel_id, outcome.modal, { text }, source)
    },
    async redelivers() {
      fake.gateway.repeat(({ t, d }) => t === 'MESSAGE_CREATE' && (d as { author: { id: string } }).author.id === ann)
    },
    async next() {
      const entry = await fake.journal.wait(({ kind }) => kind === 'shown', { from: seen })
      seen = entry.index + 1
      return shownOf(saved({ id: String(entry.detail.id) }))
    },
    shown: () => fake.world.messages.filter(({ data }) => data.author.id === fake.world.bot.id).map(shownOf),
    async settled() {
      await fake.gateway.caughtUp()
      await watched.idle()
    },
    async [Symbol.asyncDispose]() {
      messenger[Symbol.dispose]()
      await fake[Symbol.asyncDispose]()
    },
  }
}

/** Ears for the channels that a test says. */
export function earsFor(hears: (channelId: string) => boolean): Ears {
  return createEars(
    { hears, channels: () => [], end: async () => false },
    { language: createLanguage(), clock: { now: () => Temporal.Now.instant() } },
  )
}

/** The same inbox, which also tells when everything that was kept is finished. */
function watch(inbox: Inbox): { readonly inbox: Inbox; idle(): Promise<void> } {
  const open = new Set<string>()
  let waiting: (() => void)[] = []
  const looked = () => {
    if (open.size > 0) return
    for (const resolve of waiting) resolve()
    waiting = []
  }
  return {
    inbox: {
      async keep(entry) {
        const state = await inbox.keep(entry)
        if (state === 'new') open.add(entry.id)
        return state
      },
      async finish(platform, id) {
        await inbox.finish(platform, id)
        open.delete(id)
        looked()
      },
      abandoned: (platform) => inbox.abandoned(platform),
    },
    idle: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        looked()
      }),
  }
}

export function shownOf(message: Saved): Shown {
  const { data, onlyFor, pinged } = message
  const embeds = data.embeds.flatMap(({ title, description, fields, footer }) => [
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ])
  const parts = (data.components ?? []).flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
  return {
    id: data.id,
    words: [data.content, ...embeds]
      .filter((words) => words)
      .map((words) => withoutMarkup(words ?? ''))
      .join('\n'),
    buttons: parts.flatMap((part) => ('label' in part && typeof part.label === 'string' ? [part.label] : [])),
    private: onlyFor !== undefined,
    pinged,
  }
}

/** As a Discord client shows it: mentions as `@ID`, escapes and markup gone. */
function withoutMarkup(words: string): string {
  return words
    .replaceAll(/(?<!\\)<@!?(\d+)>/g, '@$1')
    .replaceAll(/(?<!\\)\*\*/g, '')
    .replaceAll(/\\([^a-zA-Z0-9\s])/g, '$1')
}
