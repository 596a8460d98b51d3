import { describe, expect, it } from 'vitest'
import { thisMachine } from '../bench/harness/machine.ts'
import { ratioOf, summary } from '../bench/harness/statistics.ts'
import { svgOf } from '../bench/report/chart.ts'
import { flameOf, widestIn } from '../bench/report/flame.ts'
import { pageOf } from '../bench/report/page.ts'

const figures = summary(Array.from({ length: 40 }, (_, index) => index + 1))

describe('the report', () => {
  it('draws growth, distributions and what a load test saw, and names everything without markup in it', () => {
    const moment = { rssMb: 200, heapMb: 50, delay: { median: 10, p99: 12, max: 20 }, latency: { 'slack: answer': figures } }
    const page = pageOf({
      at: '2026-11-26T12:00:00Z',
      machine: thisMachine(),
      results: [
        {
          name: 'store/growth',
          what: 'a <month> of events',
          unit: 'ms',
          ours: figures,
          grows: [1_000_000, 10_000],
          peers: [{ name: 'among 10,000', figures, ratio: ratioOf([1, 1]), effort: undefined }],
          aims: [{ text: 'ratio ≥ 0.5', reached: true }],
        },
      ],
      loads: [
        {
          kind: 'stress',
          at: '2026-11-26T12:00:00Z',
          machine: thisMachine(),
          settings: { users: 10 },
          moments: [
            { at: 5, ...moment },
            { at: 10, ...moment },
          ],
          latency: { 'slack: answer': figures },
          errors: {},
          figures: {},
        },
      ],
    })
    expect(page.match(/<svg/g)).toHaveLength(5)
    expect(page).toContain('a &lt;month&gt; of events')
    expect(page).toContain('Memory of the server')
    expect(page).not.toMatch(/<script|<link|src=|NaN|undefined/)
  })

  it('places points on their axes', () => {
    const linear = { label: '', scale: 'linear' } as const
    const svg = svgOf({
      title: 'line',
      x: linear,
      y: linear,
      series: [
        {
          name: 'one',
          points: [
            [0, 0],
            [10, 10],
          ],
        },
      ],
    })
    expect(svg).toContain('points="58.0,220.0 ')
  })

  it('draws nothing of nothing', () => {
    const log = { label: '', scale: 'log' } as const
    expect(svgOf({ title: 'none', x: log, y: log, series: [{ name: 'one', points: [[0, Number.NaN]] }] })).toBe('')
  })
})

describe('a flame graph', () => {
  const frame = (functionName: string) => ({ functionName, url: `file://${process.cwd()}/src/core/engine.ts`, lineNumber: 9 })
  const profile = {
    nodes: [
      { id: 1, callFrame: { functionName: '(root)', url: '', lineNumber: -1 }, children: [2, 4] },
      { id: 2, callFrame: frame('handle'), children: [3] },
      { id: 3, callFrame: frame('hear') },
      { id: 4, callFrame: { functionName: '(idle)', url: '', lineNumber: -1 } },
    ],
    samples: [2, 3, 3, 4],
    timeDeltas: [1_000, 2_000, 1_000, 50_000],
  }

  it('says where the time itself went, and leaves waiting out', () => {
    expect(widestIn(profile, 5)).toEqual([
      ['hear src/core/engine.ts:10', 0.75],
      ['handle src/core/engine.ts:10', 0.25],
    ])
  })

  it('is one page', () => {
    const page = flameOf('one', profile)
    expect(page).toContain('["handle src/core/engine.ts:10",4000,[["hear src/core/engine.ts:10",3000,[]]]]')
    expect(page).not.toMatch(/<link|src="/)
  })
})
