import { spawn } from 'node:child_process'
import { WebAPIPlatformError, WebClient } from '@slack/web-api'
import { createEmulator } from 'emulate'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type FakeSlack, openFakeSlack } from '../fakes/slack/index.ts'

/** A Web API, whoever serves it, and the ids of its people and places. */
interface Served extends AsyncDisposable {
  readonly api: WebClient
  readonly anonymous: WebClient
  readonly general: string
  readonly ann: string
  archive(): Promise<void>
}

function client(url: string, token?: string): WebClient {
  const quiet = () => undefined
  const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, setLevel: quiet, setName: quiet, getLevel: () => 'error' as never }
  return new WebClient(token, { slackApiUrl: url, retryConfig: { retries: 0 }, logger })
}

async function ours(): Promise<Served> {
  const fake = await openFakeSlack({ events: [] })
  // What the scenario does wrong is what it is about.
  fake.journal.announce(...refusals)
  return {
    api: client(fake.apiUrl, fake.botToken),
    anonymous: client(fake.apiUrl),
    general: fake.workspace.general.id,
    ann: fake.workspace.ann.id,
    archive: async () => {
      fake.workspace.general.archived = true
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}

async function theirs(): Promise<Served> {
  const token = 'xoxb-theirs'
  const scopes = ['chat:write', 'channels:read', 'channels:history', 'channels:manage', 'im:write', 'im:history', 'users:read']
  const slack = {
    strict_scopes: true,
    users: [{ name: 'ann', real_name: 'Ann Example', email: 'ann@example.org' }, { name: 'ducktape' }],
    channels: [{ name: 'pond' }],
    tokens: [{ token, user: 'ducktape', scopes }],
  }
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack } })
  const api = client(`${emulator.url}/api/`, token)
  const { channels } = await api.conversations.list()
  const { members } = await api.users.list({})
  const general = channels?.find(({ name }) => name === 'pond')?.id ?? ''
  const ann = members?.find(({ name }) => name === 'ann')?.id ?? ''
  return {
    api,
    anonymous: client(`${emulator.url}/api/`),
    general,
    ann,
    archive: async () => void (await api.conversations.archive({ channel: general })),
    [Symbol.asyncDispose]: () => emulator.close(),
  }
}

const refusals = [
  'no_text',
  'channel_not_found',
  'message_not_found',
  'user_not_found',
  'not_authed',
  'invalid_trigger_id',
  'is_archived',
  'hash_conflict',
  'missing_scope',
]

/** The code of a refusal, as a bot sees it. */
async function refused(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'accepted'
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return error.data.error
    throw error
  }
}

/** What a bot can see of a Slack Web API, from posting to archiving. */
async function scenario({ api, anonymous, general: channel, ann, archive }: Served) {
  const metadata = { event_type: 'ducktape_delivery', event_payload: { mark: 'm' } }
  const first = await api.chat.postMessage({ channel, text: 'first', metadata })
  const second = await api.chat.postMessage({ channel, text: 'second' })
  const reply = await api.chat.postMessage({ channel, text: 'reply', thread_ts: String(second.ts) })
  const long = await api.chat.postMessage({ channel, text: 'x'.repeat(40_001) })
  await api.chat.delete({ channel, ts: String(long.ts) })
  const updated = await api.chat.update({ channel, ts: String(second.ts), text: 'second, better' })
  await api.chat.postEphemeral({ channel, user: ann, text: 'psst' })

  const history = await api.conversations.history({ channel, include_all_metadata: true })
  const bare = await api.conversations.history({ channel })
  const page = await api.conversations.history({ channel, limit: 1 })
  const next = await api.conversations.history({ channel, limit: 1, cursor: page.response_metadata?.next_cursor ?? '' })
  const since = await api.conversations.history({ channel, oldest: String(second.ts), inclusive: true })
  const thread = await api.conversations.replies({ channel, ts: String(second.ts) })
  const opened = await api.conversations.open({ users: ann })
  const again = await api.conversations.open({ users: ann })
  const direct = await api.chat.postMessage({ channel: String(opened.channel?.id), text: 'hello' })
  const { user } = await api.users.info({ user: ann })
  const home = { user_id: ann, view: { type: 'home' as const, private_metadata: '{}', blocks: [{ type: 'divider' as const }] } }
  const published = await api.views.publish(home)
  const unchanged = { hash: published.view?.hash ?? '' }
  const republished = await api.views.publish({ ...home, ...unchanged })

  const facts = {
    posted: [first.ok, first.channel === channel, first.message?.text, first.message?.metadata],
    rising: Number(first.ts) < Number(second.ts) && Number(second.ts) < Number(reply.ts),
    ts: [first.ts, second.ts].every((ts) => /^\d{10}\.\d{6}$/.test(String(ts))),
    inThread: reply.message?.thread_ts === second.ts,
    truncated: [long.message?.text?.length, long.response_metadata?.warnings],
    updated: updated.text,
    history: history.messages?.map(({ text }) => text),
    metadata: history.messages?.map((message) => message.metadata ?? null),
    pages: [page.messages?.length, page.has_more, next.messages?.map(({ text }) => text), next.response_metadata?.next_cursor ?? ''],
    thread: thread.messages?.map(({ text }) => text),
    direct: [opened.channel?.id === again.channel?.id, direct.channel === opened.channel?.id],
    user: [user?.name, user?.real_name],
    home: [published.view?.type, published.view?.private_metadata, published.view?.blocks?.length],
    samePage: [published.view?.id === republished.view?.id, published.view?.hash !== republished.view?.hash],
  }
  const errors = {
    noText: await refused(api.chat.postMessage({ channel, text: '' })),
    noChannel: await refused(api.chat.postMessage({ channel: 'C0NOWHERE', text: 'x' })),
    noHistory: await refused(api.conversations.history({ channel: 'C0NOWHERE' })),
    noMessage: await refused(api.chat.update({ channel, ts: '1000000000.000001', text: 'x' })),
    goneMessage: await refused(api.chat.delete({ channel, ts: String(long.ts) })),
    noUser: await refused(api.users.info({ user: 'U0NOBODY' })),
    staleHome: await refused(api.views.publish({ ...home, ...unchanged })),
    noToken: await refused(anonymous.chat.postMessage({ channel, text: 'x' })),
  }
  await archive()
  return { facts, errors: { ...errors, archived: await refused(api.chat.postMessage({ channel, text: 'x' })) }, bare, since }
}

describe('the emulated Web API', () => {
  it('shows a bot the same as another emulation of Slack does', async () => {
    await using mine = await ours()
    await using other = await theirs()
    const [here, there] = [await scenario(mine), await scenario(other)]
    expect(here.facts).toEqual(there.facts)
    expect(here.errors).toEqual(there.errors)
    // Where theirs leaves Slack's documentation, ours keeps to it: `oldest` is heeded, metadata only shown when asked for.
    expect(here.since.messages?.map(({ text }) => text)).toEqual(['second, better'])
    expect(here.bare.messages?.some((message) => 'metadata' in message)).toBe(false)
  })
})

const stockScript = `
  import { createRequire } from 'node:module'
  const { SocketModeClient } = createRequire(createRequire(process.cwd() + '/x.js').resolve('@slack/bolt'))('@slack/socket-mode')
  const [appToken, slackApiUrl] = process.argv.slice(1)
  const client = new SocketModeClient({ appToken, logLevel: 'error', clientOptions: { slackApiUrl, retryConfig: { retries: 0 } } })
  client.on('slack_event', ({ type, ack }) => ack(type === 'slash_commands' ? { text: 'hello' } : undefined))
  await client.start()
`

/** Slack's own client in a process of its own, which acknowledges whatever comes. */
async function stock(fake: FakeSlack): Promise<Disposable> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', stockScript, fake.appToken, fake.apiUrl], { stdio: 'ignore' })
  await fake.journal.wait(({ kind }) => kind === 'hello')
  return { [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

/** Seconds from the end of the first connection's service to the next `hello`, for Slack's own client. */
async function gap(fake: FakeSlack, breakIt: () => void): Promise<number> {
  using _client = await stock(fake)
  const broken = fake.journal.record('broken')
  breakIt()
  const hello = await fake.journal.wait(({ kind }) => kind === 'hello', { from: broken.index, timeoutMs: 25_000 })
  return (hello.at - broken.at) / 1_000
}

describe("Slack's own client", () => {
  it('is dark for as long as it is with the real Slack', async () => {
    await using lingering = await openFakeSlack({ closing: 'linger' })
    await using clean = await openFakeSlack({ closing: 'clean' })
    await using resetting = await openFakeSlack()
    const [linger, close, reset] = await Promise.all([
      gap(lingering, () => lingering.sockets.disconnect()),
      gap(clean, () => clean.sockets.disconnect()),
      gap(resetting, () => resetting.sockets.resetAll()),
    ])
    // Measured against Slack's behaviour: 11.7 s with TCP left open, 5.0 s otherwise. A busy machine adds to it.
    expect(linger).toBeGreaterThan(10.5)
    expect(linger).toBeLessThan(20)
    expect(close).toBeGreaterThan(4.5)
    expect(close).toBeLessThan(10)
    expect(reset).toBeGreaterThan(4.5)
    expect(reset).toBeLessThan(10)
  })

  it('gets slash commands, presses and events, and its acks are taken', async () => {
    await using fake = await openFakeSlack()
    using _client = await stock(fake)
    const { ann, general } = fake.workspace
    await fake.people.slash(ann.id, general.id, '/duck', 'list')
    await fake.people.dm(ann.id, 'hello')
    await fake.people.mention(ann.id, general.id, 'hello')
    expect(fake.journal.of('ack')).toHaveLength(4)
    expect(fake.shown()).toMatchObject([{ words: 'hello', private: true }])
  })
})

describe('a plain socket', () => {
  it('is greeted as Slack documents it', async () => {
    await using fake = await openFakeSlack()
    const { url } = await client(fake.apiUrl, fake.appToken).apps.connections.open({})
    const socket = new WebSocket(String(url))
    const hello = await new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))))
    expect(hello).toEqual({
      type: 'hello',
      num_connections: 1,
      debug_info: { host: 'applink-1', build_number: 1, approximate_connection_time: 3_600 },
      connection_info: { app_id: 'A0DUCKTAPE' },
    })
    socket.terminate()
  })
})
