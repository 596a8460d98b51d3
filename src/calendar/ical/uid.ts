import { createHash } from 'node:crypto'

/** The UID of what has none: the same words give the same one, so that importing them twice adds nothing. */
export function madeUid(words: string): string {
  return `${createHash('sha256').update(words).digest('hex').slice(0, 32)}@imported`
}
