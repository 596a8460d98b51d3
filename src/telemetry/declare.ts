import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** The values that a label may have; with a number, any, but no more than so many different ones. */
export type Values = readonly string[] | number
export type Unit =
  | 'seconds'
  | 'bytes'
  | 'messages'
  | 'events'
  | 'reminders'
  | 'jobs'
  | 'items'
  | 'sockets'
  | 'connections'
  | 'calls'
  | 'state'

type Labels = Readonly<Record<string, Values>>
type Given<L extends Labels> = { readonly [name in keyof L]: string | number }

/** What the dictionary of metrics (monitoring/README.md) has to say about one. */
export interface Declaration {
  readonly name: string
  readonly kind: 'histogram' | 'counter' | 'gauge'
  readonly unit: Unit
  readonly labels: readonly string[]
}

interface Words<L extends Labels> {
  readonly unit: Unit
  readonly help: string
  readonly labels: L
}

/** What stands for every value that a label may not have. */
const other = 'other'

/**
 * Makes metrics whose number of series has an end: a label value outside its set becomes `other`.
 *
 * Counters show zero from the start wherever all their values are known, so that the first thing counted
 * is seen as an increase.
 */
export function createDeclarer(registry: Registry) {
  const registers = [registry]
  const declared: Declaration[] = []

  function declare<L extends Labels>(kind: Declaration['kind'], shortName: string, { unit, help, labels }: Words<L>) {
    const name = `ducktape_${shortName}`
    const labelNames = Object.keys(labels)
    declared.push({ name, kind, unit, labels: labelNames })
    return { settings: { name, help, labelNames, registers }, bound: createBound(labels) }
  }

  return {
    declared: declared as readonly Declaration[],

    histogram<const L extends Labels>(name: string, words: Words<L>, buckets: number[]) {
      const { settings, bound } = declare('histogram', name, words)
      const metric = new Histogram({ ...settings, buckets })
      return {
        observe: (labels: Given<L>, value: number) => metric.observe(bound(labels), value),
        /** Shows a series before anything was measured. */
        show: (labels: Given<L>) => metric.zero(bound(labels)),
      }
    },

    counter<const L extends Labels>(name: string, words: Words<L>) {
      const { settings, bound } = declare('counter', name, words)
      const metric = new Counter(settings)
      for (const labels of combinations(words.labels)) metric.inc(labels, 0)
      return { add: (labels: Given<L>, count = 1) => metric.inc(bound(labels), count) }
    },

    gauge<const L extends Labels>(name: string, words: Words<L>) {
      const { settings, bound } = declare('gauge', name, words)
      const metric = new Gauge(settings)
      return {
        set: (labels: Given<L>, value: number) => metric.set(bound(labels), value),
        /** Nothing is known any more: better no figure than an old one. */
        forget: () => metric.reset(),
      }
    },
  }
}

function createBound(labels: Labels): (given: Readonly<Record<string, string | number>>) => Record<string, string> {
  const known = new Map(
    Object.entries(labels).map(([name, values]) => {
      const seen = new Set(typeof values === 'number' ? [] : values)
      const room = typeof values === 'number' ? values : 0
      return [name, { seen, room }] as const
    }),
  )
  return (given) => {
    const bounded: Record<string, string> = {}
    for (const [name, { seen, room }] of known) {
      const value = String(given[name])
      if (seen.size < room) seen.add(value)
      bounded[name] = seen.has(value) ? value : other
    }
    return bounded
  }
}

/** Every way to choose one value for each label; none when a label is open. */
function combinations(labels: Labels): Record<string, string>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (chosen, [name, values]) =>
      typeof values === 'number' ? [] : chosen.flatMap((labelled) => values.map((value) => ({ ...labelled, [name]: value }))),
    [{}],
  )
}
