import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
/** Monday, 23 November 2026, 9:00 in New York. */
const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const understand = (text: string, timeZone = 'America/New_York', locale = 'en-US') =>
  language.understand({ text, now, timeZone, locale, addressed: true })
/** What the person would be asked to choose from: rules where there are any, else starts. */
const choices = (text: string, timeZone?: string, locale?: string) => {
  const { when, recurrence, alternatives } = understand(text, timeZone, locale)
  return [{ when, recurrence }, ...alternatives].map((each) => each.recurrence?.rrule ?? each.when?.start)
}

describe('what is asked back', () => {
  it.each([
    ['remind me twice a week to water the ferns', ['FREQ=WEEKLY;BYDAY=MO,TH', 'FREQ=WEEKLY;BYDAY=TU,FR']],
    ['remind me to stretch three times a week', ['FREQ=WEEKLY;BYDAY=MO,WE,FR', 'FREQ=WEEKLY;BYDAY=TU,TH,SA']],
    ['remind me twice a day to drink', ['FREQ=DAILY;BYHOUR=9,17', 'FREQ=DAILY;BYHOUR=8,20']],
    ['remind me twice a month to back up', ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'FREQ=MONTHLY;BYMONTHDAY=-1,15']],
    ['remind me on the 31st of every month to pay', ['FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=MONTHLY;BYMONTHDAY=-1']],
    ['remind me every Feb 29 to call Leap', ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1']],
  ])('offers both rules of %j', (text, rules) => {
    expect(choices(text)).toEqual(rules)
  })

  it.each([
    ['remind me next Friday to fetch the bike', ['2026-11-27', '2026-12-04']],
    ['schedule a call next Thursday at 3pm', ['2026-11-26T15:00:00-05:00', '2026-12-03T15:00:00-05:00']],
    ['wake me up at 6', ['2026-11-24T06:00:00-05:00', '2026-11-23T18:00:00-05:00']],
    ['remind me tomorrow at 6 to feed the hens', ['2026-11-24T18:00:00-05:00', '2026-11-24T06:00:00-05:00']],
    ['schedule a yoga class on Friday at 6', ['2026-11-27T18:00:00-05:00', '2026-11-27T06:00:00-05:00']],
    ['supper with Ida Tuesday or Wednesday at 7pm', ['2026-11-24T19:00:00-05:00', '2026-11-25T19:00:00-05:00']],
    ['schedule a call with Ida tomorrow at 2 or 3pm', ['2026-11-24T14:00:00-05:00', '2026-11-24T15:00:00-05:00']],
    ['schedule a sauna on December 4 or 5 at 11', ['2026-12-04T11:00:00-05:00', '2026-12-05T11:00:00-05:00']],
    ['schedule baking tomorrow from 4pm to 3pm', ['2026-11-24T16:00:00-05:00', '2026-11-24T15:00:00-05:00']],
    ['schedule board games tomorrow from 10pm to 2am', ['2026-11-24T22:00:00-05:00']],
    ['schedule a night shift tomorrow from 6pm to 9am', ['2026-11-24T18:00:00-05:00']],
    ['remind me at 3 or 4 to air the room', ['2026-11-23T15:00:00-05:00', '2026-11-23T16:00:00-05:00']],
    ['remind me on Monday or Tuesday to air the room', ['2026-11-30', '2026-11-24']],
    ['remind me in 20 minutes or so to air the room', ['2026-11-23T09:20:00-05:00']],
  ])('offers both moments of %j', (text, starts) => {
    expect(choices(text)).toEqual(starts)
  })

  it.each([
    ['call with Mei tomorrow at 9am CST', 'Europe/Paris', ['2026-11-24T09:00:00-06:00', '2026-11-24T09:00:00+08:00']],
    [
      'call with Asha tomorrow at 9am IST',
      'Europe/Paris',
      ['2026-11-24T09:00:00+05:30', '2026-11-24T09:00:00+02:00', '2026-11-24T09:00:00+00:00'],
    ],
    ['call with Rana tomorrow at 9am BST', 'Asia/Tokyo', ['2026-11-24T09:00:00+00:00', '2026-11-24T09:00:00+06:00']],
  ])('asks which zone %j means when it is said in %s', (text, timeZone, starts) => {
    expect(choices(text, timeZone)).toEqual(starts)
  })

  it('asks for the order of day and month when the locale does not say it', () => {
    expect(choices('remind me on 3/4 to file', undefined, 'en')).toEqual(['2027-03-04', '2027-04-03'])
    expect(choices('remind me on 3/4 to file', undefined, 'en-GB')).toEqual(['2027-04-03'])
    expect(choices('remind me on 3/14 to bake a pie', undefined, 'en')).toEqual(['2027-03-14'])
  })

  it('gives each choice the fields that differ and no others', () => {
    expect(understand('remind me next Friday to fetch the bike').alternatives).toEqual([
      { when: { kind: 'date', start: '2026-12-04', end: null, grain: 'day', timeZone: 'America/New_York' } },
    ])
    expect(understand('remind me twice a week to water the ferns').alternatives.map((each) => Object.keys(each))).toEqual([
      ['when', 'recurrence'],
    ])
  })
})

describe('what is not asked back', () => {
  it.each([
    ['call with Bo tomorrow at 9am CST', 'America/New_York', '2026-11-24T09:00:00-06:00'],
    ['call with Mei tomorrow at 9am CST', 'Asia/Shanghai', '2026-11-24T09:00:00+08:00'],
    ['call with Dana tomorrow at 9am IST', 'Asia/Jerusalem', '2026-11-24T09:00:00+02:00'],
    ['call with Aoife tomorrow at 9am IST', 'Europe/Dublin', '2026-11-24T09:00:00+00:00'],
    ['call with Asha tomorrow at 9am IST', 'Asia/Kolkata', '2026-11-24T09:00:00+05:30'],
    ['call with Tom tomorrow at 9am BST', 'Europe/London', '2026-11-24T09:00:00+00:00'],
    ['call with Rana tomorrow at 9am BST', 'Asia/Dhaka', '2026-11-24T09:00:00+06:00'],
    ['call with Cy tomorrow at 9am PST', 'Europe/Paris', '2026-11-24T09:00:00-08:00'],
  ])('follows the region of the person: %j in %s', (text, timeZone, start) => {
    expect(choices(text, timeZone)).toEqual([start])
  })

  it.each([
    'remind me twice a week on Tuesday and Friday to run',
    'remind me twice a day at 9 and 5 to stretch',
    'remind me on Friday to fetch the bike',
    'remind me next Monday to fetch the bike',
    'remind me next Tuesday to fetch the bike',
    'schedule a call on Friday at 3',
    'lunch on Friday at 1',
    'remind me at 6 to cook',
    'wake me up at 6am',
    'remind me tomorrow evening at 6 to feed the hens',
    'remind me tomorrow at 18:00 to feed the hens',
    'meeting tomorrow from 5 to 6',
    'remind me on the 30th of every month to pay',
    'remind me on the last day of every month to pay',
    'every other Wednesday at noon remind me to call Jo',
    "what's on next Friday",
    'did you see that, next Friday of all days',
    'remind me to stretch',
  ])('%j', (text) => {
    expect(understand(text).alternatives).toEqual([])
  })
})
