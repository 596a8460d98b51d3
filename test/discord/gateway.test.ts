import { describe, expect, it, vi } from 'vitest'
import { onScene, type Scene } from './scene.ts'

const patience = { timeout: 10_000 }

describe.concurrent('an interrupted Discord connection', () => {
  const interruptions: Record<string, (scene: Scene) => Promise<unknown>> = {
    'op 7': async ({ fake, now }) => {
      const from = now()
      fake.gateway.askToReconnect()
      await fake.journal.wait(({ kind }) => kind === 'close', { from })
    },
    'a TCP reset': async ({ fake }) => fake.gateway.reset(),
    'close 4000': async ({ fake }) => fake.gateway.close(4000),
    'close 4009': async ({ fake }) => fake.gateway.close(4009),
    'op 9 that can be resumed': async ({ fake }) => fake.gateway.invalidate(true),
    'a silence of the other side': async ({ fake }) => fake.gateway.freeze(),
    'heartbeats without an answer': async ({ fake, now }) => {
      const from = now()
      fake.gateway.muteHeartbeats()
      await fake.journal.wait(({ kind, detail }) => kind === 'close' && detail.code === 4200, { from })
    },
  }

  for (const [name, interrupt] of Object.entries(interruptions)) {
    it(
      `is resumed after ${name}, and what was written meanwhile is answered once`,
      onScene(/silence|heartbeats/.test(name) ? { heartbeatInterval: 1_000 } : {}, async (scene) => {
        const from = scene.now()
        await interrupt(scene)
        await scene.writes('are you there?')
        await scene.back('RESUME', from)
        await scene.settled()
        expect(scene.heard).toMatchObject([{ text: 'are you there?' }])
        expect(scene.shown()).toHaveLength(1)
        // Discord sends what was missed before it says that the session goes on.
        await vi.waitFor(() => {
          expect(scene.meter.events).toContain('reconnected')
          expect(scene.meter.events.findLast((event) => event === 'up' || event === 'down')).toBe('up')
        }, patience)
      }),
    )
  }

  it.each([
    ['op 9 that cannot be resumed', ({ fake }: Scene) => fake.gateway.invalidate(false)],
    ['close 1000', ({ fake }: Scene) => fake.gateway.close(1000)],
    ['close 4007', ({ fake }: Scene) => fake.gateway.close(4007)],
  ])('is opened anew after %s, and hears again', async (_, interrupt) => {
    await onScene({}, async (scene) => {
      const from = scene.now()
      interrupt(scene)
      await scene.back('IDENTIFY', from)
      await scene.writes('hello again')
      expect((await scene.next()).words).toContain('hello again')
      expect(scene.heard).toHaveLength(1)
    })()
  })

  it(
    'is opened anew when Discord kept too little to resume it',
    onScene({ buffer: 2 }, async (scene) => {
      const from = scene.now()
      scene.fake.gateway.reset()
      for (const text of ['one', 'two', 'three', 'four']) await scene.writes(text)
      await scene.back('IDENTIFY', from)
      await scene.writes('five')
      expect((await scene.next()).words).toContain('five')
    }),
  )

  it(
    'answers once what a resumed session tells a second time',
    onScene({}, async (scene) => {
      await scene.writes('hello')
      await scene.next()
      await scene.settled()
      const from = scene.now()
      scene.fake.gateway.rewind(10)
      scene.fake.gateway.reset()
      await scene.back('RESUME', from)
      await scene.settled()
      expect(scene.heard).toHaveLength(1)
      expect(scene.shown()).toHaveLength(1)
    }),
  )

  it(
    'survives an event that discord.js cannot read',
    onScene({}, async (scene) => {
      scene.fake.tell({ t: 'GUILD_CREATE', d: null })
      scene.fake.tell({ t: 'CHANNEL_UPDATE', d: { id: null } })
      scene.fake.tell({ t: 'GUILD_MEMBERS_CHUNK', d: {} })
      scene.fake.tell({ t: 'INTERACTION_CREATE', d: { type: 2 } })
      scene.fake.tell({ t: 'MESSAGE_CREATE', d: { id: 'x' } })
      await scene.writes('still there?')
      expect((await scene.next()).words).toContain('still there?')
    }),
  )

  it(
    'says that it is down when Discord ends the session for good, and keeps the process alive',
    onScene({}, async (scene) => {
      const from = scene.now()
      scene.fake.gateway.close(4014)
      await scene.fake.journal.wait(({ kind }) => kind === 'close', { from })
      await vi.waitFor(() => expect(scene.meter.events.at(-1)).toBe('down'), patience)
    }),
  )
})
