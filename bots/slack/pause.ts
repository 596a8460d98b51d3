import { setTimeout as sleep } from 'node:timers/promises'

/** Waits so many milliseconds, and keeps no process alive for it. */
export function pause(ms: number): Promise<undefined> {
  return sleep(Math.max(0, ms), undefined, { ref: false })
}
