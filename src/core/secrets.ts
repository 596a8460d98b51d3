import { createHash } from 'node:crypto'

/** What is kept of the secret of a feed: there is no dictionary of 256-bit numbers, so a plain hash protects it. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
