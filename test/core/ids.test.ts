import { expect, it } from 'vitest'
import { newId } from '#core/ids.ts'

it('ids grow with time and within one millisecond, and are UUIDs of version 7', () => {
  const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  const ids = Array.from({ length: 5_000 }, () => newId(now))
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
  expect(newId(now.add({ seconds: 1 })) > (ids.at(-1) ?? '')).toBe(true)
  expect(ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})
