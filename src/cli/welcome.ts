import type { Config } from '../config.ts'
import type { Running } from '../main.ts'

/** What a person sees once everything runs: where things are, and what is still missing. */
export function welcome(
  config: Config,
  { url, servesPage, isConnected }: Pick<Running, 'url' | 'servesPage' | 'isConnected'>,
  seconds: number,
): string {
  const missing = (...set: readonly (readonly [string, string | undefined])[]) => set.filter(([, value]) => !value).map(([name]) => name)
  const slack = missing(['SLACK_BOT_TOKEN', config.slack.botToken], ['SLACK_APP_TOKEN', config.slack.appToken])
  const discord = missing(['DISCORD_TOKEN', config.discord.token])
  const chat = (role: 'slack' | 'discord', names: readonly string[]) => {
    if (!config.roles.has(role)) return `not in this process (ROLES=${[...config.roles].join(',')})`
    if (names.length > 0) return `off: set ${names.join(' and ')}`
    return isConnected(role) ? 'connected' : 'not reached yet; I keep trying'
  }
  const rows: readonly (readonly [string, string])[] = [
    ...(servesPage
      ? ([
          ['Page', `${url}/`],
          ['API', `${url}/api/docs`],
        ] as const)
      : []),
    ['Metrics', `${url}/metrics`],
    ['Slack', chat('slack', slack)],
    ['Discord', chat('discord', discord)],
    [
      'Reminders',
      config.roles.has('jobs')
        ? `delivered by this process, queued on ${config.redisUrl ? 'Redis' : 'Postgres'}`
        : 'delivered by another process (ROLES=jobs)',
    ],
    ['Data', config.databaseUrl ? 'in the Postgres of DATABASE_URL' : config.home],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, value]) => `    ${name.padEnd(width)}   ${value}`)
  return `\n  DuckTape is ready (${seconds.toFixed(1)} s)\n\n${lines.join('\n')}\n\n  Ctrl-C stops everything.\n\n`
}
