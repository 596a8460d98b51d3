import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { createDiscordBot } from '#bots/discord/index.ts'
import { createDiscordMessenger } from '#bots/discord/send.ts'
import { createMemoryInbox } from '#bots/memory/inbox.ts'
import { reply } from '../contracts/bot.ts'
import { listen } from '../fakes/discord/gateway.ts'
import { openFakeDiscord } from '../fakes/discord/index.ts'
import { onScene } from './scene.ts'
import { createCounted, openStage, silent } from './stage.ts'

function botAt(apiUrl: string, token: string) {
  const access = { token, apiUrl, meter: createCounted(), log: silent }
  return createDiscordBot({ ...access, inbox: createMemoryInbox(), messenger: createDiscordMessenger(access) })
}

const patience = { timeout: 10_000 }
const messageContent = 1 << 15

describe.concurrent('starting on Discord', () => {
  it('names DISCORD_TOKEN when Discord refuses the token', async () => {
    await using fake = await openFakeDiscord()
    fake.journal.announce('401')
    await expect(botAt(fake.apiUrl, 'wrong').start(async () => undefined)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('DISCORD_TOKEN'),
    })
  })

  it('names DISCORD_TOKEN when the gateway refuses the token', async () => {
    await using fake = await openFakeDiscord()
    fake.gateway.closeNext(4004)
    await expect(botAt(fake.apiUrl, fake.token).start(async () => undefined)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('DISCORD_TOKEN'),
    })
  })

  const listens = (): boolean => true
  const ordinary = (1 << 9) | (1 << 12)
  const listening = ordinary | messageContent | (1 << 0)
  it.each([
    ['may read along nowhere', {}, ordinary],
    ['has not been granted it', { listens }, ordinary],
    ['has been granted it', { listens, privileged: messageContent }, listening],
  ])('asks for a privileged intent or not where it %s', (_, options, intents) =>
    onScene(options, async ({ fake }) => {
      const identified = fake.journal.of('received').filter(({ detail }) => detail.op === 2)
      expect(identified.map(({ detail }) => detail.d)).toMatchObject([{ intents }])
    })(),
  )

  it(
    'goes on without reading along when the gateway refuses what was granted',
    onScene({ listens, flags: 1 << 19, announced: ['close 4014'] }, async ({ fake, writes, next }) => {
      const identified = fake.journal.of('received').filter(({ detail }) => detail.op === 2)
      expect(identified.map(({ detail }) => detail.d)).toMatchObject([{ intents: listening }, { intents: ordinary }])
      await writes('hello')
      expect((await next()).words).toContain('heard hello')
    }),
  )

  it('goes on trying in the background while Discord cannot be reached', async () => {
    const port = await freePort()
    const bot = botAt(`http://127.0.0.1:${port}/api`, 'a.b.c')
    const running = await bot.start(async () => undefined)
    await running[Symbol.asyncDispose]()
  })

  it('connects once Discord is back', async () => {
    await using stage = await openStage()
    stage.fake.faults.add({ route: 'GET /gateway/bot', what: { kind: 'status', status: 503 } })
    await using _ = await stage.bot.start(async () => reply(['here I am']))
    await stage.fake.journal.wait(({ kind, detail }) => kind === 'dispatch' || (kind === 'received' && detail.op === 2))
    await stage.fake.gateway.caughtUp()
    await stage.writes('hello')
    expect((await stage.next()).words).toContain('here I am')
  })

  it('opens one connection after the gateway refused the first', async () => {
    await using stage = await openStage()
    stage.fake.gateway.withhold('upgrade', 2)
    await using _ = await stage.bot.start(async () => reply(['here I am']))
    await stage.fake.journal.wait(({ kind, detail }) => kind === 'received' && detail.op === 2)
    await stage.fake.gateway.caughtUp()
    await stage.writes('hello')
    expect((await stage.next()).words).toContain('here I am')
    expect(stage.fake.gateway.connections()).toHaveLength(1)
  })

  it('survives an event that discord.js cannot read in the moment of starting', async () => {
    await using stage = await openStage()
    const starting = stage.bot.start(async () => reply(['here I am']))
    await stage.fake.journal.wait(({ kind, detail }) => kind === 'received' && detail.op === 2)
    stage.fake.tell({ t: 'INTERACTION_CREATE', d: { type: 3 } })
    stage.fake.tell({ t: 'MESSAGE_CREATE', d: null })
    await using _ = await starting
    await stage.writes('hello')
    expect((await stage.next()).words).toContain('here I am')
  })

  it('identifies again when READY does not come', async () => {
    await using stage = await openStage()
    stage.fake.gateway.withhold('ready')
    await using _ = await stage.bot.start(async () => reply(['here I am']))
    await stage.fake.journal.wait(({ kind, detail }) => kind === 'received' && detail.op === 2, {
      from: stage.fake.journal.entries().length,
    })
    await stage.fake.gateway.caughtUp()
    await stage.writes('hello')
    expect((await stage.next()).words).toContain('here I am')
  })
})

describe.concurrent('stopping on Discord', () => {
  it(
    'closes its connection, so that Discord ends the session',
    onScene({}, async ({ stop, fake }) => {
      await stop()
      await fake.journal.wait(({ kind, detail }) => kind === 'close' && detail.code === 1000)
      expect(fake.gateway.connections()).toEqual([])
    }),
  )

  it(
    'takes less than the ten seconds of a clean stop when the peer is gone',
    onScene({}, async ({ stop, fake }) => {
      fake.gateway.freeze()
      const started = performance.now()
      await stop()
      expect(performance.now() - started).toBeLessThan(9_000)
    }),
  )

  it(
    'ends for good even while Discord is away',
    onScene({}, async ({ stop, fake, meter }) => {
      const ports = fake.gateway.ports()
      await fake.gateway[Symbol.asyncDispose]()
      await vi.waitFor(() => expect(meter.events.at(-1)).toBe('down'), patience)
      await stop()

      const tried = Promise.withResolvers<void>()
      // One that another program was given meanwhile is nobody's to listen on.
      const servers = ports.map((port) =>
        createServer()
          .on('connection', tried.resolve)
          .on('error', () => undefined)
          .listen(port, '127.0.0.1'),
      )
      // The library tries every half second.
      const { promise: longEnough, resolve } = Promise.withResolvers<string>()
      setTimeout(resolve, 1_500, 'nobody came')
      expect(await Promise.race([tried.promise, longEnough])).toBe('nobody came')
      for (const server of servers) server.close()
    }),
  )

  it(
    'lets an answer that is being made go out first',
    onScene({}, async ({ stop, answers, writes, fake, shown }) => {
      const answering = Promise.withResolvers<void>()
      const asked = Promise.withResolvers<void>()
      answers(async () => {
        asked.resolve()
        await answering.promise
        return reply(['just in time'])
      })
      await writes('hello')
      await asked.promise
      const stopped = stop()
      await fake.journal.wait(({ kind }) => kind === 'close')
      answering.resolve()
      await stopped
      expect(shown().map(({ words }) => words)).toEqual(['just in time'])
    }),
  )
})

describe.concurrent('the slash commands', () => {
  const puts = (stage: { fake: { journal: { of(kind: string): readonly { detail: Readonly<Record<string, unknown>> }[] } } }) =>
    stage.fake.journal.of('request').filter(({ detail }) => detail.method === 'PUT')

  it(
    'are registered at the first start, and not again while they are the same',
    onScene({}, async (scene) => {
      await scene.fake.journal.wait(({ kind }) => kind === 'commands')
      const from = scene.now()
      await scene.stop()
      await scene.start()
      await scene.fake.journal.wait(({ kind, detail }) => kind === 'request' && String(detail.path).endsWith('/commands'), { from })
      await scene.stop()
      expect(puts(scene)).toHaveLength(1)
    }),
  )

  it('are registered again when Discord has others', async () => {
    await using stage = await openStage()
    const application = stage.fake.world.application.id
    await fetch(`${stage.fake.apiUrl}/v10/applications/${application}/commands`, {
      method: 'PUT',
      headers: { authorization: `Bot ${stage.fake.token}`, 'content-type': 'application/json' },
      body: JSON.stringify([{ name: 'old', description: 'from another release' }]),
    })
    await using _ = await stage.bot.start(async () => undefined)
    const entry = await stage.fake.journal.wait(({ kind, detail }) => kind === 'commands' && (detail.names as string[]).includes('duck'))
    expect(entry.detail.names).not.toContain('old')
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await listen(server)
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
