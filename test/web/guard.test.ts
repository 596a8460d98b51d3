import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from './support/house.ts'

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

let house: House
beforeAll(async () => {
  house = await openHouse({ publicUrl: 'https://duck.example' })
})
afterAll(() => house[Symbol.asyncDispose]())

/** The status of a request as a browser with these headers would make it, and the code of its problem. */
async function ask(path: string, headers: Record<string, string>): Promise<string> {
  const asking = request({ host: '127.0.0.1', port: house.port, path, headers: { ...headers, ...(path === '/ws' ? upgrade : {}) } })
  asking.end()
  const accepted = once(asking, 'upgrade').then(([, socket]) => {
    socket.destroy()
    return '101'
  })
  const answered = once(asking, 'response').then(async ([response]: IncomingMessage[]) => {
    let body = ''
    for await (const part of response ?? []) body += String(part)
    const code = body.startsWith('{') ? (JSON.parse(body).code ?? '') : ''
    return `${response?.statusCode} ${code}`.trim()
  })
  return Promise.race([accepted, answered])
}

describe('a request', () => {
  it.each([
    ['of this machine', { host: 'localhost:3000' }, true],
    ['of this machine in IPv6', { host: '[::1]:3000' }, true],
    ['of this machine by number', { host: '127.0.0.1' }, true],
    ['of the address that people use', { host: 'duck.example' }, true],
    ['of our own page', { host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
    ['of our own page behind a proxy', { host: '127.0.0.1:3000', origin: 'https://duck.example' }, true],
    ['that names another host, as after DNS rebinding', { host: 'evil.example' }, '421 wrong_host'],
    ['that names another host that begins like ours', { host: 'localhost.evil.example' }, '421 wrong_host'],
    ['that names a number which is not ours', { host: '203.0.113.9' }, '421 wrong_host'],
    ['that names no proper host', { host: 'a b' }, '421 wrong_host'],
    ['of a page elsewhere', { host: 'localhost:3000', origin: 'https://evil.example' }, '403 foreign_origin'],
    ['of a page of another program on this machine', { host: 'localhost:3000', origin: 'http://localhost:8080' }, '403 foreign_origin'],
    ['of a page without an origin of its own', { host: 'localhost:3000', origin: 'null' }, '403 foreign_origin'],
  ])('%s is judged alike on the API and on the socket', async (_what, headers, expected) => {
    expect(await ask('/api/todos', headers)).toBe(expected === true ? '200' : expected)
    expect(await ask('/ws', headers)).toBe(expected === true ? '101' : expected)
  })

  it('of a probe that knows us by another name sees whether we live', async () => {
    for (const path of ['/health', '/ready', '/metrics']) expect(await ask(path, { host: 'ducktape.svc:3000' })).toBe('200')
  })
})
