/**
 * Runs a query again whenever its answer may have changed.
 *
 * Changes that arrive while the query runs cause one more run after it, however many they were.
 */
export function createLive(run: () => Promise<void>): () => Promise<void> {
  let running = false
  let stale = false

  return async () => {
    stale = true
    if (running) return
    running = true
    try {
      while (stale) {
        stale = false
        await run()
      }
    } finally {
      running = false
    }
  }
}
