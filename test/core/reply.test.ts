import { describe, expect, it } from 'vitest'
import { plain, say, strong } from '#core/reply.ts'

describe('a text', () => {
  it('keeps words and values in reading order', () => {
    const text = say`Done: ${strong('stretch')}, on ${{ kind: 'day', date: '2026-11-24' }}${[', ', 'again']}.`
    expect(plain(text)).toBe('Done: stretch, on Tue, Nov 24, 2026, again.')
  })

  it('spells a time in the zone it was meant in, and names the zone when asked', () => {
    const time = { kind: 'time', at: '2026-07-01T13:00:00Z', show: 'full', timeZone: 'Europe/London' } as const
    expect(plain([time])).toBe('Wed, Jul 1, 2026, 2:00 PM')
    expect(plain([{ ...time, named: true }])).toBe('Wed, Jul 1, 2026, 2:00 PM GMT+1')
    expect(plain([{ ...time, show: 'time', timeZone: 'America/New_York' }])).toBe('9:00 AM')
  })
})
