import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from './ports.ts'

/** `link` opens a session once; `session` is what a browser then shows with each request. */
type Kind = 'link' | 'session'

/** How long each counts, in seconds. */
export const lifetime = { link: 600, session: 12 * 3_600 } as const

export interface Pass {
  /** The id of the token that it stands for: whoever revokes that ends the session. */
  readonly tokenId: string
  /** Names this pass among all, so that a link can be spent. */
  readonly nonce: string
}

/** Passes that browsers can hold, signed with SECRET_KEY, since a token itself belongs into no address and no cookie. */
export interface Sessions {
  issue(kind: Kind, tokenId: string): string
  /** Undefined for what is not ours, was changed, is of the other kind or too old. */
  verify(kind: Kind, pass: string): Pass | undefined
}

export function createSessions(secret: string, clock: Clock): Sessions {
  const key = createHmac('sha256', secret).update('browser sessions').digest()
  const signature = (words: string) => createHmac('sha256', key).update(words).digest('base64url')
  const seconds = () => Math.floor(clock.now().epochMilliseconds / 1_000)

  return {
    issue(kind, tokenId) {
      const words = [kind, tokenId, seconds() + lifetime[kind], randomBytes(12).toString('base64url')].join('.')
      return `${words}.${signature(words)}`
    },
    verify(kind, pass) {
      const [given, tokenId, until, nonce, signed, ...rest] = pass.split('.')
      if (given !== kind || !tokenId || !until || !nonce || !signed || rest.length > 0) return undefined
      const expected = Buffer.from(signature([given, tokenId, until, nonce].join('.')))
      const shown = Buffer.from(signed)
      if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) return undefined
      return Number(until) > seconds() ? { tokenId, nonce } : undefined
    },
  }
}
