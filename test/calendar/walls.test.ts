import fc from 'fast-check'
import { RRuleTemporal } from 'rrule-temporal'
import { describe, expect, it } from 'vitest'
import { secondsOf, wallOf } from '#calendar/civil.ts'
import { readRule } from '#calendar/rule.ts'
import { eachWall } from '#calendar/walls.ts'
import { instantSeconds, wallSeconds } from '#calendar/zone.ts'

function walls(rrule: string, start: string, most: number, from = start, to?: string): string[] {
  const found: string[] = []
  const at = (text: string) => secondsOf(Temporal.PlainDateTime.from(text))
  const recurring = { rule: readRule(rrule), start: at(start), last: Number.POSITIVE_INFINITY }
  eachWall(recurring, at(from), to === undefined ? Number.POSITIVE_INFINITY : at(to), (wall) => {
    found.push(wallOf(wall).toString({ smallestUnit: 'minute' }))
    return found.length < most
  })
  return found
}

describe('the wall times of a rule', () => {
  it.each<[string, string, readonly string[]]>([
    ['FREQ=YEARLY;BYWEEKNO=20', '1997-09-02', ['1998-05-12', '1999-05-18', '2000-05-16']],
    ['FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU', '2020-01-01', ['2021-01-03', '2027-01-03', '2033-01-02']],
    ['FREQ=YEARLY;BYDAY=FR;BYYEARDAY=84,85,86,87,88,89,90,91', '2006-01-01', ['2006-03-31', '2007-03-30', '2008-03-28']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-01-31', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['FREQ=YEARLY', '2024-02-29', ['2024-02-29', '2028-02-29', '2032-02-29']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '2026-01-01', ['2026-02-13', '2026-03-13', '2026-11-13']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-01-01', ['2026-01-30', '2026-02-27', '2026-03-31']],
    ['FREQ=MONTHLY;BYDAY=5SU', '2026-01-01', ['2026-03-29', '2026-05-31', '2026-08-30']],
    ['FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5', '2026-01-01', ['2026-05-25', '2027-05-31', '2028-05-29']],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU', '1997-08-05', ['1997-08-05', '1997-08-17', '1997-08-19']],
    ['FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2', '2026-01-01', []],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01', []],
  ])('of %s from %s', (rrule, start, expected) => {
    expect(walls(rrule, `${start}T00:00`, 3).map((text) => text.slice(0, 10))).toEqual(expected)
  })

  it('are those within a day where the rule repeats there', () => {
    expect(walls('FREQ=HOURLY;INTERVAL=5;BYHOUR=1,6,11', '2026-01-01T01:20', 4)).toEqual([
      '2026-01-01T01:20',
      '2026-01-01T06:20',
      '2026-01-01T11:20',
      '2026-01-06T01:20',
    ])
    expect(walls('FREQ=SECONDLY', '2026-01-01T00:00', 1, '2500-01-01T00:00')).toEqual(['2500-01-01T00:00'])
  })

  it('agree with a library that was written apart, near the start and far from it', () => {
    const list = (...values: readonly number[]) => fc.subarray([...values], { minLength: 1, maxLength: 3 }).map((some) => some.join(','))
    const days = fc.subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1, maxLength: 4 }).map((some) => some.join(','))
    const ranked = fc.subarray(['1MO', '2TU', '-1FR', '4TH', '-2SU'], { minLength: 1, maxLength: 2 }).map((some) => some.join(','))
    const byMonth = list(1, 2, 3, 6, 9, 11, 12).map((some) => `;BYMONTH=${some}`)
    const none = fc.constant('')
    const rule = fc.oneof(
      fc.tuple(
        fc.constant('DAILY'),
        fc.oneof(
          none,
          byMonth,
          days.map((some) => `;BYDAY=${some}`),
        ),
      ),
      fc.tuple(
        fc.constant('WEEKLY'),
        fc.oneof(
          none,
          days.map((some) => `;BYDAY=${some}`),
          days.map((some) => `;BYDAY=${some};WKST=SU`),
        ),
      ),
      fc.tuple(
        fc.constant('MONTHLY'),
        fc.oneof(
          none,
          list(1, 15, 28, 31, -1, -3).map((some) => `;BYMONTHDAY=${some}`),
          ranked.map((some) => `;BYDAY=${some}`),
          days.map((some) => `;BYDAY=${some};BYSETPOS=1,-1`),
        ),
      ),
      fc.tuple(
        fc.constant('YEARLY'),
        fc.oneof(
          none,
          byMonth,
          fc.tuple(byMonth, ranked).map(([month, day]) => `${month};BYDAY=${day}`),
          list(1, 100, 366, -1).map((some) => `;BYYEARDAY=${some}`),
        ),
      ),
    )
    fc.assert(
      fc.property(
        rule,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 0, max: 30 }),
        ([frequency, parts], interval, day, years) => {
          const rrule = `FREQ=${frequency};INTERVAL=${interval}${parts}`
          const start = Temporal.PlainDateTime.from('2023-01-01T09:30').add({ days: day })
          const [from, to] = [start.add({ years }), start.add({ years: years + 6 })]
          const library = new RRuleTemporal({ rruleString: rrule, dtstart: start.toZonedDateTime('UTC'), maxIterations: 1_000_000 })
          const theirs = library.between(from.toZonedDateTime('UTC'), to.toZonedDateTime('UTC'), true).map((one) => one.toPlainDateTime())
          const ours = walls(rrule, String(start), 10_000, String(from), String(to.add({ seconds: 1 })))
          expect(ours, rrule).toEqual(theirs.map((one) => one.toString({ smallestUnit: 'minute' })))
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('walls and instants', () => {
  it.each([
    ['a gap, which is moved past', '2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00Z'],
    ['two equal times, of which the first is meant', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['a gap of half an hour', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    ['an ordinary time', '2026-07-01T09:00', 'Europe/London', '2026-07-01T08:00:00Z'],
  ])('of %s', (_, wall, timeZone, instant) => {
    const seconds = secondsOf(Temporal.PlainDateTime.from(wall))
    expect(Temporal.Instant.fromEpochMilliseconds(instantSeconds(seconds, timeZone) * 1_000).toString()).toBe(instant)
  })

  it('are those that Temporal gives, whatever was asked before', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'Europe/Dublin',
      'Asia/Kolkata',
      'Pacific/Apia',
      'Africa/Casablanca',
      'Pacific/Chatham',
    )
    fc.assert(
      fc.property(zones, fc.integer({ min: -1_000_000_000, max: 4_000_000_000 }), (timeZone, seconds) => {
        const zoned = wallOf(seconds).toZonedDateTime(timeZone)
        expect(instantSeconds(seconds, timeZone)).toBe(zoned.epochMilliseconds / 1_000)
        const there = Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)
          .toZonedDateTimeISO(timeZone)
          .toPlainDateTime()
        expect(wallSeconds(seconds, timeZone)).toBe(secondsOf(there.round({ smallestUnit: 'second', roundingMode: 'floor' })))
      }),
      { numRuns: 300 },
    )
  })
})
