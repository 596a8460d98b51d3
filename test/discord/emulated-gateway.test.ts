import { createRequire } from 'node:module'
import { Client } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { openFakeDiscord } from '../fakes/discord/index.ts'
import type { FakeDiscordOptions } from '../fakes/discord/options.ts'
import { gatewayUrl, openRaw, type RawClient } from './raw-client.ts'

const messageContent = 1 << 15

describe.concurrent('the emulated gateway', () => {
  it.each<[number, string, FakeDiscordOptions, (client: RawClient) => unknown]>([
    [4001, 'an unknown op', {}, (client) => client.send(77, null)],
    [4002, 'what is no JSON', {}, (client) => client.sendText('hello')],
    [4002, 'a payload above 4096 bytes', {}, (client) => client.send(1, 'x'.repeat(4_096))],
    [4003, 'a payload before IDENTIFY', {}, (client) => client.send(3, {})],
    [4004, 'a wrong token', {}, (client) => client.identify({ token: 'wrong' })],
    [4005, 'a second IDENTIFY', {}, (client) => client.ready().then(() => client.identify())],
    [4008, 'more than 120 payloads in a minute', {}, (client) => Array.from({ length: 121 }, () => client.send(1, null))],
    [4009, 'no heartbeat', { heartbeatInterval: 50 }, () => undefined],
    [4010, 'a shard that there is none of', {}, (client) => client.identify({ shard: [2, 2] })],
    [4011, 'a single shard where several are needed', { shardingRequired: true }, (client) => client.identify()],
    [4013, 'an intent that there is none of', {}, (client) => client.identify({ intents: 1 << 30 })],
    [4014, 'an intent that is not switched on', {}, (client) => client.identify({ intents: messageContent })],
  ])('closes with %i after %s, and remembers it', async (code, _, options, misbehave) => {
    const fake = await openFakeDiscord(options)
    {
      await using client = await openRaw(fake)
      misbehave(client)
      expect(await client.closed).toBe(code)
    }
    await expect(fake[Symbol.asyncDispose]()).rejects.toThrow(`close ${code}`)
  })

  it('closes with 4012 a client of another version', async () => {
    await using fake = await openFakeDiscord()
    fake.journal.announce('close 4012')
    await using client = await openRaw(fake, { query: '?v=9&encoding=json' })
    expect(await client.closed).toBe(4012)
  })

  it('refuses a second session within five seconds, and a 1001st in a day', async () => {
    await using fake = await openFakeDiscord({ sessions: 1, maxConcurrency: 2 })
    fake.journal.announce('identify too soon', 'identify none left')
    await using first = await openRaw(fake)
    await first.ready({ shard: [0, 2] })
    await using second = await openRaw(fake)
    second.identify({ shard: [0, 2] })
    expect(await second.next(({ op }) => op === 9)).toMatchObject({ d: false })
    second.identify({ shard: [1, 2] })
    expect(await second.next(({ op }) => op === 9)).toMatchObject({ d: false })
    expect(fake.gateway.sessionsLeft()).toBe(0)
  })

  it('answers heartbeats, and may ask for one', async () => {
    await using fake = await openFakeDiscord({ heartbeatInterval: 12_345 })
    await using client = await openRaw(fake)
    expect(await client.next(({ op }) => op === 10)).toMatchObject({ d: { heartbeat_interval: 12_345 } })
    client.send(1, null)
    await client.next(({ op }) => op === 11)
    fake.gateway.askForHeartbeat()
    await client.next(({ op }) => op === 1)
  })

  it('gives no HELLO when it is told so', async () => {
    await using fake = await openFakeDiscord()
    fake.gateway.withhold('hello')
    await using first = await openRaw(fake)
    first.send(1, null)
    expect((await first.next(() => true)).op).toBe(11)
  })

  it('shows guilds first as unavailable, then whole, then as each test wants', async () => {
    await using fake = await openFakeDiscord()
    const { guildId } = fake.guild([fake.world.addUser('Ann')])
    await using client = await openRaw(fake)
    expect((await client.ready()).guilds).toEqual([{ id: guildId, unavailable: true }])
    expect(await client.next(({ t }) => t === 'GUILD_CREATE')).toMatchObject({ d: { id: guildId, unavailable: false } })
  })

  it('replays in order what a client missed, at the address that READY named, then says RESUMED', async () => {
    await using fake = await openFakeDiscord()
    const ann = fake.world.addUser('Ann')
    const { channelId } = fake.guild([ann])
    const first = await openRaw(fake)
    const { session_id, resume_gateway_url } = await first.ready()
    const { s } = await first.next(({ t }) => t === 'GUILD_CREATE')
    await first[Symbol.asyncDispose]()
    expect(resume_gateway_url).not.toBe(await gatewayUrl(fake))

    for (const text of ['one', 'two', 'three']) fake.as(ann).mention(channelId, text)
    await using second = await openRaw(fake, { url: resume_gateway_url })
    second.send(6, { token: fake.token, session_id, seq: s })
    const sequence: unknown[] = []
    for (;;) {
      const payload = await second.next(({ op }) => op === 0)
      sequence.push(payload.s)
      if (payload.t === 'RESUMED') break
    }
    expect(sequence).toEqual([1, 2, 3, 4].map((step) => (s ?? 0) + step))
  })

  it.each([
    [
      'a session that it does not know',
      (client: RawClient, token: string) => client.send(6, { token, session_id: 'x', seq: 1 }),
      undefined,
    ],
    [
      'a number from the future',
      (client: RawClient, token: string, session_id: string) => client.send(6, { token, session_id, seq: 99 }),
      4007,
    ],
  ])('does not resume %s', async (_, resume, code) => {
    await using fake = await openFakeDiscord()
    fake.journal.announce('close 4007')
    const first = await openRaw(fake)
    const { session_id, resume_gateway_url } = await first.ready()
    await first[Symbol.asyncDispose]()
    await using second = await openRaw(fake, { url: resume_gateway_url })
    resume(second, fake.token, session_id)
    if (code === undefined) expect(await second.next(({ op }) => op === 9)).toMatchObject({ d: false })
    else expect(await second.closed).toBe(code)
  })

  it.each([1000, 1001])('ends the session of a client that closes with %i', async (code) => {
    await using fake = await openFakeDiscord()
    await using first = await openRaw(fake)
    const { session_id, resume_gateway_url } = await first.ready()
    first.close(code)
    await first.closed
    await using second = await openRaw(fake, { url: resume_gateway_url })
    second.send(6, { token: fake.token, session_id, seq: 1 })
    expect(await second.next(({ op }) => op === 9)).toMatchObject({ d: false })
  })

  it('blanks the words that a bot without Message Content may not read', async () => {
    await using fake = await openFakeDiscord()
    const ann = fake.world.addUser('Ann')
    const { channelId } = fake.guild([ann])
    await using client = await openRaw(fake)
    await client.ready({ intents: (1 << 9) | (1 << 12) })
    const contents: string[] = []
    fake.as(ann).says(channelId, 'among us')
    fake.as(ann).mention(channelId, 'to you')
    fake.as(ann).dm('in private')
    for (let index = 0; index < 3; index += 1) {
      const { d } = await client.next(({ t }) => t === 'MESSAGE_CREATE')
      contents.push((d as { content: string }).content)
    }
    expect(contents).toEqual(['', `<@${fake.world.bot.id}> to you`, 'in private'])
  })

  it('tells each shard of its own guilds, and shard 0 of direct messages', async () => {
    await using fake = await openFakeDiscord({ maxConcurrency: 2 })
    const ann = fake.world.addUser('Ann')
    const guilds = Array.from({ length: 8 }, () => fake.guild([ann]))
    const shardOf = ({ guildId }: { guildId: string }) => Number((BigInt(guildId) >> 22n) % 2n)
    await using zero = await openRaw(fake)
    await using one = await openRaw(fake)
    const ready = await Promise.all([zero.ready({ shard: [0, 2], intents: 4609 }), one.ready({ shard: [1, 2], intents: 4609 })])
    expect(ready.map(({ guilds: shown }) => shown.length)).toEqual(
      [0, 1].map((shard) => guilds.filter((each) => shardOf(each) === shard).length),
    )
    fake.as(ann).dm('hello')
    expect(await zero.next(({ t }) => t === 'MESSAGE_CREATE')).toMatchObject({ d: { content: 'hello' } })
  })

  it('is one that discord.js connects to', async () => {
    await using fake = await openFakeDiscord()
    fake.guild([fake.world.addUser('Ann')])
    const client = new Client({ intents: [1, 512, 4096], rest: { api: fake.apiUrl } })
    const ready = new Promise((resolve) => client.once('clientReady', resolve))
    await client.login(fake.token)
    await ready
    expect(client.guilds.cache.size).toBe(1)
    await client.destroy()
  })

  it('is one that the gateway client of discord.js connects to by itself, and resumes within a second', async () => {
    await using fake = await openFakeDiscord()
    // It comes with discord.js, which hides it behind classes of the same names.
    const own = createRequire(createRequire(import.meta.url).resolve('discord.js'))
    const { WebSocketManager } = own('@discordjs/ws') as typeof import('@discordjs/ws')
    const { REST } = own('@discordjs/rest') as typeof import('@discordjs/rest')
    const manager = new WebSocketManager({ token: fake.token, intents: 512, rest: new REST({ api: fake.apiUrl }).setToken(fake.token) })
    await manager.connect()
    const from = fake.journal.entries().length
    fake.gateway.close(4000)
    const lost = await fake.journal.wait(({ kind }) => kind === 'close', { from })
    const resumed = await fake.journal.wait(({ kind, detail }) => kind === 'received' && detail.op === 6, { from })
    expect(resumed.at - lost.at).toBeGreaterThan(450)
    expect(resumed.at - lost.at).toBeLessThan(6_000)
    await manager.destroy()
  })
})
