/**
 * A query whose answer is sent again whenever it may have changed.
 *
 * Changes that arrive while the query runs cause one more run after it, however many they were.
 */
export function createLive(run: () => Promise<void>) {
  let running = false
  let stale = false

  return {
    async refresh(): Promise<void> {
      if (running) {
        stale = true
        return
      }
      running = true
      try {
        do {
          stale = false
          await run()
        } while (stale)
      } finally {
        running = false
      }
    },
  }
}
