import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BotError } from '#core/errors.ts'
import { makeHome, unusable } from './home.ts'

/** As SECRET_KEY itself. */
const shortest = 32

/**
 * The key that signs what we hand out, made on the first start and kept for the owner's eyes only.
 *
 * Written whole before it gets its name, so that of several processes that start together all read the
 * same one. Throws `BotError` `misconfigured` when the file holds no usable key.
 */
export async function secretKey(home: string): Promise<string> {
  const file = join(home, 'secret-key')
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept === undefined) await makeKey(home, file)
  const key = (kept ?? (await readFile(file, 'utf8'))).trim()
  if (key.length < shortest)
    throw new BotError(
      'misconfigured',
      `${file} holds no usable key: remove it, and the next start makes a new one (buttons of older messages stop working).`,
    )
  return key
}

async function makeKey(home: string, file: string): Promise<void> {
  const draft = `${file}.${process.pid}`
  await makeHome(home)
  try {
    await writeFile(draft, `${randomBytes(shortest).toString('base64url')}\n`, { mode: 0o600 })
    await link(draft, file)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw unusable(home, cause)
  } finally {
    await rm(draft, { force: true })
  }
}
