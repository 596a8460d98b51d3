import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
/** Monday, 23 November 2026, 9:01 in New York. */
const now = Temporal.Instant.from('2026-11-23T14:01:00Z')
const recurrence = (text: string) =>
  language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed: true }).recurrence

describe('recurrence', () => {
  it.each([
    ['every day at 9', 'FREQ=DAILY', '2026-11-24T09:00:00'],
    ['daily at 17:30', 'FREQ=DAILY', '2026-11-23T17:30:00'],
    ['every other Tuesday at 9', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '2026-11-24T09:00:00'],
    ['every weekday at 8:30', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-24T08:30:00'],
    ['on the 1st of every month', 'FREQ=MONTHLY;BYMONTHDAY=1', '2026-12-01'],
    ['every Monday, Wednesday and Friday at 10am', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-11-23T10:00:00'],
    ['the last Friday of every month at noon', 'FREQ=MONTHLY;BYDAY=-1FR', '2026-11-27T12:00:00'],
    ['every month on the last day', 'FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30'],
    ['every 2 weeks on Mon and Fri', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR', '2026-11-23'],
    ['every January 25', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25', '2027-01-25'],
    ['every day at 9 and 17', 'FREQ=DAILY;BYHOUR=9,17', '2026-11-23T17:00:00'],
    ['Mondays at 4pm', 'FREQ=WEEKLY;BYDAY=MO', '2026-11-23T16:00:00'],
    ['every morning', 'FREQ=DAILY', '2026-11-24T09:00:00'],
    ['every day at 8am for 5 times', 'FREQ=DAILY;COUNT=5', '2026-11-24T08:00:00'],
    ['daily until Friday', 'FREQ=DAILY;UNTIL=20261127', '2026-11-23'],
    ['first workday of every month', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', '2026-12-01'],
    ['every 3 hours', 'FREQ=HOURLY;INTERVAL=3', '2026-11-23T09:01:00'],
  ])('reads %j', (text, rrule, dtstart) => {
    expect(recurrence(text)).toMatchObject({ rrule, dtstart })
    expect(recurrence(`remind me to stretch ${text}`)).toMatchObject({ rrule })
  })

  it('does not take a name for a repetition', () => {
    expect(recurrence('create an event called Weekly review tomorrow at 3pm')).toBeNull()
  })
})
