import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkSlack } from '#bots/slack/check.ts'
import { manifest, manifestFile, scopes } from '#bots/slack/manifest.ts'
import { reply } from '../contracts/bot.ts'
import type { FakeSlack } from '../fakes/slack/index.ts'
import { openSlackStage, type SlackStage } from './stage.ts'

let stage: SlackStage
let fake: FakeSlack
beforeEach(async () => {
  stage = await openSlackStage()
  fake = stage.fake
})
afterEach(() => stage[Symbol.asyncDispose]())

const deliver = async () => reply(['answered'])

describe('starting', () => {
  it.each([
    ['a wrong bot token', { botToken: 'xoxb-wrong' }, 'SLACK_BOT_TOKEN'],
    ['a wrong app token', { appToken: 'xapp-wrong' }, 'SLACK_APP_TOKEN'],
    ['an app token for the bot', { botToken: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
    ['a bot token for the app', { appToken: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
  ])('with %s says which variable to change', async (_what, tokens, variable) => {
    fake.journal.announce('invalid_auth')
    await expect(stage.another(tokens).start(deliver)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringMatching(new RegExp(`^${variable} does not work \\(.+\\): .+$`)),
    })
    expect(fake.sockets.live()).toEqual([])
  })

  it.each(['account_inactive', 'token_revoked', 'not_authed'])('with a token that is %s says so', async (error) => {
    fake.faults.next('auth.test', { kind: 'error', error })
    await expect(stage.bot.start(deliver)).rejects.toMatchObject({ code: 'misconfigured', message: expect.stringContaining(error) })
  })

  it('without connections:write names the scope', async () => {
    fake.faults.next('apps.connections.open', { kind: 'error', error: 'missing_scope' })
    await expect(stage.bot.start(deliver)).rejects.toMatchObject({ message: expect.stringContaining('connections:write') })
  })

  it('goes on trying while Slack cannot be reached', async () => {
    fake.faults.next('auth.test', { kind: 'status', status: 503 })
    fake.faults.next('apps.connections.open', { kind: 'reset' }, 2)
    await using running = await stage.bot.start(deliver)
    expect(running).toBeDefined()
    expect(stage.meter.of('connected')).toEqual([false])
    await fake.journal.wait(({ kind }) => kind === 'hello')
    void fake.people.dm(stage.ann, 'hello')
    await stage.next()
  })

  it('can be stopped while nobody answers at all', async () => {
    const running = await stage.another({ apiUrl: 'http://127.0.0.1:9/api/' }).start(deliver)
    await running[Symbol.asyncDispose]()
    expect(stage.meter.of('connected').at(-1)).toBe(false)
  })
})

describe('the doctor', () => {
  const check = (more: object = {}) => checkSlack({ botToken: fake.botToken, appToken: fake.appToken, apiUrl: fake.apiUrl, ...more })

  it('says who we are and that all is well', async () => {
    expect(await check()).toEqual([
      { name: 'Slack bot token', ok: true, detail: 'ducktape (U0DUCKTAPE) in Duck Pond (T0DUCKPOND)' },
      { name: 'Slack scopes', ok: true, detail: `all ${scopes.length} granted` },
      { name: 'Slack app token', ok: true, detail: 'Socket Mode is open to us' },
    ])
  })

  it('names the scopes that are missing', async () => {
    await using poor = await openSlackStage({ scopes: scopes.filter((scope) => scope !== 'files:read') })
    const { botToken, appToken, apiUrl } = poor.fake
    const [, finding] = await checkSlack({ botToken, appToken, apiUrl })
    expect(finding).toMatchObject({ ok: false, detail: 'missing: files:read', fix: expect.any(String) })
  })

  it('names the variable of a token that does not work', async () => {
    fake.journal.announce('invalid_auth')
    const findings = await check({ botToken: 'xoxb-wrong', appToken: 'xapp-wrong' })
    expect(findings).toMatchObject([
      { ok: false, detail: 'SLACK_BOT_TOKEN does not work (Slack says invalid_auth)', fix: expect.stringContaining('xoxb') },
      { ok: false, detail: 'SLACK_APP_TOKEN does not work (Slack says invalid_auth)', fix: expect.stringContaining('xapp') },
    ])
  })

  it('says when Slack cannot be reached', async () => {
    const findings = await check({ apiUrl: 'http://127.0.0.1:9/api/' })
    expect(findings).toMatchObject([
      { ok: false, detail: 'auth.test: no answer from Slack' },
      { ok: false, detail: 'apps.connections.open: no answer from Slack' },
    ])
  })
})

describe('the manifest', () => {
  it('in the repository is the one that the code generates', () => {
    expect(JSON.parse(readFileSync(manifestFile, 'utf8'))).toEqual(manifest())
  })
})
