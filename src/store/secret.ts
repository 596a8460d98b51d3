import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The key that signs what we hand out, made on the first start and kept for the owner's eyes only. */
export async function secretKey(home: string): Promise<string> {
  const file = join(home, 'secret-key')
  await mkdir(home, { recursive: true, mode: 0o700 })
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  }
  return (await readFile(file, 'utf8')).trim()
}
