import { enableCompileCache } from 'node:module'
import { BotError } from '#core/errors.ts'

enableCompileCache()

interface Verb {
  readonly what: string
  /** Each way to say it, without the program's name. */
  readonly usage: readonly string[]
  run(words: readonly string[]): Promise<void>
}

/** What `ducktape VERB` does, each loaded only when it is asked for. */
const verbs: Readonly<Record<string, Verb>> = {
  start: {
    what: 'start every role that has what it needs',
    usage: ['start'],
    run: async (words) => (await import('./cli/start.ts')).run(words),
  },
  understand: {
    what: 'show what a sentence is read as',
    usage: [
      'understand [--now ISO] [--time-zone ZONE] [--locale LOCALE] [--overheard] [--occurrences N] "text"',
      'understand --jsonl   (requests from standard input, one JSON object a line)',
    ],
    run: async (words) => (await import('./cli/understand.ts')).run(words),
  },
  occurrences: {
    what: 'expand recurrence rules (RFC 5545)',
    usage: ['occurrences --jsonl   (requests from standard input, one JSON object a line)'],
    run: async (words) => (await import('./cli/occurrences.ts')).run(words),
  },
  chat: {
    what: 'talk to the running server',
    usage: ['chat [--url URL] [--token TOKEN]'],
    run: async (words) => (await import('./cli/chat.ts')).run(words),
  },
  doctor: {
    what: 'check configuration, Postgres, Redis and tokens',
    usage: ['doctor'],
    run: async (words) => (await import('./cli/doctor.ts')).run(words),
  },
  token: {
    what: 'let a program, a person or a browser in',
    usage: ['token create [--name NAME] [--person NAME] [--scope person|admin]', 'token list', 'token login ID', 'token revoke ID'],
    run: async (words) => (await import('./cli/token.ts')).run(words),
  },
  import: {
    what: 'take a calendar in',
    usage: ['import FILE.ics|FILE.csv|URL [--calendar NAME] [--time-zone ZONE] [--yes]'],
    run: async (words) => (await import('./cli/import.ts')).run(words),
  },
  export: {
    what: 'give a calendar out',
    usage: ['export [FILE] [--calendar NAME] [--csv]'],
    run: async (words) => (await import('./cli/export.ts')).run(words),
  },
  'dead-letters': {
    what: 'see what was given up on, and tell it again',
    usage: ['dead-letters list', 'dead-letters retry ID…', 'dead-letters retry --all'],
    run: async (words) => (await import('./cli/dead-letters.ts')).run(words),
  },
  migrate: {
    what: 'bring the database to the schema of this release',
    usage: ['migrate'],
    run: async (words) => (await import('./cli/migrate.ts')).run(words),
  },
}

const asksHelp = (word: string | undefined): boolean => word !== undefined && ['help', '--help', '-h'].includes(word)

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (err) => process.exit('code' in err && err.code === 'EPIPE' ? 0 : 1))

const [verb = 'help', ...words] = process.argv.slice(2)
const chosen = verbs[verb]
try {
  // Words after `--` are text, whatever they look like.
  const options = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  if (chosen && options.some((word) => word === '--help' || word === '-h')) explain(chosen)
  else if (chosen) await chosen.run(words)
  else if (asksHelp(verb)) help(words[0])
  else {
    process.stderr.write(`ducktape knows no “${verb}”. ${overview()}`)
    process.exitCode = 2
  }
} catch (cause) {
  process.stderr.write(isForPeople(cause) ? `ducktape ${verb}: ${cause.message}\n` : `ducktape ${verb} failed.\n${whole(cause)}\n`)
  process.exitCode = 1
}

/** What a person can mend is one line, a wrong word, option or file among it; what they cannot is a defect, shown whole. */
function isForPeople(cause: unknown): cause is Error {
  if (cause instanceof BotError || cause instanceof RangeError) return true
  return cause instanceof Error && 'code' in cause && (cause instanceof TypeError || 'path' in cause)
}

function whole(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}

function help(about: string | undefined): void {
  const verb = about === undefined ? undefined : verbs[about]
  if (verb) explain(verb)
  else process.stdout.write(overview())
}

function explain({ what, usage }: Verb): void {
  process.stdout.write(`${what}\n\n${usage.map((way) => `  npm run -s ducktape -- ${way}\n`).join('')}`)
}

function overview(): string {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length))
  const lines = Object.entries(verbs).map(([name, { what }]) => `  ${name.padEnd(width)}  ${what}\n`)
  return `Usage: npm run -s ducktape -- VERB\n\n${lines.join('')}\nVERB --help shows what goes with it. Settings are environment variables: see the README.\n`
}
