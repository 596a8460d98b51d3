import { describe, expect, it, vi } from 'vitest'
import { createMemoryInbox } from '#bots/memory/inbox.ts'
import { reply } from '../contracts/bot.ts'
import { onScene, type Scene } from './scene.ts'

/** As if the process had been killed: whatever it had kept and not finished is left behind. */
async function kill(scene: Scene): Promise<void> {
  await scene.stop()
  scene.inbox.processDied()
}

const never = () => new Promise<never>(() => {})

const patience = { timeout: 10_000 }

describe.concurrent('what a process that died has left behind', () => {
  it(
    'is handled once by the next, when it had been kept and not handled',
    onScene({}, async (scene) => {
      const asked = Promise.withResolvers<void>()
      scene.answers(() => {
        asked.resolve()
        return never()
      })
      await scene.writes('remind me to stretch')
      await asked.promise
      await kill(scene)

      scene.answers(async () => reply(['will do']))
      await scene.start()
      expect((await scene.next()).words).toBe('will do')
      await vi.waitFor(() => expect(scene.inbox.unfinished()).toEqual([]), patience)
      expect(scene.heard).toMatchObject([{ text: 'remind me to stretch' }, { text: 'remind me to stretch', again: true }])
      expect(scene.shown()).toHaveLength(1)
    }),
  )

  it('is not answered a second time, when the answer had gone out', async () => {
    const memory = createMemoryInbox()
    let isDying = true
    const inbox = {
      ...memory,
      finish: async (...entry: Parameters<typeof memory.finish>) => (isDying ? undefined : memory.finish(...entry)),
    }
    await onScene({ inbox }, async (scene) => {
      await scene.writes('remind me to stretch')
      await scene.next()
      await scene.settled()
      await kill(scene)
      // Discord remembers the nonce for minutes only; after that, what counts is what the channel shows.
      for (const { data } of scene.fake.world.messages) delete data.nonce

      isDying = false
      await scene.start()
      await vi.waitFor(() => expect(inbox.unfinished()).toEqual([]), patience)
      expect(scene.heard).toMatchObject([{}, { again: true }])
      expect(scene.shown()).toHaveLength(1)
    })()
  })

  it(
    'ends the waiting of a slash command that Discord was asked to wait for',
    onScene({}, async (scene) => {
      await scene.fake.journal.wait(({ kind }) => kind === 'commands')
      scene.answers(never)
      const interaction = scene.fake.as(scene.ann).slash(scene.channel, 'agenda')
      expect(await interaction.outcome).toEqual({ kind: 'thinking' })
      await kill(scene)

      scene.answers(async () => reply(['nothing is on']))
      await scene.start()
      expect(await scene.next()).toMatchObject({ words: 'nothing is on', private: true })
      expect(scene.shown()).toHaveLength(1)
    }),
  )

  it(
    'reaches the author in direct messages, when the slash command was never acknowledged',
    onScene({}, async (scene) => {
      await scene.fake.journal.wait(({ kind }) => kind === 'commands')
      scene.fake.journal.announce('unanswered', '10015')
      const asked = Promise.withResolvers<void>()
      scene.answers(() => {
        asked.resolve()
        return never()
      })
      scene.fake.faults.add({ route: '/callback', times: 100, what: { kind: 'status', status: 500 } })
      const interaction = scene.fake.as(scene.ann).slash(scene.channel, 'agenda')
      await asked.promise
      await kill(scene)
      expect(await interaction.outcome).toEqual({ kind: 'failed' })

      scene.answers(async () => reply(['nothing is on']))
      await scene.start()
      expect((await scene.next()).words).toMatch(/^nothing is on/)
      expect(scene.fake.as(scene.ann).sees('dm')).toHaveLength(1)
    }),
  )

  it(
    'is dropped, when it is an interaction that Discord takes no answer to any more',
    onScene({}, async (scene) => {
      await scene.stop()
      const d = {
        type: 2,
        id: '1000000000000000000',
        application_id: scene.fake.world.application.id,
        token: 'old',
        channel_id: scene.channel,
        guild_id: scene.guildId,
        member: { user: { id: scene.ann, username: 'ann' } },
        data: { name: 'agenda' },
      }
      await scene.inbox.keep({ platform: 'discord', id: d.id, raw: { t: 'INTERACTION_CREATE', d } })
      scene.inbox.processDied()
      await scene.start()
      await vi.waitFor(() => expect(scene.inbox.unfinished()).toEqual([]), patience)
      expect(scene.heard).toEqual([])
    }),
  )
})
