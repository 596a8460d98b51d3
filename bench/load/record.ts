import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Launched } from '../harness/launch.ts'
import { type Machine, thisMachine } from '../harness/machine.ts'
import { type Summary, summary } from '../harness/statistics.ts'
import { short } from '../harness/table.ts'

/** What a load test saw in one stretch of time. */
export interface Moment {
  /** Seconds since it began. */
  readonly at: number
  readonly rssMb: number
  readonly heapMb: number
  /** How late the event loop of the server was, in milliseconds. */
  readonly delay: { readonly median: number; readonly p99: number; readonly max: number }
  readonly latency: Readonly<Record<string, Summary>>
}

export interface LoadReport {
  readonly kind: string
  readonly at: string
  readonly machine: Machine
  readonly settings: Readonly<Record<string, number>>
  readonly moments: readonly Moment[]
  /** In milliseconds, by what was done. */
  readonly latency: Readonly<Record<string, Summary>>
  readonly errors: Readonly<Record<string, number>>
  /** Single figures with their unit in the name. */
  readonly figures: Readonly<Record<string, number>>
}

/** Keeps latencies and errors, and looks at the server from time to time. */
export function createRecord(kind: string, settings: Readonly<Record<string, number>>, tell: (line: string) => void) {
  const began = performance.now()
  const all = new Map<string, number[]>()
  const recent = new Map<string, number[]>()
  const errors = new Map<string, number>()
  const figures: Record<string, number> = {}
  const moments: Moment[] = []

  function add(to: Map<string, number[]>, what: string, milliseconds: number) {
    const known = to.get(what)
    if (known) known.push(milliseconds)
    else to.set(what, [milliseconds])
  }

  const summaries = (of: Map<string, number[]>) => Object.fromEntries([...of].map(([what, latencies]) => [what, summary(latencies)]))

  return {
    took(what: string, milliseconds: number) {
      add(all, what, milliseconds)
      add(recent, what, milliseconds)
    },
    failed: (why: string) => void errors.set(why, (errors.get(why) ?? 0) + 1),
    figure(name: string, value: number) {
      figures[name] = value
    },

    /** One line about what happened since the last look. */
    async look(server: Launched) {
      const { rss, heap, delay } = await server.usage()
      const moment = {
        at: (performance.now() - began) / 1_000,
        rssMb: rss / 2 ** 20,
        heapMb: heap / 2 ** 20,
        delay,
        latency: summaries(recent),
      }
      recent.clear()
      moments.push(moment)
      tell(
        lineOf(
          moment,
          [...errors.values()].reduce((sum, count) => sum + count, 0),
        ),
      )
    },

    report(): LoadReport {
      const at = new Date().toISOString()
      return { kind, at, machine: thisMachine(), settings, moments, latency: summaries(all), errors: Object.fromEntries(errors), figures }
    },
  }
}

export type LoadRecord = ReturnType<typeof createRecord>

function lineOf({ at, rssMb, delay, latency }: Moment, failed: number): string {
  const parts = Object.entries(latency).map(([what, { median, p95, samples }]) => `${what} ${samples}× ${short(median)}/${short(p95)} ms`)
  return `${String(Math.round(at)).padStart(5)} s  ${parts.join('  ')}  ${Math.round(rssMb)} MB  loop p99 ${short(delay.p99)} ms  errors ${failed}`
}

export function tableOfLoad({ latency, errors, figures }: LoadReport): string {
  const rows = Object.entries(latency).map(([what, { median, p95, p99, max, samples }]) =>
    [what.padEnd(22), ...[median, p95, p99, max].map((figure) => `${short(figure)} ms`.padStart(10)), `${samples}×`.padStart(10)].join(' '),
  )
  const named = Object.entries(figures).map(([name, value]) => `${name.padEnd(44)} ${short(value)}`)
  const failed = Object.entries(errors).map(([why, count]) => `${count}× ${why}`)
  const heading = `${' '.repeat(22)} ${['median', 'p95', 'p99', 'max', 'of'].map((word) => word.padStart(10)).join(' ')}`
  return [heading, ...rows, '', ...named, '', failed.length === 0 ? 'No errors.' : `Errors: ${failed.join(', ')}`].join('\n')
}

const folder = join(import.meta.dirname, '../results')

/** Kept where `latestLoads` finds it. */
export function keepReport(report: LoadReport): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `load-${report.kind}-${report.at.replaceAll(':', '-')}.json`)
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  return file
}

/** The latest report of each kind of load test. */
export function latestLoads(): readonly LoadReport[] {
  const files = globSync('load-*.json', { cwd: folder }).toSorted()
  const reports = files.map((file): LoadReport => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  return [...new Map(reports.map((report) => [report.kind, report])).values()]
}
