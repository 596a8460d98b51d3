import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
/** Monday, 23 November 2026, 9:00 in New York. */
const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const understand = (text: string) => language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed: true })
const wall = (start: string | null | undefined) => start?.replace(/:00-0[45]:00$/, '') ?? null

const who = [
  ['me', { target: { kind: 'me' }, people: [], channel: null }],
  ['<@U7>', { target: { kind: 'people' }, people: [{ mention: '<@U7>' }], channel: null }],
  ['@ada-lee', { target: { kind: 'people' }, people: [{ name: 'ada-lee' }], channel: null }],
  ['#garden-club', { target: { kind: 'channel' }, people: [], channel: '#garden-club' }],
  ['~garden', { target: { kind: 'channel' }, people: [], channel: '~garden' }],
  ['everyone', { target: { kind: 'channel' }, people: [], channel: 'here' }],
  ['#garden and #kitchen', { target: { kind: 'channel' }, people: [], channels: ['#garden', '#kitchen'] }],
  [
    '<#C1|garden>, <@U7> and <@U8>',
    { target: { kind: 'people' }, people: [{ mention: '<@U7>' }, { mention: '<@U8>' }], channel: '<#C1|garden>' },
  ],
  ['me and #garden', { target: { kind: 'people' }, people: [{ name: 'me' }], channels: ['#garden'] }],
] as const

const what = [
  'water the ferns',
  'fetch paint in the shed',
  'comment on the draft',
  'buy the shopping list',
  'review “Lunch at noon”',
] as const

const when = [
  ['in 20 minutes', '2026-11-23T09:20', null],
  ['in an hour and a half', '2026-11-23T10:30', null],
  ['in 5m', '2026-11-23T09:05', null],
  ['in 3hrs', '2026-11-23T12:00', null],
  ['in 2 days', '2026-11-25', null],
  ['in 4 months', '2027-03-23', null],
  ['at noon', '2026-11-23T12:00', null],
  ['at 4:30pm', '2026-11-23T16:30', null],
  ['at 930am', '2026-11-23T09:30', null],
  ['at 1400', '2026-11-23T14:00', null],
  ['at 1230 am', '2026-11-24T00:30', null],
  ['tomorrow', '2026-11-24', null],
  ['tomorrow at 4pm', '2026-11-24T16:00', null],
  ['on Thursday', '2026-11-26', null],
  ['on thursDAY at 7:30am', '2026-11-26T07:30', null],
  ['at 7:30am on Thursday', '2026-11-26T07:30', null],
  ['on December 15', '2026-12-15', null],
  ['on July 12th', '2027-07-12', null],
  ['on 7/13 at noon', '2027-07-13T12:00', null],
  ['on 17.12.26', '2026-12-17', null],
  ['on 2027-08-10 13:55', '2027-08-10T13:55', null],
  ['on the 7th', '2026-12-07', null],
  ['every day at 5pm', '2026-11-23T17:00', 'FREQ=DAILY'],
  ['everyday at 8am', '2026-11-24T08:00', 'FREQ=DAILY'],
  ['at 8am every day', '2026-11-24T08:00', 'FREQ=DAILY'],
  ['every weekday at 8:50am', '2026-11-24T08:50', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ['at 11:00 every Tuesday', '2026-11-24T11:00', 'FREQ=WEEKLY;BYDAY=TU'],
  ['every Tuesday, Thursday at 2pm', '2026-11-24T14:00', 'FREQ=WEEKLY;BYDAY=TU,TH'],
  ['every Tuesday Thursday Friday at 10:00', '2026-11-24T10:00', 'FREQ=WEEKLY;BYDAY=TU,TH,FR'],
  ['at 5pm on Fridays', '2026-11-27T17:00', 'FREQ=WEEKLY;BYDAY=FR'],
  ['at noon on Mondays and Thursdays', '2026-11-23T12:00', 'FREQ=WEEKLY;BYDAY=MO,TH'],
  ['every other Wednesday', '2026-11-25', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'],
  ['every second Wednesday at 9', '2026-11-25T09:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'],
  ['every 2 weeks at 5pm', '2026-11-23T17:00', 'FREQ=WEEKLY;INTERVAL=2'],
  ['every fortnight on Thursday', '2026-11-26', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH'],
  ['on the 1st of every month at 9am', '2026-12-01T09:00', 'FREQ=MONTHLY;BYMONTHDAY=1'],
  ['every January 25', '2027-01-25', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25'],
  ['every 1/30 and 9/30 at noon', '2027-01-30T12:00', 'FREQ=YEARLY;BYMONTH=1,9;BYMONTHDAY=30'],
  ['the last Friday of every month at 4pm', '2026-11-27T16:00', 'FREQ=MONTHLY;BYDAY=-1FR'],
  ['on Thursday and Friday', '2026-11-26', 'FREQ=WEEKLY;BYDAY=TH,FR;COUNT=2'],
] as const

const orders = [
  ['who, what, when', (a: string, b: string, c: string) => `remind ${a} to ${b} ${c}`],
  ['who, when, what', (a: string, b: string, c: string) => `remind ${a} ${c} to ${b}`],
  ['when, who, what', (a: string, b: string, c: string) => `${c} remind ${a} to ${b}`],
  ['politely', (a: string, b: string, c: string) => `could you please remind ${a} ${c} to ${b}?`],
] as const

describe.each(orders)('a reminder said in the order %s', (_, say) => {
  it.each(when)('rings %j', (time, start, rrule) => {
    for (const [person, target] of who)
      for (const thing of what) {
        const text = say(person, thing, time)
        const { intent, title, when: at, recurrence, ...rest } = understand(text)
        expect({ text, intent, title: title?.replace(/\?$/, ''), start: wall(at?.start), rrule: recurrence?.rrule ?? null }).toEqual({
          text,
          intent: 'reminder.create',
          title: thing,
          start,
          rrule,
        })
        expect(rest).toMatchObject(target)
      }
  })
})

describe('a reminder without “to”', () => {
  it.each([
    ['remind me Pick up Kim at 4:30pm', 'Pick up Kim', '2026-11-23T16:30'],
    ['remind me feed the cat 10:00', 'feed the cat', '2026-11-23T10:00'],
    ['remind me "paint" tomorrow', 'paint', '2026-11-24'],
    [
      'remind #studio "Doors open in 5 minutes https://example.org/door" at 10:45AM every Monday',
      'Doors open in 5 minutes https://example.org/door',
      '2026-11-23T10:45',
    ],
    ['remind #studio 4711 every weekday at 12:34', '4711', '2026-11-23T12:34'],
    ['remind #studio every weekday at 4pm to What did you paint today?', 'What did you paint today?', '2026-11-23T16:00'],
    ['remind #studio on 12/08/2027 at 11:00 open the doors', 'open the doors', '2027-12-08T11:00'],
    ['remind @acme/everyone to ship at 3pm', 'ship', '2026-11-23T15:00'],
    ['remind <@U7> about the kiln in three hours', 'the kiln', '2026-11-23T12:00'],
    ['remind me that the lease ends on Oct 4', 'the lease ends', '2027-10-04'],
    ['remind meeting with Bo at 3pm', 'meeting with Bo', '2026-11-23T15:00'],
    ['remind me later today to water the kiln', 'water the kiln', '2026-11-23'],
    ['remind me Tuesday', null, '2026-11-24'],
    ['remind me nope', 'nope', null],
    ['remind me in foo seconds', 'foo seconds', null],
  ])('reads %j', (text, title, start) => {
    const found = understand(text)
    expect([found.intent, found.title, wall(found.when?.start)]).toEqual(['reminder.create', title, start])
  })
})

describe('the traps of other readers', () => {
  it.each([
    ['from 2pm to 3:30pm tomorrow a call called Planning', 'Planning', '2026-11-24T14:00', '2026-11-24T15:30'],
    ['schedule R&D sync tomorrow at 4pm', 'R&D sync', '2026-11-24T16:00', '2026-11-24T17:00'],
    ['schedule a meeting 23:30-00:30 tonight', 'meeting', '2026-11-23T23:30', '2026-11-24T00:30'],
    ['Schedule breakfast tomorrow at 8', 'breakfast', '2026-11-24T08:00', '2026-11-24T09:00'],
    ['I want to have a meeting tomorrow at 3', 'meeting', '2026-11-24T15:00', '2026-11-24T16:00'],
    ['create an event called Call the mill today at 3:30pm', 'Call the mill', '2026-11-23T15:30', '2026-11-23T16:30'],
    ['schedule today from 4pm to 5pm a Budget thing', 'Budget thing', '2026-11-23T16:00', '2026-11-23T17:00'],
    ['tonight at 1 call Ann', 'call Ann', '2026-11-24T01:00', '2026-11-24T02:00'],
    ['schedule a sync every Tuesday from 3pm to 4:30pm', 'sync', '2026-11-24T15:00', '2026-11-24T16:30'],
    ['schedule a standup every weekday at 9:30 for 15 minutes', 'standup', '2026-11-23T09:30', '2026-11-23T09:45'],
  ])('books %j', (text, title, start, end) => {
    const found = understand(text)
    expect([found.intent, found.title, wall(found.when?.start), wall(found.when?.end)]).toEqual(['event.create', title, start, end])
  })

  it.each([['Martin and Kate'], ['Justin, Nathan and Kevin'], ['Colin and Matt'], ['Catherine and Singh']])(
    'keeps every name of %j',
    (names) => {
      const { people } = understand(`lunch with ${names} tomorrow at 1pm`)
      expect(people).toEqual(names.split(/, | and /).map((name) => ({ name })))
    },
  )

  it('leaves the new time out of the name of what moves', () => {
    expect(understand('move my 3pm meeting to 4pm')).toMatchObject({ intent: 'event.update', title: 'meeting' })
  })

  it.each([
    ['schedule a Q3 planning session with Ann tomorrow at 3pm', 'Q3 planning session with Ann', '2026-11-24T15:00'],
    ['at 5pm schedule a Q3 planning session', 'Q3 planning session', '2026-11-23T17:00'],
    ['remind me to send the summer newsletter tomorrow at 9', 'send the summer newsletter', '2026-11-24T09:00'],
    ['remind me about the Q3 report', 'the Q3 report', null],
    ['schedule a Christmas party on Dec 12 at 6pm', 'Christmas party', '2026-12-12T18:00'],
    ['schedule Christmas dinner at 6pm', 'dinner', '2026-12-25T18:00'],
    ['budget review with Ann on Friday at 3', 'budget review with Ann', '2026-11-27T15:00'],
  ])('tells which thing from when: %j', (text, title, start) => {
    const found = understand(text)
    expect([found.title, wall(found.when?.start)]).toEqual([title, start])
  })

  it('asks for the time of a day that nobody said to be taken whole', () => {
    expect(understand('conference on Friday').when).toMatchObject({ kind: 'date', start: '2026-11-27', end: null })
  })
})

describe('whole days', () => {
  it.each([
    ['conference on Friday all day', 'conference', '2026-11-27', '2026-11-28'],
    ['book an all day offsite on Friday', 'offsite', '2026-11-27', '2026-11-28'],
    ['schedule all-day planning tomorrow', 'planning', '2026-11-24', '2026-11-25'],
    ['block the whole day tomorrow for writing', 'writing', '2026-11-24', '2026-11-25'],
    ['schedule an all day event next Wednesday called Team retreat', 'Team retreat', '2026-11-25', '2026-11-26'],
    ['schedule a full-day training on 3 December', 'training', '2026-12-03', '2026-12-04'],
    ['block Friday all day', null, '2026-11-27', '2026-11-28'],
  ])('are a range of dates: %j', (text, title, start, end) => {
    expect(understand(text)).toMatchObject({ intent: 'event.create', title, when: { kind: 'range', start, end } })
  })

  it('repeat whole', () => {
    expect(understand('schedule deep work every Friday all day')).toMatchObject({
      title: 'deep work',
      when: { kind: 'range', start: '2026-11-27', end: '2026-11-28' },
      recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=FR', dtstart: '2026-11-27' },
    })
  })

  it('are nothing to a reminder, whose words they stay', () => {
    expect(understand('remind me to call the all day clinic tomorrow').title).toBe('call the all day clinic')
  })
})
