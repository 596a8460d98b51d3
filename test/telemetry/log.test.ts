import { describe, expect, it } from 'vitest'
import { createLog } from '#telemetry/log.ts'

const slackBot = 'xoxb-1234567890-abcdefghij'
const slackApp = 'xapp-1-A123-456-abcdef'
const discord = ['MTIzNDU2Nzg5MDEyMzQ1Njc4', 'GabcdE', 'abcdefghijklmnopqrstuvwxyz0123456789AB'].join('.')

function lines(pretty = false) {
  const written: string[] = []
  return { written, log: createLog({ level: 'debug', pretty, to: { write: (line) => written.push(line) } }) }
}

describe('the log', () => {
  it('writes one line of JSON an event', () => {
    const { log, written } = lines()
    log.info({ platform: 'slack' }, 'connected')
    log.debug('second\nline')
    expect(written).toHaveLength(2)
    expect(written.every((line) => line.endsWith('}\n') && line.indexOf('\n') === line.length - 1)).toBe(true)
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ level: 'info', platform: 'slack', msg: 'connected', time: expect.any(String) })
  })

  it.each([
    ['a field at the top', { token: 'hunter2' }],
    ['a field deep inside', { request: { options: [{ headers: { Authorization: 'hunter2' } }] } }],
    ['a cookie', { headers: { 'set-cookie': ['hunter2'] } }],
    ['a whole object named secret', { clientSecret: { value: 'hunter2' } }],
    ['a property of an error', { err: Object.assign(new Error('no'), { config: { password: 'hunter2' } }) }],
    ['one error of several', { err: new AggregateError([Object.assign(new Error('no'), { apiKey: 'hunter2' })]) }],
    ['a URL with a password', { url: 'postgres://ann:hunter2@db:5432/duck' }],
    ['a query', { url: 'https://duck.example/login?next=1&token=hunter2' }],
  ])('keeps out %s', (_what, fields) => {
    const { log, written } = lines()
    log.error(fields, 'failed')
    expect(written.join('')).not.toContain('hunter2')
    expect(written.join('')).toContain('[removed]')
  })

  it.each([
    ['a bot token of Slack', slackBot],
    ['an app token of Slack', slackApp],
    ['a token of Discord', discord],
    ['a bearer token', 'Bearer abcdefgh12345678'],
  ])('never writes %s, wherever it stands', (_what, secret) => {
    for (const pretty of [false, true]) {
      const { log, written } = lines(pretty)
      log.child({ connection: `via ${secret}` }).info('in a child')
      log.info(`in a message ${secret}.`)
      log.info({ words: [`in a list (${secret})`] })
      log.warn(new Error(`in an error: ${secret}`))
      log.error({ err: new Error('outer', { cause: new Error(secret) }) }, 'in a cause')
      const output = written.join('')
      expect(output).toContain('in a cause')
      expect(output).not.toContain(secret.replace('Bearer ', ''))
    }
  })

  it.each([
    ['the row that Postgres names', Object.assign(new Error('check violated'), { detail: 'Failing row contains (7, buy a ring)' })],
    ['the words that Postgres could not read', Object.assign(new Error('invalid JSON'), { where: 'JSON data, line 1: buy a ring' })],
    ['what the client was asked', new Error('Invalid `todo.create()` invocation:\n\n{\n  text: "buy a ring"\n}\n\nUnknown argument')],
  ])('says nothing of what people write: %s', (_what, err) => {
    const { log, written } = lines()
    log.error({ err: new Error('outer', { cause: err }) }, 'in a cause')
    log.error({ err }, 'not committed')
    expect(written.join('')).toContain(err.message.split('\n').at(-1))
    expect(written.join('')).not.toContain('ring')
  })

  it('takes long lines as they come', () => {
    const { log, written } = lines()
    const began = performance.now()
    log.info({ words: 'a.'.repeat(200_000) })
    expect(written).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it('leaves other words as they are', () => {
    const { log, written } = lines()
    log.info({ intent: 'reminder.create', at: '2026-11-24T20:00:00Z', url: 'https://duck.example/x?from=1' }, 'message handled')
    expect(JSON.parse(written[0] ?? '')).toMatchObject({
      intent: 'reminder.create',
      at: '2026-11-24T20:00:00Z',
      url: 'https://duck.example/x?from=1',
    })
  })
})
