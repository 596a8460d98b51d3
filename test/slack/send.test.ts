import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackMessenger } from '#bots/slack/send.ts'
import type { Recipient } from '#core/model.ts'
import type { Messenger } from '#core/ports.ts'
import { reply } from '../contracts/bot.ts'
import type { ApiFault } from '../fakes/slack/faults.ts'
import { type FakeSlack, openFakeSlack } from '../fakes/slack/index.ts'
import { createMeter, type Reported } from './stage.ts'

let fake: FakeSlack
let meter: Reported
let messenger: Messenger
let ann: Recipient
let general: Recipient & { kind: 'channel' }
const space = 'T0DUCKPOND'
const since = () => Temporal.Now.instant().subtract({ minutes: 1 })

beforeEach(async () => {
  // Nobody listens here.
  fake = await openFakeSlack({ events: [] })
  meter = createMeter(fake)
  messenger = open()
  ann = { kind: 'direct', user: fake.workspace.ann.id }
  general = { kind: 'channel', channel: fake.workspace.general.id, ping: [] }
})
afterEach(() => fake[Symbol.asyncDispose]())

function open(timeoutMs?: number): Messenger {
  const log = pino({ level: 'silent' })
  return createSlackMessenger({ token: fake.botToken, apiUrl: fake.apiUrl, meter, log, ...(timeoutMs && { timeoutMs }) })
}

/** Short where an answer never comes. */
const patienceWith = ({ kind }: ApiFault) => (kind === 'hang' ? 1_000 : undefined)

const requests = (method: string) => fake.journal.of('request').filter(({ detail }) => detail.method === method)

describe('sending', () => {
  it.each<[string, ApiFault, object]>([
    ['429', { kind: 'rate_limited', retryAfter: 7 }, { code: 'rate_limited', retryAfter: 7_000 }],
    ['HTTP 500', { kind: 'status', status: 500 }, { code: 'unreachable' }],
    ['HTTP 502', { kind: 'status', status: 502, accepted: true }, { code: 'unreachable' }],
    ['no answer', { kind: 'hang' }, { code: 'unreachable' }],
    ['a reset', { kind: 'reset' }, { code: 'unreachable' }],
    ['internal_error', { kind: 'error', error: 'internal_error' }, { code: 'unreachable' }],
    ['channel_not_found', { kind: 'error', error: 'channel_not_found' }, { code: 'rejected', reason: 'channel_not_found' }],
    ['is_archived', { kind: 'error', error: 'is_archived' }, { code: 'rejected', reason: 'is_archived' }],
    ['invalid_auth', { kind: 'error', error: 'invalid_auth' }, { code: 'unauthorized', reason: 'invalid_auth' }],
    ['missing_scope', { kind: 'error', error: 'missing_scope' }, { code: 'unauthorized', reason: 'missing_scope' }],
    ['token_revoked', { kind: 'error', error: 'token_revoked' }, { code: 'unauthorized' }],
  ])('tells %s apart and does not try again by itself', async (_what, fault, error) => {
    fake.faults.next('chat.postMessage', fault, 5)
    await expect(open(patienceWith(fault)).send(space, general, reply(['stretch']), 'm')).rejects.toMatchObject({
      name: 'BotError',
      ...error,
    })
    expect(requests('chat.postMessage')).toHaveLength(1)
    expect(meter.of('rateLimited')).toHaveLength('retryAfter' in error ? 1 : 0)
  })

  it.each([
    ['to a channel it is not in', { kind: 'channel', channel: 'C0RANDOM', ping: [] }, 'not_in_channel'],
    ['to a channel that is gone', { kind: 'channel', channel: 'C0GONE', ping: [] }, 'channel_not_found'],
    ['to nobody', { kind: 'direct', user: 'U0NOBODY' }, 'user_not_found'],
  ] as const)('%s is refused with the reason', async (_what, to, reason) => {
    fake.journal.announce(reason)
    await expect(messenger.send(space, to, reply(['stretch']), 'm')).rejects.toMatchObject({ code: 'rejected', reason })
  })

  it('does not wait for a rate limit of another message', async () => {
    fake.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfter: 30 })
    const limited = messenger.send(space, general, reply(['first']), 'm1')
    await expect(limited).rejects.toMatchObject({ code: 'rate_limited' })
    await messenger.send(space, ann, reply(['second']), 'm2')
    expect(fake.shown()).toMatchObject([{ words: 'second' }])
  })

  it('opens a direct conversation once', async () => {
    for (const mark of ['a', 'b', 'c']) await messenger.send(space, ann, reply(['stretch']), mark)
    expect(requests('conversations.open')).toHaveLength(1)
    expect(fake.shown()).toHaveLength(3)
  })

  it('names those first whom the reply does not name', async () => {
    const to = { ...general, ping: [{ user: fake.workspace.bob.id, name: 'Bob' }] }
    await messenger.send(space, to, reply(['stretch'], { tone: 'ring' }), 'm')
    expect(fake.shown()).toMatchObject([{ pinged: [fake.workspace.bob.id] }])
  })

  it('goes into the thread it is meant for, and is found there', async () => {
    const { ts } = await fake.people.say(fake.workspace.ann.id, general.channel, 'a topic')
    const sent = await messenger.send(space, { ...general, thread: ts }, reply(['stretch']), 'm')
    expect(fake.message(sent.id)).toMatchObject({ thread: ts })
    expect(await messenger.find(space, { ...general, thread: ts }, 'm', since())).toEqual(sent)
  })
})

describe('finding', () => {
  it.each<[string, ApiFault]>([
    ['HTTP 503', { kind: 'status', status: 503, accepted: true }],
    ['no answer', { kind: 'hang', accepted: true }],
    ['a reset', { kind: 'reset', accepted: true }],
  ])('sees that a try that ended with %s had arrived', async (_what, fault) => {
    fake.faults.next('chat.postMessage', fault)
    await expect(open(patienceWith(fault)).send(space, ann, reply(['stretch']), 'm')).rejects.toMatchObject({ code: 'unreachable' })
    expect(await messenger.find(space, ann, 'm', since())).toEqual({ channel: fake.shown()[0]?.channel, id: fake.shown()[0]?.id })
  })

  it('sees that a try did not arrive', async () => {
    fake.faults.next('chat.postMessage', { kind: 'status', status: 503 })
    await expect(messenger.send(space, ann, reply(['stretch']), 'm')).rejects.toMatchObject({ code: 'unreachable' })
    expect(await messenger.find(space, ann, 'm', since())).toBeUndefined()
  })

  it('looks past a lot of other messages', async () => {
    const sent = await messenger.send(space, general, reply(['stretch']), 'm')
    for (let index = 0; index < 250; index += 1) await fake.people.say(fake.workspace.bob.id, general.channel, `chatter ${index}`)
    expect(await messenger.find(space, general, 'm', since())).toEqual(sent)
    expect(requests('conversations.history')).toHaveLength(3)
  })

  it('does not look before the time asked for', async () => {
    await messenger.send(space, general, reply(['stretch']), 'm')
    expect(await messenger.find(space, general, 'm', Temporal.Now.instant().add({ hours: 1 }))).toBeUndefined()
  })
})

describe('a process that only sends', () => {
  it('loads neither Bolt nor a socket', async () => {
    const script = `
      import { createRequire } from 'node:module'
      await import('#bots/slack/send.ts')
      const loaded = Object.keys(createRequire(process.cwd() + '/x.js').cache)
      console.log(JSON.stringify(['@slack/bolt', '@slack/socket-mode', 'express', '@slack/web-api'].filter((name) => loaded.some((file) => file.includes('/node_modules/' + name + '/')))))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
    expect(JSON.parse(stdout)).toEqual(['@slack/web-api'])
  })
})

it('knows who manages the workspace', async () => {
  const boss = fake.workspace.addUser('boss', { admin: true })
  expect(await messenger.manages?.(space, boss.id)).toBe(true)
  expect(await messenger.manages?.(space, fake.workspace.ann.id)).toBe(false)
})

it('is told beforehand why a place or a person would not be reached', async () => {
  fake.journal.announce('user_not_found', 'channel_not_found')
  const { workspace } = fake
  const gone = workspace.addUser('gone', { deleted: true })
  workspace.directWith(gone.id)
  const robot = workspace.addUser('robot', { bot: true })
  const old = workspace.addChannel('old', [workspace.ann.id, 'U0DUCKTAPE'])
  old.archived = true
  const elsewhere = workspace.addChannel('elsewhere', [workspace.ann.id])
  const direct = (user: string): Recipient => ({ kind: 'direct', user })
  const channel = (id: string): Recipient => ({ kind: 'channel', channel: id, ping: [] })
  const asked = [
    ann,
    direct(gone.id),
    direct(robot.id),
    direct('U0NOBODY'),
    general,
    channel(old.id),
    channel(elsewhere.id),
    channel('C0NONE'),
  ]
  expect(await Promise.all(asked.map((to) => messenger.obstacle?.(to)))).toEqual([
    undefined,
    'user_disabled',
    'cannot_dm_bot',
    'user_not_found',
    undefined,
    'is_archived',
    'not_in_channel',
    'channel_not_found',
  ])
})
