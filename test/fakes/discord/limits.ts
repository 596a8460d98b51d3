import { createHash } from 'node:crypto'
import type { Settings } from './options.ts'

export interface Bucket {
  readonly headers: Readonly<Record<string, string>>
  /** Seconds to wait, when this request is one too many. */
  readonly retryAfter: number | undefined
}

/** Rate limits by route and major id: messages as the real service has them, the rest generous. */
export function createLimits({ messagesPerWindow, scale }: Settings) {
  const windows = new Map<string, { used: number; readonly ends: number }>()

  function count(method: string, route: string, major: string): Bucket {
    const isPost = method === 'POST' && route === '/channels/:id/messages'
    const limit = isPost ? messagesPerWindow : 50
    const name = createHash('md5').update(`${method} ${route}`).digest('hex')
    const key = `${name}:${major}`
    const now = Date.now()
    const open = windows.get(key)
    const current = open && open.ends > now ? open : { used: 0, ends: now + 5_000 * scale }
    current.used += 1
    windows.set(key, current)
    const after = Math.max(0, current.ends - now) / 1_000
    return {
      retryAfter: current.used > limit ? after : undefined,
      headers: {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(Math.max(0, limit - current.used)),
        'x-ratelimit-reset': (current.ends / 1_000).toFixed(3),
        'x-ratelimit-reset-after': after.toFixed(3),
        'x-ratelimit-bucket': name,
      },
    }
  }

  return { count }
}
