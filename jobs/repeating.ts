import { within } from '#core/within.ts'
import { patience } from './finish.ts'

/**
 * Runs a look again and again, one at a time, `every` so many milliseconds after the last, and at once when it is asked
 * for. Whoever asks while one is about to begin is content with that.
 */
export function repeating(every: number | (() => number), look: () => Promise<void>): { now(): void } & AsyncDisposable {
  let stopped = false
  let waits = false
  let timer: NodeJS.Timeout | undefined
  let running = run()

  async function run(): Promise<void> {
    waits = false
    clearTimeout(timer)
    if (stopped) return
    await look()
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(again, typeof every === 'number' ? every : every())
  }
  function again(): void {
    if (waits) return
    waits = true
    running = running.then(run)
  }
  return {
    now: again,
    async [Symbol.asyncDispose]() {
      stopped = true
      clearTimeout(timer)
      await within(patience, running)
    },
  }
}
