import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Shown } from '../contracts/bot.ts'
import { openTestDatabase } from '../support/database.ts'
import { type Program, startProgram } from '../support/program.ts'
import { startRedis } from '../support/redis.ts'
import { needs } from '../support/require.ts'
import { discordTown, slackTown, type Town, webTown } from './towns.ts'

const redis = needs('redis')
const secret = { SECRET_KEY: 'a key for tests of at least thirty-two characters' }

let stack: AsyncDisposableStack
let databaseUrl: string

beforeEach(async () => {
  stack = new AsyncDisposableStack()
  databaseUrl = stack.use(await openTestDatabase()).url
})
afterEach(() => stack.disposeAsync())

async function start(town: Town, more: Readonly<Record<string, string>> = {}): Promise<Program> {
  const program = stack.use(await startProgram({ DATABASE_URL: databaseUrl, ...secret, ...town.environment, ...more }))
  if (program.url !== undefined) await town.arrive(program.url)
  return program
}

/** The next message with these words; what comes before it is passed over. */
async function nextWith(town: Town, words: RegExp): Promise<Shown> {
  for (;;) {
    const message = await town.next()
    if (words.test(message.words)) return message
  }
}

/** Makes everything that is still to ring due a while ago, as if the time had passed. */
async function letTimePass(): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`UPDATE reminder SET due_at = now() - interval '3 minutes' WHERE due_at IS NOT NULL`)
  await client.end()
}

describe.each([
  { name: 'Slack', open: () => slackTown() },
  { name: 'Discord', open: () => discordTown() },
  { name: 'the page', open: webTown },
])('somebody on $name', { timeout: 60_000 }, ({ open }) => {
  it('is reminded a moment later, again after a snooze until it is done, of nothing undone, once of what fell due while the program was dead, and answered then', async () => {
    const town = stack.use(await open())
    const first = await start(town)
    await town.writes('remind me in 1 second to stretch')
    const said = await town.next()
    expect(said.words).toContain('stretch')
    expect(said.buttons).toEqual(['Undo'])
    const rung = await town.next()
    expect(rung.words).toContain('stretch')
    await town.presses(rung, 'Snooze 20 min')
    expect((await town.next()).words).toMatch(/come back to .*stretch/)
    await first.stop('SIGTERM')
    await letTimePass()
    if (town.keeps) await town.writes('todo wind the clock')

    const second = await start(town)
    const again = await nextWith(town, /stretch/)
    await town.presses(again, 'Done')
    expect((await town.next()).words).toMatch(/Done: .*stretch/)
    await town.writes('remind me in 2 hours to eat')
    const echo = await town.next()
    await town.presses(echo, 'Undo')
    expect((await town.next()).words).toMatch(/Undone.*eat/)
    await town.writes('list my reminders')
    expect((await town.next()).words).not.toContain('eat')
    await town.writes('remind me in 10 minutes to drink')
    await town.next()
    await second.stop('SIGKILL')
    await letTimePass()
    if (town.keeps) await town.writes('todo feed the cat')

    await start(town)
    await nextWith(town, /drink/)
    await town.writes('list my reminders')
    await nextWith(town, /drink/)
    expect(await town.shown(/drink.*was due/s)).toHaveLength(1)
    if (!town.keeps) return
    await town.writes('list my todos')
    expect((await nextWith(town, /1\. /)).words).toMatch(/wind the clock.*feed the cat/s)
    for (const words of [/On your list: wind the clock/, /On your list: feed the cat/]) expect(await town.shown(words)).toHaveLength(1)
  })
})

describe.each([
  { name: 'Slack', open: () => slackTown() },
  { name: 'Discord', open: () => discordTown() },
])('an event that $name brings twice', ({ open }) => {
  it('is answered once', async () => {
    const town = stack.use(await open())
    await start(town)
    await town.writes('todo buy milk')
    await town.next()
    await town.redelivers?.()
    await town.writes('list my todos')
    expect((await town.next()).words).toMatch(/1\. buy milk/)
    expect(await town.shown(/On your list/)).toHaveLength(1)
  })
})

describe.each([{ backend: 'Postgres' }, { backend: 'Redis' }])(
  'processes with their queues on $backend',
  { timeout: 60_000 },
  ({ backend }) => {
    it.skipIf(backend === 'Redis' && !redis)('share the work: each listens to one place, and another one delivers', async () => {
      const queues: Readonly<Record<string, string>> =
        backend === 'Redis' && redis ? { REDIS_URL: stack.use(await startRedis(redis)).url } : {}
      const towns = [await slackTown(), await discordTown(), await webTown()].map((town) => stack.use(town))
      await Promise.all(towns.map((town) => start(town, { ...queues, ROLES: town.platform })))
      for (const town of towns) {
        await town.writes('remind me in 1 second to stretch')
        expect((await town.next()).words).toContain('stretch')
      }
      const tokens = Object.assign({}, ...towns.map(({ environment }) => environment))
      const jobs = stack.use(await startProgram({ DATABASE_URL: databaseUrl, ...secret, ...tokens, ...queues, ROLES: 'jobs' }))
      for (const town of towns) expect((await town.next()).words).toContain('stretch')
      expect((await jobs.stop('SIGTERM')).code).toBe(0)
    })
  },
)
