import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What is kept of the secret of a feed: there is no dictionary of 256-bit numbers, so a plain hash protects it. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Keeps texts so that whoever reads the database alone does not learn them. */
export interface Seal {
  close(text: string): string
  /** Undefined when it was closed with another key. What was never closed is given back as it is. */
  open(sealed: string): string | undefined
  /** The same for the same text, and of no use without the key. */
  mark(text: string): string
}

// "sealed1.4f2a…"
const prefix = 'sealed1.'
const bytes = { key: 32, nonce: 12, tag: 16 } as const

/** AES-256-GCM (NIST SP 800-38D) with keys of their own, made from SECRET_KEY. */
export function createSeal(secret: string): Seal {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', use, bytes.key))
  const [key, marks] = [keyFor('stored addresses'), keyFor('marks of stored addresses')]
  return {
    close(text) {
      const nonce = randomBytes(bytes.nonce)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${prefix}${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(sealed) {
      if (!sealed.startsWith(prefix)) return sealed
      const all = Buffer.from(sealed.slice(prefix.length), 'base64url')
      const tagEnd = bytes.nonce + bytes.tag
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, bytes.nonce), { authTagLength: bytes.tag })
        decipher.setAuthTag(all.subarray(bytes.nonce, tagEnd))
        return Buffer.concat([decipher.update(all.subarray(tagEnd)), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
    mark: (text) => createHmac('sha256', marks).update(text).digest('base64url'),
  }
}
