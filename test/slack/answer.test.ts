import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Incoming } from '#core/message.ts'
import type { Deliver } from '#core/ports.ts'
import { reply } from '../contracts/bot.ts'
import type { ApiFault } from '../fakes/slack/faults.ts'
import type { FakeSlack } from '../fakes/slack/index.ts'
import { brisk, openSlackStage, type SlackStage } from './stage.ts'

let stage: SlackStage
let fake: FakeSlack
let running: AsyncDisposable
let heard: Incoming[]
let answer: Deliver

beforeEach(async () => {
  heard = []
  answer = async () => reply(['answered'])
  stage = await openSlackStage({}, 1_000)
  fake = stage.fake
  running = await stage.bot.start((message) => {
    heard.push(message)
    fake.journal.record('heard', { id: message.id })
    return answer(message)
  })
})
afterEach(async () => {
  await running[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
})

const requests = (method: string) => fake.journal.of('request').filter(({ detail }) => detail.method === method)
const acks = () => fake.journal.of('ack')
const slash = (text: string) => fake.people.slash(stage.ann, stage.channel, '/duck', text)
const buttons = { kind: 'buttons', buttons: [{ label: 'Done', token: 'done.A.B.C.D' }] } as const
const withButton = reply([], { blocks: [{ kind: 'text', text: ['stretch'] }, buttons] })

describe('a slash command', () => {
  it('is answered with the ack when the answer is ready', async () => {
    await slash('list')
    expect(await stage.next()).toMatchObject({ words: 'answered', private: true })
    await stage.settled()
    expect(acks()[0]).toMatchObject({ detail: { payload: { response_type: 'ephemeral' } } })
    expect(requests('response_url')).toEqual([])
  })

  it('is acknowledged at once and answered later when the answer takes long', async () => {
    const thinking = Promise.withResolvers<void>()
    answer = async () => {
      await thinking.promise
      return reply(['answered'], { visibility: 'place' })
    }
    const outcome = await slash('list')
    expect(outcome).toMatchObject({ kind: 'acked' })
    expect(fake.shown()).toEqual([])
    thinking.resolve()
    expect(await stage.next()).toMatchObject({ words: 'answered', private: true })
  })

  it('is acknowledged and answered with nothing when there is nothing to say', async () => {
    answer = async () => undefined
    expect(await slash('hm')).toMatchObject({ kind: 'acked', payload: undefined })
    await stage.settled()
    expect(fake.shown()).toEqual([])
  })

  it('is answered in a burst of hundreds, all on one connection', async () => {
    // With the patience of use: what takes longer than a test's counts as uncertain, and may be said twice.
    await running[Symbol.asyncDispose]()
    const patient = { ...brisk, ping: 5_000, silence: 12_000, answerWithAck: 1_500, keep: 2_000 }
    running = await stage.another({ timing: patient, callTimeoutMs: 10_000 }).start(async () => reply(['answered']))
    const closed = fake.journal.of('closed').length
    const people = Array.from({ length: 600 }, (_, index) => fake.workspace.addUser(`p${index}`))
    const outcomes = await Promise.all(people.map(({ id }) => fake.people.slash(id, stage.channel, '/duck', 'list')))
    expect(outcomes.filter(({ kind }) => kind === 'failed')).toEqual([])
    await stage.settled()
    expect(fake.shown()).toHaveLength(people.length)
    expect(fake.journal.of('closed')).toHaveLength(closed)
  })

  it('whose text is empty is delivered empty', async () => {
    await slash('')
    await stage.settled()
    expect(heard).toMatchObject([{ text: '' }])
  })

  it('gets its answer another way when the connection breaks before the ack', async () => {
    const thinking = Promise.withResolvers<void>()
    answer = async () => {
      await thinking.promise
      return reply(['answered'])
    }
    void slash('list')
    await stage.until(() => heard.length === 1)
    fake.sockets.resetAll()
    thinking.resolve()
    expect(await stage.next()).toMatchObject({ words: 'answered', private: true })
  })

  it('too long for an ack is answered through its response_url', async () => {
    answer = async () => reply([], { blocks: [1, 2, 3].map(() => ({ kind: 'text', text: ['言葉'.repeat(3_000)] })) })
    await slash('list')
    expect(await stage.next()).toMatchObject({ private: true })
    expect(requests('response_url')).toHaveLength(1)
  })

  it('in a channel that the bot is not in is answered as well', async () => {
    await fake.people.slash(stage.ann, 'C0RANDOM', '/remind-me', 'to stretch')
    expect(await stage.next()).toMatchObject({ words: 'answered', private: true, channel: 'C0RANDOM' })
    expect(heard).toMatchObject([{ text: 'remind me to stretch' }])
  })

  it('reaches its author in direct messages when every other way is closed', async () => {
    const thinking = Promise.withResolvers<void>()
    answer = async () => {
      await thinking.promise
      return reply(['answered'])
    }
    fake.journal.announce('not_in_channel')
    fake.faults.next('response_url', { kind: 'status', status: 404 })
    void fake.people.slash(stage.ann, 'C0RANDOM', '/duck', 'list')
    await stage.until(() => acks().length === 1)
    thinking.resolve()
    expect(await stage.next()).toMatchObject({ words: 'answered', channel: fake.workspace.directWith(stage.ann).id })
  })

  it.each<[string, () => Promise<never>]>([
    ['cannot be kept', () => Promise.reject(new Error('no database'))],
    ['cannot be kept in time', () => new Promise(() => undefined)],
  ])('that %s is refused kindly and not run', async (_what, keep) => {
    await running[Symbol.asyncDispose]()
    running = await stage.another({ inbox: { ...stage.inbox, keep } }).start(async () => reply(['run all the same']))
    void slash('remind me')
    const shown = await stage.next()
    expect(shown).toMatchObject({ private: true })
    expect(shown.words).toMatch(/try again/)
    expect(stage.meter.of('unanswered')).toHaveLength(1)
  })
})

describe('a press', () => {
  async function pressed(): Promise<string> {
    answer = async (message) => (message.kind === 'press' ? reply(['done'], { replaces: true }) : withButton)
    void fake.people.dm(stage.ann, 'hello')
    const { id } = await stage.next()
    void fake.press(stage.ann, id, 'Done')
    return id
  }

  it('is acknowledged without a payload, since Slack takes none', async () => {
    const id = await pressed()
    expect(await stage.next()).toMatchObject({ id, words: 'done', buttons: [] })
    await stage.settled()
    expect(acks().filter(({ detail }) => detail.payload !== undefined)).toEqual([])
  })

  it('changes the message even when its response_url is used up', async () => {
    fake.faults.next('response_url', { kind: 'status', status: 404 })
    const id = await pressed()
    expect(await stage.next()).toMatchObject({ id, words: 'done' })
    expect(requests('chat.update')).toHaveLength(1)
  })

  it('of a message that only one person sees changes that message', async () => {
    answer = async (message) => (message.kind === 'press' ? reply(['done'], { replaces: true }) : withButton)
    void slash('list')
    const { id } = await stage.next()
    void fake.press(stage.ann, id, 'Done')
    expect(await stage.next()).toMatchObject({ id, words: 'done', private: true })
    expect(heard.at(-1)).toMatchObject({ kind: 'press', private: true })
  })

  it('is answered beside the message when the message is to stay', async () => {
    answer = async (message) => (message.kind === 'press' ? reply(['by Ann']) : withButton)
    void fake.people.mention(stage.ann, stage.channel, 'hello')
    const { id } = await stage.next()
    void fake.press(stage.bob, id, 'Done')
    expect(await stage.next()).toMatchObject({ words: 'by Ann', private: false })
    expect(fake.shown()).toHaveLength(2)
  })

  it('by somebody it is not for is answered to them alone', async () => {
    answer = async (message) => (message.kind === 'press' ? reply(['not yours'], { visibility: 'author', tone: 'problem' }) : withButton)
    void fake.people.mention(stage.ann, stage.channel, 'hello')
    const { id } = await stage.next()
    void fake.press(stage.bob, id, 'Done')
    expect(await stage.next()).toMatchObject({ words: ':warning: not yours', private: true })
    expect(fake.message(fake.shown().at(-1)?.id ?? '')).toMatchObject({ seenBy: stage.bob })
  })

  it('chooses an entry of a menu', async () => {
    const menu = { kind: 'menu', placeholder: 'Which?', options: [{ label: 'first', token: 'pick.A.B.C.D' }] } as const
    answer = async (message) => (message.kind === 'press' ? reply(['first it is'], { replaces: true }) : reply([], { blocks: [menu] }))
    void fake.people.dm(stage.ann, 'hello')
    const { id } = await stage.next()
    void fake.press(stage.ann, id, 'first')
    expect(await stage.next()).toMatchObject({ id, words: 'first it is' })
    expect(heard.at(-1)).toMatchObject({ kind: 'press', token: 'pick.A.B.C.D' })
  })
})

describe('an answer', () => {
  it.each<[string, string, ApiFault]>([
    ['HTTP 500 before it is taken', 'chat.postMessage', { kind: 'status', status: 500 }],
    ['HTTP 503 after it is taken', 'chat.postMessage', { kind: 'status', status: 503, accepted: true }],
    ['no answer, not taken', 'chat.postMessage', { kind: 'hang' }],
    ['no answer, taken', 'chat.postMessage', { kind: 'hang', accepted: true }],
    ['a reset, not taken', 'chat.postMessage', { kind: 'reset' }],
    ['a reset, taken', 'chat.postMessage', { kind: 'reset', accepted: true }],
    ['internal_error', 'chat.postMessage', { kind: 'error', error: 'internal_error' }],
    ['a rate limit', 'chat.postMessage', { kind: 'rate_limited', retryAfter: 1 }],
    ['a failing look for the first try', 'conversations.history', { kind: 'status', status: 500 }],
  ])('is shown exactly once after %s', async (_what, method, fault) => {
    fake.faults.next(method, fault)
    if (method === 'conversations.history') fake.faults.next('chat.postMessage', { kind: 'status', status: 500, accepted: true })
    void fake.people.dm(stage.ann, 'hello')
    await stage.next()
    await stage.settled()
    expect(fake.shown()).toMatchObject([{ words: 'answered' }])
    expect(heard).toHaveLength(1)
  })

  it('that Slack refuses for good is given up', async () => {
    fake.faults.next('chat.postMessage', { kind: 'error', error: 'channel_not_found' })
    void fake.people.dm(stage.ann, 'hello')
    await stage.until(() => stage.inbox.unfinished().length === 0 && heard.length === 1)
    expect(requests('chat.postMessage')).toHaveLength(1)
    expect(stage.meter.of('unanswered')).toHaveLength(1)
  })

  it('in a channel pings nobody with words that somebody wrote', async () => {
    const { ann, bob } = stage
    answer = async () => reply([`@everyone @here <!channel> <!here> <!everyone> <@${ann}> <@${bob}|bob> &lt;!here&gt; <!subteam^S1>`])
    void fake.people.mention(ann, stage.channel, 'hello')
    expect(await stage.next()).toMatchObject({ pinged: [], words: expect.stringContaining('<!channel>') })
  })

  it('that may not be posted in a channel reaches its author in direct messages', async () => {
    fake.faults.next('chat.postMessage', { kind: 'error', error: 'restricted_action' })
    void fake.people.mention(stage.ann, stage.channel, 'hello')
    expect(await stage.next()).toMatchObject({ words: 'answered', channel: fake.workspace.directWith(stage.ann).id })
  })

  it('for its author alone is whispered in a channel', async () => {
    answer = async () => reply(['psst'], { visibility: 'author' })
    void fake.people.mention(stage.ann, stage.channel, 'hello')
    expect(await stage.next()).toMatchObject({ words: 'psst', private: true, channel: stage.channel })
  })

  it('that Slack does not take for longer than its event is held is said once all the same', async () => {
    fake.faults.next('chat.postMessage', { kind: 'status', status: 500 }, 1_000)
    void fake.people.dm(stage.ann, 'hello')
    await stage.until(() => requests('chat.postMessage').length > 0)
    // The hold has run out, and the recovery of this very process looks for what was left behind.
    const from = fake.journal.entries().length
    stage.inbox.processDied()
    await fake.journal.wait(({ kind, detail }) => kind === 'request' && detail.method === 'chat.postMessage', { from })
    await fake.journal.wait(({ kind }) => kind === 'looked for abandoned', { from })
    fake.faults.clear()
    await stage.next()
    await stage.settled()
    expect(heard).toHaveLength(1)
    expect(fake.shown()).toHaveLength(1)
  })

  it('left unsaid when the bot stops is said by the next process', async () => {
    fake.faults.next('chat.postMessage', { kind: 'status', status: 500 }, 1_000)
    void fake.people.dm(stage.ann, 'hello')
    await stage.until(() => requests('chat.postMessage').length > 1)
    await running[Symbol.asyncDispose]()
    expect(stage.inbox.unfinished()).toHaveLength(1)
    fake.faults.clear()
    stage.inbox.processDied()
    running = await stage.another().start(async (message) => reply([message.again ? 'late' : 'never']))
    expect((await stage.next()).words).toBe('late')
  })
})

describe('what is reported', () => {
  it('counts from the frame to the ack and to the answer', async () => {
    void fake.people.dm(stage.ann, 'hello')
    await stage.next()
    await stage.settled()
    expect(stage.meter.of('replied')).toHaveLength(1)
    for (const seconds of [...stage.meter.of('arrived'), ...stage.meter.of('acked'), ...stage.meter.of('replied')]) {
      expect(seconds).toBeGreaterThanOrEqual(0)
      expect(seconds).toBeLessThan(3)
    }
  })
})
