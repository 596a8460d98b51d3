// Prisma's parameterization graph: which values of a query are parameters. Names stand in one list, and the encoded graph
// refers to them by their number.

/** The same graph with the names that nodes are keyed by numbered first, before those that only roots have. */
export function renumbered({ strings, graph }) {
  const keys = new Set()
  recoded(graph, { key: (number) => keys.add(number) && number, name: (number) => number })
  const order = [...keys, ...strings.keys().filter((number) => !keys.has(number))]
  const places = new Map(order.map((number, place) => [number, place]))
  const place = (number) => places.get(number)
  return { strings: order.map((number) => strings[number]), graph: recoded(graph, { key: place, name: place }) }
}

/** The graph with the numbers of its names changed: `key` for those that nodes are keyed by, `name` for the others. */
function recoded(graph, { key, name }) {
  const bytes = Buffer.from(graph, 'base64url')
  const written = []
  let at = 0

  /** Seven bits a byte, the lowest first; the eighth bit says that more follow. */
  function number(change = (value) => value) {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      value |= (byte & 127) << shift
      if (byte < 128) break
    }
    let rest = change(value)
    for (; rest > 127; rest >>>= 7) written.push((rest & 127) | 128)
    written.push(rest)
    return value
  }
  function plain(count) {
    written.push(...bytes.subarray(at, at + count))
    at += count
  }
  /** 0 for none, else one more. */
  const perhaps = (value) => (value === 0 ? 0 : name(value - 1) + 1)
  const times = (count, each) => {
    for (let time = 0; time < count; time++) each()
  }

  const [inputs, outputs, roots] = [number(), number(), number()]
  times(inputs, () =>
    times(number(), () => {
      number(key)
      plain(2) // Which scalars it takes.
      number() // Its node.
      number(perhaps) // Its enumeration.
      plain(1) // Its flags.
    }),
  )
  times(outputs, () => times(number(), () => [number(key), number(), number()]))
  times(roots, () => [number(name), number(), number()])
  if (at !== bytes.length) throw new Error(`the graph has ${bytes.length} bytes, and ends after ${at}`)
  return Buffer.from(written).toString('base64url')
}
