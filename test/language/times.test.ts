import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
/** Wednesday, 14 October 2026, 10:20 in New York. */
const now = Temporal.Instant.from('2026-10-14T14:20:00Z')
const understand = (text: string, locale = 'en-US') =>
  language.understand({ text, now, timeZone: 'America/New_York', locale, addressed: true })
/** "2026-10-14T17:00", or a day; both ends of a range. */
const times = (text: string, locale?: string) => {
  const when = understand(text, locale).when
  const short = (moment: string | null) => moment?.replace(/:00-0[45]:00$/, '') ?? '...'
  if (!when) return 'none'
  return when.kind === 'range' ? `${short(when.start)} to ${short(when.end)}` : short(when.start)
}

describe('an hour that nobody called morning or afternoon', () => {
  it.each([
    ['ten past three', '2026-10-14T15:10'],
    ['a quarter to 5', '2026-10-14T16:45'],
    ['half past 4 tomorrow', '2026-10-15T16:30'],
    ['friday 2:15', '2026-10-16T14:15'],
    ['at one twenty', '2026-10-14T13:20'],
    ['at 04:30', '2026-10-15T04:30'],
    ['tomorrow at 7:30', '2026-10-15T07:30'],
    ['6 in the morning', '2026-10-15T06:00'],
  ])('is the afternoon before 7, unless it was written otherwise: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('the grain', () => {
  it.each([
    ['tomorrow at 3pm', 'minute'],
    ['at noon', 'minute'],
    ['from 9 to 11 on Friday', 'minute'],
    ['in 2 hours', 'minute'],
    ['at 15:30:20', 'second'],
    ['in 30 seconds', 'second'],
    ['tomorrow', 'day'],
    ['next month', 'month'],
  ])('of %j is the %s', (text, grain) => {
    expect(understand(text).when?.grain).toBe(grain)
  })
})

describe('a range typed alone', () => {
  it.each([
    ['12 to 1', '2026-10-14T12:00 to 2026-10-14T13:00'],
    ['from 12 to 1', '2026-10-14T12:00 to 2026-10-14T13:00'],
    ['7pm to 9pm', '2026-10-14T19:00 to 2026-10-14T21:00'],
    ['11-12', '2026-10-14T11:00 to 2026-10-14T12:00'],
    ['2 to 3:30', '2026-10-14T14:00 to 2026-10-14T15:30'],
    ['nine to five', '2026-10-15T09:00 to 2026-10-15T17:00'],
  ])('is one of clock times: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
    expect(understand(text).intent).toBe('none')
  })

  it.each(['buy 10 to 12 apples', 'I have 2 to 3 ideas', 'more than 5 people', 'no more than 3'])('is not heard in %j', (text) => {
    expect(times(text)).toBe('none')
  })

  it('is noon to one in an event', () => {
    expect(times('lunch with Ann from 12 to 1 tomorrow')).toBe('2026-10-15T12:00 to 2026-10-15T13:00')
  })
})

describe('a day that its month does not have', () => {
  it.each([
    ['remind me on February 30 to pay', '2027-02-28', 'pay'],
    ['remind me on 31 June to call Ann', '2027-06-30', 'call Ann'],
    ['remind me on 2/30 to pay', '2027-02-28', 'pay'],
    ['remind me on the 31st of April 2028 to file the report', '2028-04-30', 'file the report'],
  ])('is the last one it has: %j', (text, expected, title) => {
    expect(times(text)).toBe(expected)
    expect(understand(text).title).toBe(title)
  })
})

describe('an hour of what people do in the evening', () => {
  it.each([
    ['dinner at 7 tomorrow', '2026-10-15T19:00'],
    ['dinner tomorrow at the Anchor at 8', '2026-10-15T20:00'],
    ['supper with Ida from 6 to 8 tomorrow', '2026-10-15T18:00 to 2026-10-15T20:00'],
    ['drinks at 9 tomorrow', '2026-10-15T21:00'],
    ['dinner at 7am tomorrow', '2026-10-15T07:00'],
    ['breakfast at 8 tomorrow', '2026-10-15T08:00'],
    ['move dinner to 8', '2026-10-14T20:00'],
  ])('is one of the evening: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('a range after the name of an event', () => {
  it.each([
    ['lunch 12-1', '2026-10-14T12:00 to 2026-10-14T13:00'],
    ['conference Jan 12-14', '2027-01-12 to 2027-01-15'],
    ['all hands first Thursday of the month at 4pm', '2026-11-05T16:00'],
    ['sync 10 to 11', '2026-10-15T10:00 to 2026-10-15T11:00'],
    ['remind me at 18 30', '2026-10-14T18:30'],
    ['call 555-1212', 'none'],
  ])('is its time: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('ends of a range on days of their own', () => {
  it.each([
    ['between 2:00 tomorrow and 4:00', '2026-10-15T14:00 to 2026-10-15T16:00'],
    ['May 3 at 3pm to 2pm May 5', '2027-05-03T15:00 to 2027-05-05T14:00'],
    ['6pm to 6am tomorrow', '2026-10-14T18:00 to 2026-10-15T06:00'],
    ['from nine to five', '2026-10-15T09:00 to 2026-10-15T17:00'],
    ['saturday from 3 til 5', '2026-10-17T15:00 to 2026-10-17T17:00'],
    ['November 3 and 4', '2026-11-03 to 2026-11-05'],
    ['tomorrow at 4pm, 90 minutes', '2026-10-15T16:00 to 2026-10-15T17:30'],
    ['between now and 5pm', '2026-10-14T10:20 to 2026-10-14T17:00'],
    ["from now until 8 o'clock", '2026-10-14T10:20 to 2026-10-14T20:00'],
    ['from November 27th - 29th', '2026-11-27 to 2026-11-30'],
    ['from 4 to 23 of next month', '2026-11-04 to 2026-11-24'],
    ['11/3-11/9', '2026-11-03 to 2026-11-10'],
    ['10-1-2028-10-7-2028', '2028-10-01 to 2028-10-08'],
    ['the first to the last day of March', '2027-03-01 to 2027-04-01'],
    ['2-3 days ago', '2026-10-11 to 2026-10-13'],
    ['in 2 to 4 days', '2026-10-16 to 2026-10-19'],
    ['fewer than 3 hours from now', '2026-10-14T10:20 to 2026-10-14T13:20'],
    ['more than 3 days ago', '... to 2026-10-11T10:20'],
    ['less than 2 weeks ago', '2026-09-30T10:20 to ...'],
    ['tuesday 2-4', '2026-10-20T14:00 to 2026-10-20T16:00'],
    ['fri 10-11:30', '2026-10-16T10:00 to 2026-10-16T11:30'],
    ['Mon 12-28', '2026-12-28'],
    ['11-02', '2026-10-14T11:00 to 2026-10-14T14:00'],
    ['5 Nov 0910-1045', '2026-11-05T09:10 to 2026-11-05T10:45'],
    ['friday to next sunday', '2026-10-16 to 2026-10-26'],
    ['17-26', '2026-10-17 to 2026-10-27'],
    ['away for 3 days starting next Monday', '2026-10-19 to 2026-10-22'],
  ])('are both read: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('times that have begun', () => {
  it.each([
    ['since Monday', '2026-10-12 to ...'],
    ['since the 3rd', '2026-10-03 to ...'],
    ['since May 2', '2026-05-02 to ...'],
    ['since Easter', '2026-04-05 to ...'],
    ['the deadline was Friday', '2026-10-09'],
    ['until now', '... to 2026-10-14T10:20'],
    ['what have we spent till date?', '... to 2026-10-14T10:20'],
    ['October 10th', '2026-10-10'],
    ['3 October', '2027-10-03'],
    ['remind me on October 10th to renew', '2027-10-10'],
  ])('lie behind: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })

  it.each([
    ['from Monday on', '2026-10-19 to ...'],
    ['from next month onwards', '2026-11-01 to ...'],
    ['from 3pm on', '2026-10-14T15:00 to ...'],
    ['from Monday on Zoom', '2026-10-19'],
  ])('or go on: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('minutes of an hour that is not said', () => {
  it.each([
    ['remind me at half past to leave', '2026-10-14T10:30'],
    ['at quarter past', '2026-10-14T11:15'],
    ['at twenty to', '2026-10-14T10:40'],
    ['twenty to nine', '2026-10-15T08:40'],
    ['at ten prior to 5pm', '2026-10-14T16:50'],
    ['a quarter past', 'none'],
    ['remind me at the top of the hour to blink', '2026-10-14T11:00'],
    ['remind me at the bottom of the next hour to blink', '2026-10-14T10:30'],
    ['remind me in an hour and a quarter to blink', '2026-10-14T11:35'],
  ])('are those of the coming one: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('a stretch that is open at its beginning', () => {
  it.each([
    ["what's on through Friday", '... to 2026-10-17'],
    ["what's on before Friday", '... to 2026-10-16'],
    ['am I free thru tomorrow', '... to 2026-10-16'],
    ["I'm abroad through next week", '... to 2026-10-26'],
    ["I'm abroad through the end of the month", '... to 2026-11-01'],
    ["I'm abroad until next week", '... to 2026-10-19'],
    ["what's on from December through February", '2026-12-01 to 2027-03-01'],
    ['block the court today through Sunday', '2026-10-14 to 2026-10-19'],
  ])('holds its last day when it goes through it: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('a part of the day that is taken whole', () => {
  it.each([
    ['block all morning tomorrow for sketches', '2026-10-15T09:00 to 2026-10-15T12:00'],
    ['workshop on Friday all afternoon', '2026-10-16T12:00 to 2026-10-16T18:00'],
    ['schedule a workshop all evening on Monday', '2026-10-19T18:00 to 2026-10-19T22:00'],
  ])('is a range: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('digits that are all that was typed', () => {
  it.each([
    ['1430', '2026-10-14T14:30'],
    ['1200', '2026-10-14T12:00'],
    ['745', '2026-10-15T07:45'],
    ['2030', '2030-01-01 to 2031-01-01'],
    ['404', 'none'],
    ['300', 'none'],
  ])('%j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('digits that number something', () => {
  it.each([
    ['meet in room B204 on Friday', '2026-10-16'],
    ['pick up Kim from flight LH 405 on Friday', '2026-10-16'],
    ['train RE 1013 at 9:15 tomorrow', '2026-10-15T09:15'],
    ['MEETING FRI 1415', '2026-10-16T14:15'],
  ])('are no clock time: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('days counted from other days', () => {
  it.each([
    ['the day after Christmas', '2026-12-26'],
    ['the day before Thanksgiving', '2026-11-25'],
    ['monday week', '2026-10-26'],
    ['a week on Tuesday', '2026-10-27'],
    ['3 years ago tomorrow', '2023-10-15'],
    ['2 weeks after Christmas on Monday', '2027-01-04'],
    ['the first week of December on Thursday', '2026-12-03'],
    ['3pm on Sunday 29', '2026-11-29T15:00'],
    ['this time tomorrow', '2026-10-15T10:20'],
    ['the same time next week', '2026-10-21T10:20'],
    ['tomorrow at the same time', '2026-10-15T10:20'],
    ['2 weekends ago', '2026-10-03 to 2026-10-05'],
    ['this coming weekend', '2026-10-17 to 2026-10-19'],
    ['week from friday', '2026-10-23'],
    ['Christmas week', '2026-12-21 to 2026-12-28'],
    ['the second half of November', '2026-11-16 to 2026-12-01'],
    ['late friday night', '2026-10-16T22:00'],
    ['early tomorrow morning', '2026-10-15T08:00'],
    ['lunchtime tomorrow', '2026-10-15T12:00'],
    ['2 nights ago', '2026-10-12T20:00'],
    ['1530 tomorrow', '2026-10-15T15:30'],
    ['a quarter ago', '2026-07-01 to 2026-10-01'],
    ['on the weekend', '2026-10-17 to 2026-10-19'],
    ['June 2 years ago', '2024-06-01 to 2024-07-01'],
    ['March in 2 years', '2028-03-01 to 2028-04-01'],
    ['later than 2028', '2029-01-01 to ...'],
    ['the party was on May 3', '2026-05-03'],
    ['the winter solstice', '2026-12-21'],
    ['Thanksgiving weekend 2028', '2028-11-25 to 2028-11-27'],
    ['the Monday before Christmas', '2026-12-21'],
    ['the Friday after the 20th', '2026-10-23'],
    ['a week tomorrow', '2026-10-22'],
    ['a week today at 4pm', '2026-10-21T16:00'],
    ['tomorrow week', '2026-10-22'],
    ['two weeks on Friday', '2026-10-30'],
    ['friday fortnight', '2026-10-30'],
    ['2 Aprils from now', '2028-04-01 to 2028-05-01'],
    ['two Marches ago', '2025-03-01 to 2025-04-01'],
    ['mid next week', '2026-10-21'],
    ['midweek', '2026-10-14'],
    ['later this week', '2026-10-15 to 2026-10-19'],
    ['earlier this month', '2026-10-01 to 2026-10-15'],
    ['close of business on Friday', '2026-10-16T17:00'],
    ['by end of play tomorrow', '2026-10-15T17:00'],
    ['monday first thing', '2026-10-19T09:00'],
    ['first thing tomorrow morning', '2026-10-15T09:00'],
    ['late this morning', '2026-10-14T11:00'],
    ['this evening at 2', '2026-10-15T02:00'],
    ['call Ann tod', '2026-10-14'],
    ['2 weeks ago on Monday', '2026-09-28'],
    ['three days before the end of the month', '2026-10-28'],
    ['an hour before the end of the day', '2026-10-14T16:00'],
    ['the rest of the week', '2026-10-14 to 2026-10-19'],
    ['all of next week', '2026-10-19 to 2026-10-26'],
    ['3 days starting Monday', '2026-10-19 to 2026-10-22'],
    ['the twenty third', '2026-10-23'],
    ['H1 next year', '2027-01-01 to 2027-07-01'],
    ['remind me in Q2 to plan', '2027-04-01'],
    ['the night before last', '2026-10-12T20:00'],
    ['the minute before', '2026-10-14T10:19'],
    ['2 hours from this moment', '2026-10-14T12:20'],
    ['tomorrow am', '2026-10-15T09:00'],
    ['Fri pm', '2026-10-16T15:00'],
    ['mid-morning tomorrow', '2026-10-15T10:00'],
    ['evening of the 20th', '2026-10-20T18:00'],
    ['the 5th Tuesday in January', '2027-01-26'],
    ['2nd month next year', '2027-02-01 to 2027-03-01'],
    ['the weekend before Christmas', '2026-12-19 to 2026-12-21'],
    ['w/c 7 December', '2026-12-07 to 2026-12-14'],
    ['April and May', '2027-04-01 to 2027-06-01'],
    ['sat and sun', '2026-10-17 to 2026-10-19'],
    ['after lunch tomorrow', '2026-10-15T13:00 to ...'],
    ['remind me after work to shop', '2026-10-14T17:00'],
    ['now until 5', '2026-10-14T10:20 to 2026-10-14T17:00'],
    ['13:05 - 9 May', '2027-05-09T13:05'],
    ['Remembrance Sunday', '2026-11-08'],
    ['lunar new year', '2027-02-06'],
    ['Eid al-Adha', '2027-05-16'],
    ['in 5-10 minutes', '2026-10-14T10:25 to 2026-10-14T10:30'],
    ['in an hour or two', '2026-10-14T11:20 to 2026-10-14T12:20'],
    ['in a day or two', '2026-10-15 to 2026-10-17'],
    ['2mrw at 5', '2026-10-15T17:00'],
    ['2morrow', '2026-10-15'],
    ['not before Monday', '2026-10-19 to ...'],
    ['no earlier than 9 tomorrow', '2026-10-15T09:00 to ...'],
    ['this time next year', '2027-10-14T10:20'],
    ['November 7th and 8th', '2026-11-07 to 2026-11-09'],
    ['how was Q3?', '2026-07-01 to 2026-10-01'],
    ['week 40', '2026-09-28 to 2026-10-05'],
    ['remind me in week 40', '2027-10-04'],
  ])('are found: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })

  it.each([
    'the first thing is to call Ann',
    'close the door',
    'meet Tom at the door',
    'this may take longer',
    'we may or may not come',
    'this time I will win',
    '5 nights in Paris',
    '2 evenings a week',
  ])('are not heard in %j', (text) => {
    expect(times(text)).toBe('none')
  })
})

describe('dates written for machines, and in words', () => {
  it.each([
    ['20270203', '2027-02-03'],
    ['20261103T1430', '2026-11-03T14:30'],
    ['twenty five January nineteen eighty six', '1986-01-25'],
    ["1 October in the year '89", '1989-10-01'],
    ['in three quarters of an hour', '2026-10-14T11:05'],
    ['around noonish', '2026-10-14T12:00'],
    ["International Workers' Day", '2027-05-01'],
    ['2027-W27', '2027-07-05 to 2027-07-12'],
    ['2027-W27-3', '2027-07-07'],
    ['2027-07-04T17:00:00-0800', '2027-07-04T17:00:00-08:00'],
    ['in 1h30', '2026-10-14T11:50'],
    ['in just over an hour', '2026-10-14T11:20'],
    ['within the hour', '2026-10-14T11:20'],
    ['3-ish tomorrow', '2026-10-15T15:00'],
    ['half eight', '2026-10-15T08:30'],
    ['fourteen hundred hours', '2026-10-14T14:00'],
    ['9 a.m. Pacific Time tomorrow', '2026-10-15T09:00:00-07:00'],
    ['9am Pacific on Friday', '2026-10-16T09:00:00-07:00'],
    ['3pm Central Park', '2026-10-14T15:00'],
  ])('are read: %j', (text, expected) => {
    expect(times(text)).toBe(expected)
  })
})

describe('words that are names inside the language we are written in', () => {
  const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'isPrototypeOf']
  const frames = [
    'call at 3pm NAME',
    'remind me after NAME to rest',
    'move NAME by two NAME',
    'every NAME at 9',
    'late NAME night',
    'in 2 NAME',
    'half a NAME',
    'NAME of the NAME on Friday',
    'make my NAME NAME',
    '“NAME” in NAME zoom',
    'I am NAME on the 3rd',
  ]
  it.each(frames)('are only words: %j', (frame) => {
    for (const name of names) {
      const text = frame.replaceAll('NAME', name)
      expect(understand(text).when?.timeZone ?? 'America/New_York').toBe('America/New_York')
    }
    expect(understand(frame.replaceAll('NAME', 'constructor')).intent).toBe(understand(frame.replaceAll('NAME', 'conductor')).intent)
  })
})
