import { describeMachine, type Machine } from '../harness/machine.ts'
import type { Result } from '../harness/measure.ts'
import { levels, type Summary } from '../harness/statistics.ts'
import { short } from '../harness/table.ts'
import type { LoadReport } from '../load/record.ts'
import { type Chart, escaped, type Series, svgOf } from './chart.ts'

export interface Report {
  readonly at: string
  readonly machine: Machine
  readonly results: readonly Result[]
  /** The latest of each load test, where there was one. */
  readonly loads: readonly LoadReport[]
}

/** Everything that was measured on one page, which needs nothing from outside. */
export function pageOf({ at, machine, results, loads }: Report): string {
  const growth = results.filter(({ grows }) => grows !== undefined).map(growthOf)
  const spread = results.filter(({ ours }) => ours.samples > 20).map(distributionOf)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>DuckTape: measured</title><style>${style}</style></head><body>
<h1>DuckTape, measured</h1><p>${escaped(describeMachine(machine))}, ${escaped(at)}. A ratio of 2 is twice as good as that peer.</p>
<h2>Everything</h2>${tableOf(results)}
${section('How cost grows with the data', growth.map(svgOf))}
${loads.map((load) => section(titleOf(load), [...overTime(load).map(svgOf)], figuresOf(load))).join('\n')}
${section('How long things take: the share that was done by then', spread.map(svgOf))}
</body></html>
`
}

function section(title: string, charts: readonly string[], more = ''): string {
  return charts.length === 0 ? '' : `<h2>${escaped(title)}</h2>${more}<div class="charts">${charts.join('\n')}</div>`
}

function tableOf(results: readonly Result[]): string {
  const heading = ['', 'side', 'median', 'p95', 'p99', 'ratio', 'aim'].map((word) => `<th>${word}</th>`).join('')
  const rows = results.flatMap(({ name, what, unit, ours, peers, aims }) => {
    const judged = aims
      .map(({ text, reached }) => `<span class="${reached ? 'good' : 'bad'}">${reached ? '✓' : '✗'} ${escaped(text)}</span>`)
      .join('<br>')
    return [
      `<tr class="ours"><td>${escaped(what)}<br><small>${escaped(name)}</small></td><td>ours</td>${cells(ours, unit)}<td></td><td>${judged}</td></tr>`,
      ...peers.map(
        (peer) =>
          `<tr><td></td><td>${escaped(peer.name)}</td>${cells(peer.figures, unit)}<td>${short(peer.ratio.median)}&nbsp;±${Math.round(peer.ratio.spread * 100)}&nbsp;%</td><td></td></tr>`,
      ),
    ]
  })
  return `<div class="wide"><table><thead><tr>${heading}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
}

function cells({ median, p95, p99 }: Summary, unit: string): string {
  return [median, p95, p99].map((figure) => `<td>${short(figure)}&nbsp;${unit}</td>`).join('')
}

function growthOf({ what, unit, grows = [], ours, peers }: Result): Chart {
  const sides = [ours, ...peers.map(({ figures }) => figures)]
  const points = (figure: 'median' | 'p95') =>
    grows.map((amount, index) => [amount, sides[index]?.[figure] ?? Number.NaN] as const).toSorted(([a], [b]) => a - b)
  return {
    title: what,
    x: { label: 'events in the database', scale: 'log' },
    y: { label: unit, scale: 'linear' },
    series: [
      { name: 'median', points: points('median') },
      { name: 'p95', points: points('p95') },
    ],
  }
}

function distributionOf({ what, unit, ours, peers }: Result): Chart {
  const curve = (name: string, { quantiles }: Summary) => ({
    name,
    points: levels.map((level, index) => [quantiles[index] ?? Number.NaN, level * 100] as const),
  })
  return {
    title: what,
    x: { label: unit, scale: 'log' },
    y: { label: '%', scale: 'linear' },
    series: [curve('ours', ours), ...peers.map(({ name, figures }) => curve(name, figures))],
  }
}

function titleOf({ kind, settings, at }: LoadReport): string {
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value.toLocaleString('en-US')}`)
  return `Load test “${kind}”: ${told.join(', ')} (${at.slice(0, 16).replace('T', ' ')})`
}

function figuresOf({ figures, errors, latency }: LoadReport): string {
  const rows = [
    ...Object.entries(latency).map(
      ([what, { median, p95, p99, samples }]) =>
        [what, `${short(median)} ms, p95 ${short(p95)} ms, p99 ${short(p99)} ms, of ${samples}`] as const,
    ),
    ...Object.entries(figures).map(([name, value]) => [name, short(value)] as const),
    ['errors', Object.keys(errors).length === 0 ? 'none' : JSON.stringify(errors)] as const,
  ]
  return `<table>${rows.map(([name, value]) => `<tr><td>${escaped(name)}</td><td>${escaped(value)}</td></tr>`).join('')}</table>`
}

function overTime({ moments, latency }: LoadReport): readonly Chart[] {
  const seconds = { label: 'seconds', scale: 'linear' } as const
  return [
    {
      title: 'Memory of the server',
      x: seconds,
      y: { label: 'MB', scale: 'linear' },
      series: [
        { name: 'resident', points: moments.map(({ at, rssMb }) => [at, rssMb] as const) },
        { name: 'heap', points: moments.map(({ at, heapMb }) => [at, heapMb] as const) },
      ],
    },
    {
      title: 'How late the event loop was',
      x: seconds,
      y: { label: 'ms', scale: 'linear' },
      series: (['median', 'p99', 'max'] as const).map((figure) => ({
        name: figure,
        points: peaks(moments.map(({ at, delay }) => [at, delay[figure]] as const)),
      })),
    },
    {
      title: 'p95 of what people waited for',
      x: seconds,
      y: { label: 'ms', scale: 'log' },
      series: Object.keys(latency).map((name) => ({
        name,
        points: peaks(moments.flatMap((moment) => (moment.latency[name] ? [[moment.at, moment.latency[name].p95] as const] : []))),
      })),
    },
  ]
}

/** As many points as a line can show; of those that lie side by side, the worst. */
const mostPoints = 120

function peaks(points: Series['points']): Series['points'] {
  const width = Math.max(1, Math.ceil(points.length / mostPoints))
  const groups = Array.from({ length: Math.ceil(points.length / width) }, (_, index) => points.slice(index * width, (index + 1) * width))
  return groups.map((group) => group.reduce((worst, point) => (point[1] > worst[1] ? point : worst)))
}

const style = `
:root { color-scheme: light dark }
body { font: 14px/1.45 system-ui, sans-serif; max-width: 1140px; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2.2rem } table + .charts { margin-top: 1.2rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } td, th { padding: 2px 12px 2px 0; text-align: left; vertical-align: top }
th { border-bottom: 1px solid #8888 } tr.ours td { border-top: 1px solid #8883; padding-top: 6px } small { opacity: .65 }
.good { color: light-dark(#2b8a3e, #69db7c) } .bad { color: light-dark(#c92a2a, #ff8787) } .wide { overflow-x: auto }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); gap: 1.2rem }
figure { margin: 0 } figcaption { font-weight: 600; margin-bottom: 4px } .legend { margin: 2px 0 0; font-size: 12px }
svg { width: 100%; height: auto } svg text { font: 13px system-ui, sans-serif; fill: currentColor } svg line { stroke: #8884 }
`
