/** A token bucket: `burst` at once, `perSecond` in the long run. */
export function createBucket({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }) {
  let tokens = burst
  let filledAt = performance.now()

  return {
    /** False when there is nothing left. */
    take(): boolean {
      const now = performance.now()
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond)
      filledAt = now
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
