import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { BotMeter } from '#core/ports.ts'
import type { Connection, Timing } from './connection.ts'

/** A connection that ended sooner than this, in milliseconds, counts as a failed try. */
const tooShortMs = 2_000

export interface LineOptions {
  /** One try: resolves with a live connection, throws `BotError` or what the socket said. */
  readonly dial: () => Promise<Connection>
  readonly timing: Timing
  readonly meter: BotMeter
  readonly log: Logger
}

export interface Line {
  /** Settles with the first try: connected, or not yet. Rejects when the operator has to change something. */
  readonly firstTry: Promise<void>
  /** Stops dialling and retires what is connected. */
  hangUp(): Promise<void>
}

/** Stays connected: a connection that Slack wants to end is replaced before it is given up. */
export function keepConnected({ dial, timing, meter, log }: LineOptions): Line {
  const stop = new AbortController()
  const firstTry = Promise.withResolvers<void>()
  const retiring = new Set<Promise<void>>()
  let current: Connection | undefined
  let tries = 0
  let connections = 0

  async function run() {
    let failures = 0
    while (!stop.signal.aborted) {
      const began = performance.now()
      tries += 1
      try {
        await hold(await dial())
        if (performance.now() - began > tooShortMs) {
          failures = 0
          continue
        }
        failures += 1
        await sleep(backoff(failures), undefined, { signal: stop.signal }).catch(() => undefined)
      } catch (error) {
        // Wrong tokens at the start are for the operator; later they may be a passing fault of Slack's.
        if (tries === 1 && error instanceof BotError && error.code === 'misconfigured') return firstTry.reject(error)
        failures += 1
        await missed(error, failures)
      }
    }
  }

  async function hold(next: Connection) {
    if (stop.signal.aborted) return next.drop()
    if (current) retire(current)
    current = next
    connections += 1
    meter.connected('slack', true)
    if (connections > 1) meter.reconnected('slack')
    log.info({ platform: 'slack', connection: connections }, 'slack connected')
    firstTry.resolve()

    const ending = await next.ending
    if (stop.signal.aborted) return
    if (ending.kind === 'lost') meter.connected('slack', false)
    log.info({ platform: 'slack', ending: ending.kind, reason: ending.reason }, 'slack connection ends')
  }

  async function missed(error: unknown, failures: number) {
    if (!current?.alive()) meter.connected('slack', false)
    log.warn({ platform: 'slack', err: error, failures }, 'slack cannot be reached')
    firstTry.resolve()
    const asked = error instanceof BotError ? (error.retryAfter ?? 0) : 0
    await sleep(Math.max(asked, backoff(failures)), undefined, { signal: stop.signal }).catch(() => undefined)
  }

  /** Spread, so that many processes do not come back at the same moment. */
  function backoff(failures: number): number {
    return Math.min(timing.maxRetry, timing.retry * 2 ** Math.min(failures - 1, 10)) * (0.5 + Math.random() / 2)
  }

  function retire(connection: Connection) {
    const done = connection.retire().finally(() => retiring.delete(done))
    retiring.add(done)
  }

  void run()

  return {
    firstTry: firstTry.promise,
    async hangUp() {
      stop.abort()
      firstTry.resolve()
      if (current) retire(current)
      await Promise.all(retiring)
      meter.connected('slack', false)
    },
  }
}
