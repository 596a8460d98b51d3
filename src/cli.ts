import { enableCompileCache } from 'node:module'
import { BotError } from '#core/errors.ts'

enableCompileCache()

/** What `ducktape VERB` does, each loaded only when it is asked for. */
const verbs: Readonly<Record<string, { readonly what: string; run(words: readonly string[]): Promise<void> }>> = {
  start: { what: 'start every role that has what it needs', run: async () => (await import('./cli/start.ts')).run() },
  understand: {
    what: 'read a sentence: understand [--now ISO] [--time-zone ZONE] [--locale LOCALE] "text", or --jsonl for one request a line',
    run: async (words) => (await import('./cli/understand.ts')).run(words),
  },
  occurrences: {
    what: 'expand recurrence rules from standard input, one JSON request a line',
    run: async () => (await import('./cli/occurrences.ts')).run(),
  },
  chat: {
    what: 'talk to the running server: chat [--url URL] [--token TOKEN]',
    run: async (words) => (await import('./cli/chat.ts')).run(words),
  },
  doctor: { what: 'check configuration, Postgres, Redis and tokens', run: async () => (await import('./cli/doctor.ts')).run() },
  token: {
    what: 'let a program or a browser in: token create [--name NAME] [--scope admin], token list, token login ID, token revoke ID',
    run: async (words) => (await import('./cli/token.ts')).run(words),
  },
  import: {
    what: 'take a calendar in: import FILE.ics|FILE.csv|URL [--calendar NAME] [--time-zone ZONE]',
    run: async (words) => (await import('./cli/import.ts')).run(words),
  },
  export: {
    what: 'give a calendar out: export [FILE] [--calendar NAME] [--csv]',
    run: async (words) => (await import('./cli/export.ts')).run(words),
  },
  'dead-letters': {
    what: 'what was given up on: dead-letters list, dead-letters retry ID… | --all',
    run: async (words) => (await import('./cli/dead-letters.ts')).run(words),
  },
  migrate: { what: 'bring the database to the schema of this release', run: async () => (await import('./cli/migrate.ts')).run() },
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (err) => process.exit('code' in err && err.code === 'EPIPE' ? 0 : 1))

const [verb = 'help', ...words] = process.argv.slice(2)
const chosen = verbs[verb]
try {
  if (chosen) await chosen.run(words)
  else usage(verb)
} catch (cause) {
  // What a person can mend is one line; what they cannot is a defect, shown whole.
  if (cause instanceof BotError) process.stderr.write(`ducktape ${verb}: ${cause.message}\n`)
  else if (cause instanceof RangeError || (cause instanceof TypeError && 'code' in cause))
    process.stderr.write(`ducktape ${verb}: ${cause.message}\n`)
  else process.stderr.write(`ducktape ${verb} failed.\n${cause instanceof Error ? cause.stack : cause}\n`)
  process.exitCode = 1
}

function usage(asked: string): void {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length))
  const lines = Object.entries(verbs).map(([name, { what }]) => `  ${name.padEnd(width)}  ${what}`)
  const known = ['help', '--help', '-h'].includes(asked)
  if (!known) process.exitCode = 2
  const out = known ? process.stdout : process.stderr
  out.write(`${known ? '' : `ducktape knows no “${asked}”. `}Usage: npm run -s ducktape -- VERB\n\n${lines.join('\n')}\n`)
}
