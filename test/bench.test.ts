import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Baseline, isWorse, kept } from '../bench/harness/baseline.ts'
import type { Benchmark } from '../bench/harness/benchmark.ts'
import { benchmarkNames } from '../bench/harness/isolated.ts'
import { measure } from '../bench/harness/measure.ts'
import { tableOf } from '../bench/harness/table.ts'

/** Ours takes 2, 3, 4 ms and the peer twice as long, round by round. */
const twiceAsGood: Benchmark = {
  what: 'nothing',
  unit: 'ms',
  better: 'less',
  quick: true,
  aims: [
    { figure: 'ratio', atLeast: 2 },
    { figure: 'max', under: 4 },
  ],
  prepare() {
    const turns = { ours: 1, peer: 1 }
    return {
      kind: 'reported',
      ours: async () => [++turns.ours],
      peers: { peer: async () => [2 * ++turns.peer] },
      rounds: 3,
    }
  },
}

describe('a benchmark', () => {
  it('compares within each round, and says which aims were reached', async () => {
    const { ours, peers, aims } = await measure('some/thing', twiceAsGood, 'full')
    expect(ours).toMatchObject({ median: 3, max: 4, samples: 3 })
    expect(peers[0]?.ratio).toEqual({ median: 2, spread: 0, rounds: 3 })
    expect(aims).toEqual([
      { text: 'ratio ≥ 2', reached: true },
      { text: 'max < 4 ms', reached: false },
    ])
  })

  it('counts more as better where it says so', async () => {
    const { peers } = await measure('some/thing', { ...twiceAsGood, better: 'more' }, 'full')
    expect(peers[0]?.ratio.median).toBe(0.5)
  })

  it('lets the sides take turns, and times each operation', async () => {
    const order: string[] = []
    const timed: Benchmark = {
      ...twiceAsGood,
      prepare: () => ({
        kind: 'timed',
        ours: () => order.push('ours'),
        peers: { peer: () => order.push('peer') },
        operations: 2,
        rounds: 4,
      }),
    }
    const { ours } = await measure('some/thing', timed, 'full')
    expect(ours.samples).toBe(8)
    expect(order.join(' ')).toContain('ours ours peer peer peer peer ours ours')
  })

  it('shows everything in a table', async () => {
    const lines = tableOf([await measure('some/thing', twiceAsGood, 'full')]).split('\n')
    expect(lines.map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'benchmark | side | median | p95 | p99 | max | ratio | aim',
      '',
      'some/thing | ours | 3 ms | 3.9 ms | 3.98 ms | 4 ms | ✓ ratio ≥ 2, ✗ max < 4 ms',
      ' | nothing | peer | 6 ms | 7.8 ms | 7.96 ms | 8 ms | 2 ±0 %',
    ])
  })
})

describe('the gate', () => {
  const before = kept([1, 1.1, 0.9, 1, 1])

  it('allows twice the noise that was seen', () => {
    expect(before).toEqual({ ratio: 1, noise: 0.2 })
  })

  it.each([
    [2, false],
    [0.81, false],
    [0.79, true],
    [Number.NaN, true],
  ])('calls %d worse: %j', (ratio, worse) => {
    expect(isWorse(ratio, before)).toBe(worse)
  })

  it('knows what to expect of benchmarks that exist', () => {
    const file = new URL('../bench/baseline.json', import.meta.url)
    const baseline: Baseline = JSON.parse(readFileSync(file, 'utf8'))
    expect(benchmarkNames()).toEqual(expect.arrayContaining(Object.keys(baseline)))
    expect(Object.keys(baseline).length).toBeGreaterThan(0)
  })
})
