import { WebSocket } from 'ws'
import { commands, events, scopes } from '#bots/slack/manifest.ts'
import { plain, type Reply } from '#core/reply.ts'
import type { Shown } from '../contracts/bot.ts'
import { shownOf } from '../discord/stage.ts'
import { openFakeDiscord } from '../fakes/discord/index.ts'
import { openFakeSlack } from '../fakes/slack/index.ts'

/** Where a person of a journey lives: one platform, seen through its own client. */
export interface Town extends AsyncDisposable {
  readonly platform: 'slack' | 'discord' | 'web'
  /** What points the program here. */
  readonly environment: Readonly<Record<string, string>>
  /** Called each time a program has started that serves this place. */
  arrive(url: string | undefined): Promise<void>
  writes(text: string): Promise<void>
  presses(message: Shown, label: string): Promise<void>
  /** The next message that is shown or changed. */
  next(): Promise<Shown>
  /** All messages of ours whose words match. */
  shown(words: RegExp): Promise<readonly Shown[]>
  readonly redelivers?: () => Promise<void>
  /** Whether what is written while no program is connected is told to the next one within a moment. */
  readonly keeps?: true
}

/** `announced` are refusals that the journey is about; any other fails it. */
export async function slackTown(...announced: readonly string[]): Promise<Town> {
  const fake = await openFakeSlack({ scopes, commands: commands.map(({ command }) => command), events })
  fake.journal.announce(...announced)
  const { ann } = fake.workspace
  let seen = 0
  return {
    platform: 'slack',
    environment: { SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl },
    arrive: async () => undefined,
    writes: async (text) => void fake.people.dm(ann.id, text),
    presses: async (message, label) => void fake.press(ann.id, message.id, label),
    async next() {
      const entry = await fake.journal.wait(({ kind }) => kind === 'shown', { from: seen })
      seen = entry.index + 1
      const found = fake.shown().find(({ id }) => id === entry.detail.ts)
      if (!found) throw new Error('what was shown is gone again')
      return found
    },
    shown: async (words) => fake.shown().filter((message) => words.test(message.words)),
    redelivers: async () => void fake.people.redeliver(),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}

/** `announced` are refusals that the journey is about; any other fails it. */
export async function discordTown(...announced: readonly string[]): Promise<Town> {
  const fake = await openFakeDiscord({})
  // A process that has just started cannot know when the one before it identified.
  fake.journal.announce('identify too soon', ...announced)
  const ann = fake.world.addUser('Ann')
  fake.guild([ann])
  let seen = 0
  const saved = ({ id }: { readonly id: string }) => {
    const found = fake.world.messages.find(({ data }) => data.id === id)
    if (!found) throw new RangeError(`there is no message ${id}`)
    return found
  }
  const ours = () => fake.world.messages.filter(({ data }) => data.author.id === fake.world.bot.id).map(shownOf)
  return {
    platform: 'discord',
    keeps: true,
    environment: { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl },
    arrive: async () => undefined,
    async writes(text) {
      fake.as(ann).dm(text)
    },
    async presses(message, label) {
      fake.as(ann).press(saved(message), label)
    },
    async next() {
      const entry = await fake.journal.wait(({ kind }) => kind === 'shown', { from: seen })
      seen = entry.index + 1
      return shownOf(saved({ id: String(entry.detail.id) }))
    },
    shown: async (words) => ours().filter((message) => words.test(message.words)),
    async redelivers() {
      fake.gateway.repeat(({ t, d }) => t === 'MESSAGE_CREATE' && (d as { author: { id: string } }).author.id === ann)
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}

interface Line {
  readonly id: string
  readonly from: string
  readonly reply?: Reply
}

/** The page, through the socket and the API that it uses itself. */
export async function webTown(): Promise<Town> {
  let socket: WebSocket | undefined
  let base = ''
  let sent = 0
  const seen = new Set<string>()
  const frames: Shown[] = []
  const waiting: ((message: Shown) => void)[] = []

  function show(id: string, reply: Reply): void {
    seen.add(id)
    const message = shownReply(id, reply)
    const waiter = waiting.shift()
    if (waiter) waiter(message)
    else frames.push(message)
  }

  function receive(data: unknown): void {
    const parsed = JSON.parse(String(data))
    for (const frame of parsed.type === 'batch' ? parsed.items : [parsed]) {
      if ((frame.type !== 'reply' && frame.type !== 'reminder') || !frame.reply) continue
      const id = String(frame.line?.id ?? frame.id)
      if (frame.type === 'reply' || !seen.has(id)) show(id, frame.reply)
    }
  }

  async function transcript(): Promise<readonly Line[]> {
    const response = await fetch(new URL('/api/transcript', base))
    const { lines } = (await response.json()) as { lines: Line[] }
    return lines
  }

  return {
    platform: 'web',
    environment: {},
    async arrive(url) {
      base = url ?? ''
      const next = new WebSocket(new URL('/ws', base.replace(/^http/, 'ws')))
      socket = next
      next.on('message', receive)
      await new Promise((resolve, reject) => {
        next.once('open', resolve)
        next.once('error', reject)
      })
      next.send(JSON.stringify({ type: 'hello', timeZone: 'America/New_York' }))
      // What a program that has started again told before anybody was connected.
      for (const { id, reply } of await transcript()) if (reply && !seen.has(id)) show(id, reply)
    },
    async writes(text) {
      socket?.send(JSON.stringify({ type: 'command', id: String(++sent), text }))
    },
    async presses(message, label) {
      const token = tokens.get(message)?.get(label)
      socket?.send(JSON.stringify({ type: 'action', id: String(++sent), action: token }))
    },
    next: async () => frames.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    async shown(words) {
      const lines = await transcript()
      return lines.flatMap(({ id, reply }) => (reply ? [shownReply(id, reply)] : [])).filter((message) => words.test(message.words))
    },
    async [Symbol.asyncDispose]() {
      socket?.terminate()
    },
  }
}

const tokens = new WeakMap<Shown, ReadonlyMap<string, string>>()

function shownReply(id: string, { blocks, visibility }: Reply): Shown {
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  const words = blocks.flatMap((block) => {
    if (block.kind === 'text' || block.kind === 'aside') return [plain(block.text)]
    return block.kind === 'list' ? block.items.map(({ text }) => plain(text)) : []
  })
  const message = { id, words: words.join('\n'), buttons: buttons.map(({ label }) => label), private: visibility === 'author', pinged: [] }
  tokens.set(message, new Map(buttons.map(({ label, token }) => [label, token])))
  return message
}
