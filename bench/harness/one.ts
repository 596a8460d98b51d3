// A process of its own for one benchmark: `node one.ts FILE NAME quick|full MANNER`, started by isolated.ts.
import { pathToFileURL } from 'node:url'
import type { Benchmark } from './benchmark.ts'
import { measure } from './measure.ts'

const [file = '', name = '', size = 'full', manner = '{}'] = process.argv.slice(2)
const { benchmark }: { readonly benchmark: Benchmark } = await import(pathToFileURL(file).href)
// What it started, Postgres among it, ends with it.
const over = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => over.abort())
const wanted = size === 'quick' ? 'quick' : 'full'
const { profile, ...rest } = JSON.parse(manner)

if (profile) {
  const { profileOf } = await import('./profile.ts')
  await profileOf(benchmark, wanted, profile)
  process.send?.({ profiled: true })
} else if (size === 'quick' && !benchmark.quick) process.send?.({ skipped: true })
else {
  try {
    process.send?.({ result: await measure(name, benchmark, wanted, rest, over.signal) })
  } catch (err) {
    if (!over.signal.aborted) throw err
    process.exit(1)
  }
}
