import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createFetch, type FetchOptions } from '#net/fetch.ts'
import { isPublic } from '#net/public.ts'

describe('an address of the open internet', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:2800:220:1:248:1893:25c8:1946', '2a00:1450:4001::1'])('%s is one', (address) => {
    expect(isPublic(address)).toBe(true)
  })

  it.each([
    ...['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '203.0.113.9'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
      'fec0::1',
    ],
    ...['localhost', '', '1', '127.1', '8.8.8.8.8'],
  ])('%s is none', (address) => {
    expect(isPublic(address)).toBe(false)
  })
})

describe('fetching what people name', () => {
  const running: AsyncDisposable[] = []
  afterEach(async () => {
    for (const each of running.splice(0)) await each[Symbol.asyncDispose]()
  })

  /** A real server on this machine, and a fetch that takes only that one port’s address for public. */
  async function serve(listener: RequestListener, options: Partial<FetchOptions> = {}) {
    const server = createServer(listener)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    running.push({
      async [Symbol.asyncDispose]() {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      },
    })
    const { port } = server.address() as AddressInfo
    // "calendar.example" is this server; its address stands for one of the internet, and every other is as it is.
    const fetch = createFetch({
      mostBytes: 1_000_000,
      lookup: async (hostname) => [{ address: hostname === 'calendar.example' ? '127.0.0.1' : '10.0.0.5', family: 4 }],
      mayAsk: (address) => address === '127.0.0.1' || isPublic(address),
      ...options,
    })
    return {
      url: `http://calendar.example:${port}`,
      port,
      get: (path: string, more = {}) => fetch({ url: `http://calendar.example:${port}${path}`, ...more }),
      fetch,
    }
  }
  const text = (response: ServerResponse, body: string | Buffer, headers = {}) => response.writeHead(200, headers).end(body)

  it('brings what is there, and what it is called', async () => {
    const { get } = await serve((_, response) =>
      text(response, 'BEGIN:VCALENDAR', { etag: '"1"', 'last-modified': 'Thu, 26 Nov 2026 08:00:00 GMT' }),
    )
    expect(await get('/a.ics')).toEqual({
      kind: 'fetched',
      bytes: Buffer.from('BEGIN:VCALENDAR'),
      etag: '"1"',
      lastModified: 'Thu, 26 Nov 2026 08:00:00 GMT',
    })
  })

  it('asks only whether something changed', async () => {
    const asked: unknown[] = []
    const { get } = await serve((request, response) => {
      asked.push(request.headers['if-none-match'], request.headers['if-modified-since'])
      response.writeHead(304).end()
    })
    expect(await get('/', { etag: '"1"', lastModified: 'yesterday' })).toEqual({ kind: 'unchanged' })
    expect(asked).toEqual(['"1"', 'yesterday'])
  })

  it('unpacks gzip, and stops at a bomb', async () => {
    const { get } = await serve((request, response) =>
      text(response, gzipSync(request.url === '/bomb' ? Buffer.alloc(200_000_000) : 'packed'), { 'content-encoding': 'gzip' }),
    )
    expect(await get('/small')).toMatchObject({ kind: 'fetched', bytes: Buffer.from('packed') })
    expect(await get('/bomb')).toMatchObject({ kind: 'refused', why: expect.stringContaining('is larger than 0 MB') })
  })

  it.each([
    [
      'an endless answer',
      (_: unknown, response: ServerResponse) => {
        response.writeHead(200)
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        }
        response.on('drain', more)
        more()
      },
      'is larger than',
    ],
    [
      'broken packing',
      (_: unknown, response: ServerResponse) => text(response, 'no gzip', { 'content-encoding': 'gzip' }),
      'cannot be unpacked',
    ],
    [
      'packing that nobody knows',
      (_: unknown, response: ServerResponse) => text(response, 'x', { 'content-encoding': 'br' }),
      'cannot be unpacked',
    ],
    ['a missing page', (_: unknown, response: ServerResponse) => response.writeHead(404).end(), 'has nothing there (404)'],
    ['a locked page', (_: unknown, response: ServerResponse) => response.writeHead(403).end(), 'does not let me read that (403)'],
    ['a broken server', (_: unknown, response: ServerResponse) => response.writeHead(500).end(), 'answered with an error (500)'],
    ['a cut connection', (_: unknown, response: ServerResponse) => response.destroy(), 'could not be reached'],
    [
      'a circle',
      (_: unknown, response: ServerResponse) => response.writeHead(302, { location: '/' }).end(),
      'sends me on more than 5 times',
    ],
    [
      'a way to another machine inside',
      (_: unknown, response: ServerResponse) => response.writeHead(302, { location: 'http://router.local/' }).end(),
      'is not on the public internet',
    ],
    [
      'a way to an address inside',
      (_: unknown, response: ServerResponse) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
      'is not on the public internet',
    ],
    [
      'a way to a number inside',
      (_: unknown, response: ServerResponse) => response.writeHead(302, { location: 'http://0x0a000001/' }).end(),
      'is not on the public internet',
    ],
    [
      'a way to a file',
      (_: unknown, response: ServerResponse) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      'begins with https://',
    ],
  ])('refuses %s', async (_, listener, why) => {
    const { get } = await serve(listener as RequestListener)
    expect(await get('/')).toMatchObject({ kind: 'refused', why: expect.stringContaining(why) })
  })

  it('waits for nobody forever', async () => {
    const { get } = await serve((_, response) => void response.writeHead(200).write('a'), { patience: 300 })
    expect(await get('/')).toEqual({ kind: 'refused', why: expect.stringContaining('did not answer within 0.3 seconds'), lasting: false })
  })

  it.each([
    ['http://127.0.0.1:1/', 'is not on the public internet'],
    ['http://2130706433/', 'is not on the public internet'],
    ['http://[::1]/', 'is not on the public internet'],
    ['http://[::ffff:10.0.0.1]/', 'is not on the public internet'],
    ['http://localhost/', 'is not on the public internet'],
    ['webcal://localhost/feed.ics', 'is not on the public internet'],
    ['https://user:secret@example.org/', 'Leave the name and password out'],
    ['ftp://example.org/', 'begins with https://'],
    ['file:///etc/passwd', 'begins with https://'],
    ['not an address', 'begins with https://'],
    [`https://example.org/${'x'.repeat(3_000)}`, 'begins with https://'],
  ])('never asks %s', async (url, why) => {
    expect(await createFetch({ mostBytes: 1_000 })({ url })).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining(why),
      lasting: true,
    })
  })

  it('asks nobody when one of several addresses of a name is inside', async () => {
    const { port } = await serve((_, response) => text(response, 'x'))
    const lookup = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '192.168.0.1', family: 4 },
    ]
    const fetch = createFetch({ mostBytes: 1_000, lookup, mayAsk: (address) => address === '127.0.0.1' })
    expect(await fetch({ url: `http://calendar.example:${port}/` })).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('not on the public internet'),
    })
  })
})
