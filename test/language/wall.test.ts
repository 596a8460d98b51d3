import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactIso, later, wallIso } from '#language/time/wall.ts'

const zones = [
  'America/New_York',
  'Europe/London',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
  '+05:30',
]
/** Moments around which some zone changes its clock, or the day or the year ends somewhere. */
const edges = [
  '2026-03-08T07:00:00Z',
  '2026-03-29T01:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-09-26T14:00:00Z',
  '2026-11-01T06:00:00Z',
  '2026-12-31T23:59:59Z',
  '2027-01-01T05:00:00Z',
  '2011-12-30T10:00:00Z',
].map((iso) => Temporal.Instant.from(iso).epochMilliseconds / 1000)
const second = fc.oneof(
  fc.integer({ min: Date.UTC(1980, 0, 1) / 1000, max: Date.UTC(2090, 0, 1) / 1000 }),
  fc.tuple(fc.constantFrom(...edges), fc.integer({ min: -90_000, max: 90_000 })).map(([edge, away]) => edge + away),
)
const written = { timeZoneName: 'never', smallestUnit: 'second' } as const

/** The stretches of a zone that were asked for are kept, so that times in them need no Temporal: they must say what it says. */
describe('the wall', () => {
  it('shows an instant as Temporal does', () => {
    fc.assert(
      fc.property(second, fc.constantFrom(...zones), (at, zone) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone)
        expect(exactIso(at * 1000, zone)).toBe(zoned.toString(written))
      }),
      { numRuns: 2_000 },
    )
  })

  it('finds the instant of a wall time as Temporal does: after a gap, and the first of two', () => {
    fc.assert(
      fc.property(second, fc.constantFrom(...zones), (at, zone) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(at * 1000)
          .toZonedDateTimeISO('UTC')
          .toPlainDateTime()
        expect(wallIso(at, zone)).toBe(wall.toZonedDateTime(zone).toString(written))
      }),
      { numRuns: 2_000 },
    )
  })

  it('counts on in exact seconds', () => {
    expect(later('2026-03-08T01:30:00-05:00', 3_600, 'America/New_York')).toBe('2026-03-08T03:30:00-04:00')
    expect(later('2026-12-31T23:30:00+00:00', 3_600, 'Europe/London')).toBe('2027-01-01T00:30:00+00:00')
  })
})
