import type { Authenticate } from './ports.ts'

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3}|localhost)$/

/**
 * Whoever sits at this machine is let in without a token, as the local person, while we listen on
 * loopback alone. What a proxy brings from elsewhere is not at this machine.
 */
export function localOnly(host: string): Authenticate {
  const open = loopback.test(host)
  return async (token, remoteAddress) => {
    if (token !== undefined || !open || !loopback.test(remoteAddress)) return undefined
    return { user: 'local', name: 'You', space: 'local' }
  }
}
