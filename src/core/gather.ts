import { setTimeout as pause } from 'node:timers/promises'

/** After so many milliseconds a batch counts as held up, and another one goes on beside it: so many at most. */
const heldUp = 200
const mostAtOnce = 4

interface Asked<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (cause: unknown) => void
}

/**
 * Answers many calls with one: what is asked for while a batch is under way makes the next one. Nobody waits
 * for others to come, so a call that is alone costs what it would cost without this.
 *
 * `work` gives back a result for each item, in their order; when it fails, all of them fail. What nobody waits for may
 * `linger` for company, in milliseconds.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  most = 200,
  linger = 0,
): (item: Item) => Promise<Result> {
  const waiting: Asked<Item, Result>[] = []
  let underway = 0
  let lastBegan = 0

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      if (linger > 0) await pause(linger)
      lastBegan = performance.now()
      const batch = waiting.splice(0, most)
      try {
        const results = await work(batch.map(({ item }) => item))
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result)
      } catch (cause) {
        for (const { reject } of batch) reject(cause)
      }
    }
    underway -= 1
  }

  return (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    waiting.push({ item, resolve, reject })
    if (underway === 0 || (underway < mostAtOnce && performance.now() - lastBegan > heldUp)) {
      underway += 1
      // Whatever else this turn of the event loop brings comes along.
      setImmediate(() => void run())
    }
    return promise
  }
}
