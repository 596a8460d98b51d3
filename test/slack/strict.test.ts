import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type FakeSlack, openFakeSlack } from '../fakes/slack/index.ts'
import type { FakeSlackOptions } from '../fakes/slack/options.ts'
import { ack, call, type Envelope, modal, slash, wayward } from './wayward.ts'

let fake: FakeSlack
beforeEach(async () => {
  fake = await openFakeSlack()
})
afterEach(() => fake[Symbol.asyncDispose]())

/** The same workspace on another clock. */
async function reopen(options: FakeSlackOptions) {
  await fake[Symbol.asyncDispose]()
  fake = await openFakeSlack(options)
}

const violation = (rule: string) => fake.journal.wait(({ kind, detail }) => kind === 'violation' && detail.rule === rule)

describe('a bot that misbehaves is caught', () => {
  it('when it acknowledges after 3.1 s', async () => {
    fake.journal.announce('no_ack', 'late_ack')
    await wayward(fake, (envelope, socket) => setTimeout(() => ack(envelope, socket), 3_100))
    expect(await slash(fake)).toEqual({ kind: 'failed', why: 'timeout' })
    await violation('late_ack')
  })

  it('when it acknowledges twice, an envelope it made up, or in a language of its own', async () => {
    fake.journal.announce('duplicate_ack', 'unknown_ack', 'malformed_frame')
    await wayward(fake, (envelope, socket) => {
      ack(envelope, socket)
      ack(envelope, socket)
      ack({ ...envelope, envelope_id: 'made-up' }, socket)
      socket.send('ok!')
    })
    await slash(fake)
    await violation('malformed_frame')
    expect(fake.journal.of('violation').map(({ detail }) => detail.rule)).toEqual(['duplicate_ack', 'unknown_ack', 'malformed_frame'])
  })

  it('when it acknowledges on another connection, or an event with words', async () => {
    fake.journal.announce('ack_on_other_connection', 'unwanted_ack_payload')
    const other = await wayward(fake, () => undefined)
    fake.sockets.disconnect()
    await wayward(fake, (envelope, socket) =>
      envelope.type === 'events_api' ? ack(envelope, socket, { text: 'hi' }) : ack(envelope, other),
    )
    await slash(fake)
    await fake.people.dm(fake.workspace.ann.id, 'hello')
    await violation('ack_on_other_connection')
    await violation('unwanted_ack_payload')
  })

  it('when it loses what comes while it refreshes', async () => {
    const socket = await wayward(fake, ack)
    socket.on('message', (data) => String(data).includes('"disconnect"') && socket.terminate())
    fake.sockets.disconnect()
    await fake.journal.wait(({ kind }) => kind === 'closed')
    expect(await slash(fake)).toEqual({ kind: 'failed', why: 'no connection' })
  })

  it('when it uses a trigger twice', async () => {
    fake.journal.announce('invalid_trigger_id')
    const triggers = await triggersOf(ack)
    expect(await call(fake, 'views.open', { trigger_id: triggers[0], view: modal() })).toMatchObject({ ok: true, view: { type: 'modal' } })
    expect(await call(fake, 'views.open', { trigger_id: triggers[0], view: modal() })).toMatchObject({
      ok: false,
      error: 'invalid_trigger_id',
    })
  })

  it('when it uses a trigger late', async () => {
    await reopen({ scale: 0.02 })
    fake.journal.announce('expired_trigger_id', 'no_ack')
    // Without an ack the command ends when the 3 s are over, and its trigger with it.
    const triggers = await triggersOf(() => undefined)
    expect(await call(fake, 'views.open', { trigger_id: triggers[0], view: modal() })).toMatchObject({ error: 'expired_trigger_id' })
  })

  it('when it opens one socket address twice', async () => {
    fake.journal.announce('bad_ticket')
    const { url } = await call(fake, 'apps.connections.open', {}, fake.appToken)
    const first = new WebSocket(String(url))
    await fake.journal.wait(({ kind }) => kind === 'hello')
    const second = new WebSocket(String(url))
    expect(await new Promise((resolve) => second.once('error', (error) => resolve(error.message)))).toContain('408')
    first.terminate()
  })

  it('when it opens more than ten connections', async () => {
    for (let count = 0; count < 10; count += 1) await wayward(fake, ack)
    const { url } = await call(fake, 'apps.connections.open', {}, fake.appToken)
    const eleventh = new WebSocket(String(url))
    const told = await new Promise((resolve) => eleventh.once('message', (data) => resolve(JSON.parse(String(data)))))
    expect(told).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' })
  })

  it('when nobody announced the violation', async () => {
    await using strict = await openFakeSlack()
    strict.journal.violation('anything')
    expect(() => strict.assertNoViolations()).toThrow('anything')
    strict.journal.announce('anything')
  })

  async function triggersOf(act: (envelope: Envelope, socket: WebSocket) => void): Promise<string[]> {
    const triggers: string[] = []
    await wayward(fake, (envelope, socket) => {
      triggers.push(envelope.payload.trigger_id)
      act(envelope, socket)
    })
    await slash(fake)
    return triggers
  }
})

describe('an event without an ack', () => {
  it('is sent three times more, under new envelopes and with one event id', async () => {
    await reopen({ scale: 0.01 })
    fake.journal.announce('no_ack')
    const got: Envelope[] = []
    await wayward(fake, (envelope) => got.push(envelope))
    await fake.people.dm(fake.workspace.ann.id, 'hello')
    expect(got).toMatchObject([
      { retry_attempt: 0, retry_reason: '' },
      { retry_attempt: 1, retry_reason: 'timeout' },
      { retry_attempt: 2, retry_reason: 'timeout' },
      { retry_attempt: 3, retry_reason: 'timeout' },
    ])
    expect(new Set(got.map(({ envelope_id }) => envelope_id)).size).toBe(4)
    expect(new Set(got.map(({ payload }) => payload.event_id)).size).toBe(1)
  })
})

describe('the control over HTTP', () => {
  it('acts as people and shows what came of it', async () => {
    const control = async (action: string, body?: object) => {
      const url = `${fake.apiUrl.replace('/api/', '/_control/')}${action}`
      const response = await fetch(url, body ? { method: 'POST', body: JSON.stringify(body) } : {})
      return response.json() as Promise<unknown>
    }
    await wayward(fake, (envelope, socket) => ack(envelope, socket, { text: `hello` }))
    expect(await control('slash', { text: 'list' })).toMatchObject({ kind: 'acked' })
    expect(await control('shown')).toMatchObject([{ words: 'hello', private: true }])
    expect(await control('journal')).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'envelope' })]))
  })
})
