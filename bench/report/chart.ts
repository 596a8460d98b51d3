export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Axis {
  readonly label: string
  readonly scale: 'linear' | 'log'
}

export interface Chart {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}

const size = { width: 520, height: 260, left: 58, right: 14, top: 12, bottom: 40 } as const
const colours = ['#0b7285', '#e8590c', '#6741d9', '#2b8a3e', '#c2255c', '#868e96', '#1864ab']

/** Lines over two axes, as a picture that needs nothing from outside. */
export function svgOf({ title, x, y, series }: Chart): string {
  const shown = series.map((one) => ({ ...one, points: one.points.filter(([at, value]) => fits(at, x) && fits(value, y)) }))
  const all = shown.flatMap(({ points }) => points)
  if (all.length === 0) return ''
  const across = scaleOf(
    all.map(([at]) => at),
    x,
    size.left,
    size.width - size.right,
  )
  const up = scaleOf(
    all.map(([, value]) => value),
    y,
    size.height - size.bottom,
    size.top,
  )
  const lines = shown.map(({ points }, index) => {
    const path = points.map(([at, value]) => `${across.place(at).toFixed(1)},${up.place(value).toFixed(1)}`).join(' ')
    const dots = points.length > 12 ? '' : points.map(([at, value]) => dot(across.place(at), up.place(value), colourOf(index))).join('')
    return `<polyline points="${path}" fill="none" stroke="${colourOf(index)}" stroke-width="1.8"/>${dots}`
  })
  const legend = shown.map(({ name }, index) => `<span style="color:${colourOf(index)}">■</span> ${escaped(name)}`).join(' &nbsp; ')
  return `<figure><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escaped(title)}">
${across.ticks.map((tick) => rule(across.place(tick), tick, 'x')).join('')}${up.ticks.map((tick) => rule(up.place(tick), tick, 'y')).join('')}
${lines.join('\n')}
<text x="${size.width / 2}" y="${size.height - 4}" text-anchor="middle">${escaped(x.label)}</text>
<text transform="translate(12 ${size.height / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>
</svg><p class="legend">${legend}</p></figure>`
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A figure with its thousands told as k and M. */
export function brief(value: number): string {
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`
  if (Math.abs(value) >= 1e3) return `${Number((value / 1e3).toPrecision(3))}k`
  return String(Number(value.toPrecision(3)))
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? 'black'
}

function fits(value: number, { scale }: Axis): boolean {
  return Number.isFinite(value) && (scale === 'linear' || value > 0)
}

function scaleOf(values: readonly number[], { scale }: Axis, start: number, end: number) {
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity])
  if (scale === 'log') {
    const [from, to] = [Math.log10(low) - 0.02, Math.max(Math.log10(high), Math.log10(low) + 0.1) + 0.02]
    const place = (value: number) => start + ((Math.log10(value) - from) / (to - from)) * (end - start)
    return { place, ticks: powers(low, high) }
  }
  const [from, to] = [Math.min(0, low), high > 0 ? high * 1.05 : 1]
  const place = (value: number) => start + ((value - from) / (to - from)) * (end - start)
  return { place, ticks: rounds(from, to) }
}

/** 1, 2, 5, 10, 20 … within a range; only the powers of ten where there are many. */
function powers(low: number, high: number): readonly number[] {
  const wide = high / low > 1_000
  const found: number[] = []
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const digit of wide ? [1] : [1, 2, 5]) {
      const value = digit * 10 ** power
      if (value >= low * 0.95 && value <= high * 1.05) found.push(value)
    }
  return found
}

function rounds(from: number, to: number): readonly number[] {
  const rough = (to - from) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= rough) ?? rough
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => Math.ceil(from / step) * step + index * step)
}

function rule(place: number, tick: number, axis: 'x' | 'y'): string {
  const at = place.toFixed(1)
  if (axis === 'x')
    return `<line x1="${at}" x2="${at}" y1="${size.top}" y2="${size.height - size.bottom}"/><text x="${at}" y="${size.height - size.bottom + 14}" text-anchor="middle">${brief(tick)}</text>`
  return `<line x1="${size.left}" x2="${size.width - size.right}" y1="${at}" y2="${at}"/><text x="${size.left - 6}" y="${(place + 4).toFixed(1)}" text-anchor="end">${brief(tick)}</text>`
}

function dot(x: number, y: number, colour: string): string {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.6" fill="${colour}"/>`
}
