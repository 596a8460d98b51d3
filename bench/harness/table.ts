import type { Result } from './measure.ts'
import type { Summary } from './statistics.ts'

const heading = ['benchmark', 'side', 'median', 'p95', 'p99', 'max', 'ratio', 'aim']

/** What the terminal shows: ours, then each peer with how many times as good we are, over all rounds. */
export function tableOf(results: readonly Result[]): string {
  const rows = [heading, ...results.flatMap(rowsOf)]
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
  )
  return lines.map((cells) => cells.join('  ').trimEnd()).join('\n')
}

/** One benchmark in one line: our median, the ratio to each peer, and how the aims were met. */
export function lineOf({ unit, ours, peers, aims }: Result): string {
  const ratios = peers.map(({ name, ratio }) => `${short(ratio.median)} of ${name}`)
  const judged = aims.map(({ text, reached }) => `${reached ? '✓' : '✗'} ${text}`)
  return [`${short(ours.median)} ${unit}, p95 ${short(ours.p95)} ${unit}`, ...ratios, ...judged].join('; ')
}

function rowsOf({ name, what, unit, ours, peers, aims }: Result): string[][] {
  const judged = aims.map(({ text, reached }) => `${reached ? '✓' : '✗'} ${text}`).join(', ')
  return [
    ['', '', '', '', '', '', '', ''],
    [name, 'ours', ...figures(ours, unit), '', judged],
    ...peers.map((peer, index) => [
      index === 0 ? `  ${what}` : '',
      peer.name,
      ...figures(peer.figures, unit),
      `${short(peer.ratio.median)} ±${Math.round(peer.ratio.spread * 100)} %`,
      '',
    ]),
    ...(peers.length === 0 ? [[`  ${what}`, '', '', '', '', '', '', '']] : []),
  ]
}

function figures({ median, p95, p99, max }: Summary, unit: string): string[] {
  return [median, p95, p99, max].map((figure) => `${short(figure)} ${unit}`)
}

/** Three digits that say something. */
export function short(figure: number): string {
  if (Math.abs(figure) >= 100) return Math.round(figure).toLocaleString('en-US')
  return Number(figure.toPrecision(3)).toString()
}
