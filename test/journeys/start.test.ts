import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkHome } from '#store/home.ts'
import { lockFolder } from '#store/lock.ts'
import { migrate } from '#store/migrate.ts'
import { openTestDatabase } from '../support/database.ts'
import { byNpm, runVerb, startProgram } from '../support/program.ts'
import { startRedis } from '../support/redis.ts'
import { needs } from '../support/require.ts'
import { discordTown, slackTown } from './towns.ts'

const redis = needs('redis')
let stack: AsyncDisposableStack
let home: string

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  home = await mkdtemp(join(tmpdir(), 'ducktape-home-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
})
afterEach(() => stack.disposeAsync())

function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}

/** Making a Postgres of its own takes long on a machine that has much else to do. */
describe('ducktape start', { timeout: 90_000 }, () => {
  it('needs nothing, serves the page, says what is missing, stops cleanly with its Postgres, and names the fix when that is of another version', async () => {
    const program = stack.use(await startProgram({ DUCKTAPE_HOME: home }))
    expect((await fetch(`${program.url}/health`)).status).toBe(200)
    expect((await fetch(`${program.url}/ready`)).status).toBe(200)
    expect(program.output()).toMatch(/Slack\s+off: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN/)
    expect(program.output()).toMatch(/Discord\s+off: set DISCORD_TOKEN/)
    const port = Number((await readFile(join(home, 'postgres/postmaster.pid'), 'utf8')).split('\n')[3])
    await expect(listens(port)).resolves.toBe(true)
    const { code, seconds } = await program.stop('SIGTERM')
    expect(code).toBe(0)
    expect(seconds).toBeLessThan(10)
    await expect(listens(port)).resolves.toBe(false)

    await writeFile(join(home, 'postgres/PG_VERSION'), '13\n')
    const again = await runVerb(['start'], { DUCKTAPE_HOME: home })
    expect(again.code).toBe(1)
    expect(again.output.trim()).toMatch(/^ducktape start: .*made by Postgres 13.*set DUCKTAPE_HOME to a new folder.*$/)
  })

  it('takes over after it was killed, and keeps a second one off the same folder', async () => {
    const first = stack.use(await startProgram({ DUCKTAPE_HOME: home }))
    const second = await runVerb(['start'], { DUCKTAPE_HOME: home })
    expect(second).toMatchObject({ code: 1, output: expect.stringMatching(/already runs on .*stop it first, or set DUCKTAPE_HOME/) })
    await first.stop('SIGKILL')
    const third = stack.use(await startProgram({ DUCKTAPE_HOME: home }))
    expect((await fetch(`${third.url}/ready`)).status).toBe(200)
    // npm hands on a Ctrl-C that the terminal has sent to all of them already.
    process.kill(third.pid, 'SIGINT')
    await vi.waitFor(() => expect(third.output()).toContain('"msg":"stopping"'), { timeout: 10_000, interval: 1 })
    expect((await third.stop('SIGINT')).code).toBe(0)
    expect(third.output()).toContain('"msg":"stopped"')
  })

  it('names the fix in one line when the data folder cannot be written', async () => {
    const file = join(home, 'a-file')
    await writeFile(file, '')
    const { code, output } = await runVerb(['start'], { DUCKTAPE_HOME: join(file, 'below') })
    expect(code).toBe(1)
    expect(output.trim()).toMatch(/^ducktape start: The data folder .* lies below a file: .*DUCKTAPE_HOME.*$/)
    await expect(checkHome(join(file, 'below'))).rejects.toThrow(/lies below a file/)
    await expect(lockFolder(file)).rejects.toThrow(/is a file/)
    await expect(checkHome(join(home, 'made', 'later'))).resolves.toBeUndefined()
  })

  it('names the fix in one line when the port is taken', async () => {
    const { url } = stack.use(await openTestDatabase())
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    stack.defer(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const { code, output } = await runVerb(['start'], { DATABASE_URL: url, DUCKTAPE_HOME: home, HTTP_PORT: String(port) })
    expect(code).toBe(1)
    expect(output.split('\n').filter((line) => line.startsWith('ducktape start:'))).toEqual([
      expect.stringMatching(new RegExp(`${port}.*HTTP_PORT`)),
    ])
  })

  it('names every wrong variable at once, and repeats no secret', async () => {
    const { code, output } = await runVerb(['start'], {
      HTTP_PORT: 'many',
      ROLES: 'cook',
      SLACK_BOT_TOKEN: 'secret-thing',
      DATABASE_URL: 'mysql://x',
    })
    expect(code).toBe(1)
    for (const name of ['HTTP_PORT', 'ROLES', 'SLACK_BOT_TOKEN', 'DATABASE_URL']) expect(output).toContain(name)
    expect(output).not.toContain('secret-thing')
  })

  it.each([
    { what: 'Slack bot token', open: () => slackTown('invalid_auth'), wrong: { SLACK_BOT_TOKEN: 'xoxb-wrong' }, names: /SLACK_BOT_TOKEN/ },
    { what: 'Slack app token', open: () => slackTown('invalid_auth'), wrong: { SLACK_APP_TOKEN: 'xapp-wrong' }, names: /SLACK_APP_TOKEN/ },
    { what: 'Discord token', open: () => discordTown('401'), wrong: { DISCORD_TOKEN: 'wrong' }, names: /DISCORD_TOKEN/ },
  ])('names the fix in one line when the $what is wrong', async ({ open, wrong, names }) => {
    const { url } = stack.use(await openTestDatabase())
    const town = stack.use(await open())
    const { code, output } = await runVerb(['start'], { DATABASE_URL: url, DUCKTAPE_HOME: home, ...town.environment, ...wrong })
    expect(code).toBe(1)
    const lines = output.split('\n').filter((line) => line.startsWith('ducktape start:'))
    expect(lines).toEqual([expect.stringMatching(names)])
    expect(output).not.toContain('-wrong')
  })

  it('is explained where somebody asks for help, and does not begin when it is called in a wrong way', async () => {
    const asked = [
      { words: ['start', '--help'], code: 0, says: /start every role[\s\S]*-- start\n/ },
      { words: ['help', 'token'], code: 0, says: /token login ID/ },
      { words: ['start', 'now'], code: 1, says: /^ducktape start: .*now.*\n$/ },
      { words: ['import', 'nowhere.ics'], code: 1, says: /^ducktape import: .*no such file.*nowhere\.ics.*\n$/ },
      { words: ['strat'], code: 2, says: /^ducktape knows no “strat”\. Usage:/ },
    ]
    const ended = await Promise.all(asked.map(({ words }) => runVerb(words, { DUCKTAPE_HOME: home })))
    expect(ended).toEqual(asked.map(({ code, says }) => ({ code, output: expect.stringMatching(says) })))
  })

  it('says which database does not answer, without its password', async () => {
    const { code, output } = await runVerb(['start'], { DATABASE_URL: 'postgres://duck:quack@127.0.0.1:1/none', DUCKTAPE_HOME: home })
    expect(code).toBe(1)
    expect(output).toMatch(/Postgres did not answer at 127\.0\.0\.1:1.*DATABASE_URL/)
    expect(output).not.toContain('quack')
  })
})

describe('stopping', { timeout: 90_000 }, () => {
  it('reaches the program when the signal is for the npm that started it', async () => {
    const { url } = stack.use(await openTestDatabase())
    const program = stack.use(await startProgram({ DATABASE_URL: url, DUCKTAPE_HOME: home }, byNpm))
    await program.stop('SIGTERM')
    await expect(fetch(`${program.url}/health`)).rejects.toThrow()
    await expect.poll(() => program.output()).toContain('"msg":"stopped"')
  })

  it.skipIf(redis === undefined)(
    'takes less than 10 s when Redis has died, and says which Redis does not answer at the start',
    async () => {
      const { url } = stack.use(await openTestDatabase())
      const server = await startRedis(redis ?? '')
      const environment = { DATABASE_URL: url, DUCKTAPE_HOME: home, REDIS_URL: server.url }
      const program = stack.use(await startProgram(environment))
      await server[Symbol.asyncDispose]()
      const { code, seconds } = await program.stop('SIGTERM')
      expect(code).toBe(0)
      expect(seconds).toBeLessThan(10)
      const again = await runVerb(['start'], environment)
      expect(again.code).toBe(1)
      expect(again.output).toMatch(/Redis did not answer at 127\.0\.0\.1:\d+: check REDIS_URL/)
    },
  )

  it('is possible before everything has started', async () => {
    // A server that takes the connection and never says a word.
    const mute = createTcpServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    stack.defer(() => void mute.close())
    const { port } = mute.address() as AddressInfo
    const opened = once(mute, 'connection')
    const starting = startProgram({ DATABASE_URL: `postgres://duck:quack@127.0.0.1:${port}/none`, DUCKTAPE_HOME: home })
    await opened
    const began = performance.now()
    await expect(starting).rejects.toThrow(/did not answer/)
    expect(performance.now() - began).toBeLessThan(15_000)
  })
})

describe('ducktape migrate', { timeout: 90_000 }, () => {
  it('brings an empty database to the present schema when several start together, once', async () => {
    const { url } = stack.use(await openTestDatabase({ empty: true }))
    const runs = await Promise.all([1, 2, 3].map(() => runVerb(['migrate'], { DATABASE_URL: url })))
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(runs.filter(({ output }) => output.startsWith('Applied:'))).toHaveLength(1)
  })

  it('changes nothing when a migration fails or is cut off, and goes on once it can', async () => {
    const { url } = stack.use(await openTestDatabase({ empty: true }))
    const folder = join(home, 'migrations')
    const write = async (name: string, sql: string) => {
      await mkdir(join(folder, name), { recursive: true })
      await writeFile(join(folder, name, 'migration.sql'), sql)
    }
    await write('1_first', 'CREATE TABLE kept (id INT);')
    await migrate(url, folder)
    await write('2_second', 'CREATE TABLE half (id INT);')
    await write('3_third', 'ALTER TABLE kept ADD COLUMN note TEXT; ALTER TABLE missing ADD COLUMN note TEXT;')
    await expect(migrate(url, folder)).rejects.toThrow(/3_third failed \(relation "missing" does not exist\)\. Nothing of it was kept/)
    await write('3_third', 'ALTER TABLE kept ADD COLUMN note TEXT; ALTER TABLE half ADD COLUMN note TEXT;')
    expect(await migrate(url, folder)).toEqual(['2_second', '3_third'])
    expect(await migrate(url, folder)).toEqual([])
  })

  it('leaves a database alone that holds something else', async () => {
    const { url } = stack.use(await openTestDatabase({ empty: true }))
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('CREATE TABLE orders (id INT)').finally(() => client.end())
    const refusal = /holds tables of another program \(orders\): point DATABASE_URL at an empty one/
    await expect(migrate(url)).rejects.toThrow(refusal)
    expect(await runVerb(['doctor'], { DATABASE_URL: url })).toMatchObject({ code: 1, output: expect.stringMatching(refusal) })
  })
})
