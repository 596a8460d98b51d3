import { resolve } from 'node:path'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'

export const roles = ['slack', 'discord', 'web', 'jobs'] as const
export type Role = (typeof roles)[number]

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const whole = (low: number, high: number) =>
  z.coerce
    .number({ error: `a whole number from ${low} to ${high}` })
    .int()
    .min(low)
    .max(high)
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

/** Every variable that DuckTape reads, and what it takes when it is not set. */
const Environment = z.object({
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  DUCKTAPE_HOME: z.string().default('.ducktape'),
  ROLES: z
    .string()
    .default(roles.join(','))
    .transform((text) =>
      text
        .split(',')
        .map((role) => role.trim())
        .filter(Boolean),
    )
    .pipe(
      z.array(z.enum(roles, { error: `names out of ${roles.join(', ')}, separated by commas` })).min(1, { error: 'at least one role' }),
    ),
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: whole(0, 65_535).optional(),
  PUBLIC_URL: url('http:', 'https:').optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^(?:xoxe\.)?xoxb-/, { error: 'a bot token, which begins with xoxb-' })
    .optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', { error: 'an app-level token, which begins with xapp-' }).optional(),
  SLACK_API_URL: url('http:', 'https:').default('https://slack.com/api/'),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_API_URL: url('http:', 'https:').default('https://discord.com/api'),
  SECRET_KEY: z.string().min(32, { error: 'at least 32 characters' }).optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `one of ${logLevels.join(', ')}` }).default('info'),
  MAX_CONNECTIONS: whole(1, 1_000_000).default(10_000),
  MAX_MESSAGE_BYTES: whole(1_024, 16_777_216).default(65_536),
  MAX_BATCH_SIZE: whole(1, 100_000).default(1_000),
})

/** The names of the variables, for the table in the README and its test. */
export const variables = Object.keys(Environment.shape) as readonly (keyof typeof Environment.shape)[]

export interface Config {
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  readonly home: string
  readonly roles: ReadonlySet<Role>
  readonly http: { readonly host: string; readonly port: number; readonly publicUrl: string | undefined }
  readonly slack: { readonly botToken: string | undefined; readonly appToken: string | undefined; readonly apiUrl: string }
  readonly discord: { readonly token: string | undefined; readonly apiUrl: string }
  readonly secretKey: string | undefined
  readonly logLevel: LogLevel
  readonly limits: { readonly maxConnections: number; readonly maxMessageBytes: number; readonly maxBatchSize: number }
}

/**
 * Reads the environment: the only place that does.
 *
 * A variable that is set to nothing counts as not set. Throws `BotError` `misconfigured` that names
 * every wrong variable at once and what it should be; values are not repeated, since they may be secret.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const read = Environment.safeParse(set)
  if (!read.success) {
    const problems = read.error.issues.map(
      (issue) => `${issue.path[0] === undefined ? '' : `${String(issue.path[0])}: should be `}${issue.message}`,
    )
    throw new BotError('misconfigured', `The environment is not right:\n  ${[...new Set(problems)].join('\n  ')}`)
  }
  const { data } = read
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    home: resolve(data.DUCKTAPE_HOME),
    roles: new Set(data.ROLES),
    http: { host: data.HTTP_HOST, port: data.HTTP_PORT ?? defaultPort(data.ROLES), publicUrl: data.PUBLIC_URL },
    slack: { botToken: data.SLACK_BOT_TOKEN, appToken: data.SLACK_APP_TOKEN, apiUrl: data.SLACK_API_URL },
    discord: { token: data.DISCORD_TOKEN, apiUrl: data.DISCORD_API_URL },
    secretKey: data.SECRET_KEY,
    logLevel: data.LOG_LEVEL,
    limits: { maxConnections: data.MAX_CONNECTIONS, maxMessageBytes: data.MAX_MESSAGE_BYTES, maxBatchSize: data.MAX_BATCH_SIZE },
  }
}

/** The page's port is left to the page, whichever process starts first. */
function defaultPort(wanted: readonly Role[]): number {
  return wanted.includes('web') ? 3_000 : 3_001
}
