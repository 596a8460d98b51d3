import { describe, expect, it } from 'vitest'
import { gather } from '#core/gather.ts'

describe('gather', () => {
  it('answers what is asked for together with one call, and what comes meanwhile with the next', async () => {
    const batches: (readonly number[])[] = []
    const gate = Promise.withResolvers<void>()
    const doubled = gather(async (items: readonly number[]) => {
      batches.push(items)
      await gate.promise
      return items.map((item) => item * 2)
    })
    const first = [doubled(1), doubled(2)]
    await new Promise((resolve) => setImmediate(resolve))
    const second = [doubled(3), doubled(4)]
    gate.resolve()
    expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8])
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('fails everybody of a batch that fails, and nobody of the next', async () => {
    const echoed = gather(async (items: readonly string[]) => {
      if (items.includes('bad')) throw new Error('no')
      return items
    }, 2)
    const results = await Promise.allSettled(['good', 'bad', 'well'].map((item) => echoed(item)))
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(await echoed('alone')).toBe('alone')
  })
})
