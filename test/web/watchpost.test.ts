import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '#telemetry/log.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import type { Checks } from '#web/ports.ts'
import { startWatchpost } from '#web/watchpost.ts'

let stack: AsyncDisposableStack
let logged: string[]

beforeEach(() => {
  stack = new AsyncDisposableStack()
  logged = []
})
afterEach(() => stack.disposeAsync())

async function open(port = 0, checks: Checks = async () => ({ postgres: { ok: true } })) {
  const log = createLog({ level: 'info', pretty: false, to: { write: (line) => logged.push(line) } })
  return stack.use(await startWatchpost({ host: '127.0.0.1', port, checks, metrics: createMetrics(), log }))
}

describe('a process without the page', () => {
  it('says that it lives, that it is ready, and what it measured', async () => {
    const { url } = await open()
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ready', checks: { postgres: { ok: true } } })
    const metrics = await fetch(`${url}/metrics`)
    expect(metrics.headers.get('content-type')).toContain('text/plain')
    expect(await metrics.text()).toContain('ducktape_http_request_duration_seconds_count{method="GET",route="/health",status="200"} 1')
    expect(await (await fetch(`${url}/health`, { method: 'HEAD' })).text()).toBe('')
  })

  it('says that it is not ready', async () => {
    const { url } = await open(0, async () => ({ postgres: { ok: false, detail: 'no answer' } }))
    const response = await fetch(`${url}/ready`)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ status: 'not_ready', checks: { postgres: { detail: 'no answer' } } })
  })

  it.each([
    ['GET', '/', 404, 'not_found'],
    ['GET', '/api/reminders', 404, 'not_found'],
    ['POST', '/health', 405, 'method_not_allowed'],
  ])('serves nothing else: %s %s', async (method, path, status, code) => {
    const { url } = await open()
    const response = await fetch(`${url}${path}`, { method })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ status, code })
    const exposed = await (await fetch(`${url}/metrics`)).text()
    expect(exposed).not.toContain('route="/api/reminders"')
  })

  it('goes to the next port when one is taken, and says so', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    stack.defer(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const { url } = await open(port)
    const found = Number(new URL(url).port)
    expect(found).toBeGreaterThan(port)
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect(JSON.parse(logged.join(''))).toMatchObject({ level: 'warn', taken: port, port: found })
  })

  it('names the fix when the address is not one of this machine', async () => {
    const options = { port: 0, checks: async () => ({}), metrics: createMetrics(), log: createLog({ level: 'silent', pretty: false }) }
    await expect(startWatchpost({ host: '203.0.113.7', ...options })).rejects.toThrow(/no address "203\.0\.113\.7".*HTTP_HOST/)
  })
})
