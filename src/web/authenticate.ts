import type { Clock } from '#core/ports.ts'
import { lifetime, type Sessions } from '#core/sessions.ts'
import type { Account, Authenticate, Login } from './ports.ts'

export interface Holder {
  readonly user: string
  readonly name: string
  readonly admin: boolean
}

export interface Tokens {
  /** Whom a token lets in; undefined when it is not one of ours. */
  holder(token: string): Promise<Holder | undefined>
  /** The same of a token that is known by its id; undefined once it was revoked. */
  holderById(id: string): Promise<Holder | undefined>
  /** True for the first who spends it. */
  spend(nonce: string): Promise<boolean>
  /** Whether any token was ever made here. */
  exist(): Promise<boolean>
}

/** Links that people were given in a chat. */
export interface Links {
  /** The id of the link, for the first who opens it while it counts. */
  redeem(secret: string, at: Temporal.Instant): Promise<string | undefined>
  /** Whom a link that was opened has let in. */
  holder(id: string, at: Temporal.Instant): Promise<Holder | undefined>
}

export interface Door {
  readonly host: string
  /** PUBLIC_URL, when it is set. */
  readonly publicUrl: string | undefined
  readonly tokens: Tokens
  readonly links: Links
  readonly sessions: Sessions
  readonly clock: Clock
}

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3}|localhost)$/
const local: Account = { user: 'local', name: 'You', admin: true }

/**
 * Lets in whoever holds a token, or a session that stands for one. While we are reached on loopback alone and nobody has made a token, whoever
 * sits at this machine needs none; what a proxy brings from elsewhere is not at this machine.
 */
export function authenticated({ host, publicUrl, tokens, links, sessions, clock }: Door): Authenticate {
  // An address that others use means a proxy, and not every proxy says for whom it asks.
  const alone = loopback.test(host) && (publicUrl === undefined || loopback.test(new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')))
  return async (token, remoteAddress) => {
    if (token !== undefined) {
      const session = sessions.verify('session', token)
      if (!session) return tokens.holder(token)
      return (await tokens.holderById(session.tokenId)) ?? links.holder(session.tokenId, clock.now())
    }
    const here = alone && loopback.test(remoteAddress)
    return here && !(await tokens.exist()) ? local : undefined
  }
}

/** Makes a session of a link that counts once: of a token, or from a chat. */
export function createLogin({ tokens, links, sessions, clock }: Pick<Door, 'tokens' | 'links' | 'sessions' | 'clock'>): Login {
  return async (link) => {
    const fromChat = await links.redeem(link, clock.now())
    if (fromChat) return { session: sessions.issue('session', fromChat), seconds: lifetime.session, admin: false }
    const pass = sessions.verify('link', link)
    const holder = pass && (await tokens.holderById(pass.tokenId))
    if (!pass || !holder || !(await tokens.spend(pass.nonce))) return undefined
    return { session: sessions.issue('session', pass.tokenId), seconds: lifetime.session, admin: holder.admin }
  }
}
