import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeSlack, openFakeSlack } from '../fakes/slack/index.ts'
import type { FakeSlackOptions } from '../fakes/slack/options.ts'
import { ack, call, modal, slash, wayward } from './wayward.ts'

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

/** Half an hour of a Slack whose clock runs 100,000 times as fast, in milliseconds. */
const scaledHalfHour = 20

describe('a response_url', () => {
  async function respondUrl(): Promise<string> {
    const urls: string[] = []
    await wayward(fake, (envelope, socket) => {
      urls.push(envelope.payload.response_url)
      ack(envelope, socket)
    })
    await slash(fake)
    return urls[0] ?? ''
  }
  const respond = (url: string) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"hi"}' })

  it('takes five answers', async () => {
    fake.journal.announce('used_url')
    const url = await respondUrl()
    for (let use = 0; use < 5; use += 1) expect((await respond(url)).status).toBe(200)
    const sixth = await respond(url)
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }])
    expect(fake.shown()).toHaveLength(5)
  })

  it('takes none after half an hour', async () => {
    await reopen({ scale: 1e-5 })
    fake.journal.announce('expired_url')
    const id = fake.tickets.issueResponse({ channel: fake.workspace.general.id, user: fake.workspace.ann.id })
    await new Promise((resolve) => setTimeout(resolve, scaledHalfHour))
    const late = await respond(`${fake.apiUrl.replace('/api/', '')}/commands/T0DUCKPOND/${id}`)
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }])
  })
})

describe('a message', () => {
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
  const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Go' }, ...more })
  const actions = (...elements: object[]) => ({ type: 'actions', elements })
  const option = (text: string) => ({ text: { type: 'plain_text', text }, value: 'v' })

  it.each<[string, object[]]>([
    ['51 blocks', Array.from({ length: 51 }, () => section('x'))],
    ['a section of 3,001 characters', [section('x'.repeat(3_001))]],
    ['an empty section', [section('')]],
    ['a section of neither text nor fields', [{ type: 'section' }]],
    ['eleven fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => ({ type: 'mrkdwn', text: 'x' })) }]],
    ['a header of 151 characters', [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }]],
    ['a button of 76 characters', [actions(button({ text: { type: 'plain_text', text: 'x'.repeat(76) } }))]],
    ['an action_id of 256 characters', [actions(button({ action_id: 'x'.repeat(256) }))]],
    ['a value of 2,001 characters', [actions(button({ value: 'x'.repeat(2_001) }))]],
    ['a label in markup', [actions(button({ text: { type: 'mrkdwn', text: 'Go' } }))]],
    ['one action_id twice', [actions(button(), button())]],
    ['26 buttons', [actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `a${index}` })))]],
    ['101 options', [actions({ type: 'static_select', action_id: 'a', options: Array.from({ length: 101 }, () => option('x')) })]],
    ['an option of 76 characters', [actions({ type: 'static_select', action_id: 'a', options: [option('x'.repeat(76))] })]],
    [
      'one block_id twice',
      [
        { ...section('x'), block_id: 'b' },
        { ...section('y'), block_id: 'b' },
      ],
    ],
    ['an unknown block', [{ type: 'sectoin', text: { type: 'mrkdwn', text: 'x' } }]],
    ['an unknown key', [{ ...section('x'), colour: 'red' }]],
  ])('with %s is refused', async (_what, blocks) => {
    fake.journal.announce('invalid_blocks')
    const refused = await call(fake, 'chat.postMessage', { channel: fake.workspace.general.id, text: 'x', blocks })
    expect(refused).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: [expect.stringContaining('[ERROR]')] },
    })
    expect(fake.shown()).toEqual([])
  })

  it('of somebody else cannot be changed or deleted', async () => {
    fake.journal.announce('cant_update_message', 'cant_delete_message')
    const { ts } = await wayward(fake, ack).then(() => fake.people.say(fake.workspace.ann.id, fake.workspace.general.id, 'mine'))
    const channel = fake.workspace.general.id
    expect(await call(fake, 'chat.update', { channel, ts, text: 'x' })).toMatchObject({ error: 'cant_update_message' })
    expect(await call(fake, 'chat.delete', { channel, ts })).toMatchObject({ error: 'cant_delete_message' })
  })

  it('is taken as a form, as JSON and as multipart alike', async () => {
    const channel = fake.workspace.general.id
    const blocks = [section('hello')]
    const authorization = `Bearer ${fake.botToken}`
    const url = `${fake.apiUrl}chat.postMessage`
    const form = new FormData()
    form.append('channel', channel)
    form.append('blocks', JSON.stringify(blocks))
    await call(fake, 'chat.postMessage', { channel, blocks })
    const headers = { authorization, 'content-type': 'application/json; charset=utf-8' }
    await fetch(url, { method: 'POST', headers, body: JSON.stringify({ channel, blocks }) })
    await fetch(url, { method: 'POST', headers: { authorization }, body: form })
    expect(fake.shown().map(({ words }) => words)).toEqual(['hello', 'hello', 'hello'])
  })
})

describe('a token', () => {
  it.each([
    ['the bot token for a socket', 'apps.connections.open', 'bot', 'not_allowed_token_type'],
    ['the app token for a message', 'chat.postMessage', 'app', 'not_allowed_token_type'],
    ['a token of nobody', 'auth.test', 'xoxb-nobody', 'invalid_auth'],
    ['a method that is none', 'chat.shout', 'bot', 'unknown_method'],
  ])('%s is refused', async (_what, method, kind, error) => {
    fake.journal.announce(error)
    const token = kind === 'bot' ? fake.botToken : kind === 'app' ? fake.appToken : kind
    expect(await call(fake, method, {}, token)).toMatchObject({ ok: false, error })
  })
})

describe('a modal', () => {
  async function trigger(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>()
    const socket = await wayward(fake, (envelope, wire) => {
      resolve(envelope.payload.trigger_id)
      ack(envelope, wire)
    })
    await slash(fake)
    socket.terminate()
    return promise
  }

  it('stacks three high, is changed by its hash, and is unique by its external id', async () => {
    fake.journal.announce('push_limit_reached', 'hash_conflict', 'duplicate_external_id')
    const opened = await call(fake, 'views.open', { trigger_id: await trigger(), view: modal({ external_id: 'one' }) })
    const { id, hash } = opened.view as { id: string; hash: string }
    expect(await call(fake, 'views.push', { trigger_id: await trigger(), view: modal({ external_id: 'one' }) })).toMatchObject({
      error: 'duplicate_external_id',
    })
    for (let depth = 2; depth <= 3; depth += 1) {
      expect(await call(fake, 'views.push', { trigger_id: await trigger(), view: modal() })).toMatchObject({ ok: true })
    }
    expect(await call(fake, 'views.push', { trigger_id: await trigger(), view: modal() })).toMatchObject({ error: 'push_limit_reached' })
    const { view } = await call(fake, 'views.update', { view_id: id, hash, view: modal() })
    expect(view).toMatchObject({ id })
    expect(await call(fake, 'views.update', { view_id: id, hash, view: modal() })).toMatchObject({ error: 'hash_conflict' })
  })

  const plain = (text: string) => ({ type: 'plain_text', text })
  const line = { type: 'input', block_id: 'when', label: plain('When'), element: { type: 'plain_text_input', action_id: 'pick' } }
  const asking = { submit: plain('Send'), blocks: [line] }

  it('that is submitted may answer with errors and stay', async () => {
    const opened = await call(fake, 'views.open', { trigger_id: await trigger(), view: modal({ callback_id: 'event', ...asking }) })
    await wayward(fake, (envelope, socket) => ack(envelope, socket, { response_action: 'errors', errors: { when: 'in the past' } }))
    const ann = fake.workspace.ann.id
    expect(await fake.people.submit(ann, { when: { pick: { value: 'yesterday' } } })).toMatchObject({
      kind: 'acked',
      payload: { response_action: 'errors' },
    })
    expect(fake.views.top(ann)).toMatchObject({ id: (opened.view as { id: string }).id })
  })
})

describe('a view', () => {
  const plain = (text: string) => ({ type: 'plain_text', text })
  const home = (more: object = {}) => ({ type: 'home', blocks: [], ...more })
  const divider = { type: 'divider' }
  const publish = (view: object, more: object = {}) => call(fake, 'views.publish', { user_id: fake.workspace.ann.id, view, ...more })

  it.each([
    ['a modal', modal(), 'invalid_arguments'],
    ['a home with a title', home({ title: plain('Mine') }), 'invalid_arguments'],
    ['a home of 101 blocks', home({ blocks: Array.from({ length: 101 }, () => divider) }), 'invalid_arguments'],
    ['a block that is none', home({ blocks: [{ type: 'paragraph' }] }), 'invalid_blocks'],
    [
      'a day that is none',
      home({ blocks: [{ type: 'actions', elements: [{ type: 'datepicker', action_id: 'a', initial_date: 'soon' }] }] }),
      'invalid_blocks',
    ],
    [
      'more than 250 kB',
      home({ blocks: Array.from({ length: 99 }, () => ({ type: 'section', text: plain('x'.repeat(2_900)) })) }),
      'view_too_large',
    ],
  ])('that is %s cannot be published', async (_what, view, error) => {
    fake.journal.announce(error)
    expect(await publish(view)).toMatchObject({ ok: false, error })
  })

  it('is published over the one that its hash names, and over no other', async () => {
    fake.journal.announce('hash_conflict')
    const first = (await publish(home())).view as { id: string; hash: string }
    const second = (await publish(home(), { hash: first.hash })).view as { id: string; hash: string }
    expect(second.id).toBe(first.id)
    expect(await publish(home(), { hash: first.hash })).toMatchObject({ error: 'hash_conflict' })
    expect(await publish(home())).toMatchObject({ ok: true })
  })

  it('is not published for an app without a home', async () => {
    await reopen({ homeTab: false })
    fake.journal.announce('not_enabled')
    expect(await publish(home())).toMatchObject({ error: 'not_enabled' })
  })
})
