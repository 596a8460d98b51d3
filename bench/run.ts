// npm run bench [-- NAME…] [-- --only NAME] [-- --quick] [-- --report]: measures, prints a table, and keeps the figures in bench/results/.
// Ctrl-C ends it with what was measured until then.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchmarkNames, runIsolated } from './harness/isolated.ts'
import { describeMachine, thisMachine } from './harness/machine.ts'
import type { Result } from './harness/measure.ts'
import { lineOf, tableOf } from './harness/table.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
})
const wanted = positionals.length > 0 ? positionals : [values.only]
const names = benchmarkNames().filter((name) => wanted.some((part) => name.includes(part)))
if (names.length === 0) {
  console.error(`No benchmark is called ${wanted.join(' or ')}. There are: ${benchmarkNames().join(', ')}`)
  process.exit(1)
}

const machine = thisMachine()
console.log(describeMachine(machine))
const results: Result[] = []
// What was measured until then is not lost when somebody ends it, or when one benchmark fails.
const over = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => over.abort())
for (const name of names) {
  if (over.signal.aborted) break
  console.log(`… ${name}`)
  try {
    const result = await runIsolated(name, values.quick ? 'quick' : 'full', {}, over.signal)
    if (!result) continue
    results.push(result)
    console.log(`  ${lineOf(result)}`)
  } catch (err) {
    if (over.signal.aborted) break
    console.error(err)
    process.exitCode = 1
  }
}
if (results.length === 0) process.exit(1)
console.log(`\n${tableOf(results)}\n\nA ratio of 2 is twice as good as that peer; ± holds half of the rounds.`)

const folder = join(import.meta.dirname, 'results')
mkdirSync(folder, { recursive: true })
const at = new Date().toISOString()
const file = join(folder, `${at.replaceAll(':', '-')}.json`)
writeFileSync(file, `${JSON.stringify({ at, machine, results }, null, 2)}\n`)
console.log(`Kept in ${file}`)

if (values.report) {
  const { latestLoads } = await import('./load/record.ts')
  const { pageOf } = await import('./report/page.ts')
  const page = file.replace(/json$/, 'html')
  writeFileSync(page, pageOf({ at, machine, results, loads: latestLoads() }))
  console.log(`Drawn in ${page}`)
}
