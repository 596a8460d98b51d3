import { escaped } from './chart.ts'

/** A profile as V8 writes it (`.cpuprofile`). */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** A function where it was called, with all that it called: its own time and that of everything under it, in microseconds. */
interface Frame {
  readonly name: string
  own: number
  total: number
  readonly under: Map<string, Frame>
}

/** A flame graph that needs nothing from outside: a click on a frame shows it alone, and the widest functions are listed. */
export function flameOf(title: string, profile: CpuProfile): string {
  const root = treeOf(profile)
  const widest = [...ownTimes(root)].toSorted(([, a], [, b]) => b - a).slice(0, 30)
  const rows = widest.map(([name, own]) => `<tr><td>${((own / root.total) * 100).toFixed(1)} %</td><td>${escaped(name)}</td></tr>`)
  const data = JSON.stringify(plain(root, root.total / 2_000)).replaceAll('<', '\\u003c')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style></head><body>
<h1>${escaped(title)}</h1><p>${(root.total / 1_000).toFixed(0)} ms sampled. Click a frame to see it alone, the lowest one to go back.</p>
<div id="flame"></div><h2>Where the time itself went</h2><table>${rows.join('')}</table>
<script>${script.replace('DATA', () => data)}</script></body></html>
`
}

/** The functions that took most of the time themselves, and their share of it. */
export function widestIn(profile: CpuProfile, count: number): readonly (readonly [name: string, share: number])[] {
  const root = treeOf(profile)
  return [...ownTimes(root)]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([name, own]) => [name, own / root.total] as const)
}

function treeOf({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const own = new Map<number, number>()
  for (const [index, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const root: Frame = { name: 'all', own: 0, total: 0, under: new Map() }

  function add(id: number, into: Frame): number {
    const node = byId.get(id)
    if (!node) return 0
    const name = nameOf(node.callFrame)
    // What waits for nothing is not work.
    if (name === '(idle)') return 0
    const frame = into.under.get(name) ?? { name, own: 0, total: 0, under: new Map() }
    into.under.set(name, frame)
    const mine = own.get(id) ?? 0
    const total = mine + (node.children ?? []).reduce((sum, child) => sum + add(child, frame), 0)
    frame.own += mine
    frame.total += total
    return total
  }

  const first = nodes[0]
  for (const child of first?.children ?? []) root.total += add(child, root)
  return root
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const file = url.replace(`file://${process.cwd()}/`, '').replace(/\?.*$/, '')
  return `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`
}

function ownTimes(frame: Frame, into = new Map<string, number>()): Map<string, number> {
  if (frame.own > 0) into.set(frame.name, (into.get(frame.name) ?? 0) + frame.own)
  for (const one of frame.under.values()) ownTimes(one, into)
  return into
}

/** Name, total, children; what is too narrow to be seen is left out. */
function plain({ name, total, under }: Frame, least: number): unknown[] {
  return [name, Math.round(total), [...under.values()].filter((one) => one.total >= least).map((one) => plain(one, least))]
}

const style = `body { font: 13px system-ui, sans-serif; margin: 1rem } #flame { position: relative; border-top: 1px solid #8886 }
#flame div { position: absolute; height: 17px; overflow: hidden; white-space: nowrap; font-size: 11px; border: 1px solid #fff8; box-sizing: border-box; cursor: pointer; color: #222 }
td { padding-right: 1rem; font-variant-numeric: tabular-nums }`

const script = `
const root = DATA
const flame = document.getElementById('flame')
function hue(name) { return name.includes('node_modules') ? 30 : /src\\/|bots\\/|jobs\\//.test(name) ? 190 : 50 }
function draw(top, path) {
  flame.replaceChildren()
  let deepest = 0
  const put = (frame, left, width, depth, above) => {
    deepest = Math.max(deepest, depth)
    const box = document.createElement('div')
    box.style.cssText = 'left:' + left + '%;width:' + width + '%;top:' + depth * 18 + 'px;background:hsl(' + hue(frame[0]) + ' 75% ' + (70 + (frame[0].length * 7) % 15) + '%)'
    box.textContent = box.title = frame[0] + '  ' + (frame[1] / 1000).toFixed(1) + ' ms, ' + (frame[1] / root[1] * 100).toFixed(1) + ' %'
    box.onclick = () => frame === top && path.length ? draw(path.at(-1), path.slice(0, -1)) : draw(frame, [...path, top])
    flame.append(box)
    let at = left
    for (const one of frame[2]) { const wide = width * one[1] / frame[1]; if (wide > 0.05) put(one, at, wide, depth + 1, frame); at += wide }
  }
  put(top, 0, 100, 0)
  flame.style.height = (deepest + 1) * 18 + 'px'
}
draw(root, [])`
