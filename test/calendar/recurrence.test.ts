import { describe, expect, it } from 'vitest'
import { occurrencesOf } from '#calendar/file-rule.ts'
import { nextOccurrence, occurrencesBetween, type PersonRule, validateRule } from '#calendar/recurrence.ts'

const rule = (rrule: string, start: string, timeZone = 'America/New_York', exdates: readonly string[] = []): PersonRule => ({
  rrule,
  startWall: Temporal.PlainDateTime.from(start),
  timeZone,
  exdates: exdates.map((wall) => Temporal.PlainDateTime.from(wall)),
})
const list = (each: PersonRule, from: string, count: number) =>
  occurrencesBetween(each, Temporal.Instant.from(from), undefined, count).map((at) => at.toString({ timeZoneName: 'never' }))

describe('what people repeat', () => {
  it('keeps nine o’clock at nine over both changes of the clock', () => {
    const daily = rule('FREQ=DAILY', '2026-03-06T09:00')
    expect(list(daily, '2026-03-07T00:00Z', 3)).toEqual([
      '2026-03-07T09:00:00-05:00',
      '2026-03-08T09:00:00-04:00',
      '2026-03-09T09:00:00-04:00',
    ])
    expect(list(daily, '2026-10-31T00:00Z', 3)).toEqual([
      '2026-10-31T09:00:00-04:00',
      '2026-11-01T09:00:00-05:00',
      '2026-11-02T09:00:00-05:00',
    ])
  })

  it('rings right after a time that the clock skips', () => {
    expect(list(rule('FREQ=DAILY', '2026-03-07T02:30'), '2026-03-07T00:00Z', 3)).toEqual([
      '2026-03-07T02:30:00-05:00',
      '2026-03-08T03:30:00-04:00',
      '2026-03-09T02:30:00-04:00',
    ])
  })

  it('rings at the first of two equal times', () => {
    expect(list(rule('FREQ=DAILY', '2026-10-31T01:30'), '2026-11-01T00:00Z', 2)).toEqual([
      '2026-11-01T01:30:00-04:00',
      '2026-11-02T01:30:00-05:00',
    ])
  })

  it('gives the one strictly after a moment', () => {
    const weekly = rule('FREQ=WEEKLY;BYDAY=TU', '2026-11-24T09:00')
    expect(nextOccurrence(weekly, Temporal.Instant.from('2026-11-24T14:00Z'))?.toPlainDate().toString()).toBe('2026-12-01')
    expect(nextOccurrence(weekly, Temporal.Instant.from('2026-11-24T13:59Z'))?.toPlainDate().toString()).toBe('2026-11-24')
  })

  it('keeps the parity of every other week, however far away', () => {
    const biweekly = rule('FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', '2026-11-25T09:00')
    expect(list(biweekly, '2036-11-01T00:00Z', 2)).toEqual(['2036-11-12T09:00:00-05:00', '2036-11-26T09:00:00-05:00'])
  })

  it('leaves out excepted occurrences and ends with COUNT and UNTIL', () => {
    expect(list(rule('FREQ=DAILY;COUNT=3', '2026-11-24T09:00', 'UTC', ['2026-11-25T09:00']), '2026-11-24T00:00Z', 9)).toHaveLength(2)
    expect(list(rule('FREQ=DAILY;UNTIL=20261126T140000Z', '2026-11-24T09:00'), '2026-11-24T00:00Z', 9)).toHaveLength(3)
    expect(list(rule('FREQ=DAILY;UNTIL=20261126T135959Z', '2026-11-24T09:00'), '2026-11-24T00:00Z', 9)).toHaveLength(2)
    expect(list(rule('FREQ=DAILY;UNTIL=20261126', '2026-11-24T09:00'), '2026-11-24T00:00Z', 9)).toHaveLength(3)
  })

  it('rings several times a day', () => {
    expect(list(rule('FREQ=DAILY;BYHOUR=9,17', '2026-11-24T09:00'), '2026-11-24T00:00Z', 3)).toEqual([
      '2026-11-24T09:00:00-05:00',
      '2026-11-24T17:00:00-05:00',
      '2026-11-25T09:00:00-05:00',
    ])
  })

  it('finds the last working day of each month', () => {
    expect(list(rule('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-11-30T09:00', 'UTC'), '2026-11-30T00:00Z', 3)).toEqual([
      '2026-11-30T09:00:00+00:00',
      '2026-12-31T09:00:00+00:00',
      '2027-01-29T09:00:00+00:00',
    ])
  })

  it('never rings for a rule without days', () => {
    expect(
      nextOccurrence(rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-11-24T09:00'), Temporal.Instant.from('2026-11-24T00:00Z')),
    ).toBeUndefined()
  })
})

describe('which rules people may have', () => {
  it.each(['FREQ=DAILY', 'FREQ=HOURLY;INTERVAL=2', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20301231T000000Z'])(
    'accepts %s',
    (rrule) => {
      expect(validateRule(rrule)).toEqual({ ok: true })
    },
  )

  it.each([
    'FREQ=MINUTELY',
    'FREQ=SECONDLY;INTERVAL=30',
    'INTERVAL=2',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=99999999',
    'FREQ=DAILY;BYMONTHDAY=32',
    'FREQ=DAILY;COUNT=2;UNTIL=20301231',
    'FREQ=DAILY;X=1',
    'nonsense',
  ])('refuses %s with a reason', (rrule) => {
    const check = validateRule(rrule)
    expect(check.ok).toBe(false)
    expect(check).toHaveProperty('hint', expect.stringMatching(/\.$/))
  })
})

it('refuses a rule as long as a page', () => {
  expect(validateRule(`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(400)}1`).ok).toBe(false)
})

describe('what files repeat', () => {
  const base = { timeZone: 'America/New_York', exdate: [], limit: 3 }

  it('leaves out a time that the clock skips, as RFC 5545 says', () => {
    expect(occurrencesOf({ ...base, rrule: 'FREQ=DAILY', dtstart: '2026-03-07T02:30:00' })).toEqual([
      '2026-03-07T02:30:00-05:00',
      '2026-03-09T02:30:00-04:00',
      '2026-03-10T02:30:00-04:00',
    ])
  })

  it('gives dates for a rule of whole days, and its UNTIL day counts', () => {
    expect(occurrencesOf({ ...base, limit: 9, rrule: 'FREQ=DAILY;UNTIL=20260309', dtstart: '2026-03-07' })).toEqual([
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
    ])
  })

  it('leaves out exception dates', () => {
    expect(
      occurrencesOf({ ...base, rrule: 'FREQ=DAILY;COUNT=3', dtstart: '2026-05-01T09:00:00', exdate: ['2026-05-02T09:00:00'] }),
    ).toEqual(['2026-05-01T09:00:00-04:00', '2026-05-03T09:00:00-04:00'])
  })

  it.each([
    ['FREQ=DAILY;UNTIL=20260503T130000Z', 3],
    ['FREQ=DAILY;UNTIL=20260503T125959Z', 2],
    ['FREQ=DAILY;UNTIL=20260503T090000', 3],
    ['FREQ=DAILY;UNTIL=20260502', 2],
  ])('counts the last occurrence of %s', (rrule, count) => {
    expect(occurrencesOf({ ...base, limit: 9, rrule, dtstart: '2026-05-01T09:00:00' })).toHaveLength(count)
  })

  it('keeps both the weekday and the day of a yearly rule', () => {
    expect(
      occurrencesOf({ ...base, limit: 2, rrule: 'FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=7', dtstart: '2015-01-01T08:00:00', timeZone: 'UTC' })[0],
    ).toBe('2019-01-07T08:00:00+00:00')
  })

  it('takes every day of the weeks that a monthly rule of a file names', () => {
    expect(
      occurrencesOf({ ...base, limit: 8, rrule: 'FREQ=MONTHLY;BYWEEKNO=10;COUNT=8', dtstart: '2026-01-01T09:00:00', timeZone: 'UTC' }).map(
        (at) => at.slice(0, 10),
      ),
    ).toEqual(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08', '2027-03-08'])
  })

  it('says what is wrong with a rule that cannot be read', () => {
    expect(() => occurrencesOf({ ...base, rrule: 'FREQ=SOMETIMES', dtstart: '2026-05-01T09:00:00' })).toThrow(RangeError)
  })
})
