import { createRequire } from 'node:module'
import { type DestinationStream, destination, type Level, type Logger, pino, stdTimeFunctions } from 'pino'
import { scrubLine } from './scrub.ts'

export type { Logger } from 'pino'

export interface LogOptions {
  readonly level: Level | 'silent'
  /** Coloured lines for people instead of JSON. */
  readonly pretty: boolean
  /** Standard output when absent. */
  readonly to?: DestinationStream
}

/**
 * One line of JSON an event, without secrets: fields named like one, and tokens inside any text, are
 * replaced before the line leaves the process.
 */
export function createLog({ level, pretty, to = destination({ fd: 1, sync: true }) }: LogOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: scrubLine },
    },
    pretty ? prettyLines(to, process.stdout.isTTY) : to,
  )
}

/** Loaded only on a terminal, so that a service does not pay for it. In this thread, so that no line is lost at exit. */
function prettyLines(to: DestinationStream, colorize: boolean): DestinationStream {
  const load = createRequire(import.meta.url)
  const { prettyFactory } = load('pino-pretty') as typeof import('pino-pretty')
  const format = prettyFactory({ colorize, translateTime: 'SYS:HH:MM:ss' })
  return { write: (line) => to.write(format(line)) }
}
