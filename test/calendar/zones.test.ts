import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextOccurrence, occurrencesBetween, type PersonRule } from '#calendar/recurrence.ts'

/**
 * When people's reminders ring, against a calculation of its own: the zone's offset is read off the clock that
 * `Intl` shows, and walls are turned into instants with plain numbers. Nothing of Temporal decides here.
 */

const minute = 60_000
const day = 86_400_000
const clocks = new Map<string, Intl.DateTimeFormat>()

/** The wall clock of a zone at an instant, as if it were UTC, in milliseconds. */
function wallAt(zone: string, instant: number): number {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  clocks.set(zone, clock)
  const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day: date = 1, hour = 0, minute: minutes = 0, second = 0 } = part
  return Date.UTC(year, month - 1, date, hour, minutes, second)
}

/** When the zone's clock shows `wall`: the first time it does, or as long after the gap as the wall lies in it. */
function instantOf(zone: string, wall: number): number {
  const offsets = [-1, 0, 1].map((days) => wallAt(zone, wall + days * day) - (wall + days * day))
  const matches = offsets.map((offset) => wall - offset).filter((instant) => wallAt(zone, instant) === wall)
  return matches.length > 0 ? Math.min(...matches) : wall - (offsets[0] ?? 0)
}

function ruleOf(zone: string, rrule: string, wall: number): PersonRule {
  return { rrule, startWall: plain(wall), timeZone: zone, exdates: [] }
}

function plain(wall: number): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, 19))
}

function rings(rule: PersonRule, from: number, to: number): number[] {
  const [start, end] = [from, to].map((at) => Temporal.Instant.fromEpochMilliseconds(at))
  return occurrencesBetween(rule, start ?? Temporal.Now.instant(), end, 5_000).map(({ epochMilliseconds }) => epochMilliseconds)
}

const start = Date.UTC(2026, 0, 1)
const end = Date.UTC(2029, 0, 1)
const daysOf = Array.from({ length: (end - start) / day }, (_, index) => start + index * day)
const zones = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu']

describe('from 2026 to 2028', () => {
  it.each(zones)('a reminder every day at 9 rings when the clock of %s shows 9, each day once', (zone) => {
    const walls = daysOf.map((midnight) => midnight + 9 * 60 * minute)
    const rung = rings(ruleOf(zone, 'FREQ=DAILY', walls[0] ?? 0), start - day, end + day).slice(0, walls.length)
    expect(rung.map((instant) => wallAt(zone, instant))).toEqual(walls)
    expect(rung).toEqual(walls.map((wall) => instantOf(zone, wall)))
  })

  it.each(zones)('a reminder on the 31st of each month at 9 in %s rings in the months that have one', (zone) => {
    const walls = daysOf.filter((midnight) => new Date(midnight).getUTCDate() === 31).map((midnight) => midnight + 9 * 60 * minute)
    const rung = rings(ruleOf(zone, 'FREQ=MONTHLY;BYMONTHDAY=31', walls[0] ?? 0), start - day, end + day).slice(0, walls.length)
    expect(walls).toHaveLength(21)
    expect(rung).toEqual(walls.map((wall) => instantOf(zone, wall)))
  })

  /** Sundays, at a time that a change of the clocks skips or repeats; and how many changes there are in three years. */
  const changes: readonly (readonly [zone: string, clock: string, what: 'skips' | 'repeats', times: number, minutes: number])[] = [
    ['America/New_York', '02:30', 'skips', 3, 60],
    ['America/New_York', '01:30', 'repeats', 3, 60],
    ['Europe/London', '01:30', 'skips', 3, 60],
    ['Europe/London', '01:30', 'repeats', 3, 60],
    ['Australia/Lord_Howe', '02:15', 'skips', 3, 30],
    ['Australia/Lord_Howe', '01:45', 'repeats', 3, 30],
  ]

  it.each(changes)('a weekly reminder in %s at %s, which the clock %s, rings once each week', (zone, clock, what, times, minutes) => {
    const [hours = 0, mins = 0] = clock.split(':').map(Number)
    const sundays = daysOf.filter((midnight) => new Date(midnight).getUTCDay() === 0)
    const walls = sundays.map((midnight) => midnight + (hours * 60 + mins) * minute)
    const rung = rings(ruleOf(zone, 'FREQ=WEEKLY;BYDAY=SU', walls[0] ?? 0), start - day, end + day).slice(0, walls.length)
    expect(rung).toEqual(walls.map((wall) => instantOf(zone, wall)))
    if (what === 'skips') {
      const moved = rung.filter((instant, index) => wallAt(zone, instant) === (walls[index] ?? 0) + minutes * minute)
      expect(moved).toHaveLength(times)
    } else {
      const again = rung.filter((instant, index) => wallAt(zone, instant + minutes * minute) === walls[index])
      expect(again).toHaveLength(times)
    }
  })
})

describe('any reminder, in any zone', () => {
  const somewhere = fc.constantFrom(...Intl.supportedValuesOf('timeZone').filter((_, index) => index % 4 === 0), ...zones)
  const wallClock = fc.integer({ min: 0, max: 24 * 60 - 1 })

  it('comes next at the first moment at which its wall time comes round again', () => {
    fc.assert(
      fc.property(
        somewhere,
        wallClock,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: daysOf.length - 100 }),
        fc.integer({ min: 0, max: 60 * day }),
        (zone, clock, interval, first, later) => {
          const wall = start + first * day + clock * minute
          const after = wall + later
          const walls = Array.from({ length: 130 }, (_, index) => wall + index * interval * day)
          const expected = walls.map((each) => instantOf(zone, each)).find((instant) => instant > after)
          const found = nextOccurrence(ruleOf(zone, `FREQ=DAILY;INTERVAL=${interval}`, wall), Temporal.Instant.fromEpochMilliseconds(after))
          expect(found?.epochMilliseconds).toBe(expected)
        },
      ),
      { numRuns: 150 },
    )
  })
})
