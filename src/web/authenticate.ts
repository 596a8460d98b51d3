import type { Account, Authenticate } from './ports.ts'

export interface Tokens {
  /** Whom a token lets in; undefined when it is not one of ours. */
  holder(token: string): Promise<{ readonly user: string; readonly name: string } | undefined>
  /** Whether any token was ever made here. */
  exist(): Promise<boolean>
}

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3}|localhost)$/
const local: Account = { user: 'local', name: 'You', space: 'local' }

/**
 * Lets in whoever holds a token. While we listen on loopback alone and nobody has made a token, whoever
 * sits at this machine needs none; what a proxy brings from elsewhere is not at this machine.
 */
export function authenticated({ host, tokens }: { readonly host: string; readonly tokens: Tokens }): Authenticate {
  return async (token, remoteAddress) => {
    if (token !== undefined) {
      const holder = await tokens.holder(token)
      return holder && { ...holder, space: 'local' }
    }
    const here = loopback.test(host) && loopback.test(remoteAddress)
    return here && !(await tokens.exist()) ? local : undefined
  }
}
