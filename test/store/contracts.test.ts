import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createMemoryGatewaySessions, type HeldSessions } from '#bots/memory/gateway-sessions.ts'
import { createMemoryInbox } from '#bots/memory/inbox.ts'
import { createMemoryTranscripts } from '#bots/memory/transcripts.ts'
import type { Broadcast, Inbox, Transcripts } from '#core/ports.ts'
import { openBroadcast } from '#store/broadcast.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { createGatewaySessions } from '#store/gateway-sessions.ts'
import { createInbox } from '#store/inbox.ts'
import { createTranscripts } from '#store/transcripts.ts'
import { openTestDatabase } from '../support/database.ts'
import { startRedis } from '../support/redis.ts'
import { needs } from '../support/require.ts'

const stack = new AsyncDisposableStack()
const redis = needs('redis')
const log = pino({ level: 'silent' })
const clock = { now: () => Temporal.Now.instant().round('millisecond') }
let database: Database
let url: string

beforeAll(async () => {
  url = stack.use(await openTestDatabase()).url
  database = stack.use(await openDatabase(url)).database
})
afterAll(() => stack.disposeAsync())

describe.each([
  {
    name: 'in memory',
    open: () => createMemoryInbox(),
    die: async (inbox: Inbox) => (inbox as ReturnType<typeof createMemoryInbox>).processDied(),
  },
  {
    name: 'in Postgres',
    open: () => createInbox(database),
    // The hold of a process that lives on is a minute; this one has held its events for two.
    die: async () => void (await database.$executeRaw`UPDATE inbound_message SET held_until = held_until - interval '2 minutes'`),
  },
])('an inbox $name', ({ open, die }) => {
  it('knows an event again, finished or not', async () => {
    const inbox = open()
    expect(await inbox.keep({ platform: 'slack', id: 'E1', raw: { text: 'hi' } })).toBe('new')
    expect(await inbox.keep({ platform: 'slack', id: 'E1', raw: { text: 'hi' } })).toBe('seen')
    await inbox.finish('slack', 'E1')
    expect(await inbox.keep({ platform: 'slack', id: 'E1', raw: { text: 'hi' } })).toBe('seen')
    expect(await inbox.keep({ platform: 'discord', id: 'E1', raw: {} })).toBe('new')
  })

  it('hands what a dead process left to exactly one other, as it was', async () => {
    const inbox = open()
    const raw = { nested: [{ text: 'läng 😀' }, null, 1.5] }
    await inbox.keep({ platform: 'web', id: 'E2', raw })
    await inbox.keep({ platform: 'web', id: 'E3', raw })
    await inbox.finish('web', 'E3')
    expect(await inbox.abandoned('web')).toEqual([])
    await die(inbox)
    const [first, second] = await Promise.all([inbox.abandoned('web'), inbox.abandoned('web')])
    expect([...first, ...second]).toEqual([{ platform: 'web', id: 'E2', raw }])
  })
})

describe.each([
  {
    name: 'in memory',
    open() {
      const all: HeldSessions = new Map()
      return () => createMemoryGatewaySessions(all)
    },
  },
  { name: 'in Postgres', open: () => () => createGatewaySessions(database) },
])('the sessions of a gateway, kept $name', ({ name, open }) => {
  const session = (id: string) => ({
    id: `${name} ${id}`,
    shard: 0,
    resumeUrl: 'wss://gateway.example.org',
    sequence: 7,
    userId: '1',
    applicationId: '2',
  })

  it('go to one process, once nobody else has them', async () => {
    const processOf = open()
    const terms = `one at a time ${name}`
    const [first, second, third] = [processOf(), processOf(), processOf()]
    expect(await first.hold(terms, [session('a')])).toEqual([])
    expect(await second.take(terms)).toEqual([])
    expect(await second.heldFor(terms)).toBeGreaterThan(0)
    await first.leave(terms, [{ ...session('a'), sequence: 9 }])
    const taken = await Promise.all([second.take(terms), third.take(terms), third.take(`others ${name}`)])
    expect(taken.flat()).toEqual([{ ...session('a'), sequence: 9 }])
    expect(await first.hold(terms, [session('a')])).toEqual([session('a').id])
  })

  it('come in the order in which they were left, without those that are over', async () => {
    const processOf = open()
    const terms = `in order ${name}`
    const [first, second, third] = [processOf(), processOf(), processOf()]
    for (const id of ['z', 'b', 'over']) {
      await first.leave(terms, [session(id)])
      // What is left in one millisecond has no order.
      const left = Date.now()
      await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(left + 1), { interval: 1 })
    }
    await first.forget(session('over').id)
    await second.forget(session('z').id)
    expect((await third.take(terms)).map(({ id }) => id)).toEqual([session('z').id, session('b').id])
  })
})

describe.each([
  { name: 'in memory', open: () => createMemoryTranscripts({ clock }) },
  { name: 'in Postgres', open: () => createTranscripts(database, { clock }) },
])('a transcript $name', ({ name, open }) => {
  const reply = { tone: 'tell', visibility: 'place', blocks: [{ kind: 'text', text: ['hi'] }] } as const

  async function said(transcripts: Transcripts, user: string): Promise<(string | undefined)[]> {
    return (await transcripts.recent(user, 10)).map(({ text }) => text)
  }

  it('gives back the last lines of one person, oldest first, and pages back', async () => {
    const transcripts = open()
    const ann = `ann ${name}`
    for (const text of ['one', 'two', 'three']) await transcripts.append(ann, { from: 'person', text })
    await transcripts.append(`bob ${name}`, { from: 'person', text: 'mine' })
    expect(await said(transcripts, ann)).toEqual(['one', 'two', 'three'])
    const last = await transcripts.recent(ann, 1)
    expect((await transcripts.recent(ann, 10, last[0]?.id)).map(({ text }) => text)).toEqual(['one', 'two'])
  })

  it('adds a marked line once, even when two processes add it together', async () => {
    const transcripts = open()
    const eve = `eve ${name}`
    const lines = await Promise.all([1, 2].map(() => transcripts.append(eve, { from: 'ducktape', reply }, 'mark')))
    expect(new Set(lines.map(({ id }) => id)).size).toBe(1)
    expect(await transcripts.find(eve, 'mark')).toEqual(lines[0])
    expect(await transcripts.find(eve, 'other')).toBeUndefined()
  })

  it('changes a line in place', async () => {
    const transcripts = open()
    const max = `max ${name}`
    const { id } = await transcripts.append(max, { from: 'ducktape', reply })
    const changed = { ...reply, blocks: [{ kind: 'text', text: ['bye'] }] } as const
    await transcripts.replace(max, id, changed)
    expect(await transcripts.get(max, id)).toMatchObject({ reply: changed })
    expect(await transcripts.get('somebody else', id)).toBeUndefined()
  })
})

describe.each([
  { name: 'in memory', runs: true, open: async () => [createMemoryBroadcast()] },
  {
    name: 'over Postgres',
    runs: true,
    open: () => Promise.all([1, 2].map(async () => stack.use(await openBroadcast(undefined, url, log)))),
  },
  {
    name: 'over Redis',
    runs: redis !== undefined,
    open: async () => {
      const server = stack.use(await startRedis(redis ?? ''))
      return Promise.all([1, 2].map(async () => stack.use(await openBroadcast(server.url, url, log))))
    },
  },
])('a broadcast $name', ({ runs, open }) => {
  it.skipIf(!runs)('reaches the listeners of a topic in every process, and no others', async () => {
    const processes: Broadcast[] = await open()
    const heard: unknown[] = []
    const arrived = Promise.withResolvers<void>()
    const last = processes.at(-1)
    last?.subscribe('other', (payload) => heard.push(payload))
    const subscription = last?.subscribe('news', (payload) => {
      heard.push(payload)
      arrived.resolve()
    })
    await processes[0]?.publish('news', { text: 'läng 😀' })
    await arrived.promise
    expect(heard).toEqual([{ text: 'läng 😀' }])
    subscription?.[Symbol.dispose]()
  })
})

describe('a broadcast over Postgres whose connection is cut', () => {
  it('goes on for its own process, hears the others again and nobody else, says that it was deaf, and hears once', async () => {
    const own = await openTestDatabase()
    stack.use(own)
    const [here, there] = [stack.use(await openBroadcast(undefined, own.url, log)), stack.use(await openBroadcast(undefined, own.url, log))]
    const admin = stack.use(await openDatabase(own.url)).database
    for (let round = 0; round < 2; round += 1) {
      const back = Promise.withResolvers<void>()
      const subscription = here.subscribe('resync', () => back.resolve())
      await admin.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ducktape listener' AND datname = current_database()`
      await back.promise
      subscription[Symbol.dispose]()
    }
    for (const strange of ['hello', '[1,2,3]', '']) await admin.$queryRaw`SELECT pg_notify('ducktape', ${strange})::text`
    const [{ count } = { count: 0n }] = await admin.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ducktape listener' AND datname = current_database()`
    expect(count).toBeLessThanOrEqual(2n)
    const heard: unknown[] = []
    const arrived = Promise.withResolvers<void>()
    here.subscribe('news', (payload) => {
      heard.push(payload)
      if (payload === 'from there') arrived.resolve()
    })
    await here.publish('news', 'from here')
    await there.publish('news', 'from there')
    await arrived.promise
    expect(heard).toEqual(['from here', 'from there'])
  })
})
