import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Incoming } from '#core/message.ts'
import type { Deliver } from '#core/ports.ts'
import { say } from '#core/reply.ts'
import { reply } from '../contracts/bot.ts'
import type { ApiFault } from '../fakes/slack/faults.ts'
import type { FakeSlack } from '../fakes/slack/index.ts'
import type { FakeSlackOptions } from '../fakes/slack/options.ts'
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
const from = () => fake.journal.entries().length

async function open(options: FakeSlackOptions = {}, callTimeoutMs?: number) {
  stage = await openSlackStage(options, callTimeoutMs)
  fake = stage.fake
  running = await stage.bot.start(deliver)
}
async function close() {
  await running[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
}
/** The same bot on another workspace, or with another patience. */
async function reopen(options: FakeSlackOptions, callTimeoutMs?: number) {
  await close()
  await open(options, callTimeoutMs)
}

beforeEach(async () => {
  heard = []
  answer = async (message) => reply(say`heard ${message.kind === 'sentence' ? message.text : message.token}`)
  await open()
})
afterEach(close)

describe('a refresh of the connection', () => {
  it('opens the new connection before it gives up the old one', async () => {
    const at = from()
    fake.sockets.disconnect('refresh_requested')
    const opened = await fake.journal.wait(({ kind }) => kind === 'hello', { from: at })
    const closed = await fake.journal.wait(({ kind }) => kind === 'closed', { from: at })
    expect(opened.index).toBeLessThan(closed.index)
    expect(stage.meter.of('connected')).toEqual([true, true])
    expect(stage.meter.of('reconnected')).toHaveLength(1)
  })

  it('loses nothing and doubles nothing under traffic', async () => {
    const count = 60
    for (let index = 0; index < count; index += 1) {
      if (index % 12 === 5) fake.sockets.disconnect(index % 24 === 5 ? 'warning' : 'refresh_requested')
      void fake.people.dm(stage.ann, `message ${index}`)
      void fake.people.slash(stage.bob, stage.channel, '/duck', `command ${index}`)
      // Two go out together, then we hear of one: the traffic never pauses and never piles up.
      await stage.next()
    }
    await stage.settled()
    expect(texts().toSorted()).toEqual(
      Array.from({ length: count }, (_, index) => [`message ${index}`, `command ${index}`])
        .flat()
        .toSorted(),
    )
    expect(new Set(fake.shown().map(({ words }) => words)).size).toBe(2 * count)
    expect(fake.shown()).toHaveLength(2 * count)
    expect(recorded('undeliverable')).toEqual([])
    expect(recorded('disconnect').length).toBeGreaterThan(4)
  })
})

describe('an unruly workspace', () => {
  it.each([1, 2, 3])('whose events come twice and out of order is answered once each (seed %i)', async (unruly) => {
    await reopen({ unruly })
    const expected = Array.from({ length: 40 }, (_, index) => `message ${index}`)
    for (const text of expected) void fake.people.dm(stage.ann, text)
    await stage.until(() => fake.shown().length >= expected.length)
    await stage.settled()
    expect(texts().toSorted()).toEqual(expected.toSorted())
    expect(fake.shown()).toHaveLength(expected.length)
    expect(recorded('kept').some(({ detail }) => detail.result === 'seen')).toBe(true)
  })
})

describe('a connection that breaks', () => {
  const reset = () => fake.sockets.resetAll()
  const failing = (fault: ApiFault, times = 1) => {
    fake.faults.next('apps.connections.open', fault, times)
    reset()
  }

  it.each<[string, () => void]>([
    ['a reset', reset],
    ['a close', () => fake.sockets.closeAll()],
    ['a peer that falls silent', () => fake.sockets.silenceAll()],
    ['a disabled link', () => fake.sockets.disconnect('link_disabled')],
    ['too many sockets', () => fake.sockets.disconnect('too_many_websockets')],
    ['a reset and HTTP 500', () => failing({ kind: 'status', status: 500 }, 3)],
    ['a reset and 429', () => failing({ kind: 'rate_limited', retryAfter: 1 })],
    ['a reset and invalid_auth', () => failing({ kind: 'error', error: 'invalid_auth' }, 2)],
    ['a reset of the request as well', () => failing({ kind: 'reset' }, 2)],
    [
      'a reset and refused upgrades',
      () => {
        fake.sockets.faults.refuse.push(503, 408)
        reset()
      },
    ],
    [
      'a reset and no hello',
      () => {
        fake.sockets.faults.withoutHello = 1
        reset()
      },
    ],
  ])('is replaced after %s', async (_what, breakIt) => {
    const at = from()
    breakIt()
    await fake.journal.wait(({ kind }) => kind === 'hello', { from: at })
    void fake.people.dm(stage.ann, 'still there?')
    expect((await stage.next()).words).toBe('heard still there?')
    await stage.settled()
    expect(texts()).toEqual(['still there?'])
    expect(stage.meter.of('connected').at(-1)).toBe(true)
  })

  it('is replaced after a reset and a hung request', async () => {
    await reopen({}, 500)
    const at = from()
    failing({ kind: 'hang' })
    await fake.journal.wait(({ kind }) => kind === 'hello', { from: at })
  })

  it('is reported while it lasts', async () => {
    fake.faults.next('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 3)
    const at = from()
    fake.sockets.resetAll()
    await fake.journal.wait(({ kind, detail }) => kind === 'meter' && detail.what === 'connected' && detail.value === false, { from: at })
    await fake.journal.wait(({ kind }) => kind === 'hello', { from: at })
  })

  it('loses no event that Slack sends again', async () => {
    await reopen({ scale: 0.03 })
    fake.journal.announce('no_ack')
    fake.sockets.silenceAll()
    void fake.people.dm(stage.ann, 'into the void')
    expect((await stage.next()).words).toBe('heard into the void')
    await stage.settled()
    expect(texts()).toEqual(['into the void'])
  })
})
