import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
/** Tuesday, 24 November 2026, 9:10 in New York. */
const now = Temporal.Instant.from('2026-11-24T14:10:00Z')
const understand = (text: string) => language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed: true })
const names = (text: string) => understand(text).people.map((one) => Object.values(one)[0])

describe('how long an event takes', () => {
  it.each([
    ['schedule a 45 minute call with Bo tomorrow at 2', 'call with Bo', 'PT45M', '2026-11-25T14:45:00-05:00'],
    ['schedule an hour and a half long workshop tomorrow at 2', 'workshop', 'PT1H30M', '2026-11-25T15:30:00-05:00'],
    ['block 2 hours on Friday morning for writing', 'writing', 'PT2H', '2026-11-27T11:00:00-05:00'],
    ['schedule a 30-min sync on Monday', 'sync', 'PT30M', null],
    ['coffee with Bo on Friday for 90 minutes', 'coffee with Bo', 'PT1H30M', null],
    ['schedule a sync tomorrow at 2', 'sync', null, '2026-11-25T15:00:00-05:00'],
  ])('%j', (text, title, duration, end) => {
    const read = understand(text)
    expect(read).toMatchObject({ intent: 'event.create', title, duration })
    expect(read.when?.end ?? null).toBe(end)
  })
})

describe('alerts', () => {
  it.each([
    ['schedule a meeting tomorrow at 3 with a 15 minute alert', 'meeting', ['PT15M']],
    ['schedule a meeting tomorrow at 3 and remind me an hour before', 'meeting', ['PT1H']],
    ['book a walk tomorrow at 3pm, alert me 1 hour and 10 minutes before', 'walk', ['PT1H10M']],
    ['book a walk tomorrow at 3pm with reminders 1 day, 1 hour and 10 minutes before', 'walk', ['P1D', 'PT1H', 'PT10M']],
  ])('%j', (text, title, alerts) => {
    expect(understand(text)).toMatchObject({ intent: 'event.create', title, alerts })
  })
})

describe('where', () => {
  it.each([
    ['lunch @ HQ on Friday at noon', 'HQ'],
    ["supper at Nonna's on Friday at noon with Bo", "Nonna's"],
    ['schedule a meeting at the Conference Room tomorrow at 3', 'Conference Room'],
    ['schedule a meeting in room 12 tomorrow at 3', 'room 12'],
    ['knitting tomorrow at 6pm at 12 Elm Lane', '12 Elm Lane'],
    ['knitting at 12 Elm Lane tomorrow at 6pm', '12 Elm Lane'],
    ['lunch in 5 upper brook street on Friday at 1', '5 upper brook street'],
    ['lunch with Bo at 3 on Brook Street', null],
    ['schedule a meeting tomorrow at 3', null],
  ])('%j', (text, location) => {
    expect(understand(text)).toMatchObject({ intent: 'event.create', location })
  })

  it.each([
    ['book the Birch room on Friday from 10 to 11 for the kiln talk', 'kiln talk', 'Birch room'],
    ['reserve meeting room 4 on Friday at 2', 'meeting room 4', 'meeting room 4'],
    ['interview on Friday at 11 in room 2.14', 'interview', 'room 2.14'],
    ['book the studio on Friday at 2 for 2 hours', 'studio', 'studio'],
    ["quiz session on Saturday 6pm at Kim's place", 'quiz session', "Kim's place"],
    ['dinner on Friday at 6pm in The Old Mill', 'dinner', 'The Old Mill'],
  ])('%j is somewhere', (text, title, location) => {
    expect(understand(text)).toMatchObject({ intent: 'event.create', title, location })
  })

  it.each([
    ['schedule a sync for #ops-team tomorrow at 4', '#ops-team'],
    ['schedule a sync for <#C12|ops> tomorrow at 4', '<#C12|ops>'],
  ])('%j is for a channel', (text, channel) => {
    expect(understand(text)).toMatchObject({ intent: 'event.create', title: 'sync', channel })
  })

  it.each([
    ['add fern food to my garden list', 'todo.create', 'fern food', 'garden'],
    ['add a4 to my paper list', 'todo.create', 'a4', 'paper'],
    ['add a todo to call Bo to my work list by Friday', 'todo.create', 'call Bo', 'work'],
    ['note in my Recipes folder: two eggs', 'note.create', 'two eggs', 'Recipes'],
    ['save a note to the Work folder about the tender', 'note.create', 'the tender', 'Work'],
    ['add jam too', 'todo.create', 'jam', null],
    ['create a camping list: tent, stove', 'todo.create', 'tent, stove', 'camping'],
    ['block my calendar tomorrow 1 to 4 for thesis writing', 'event.create', 'thesis writing', null],
    ['on-call swap on Friday at 9am', 'event.create', 'on-call swap', null],
    ['note that Kim is in after 4pm', 'note.create', 'Kim is in after 4pm', null],
    ['book a room demo for the guests, Tuesday at 3pm', 'event.create', 'room demo for the guests', null],
    ['choir rehearsal Dec 3, 5, 8 at 7pm', 'event.create', 'choir rehearsal', null],
    ['set a reminder for me at 6pm to leave', 'reminder.create', 'leave', null],
  ])('%j goes where it belongs', (text, intent, title, list) => {
    expect(understand(text)).toMatchObject({ intent, title, list })
  })
})

describe('who', () => {
  it.each([
    ['schedule a call with Martin, Kate, Justin and Kevin tomorrow at 2', ['Martin', 'Kate', 'Justin', 'Kevin']],
    ['schedule a call with Catherine Patel and jo@example.org tomorrow at 2', ['Catherine Patel', 'jo@example.org']],
    ['remind <@U1>, <@U2> and me to stand up at 10', ['<@U1>', '<@U2>', 'me']],
    ['remind the design team to post updates on Friday at 4', ['design team']],
    ['from 2pm to 3:30pm tomorrow called Planning', []],
    ['I want to have a meeting tomorrow at 10', []],
  ])('%j', (text, people) => {
    expect(names(text)).toEqual(people)
  })
})

describe('plans that are only named', () => {
  it.each([
    ['dentist tomorrow at 3', 'dentist', '2026-11-25T15:00:00-05:00'],
    ['train to Ghent on May 3 at 7:15', 'train to Ghent', '2027-05-03T07:15:00-04:00'],
    ['team day on December 3', 'team day', '2026-12-03'],
    ['cycling in Spain from December 20 to January 2', 'cycling', '2026-12-20'],
    ['tomorrow from 2 to 3 called Planning', 'Planning', '2026-11-25T14:00:00-05:00'],
    ['lunch with Ann', 'lunch with Ann', null],
  ])('are made when they are said to us: %j', (text, title, start) => {
    const read = understand(text)
    expect(read).toMatchObject({ intent: 'event.create', title })
    expect(read.when?.start ?? null).toBe(start)
  })

  it.each([
    'see you tomorrow at 5pm',
    'the server crashed at 3am',
    'restarted nginx at 14:00',
    'pizza at 7?',
    'tomorrow at 9',
    'it works since 3pm',
  ])('are told from talk: %j', (text) => {
    expect(understand(text).intent).toBe('none')
  })
})

describe('a clock time that tells which thing it is', () => {
  it.each([
    ['remind me to ask Jo about the 9am slot tomorrow at 5pm', 'ask Jo about the 9am slot', '2026-11-25T17:00:00-05:00'],
    ["remind me to pack my 8 o'clock drops at 7pm", "pack my 8 o'clock drops", '2026-11-24T19:00:00-05:00'],
    ['remind me at noon to print the 4pm ticket', 'print the 4pm ticket', '2026-11-24T12:00:00-05:00'],
    ['remind me about the 3pm ferry', 'ferry', '2026-11-24T15:00:00-05:00'],
  ])('stays in the title when another says when: %j', (text, title, start) => {
    const read = understand(text)
    expect(read).toMatchObject({ intent: 'reminder.create', title })
    expect(read.when?.start).toBe(start)
  })
})

describe('a title', () => {
  it.each([
    ['could you remind me to oil the gate at ten?', 'oil the gate'],
    ["don't forget to remind me to oil the gate on Friday", 'oil the gate'],
    ['remind me to clock in at 9', 'clock in'],
    ['remind me every weekday at 8 to dial in', 'dial in'],
    ['the workshop is cancelled', 'workshop'],
    ['there is no workshop on Thursday', 'workshop'],
    ["we don't have standup tomorrow", 'standup'],
    ['the workshop will be at 4 on Thursday', 'workshop'],
    ['huddle starts at 8 tomorrow', 'huddle'],
    ['I have a dentist appointment tomorrow at 3', 'dentist appointment'],
    ['dinner is at 8 tomorrow with Ida', 'dinner with Ida'],
    ["I'm low on stamps so add some to my shopping list", 'stamps'],
  ])('holds neither less nor more than the thing: %j', (text, title) => {
    expect(understand(text).title).toBe(title)
  })
})

describe('whom a reminder is for', () => {
  it.each([
    ['remind <!here> to sweep at noon', 'here', 'sweep'],
    ['remind <!channel|channel> that the gate is shut tomorrow', 'here', 'the gate is shut'],
    ['remind everyone in #barn to sweep at noon', '#barn', 'sweep'],
    ['remind everybody in <#C7|barn> to sweep at noon', '<#C7|barn>', 'sweep'],
  ])('is a channel: %j', (text, channel, title) => {
    expect(understand(text)).toMatchObject({ intent: 'reminder.create', target: { kind: 'channel' }, channel, title })
  })
})

describe('a time that is not said as one', () => {
  it.each([
    ['give me 20 more minutes', '2026-11-24T09:30:00-05:00', null],
    ['another hour please', '2026-11-24T10:10:00-05:00', null],
    ['walk me through my week', '2026-11-23', '2026-11-30'],
    ['what does my day look like', '2026-11-24', null],
  ])('is meant all the same: %j', (text, start, end) => {
    expect(understand(text).when).toMatchObject({ start, end })
  })
})

describe('the id of a reminder, as lists show it', () => {
  it.each([
    ['cancel #1a6b7e', 'reminder.cancel'],
    ['cancel the reminder #2a5723', 'reminder.cancel'],
    ['cancel my reminder #30dec5', 'reminder.cancel'],
    ['snooze #5a0eb1 for an hour', 'reminder.snooze'],
    ['pause #9a25bd', 'reminder.update'],
    ['change #7a744a to 5pm', 'reminder.update'],
    ['done with #12a4ba', 'reminder.complete'],
  ])('is no number, hour or date: %j', (text, intent) => {
    const { reference, ...read } = understand(text)
    expect([read.intent, read.title, reference]).toEqual([intent, /#\w+/.exec(text)?.[0], null])
  })

  it.each([
    ['cancel #2', { ordinal: 2 }],
    ['cancel "the water one"', null],
    ['cancel that', 'last'],
  ])('is told from a number, a name and a pointer: %j', (text, reference) => {
    expect(understand(text).reference).toEqual(reference)
  })
})
