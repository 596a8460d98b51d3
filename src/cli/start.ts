import { parseArgs } from 'node:util'
import { isLostConnection } from '#store/client.ts'
import { createLog } from '#telemetry/log.ts'
import { readConfig } from '../config.ts'
import { start } from '../main.ts'
import { settle } from './settle.ts'
import { welcome } from './welcome.ts'

/** How long stopping may take before it is cut short, in milliseconds. */
const patience = 9_000
/** A signal this soon after the first, in milliseconds, is the same wish: npm hands on a Ctrl-C that the terminal sent us already. */
const sameWish = 1_000

/** How long after its start a process settles, in milliseconds: what it has begun by then is done. */
const settlesAfter = 2_000

/** Starts DuckTape and stops it on Ctrl-C or SIGTERM. */
export async function run(words: readonly string[]): Promise<void> {
  parseArgs({ args: [...words] })
  const config = readConfig()
  const terminal = Boolean(process.stdout.isTTY)
  const log = createLog({ level: config.logLevel, pretty: terminal })
  // A part that fails where nobody waits for it is told; the process lives, since the other parts do.
  process.on('unhandledRejection', (err) => log.error({ err }, 'unhandled rejection'))
  // A library may not listen to a connection yet at the moment that the database cuts it; whoever uses it next gets a new one.
  process.on('uncaughtException', (err) => {
    if (isLostConnection(err)) return log.warn({ err }, 'a connection to the database was cut')
    log.fatal({ err }, 'uncaught exception')
    process.exit(1)
  })

  const stopping = Promise.withResolvers<NodeJS.Signals>()
  let firstAsked: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const now = performance.now()
      firstAsked ??= now
      stopping.resolve(signal)
      if (now - firstAsked > sameWish) process.exit(130)
    })
  }
  const starting = start(config, log)
  const first = await Promise.race([starting, stopping.promise])
  if (typeof first !== 'string') {
    process.stdout.write(welcome(config, first, performance.now() / 1_000))
    setTimeout(settle, settlesAfter).unref()
  }

  const signal = await stopping.promise
  log.info({ signal }, 'stopping')
  setTimeout(() => {
    log.fatal('stopping took too long, and was cut short')
    process.exit(1)
  }, patience).unref()
  // What was only just starting is stopped all the same.
  const running = await starting
  await running[Symbol.asyncDispose]()
  log.info('stopped')
  // A connection that still waits for a server which is gone shall not keep us.
  process.exit()
}
