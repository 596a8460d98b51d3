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
    ['choir mwf 6pm', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-11-23T18:00:00'],
    ['standup m-f 9:15-9:30', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-23T09:15:00'],
    ['every other Tuesday at 9', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '2026-11-24T09:00:00'],
    ['every weekday at 8:30', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-24T08:30:00'],
    ['on work days at 8:30', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-24T08:30:00'],
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
    ['every day until tomorrow at 8am', 'FREQ=DAILY;UNTIL=20261125T045959Z', '2026-11-24T08:00:00'],
    ['every other day at 7pm feed the carp for 3 weeks', 'FREQ=DAILY;INTERVAL=2;UNTIL=20261214T045959Z', '2026-11-23T19:00:00'],
    ['first workday of every month', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', '2026-12-01'],
    ['every 3 hours', 'FREQ=HOURLY;INTERVAL=3', '2026-11-23T09:01:00'],
    ['every second Tuesday at 9', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '2026-11-24T09:00:00'],
    ['every fortnight on Thursday at 9', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', '2026-11-26T09:00:00'],
    ['alternate Fridays at 4pm', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '2026-11-27T16:00:00'],
    ['every weeknight at 8', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-23T20:00:00'],
    ['every Friday the 13th at 9am', 'FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR', '2027-08-13T09:00:00'],
    ['monthly on the third-to-last day at 9am', 'FREQ=MONTHLY;BYMONTHDAY=-3', '2026-11-28T09:00:00'],
    ['every hour on the hour', 'FREQ=HOURLY', '2026-11-23T10:00:00'],
    ['every 2 hours at half past', 'FREQ=HOURLY;INTERVAL=2', '2026-11-23T09:30:00'],
    ['every hour at half past between 10 and 5', 'FREQ=HOURLY;BYHOUR=10,11,12,13,14,15,16', '2026-11-23T10:30:00'],
    ['every hour at a quarter past', 'FREQ=HOURLY', '2026-11-23T09:15:00'],
    ['hourly at 15 minutes past the hour', 'FREQ=HOURLY', '2026-11-23T09:15:00'],
    ['every hour at the top of the hour', 'FREQ=HOURLY', '2026-11-23T10:00:00'],
    ['every quarter on the first day', 'FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=1', '2027-01-01'],
    ['quarterly on the last day at 5pm', 'FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1', '2026-12-31T17:00:00'],
    ['on June 5 every year at noon', 'FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5', '2027-06-05T12:00:00'],
    ['choir 6-7 every Wednesday', 'FREQ=WEEKLY;BYDAY=WE', '2026-11-25T18:00:00'],
    ['dinner every Friday at 7', 'FREQ=WEEKLY;BYDAY=FR', '2026-11-27T19:00:00'],
    ['remind me on Dec 3, Jan 5 and Feb 5 at 8 to dust', 'FREQ=YEARLY;BYYEARDAY=5,36,337;COUNT=3', '2026-12-03T08:00:00'],
    ['remind me on the 3rd and 10th to dust', 'FREQ=YEARLY;BYYEARDAY=337,344;COUNT=2', '2026-12-03'],
    [
      'remind me on Dec 3 and 10th at 8:15 and 12:30 to dust',
      'FREQ=YEARLY;BYYEARDAY=337,344;BYSETPOS=1,4,5,8;BYHOUR=8,12;BYMINUTE=15,30;COUNT=4',
      '2026-12-03T08:15:00',
    ],
    ['3 days before the 1st of every month at 9am', 'FREQ=MONTHLY;BYMONTHDAY=-3', '2026-11-28T09:00:00'],
    ['a week before the 5th of each month', 'FREQ=MONTHLY;BYMONTHDAY=-3', '2026-11-28'],
    ['two days before the last day of every month', 'FREQ=MONTHLY;BYMONTHDAY=-3', '2026-11-28'],
    ['the day after the last day of every month', 'FREQ=MONTHLY;BYMONTHDAY=1', '2026-12-01'],
    ['the evening before every Monday', 'FREQ=WEEKLY;BYDAY=SU', '2026-11-29T18:00:00'],
    ['the day after the first Monday of every month', 'FREQ=MONTHLY;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=TU', '2026-12-08'],
    ['a week before Christmas every year', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=18', '2026-12-18'],
    ['every year 2 days before March 1 at noon', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-2', '2027-02-27T12:00:00'],
    ['every month, 3 days before the 15th', 'FREQ=MONTHLY;BYMONTHDAY=12', '2026-12-12'],
    ['every second-to-last weekday of the month', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2', '2026-11-27'],
    [
      'every 2 years on the first Tuesday after a Monday in November at 9am',
      'FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=TU',
      '2027-11-02T09:00:00',
    ],
    ['every month on the first Saturday after the first Sunday', 'FREQ=MONTHLY;BYMONTHDAY=7,8,9,10,11,12,13;BYDAY=SA', '2026-12-12'],
    ['every Thursday, but only during June and July', 'FREQ=WEEKLY;BYMONTH=6,7;BYDAY=TH', '2027-06-03'],
    ['every Wednesday in May, every other year', 'FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYDAY=WE', '2027-05-05'],
    ['every Monday in week 20', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '2027-05-17'],
    ['every year on the 100th day', 'FREQ=YEARLY;BYYEARDAY=100', '2027-04-10'],
    ['daily starting in April until June', 'FREQ=DAILY;UNTIL=20270601', '2027-04-01'],
    ['every Wednesday through February', 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20270228', '2026-11-25'],
    ['daily through Friday', 'FREQ=DAILY;UNTIL=20261127', '2026-11-23'],
    ['daily before Friday', 'FREQ=DAILY;UNTIL=20261126', '2026-11-23'],
    ['every Wednesday until November', 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20271101', '2026-11-25'],
    ['every Wednesday from November until June', 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20270601', '2026-11-25'],
    ['every 27', 'FREQ=MONTHLY;BYMONTHDAY=27', '2026-11-27'],
    ['twice weekly', 'FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-23'],
    ['one a day at 8', 'FREQ=DAILY', '2026-11-24T08:00:00'],
    ['daily at noon over 3 days', 'FREQ=DAILY;UNTIL=20261126T045959Z', '2026-11-23T12:00:00'],
    ['remind me the day before every other Monday and Wednesday to pack', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU', '2026-11-24'],
    ['remind me each morning to check the kiln except weekends', 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', '2026-11-24T09:00:00'],
    ['dentist Friday and Dec 3 at 9', 'FREQ=YEARLY;BYYEARDAY=331,337;COUNT=2', '2026-11-27T09:00:00'],
    ['remind me tomorrow and Sunday at 10am to call Bo', 'FREQ=YEARLY;BYYEARDAY=328,333;COUNT=2', '2026-11-24T10:00:00'],
    ['gym mon wed fri 6:30am', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-11-25T06:30:00'],
    ['lunch with Ann on Monday and Tuesday at 12', 'FREQ=WEEKLY;BYDAY=MO,TU;COUNT=2', '2026-11-24T12:00:00'],
    ['every 90 minutes', 'FREQ=MINUTELY;INTERVAL=90', '2026-11-23T09:01:00'],
    ['every hour from 9 to 12', 'FREQ=HOURLY;BYHOUR=9,10,11', '2026-11-23T10:00:00'],
    ['Monday to Friday at 10am every week', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-23T10:00:00'],
    ['every Monday until 10 December at 10', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261211T045959Z', '2026-11-23T10:00:00'],
    ['every day next week at 9', 'FREQ=DAILY;UNTIL=20261207T045959Z', '2026-11-30T09:00:00'],
    ['every day for the next 5 days at 10', 'FREQ=DAILY;UNTIL=20261128T045959Z', '2026-11-23T10:00:00'],
  ])('reads %j', (text, rrule, dtstart) => {
    expect(recurrence(text)).toMatchObject({ rrule, dtstart })
    expect(recurrence(`remind me to stretch ${text}`)).toMatchObject({ rrule })
  })

  it.each([
    ['schedule a weekly team meeting every Tuesday at 10am', 'team meeting', 'FREQ=WEEKLY;BYDAY=TU', '2026-11-24T10:00:00'],
    ['schedule a weekly sync on Friday at 3pm', 'sync', 'FREQ=WEEKLY;BYDAY=FR', '2026-11-27T15:00:00'],
    ['schedule a monthly review on the first Monday at 3pm', 'review', 'FREQ=MONTHLY;BYDAY=1MO', '2026-12-07T15:00:00'],
    ['schedule an annual checkup on May 3 at 10am', 'checkup', 'FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3', '2027-05-03T10:00:00'],
    ['schedule a daily standup every weekday at 9:15am', 'standup', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-23T09:15:00'],
    ['schedule a meeting every Monday at 10am weekly', 'meeting', 'FREQ=WEEKLY;BYDAY=MO', '2026-11-23T10:00:00'],
  ])('makes one rule of what is said twice: %j', (text, title, rrule, dtstart) => {
    expect(language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed: true })).toMatchObject({
      intent: 'event.create',
      title,
      recurrence: { rrule, dtstart },
    })
  })

  it.each([
    ['remind me to send the weekly report on Friday at 4', 'send the weekly report', '2026-11-27T16:00:00-05:00'],
    ['remind <#C7> to send quarterly figures on December 15', 'send quarterly figures', '2026-12-15'],
    ['remind me tomorrow about my annual checkup', 'my annual checkup', '2026-11-24'],
  ])('tells a thing from how often to remind of it: %j', (text, title, start) => {
    expect(language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed: true })).toMatchObject({
      title,
      when: { start },
      recurrence: null,
    })
  })

  it('leaves out each time of a day that is excepted', () => {
    expect(recurrence('every 8 hours except tomorrow')?.exdates).toEqual([
      '2026-11-24T01:01:00',
      '2026-11-24T09:01:00',
      '2026-11-24T17:01:00',
    ])
  })

  it('does not take a name for a repetition', () => {
    expect(recurrence('create an event called Weekly review tomorrow at 3pm')).toBeNull()
  })
})
