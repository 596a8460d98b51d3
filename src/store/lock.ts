import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BotError } from '#core/errors.ts'
import { makeHome, unusable } from './home.ts'

/**
 * One program at a time on a data folder.
 *
 * The file holds our process id and when that process started, so that a later process with the same
 * number is not taken for the earlier one.
 * Throws `BotError` `misconfigured` when somebody else is there.
 */
export async function lockFolder(home: string): Promise<AsyncDisposable> {
  const file = join(home, 'ducktape.pid')
  await makeHome(home)
  try {
    await takeOver(file)
    await writeFile(file, `${process.pid} ${await startOf(process.pid)}\n`, { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if (cause instanceof BotError) throw cause
    throw cause instanceof Error && 'code' in cause && cause.code === 'EEXIST' ? inUse(home, cause) : unusable(home, cause)
  }
  return {
    async [Symbol.asyncDispose]() {
      await rm(file, { force: true })
    },
  }
}

async function takeOver(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const [pid = '', started = ''] = text.trim().split(' ')
  if (pid !== '' && started !== '' && (await startOf(Number(pid))) === started) throw inUse(file.replace(/\/[^/]+$/, ''), undefined, pid)
  await rm(file, { force: true })
}

function inUse(home: string, cause: unknown, pid?: string): BotError {
  const who = pid ? ` (process ${pid})` : ''
  return new BotError(
    'misconfigured',
    `DuckTape already runs on ${home}${who}: stop it first, or set DUCKTAPE_HOME to another folder. Several processes share one database when all set the same DATABASE_URL.`,
    { cause },
  )
}

/** When a process started, in the kernel's ticks; elsewhere than on Linux only that it lives. Empty when it is gone. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    if (process.platform === 'linux') return ''
  }
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch {
    return ''
  }
}
