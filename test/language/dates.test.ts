import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
/** Wednesday, 14 October 2026, 10:20 in New York. */
const now = Temporal.Instant.from('2026-10-14T14:20:00Z')
const when = (text: string, locale = 'en-US') =>
  language.understand({ text, now, timeZone: 'America/New_York', locale, addressed: true }).when
const short = (moment: string | null | undefined) => moment?.replace(/:00-0[45]:00$/, '') ?? null

describe('points in time', () => {
  it.each([
    ['at 5pm', '2026-10-14T17:00'],
    ['5 p.m. tomorrow', '2026-10-15T17:00'],
    ['at 9am', '2026-10-15T09:00'],
    ['17:45', '2026-10-14T17:45'],
    ['at 1830', '2026-10-14T18:30'],
    ['19h30', '2026-10-14T19:30'],
    ['half past 4', '2026-10-14T16:30'],
    ['a quarter to 6pm', '2026-10-14T17:45'],
    ['twenty past noon', '2026-10-14T12:20'],
    ['eight forty p.m.', '2026-10-14T20:40'],
    ["3 o'clock", '2026-10-14T15:00'],
    ['noon', '2026-10-14T12:00'],
    ['midnight', '2026-10-15T00:00'],
    ['tonight', '2026-10-14T20:00'],
    ['tonight at 8', '2026-10-14T20:00'],
    ['tonight at 1', '2026-10-15T01:00'],
    ['tomorrow morning', '2026-10-15T09:00'],
    ['friday afternoon', '2026-10-16T15:00'],
    ['in 20 minutes', '2026-10-14T10:40'],
    ['in an hour and a half', '2026-10-14T11:50'],
    ['in 1h 15m', '2026-10-14T11:35'],
    ['in 2.5 hours', '2026-10-14T12:50'],
    ['half an hour from now', '2026-10-14T10:50'],
    ['2 hours ago', '2026-10-14T08:20'],
    ['an hour before noon tomorrow', '2026-10-15T11:00'],
    ['2026-12-24T18:30', '2026-12-24T18:30'],
    ['Dec 24 at 6:30 in the evening', '2026-12-24T18:30'],
    ['at 3 in the afternoon on the 20th', '2026-10-20T15:00'],
    ['Monday at 11', '2026-10-19T11:00'],
  ])('reads %j', (text, start) => {
    expect(short(when(text)?.start)).toBe(start)
    expect(when(text)?.kind).toBe('instant')
  })
})

describe('days', () => {
  it.each([
    ['tomorrow', '2026-10-15'],
    ['the day after tomorrow', '2026-10-16'],
    ['wednesday', '2026-10-21'],
    ['thursday', '2026-10-15'],
    ['next thursday', '2026-10-22'],
    ['next monday', '2026-10-19'],
    ['this friday', '2026-10-16'],
    ['last monday', '2026-10-12'],
    ['tuesday next week', '2026-10-20'],
    ['next week on friday', '2026-10-23'],
    ['in 3 days', '2026-10-17'],
    ['in two weeks', '2026-10-28'],
    ['in a month', '2026-11-14'],
    ['three weeks from tuesday', '2026-11-10'],
    ['2 days before Christmas', '2026-12-23'],
    ['in 3 business days', '2026-10-19'],
    ['the 20th', '2026-10-20'],
    ['the 3rd', '2026-11-03'],
    ['the 5th of next month', '2026-11-05'],
    ['November 2nd', '2026-11-02'],
    ['2 November 2028', '2028-11-02'],
    ['March 3', '2027-03-03'],
    ['3/4', '2027-03-04'],
    ['12/25/26', '2026-12-25'],
    ['25.12.2026', '2026-12-25'],
    ['2027-02-28', '2027-02-28'],
    ['Friday the 13th', '2026-11-13'],
    ['the first Monday of December', '2026-12-07'],
    ['the last day of the month', '2026-10-31'],
    ['the second to last Friday of November', '2026-11-20'],
    ['4 sundays from now', '2026-11-08'],
    ['Thanksgiving', '2026-11-26'],
    ['Easter 2027', '2027-03-28'],
    ['Halloween', '2026-10-31'],
    ['febuary 3rd', '2027-02-03'],
    ['tomorow', '2026-10-15'],
    ['on the twenty-first', '2026-10-21'],
    ['may the fourth', '2027-05-04'],
  ])('reads %j', (text, start) => {
    expect(when(text)).toMatchObject({ kind: 'date', start, end: null })
  })

  it('puts the day first where people do', () => {
    expect(when('3/4', 'en-GB')?.start).toBe('2027-04-03')
    expect(when('25/12', 'en-US')?.start).toBe('2026-12-25')
    expect(when('13/4/2027', 'en-US')?.start).toBe('2027-04-13')
  })
})

describe('ranges', () => {
  it.each([
    ['tomorrow 9-10am', '2026-10-15T09:00', '2026-10-15T10:00'],
    ['friday from 2 to 3:30pm', '2026-10-16T14:00', '2026-10-16T15:30'],
    ['11-1pm tomorrow', '2026-10-15T11:00', '2026-10-15T13:00'],
    ['between 9:30 and 11:00 on Thursday', '2026-10-15T09:30', '2026-10-15T11:00'],
    ['from 10pm to 1am', '2026-10-14T22:00', '2026-10-15T01:00'],
    ['tomorrow at 4pm for 45 minutes', '2026-10-15T16:00', '2026-10-15T16:45'],
    ['from Monday 9am to Tuesday noon', '2026-10-19T09:00', '2026-10-20T12:00'],
    ['November 3 to 5', '2026-11-03', '2026-11-06'],
    ['from the 3rd to the 5th of November', '2026-11-03', '2026-11-06'],
    ['Nov 28 - Dec 2', '2026-11-28', '2026-12-03'],
    ['Mon-Wed', '2026-10-19', '2026-10-22'],
    ['next week', '2026-10-19', '2026-10-26'],
    ['this weekend', '2026-10-17', '2026-10-19'],
    ['next month', '2026-11-01', '2026-12-01'],
    ['the first week of March 2027', '2027-03-01', '2027-03-08'],
    ['next 3 days', '2026-10-15', '2026-10-18'],
    ['Q1 2027', '2027-01-01', '2027-04-01'],
    ['the end of November', '2026-11-21', '2026-12-01'],
    ['week 50', '2026-12-07', '2026-12-14'],
    ['in 2 to 4 weeks', '2026-10-28', '2026-11-11'],
    ['2028', '2028-01-01', '2029-01-01'],
  ])('reads %j', (text, start, end) => {
    const range = when(text)
    expect([range?.kind, short(range?.start), short(range?.end)]).toEqual(['range', start, end])
  })

  it('leaves one side open', () => {
    expect(when('after 3pm tomorrow')).toMatchObject({ start: '2026-10-15T15:00:00-04:00', end: null, open: 'after' })
    expect(when('before Friday')).toMatchObject({ start: null, end: '2026-10-16', open: 'before' })
  })
})

describe('zones', () => {
  it.each([
    ['9am PT tomorrow', '2026-10-15T09:00:00-07:00', 'America/Los_Angeles'],
    ['tomorrow at 15:00 in Tokyo', '2026-10-15T15:00:00+09:00', 'Asia/Tokyo'],
    ['noon London time', '2026-10-15T12:00:00+01:00', 'Europe/London'],
    ['at 18:00 UTC', '2026-10-14T18:00:00+00:00', 'UTC'],
    ['8pm Eastern time', '2026-10-14T20:00:00-04:00', 'America/New_York'],
  ])('reads %j on the clock it names', (text, start, timeZone) => {
    expect(when(text)).toMatchObject({ start, timeZone })
  })

  it('moves a time that the clock skips past the gap, and takes the first of two equal ones', () => {
    const spring = Temporal.Instant.from('2027-03-13T12:00:00Z')
    const fall = Temporal.Instant.from('2026-10-31T12:00:00Z')
    const read = (moment: Temporal.Instant, text: string) =>
      language.understand({ text, now: moment, timeZone: 'America/New_York', locale: 'en-US', addressed: true }).when
    const at = (moment: Temporal.Instant, text: string) => read(moment, text)?.start
    const end = (moment: Temporal.Instant, text: string) => read(moment, text)?.end
    expect(at(spring, 'tomorrow at 2:30am')).toBe('2027-03-14T03:30:00-04:00')
    expect(at(fall, 'tomorrow at 1:30am')).toBe('2026-11-01T01:30:00-04:00')
    expect(at(spring, 'half an hour before 3am tomorrow')).toBe('2027-03-14T01:30:00-05:00')
    expect(end(spring, 'tomorrow at 1am for 2 hours')).toBe('2027-03-14T04:00:00-04:00')
    expect(end(fall, 'tomorrow from 12:30am for 2 hours')).toBe('2026-11-01T01:30:00-05:00')
  })
})

describe('no time', () => {
  it.each([
    'I may come',
    'call Bob',
    'buy 3 apples',
    'the march was long',
    'one to one',
    'version 1.2.30',
    'she sat in the sun',
    'give me a second chance',
  ])('finds none in %j', (text) => {
    expect(when(text)).toBeNull()
  })
})

describe('other languages', () => {
  it.each([
    ['de', 'morgen um 15 Uhr', '2026-10-15T15:00'],
    ['fr-FR', 'demain à 15h', '2026-10-15T15:00'],
    ['es', 'mañana a las 17:00', '2026-10-15T17:00'],
  ])('reads %s', (locale, text, start) => {
    expect(short(when(text, locale)?.start)).toBe(start)
  })
})
