import { expect, it } from 'vitest'
import { createPace } from '#jobs/pace.ts'

it('sends those who wait for one place away for as long as the messages before theirs take', () => {
  const pace = createPace(1_000)
  expect(pace.enter('#ops')).toBe(0)
  const away = Array.from({ length: 300 }, () => pace.enter('#ops'))
  expect(away.map((ms) => Math.round(ms / 1_000))).toEqual(Array.from({ length: 300 }, (_, index) => 1 + Math.floor(index / 20)))
  expect(pace.enter('#random')).toBe(0)
  pace.leave('#ops', true)
  expect(pace.enter('#ops')).toBeLessThanOrEqual(1_000)
})
