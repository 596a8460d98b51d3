import type { Benchmark, Size } from './benchmark.ts'
import { ducktapes } from './launch.ts'
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
  for (let time = 0; time < Math.max(1, warmUps); time++) await ours()
  if (kind === 'cpu') await ask({ about: 'profile' })
  const began = performance.now()
  do await ours()
  while (performance.now() - began < least)
  await ask(kind === 'cpu' ? { about: 'profile', file } : { about: 'heap', file })
  await contest[Symbol.asyncDispose]?.()
}
