import { describe, expect, it } from 'vitest'
import { createMemoryInbox } from '#bots/memory/inbox.ts'
import type { Reply } from '#core/reply.ts'
import { reply } from '../contracts/bot.ts'
import { onScene, type Scene } from './scene.ts'
import { shownOf } from './stage.ts'

/** A reply that is ready only when the test says so. */
function gate(answer: Reply) {
  const { promise, resolve } = Promise.withResolvers<Reply>()
  return { answer: () => promise, open: () => resolve(answer) }
}

const withButton = reply(['stretch'], {
  blocks: [
    { kind: 'text', text: ['stretch'] },
    { kind: 'buttons', buttons: [{ label: 'Done', token: 'done.A.B.C.D' }] },
    { kind: 'menu', placeholder: 'Snooze', options: [{ label: 'an hour', token: 'snooze.A.B.60.D' }] },
  ],
})

async function registered({ fake }: Scene): Promise<void> {
  await fake.journal.wait(({ kind }) => kind === 'commands')
}

describe.concurrent('an interaction', () => {
  it(
    'is deferred when the answer takes long, and answered when it is there',
    onScene({}, async (scene) => {
      await registered(scene)
      const slow = gate(reply(['at last'], { visibility: 'author' }))
      scene.answers(slow.answer)
      const interaction = scene.fake.as(scene.ann).slash(scene.channel, 'duck', { sentence: 'think hard' })
      expect(await interaction.outcome).toEqual({ kind: 'thinking' })
      slow.open()
      expect(await scene.next()).toMatchObject({ words: 'at last', private: true })
      expect(scene.shown()).toHaveLength(1)
    }),
  )

  it(
    'waits for the one before it of the same person, so that "undo" finds what it undoes',
    onScene({}, async (scene) => {
      const slow = gate(reply(['first']))
      const begun = Promise.withResolvers<void>()
      scene.answers(async (message) => {
        if (message.kind !== 'sentence' || message.text !== 'one') return reply(['second'])
        begun.resolve()
        return slow.answer()
      })
      await scene.writes('one')
      await begun.promise
      await scene.writes('two')
      slow.open()
      expect((await scene.next()).words).toBe('first')
      expect((await scene.next()).words).toBe('second')
    }),
  )

  it(
    'puts a late answer to a button in the place of its message',
    onScene({}, async (scene) => {
      scene.answers(async () => withButton)
      await scene.writes('hello')
      const shown = await scene.next()
      const slow = gate(reply(['done'], { replaces: true }))
      scene.answers(slow.answer)
      const press = scene.fake.as(scene.ann).press(scene.saved(shown), 'Done')
      expect(await press.outcome).toEqual({ kind: 'nothing' })
      slow.open()
      expect(await scene.next()).toMatchObject({ id: shown.id, words: 'done', buttons: [] })
    }),
  )

  it(
    'puts a late answer that replaces nothing under the message of the button',
    onScene({}, async (scene) => {
      scene.answers(async () => withButton)
      await scene.mentions('hello')
      const shown = await scene.next()
      const slow = gate(reply(['not yours'], { visibility: 'author' }))
      scene.answers(slow.answer)
      const press = scene.fake.as(scene.bob).press(scene.saved(shown), 'Done')
      expect(await press.outcome).toEqual({ kind: 'nothing' })
      slow.open()
      expect(await scene.next()).toMatchObject({ words: 'not yours', private: true })
      expect(shownOf(scene.saved(shown)).words).toBe('stretch')
    }),
  )

  it(
    'delivers what was chosen from a menu',
    onScene({}, async (scene) => {
      scene.answers(async (message) => (message.kind === 'press' ? reply([message.token]) : withButton))
      await scene.writes('hello')
      scene.fake.as(scene.ann).choose(scene.saved(await scene.next()), ['an hour'])
      expect((await scene.next()).words).toBe('snooze.A.B.60.D')
    }),
  )

  it(
    'from the menu of a message is about that message, whose words we may not read otherwise, with the way back to it',
    onScene({}, async (scene) => {
      await registered(scene)
      const { fake, ann, bob, channel, guildId } = scene
      const id = fake.as(ann).says(channel, `<@${bob}> wants  "the plan"\nby Friday`)
      fake.as(ann).chooses('Remind me about this', scene.saved({ id }))
      const about = { words: '@Bob wants  "the plan"\nby Friday', link: `https://discord.com/channels/${guildId}/${channel}/${id}` }
      expect((await scene.next()).private).toBe(true)
      fake.as(ann).says(channel, `<@${fake.world.bot.id}> remind me about this`, { inReplyTo: id })
      await scene.next()
      expect(scene.heard).toMatchObject([
        { kind: 'sentence', text: 'remind me about this', about, private: true },
        { text: 'remind me about this', about, private: false },
      ])
    }),
  )

  it(
    'comes with the names of people and channels that its words mention',
    onScene({}, async (scene) => {
      await registered(scene)
      const { fake, ann, bob, channel } = scene
      fake.as(ann).slash(channel, 'remind', { what: `ask <@${bob}> in <#${channel}> <:duck:12>`, when: 'at noon', who: fake.world.bot.id })
      await scene.next()
      expect(scene.heard).toMatchObject([
        {
          text: expect.stringContaining('> :duck:"'),
          mentioned: [
            { id: fake.world.bot.id, unable: 'bot' },
            { id: bob, name: 'Bob' },
          ],
          channels: [{ id: channel, name: 'general' }],
        },
      ])
    }),
  )

  it(
    'in direct messages is answered for good, not only for the moment',
    onScene({}, async (scene) => {
      await registered(scene)
      scene.answers(async () => reply(['your list'], { visibility: 'author' }))
      scene.fake.as(scene.ann).slash('dm', 'todo')
      expect(await scene.next()).toMatchObject({ words: 'your list', private: false })
      expect(scene.heard).toMatchObject([{ text: 'list my todos', private: false, place: { space: `dm:${scene.ann}`, kind: 'direct' } }])
    }),
  )

  it(
    'that cannot be kept says so to its author alone, is not run, and counts as unanswered',
    onScene({ inbox: { ...createMemoryInbox(), keep: () => Promise.reject(new Error('no database')) } }, async (scene) => {
      await registered(scene)
      scene.fake.as(scene.ann).slash(scene.channel, 'agenda')
      expect(await scene.next()).toMatchObject({ words: expect.stringMatching(/try again/), private: true })
      expect(scene.heard).toEqual([])
      expect(scene.meter.events).toContain('unanswered')
    }),
  )

  it(
    'whose handling fails says so to its author alone',
    onScene({}, async (scene) => {
      await registered(scene)
      scene.answers(async () => {
        throw new Error('the database is on fire')
      })
      scene.fake.as(scene.ann).slash(scene.channel, 'agenda')
      expect(await scene.next()).toMatchObject({
        words: 'Something went wrong on my side and nothing was changed. Please try again.',
        private: true,
      })
    }),
  )

  it(
    'that leads to nothing is acknowledged all the same',
    onScene({}, async (scene) => {
      await registered(scene)
      scene.answers(async (message) => (message.kind === 'sentence' && message.text === 'hello' ? withButton : undefined))
      await scene.writes('hello')
      const shown = await scene.next()
      expect(await scene.fake.as(scene.ann).press(scene.saved(shown), 'Done').outcome).toEqual({ kind: 'nothing' })
      expect(await scene.fake.as(scene.ann).slash(scene.channel, 'agenda').outcome).toEqual({ kind: 'message' })
    }),
  )

  it.each([
    ['refused once', { kind: 'status', status: 503 }, false],
    ['taken, but reported as failed', { kind: 'status', status: 502 }, true],
    ['taken, but cut off', { kind: 'reset' }, true],
  ] as const)('is answered once when the answer is %s', async (_, what, accepted) => {
    await onScene({}, async (scene) => {
      await registered(scene)
      if (accepted) scene.fake.journal.announce('40060')
      scene.fake.faults.add({ route: '/callback', what, accepted })
      const interaction = scene.fake.as(scene.ann).slash(scene.channel, 'duck', { sentence: 'hello' })
      expect(await interaction.outcome).toEqual({ kind: 'message' })
      await scene.settled()
      expect(scene.shown()).toHaveLength(1)
      expect(scene.inbox.unfinished()).toEqual([])
    })()
  })

  it(
    'told twice by Discord runs once',
    onScene({}, async (scene) => {
      await registered(scene)
      await scene.fake.as(scene.ann).slash(scene.channel, 'agenda').outcome
      await scene.settled()
      scene.fake.gateway.repeat(({ t }) => t === 'INTERACTION_CREATE')
      await scene.settled()
      expect(scene.heard).toHaveLength(1)
      expect(scene.shown()).toHaveLength(1)
    }),
  )

  it(
    'that asks for suggestions gets some at once',
    onScene({}, async (scene) => {
      await registered(scene)
      const outcome = await scene.fake.as(scene.ann).autocomplete(scene.channel, 'remind', 'when', 'tomorrow').outcome
      expect(outcome).toMatchObject({ kind: 'choices' })
      const names = outcome.kind === 'choices' ? outcome.choices.map(({ name }) => name) : []
      expect(names[0]).toBe('tomorrow')
      expect(names).toContain('tomorrow at 9am')
      expect(scene.heard).toEqual([])
    }),
  )
})
