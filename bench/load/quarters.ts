import { randomUUID } from 'node:crypto'
import type { Journal } from '../../test/fakes/journal.ts'
import { openDiscord, openSlack } from '../bots/town.ts'
import { type Client, connect, connectMany } from '../harness/sockets.ts'
import { sourceOf } from './limits.ts'
import { issueTokens } from './tokens.ts'

/** People on one platform: what they write, and what they are shown. */
export interface Quarter extends AsyncDisposable {
  readonly platform: 'slack' | 'discord' | 'web'
  readonly people: number
  /** What points the program here. */
  readonly environment: Readonly<Record<string, string>>
  /** Called once the program runs. */
  arrive(url: string): Promise<void>
  says(person: number, text: string): void
  onShown(show: (person: number, words: string) => void): void
  /** What the real service would not have taken. */
  onRefused(tell: (rule: string) => void): void
  /** Drops what an emulator keeps and nobody reads any more. */
  tidy(): void
}

/** As many of the latest messages as an emulator keeps: those that may still be edited. */
const latest = 2_000

export async function slackQuarter(people: number): Promise<Quarter> {
  const town = await openSlack(people)
  const { fake, messages } = town
  const personOf = new Map(messages.map(({ channel }, index) => [channel, index]))
  const users = [...fake.workspace.users.values()].filter(({ name }) => name.startsWith('person')).map(({ id }) => id)
  return {
    platform: 'slack',
    people,
    environment: town.environment,
    arrive: async () => undefined,
    says: (person, text) => void fake.people.dm(users[person] ?? '', text),
    onShown(show) {
      fake.journal.listen(({ kind, detail }) => {
        const channel = String(detail.channel)
        const person = personOf.get(channel)
        if (kind !== 'shown' || person === undefined) return
        show(person, JSON.stringify(fake.workspace.channels.get(channel)?.messages.get(String(detail.ts))?.blocks ?? ''))
      })
    },
    onRefused: (tell) => reportRefusals(fake.journal, tell),
    tidy() {
      fake.journal.forget()
      for (const { messages: kept } of fake.workspace.channels.values()) if (kept.size > 20) kept.clear()
    },
    [Symbol.asyncDispose]: () => town[Symbol.asyncDispose](),
  }
}

export async function discordQuarter(people: number): Promise<Quarter> {
  const town = await openDiscord(people)
  const { fake, messages } = town
  const personOf = new Map(messages.map(({ channel }, index) => [channel, index]))
  const users = [...fake.world.users.values()].filter(({ bot }) => !bot).map(({ id }) => id)
  return {
    platform: 'discord',
    people,
    environment: town.environment,
    arrive: async () => undefined,
    says: (person, text) => void fake.as(users[person] ?? '').dm(text),
    onShown(show) {
      fake.journal.listen(({ kind, detail }) => {
        const person = personOf.get(String(detail.channel))
        if (kind !== 'shown' || person === undefined) return
        show(person, JSON.stringify(fake.world.messages.findLast(({ data }) => data.id === detail.id)?.data ?? ''))
      })
    },
    onRefused: (tell) => reportRefusals(fake.journal, tell),
    tidy() {
      fake.journal.forget()
      fake.world.messages.splice(0, Math.max(0, fake.world.messages.length - latest))
    },
    [Symbol.asyncDispose]: () => town[Symbol.asyncDispose](),
  }
}

/** The page, each person with a token and a socket of their own. */
export async function webQuarter(people: number, databaseUrl: string): Promise<Quarter> {
  const tokens = await issueTokens(databaseUrl, people)
  let clients: readonly Client[] = []
  let show: (person: number, words: string) => void = () => undefined
  let refused: (rule: string) => void = () => undefined

  async function join(url: string, index: number): Promise<Client> {
    const client = await connect(url, undefined, { token: tokens[index] ?? '', localAddress: sourceOf(index) })
    await client.ask('{"type":"hello","timeZone":"Europe/Berlin"}')
    client.socket.on('message', (data) => {
      for (const frame of framesIn(String(data))) {
        if (frame.type === 'reply' || frame.type === 'reminder') show(index, JSON.stringify(frame))
        if (frame.type === 'error') refused(String(frame.code))
      }
    })
    client.socket.on('close', () => refused('closed'))
    return client
  }

  return {
    platform: 'web',
    people,
    environment: {},
    async arrive(url) {
      clients = await connectMany(people, (index) => join(url, index))
    },
    says: (person, text) => clients[person]?.socket.send(JSON.stringify({ type: 'command', id: randomUUID(), text })),
    onShown(listen) {
      show = listen
    },
    onRefused(tell) {
      refused = tell
    },
    tidy: () => undefined,
    async [Symbol.asyncDispose]() {
      refused = () => undefined
      for (const { socket } of clients) socket.terminate()
    },
  }
}

/** They are counted here, and do not stop the emulator from closing. */
function reportRefusals(journal: Journal, tell: (rule: string) => void): void {
  journal.listen(({ kind, detail }) => {
    if (kind !== 'violation') return
    journal.announce(String(detail.rule))
    tell(String(detail.rule))
  })
}

function framesIn(text: string): readonly { readonly type: string; readonly code?: string }[] {
  const frame = JSON.parse(text)
  return frame.type === 'batch' ? frame.items : [frame]
}
