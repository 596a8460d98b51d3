import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
/** Monday, 23 November 2026, 9:00 in New York. */
const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const understand = (text: string, addressed = true) =>
  language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed })
const wall = (text: string) => understand(text).when?.start?.replace(/:00-0[45]:00$/, '') ?? null

describe('reminders', () => {
  it.each([
    ['remind me to water the plants tomorrow at 3pm', 'water the plants', '2026-11-24T15:00'],
    ['Remind me tomorrow at 3pm to water the plants', 'water the plants', '2026-11-24T15:00'],
    ['please remind me in 20 minutes to check the oven', 'check the oven', '2026-11-23T09:20'],
    ['remind me at 4 to stretch', 'stretch', '2026-11-23T16:00'],
    ['set a reminder for tomorrow at noon to review the slides', 'review the slides', '2026-11-24T12:00'],
    ['wake me up at 7am', 'wake me up', '2026-11-24T07:00'],
    ['remind me on Friday to send the invoice', 'send the invoice', '2026-11-27'],
    ['remind me to buy bread in the shop at 5pm', 'buy bread in the shop', '2026-11-23T17:00'],
    ['remind me to comment on the PR at noon', 'comment on the PR', '2026-11-23T12:00'],
    ['remind me to buy the shopping list', 'buy the shopping list', null],
    ['remind me tomorrow to ask for help', 'ask for help', '2026-11-24'],
    ['remind me in 5m to breathe', 'breathe', '2026-11-23T09:05'],
    ['remind me "call at noon" at 2pm', 'call at noon', '2026-11-23T14:00'],
    ['remind me to read "Sunday at the Park" tomorrow', 'read "Sunday at the Park"', '2026-11-24'],
    ['remind me to stretch', 'stretch', null],
    ['every Friday at noon remind me to stretch', 'stretch', '2026-11-27T12:00'],
    ['tomorrow at 9, remind me to stretch', 'stretch', '2026-11-24T09:00'],
    ['remind me in 0 minutes to look up', 'look up', '2026-11-23T09:00'],
    ['remind me yesterday at 5pm to look up', 'look up', '2026-11-22T17:00'],
    ['remind me at the end of the month to send invoices', 'send invoices', '2026-11-30'],
    ['remind me next week to plan', 'plan', '2026-11-30'],
    ['remind me that the oil needs changing on Friday', 'the oil needs changing', '2026-11-27'],
    ['set a timer for 5 minutes', null, '2026-11-23T09:05'],
    ['remind me in 10 seconds to look up', 'look up', '2026-11-23T09:00:10-05:00'],
    ['remind me 20 minutes to stretch', 'stretch', '2026-11-23T09:20'],
    ['remind me 1h tea', 'tea', '2026-11-23T10:00'],
    ['remind me 3 apples', '3 apples', null],
    ['I have to phone the vet tomorrow at 3, remind me please', 'phone the vet', '2026-11-24T15:00'],
    ['remind me later', null, null],
    ['remind me later to phone the vet', 'phone the vet', null],
    ['could you remind me at 3 to ring Bo? Thanks!', 'ring Bo', '2026-11-23T15:00'],
    ['remind me tomorrow to say thank you', 'say thank you', '2026-11-24'],
    ['timer 12 min rice', 'rice', '2026-11-23T09:12'],
    ['remind me an hour before my train on Friday at 7am', 'my train', '2026-11-27T06:00'],
    ['remind me 2 days before the fair on Friday at noon', 'the fair', '2026-11-25T12:00'],
    ['remind me half an hour before lunch tomorrow to order', 'order', '2026-11-24T11:30'],
    ['remind me the night before the fair', 'the night before the fair', null],
    ['remind me an hour before the fair on Friday', 'hour before the fair on Friday', null],
    ['remind me tomorrow at 9 that the rent is due', 'the rent is due', '2026-11-24T09:00'],
    ['remind me to oil the hinges Mar 9th at 10:99', 'oil the hinges at 10:99', '2027-03-09'],
    ['remind Stretch at noon', 'Stretch', '2026-11-23T12:00'],
    ['rmnd me to ring Bo at 6pm', 'ring Bo', '2026-11-23T18:00'],
    ['can u remnid me abt the kiln tmrw at 10 plz', 'the kiln', '2026-11-24T10:00'],
    ["could you make sure I don't forget to feed the fish at 6pm", 'feed the fish', '2026-11-23T18:00'],
    ['lmk at 3pm that the kiln is hot', 'the kiln is hot', '2026-11-23T15:00'],
    ['message me at noon saying drink water', 'drink water', '2026-11-23T12:00'],
    ['gotta feed the fish on Friday, poke me about it', 'feed the fish', '2026-11-27'],
    ['I keep forgetting to stretch, can you bug me about it at 4pm', 'stretch', '2026-11-23T16:00'],
    ["I'm going home at 5pm, remind me to lock up", 'lock up', '2026-11-23T17:00'],
    ['remind me in 100 years to open the capsule', 'open the capsule', '2126-11-23'],
  ])('reads %j', (text, title, start) => {
    expect(understand(text)).toMatchObject({ intent: 'reminder.create', title, target: { kind: 'me' } })
    expect(wall(text)).toBe(start)
  })

  it.each([
    ['remind <@U12> to pay the rent tomorrow', { kind: 'people' }, [{ mention: '<@U12>' }], null],
    ['remind <@!98> and <@!99> about the launch at 5pm', { kind: 'people' }, [{ mention: '<@!98>' }, { mention: '<@!99>' }], null],
    ['remind <#C1> to post updates on Friday', { kind: 'channel' }, [], '<#C1>'],
    ['remind #design to post updates on Friday', { kind: 'channel' }, [], '#design'],
    ['remind <@U1> <@U2> to stand up at 5pm', { kind: 'people' }, [{ mention: '<@U1>' }, { mention: '<@U2>' }], null],
    ['remind me and <@U2> to stand up at 5pm', { kind: 'people' }, [{ name: 'me' }, { mention: '<@U2>' }], null],
    ['remind @here to stand up at 5pm', { kind: 'channel' }, [], 'here'],
    ['remind everyone to stand up at 5pm', { kind: 'channel' }, [], 'here'],
    ['remind Jane tomorrow to call back', { kind: 'people' }, [{ name: 'Jane' }], null],
    ['remind them to stand up at 5pm', { kind: 'people' }, [{ name: 'them' }], null],
    ['remind Jane Doe to call back at 3pm', { kind: 'people' }, [{ name: 'Jane Doe' }], null],
  ])('knows whom %j is for', (text, target, people, channel) => {
    expect(understand(text)).toMatchObject({ intent: 'reminder.create', target, people, channel })
  })
})

describe('intents', () => {
  it.each([
    ['undo', 'undo'],
    ['undo that', 'undo'],
    ['help', 'help'],
    ['what can you do?', 'help'],
    ['settings', 'settings.show'],
    ['what is my time zone', 'settings.show'],
    ['my time zone is Berlin', 'settings.update'],
    ['set timezone to America/New_York', 'settings.update'],
    ["I'm in London", 'settings.update'],
    ['list my reminders', 'reminder.list'],
    ['reminders', 'reminder.list'],
    ['cancel the reminder to call Bob', 'reminder.cancel'],
    ['cancel 2', 'reminder.cancel'],
    ['snooze for 1 hour', 'reminder.snooze'],
    ['snooze until 5', 'reminder.snooze'],
    ['complete reminder 1', 'reminder.complete'],
    ['schedule a meeting with Bob tomorrow at 2pm', 'event.create'],
    ['lunch with Ann at 1pm', 'event.create'],
    ["what's on Friday", 'event.list'],
    ['agenda', 'event.list'],
    ['show my calendar for tomorrow', 'event.list'],
    ['cancel the meeting with Bob', 'event.cancel'],
    ['add a todo to water the plants', 'todo.create'],
    ['add milk to my shopping list', 'todo.create'],
    ['todo: pay rent', 'todo.create'],
    ['todos', 'todo.list'],
    ['show my todo list', 'todo.list'],
    ['complete water the plants', 'todo.complete'],
    ['mark the report as done', 'todo.complete'],
    ['note: the door code is 4711', 'note.create'],
    ['make a note about the offsite', 'note.create'],
    ['notes', 'note.list'],
    ['show my notes', 'note.list'],
    ['what time is it in Tokyo?', 'time.query'],
    ['morning, all of you', 'none'],
    ['the build is red again', 'none'],
    ['I had lunch at noon yesterday', 'none'],
  ])('takes %j for %s', (text, intent) => {
    expect(understand(text).intent).toBe(intent)
  })

  it.each([
    ['my time zone is Berlin', 'Europe/Berlin'],
    ['set timezone to America/New_York', 'America/New_York'],
    ["I'm in London now", 'Europe/London'],
    ['change my time zone to Pacific time', 'America/Los_Angeles'],
    ['set my time zone to Narnia', 'Narnia'],
  ])('finds the zone of %j', (text, content) => {
    expect(understand(text)).toMatchObject({ intent: 'settings.update', content })
  })

  it.each([
    ['snooze for 1 hour', '2026-11-23T10:00'],
    ['snooze 10 minutes', '2026-11-23T09:10'],
    ['snooze until 5', '2026-11-23T17:00'],
    ['snooze until tomorrow morning', '2026-11-24T09:00'],
    ['remind me again in 2 hours', '2026-11-23T11:00'],
  ])('knows until when %j', (text, start) => {
    expect(understand(text).intent).toBe('reminder.snooze')
    expect(wall(text)).toBe(start)
  })

  it.each([
    ['cancel the reminder to water the plants', 'water the plants'],
    ['cancel the dentist appointment', 'dentist appointment'],
    ['complete water the plants', 'water the plants'],
    ['remove bread from my shopping list', 'bread'],
  ])('finds the words that name the thing in %j', (text, title) => {
    expect(understand(text).title).toBe(title)
  })

  it('points at what was spoken of last, or at a place in the list', () => {
    expect(understand('cancel that').reference).toBe('last')
    expect(understand('cancel 2').reference).toEqual({ ordinal: 2 })
    expect(understand('done 3').reference).toEqual({ ordinal: 3 })
    expect(understand('cancel the last one').reference).toEqual({ ordinal: -1 })
    expect(understand('cancel the dentist').reference).toBeNull()
  })

  it('acts on overheard words only when they are a clear request', () => {
    expect(understand('lunch at 1pm?', false).intent).toBe('none')
    expect(understand('remind me to stretch at 3pm', false).intent).toBe('reminder.create')
  })
})

describe('events', () => {
  it('gives an hour to an event with a time and no length', () => {
    expect(understand('meeting with Bob tomorrow at 3').when).toMatchObject({
      start: '2026-11-24T15:00:00-05:00',
      end: '2026-11-24T16:00:00-05:00',
    })
  })

  it('leaves a day without a time a day', () => {
    expect(understand('schedule a meeting with Bob tomorrow').when).toMatchObject({ kind: 'date', start: '2026-11-24', end: null })
  })

  it.each([
    ['create an event called Sunday roast tomorrow at 6pm', 'Sunday roast', '2026-11-24T18:00'],
    ['create an event called Daily bread in 9 days', 'Daily bread', '2026-12-02'],
    ['create a meeting at 4:15pm called Evening walk', 'Evening walk', '2026-11-23T16:15'],
    ['book a call named "Monday at noon" for Friday 10am', 'Monday at noon', '2026-11-27T10:00'],
  ])('leaves the name alone in %j', (text, title, start) => {
    expect(understand(text).title).toBe(title)
    expect(wall(text)).toBe(start)
    expect(understand(text).recurrence).toBeNull()
  })

  it('finds who comes, where, with what link and on which calendar', () => {
    expect(understand('schedule a zoom call with Ann Lee and bo@example.org tomorrow at 2pm in my Work calendar')).toMatchObject({
      people: [{ name: 'Ann Lee' }, { email: 'bo@example.org' }],
      meetingLink: 'zoom',
      calendar: 'Work',
    })
    expect(understand('set up a call at the Garden House at 3pm').location).toBe('Garden House')
  })
})
