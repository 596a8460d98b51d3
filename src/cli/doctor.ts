import { parseArgs } from 'node:util'
import { Redis } from 'ioredis'
import pg from 'pg'
import { BotError } from '#core/errors.ts'
import type { Finding } from '#core/finding.ts'
import { checkHome } from '#store/home.ts'
import { pendingMigrations } from '#store/migrate.ts'
import { type Config, readConfig } from '../config.ts'

/** Looks at everything that DuckTape needs, and says what to do about each. Exit code 1 when something is wrong. */
export async function run(words: readonly string[]): Promise<void> {
  parseArgs({ args: [...words] })
  const config = readConfig()
  const findings = [
    { name: 'Configuration', ok: true, detail: `roles ${[...config.roles].join(', ')}` },
    ...(await Promise.all([checkPostgres(config), checkRedis(config), slack(config), discord(config)])).flat(),
  ]
  for (const { name, ok, detail, fix } of findings) {
    process.stdout.write(`${ok ? '✓' : '✗'} ${name}: ${detail}\n${fix ? `    ${fix}\n` : ''}`)
  }
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1
}

async function checkPostgres({ databaseUrl, home }: Config): Promise<readonly Finding[]> {
  const name = 'Postgres'
  if (databaseUrl === undefined) {
    return checkHome(home).then(
      () => [{ name, ok: true, detail: `embedded, in ${home}` }],
      (cause) => [{ name, ok: false, detail: messageOf(cause) }],
    )
  }
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; number: number }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
    )
    await client.end()
    const [row] = rows
    if (!row || row.number < 140_000)
      return [{ name, ok: false, detail: `version ${row?.version}`, fix: 'DuckTape needs Postgres 14 or newer.' }]
    const pending = await pendingMigrations(databaseUrl)
    const schema = pending.length === 0 ? 'its schema is up to date' : 'the next start brings its schema up to date'
    return [{ name, ok: true, detail: `version ${row.version}; ${schema}` }]
  } catch (cause) {
    if (cause instanceof BotError) return [{ name, ok: false, detail: cause.message }]
    return [{ name, ok: false, detail: messageOf(cause), fix: 'Check DATABASE_URL, and that Postgres runs and lets this user in.' }]
  }
}

async function checkRedis({ redisUrl }: Config): Promise<readonly Finding[]> {
  const name = 'Redis'
  if (redisUrl === undefined) return [{ name, ok: true, detail: 'not used: queues are in Postgres (set REDIS_URL to use it)' }]
  const redis = new Redis(redisUrl, { lazyConnect: true, connectTimeout: 5_000, maxRetriesPerRequest: 0, retryStrategy: () => null })
  // Why it failed is told here; the command that waited says only that it is over.
  let why: Error | undefined
  redis.on('error', (err: Error) => {
    why = err
  })
  try {
    await redis.connect()
    const version = /redis_version:(?<version>[\d.]+)/.exec(await redis.info('server'))?.groups?.version ?? 'unknown'
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major < 6 || (major === 6 && minor < 2))
      return [{ name, ok: false, detail: `version ${version}`, fix: 'DuckTape needs Redis 6.2 or newer.' }]
    return [{ name, ok: true, detail: `version ${version}` }]
  } catch (cause) {
    return [
      {
        name,
        ok: false,
        detail: messageOf(why ?? cause),
        fix: 'Check REDIS_URL and that Redis runs; without REDIS_URL the queues are in Postgres.',
      },
    ]
  } finally {
    redis.disconnect()
  }
}

async function slack({ slack: { botToken, appToken, apiUrl } }: Config): Promise<readonly Finding[]> {
  if (!botToken && !appToken)
    return [{ name: 'Slack', ok: true, detail: 'not used (set SLACK_BOT_TOKEN and SLACK_APP_TOKEN; see the README)' }]
  if (!botToken || !appToken) {
    const [missing, fix] = botToken
      ? ['SLACK_APP_TOKEN', 'Generate an app-level token with connections:write under Basic Information (xapp-).']
      : ['SLACK_BOT_TOKEN', 'Copy the bot user token from Install App (xoxb-).']
    return [{ name: 'Slack', ok: false, detail: `${missing} is not set`, fix }]
  }
  const { checkSlack } = await import('#bots/slack/check.ts')
  return checkSlack({ botToken, appToken, apiUrl })
}

async function discord({ discord: { token, apiUrl } }: Config): Promise<readonly Finding[]> {
  if (!token) return [{ name: 'Discord', ok: true, detail: 'not used (set DISCORD_TOKEN; see the README)' }]
  const { checkDiscord } = await import('#bots/discord/check.ts')
  return checkDiscord({ token, apiUrl })
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}
