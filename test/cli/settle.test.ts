import { getHeapCodeStatistics } from 'node:v8'
import { expect, it } from 'vitest'
import { settle } from '../../src/cli/settle.ts'

it('gives back what only starting needed', async () => {
  const garbage = new WeakRef({ held: 'by nobody' })
  // Compiled, run once, and kept: what a thousand functions of this kind are compiled to weighs more than anything else that changes.
  const functions = Array.from({ length: 1_000 }, (_, index) => new Function(`return [${'Math.random(),'.repeat(50)}${index}].length`))
  expect(functions.reduce((sum, each) => sum + each(), 0)).toBe(51_000)
  await new Promise(setImmediate)
  const before = getHeapCodeStatistics().bytecode_and_metadata_size

  settle()

  expect(garbage.deref()).toBeUndefined()
  expect(before - getHeapCodeStatistics().bytecode_and_metadata_size).toBeGreaterThan(250_000)
  expect(functions[7]?.()).toBe(51)
})
