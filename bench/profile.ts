// npm run profile -- cpu|heap NAME: a flame graph, or a heap snapshot, of what ours does in a benchmark.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchmarkNames, runIsolated } from './harness/isolated.ts'
import { flameOf, widestIn } from './report/flame.ts'

const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } })
const [kind = '', wanted = ''] = positionals
const name = benchmarkNames().find((each) => each === wanted) ?? benchmarkNames().find((each) => each.includes(wanted))
if ((kind !== 'cpu' && kind !== 'heap') || wanted === '' || name === undefined) {
  console.error(`Say what of which: npm run profile -- cpu NAME, or heap NAME. There are: ${benchmarkNames().join(', ')}`)
  process.exit(1)
}

const folder = join(import.meta.dirname, 'results')
mkdirSync(folder, { recursive: true })
const base = join(folder, `${name.replaceAll('/', '-')}-${new Date().toISOString().replaceAll(':', '-')}`)
const file = `${base}.${kind === 'cpu' ? 'cpuprofile' : 'heapsnapshot'}`
await runIsolated(name, values.quick ? 'quick' : 'full', { profile: { kind, file } })
console.log(`${file}\n  opens in the developer tools of Chromium (${kind === 'cpu' ? 'Performance' : 'Memory'}, Load profile)`)
if (kind === 'cpu') {
  const profile = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(`${base}.html`, flameOf(name, profile))
  console.log(`${base}.html\n  is a flame graph of it. Where the time itself went:`)
  for (const [what, share] of widestIn(profile, 15)) console.log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${what}`)
}
