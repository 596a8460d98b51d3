/** A token bucket's state: plain fields, since there is one for each socket. */
export interface Bucket {
  tokens: number
  /** When it was last filled, in milliseconds of the process's clock. */
  filledAt: number
}

export interface Rate {
  /** In the long run. */
  readonly perSecond: number
  /** At once. */
  readonly burst: number
}

export function fullBucket({ burst }: Rate): Bucket {
  return { tokens: burst, filledAt: performance.now() }
}

/** Takes one; false when there is nothing left. */
export function take(bucket: Bucket, { perSecond, burst }: Rate): boolean {
  const now = performance.now()
  bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1_000) * perSecond)
  bucket.filledAt = now
  if (bucket.tokens < 1) return false
  bucket.tokens -= 1
  return true
}
