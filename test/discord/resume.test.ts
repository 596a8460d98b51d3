import { describe, expect, it } from 'vitest'
import { createMemoryGatewaySessions } from '#bots/memory/gateway-sessions.ts'
import { createMemoryInbox } from '#bots/memory/inbox.ts'
import { onScene, type Scene } from './scene.ts'

/** The sessions that were asked for since: `RESUME` or `IDENTIFY`. */
function asked({ fake }: Scene, from = 0): readonly string[] {
  const received = fake.journal.of('received').filter(({ index }) => index >= from)
  return received.flatMap(({ detail }) => (detail.op === 6 ? ['RESUME'] : detail.op === 2 ? ['IDENTIFY'] : []))
}

const kept = () => ({ outlives: createMemoryGatewaySessions() })

describe.concurrent('a session with Discord that outlives the process', () => {
  it(
    'goes on in the next, which answers once what was written in between',
    onScene(kept(), async (scene) => {
      await scene.writes('before')
      await scene.next()
      await scene.stop()
      await scene.writes('while nobody was there')
      const from = scene.now()
      await scene.start()
      expect((await scene.next()).words).toContain('while nobody was there')
      await scene.settled()
      expect(asked(scene, from)).toEqual(['RESUME'])
      expect(scene.shown()).toHaveLength(2)
      expect(scene.heard).toMatchObject([{ text: 'before' }, { text: 'while nobody was there' }])
      // A process that starts has lost no connection.
      expect(scene.meter.events).not.toContain('reconnected')
      expect(scene.meter.events.findLast((event) => event === 'up' || event === 'down')).toBe('up')
    }),
  )

  it(
    'is opened anew when Discord has not kept it',
    onScene(kept(), async (scene) => {
      await scene.stop()
      await scene.writes('lost')
      scene.fake.gateway.overflow()
      const from = scene.now()
      await scene.start()
      await scene.back('IDENTIFY', from)
      await scene.writes('hello again')
      expect((await scene.next()).words).toContain('hello again')
      expect(asked(scene, from)).toEqual(['RESUME', 'IDENTIFY'])
    }),
  )

  it('is told again what was not kept yet', async () => {
    const inbox = createMemoryInbox()
    const { keep } = inbox
    const isAsked = Promise.withResolvers<void>()
    inbox.keep = () => {
      isAsked.resolve()
      return new Promise(() => {})
    }
    await onScene({ ...kept(), inbox }, async (scene) => {
      await scene.writes('nearly lost')
      await isAsked.promise
      await scene.stop()
      inbox.keep = keep
      await scene.start()
      expect((await scene.next()).words).toContain('nearly lost')
      await scene.settled()
      expect(scene.heard).toHaveLength(1)
    })()
  })

  it(
    'does not do what its author was told it did not: a command in between',
    onScene(kept(), async (scene) => {
      await scene.fake.journal.wait(({ kind }) => kind === 'commands')
      await scene.stop()
      scene.fake.journal.announce('unanswered')
      const { outcome } = scene.fake.as(scene.ann).slash(scene.channel, 'duck', { sentence: 'todo buy milk' })
      expect((await outcome).kind).toBe('failed')
      await scene.start()
      await scene.writes('hello')
      await scene.next()
      expect(scene.heard).toMatchObject([{ text: 'hello' }])
      expect(scene.meter.events).toContain('unanswered')
    }),
  )
})
