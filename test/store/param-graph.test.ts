import { expect, it } from 'vitest'

// Plain JavaScript, since it runs before anything is set up.
const { renumbered }: { renumbered(graph: Encoded): Encoded } = await import(new URL('../../prisma/param-graph.mjs', import.meta.url).href)

interface Encoded {
  readonly strings: readonly string[]
  readonly graph: string
}

const encoded = (...bytes: number[]) => Buffer.from(bytes).toString('base64url')

it('numbers the names that nodes are keyed by first, and says the same with them', () => {
  const operations = Array.from({ length: 200 }, (_, index) => `operation ${index}`)
  const graph = encoded(
    ...[1, 1, 1], // One node of inputs, one of outputs, one root.
    ...[2, 200, 1, 7, 0, 0, 0, 16], // Two edges: "name", a scalar;
    ...[201, 1, 0, 0, 1, 203, 1, 8], // "colour", to the first node, of the enumeration "Colour".
    ...[1, 201, 1, 1, 0], // One edge: "colour".
    ...[3, 1, 1], // "operation 3", to both.
  )
  expect(renumbered({ strings: [...operations, 'name', 'colour', 'Colour'], graph })).toEqual({
    strings: ['name', 'colour', ...operations, 'Colour'],
    graph: encoded(...[1, 1, 1], ...[2, 0, 7, 0, 0, 0, 16], ...[1, 0, 0, 1, 203, 1, 8], ...[1, 1, 1, 0], ...[5, 1, 1]),
  })
})

it('refuses a graph of another form', () => {
  expect(() => renumbered({ strings: ['name'], graph: encoded(0, 0, 0, 0) })).toThrow('the graph has 4 bytes, and ends after 3')
})
