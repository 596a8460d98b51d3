import { expect, it } from 'vitest'
import { inWords } from '#commands/rule.ts'

const nine = Temporal.PlainDateTime.from('2026-11-24T09:00')

it.each([
  ['FREQ=DAILY', 'every day at 9:00 AM'],
  ['FREQ=DAILY;INTERVAL=3', 'every 3 days at 9:00 AM'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday at 9:00 AM'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'every 2 weeks on Tuesday at 9:00 AM'],
  ['FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9,17;BYMINUTE=0', 'every week on Monday, Wednesday and Friday at 9:00 AM and 5:00 PM'],
  ['FREQ=MONTHLY;BYMONTHDAY=1', 'every month on the 1st at 9:00 AM'],
  ['FREQ=MONTHLY;BYMONTHDAY=11,22,31', 'every month on the 11th, 22nd and 31st at 9:00 AM'],
  ['FREQ=MONTHLY;BYMONTHDAY=-3', 'every month on the 3rd to last day at 9:00 AM'],
  ['FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1', 'on the last day of March, June, September and December at 9:00 AM'],
  ['FREQ=MONTHLY;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=TU', 'every month on the Tuesday from the 2nd to the 8th at 9:00 AM'],
  ['FREQ=YEARLY;BYYEARDAY=5,36,337;COUNT=3', 'on Dec 3, Jan 5 and Feb 5 at 9:00 AM'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day at 9:00 AM'],
  ['FREQ=MONTHLY;BYDAY=2TU', 'every month on the second Tuesday at 9:00 AM'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'every month on the last weekday at 9:00 AM'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2,-1;BYHOUR=9,17;BYMINUTE=0', 'every month on the last weekday at 9:00 AM and 5:00 PM'],
  ['FREQ=DAILY;BYSETPOS=1,4;BYHOUR=8,12;BYMINUTE=15,30', 'every day at 8:15 AM and 12:30 PM'],
  ['FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1,4,5,8;BYHOUR=8,12;BYMINUTE=15,30', 'every week on Monday and Wednesday at 8:15 AM and 12:30 PM'],
  ['FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4', 'every year on July 4 at 9:00 AM'],
  ['FREQ=DAILY;COUNT=5', 'every day at 9:00 AM, 5 times'],
  ['FREQ=DAILY;UNTIL=20270601T130000Z', 'every day at 9:00 AM, until Jun 1, 2027'],
  ['FREQ=DAILY;UNTIL=20270602T035959Z', 'every day at 9:00 AM, until Jun 1, 2027'],
  ['FREQ=DAILY;UNTIL=20270601', 'every day at 9:00 AM, until Jun 1, 2027'],
  ['FREQ=YEARLY;BYWEEKNO=20', 'every year at 9:00 AM (BYWEEKNO=20)'],
])('%s is said as %j', (rrule, words) => {
  expect(inWords(rrule, nine, 'America/New_York')).toBe(words)
})
