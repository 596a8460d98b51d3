// npm run bench:check [-- --only NAME] [-- --update]: fails when a quick benchmark's ratio is worse than bench/baseline.json allows.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Baseline, comparable, describe, type Expected, expectedOn, judge, kept, kindOf, mostNoise } from './harness/baseline.ts'
import { benchmarkNames, runIsolated } from './harness/isolated.ts'
import { describeMachine, thisMachine } from './harness/machine.ts'

const file = join(import.meta.dirname, 'baseline.json')
const { values } = parseArgs({ options: { update: { type: 'boolean', default: false }, only: { type: 'string', default: '' } } })
const names = benchmarkNames().filter((name) => name.includes(values.only))
const before: Baseline = JSON.parse(readFileSync(file, 'utf8'))
const machine = thisMachine()

console.log(describeMachine(machine))
if (values.update) await update()
else await check()

/** Ratios that a run of this machine gives several times, and how far they lie apart. */
async function update() {
  const expected: Record<string, Expected> = { ...before.expected }
  for (const name of names) {
    const ratios: number[] = []
    for (let run = 0; run < 7; run++) {
      const ratio = await ratioNow(name, 1)
      if (ratio === undefined) break
      ratios.push(ratio)
    }
    if (ratios.length === 0) continue
    const found = kept(ratios)
    delete expected[name]
    if (found.noise <= mostNoise) expected[name] = found
    console.log(
      `${found.noise <= mostNoise ? '' : 'left out: '}${name}: ${describe(found)}, of ${ratios.map((ratio) => ratio.toPrecision(3)).join(' ')}`,
    )
  }
  const known = Object.fromEntries(Object.entries(expected).filter(([name]) => benchmarkNames().includes(name)))
  writeFileSync(file, `${JSON.stringify({ machine: kindOf(machine), expected: known } satisfies Baseline, null, 2)}\n`)
}

async function check() {
  const began = performance.now()
  const slower: string[] = []
  for (const name of names) {
    const expected = expectedOn(kindOf(machine), before, name)
    if (!expected) continue
    const { worse, ratios } = await judge(expected, (attempt) => ratioNow(name, attempt))
    const line = `${name}: ratio ${ratios.map((ratio) => ratio.toPrecision(3)).join(', then ')}; was ${describe(expected)}`
    console.log(`${worse ? '✗' : '✓'} ${line}`)
    if (worse) slower.push(line)
  }
  console.log(`${Math.round((performance.now() - began) / 1_000)} s`)
  if (slower.length === 0) return
  console.error(`\nSlower than before, beyond the noise:\n${slower.map((line) => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}

async function ratioNow(name: string, attempt: number): Promise<number | undefined> {
  const result = await runIsolated(name, 'quick', { patience: attempt })
  return result && comparable(result)
}
