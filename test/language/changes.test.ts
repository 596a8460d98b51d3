import { describe, expect, it } from 'vitest'
import type { Changes, NewTime, When } from '#core/understanding.ts'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
/** Tuesday, 24 November 2026, 9:10 in New York. */
const now = Temporal.Instant.from('2026-11-24T14:10:00Z')
const understand = (text: string, addressed = true) =>
  language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed })

/** "2026-11-24T15:00 to 2026-11-24T16:00, keeps day" */
function spell({ start, end, ...rest }: When | NewTime): string {
  const minute = (text: string) => text.replace(/:00-0\d:00$/, '')
  const span = [start, end].map((each) => (each === null ? '' : minute(each))).join(' to ')
  return `${span.replace(/ to $/, '')}${'keeps' in rest ? `, keeps ${rest.keeps}` : ''}`
}

/** The changes with their times spelled, so that a row fits a line. */
function changes(text: string): Record<string, unknown> {
  const { from, when, recurrence, ...same } = understand(text).changes ?? ({ nothing: true } as Changes)
  return {
    ...(from ? { from: spell(from) } : {}),
    ...(when ? { when: spell(when) } : {}),
    ...(recurrence ? { rrule: recurrence.rrule } : {}),
    ...same,
  }
}

describe('a new time', () => {
  it.each([
    ['move my 3pm to 4pm', { from: '2026-11-24T15:00', when: '2026-11-24T16:00, keeps day' }],
    ['move the huddle to 10 tomorrow', { when: '2026-11-25T10:00, keeps nothing' }],
    ['postpone all my reminders for today to tomorrow evening', { from: '2026-11-24', when: '2026-11-25T18:00, keeps nothing' }],
    ['push my tasks for Friday to Monday', { from: '2026-11-27', when: '2026-11-30, keeps time' }],
    ['reschedule the tasting for tomorrow to Monday at 9', { from: '2026-11-25', when: '2026-11-30T09:00, keeps nothing' }],
    ['reschedule the tasting for Friday to Sunday', { when: '2026-11-27 to 2026-11-30, keeps time' }],
    ["move tomorrow's standup to 9:45", { from: '2026-11-25', when: '2026-11-25T09:45, keeps day' }],
    ["move Friday's lunch to 1", { from: '2026-11-27', when: '2026-11-27T13:00, keeps day' }],
    ['shift the demo from 3 to 4', { from: '2026-11-24T15:00', when: '2026-11-24T16:00, keeps day' }],
    ['move my 2 to 3pm slot to 5pm', { from: '2026-11-24T14:00 to 2026-11-24T15:00', when: '2026-11-24T17:00, keeps day' }],
    ['move my 8pm dinner to 9', { from: '2026-11-24T20:00', when: '2026-11-24T21:00, keeps day' }],
    ['reschedule the vet appointment for next Tuesday', { when: '2026-12-01, keeps time' }],
    ['postpone the picnic until Saturday', { when: '2026-11-28, keeps time' }],
    ['reschedule coffee with Sam to Monday from 12 to 1', { when: '2026-11-30T12:00 to 2026-11-30T13:00, keeps nothing' }],
    ['make it 4pm', { when: '2026-11-24T16:00, keeps day' }],
    ['make it the 4th please, at half past 6', { when: '2026-12-04T18:30, keeps nothing' }],
    ['make that Thursday', { when: '2026-11-26, keeps time' }],
    ['make it from 3 to 4', { when: '2026-11-24T15:00 to 2026-11-24T16:00, keeps day' }],
    ['tomorrow at 10 instead', { when: '2026-11-25T10:00, keeps nothing' }],
    ["let's do it at 5 instead", { when: '2026-11-24T17:00, keeps day' }],
    ['change the time of the seminar to 1pm', { when: '2026-11-24T13:00, keeps day' }],
    ['extend the retro until 5', { when: ' to 2026-11-24T17:00, keeps day' }],
    ['change the end of the retro to 5:30', { when: ' to 2026-11-24T17:30, keeps day' }],
    ['push it back 2 hours and make it 45 minutes', { shift: 'PT2H', duration: 'PT45M' }],
    ['make it an hour and move it to 10', { when: '2026-11-24T10:00, keeps day', duration: 'PT1H' }],
    ['move it to 10 and rename it to kiln talk', { when: '2026-11-24T10:00, keeps day', title: 'kiln talk' }],
    ['make standup 20 minutes from December 10 on', { from: '2026-12-10', duration: 'PT20M' }],
    ['move standup to 9 starting Friday', { from: '2026-11-27', when: '2026-11-27T09:00, keeps day' }],
    ['make standup 20 minutes as of Friday', { from: '2026-11-27', duration: 'PT20M' }],
    ['move standup to 9 from Friday onwards', { from: '2026-11-27', when: '2026-11-27T09:00, keeps day' }],
    ['move standup from 3 on Friday to 4', { from: '2026-11-24T15:00', when: '2026-11-24T16:00, keeps day' }],
    ['the retro on Friday is in room 7 now', { from: '2026-11-27', location: 'room 7' }],
    ["it's at 12 Elm Lane now", { location: '12 Elm Lane' }],
    ['the retro is at 12 Elm Lane now', { location: '12 Elm Lane' }],
    ["it's in the old boathouse now", { location: 'old boathouse' }],
    ['make the seminar repeat every 2 weeks', { rrule: 'FREQ=WEEKLY;INTERVAL=2' }],
    ['the seminar has been moved to Friday', { when: '2026-11-27, keeps time' }],
    ['standup moved to 10 tomorrow', { when: '2026-11-25T10:00, keeps nothing' }],
    ['standup pushed back 10 minutes', { shift: 'PT10M' }],
    ['set the location of the workshop to room 2', { location: 'room 2' }],
    ['the workshop is in room 3', { location: 'room 3' }],
    ['the workshop is on Thursday instead', { when: '2026-11-26, keeps time' }],
    ["make Thursday's workshop 40 minutes", { from: '2026-11-26', duration: 'PT40M' }],
    ["move Friday's huddle to Monday, same time", { from: '2026-11-27', when: '2026-11-30, keeps time' }],
    ["it's in Mr. Low's study now", { location: "Mr. Low's study" }],
    ['move the retro to Garden desk', { location: 'Garden desk', calendar: 'Garden desk' }],
    ['make it weekly', { rrule: 'FREQ=WEEKLY' }],
    ['make the standup weekly', { rrule: 'FREQ=WEEKLY' }],
    ['repeat it every second Tuesday', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU' }],
    ['repeat the workshop every month', { rrule: 'FREQ=MONTHLY' }],
    ['change the huddle to every weekday at 9:30', { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' }],
  ])('%j', (text, expected) => {
    expect(changes(text)).toEqual(expected)
  })
})

describe('what is left out, what comes back, and colours', () => {
  it.each([
    ['skip the workshop on Friday', 'event.cancel', { title: 'workshop', scope: 'this' }],
    ['skip the next lesson', 'event.cancel', { title: 'lesson', scope: 'this' }],
    ['skip it', 'event.cancel', { reference: 'last', scope: 'this' }],
    ['no standup tomorrow', 'event.cancel', { title: 'standup', scope: 'this' }],
    ["bring back Thursday's seminar", 'event.update', { title: 'seminar', changes: { from: '2026-11-26', status: 'confirmed' } }],
    ['put the call back on Thursday', 'event.update', { title: 'call', changes: { from: '2026-11-26', status: 'confirmed' } }],
    ['bring it back', 'event.update', { reference: 'last', changes: { status: 'confirmed' } }],
    ['make it dark green', 'event.update', { reference: 'last', changes: { colour: 'darkgreen' } }],
    ['colour the demo pink', 'event.update', { title: 'demo', changes: { colour: 'pink' } }],
    ['set the colour of the retro to teal', 'event.update', { title: 'retro', changes: { colour: 'teal' } }],
    ['when is my next call with Kim', 'event.find', { title: 'call with Kim', content: 'next' }],
    ['when is the pottery after Christmas?', 'event.find', { title: 'pottery' }],
    ['show me the Back garden calendar', 'event.list', { calendar: 'Back garden' }],
    ['what time is the webinar', 'event.find', { title: 'webinar', content: null }],
  ])('%j', (text, intent, expected) => {
    const understood = understand(text)
    expect(understood.intent).toBe(intent)
    expect({ ...understood, changes: changes(text) }).toMatchObject(expected)
  })

  it.each([
    'skip this song',
    'no meetings tomorrow',
    'no problem',
    'paint the kitchen green',
    'bring the demo forward an hour',
    'make a standup every Monday at 9',
  ])('leaves %j to others', (text) => {
    const { intent, changes: said, scope } = understand(text)
    expect([intent, said?.status, said?.colour, said?.recurrence, scope]).not.toContain('event.cancel')
    expect([said?.status, said?.colour, said?.recurrence]).toEqual([undefined, undefined, undefined])
  })
})

describe('by how much', () => {
  it.each([
    ['push the budget talk back by 30 minutes', { shift: 'PT30M' }],
    ['push it back an hour', { shift: 'PT1H' }],
    ['push standup 15 minutes', { shift: 'PT15M' }],
    ['delay the call by half an hour', { shift: 'PT30M' }],
    ['postpone it by 2 days', { shift: 'P2D' }],
    ['move the call an hour later', { shift: 'PT1H' }],
    ['move it up 15 minutes', { shift: '-PT15M' }],
    ['bring forward my 3pm by 30 minutes', { from: '2026-11-24T15:00', shift: '-PT30M' }],
    ['make it an hour earlier', { shift: '-PT1H' }],
    ['make it 45 minutes', { duration: 'PT45M' }],
    ['make the standup an hour long', { duration: 'PT1H' }],
    ['shorten the demo to 20 minutes', { duration: 'PT20M' }],
    ['cut the review by 20 minutes', { lengthen: '-PT20M' }],
    ['extend the retro by 15 minutes', { lengthen: 'PT15M' }],
  ])('%j', (text, expected) => {
    expect(changes(text)).toEqual(expected)
  })
})

describe('name, place and people', () => {
  it.each([
    ['rename it to Budget review', { title: 'Budget review' }],
    ['rename the standup to Monday kickoff at 9', { title: 'Monday kickoff at 9' }],
    ['change the title of coffee to “Tea at 4”', { title: 'Tea at 4' }],
    ['call it Budget review', { title: 'Budget review' }],
    ["it's in room 5 now", { location: 'room 5' }],
    ['move coffee to the Oak room', { location: 'Oak room' }],
    ['change the location of lunch to the roof terrace', { location: 'roof terrace' }],
    ['move coffee to my Work calendar', { calendar: 'Work' }],
    ['make it a zoom call', { meetingLink: 'zoom' }],
    ['add a zoom link to the review', { meetingLink: 'zoom' }],
    ['add Jane to lunch', { addPeople: [{ name: 'Jane' }] }],
    ['add jo@example.org and Bob to it', { addPeople: [{ email: 'jo@example.org' }, { name: 'Bob' }] }],
    ['invite <@U07> to the standup', { addPeople: [{ mention: '<@U07>' }] }],
    ['remove Bob from the standup', { removePeople: [{ name: 'Bob' }] }],
    ['change the demo to 3pm and remind me 10 minutes before', { when: '2026-11-24T15:00, keeps day', alerts: ['PT10M'] }],
    [
      'move my 3pm with Bob to Friday at 4 and invite Ann',
      { from: '2026-11-24T15:00', when: '2026-11-27T16:00, keeps nothing', addPeople: [{ name: 'Ann' }] },
    ],
  ])('%j', (text, expected) => {
    expect(changes(text)).toEqual(expected)
  })
})

describe('which thing is changed', () => {
  it.each([
    ['move my 3pm to 4pm', 'event.update', null, null],
    ['push the budget talk back by 30 minutes', 'event.update', 'budget talk', null],
    ['rename the standup to Monday kickoff at 9', 'event.update', 'standup', null],
    ['change the title of coffee to “Tea at 4”', 'event.update', 'coffee', null],
    ["move Friday's lunch to 1", 'event.update', 'lunch', null],
    ['move just this one to 4', 'event.update', null, 'last'],
    ['push it back an hour', 'event.update', null, 'last'],
    ['add Jane to lunch', 'event.update', 'lunch', null],
    ['move the reminder about the bins to Thursday', 'reminder.update', 'bins', null],
    ['reschedule reminder 2 to tomorrow at 9', 'reminder.update', null, { ordinal: 2 }],
    ['remind me at 5 instead', 'reminder.update', null, 'last'],
    ['add Kim to the design group', 'group.update', 'design', null],
  ])('%j', (text, intent, title, reference) => {
    expect(understand(text)).toMatchObject({ intent, title, reference })
  })

  it('tells the first time of the sentence in `when`, as for every intent', () => {
    expect(understand('move my 3pm to 4pm').when?.start).toBe('2026-11-24T15:00:00-05:00')
    expect(understand('move the huddle to 4pm').when?.start).toBe('2026-11-24T16:00:00-05:00')
  })

  it('is asked of nobody who merely talks', () => {
    for (const text of ['make it 45 minutes', "it's in room 5 now", '4pm instead', 'add Jane to lunch'])
      expect(understand(text, false).intent).toBe('none')
  })
})

describe('how much of a series', () => {
  it.each([
    ['move just this one to 4', 'this', null],
    ['cancel standup, just this one', 'this', 'standup'],
    ['cancel the standup this time only', 'this', 'standup'],
    ['move standup to 10 from now on', 'following', 'standup'],
    ['cancel standup, this and all following ones', 'following', 'standup'],
    ['change the whole series to 11', 'all', null],
    ['rename all of them to Huddle', 'all', null],
    ['move standup to 10', null, 'standup'],
  ])('%j', (text, scope, title) => {
    expect(understand(text)).toMatchObject({ scope, title })
  })
})

describe('the answer to an invitation', () => {
  it.each([
    ['accept the meeting at 3', 'accepted', 'meeting'],
    ['decline that', 'declined', null],
    ["I can't make it to the offsite", 'declined', 'offsite'],
    ["RSVP maybe to Friday's dinner", 'tentative', 'dinner'],
    ['mark me as tentative for lunch', 'tentative', 'lunch'],
    ['count me in', 'accepted', null],
  ])('%j', (text, rsvp, title) => {
    expect(understand(text)).toMatchObject({ intent: 'event.rsvp', rsvp, title })
  })

  it.each(['attend to the stove', 'accept all cookies', "I'll miss you"])('%j is none', (text) => {
    expect(understand(text)).toMatchObject({ intent: 'none', rsvp: null })
  })
})
