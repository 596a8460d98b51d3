// A process of its own for one benchmark: `node one.ts FILE NAME quick|full MANNER`, started by isolated.ts.
import { pathToFileURL } from 'node:url'
import type { Benchmark } from './benchmark.ts'
import { measure } from './measure.ts'

const [file = '', name = '', size = 'full', manner = '{}'] = process.argv.slice(2)
const { benchmark }: { readonly benchmark: Benchmark } = await import(pathToFileURL(file).href)
const wanted = size === 'quick' ? 'quick' : 'full'
const { profile, ...rest } = JSON.parse(manner)

if (profile) {
  const { profileOf } = await import('./profile.ts')
  await profileOf(benchmark, wanted, profile)
  process.send?.({ profiled: true })
} else if (size === 'quick' && !benchmark.quick) process.send?.({ skipped: true })
else process.send?.({ result: await measure(name, benchmark, wanted, rest) })
