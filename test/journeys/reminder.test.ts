import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
  it('is reminded a moment later, again after a snooze until it is done, and of nothing that was undone', async () => {
    const town = stack.use(await open())
    const program = await start(town)
    await town.writes('remind me in 1 second to stretch')
    const said = await town.next()
    expect(said.words).toContain('stretch')
    expect(said.buttons).toEqual(['Undo'])
    const rung = await town.next()
    expect(rung.words).toContain('stretch')
    await town.presses(rung, 'Snooze 20 min')
    expect((await town.next()).words).toMatch(/come back to .*stretch/)
    await program.stop('SIGTERM')
    await letTimePass()
    await start(town)
    const again = await town.next()
    expect(again.words).toContain('stretch')
    await town.presses(again, 'Done')
    expect((await town.next()).words).toMatch(/Done: .*stretch/)

    await town.writes('remind me in 2 hours to eat')
    const echo = await town.next()
    await town.presses(echo, 'Undo')
    expect((await town.next()).words).toMatch(/Undone.*eat/)
    await town.writes('list my reminders')
    expect((await town.next()).words).not.toContain('eat')
  })

  it('gets what fell due while the program was dead, once', async () => {
    const town = stack.use(await open())
    const program = await start(town)
    await town.writes('remind me in 10 minutes to stretch')
    await town.next()
    await program.stop('SIGKILL')
    await letTimePass()
    await start(town)
    expect((await town.next()).words).toMatch(/stretch/)
    await town.writes('list my reminders')
    expect((await town.next()).words).toMatch(/stretch/)
    expect(await town.shown(/was due/)).toHaveLength(1)
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

describe.each([
  { backend: 'Postgres', place: 'Slack', open: () => slackTown(), role: 'slack' },
  { backend: 'Postgres', place: 'Discord', open: () => discordTown(), role: 'discord' },
  { backend: 'Postgres', place: 'the page', open: webTown, role: 'web' },
  { backend: 'Redis', place: 'Slack', open: () => slackTown(), role: 'slack' },
  { backend: 'Redis', place: 'the page', open: webTown, role: 'web' },
])('two processes with their queues on $backend', { timeout: 60_000 }, ({ backend, place, open, role }) => {
  it.skipIf(backend === 'Redis' && !redis)(`share the work: one listens to ${place}, the other delivers`, async () => {
    const town = stack.use(await open())
    const queues: Readonly<Record<string, string>> =
      backend === 'Redis' && redis ? { REDIS_URL: stack.use(await startRedis(redis)).url } : {}
    await start(town, { ...queues, ROLES: role })
    await town.writes('remind me in 1 second to stretch')
    expect((await town.next()).words).toContain('stretch')
    const jobs = await start(town, { ...queues, ROLES: 'jobs' })
    expect((await town.next()).words).toContain('stretch')
    expect((await jobs.stop('SIGTERM')).code).toBe(0)
  })
})
