import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Incoming, Sentence } from '#core/message.ts'
import type { Recipient } from '#core/model.ts'
import type { Bot, Deliver } from '#core/ports.ts'
import { type Reply, say, strong, type Text } from '#core/reply.ts'

/** A message as a person sees it on the platform. */
export interface Shown {
  /** The platform's id of the message. */
  readonly id: string
  /** All words of it, without markup, mentions as `@ID`. */
  readonly words: string
  readonly buttons: readonly string[]
  /** True when only one person sees it. */
  readonly private: boolean
  /** The ids of those whom the platform notifies because of this message; `everyone` for a broadcast. */
  readonly pinged: readonly string[]
}

/** A platform that a test can act on as a person would. Every wait is for an event. */
export interface Stage extends AsyncDisposable {
  readonly bot: Bot
  /** The platform's id of the space, of one person, and of another. */
  readonly space: string
  readonly ann: string
  readonly bob: string
  /** A channel that both and the bot are in, and a recipient that is it. */
  readonly channel: string
  /** Ann writes to the bot in direct messages. */
  writes(text: string): Promise<void>
  /** Ann changes what she wrote to the bot last; undefined where nobody can. */
  readonly edits?: (text: string) => Promise<void>
  /** Ann mentions the bot in the channel; undefined where there are no channels. */
  readonly mentions?: (text: string) => Promise<void>
  /** Ann uses the slash command; undefined where there are none. */
  readonly commands?: (text: string) => Promise<void>
  /** Ann presses a button of a message she sees. */
  presses(message: Shown, label: string): Promise<void>
  /** Ann presses a button that opens a form, types this into its line and sends it; undefined where there are no forms. */
  readonly fillsIn?: (message: Shown, label: string, text: string) => Promise<void>
  /** Delivers the last event again, as the platform does when it saw no ack. */
  redelivers(): Promise<void>
  /** The next message that the bot shows, or changes, that no earlier call has returned. */
  next(): Promise<Shown>
  /** Everything shown so far in all places, in its present state. */
  shown(): readonly Shown[]
  /** Resolves when everything that was sent to the bot has been handled. */
  settled(): Promise<void>
}

/** What a platform may lack; the tests of it are then left out. */
export interface Features {
  /** Places with several people, where one mentions the bot and pings each other. */
  readonly channels?: boolean
  /** Slash commands. */
  readonly commands?: boolean
  /** Messages whose words their author can change. */
  readonly edits?: boolean
}

export function reply(text: Text, more: Partial<Reply> = {}): Reply {
  return { tone: 'tell', visibility: 'place', blocks: [{ kind: 'text', text }], ...more }
}

/** What every chat platform does, whichever it is. */
export function botContract(name: string, open: () => Promise<Stage>, { channels = true, commands = true, edits = true }: Features = {}) {
  describe(`a bot on ${name}`, () => {
    let stage: Stage
    let running: AsyncDisposable
    let heard: Incoming[]
    let answer: (message: Incoming) => Promise<Reply | undefined>
    const deliver: Deliver = (message) => {
      heard.push(message)
      return answer(message)
    }

    beforeEach(async () => {
      heard = []
      answer = async (message) => reply(say`heard ${message.kind === 'sentence' ? message.text : message.token}`)
      stage = await open()
      running = await stage.bot.start(deliver)
    })
    afterEach(async () => {
      await running[Symbol.asyncDispose]()
      await stage[Symbol.asyncDispose]()
    })

    it('delivers a direct message and shows the answer', async () => {
      await stage.writes('remind me to stretch at noon')
      expect((await stage.next()).words).toContain('heard remind me to stretch at noon')
      expect(heard).toMatchObject([
        {
          kind: 'sentence',
          text: 'remind me to stretch at noon',
          addressed: true,
          author: { id: stage.ann },
          place: { platform: stage.bot.platform, kind: 'direct' },
        },
      ])
    })

    if (edits) {
      it('delivers what its author makes of a message once, and puts the answer in the place of the first', async () => {
        await stage.writes('todo buy milk')
        const first = await stage.next()
        answer = async () => reply(['changed'], { replaces: true })
        await stage.edits?.('todo buy oat milk')
        const second = await stage.next()
        expect(second).toMatchObject({ id: first.id, words: expect.stringContaining('changed') })
        expect(heard).toMatchObject([{ text: 'todo buy milk' }, { kind: 'sentence', text: 'todo buy oat milk', addressed: true }])
        const { edits, id } = heard[1] as Sentence
        expect(edits).toBe(heard[0]?.id)
        expect(id).not.toBe(edits)
        answer = async () => reply(['too late'])
        await stage.edits?.('todo buy no milk')
        expect((await stage.next()).id).not.toBe(first.id)
        await stage.settled()
        expect(heard).toHaveLength(3)
      })
    }

    if (channels) {
      it('delivers a mention without our own name in it', async () => {
        await stage.mentions?.('what is on today')
        await stage.next()
        expect(heard).toMatchObject([
          {
            kind: 'sentence',
            text: 'what is on today',
            addressed: true,
            private: false,
            place: { kind: 'channel', channel: stage.channel, space: stage.space },
          },
        ])
      })
    }

    if (commands) {
      it('answers a slash command to its author alone', async () => {
        answer = async () => reply(['only you'], { visibility: 'author' })
        await stage.commands?.('list my reminders')
        const shown = await stage.next()
        expect(shown).toMatchObject({ private: true })
        expect(shown.words).toContain('only you')
        expect(heard).toMatchObject([{ text: 'list my reminders', private: true }])
      })
    }

    it('opens a form, and brings what is typed to the message whose button opened it', async () => {
      if (!stage.fillsIn) return
      const form = { title: 'Snooze', label: 'Until when?', placeholder: '5pm', submit: 'Snooze', token: 'until.A.B.C.D' }
      answer = async (message) => {
        if (message.kind === 'press' && message.text !== undefined) return reply([`until ${message.text}`], { replaces: true })
        if (message.kind === 'press') return reply(['say until when'], { form })
        const buttons = [{ label: 'Snooze…', token: 'when.A.B.C.D' }]
        return reply(['stretch'], {
          blocks: [
            { kind: 'text', text: ['stretch'] },
            { kind: 'buttons', buttons },
          ],
        })
      }
      await stage.writes('hello')
      const shown = await stage.next()
      await stage.fillsIn(shown, 'Snooze…', 'tomorrow at 8')
      expect(await stage.next()).toMatchObject({ id: shown.id, words: 'until tomorrow at 8' })
      expect(heard.at(-1)).toMatchObject({ token: form.token, author: { id: stage.ann }, private: false })
      expect(heard.at(-1)?.place).toEqual(heard.at(-2)?.place)
      expect(stage.shown()).toHaveLength(1)
    })

    it('delivers the press of a button and puts the answer in its place', async () => {
      answer = async (message) =>
        message.kind === 'press'
          ? reply(['all done'], { replaces: true })
          : reply(['stretch'], {
              blocks: [
                { kind: 'text', text: ['stretch'] },
                { kind: 'buttons', buttons: [{ label: 'Done', token: 'done.A.B.C.D' }] },
              ],
            })
      await stage.writes('hello')
      const shown = await stage.next()
      expect(shown.buttons).toEqual(['Done'])
      await stage.presses(shown, 'Done')
      const changed = await stage.next()
      expect(changed).toMatchObject({ id: shown.id, buttons: [] })
      expect(changed.words).toContain('all done')
      expect(heard.at(-1)).toMatchObject({ kind: 'press', token: 'done.A.B.C.D', author: { id: stage.ann } })
    })

    it('pings nobody with words that somebody wrote', async () => {
      answer = async () =>
        reply(say`noted ${strong('@everyone')} @here <!channel> <!here> <@${stage.bob}> <@!${stage.bob}> <@&1> <#C1> & *bold*`)
      await stage.writes('note: hello')
      const shown = await stage.next()
      expect(shown.pinged).toEqual([])
      expect(shown.words).toContain('@everyone')
    })

    it('shows every kind of block in an order that reads well', async () => {
      answer = async () =>
        reply([], {
          tone: 'done',
          blocks: [
            {
              kind: 'text',
              text: say`I will remind you to ${strong('stretch')} on ${{ kind: 'time', at: '2026-11-24T20:00:00Z', show: 'full', timeZone: 'America/New_York', named: true }}.`,
            },
            {
              kind: 'fields',
              fields: [
                { label: 'Where', value: ['Room 5'] },
                { label: 'Day', value: [{ kind: 'day', date: '2026-11-24' }] },
              ],
            },
            { kind: 'list', items: [{ text: ['first'], detail: ['the one'] }, { text: ['second'] }] },
            { kind: 'menu', placeholder: 'Cancel which?', options: [{ label: 'first', token: 'cancel.A.B.C.D' }] },
            { kind: 'buttons', buttons: [{ label: 'Undo', token: 'undo.A.B.C.D', style: 'danger' }] },
            { kind: 'aside', text: ['small print'] },
          ],
        })
      await stage.writes('hello')
      const { words, buttons } = await stage.next()
      const positions = ['stretch', 'Room 5', 'first', 'second', 'small print'].map((word) => words.indexOf(word))
      expect(positions).not.toContain(-1)
      expect(positions).toEqual(positions.toSorted((a, b) => a - b))
      expect(buttons).toContain('Undo')
    })

    it('fits an answer of any length and any script into what the platform takes', async () => {
      answer = async () =>
        reply([], {
          blocks: [
            { kind: 'text', text: [`${'läng 😀 '.repeat(12_000)}\ud800`] },
            { kind: 'list', items: Array.from({ length: 300 }, (_, index) => ({ text: [`item ${index}`] })) },
            {
              kind: 'buttons',
              buttons: Array.from({ length: 60 }, (_, index) => ({ label: `Choice ${index}`, token: `pick.A.B.${index}.D` })),
            },
          ],
        })
      await stage.writes('hello')
      expect((await stage.next()).words).toContain('läng')
    })

    it('tells the person when handling failed, instead of saying nothing', async () => {
      answer = async () => {
        throw new Error('the database is on fire')
      }
      await stage.writes('hello')
      const { words } = await stage.next()
      expect(words).toMatch(/try again/i)
      expect(words).not.toContain('on fire')
    })

    it('runs a redelivered event once', async () => {
      await stage.writes('hello')
      await stage.next()
      await stage.redelivers()
      await stage.settled()
      expect(heard).toHaveLength(1)
      expect(stage.shown()).toHaveLength(1)
    })

    it('says nothing when there is nothing to say', async () => {
      answer = async () => undefined
      await stage.writes('just talking')
      await stage.settled()
      expect(stage.shown()).toEqual([])
    })

    it('sends unasked, and finds by its mark what it sent', async () => {
      const since = Temporal.Now.instant().subtract({ minutes: 1 })
      const to: Recipient = { kind: 'direct', user: stage.ann }
      expect(await stage.bot.find(stage.space, to, 'mark-1', since)).toBeUndefined()
      const sent = await stage.bot.send(stage.space, to, reply(['stretch'], { tone: 'ring' }), 'mark-1')
      expect((await stage.next()).words).toContain('stretch')
      expect(await stage.bot.find(stage.space, to, 'mark-1', since)).toEqual(sent)
      expect(await stage.bot.find(stage.space, to, 'mark-2', since)).toBeUndefined()
    })

    if (channels) {
      it('pings in a channel exactly the people it is told to', async () => {
        const to: Recipient = { kind: 'channel', channel: stage.channel, ping: [{ user: stage.bob, name: 'Bob' }] }
        await stage.bot.send(
          stage.space,
          to,
          reply(say`${{ kind: 'someone', user: stage.bob, name: 'Bob' }} stretch, says <@${stage.ann}>`),
          'mark-1',
        )
        expect((await stage.next()).pinged).toEqual([stage.bob])
      })
    }

    it('hears nothing any more once it is disposed', async () => {
      await running[Symbol.asyncDispose]()
      await stage.writes('anybody there?').catch(() => undefined)
      await stage.settled()
      expect(heard).toEqual([])
    })
  })
}
