import type { Account, Authenticate } from './ports.ts'

export interface Tokens {
  /** Whom a token lets in; undefined when it is not one of ours. */
  holder(token: string): Promise<{ readonly user: string; readonly name: string } | undefined>
  /** Whether any token was ever made here. */
  exist(): Promise<boolean>
}

export interface Door {
  readonly host: string
  /** PUBLIC_URL, when it is set. */
  readonly publicUrl: string | undefined
  readonly tokens: Tokens
}

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3}|localhost)$/
const local: Account = { user: 'local', name: 'You', space: 'local' }

/**
 * Lets in whoever holds a token. While we are reached on loopback alone and nobody has made a token, whoever
 * sits at this machine needs none; what a proxy brings from elsewhere is not at this machine.
 */
export function authenticated({ host, publicUrl, tokens }: Door): Authenticate {
  // An address that others use means a proxy, and not every proxy says for whom it asks.
  const alone = loopback.test(host) && (publicUrl === undefined || loopback.test(new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')))
  return async (token, remoteAddress) => {
    if (token !== undefined) {
      const holder = await tokens.holder(token)
      return holder && { ...holder, space: 'local' }
    }
    const here = alone && loopback.test(remoteAddress)
    return here && !(await tokens.exist()) ? local : undefined
  }
}
