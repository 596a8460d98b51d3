import pg from 'pg'
import { expect, inject, it } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { startProgram } from '../support/program.ts'

const secret = { SECRET_KEY: 'a key for tests of at least thirty-two characters' }

it('shows in every process what nobody tells, and says so when Postgres is away', { timeout: 60_000 }, async () => {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await openTestDatabase())
  const page = stack.use(await startProgram({ DATABASE_URL: url, ...secret, ROLES: 'web' }))
  const commanded = await fetch(`${page.url}/api/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'remind me in 5 minutes to stretch', timeZone: 'Europe/London' }),
  })
  expect(commanded.status).toBe(200)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`UPDATE reminder SET due_at = now() - interval '3 minutes'`)
  await client.end()
  const listener = stack.use(await startProgram({ DATABASE_URL: url, ...secret, ROLES: 'slack', HTTP_PORT: new URL(page.watchUrl).port }))
  expect(listener.url).toBeUndefined()
  expect(listener.watchUrl).not.toBe(page.watchUrl)
  expect((await fetch(`${listener.watchUrl}/health`)).status).toBe(200)
  expect((await fetch(`${listener.watchUrl}/ready`)).status).toBe(200)
  for (const { watchUrl } of [page, listener]) {
    const exposed = await (await fetch(`${watchUrl}/metrics`)).text()
    expect(exposed).toContain('ducktape_reminders_overdue{platform="web"} 1')
    expect(exposed).toMatch(/ducktape_reminder_overdue_seconds\{platform="web"\} 1[89]\d/)
    expect(exposed).toContain('ducktape_reminders_overdue{platform="slack"} 0')
    expect(exposed).toContain('ducktape_dependency_up{dependency="postgres"} 1')
    expect(exposed).toMatch(/ducktape_queue_jobs\{queue="remind-web",state="delayed"\} 1/)
    expect(exposed).toContain('ducktape_queue_oldest_job_seconds{queue="import"} 0')
  }

  const admin = new pg.Client({ connectionString: inject('postgres') })
  await admin.connect()
  const name = new URL(url).pathname.slice(1)
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
  await admin.end()
  for (const { watchUrl } of [page, listener]) {
    const exposed = async () => (await fetch(`${watchUrl}/metrics`)).text()
    await expect.poll(exposed, { timeout: 20_000 }).toContain('ducktape_dependency_up{dependency="postgres"} 0')
    expect(await exposed()).not.toMatch(/ducktape_(?:reminders?_overdue\w*|queue_\w+)\{/)
    expect((await fetch(`${watchUrl}/health`)).status).toBe(200)
    expect((await fetch(`${watchUrl}/ready`)).status).toBe(503)
  }
})
