import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Reply } from '#core/reply.ts'
import { createAudience } from '#web/audience.ts'
import { type Client, type ClientSettings, connect } from './support/client.ts'
import { type House, openHouse, tell } from './support/house.ts'

let stack: AsyncDisposableStack
let house: House

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  house = stack.use(await openHouse())
})
afterEach(() => stack.disposeAsync())

async function open(settings?: ClientSettings): Promise<Client> {
  return stack.use(await connect(house.url, settings))
}

describe('two windows of one person', () => {
  async function twoWindows(): Promise<[Client, Client]> {
    const windows = [await open(), await open()] as const
    for (const window of windows) window.send({ type: 'subscribe', id: 's', topic: 'transcript' })
    for (const window of windows) await window.next('change')
    return [...windows]
  }

  it('both show what is said in one', async () => {
    const [one, other] = await twoWindows()
    const id = randomUUID()
    one.send({ type: 'command', id, text: 'hello' })
    const { said, line } = await one.next('reply')
    expect(await other.next('change')).toMatchObject({
      topic: 'transcript',
      about: id,
      line: { id: said?.id, from: 'person', text: 'hello' },
    })
    expect(await other.next('change')).toMatchObject({
      topic: 'transcript',
      line: { id: line?.id, from: 'ducktape', reply: tell('heard hello') },
    })
  })

  it('both ring, and a third of somebody else does not', async () => {
    const windows = await twoWindows()
    const ann = await open({ headers: { authorization: 'Bearer anns-token' } })
    const ring: Reply = { ...tell('stretch'), tone: 'ring' }
    const { id } = await house.parts.bot.send('local', { kind: 'direct', user: 'me' }, ring, 'mark')
    for (const window of windows) expect(await window.next('reminder')).toMatchObject({ line: { id }, reply: ring, text: 'stretch' })
    await ann.settled()
    expect(ann.frames.filter(({ type }) => type === 'reminder')).toEqual([])
  })

  it('get what is due together in one frame', async () => {
    const [one] = await twoWindows()
    const received: string[] = []
    one.socket.on('message', (data) => received.push(String(data)))
    const ring: Reply = { ...tell('stretch'), tone: 'ring' }
    await Promise.all(['a', 'b', 'c'].map((mark) => house.parts.bot.send('local', { kind: 'direct', user: 'me' }, ring, mark)))
    await one.next('reminder')
    await one.next('reminder')
    await one.next('reminder')
    expect(received).toHaveLength(1)
    expect(JSON.parse(received[0] ?? '')).toMatchObject({
      type: 'batch',
      items: [{ type: 'reminder' }, { type: 'reminder' }, { type: 'reminder' }],
    })
  })
})

describe('a command with a UUID', () => {
  it('is done once and answered the same again, also on another socket', async () => {
    const command = { type: 'command', id: randomUUID(), text: 'remind me' }
    const first = await open()
    first.send(command)
    const { line, said, reply } = await first.next('reply')
    const second = await open()
    second.send(command)
    expect(await second.next('reply')).toMatchObject({ line, said, reply })
    expect(house.heard).toHaveLength(1)
  })

  it('is tried again, and marked as such, when the answer failed', async () => {
    const command = { type: 'command', id: randomUUID(), text: 'remind me' }
    const client = await open()
    house.answer = () => Promise.reject(new Error('on fire'))
    client.send(command)
    expect(await client.next('reply')).toMatchObject({ reply: { tone: 'problem' } })
    house.answer = async () => tell('now it works')
    client.send(command)
    expect(await client.next('reply')).toMatchObject({ reply: tell('now it works') })
    expect(house.heard.map(({ again }) => again)).toEqual([undefined, true])
    expect(new Set(house.heard.map(({ id }) => id)).size).toBe(1)
  })

  it('with any other id is a new one each time', async () => {
    for (const client of [await open(), await open()]) {
      client.send({ type: 'command', id: '1', text: 'hello' })
      await client.next('reply')
    }
    expect(new Set(house.heard.map(({ id }) => id)).size).toBe(2)
  })
})

describe('whoever sees what somebody else changed', () => {
  it('is looked for once for all that changes in a moment, and whoever knows of it is left alone', async () => {
    const asked: unknown[] = []
    const shown: string[] = []
    await using audience = createAudience({
      reads: {
        async audience(...question) {
          asked.push(question)
          return ['ann', 'me'].map((personId) => ({ id: 'e1', personId }))
        },
      },
      watching: () => ['me', 'ann', 'bob'],
      refresh: async (personId) => void shown.push(personId),
      failed: (err) => expect.unreachable(String(err)),
    })
    for (let times = 0; times < 50; times += 1) audience.add({ spaceId: 's', id: 'e1', isAnswer: false, told: 'me' })
    audience.add({ spaceId: 's', id: 'e2', isAnswer: true, told: 'bob' })
    await expect.poll(() => shown).toEqual(['ann'])
    expect(asked).toEqual([['s', { changed: ['e1'], answered: ['e2'] }, ['me', 'ann', 'bob']]])
  })
})

describe('a subscription', () => {
  const reminder = {
    id: 'r1',
    text: 'stretch',
    dueAt: Temporal.Instant.from('2026-11-24T20:00:00Z'),
    timeZone: 'UTC',
    state: 'scheduled',
    rrule: null,
  } as const

  it('to reminders shows them now and after each change of their owner', async () => {
    const client = await open()
    client.send({ type: 'subscribe', id: 's', topic: 'reminders' })
    expect(await client.next('change')).toEqual({ type: 'change', topic: 'reminders', id: 's', reminders: [] })
    house.reminders.push(reminder)
    await house.parts.broadcast.publish('change', { kind: 'reminder', id: 'one', spaceId: 'local', personId: 'person of somebody else' })
    await house.parts.broadcast.publish('change', { kind: 'todo', id: 'one', spaceId: 'local', personId: 'person of me' })
    await house.parts.broadcast.publish('change', { kind: 'reminder', id: 'one', spaceId: 'local', personId: 'person of me' })
    expect(await client.next('change')).toEqual({
      type: 'change',
      topic: 'reminders',
      reminders: [{ id: 'r1', text: 'stretch', dueAt: '2026-11-24T20:00:00Z', timeZone: 'UTC', state: 'scheduled', repeats: false }],
    })
    await client.settled()
    expect(client.frames.filter((frame) => frame.type === 'change' && frame.topic === 'reminders')).toHaveLength(2)
  })

  it('to the calendar shows the events of its window', async () => {
    const at = (hour: number) => Temporal.Instant.from(`2026-11-24T${hour}:00:00Z`)
    const event = { title: 'lunch', allDay: false, timeZone: 'UTC', location: '', status: 'confirmed' }
    house.events.push({ ...event, id: 'e1', startsAt: at(12), endsAt: at(13) }, { ...event, id: 'e2', startsAt: at(20), endsAt: at(21) })
    const client = await open()
    client.send({ type: 'subscribe', id: 's', topic: 'calendar', from: '2026-11-24T10:00:00Z', to: '2026-11-24T18:00:00Z' })
    expect(await client.next('change')).toMatchObject({
      topic: 'calendar',
      id: 's',
      events: [{ id: 'e1', startsAt: '2026-11-24T12:00:00Z' }],
    })
    house.events.shift()
    await house.parts.broadcast.publish('change', { kind: 'event', id: 'one', spaceId: 'local', personId: 'person of me' })
    expect(await client.next('change')).toEqual({ type: 'change', topic: 'calendar', events: [] })
  })
})
