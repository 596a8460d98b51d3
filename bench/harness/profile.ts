import type { Benchmark, Size } from './benchmark.ts'
import { ducktapes, farewells, type Launched } from './launch.ts'
import { sidesOf } from './measure.ts'
import { answer, type Question } from './questions.ts'

/** As long as ours runs for a profile at least, in milliseconds. */
const least = 5_000

/** Runs ours alone, in the process that does the work: this one, or the DuckTape that the benchmark started. */
export async function profileOf(
  benchmark: Benchmark,
  size: Size,
  { kind, file }: { readonly kind: 'cpu' | 'heap'; readonly file: string },
) {
  const contest = await benchmark.prepare(size)
  const { ours, warmUps } = sidesOf(contest, benchmark.unit, size)
  const [server] = ducktapes
  const ask = (question: Question) => (server ? server.ask(question) : answer(question))
  const ended = new Set<Launched>()
  farewells.add(async (launched) => {
    if (kind === 'heap' && ended.size === 0) await launched.ask({ about: 'heap', file })
    ended.add(launched)
  })
  for (let time = 0; time < Math.max(1, warmUps); time++) await ours()
  // Each turn has a process of its own: its heap was looked at before it ended.
  if (ended.size > 0 && kind === 'heap') return contest[Symbol.asyncDispose]?.()
  if (ended.size > 0) throw new Error('Every turn of this benchmark starts a process anew, so that none works for long enough: try heap')
  if (kind === 'cpu') await ask({ about: 'profile' })
  const began = performance.now()
  do await ours()
  while (performance.now() - began < least)
  if (kind === 'cpu') await ask({ about: 'profile', file })
  else if (!server) await answer({ about: 'heap', file })
  await contest[Symbol.asyncDispose]?.()
}
