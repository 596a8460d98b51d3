import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { Problem } from './problem.ts'

/**
 * Keeps pages of other sites out.
 *
 * While nobody has made a token, a request from this machine acts as the local person. A browser on
 * this machine also runs other people's pages, so two things are asked of every request that could
 * act or read: that it names us as its host (a page whose own name was pointed at this address does
 * not), and that a page which sent it is one of ours.
 */
export function createGuard(publicUrl: () => URL) {
  function checkHost(request: IncomingMessage): string {
    const { host = '' } = request.headers
    const name = hostname(host)
    if (name === undefined || !(isLoopback(name) || name === publicUrl().hostname || name === ownAddress(request))) {
      throw new Problem(
        421,
        'wrong_host',
        `This server does not answer for "${host}". Open ${publicUrl().origin}, or set PUBLIC_URL to the address that people use.`,
      )
    }
    return host
  }

  return {
    /** Throws `Problem`. */
    check(request: IncomingMessage): void {
      const host = checkHost(request)
      const { origin } = request.headers
      if (origin === undefined || origin === publicUrl().origin || hostOf(origin) === host) return
      throw new Problem(403, 'foreign_origin', `Pages of ${origin} may not use this server. Open ${publicUrl().origin} instead.`)
    },
  }
}

/** The peer's address, or `forwarded` when a proxy says that it asks for somebody else. */
export function remoteAddress({ headers, socket }: IncomingMessage): string {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers['x-real-ip'] !== undefined) return 'forwarded'
  return socket.remoteAddress ?? ''
}

/** What a browser that signed in keeps. */
export const sessionCookie = 'duck_session'

/** The token of an `Authorization: Bearer` header, or else the session of a browser. */
export function credential({ headers }: IncomingMessage): string | undefined {
  const bearer = /^Bearer +(?<token>\S+)$/i.exec(headers.authorization ?? '')?.groups?.token
  return bearer ?? /(?:^|;\s*)duck_session=(?<session>[^;\s]+)/.exec(headers.cookie ?? '')?.groups?.session
}

function hostname(host: string): string | undefined {
  return URL.parse(`http://${host}`)?.hostname
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || (isIP(name) === 4 && name.startsWith('127.'))
}

/** The address that this connection came in on, as a host name: a number cannot be pointed elsewhere. */
function ownAddress({ socket }: IncomingMessage): string | undefined {
  const address = socket.localAddress?.replace('::ffff:', '')
  return address !== undefined && isIP(address) === 6 ? `[${address}]` : address
}
