import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Redis } from 'ioredis'
import { freePort } from './port.ts'

export interface RunningRedis extends AsyncDisposable {
  readonly url: string
  /** Removes everything that it keeps. */
  empty(): Promise<void>
  /** Ends it as a power cut does; nothing that it kept is on disk. */
  crash(): Promise<void>
  /** Starts it again at the same address. */
  again(): Promise<void>
}

/** A real Redis of one's own, empty, on loopback; ended on dispose. `detached`: a Ctrl-C in the terminal does not reach it. */
export async function startRedis(program: string, { detached = false } = {}): Promise<RunningRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'ducktape-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let child = await launch(program, folder, port, detached)

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  return {
    url,
    async empty() {
      const client = new Redis(url)
      await client.flushall()
      client.disconnect()
    },
    crash: () => end('SIGKILL'),
    async again() {
      child = await launch(program, folder, port, detached)
    },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function launch(
  program: string,
  folder: string,
  port: number,
  detached: boolean,
): Promise<ChildProcessByStdio<null, Readable, null>> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn(program, settings, { stdio: ['ignore', 'pipe', 'ignore'], detached })
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('Ready to accept connections')) break
  return child
}
