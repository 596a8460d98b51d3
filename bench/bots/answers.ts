import type { Entry, Journal } from '../../test/fakes/journal.ts'
import type { Turn } from '../harness/benchmark.ts'
import type { Launched } from '../harness/launch.ts'

/** Somebody who asks, and the channel in which the answer is shown. */
export interface Asker {
  readonly channel: string
  ask(): void
}

/** Every asker asks once, a few at a time: from asking until the platform shows the answer, in milliseconds. */
export async function answers(server: Launched, journal: Journal, askers: readonly Asker[], together = 4): Promise<Turn> {
  const before = await server.usage()
  const figures: number[] = []
  const waiting = new Map<string, () => void>()
  using _ = journal.listen((entry) => {
    const channel = shownIn(entry)
    if (channel !== undefined) waiting.get(channel)?.()
  })
  let next = 0
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (let asker = askers[next++]; asker; asker = askers[next++]) {
        const { promise, resolve } = Promise.withResolvers<void>()
        waiting.set(asker.channel, resolve)
        const began = performance.now()
        asker.ask()
        await promise
        figures.push(performance.now() - began)
      }
    }),
  )
  return { figures, worked: (await server.usage()).worked - before.worked }
}

function shownIn({ kind, detail }: Entry): string | undefined {
  return kind === 'shown' ? String(detail.channel) : undefined
}
