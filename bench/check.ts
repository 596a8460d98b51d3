// npm run bench:check [-- --update]: fails when a quick benchmark's ratio is worse than bench/baseline.json allows.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Baseline, describe, type Expected, isWorse, kept } from './harness/baseline.ts'
import { benchmarkNames, runIsolated } from './harness/isolated.ts'
import { describeMachine, thisMachine } from './harness/machine.ts'

const file = join(import.meta.dirname, 'baseline.json')
const { values } = parseArgs({ options: { update: { type: 'boolean', default: false }, only: { type: 'string', default: '' } } })
const names = benchmarkNames().filter((name) => name.includes(values.only))
const before: Baseline = JSON.parse(readFileSync(file, 'utf8'))

console.log(describeMachine(thisMachine()))
if (values.update) await update()
else await check()

/** Ratios that a run of this machine gives several times, and how far they lie apart. */
async function update() {
  const after: Record<string, Expected> = { ...before }
  for (const name of names) {
    const ratios: number[] = []
    for (let run = 0; run < 5; run++) {
      const ratio = await ratioNow(name)
      if (ratio !== undefined) ratios.push(ratio)
    }
    if (ratios.length === 0) continue
    after[name] = kept(ratios)
    console.log(`${name}: ${describe(after[name])}`)
  }
  writeFileSync(file, `${JSON.stringify(after, null, 2)}\n`)
}

async function check() {
  const worse: string[] = []
  for (const name of names) {
    const expected = before[name]
    if (!expected) continue
    const found = await bestOf(name, expected)
    const line = `${name}: ratio ${found.toFixed(2)}, was ${describe(expected)}`
    console.log(`${isWorse(found, expected) ? '✗' : '✓'} ${line}`)
    if (isWorse(found, expected)) worse.push(line)
  }
  if (worse.length === 0) return
  console.error(`\nSlower than before, beyond the noise:\n${worse.map((line) => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}

/** What is worse only once was the machine; what is worse each time is the code. */
async function bestOf(name: string, expected: Expected): Promise<number> {
  let best = 0
  for (let run = 0; run < 3; run++) {
    best = Math.max(best, (await ratioNow(name)) ?? 0)
    if (!isWorse(best, expected)) break
  }
  return best
}

async function ratioNow(name: string): Promise<number | undefined> {
  return (await runIsolated(name, 'quick'))?.peers[0]?.ratio.median
}
