import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Incoming } from '#core/message.ts'
import type { Deliver, Inbox } from '#core/ports.ts'
import { say } from '#core/reply.ts'
import { reply } from '../contracts/bot.ts'
import type { FakeSlack } from '../fakes/slack/index.ts'
import { openSlackStage, type SlackStage } from './stage.ts'

let stage: SlackStage
let fake: FakeSlack
let running: AsyncDisposable
let heard: Incoming[]
let answer: Deliver
const deliver: Deliver = (message) => {
  heard.push(message)
  fake.journal.record('heard', { id: message.id })
  return answer(message)
}
const texts = () => heard.map((message) => (message.kind === 'sentence' ? message.text : message.token))
const recorded = (kind: string) => fake.journal.of(kind)

beforeEach(async () => {
  heard = []
  answer = async (message) => reply(say`heard ${message.kind === 'sentence' ? message.text : message.token}`)
  stage = await openSlackStage()
  fake = stage.fake
  running = await stage.bot.start(deliver)
})
afterEach(async () => {
  await running[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
})

describe('a form', () => {
  it('shows beside its line what is wrong with what was typed, and stays until that is right', async () => {
    const form = { title: 'Snooze', label: 'Until when?', placeholder: '5pm', submit: 'Snooze', token: 'until.A.B.C.D' }
    const buttons = [{ label: 'Snooze…', token: 'when.A.B.C.D' }]
    answer = async (message) => {
      if (message.kind === 'sentence') return reply(['stretch'], { blocks: [{ kind: 'buttons', buttons }] })
      if (message.text === undefined) return reply(['say until when'], { form })
      return message.text === '5pm' ? reply(['until 5pm'], { replaces: true }) : reply(['that is no moment'], { tone: 'problem' })
    }
    await stage.writes('hello')
    const shown = await stage.next()
    await fake.press(stage.ann, shown.id, 'Snooze…')
    await stage.until(() => recorded('view').length === 1)
    const typed = (value: string) => ({ line: { text: { type: 'plain_text_input', value } } })
    expect(await fake.people.submit(stage.ann, typed('banana'))).toMatchObject({
      payload: { response_action: 'errors', errors: { line: 'that is no moment' } },
    })
    expect(fake.shown()).toHaveLength(1)
    await fake.people.submit(stage.ann, typed('5pm'))
    expect(await stage.next()).toMatchObject({ id: shown.id, words: 'until 5pm' })
    await expect(fake.people.submit(stage.ann, typed('6pm'))).rejects.toThrow('no modal')
  })
})

describe('an event', () => {
  it('is not acknowledged before it is kept', async () => {
    const gate = Promise.withResolvers<void>()
    await running[Symbol.asyncDispose]()
    const keep: Inbox['keep'] = async (entry) => {
      fake.journal.record('keeping', { id: entry.id })
      if (entry.id.startsWith('D')) await gate.promise
      return stage.inbox.keep(entry)
    }
    running = await stage.another({ inbox: { ...stage.inbox, keep } }).start(deliver)
    void fake.people.dm(stage.ann, 'hello')
    await fake.journal.wait(({ kind }) => kind === 'keeping')
    // A command that comes behind it on the same connection is acknowledged, and the event still is not.
    await fake.people.slash(stage.bob, stage.channel, '/duck', 'list')
    expect(recorded('ack')).toHaveLength(1)
    gate.resolve()
    await stage.until(() => recorded('ack').length === 2)
  })

  it('is handled by the next process when the first died between ack and answer', async () => {
    await running[Symbol.asyncDispose]()
    // The dead look after nothing.
    running = await stage.another({ inbox: { ...stage.inbox, abandoned: async () => [] } }).start(deliver)
    answer = () => new Promise(() => undefined)
    void fake.people.dm(stage.ann, 'remind me')
    await stage.until(() => heard.length === 1 && recorded('ack').length === 1)
    stage.inbox.processDied()
    answer = async (message) => reply([message.again ? 'answered late' : 'answered'])
    await using second = await stage.another().start(deliver)
    expect(second).toBeDefined()
    expect((await stage.next()).words).toBe('answered late')
    await stage.until(() => stage.inbox.unfinished().length === 0)
    expect(heard).toMatchObject([{ text: 'remind me' }, { text: 'remind me', again: true, id: heard[0]?.id }])
    expect(fake.shown()).toHaveLength(1)
  })

  it('is not answered twice when the first process died after its answer', async () => {
    void fake.people.dm(stage.ann, 'remind me')
    await stage.next()
    await stage.settled()
    const [envelope] = recorded('envelope')
    const payload = envelope?.detail.payload
    await stage.inbox.keep({ platform: 'slack', id: 'left behind', raw: { receivedAt: Date.now(), payload } })
    stage.inbox.processDied()
    await fake.journal.wait(({ kind, detail }) => kind === 'request' && detail.method === 'conversations.history')
    await stage.until(() => heard.length === 2 && fake.outstanding() === 0)
    expect(fake.shown()).toHaveLength(1)
  })

  it('is taken over by a process that runs on', async () => {
    const { inbox } = stage
    const payload = { ...command, response_url: `${fake.apiUrl.replace('/api/', '')}/commands/T0DUCKPOND/gone` }
    await inbox.keep({ platform: 'slack', id: payload.trigger_id, raw: { receivedAt: Date.now(), payload } })
    inbox.processDied()
    fake.journal.announce('unknown_url')
    expect(await stage.next()).toMatchObject({ words: 'heard remind me', private: true })
    expect(heard).toMatchObject([{ again: true, private: true }])
  })

  it('that no release understands any more is put aside', async () => {
    await stage.inbox.keep({ platform: 'slack', id: 'old', raw: { version: 0 } })
    stage.inbox.processDied()
    await stage.until(() => stage.inbox.unfinished().length === 0)
    expect(heard).toEqual([])
  })

  it('of a workspace that sends too many does no harm', async () => {
    await fake.people.rateLimitEvents()
    expect(stage.meter.of('rateLimited')).toHaveLength(1)
    void fake.people.dm(stage.ann, 'hello')
    await stage.next()
  })

  it.each(['an edit that changes nothing', 'a shortcut'])('that asks nothing is acknowledged: %s', async (what) => {
    const { ts } = await fake.people.dm(stage.ann, 'hello')
    await stage.next()
    if (what === 'a shortcut') await fake.people.messageShortcut(stage.ann, fake.workspace.directWith(stage.ann).id, ts, 'remind')
    else fake.people.edit(stage.ann, fake.workspace.directWith(stage.ann).id, ts, 'hello')
    await stage.settled()
    expect(texts()).toEqual(['hello'])
  })

  it('that comes out of order is answered as well', async () => {
    fake.holdEvents()
    void fake.people.dm(stage.ann, 'first')
    void fake.people.dm(stage.bob, 'second')
    fake.releaseEvents()
    await stage.settled()
    expect(texts().toSorted()).toEqual(['first', 'second'])
    expect(fake.shown()).toHaveLength(2)
  })
})

const command = {
  command: '/duck',
  text: 'remind me',
  team_id: 'T0DUCKPOND',
  channel_id: 'C0GENERAL',
  channel_name: 'general',
  user_id: 'U0ANN',
  user_name: 'ann',
  trigger_id: '1.2.3',
}

describe('"Remind me about this"', () => {
  it('is heard with the message, and answered to whoever chose it alone', async () => {
    const { ts } = await fake.people.say(stage.bob, stage.channel, 'the door code is 4711')
    await fake.people.messageShortcut(stage.ann, stage.channel, ts, 'remind_about')
    expect(await stage.next()).toMatchObject({ private: true })
    expect(heard).toMatchObject([
      { text: 'remind me about this', about: { words: 'the door code is 4711', link: expect.stringMatching(/^https:.*\/archives\//) } },
    ])
  })

  it('in a thread is what the thread began with', async () => {
    const { ts } = await fake.people.say(stage.bob, stage.channel, 'shall we?')
    await fake.people.mention(stage.ann, stage.channel, 'remind me about this tomorrow', ts)
    await stage.next()
    const link = `https://duckpond.slack.com/archives/${stage.channel}/p${ts.replace('.', '')}`
    expect(heard).toMatchObject([{ about: { words: '', link }, place: { thread: ts } }])
  })
})

describe('what a sentence mentions', () => {
  it('comes with the names of people and channels, and with who cannot be told anything', async () => {
    const gone = fake.workspace.addUser('gone', { deleted: true })
    void fake.people.slash(stage.ann, stage.channel, '/duck', 'remind me to ask @gone about #general')
    await stage.next()
    void fake.people.dm(stage.ann, `todo ask <@${stage.bob}> about <#${stage.channel}>`)
    await stage.next()
    expect(heard).toMatchObject([
      { text: `remind me to ask <@${gone.id}> about <#${stage.channel}|general>`, mentioned: [{ name: 'gone', unable: 'left' }] },
      { mentioned: [{ name: 'Bob Example' }], channels: [{ id: stage.channel, name: 'general' }] },
    ])
  })
})

describe('one person', () => {
  it('is understood in the order of their words', async () => {
    const order: string[] = []
    const first = Promise.withResolvers<void>()
    answer = async (message) => {
      const text = message.kind === 'sentence' ? message.text : ''
      if (text === 'one') await first.promise
      order.push(text)
      return undefined
    }
    void fake.people.dm(stage.ann, 'one')
    await stage.until(() => heard.length === 1)
    void fake.people.dm(stage.ann, 'two')
    void fake.people.dm(stage.bob, 'aside')
    await stage.until(() => order.includes('aside'))
    first.resolve()
    await stage.settled()
    expect(order).toEqual(['aside', 'one', 'two'])
  })

  it('is known by name, zone and locale', async () => {
    void fake.people.dm(stage.bob, 'hello')
    await stage.next()
    expect(heard[0]?.author).toEqual({ id: stage.bob, name: 'Bob Example', timeZone: 'Europe/Berlin', locale: 'de-DE' })
  })

  it('is answered when Slack does not say who they are', async () => {
    fake.faults.next('users.info', { kind: 'error', error: 'user_not_found' })
    void fake.people.dm(stage.ann, 'hello')
    await stage.next()
    expect(heard[0]?.author).toEqual({ id: stage.ann, name: stage.ann })
  })

  it('is answered in the thread they wrote in', async () => {
    const { ts } = await fake.people.mention(stage.ann, stage.channel, 'first')
    await stage.next()
    void fake.people.mention(stage.ann, stage.channel, 'second', ts)
    const { id } = await stage.next()
    expect(fake.message(id)).toMatchObject({ thread: ts })
  })
})

describe('stopping', () => {
  it('lets what was begun be answered', async () => {
    const thinking = Promise.withResolvers<void>()
    answer = async () => {
      await thinking.promise
      return reply(['in time'])
    }
    void fake.people.dm(stage.ann, 'hello')
    await stage.until(() => heard.length === 1)
    const stopped = running[Symbol.asyncDispose]()
    thinking.resolve()
    await stopped
    expect(fake.shown()).toMatchObject([{ words: 'in time' }])
    expect(stage.inbox.unfinished()).toEqual([])
    expect(stage.meter.of('connected').at(-1)).toBe(false)
    expect(fake.sockets.live()).toEqual([])
  })
})
