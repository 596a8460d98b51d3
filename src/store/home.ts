import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { BotError } from '#core/errors.ts'

/** Makes the data folder where there is none, for its owner alone. Throws `BotError` `misconfigured`. */
export async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw unusable(home, cause)
  }
}

/** A new Postgres takes 40 MB, and one that has no room for its journal stops. */
const leastRoom = 64 * 1_024 * 1_024

/** Throws `BotError` `misconfigured` when the data folder, or what it would be made in, takes nothing in. */
export async function checkHome(home: string): Promise<void> {
  try {
    const present = await nearest(home)
    await access(present, constants.W_OK | constants.X_OK)
    const { bavail, bsize } = await statfs(present)
    if (bavail * bsize < leastRoom) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
  } catch (cause) {
    throw unusable(home, cause)
  }
}

async function nearest(path: string): Promise<string> {
  try {
    await access(path)
    return path
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') || dirname(path) === path) throw cause
    return nearest(dirname(path))
  }
}

/** Why nothing can be kept in the data folder, and what to do about it. */
export function unusable(home: string, cause: unknown): BotError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return new BotError('misconfigured', `The data folder ${home} ${trouble[code] ?? trouble.EACCES}`, { cause })
}

const elsewhere = 'or set DUCKTAPE_HOME to another folder.'
const trouble: Readonly<Record<string, string>> = {
  EACCES: `is not writable: change its owner, ${elsewhere}`,
  EROFS: `is on a disk that is read-only: mount it for writing, ${elsewhere}`,
  ENOSPC: `is on a disk that is full: make room there, ${elsewhere}`,
  EDQUOT: `has used up its share of the disk: make room there, ${elsewhere}`,
  EEXIST: `is a file: remove it, ${elsewhere}`,
  ENOTDIR: `lies below a file: remove that, ${elsewhere}`,
}
