import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createGone } from '#bots/discord/gone.ts'
import { createDiscordBot } from '#bots/discord/index.ts'
import { createRest } from '#bots/discord/rest.ts'
import { createDiscordMessenger } from '#bots/discord/send.ts'
import { createMemoryInbox } from '#bots/memory/inbox.ts'
import type { Handled } from '#core/command.ts'
import { createEars } from '#core/overheard.ts'
import type { Ears, Kept } from '#core/ports.ts'
import { createReach } from '#core/reach.ts'
import { resync } from '#core/resync.ts'
import { createLanguage } from '#language/language.ts'
import { openListening } from '#store/listening.ts'
import { type FakeDiscord, openFakeDiscord } from '../fakes/discord/index.ts'
import type { FakeDiscordOptions } from '../fakes/discord/options.ts'
import { openWorld, type World } from '../support/world.ts'
import { createCounted, shownOf, silent } from './stage.ts'

/** The whole inside of the program on an emulated Discord, with a server of Ann, who manages it, and Bob. */
interface Server extends AsyncDisposable {
  readonly fake: FakeDiscord
  readonly world: World
  readonly ann: string
  readonly bob: string
  readonly channel: string
  readonly guildId: string
  /** What the bot did with what came, in order. */
  readonly handled: readonly Handled['outcome'][]
  readonly kept: readonly Kept[]
  readonly ears: Ears
  /** What the bot shows next. */
  next(): Promise<string>
  /** Resolves when everything that was said so far has been read. */
  caughtUp(): Promise<void>
  /** As a process that starts now knows it. */
  hearsAnew(channel: string): Promise<boolean>
}

const messageContent = 1 << 15

async function openServer(options: FakeDiscordOptions): Promise<Server> {
  await using stack = new AsyncDisposableStack()
  const fake = stack.use(await openFakeDiscord(options))
  const [ann, bob] = [fake.world.addUser('Ann'), fake.world.addUser('Bob')]
  const { guildId, channelId } = fake.guild([ann, bob])
  const access = { token: fake.token, apiUrl: fake.apiUrl, meter: createCounted(), log: silent }
  const messenger = stack.use(createDiscordMessenger(access))
  let ears: Ears | undefined
  const world = stack.use(
    await openWorld(Temporal.Now.instant().toString(), {
      reach: createReach(() => [messenger]),
      ears: {
        get granted() {
          return ears?.granted
        },
      },
    }),
  )
  const fail = (cause: unknown) => expect.fail(String(cause))
  const listening = stack.use(await openListening(world.database, world.broadcast, fail))
  ears = createEars(listening, { language: createLanguage(), clock: { now: () => world.now } })
  const handled: Handled['outcome'][] = []
  const kept: Kept[] = []
  const inbox = createMemoryInbox()
  const keeping = { ...inbox, keep: (entry: Kept) => inbox.keep(entry).finally(() => kept.push(entry)) }
  const bot = createDiscordBot({ ...access, inbox: keeping, messenger, ears })
  stack.use(
    await bot.start(async (message) => {
      const { reply, outcome } = await world.handle(message)
      handled.push(outcome)
      return reply
    }),
  )
  let seen = 0
  async function next(): Promise<string> {
    const entry = await fake.journal.wait(({ kind }) => kind === 'shown', { from: seen })
    seen = entry.index + 1
    const found = fake.world.messages.find(({ data }) => data.id === entry.detail.id)
    return found ? shownOf(found).words : ''
  }

  const running = stack.move()
  return {
    ...{ fake, world, ann, bob, channel: channelId, guildId, handled, kept, ears },
    next,
    // What is said to us comes after everything that was overheard, on the one connection that there is.
    async caughtUp() {
      fake.as(bob).mention(channelId, 'what time is it')
      expect(await next()).toMatch(/It is/)
    },
    async hearsAnew(channel) {
      using anew = await openListening(world.database, world.broadcast, fail)
      return anew.hears(channel)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

describe('a channel that is listened to', () => {
  let server: Server
  beforeAll(async () => {
    server = await openServer({ privileged: messageContent, messagesPerWindow: 100 })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('is switched by those who manage the server, in words that everybody sees, and answers clear requests alone', async () => {
    const { fake, ann, bob, channel, kept, handled } = server
    fake.as(bob).says(channel, 'remind me in 2 hours to water the plants')
    fake.as(bob).mention(channel, 'listen here')
    expect(await server.next()).toMatch(/Only those who manage this place decide where I listen/)
    fake.as(ann).mention(channel, 'which channels do you listen in?')
    expect(await server.next()).toMatch(/in no channel of this server/)
    fake.as(ann).mention(channel, 'listen in this channel')
    expect(await server.next()).toMatch(/I listen in <#\d+> from now on.*neither answered, stored nor logged/)
    expect(await server.hearsAnew(channel)).toBe(true)

    const before = [kept.length, handled.length]
    for (const chatter of [
      'see you tomorrow at 5',
      'lunch was great',
      `<@${ann}> remind me at 5 to call Bob`,
      '!remind 5m tea',
      '?help',
      'help me',
      'done with that',
      'cancel the meeting',
      'snooze',
      `remind me tomorrow at 9 to ${'read '.repeat(200)}`,
    ])
      fake.as(bob).says(channel, chatter)
    fake.tell({ t: 'MESSAGE_CREATE', d: ofOthers(server, { webhook_id: '1' }), guildId: server.guildId })
    fake.tell({ t: 'MESSAGE_CREATE', d: ofOthers(server, { author: { id: '2', username: 'robot', bot: true } }), guildId: server.guildId })
    const asked = fake.as(bob).says(channel, 'remind me in 2 hours to water the plants')
    expect(await server.next()).toMatch(/I will remind you.*water the plants/s)
    // A request that finds nothing of Bob's is looked at, and said to somebody else.
    expect([kept.length, handled.length]).toEqual(before.map((count) => count + 2))
    expect(handled.slice(-2).toSorted()).toEqual(['done', 'ignored'])
    const answer = fake.world.messages.at(-1)?.data
    expect(answer?.message_reference?.message_id).toBe(asked)

    fake.as(bob).mention(channel, 'show my settings')
    expect(await server.next()).toMatch(/I listen in <#\d+>/)
    fake.as(ann).says(channel, 'stop listening here')
    expect(await server.next()).toMatch(/no longer listen in/)
    expect(await server.hearsAnew(channel)).toBe(false)
    fake.as(bob).says(channel, 'remind me in 3 hours to water the plants')
    await server.caughtUp()
    expect(await server.world.database.reminder.count({ where: { text: 'water the plants' } })).toBe(1)
  })

  it('is told when the switch was set out of its sight, and is not of another server', async () => {
    const { fake, ann, channel, world } = server
    const slash = fake.as(ann).slash(channel, 'duck', { sentence: 'listen here' })
    expect((await slash.outcome).kind).toBe('message')
    expect(await server.next()).toMatch(/I listen in/)
    const notice = await world.database.reminder.findFirstOrThrow({ where: { recipients: { array_contains: [{ channel }] } } })
    expect(JSON.stringify(notice.notice)).toMatch(/need no mention/)
    const elsewhere = fake.guild([ann])
    fake.as(ann).mention(channel, `listen in <#${elsewhere.channelId}>`)
    expect(await server.next()).toMatch(/no channel of this server/)
    fake.as(ann).mention(channel, 'listen in #plans')
    expect(await server.next()).toMatch(/type # and pick it/)
    fake.as(ann).mention(channel, 'start listening here')
    expect(await server.next()).toMatch(/already/)
    fake.as(ann).mention(channel, 'undo')
    expect(await server.next()).toMatch(/Undone: listening switched on/)
    expect(await server.hearsAnew(channel)).toBe(false)
    fake.as(ann).mention(channel, 'listen here')
    expect(await server.next()).toMatch(/I listen in/)
    fake.as(ann).dm('listen in this channel')
    expect(await server.next()).toMatch(/in a channel of the server/)
    fake.as(ann).mention(channel, 'stop listening here')
    await server.next()
    const undo = fake.world.messages.at(-1) ?? expect.fail('nothing was shown')
    await fake.as(ann).press(undo, 'Undo').outcome
    expect(await server.hearsAnew(channel)).toBe(true)
  })
})

describe('a rule of the server', () => {
  it('binds everybody in it, though each of them is on their own in direct messages', async () => {
    await using server = await openServer({ messagesPerWindow: 100 })
    const { fake, ann, bob, channel, next } = server
    const asks = async (user: string) => {
      fake.as(user).mention(channel, 'remind this channel tomorrow at 9 to vote')
      return next()
    }
    expect(await asks(bob)).toMatch(/I will remind/)
    fake.as(ann).mention(channel, 'only admins may remind channels')
    expect(await next()).toMatch(/Only those who manage this place may remind channels/)
    expect(await asks(bob)).toMatch(/Only those who manage this place may remind channels/)
    expect(await asks(ann)).toMatch(/I will remind/)
    fake.as(bob).mention(channel, 'settings')
    expect(await next()).toMatch(/Only those who manage this place may remind channels/)
  })
})

describe('what is listened to and goes', () => {
  let server: Server
  beforeAll(async () => {
    server = await openServer({ privileged: messageContent, messagesPerWindow: 100 })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each([
    ['a channel that is deleted', ({ channel }: Server) => ({ t: 'CHANNEL_DELETE', d: { id: channel } })],
    ['a server that takes us out', ({ guildId }: Server) => ({ t: 'GUILD_DELETE', d: { id: guildId } })],
  ])('%s is not listened to when it is there again', async (_, happening) => {
    const { fake, guildId, channel } = server
    await switchOn(server)
    fake.tell({ t: 'GUILD_DELETE', d: { id: guildId, unavailable: true }, guildId })
    await server.caughtUp()
    expect(await server.hearsAnew(channel)).toBe(true)
    fake.tell({ ...happening(server), guildId })
    await vi.waitFor(async () => expect(await server.hearsAnew(channel)).toBe(false))
    fake.as(server.bob).mention(channel, 'where do you listen?')
    expect(await server.next()).toMatch(/in no channel/)
  })

  it('is known as it is now, whatever is told late or not at all', async () => {
    const { world, channel, guildId, ears, fake, ann, next } = server
    await switchOn(server)
    const { id: space, version } = await world.database.space.findFirstOrThrow({ where: { externalId: guildId } })
    await world.broadcast.publish('listening.changed', { space, channels: [], version: version - 1 })
    expect(ears.hears(channel)).toBe(true)
    await world.database.space.updateMany({ where: { id: space }, data: { rules: {} } })
    await world.broadcast.publish(resync, {})
    await vi.waitFor(() => expect(ears.hears(channel)).toBe(false))
    await world.database.space.updateMany({ where: { id: space }, data: { rules: { listens: [channel] } } })
    await world.broadcast.publish(resync, {})
    await vi.waitFor(() => expect(ears.hears(channel)).toBe(true))
    fake.as(ann).mention(channel, 'stop listening here')
    await next()
    expect(ears.hears(channel)).toBe(false)
  })

  it('is found out also when nobody heard of it', async () => {
    const { fake, channel, ears } = server
    await switchOn(server)
    using rest = createRest({ token: fake.token, apiUrl: fake.apiUrl }, { meter: createCounted(), patienceMs: 0 })
    const { look } = createGone(rest, ears, silent)
    await look()
    expect(await server.hearsAnew(channel)).toBe(true)
    fake.world.channels.delete(channel)
    fake.journal.announce('10003')
    await look()
    expect(await server.hearsAnew(channel)).toBe(false)
  })
})

describe('without the Message Content intent', () => {
  it('nothing is switched on, and the fix is named', async () => {
    await using server = await openServer({})
    server.fake.as(server.ann).mention(server.channel, 'listen here')
    expect(await server.next()).toMatch(/Message Content Intent.*restart/s)
    expect(await server.hearsAnew(server.channel)).toBe(false)
  })
})

async function switchOn({ fake, ann, channel, next }: Server): Promise<void> {
  fake.as(ann).mention(channel, 'listen here')
  expect(await next()).toMatch(/I listen in/)
}

/** A message that no person wrote. */
function ofOthers({ channel, guildId }: Server, more: object): object {
  return {
    ...{ id: '900000000000000009', type: 0, channel_id: channel, guild_id: guildId, content: 'remind me in 2 hours to water the plants' },
    ...{ author: { id: '3', username: 'hook' }, mentions: [], attachments: [], embeds: [], timestamp: new Date(0).toISOString() },
    ...more,
  }
}
