import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebMessenger } from '#bots/web/index.ts'
import type { Reply } from '#core/reply.ts'
import type { WebOptions } from '#web/server.ts'
import { inherited } from '../support/child.ts'
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

/** The same rooms with other options. */
async function reopen(options: Partial<WebOptions>): Promise<void> {
  house = stack.use(await openHouse(options))
}

/** A request for a socket that is refused: its status and problem document. */
async function refusal(headers: Record<string, string> = {}, path = '/ws') {
  const asking = request(`${house.url}${path}`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  })
  asking.end()
  const [response] = (await once(asking, 'response')) as [import('node:http').IncomingMessage]
  let body = ''
  for await (const part of response) body += String(part)
  return {
    status: response.statusCode,
    type: response.headers['content-type'],
    problem: JSON.parse(body) as { code: string; detail: string },
  }
}

describe('a socket', () => {
  it('says of every sentence whether what its person signed in with is for managing everything', async () => {
    for (const token of [{}, { token: 'anns-token' }]) {
      const client = await open()
      client.send({ type: 'hello', ...token })
      await client.next('welcome')
      client.send({ type: 'command', id: '1', text: 'hello' })
      await client.next('reply')
    }
    expect(house.heard.map(({ author }) => [author.id, author.manages])).toEqual([
      ['me', true],
      ['ann', false],
    ])
  })

  it('is welcomed with who it speaks for and what it may send', async () => {
    const client = await open()
    client.send({ type: 'hello', timeZone: 'Asia/Tokyo', locale: 'en-GB' })
    expect(await client.next('welcome')).toEqual({
      type: 'welcome',
      session: expect.any(String),
      person: { user: 'me', name: 'Me' },
      limits: { maxMessageBytes: 65_536, messagesPerSecond: 20, burst: 60 },
    })
    client.send({ type: 'command', id: '1', text: 'hello' })
    await client.next('reply')
    expect(house.heard).toMatchObject([{ author: { id: 'me', timeZone: 'Asia/Tokyo', locale: 'en-GB' } }])
  })

  it('acts as the local person, in no zone of their own, before it says hello', async () => {
    const client = await open()
    client.send({ type: 'command', id: '1', text: 'stretch' })
    expect(await client.next('reply')).toMatchObject({ id: '1', reply: tell('heard stretch') })
    expect(house.heard[0]?.author).toEqual({ id: 'me', name: 'Me', manages: true })
  })

  it('answers commands in the order they were sent', async () => {
    const first = Promise.withResolvers<void>()
    house.answer = async (message) => {
      if (message.kind === 'sentence' && message.text === 'one') await first.promise
      return tell('yes')
    }
    const client = await open()
    for (const text of ['one', 'two', 'three']) client.send({ type: 'command', id: text, text })
    client.send({ type: 'ping', id: 'p' })
    expect(await client.next('pong')).toEqual({ type: 'pong', id: 'p' })
    expect(house.heard).toHaveLength(1)
    first.resolve()
    await client.next('reply', ({ id }) => id === 'three')
    expect(client.frames.flatMap((frame) => (frame.type === 'reply' ? [frame.id] : []))).toEqual(['one', 'two', 'three'])
  })

  it('has everything done that was sent before it closed', async () => {
    const first = Promise.withResolvers<void>()
    const done = Promise.withResolvers<void>()
    house.answer = async (message) => {
      await first.promise
      if (message.kind === 'sentence' && message.text === 'two') done.resolve()
      return tell('yes')
    }
    const client = await open()
    for (const text of ['one', 'two']) client.send({ type: 'command', id: text, text })
    client.send({ type: 'ping', id: 'p' })
    await client.next('pong')
    client.socket.terminate()
    await expect.poll(() => house.parts.metrics.text()).toContain('ducktape_websocket_connections 0')
    first.resolve()
    await done.promise
    expect(house.heard).toMatchObject([{ text: 'one' }, { text: 'two', author: { id: 'me' } }])
  })

  it('says nothing with a null reply when there is nothing to say', async () => {
    house.answer = async () => undefined
    const client = await open()
    client.send({ type: 'command', id: '1', text: 'mhm' })
    expect(await client.next('reply')).toMatchObject({ id: '1', reply: null })
  })

  it.each([
    ['text that is not JSON', 'help', { code: 'invalid_json' }],
    ['JSON that is no object', '[1]', { code: 'unknown_type' }],
    ['a type that nobody knows', '{"type":"dance","id":"7"}', { code: 'unknown_type', id: '7' }],
    ['a command without text', '{"type":"command","id":"7"}', { code: 'invalid_frame', id: '7', message: expect.stringContaining('text') }],
    ['a command without words', '{"type":"command","id":"7","text":"  "}', { code: 'empty_text', id: '7' }],
    ['half a character', String.raw`{"type":"command","id":"7","text":"a\ud800b"}`, { code: 'invalid_text', id: '7' }],
    ['a number as id', '{"type":"ping","id":7}', { code: 'invalid_frame' }],
    ['an unknown topic', '{"type":"subscribe","id":"7","topic":"gossip"}', { code: 'invalid_frame', id: '7' }],
    [
      'a window that ends before it starts',
      '{"type":"subscribe","id":"7","topic":"calendar","from":"2026-11-24T00:00:00Z","to":"2026-11-23T00:00:00Z"}',
      { code: 'invalid_frame', id: '7' },
    ],
    [
      'a zone that does not exist',
      '{"type":"hello","timeZone":"Mars/Base"}',
      { code: 'unknown_time_zone', message: expect.stringContaining('Europe/Berlin') },
    ],
    [
      'a token that is not valid',
      '{"type":"hello","token":"nonsense"}',
      { code: 'unauthorized', message: expect.stringContaining('token create') },
    ],
  ])('answers %s with an error and stays', async (_what, frame, error) => {
    const client = await open()
    client.raw(frame)
    expect(await client.next('error')).toMatchObject(error)
    client.send({ type: 'command', id: 'after', text: 'still here' })
    expect(await client.next('reply')).toMatchObject({ id: 'after' })
    expect(house.heard).toHaveLength(1)
  })

  it.each([
    ['binary frames', Buffer.from([1, 2, 3]), true, 'binary_not_supported'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), false, 'invalid_text'],
  ])('answers %s with an error and stays', async (_what, bytes, binary, code) => {
    const client = await open()
    client.raw(bytes, binary)
    expect(await client.next('error')).toMatchObject({ code })
    client.send({ type: 'ping', id: 'after' })
    expect(await client.next('pong')).toEqual({ type: 'pong', id: 'after' })
  })

  it('is told when it sends too many frames, and which was not done', async () => {
    await reopen({ limits: { maxConnections: 10, maxMessageBytes: 65_536, maxBatchSize: 1_000, rate: { perSecond: 0.001, burst: 2 } } })
    const client = await open()
    for (const id of ['1', '2', '3']) client.send({ type: 'command', id, text: 'quick' })
    expect(await client.next('error')).toMatchObject({ id: '3', code: 'rate_limited', message: expect.stringMatching(/wait/i) })
    await client.next('reply', ({ id }) => id === '2')
    expect(house.heard).toHaveLength(2)
  })

  it('is closed with 1009 when a frame is larger than the limit', async () => {
    await reopen({ limits: { maxConnections: 10, maxMessageBytes: 2_048, maxBatchSize: 1_000 } })
    const client = await open()
    client.send({ type: 'command', id: '1', text: 'a'.repeat(2_048) })
    expect(await client.closed).toBe(1009)
    expect(await house.parts.metrics.text()).toContain('ducktape_websocket_dropped_total{reason="oversized"} 1')
  })

  it('is refused with 503 when all connections are in use, and let in when one is free again', async () => {
    await reopen({ limits: { maxConnections: 1, maxMessageBytes: 2_048, maxBatchSize: 1_000 } })
    const first = await open()
    expect(await refusal()).toMatchObject({ status: 503, problem: { code: 'too_many_connections' } })
    first.socket.close()
    await first.closed
    await expect
      .poll(() =>
        open().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
  })

  it('is dropped when it answers no ping', async () => {
    await reopen({ heartbeat: 50 })
    const silent = await open({ autoPong: false })
    const lively = await open()
    await silent.closed
    lively.send({ type: 'ping', id: 'here' })
    await lively.next('pong')
    expect(await house.parts.metrics.text()).toContain('ducktape_websocket_dropped_total{reason="silent"} 1')
  })

  it('is dropped with 1013 when it does not read what it asked for', async () => {
    const client = await open({ perMessageDeflate: false })
    client.socket.pause()
    const large: Reply = {
      ...tell(),
      tone: 'ring',
      blocks: Array.from({ length: 20 }, () => ({ kind: 'text', text: ['x'.repeat(19_000)] })),
    }
    const dropped = async () => (await house.parts.metrics.text()).includes('ducktape_websocket_dropped_total{reason="slow"} 1')
    // What the kernel holds for the reader comes on top of what we hold, and differs between machines.
    for (let sent = 0; sent < 200 && !(await dropped()); sent += 1) {
      await house.parts.bot.send('local', { kind: 'direct', user: 'me' }, large, String(sent))
      await setImmediate()
    }
    client.socket.resume()
    expect(await client.closed).toBe(1013)
  })

  it('speaks for the owner of its token', async () => {
    await reopen({ authenticate: async (token) => (token === 'anns-token' ? { user: 'ann', name: 'Ann', space: 'local' } : undefined) })
    const stranger = await open()
    stranger.send({ type: 'command', id: '1', text: 'who am I' })
    expect(await stranger.next('error')).toMatchObject({ id: '1', code: 'unauthorized' })
    expect(house.heard).toEqual([])
    stranger.send({ type: 'hello', token: 'anns-token' })
    expect(await stranger.next('welcome')).toMatchObject({ person: { user: 'ann', name: 'Ann' } })
    const byHeader = await open({ headers: { authorization: 'Bearer anns-token' } })
    byHeader.send({ type: 'command', id: '1', text: 'who am I' })
    await byHeader.next('reply')
    expect(house.heard).toMatchObject([{ author: { id: 'ann' } }])
    expect(await refusal({ authorization: 'Bearer wrong' })).toMatchObject({ status: 401, problem: { code: 'unauthorized' } })
  })

  it('tells people to try again when their sentence cannot be kept', async () => {
    const lost = new Error('the database is on fire')
    await reopen({ chat: { ...house.parts.bot.chat, command: () => Promise.reject(lost) } })
    const client = await open()
    client.send({ type: 'command', id: '1', text: 'hello' })
    expect(await client.next('error')).toMatchObject({ id: '1', code: 'unavailable', message: expect.stringMatching(/try again/i) })
    expect(await house.parts.metrics.text()).toContain('ducktape_unanswered_total{platform="web"} 1')
    expect(house.logged.join('')).toContain('on fire')
  })

  it('is not found elsewhere', async () => {
    expect(await refusal({}, '/elsewhere')).toMatchObject({
      status: 404,
      type: 'application/problem+json; charset=utf-8',
      problem: { code: 'not_found' },
    })
  })

  it('is closed with 1001 after its commands are answered, when the server stops', async () => {
    const begun = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<Reply>()
    house.answer = () => {
      begun.resolve()
      return answer.promise
    }
    const client = await open()
    client.send({ type: 'command', id: '1', text: 'slow one' })
    await begun.promise
    const stopped = house[Symbol.asyncDispose]()
    answer.resolve(tell('made it'))
    expect(await client.next('reply')).toMatchObject({ id: '1', reply: tell('made it') })
    expect(await client.closed).toBe(1001)
    await stopped
  })

  it('offers compression for large frames', async () => {
    const client = await open()
    expect(client.socket.extensions).toContain('permessage-deflate')
  })
})

describe('the terminal', () => {
  it('presses the button of the answer before, and shows how what that began has ended', async () => {
    const bar = (share: number | undefined, words: string): Reply => ({
      ...tell(),
      replaces: true,
      blocks: [{ kind: 'text', text: [words], ...(share === undefined ? {} : { share }) }],
    })
    const { transcripts, broadcast } = house.parts
    const pressed = Promise.withResolvers<string>()
    house.answer = async (message) => {
      if (message.kind === 'sentence') return { ...tell('Sure?'), blocks: [{ kind: 'buttons', buttons: [{ label: 'Go', token: 'go' }] }] }
      pressed.resolve(`${message.token} ${message.carrier?.id}`)
      return bar(0.1, 'a tenth')
    }
    const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, 'chat', '--url', house.url], {
      env: inherited,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    stack.defer(() => void child.kill())
    const exited = once(child, 'exit')
    const written = Promise.withResolvers<void>()
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (output.includes('a tenth')) written.resolve()
    })
    child.stdin.end('do all of it\n1\n')
    const [token, line = ''] = (await pressed.promise).split(' ')
    expect(token).toBe('go')
    await written.promise
    const messenger = createWebMessenger({ transcripts, broadcast })
    await messenger.edit?.({ channel: 'me', id: line }, bar(0.6, 'six tenths'), 'a')
    await messenger.edit?.({ channel: 'me', id: line }, bar(undefined, 'all of it is done'), 'b')
    await exited
    expect(output.split('\n').slice(1)).toEqual(['  [1] Go', 'a tenth', 'all of it is done', ''])
  })
})
