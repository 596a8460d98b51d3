import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const intent = (text: string, addressed = true) =>
  language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed }).intent

describe('what is asked for, however it is put', () => {
  it.each([
    ['how do I plan a workshop', 'event.create'],
    ['show me how to set up an interview', 'event.create'],
    ['explain the process of booking an appointment', 'event.create'],
    ['how can I add an alarm', 'reminder.create'],
    ['is it possible for you to plan a lunch on Friday at one', 'event.create'],
    ['I need to have a workshop on Friday at 2', 'event.create'],
    ['set Friday at 3 for the plumber', 'event.create'],
    ['note the bake sale in my calendar for Sunday', 'event.create'],
    ['give me a 12 minute timer', 'reminder.create'],
    ['have an alarm wake the kids at 6:15', 'reminder.create'],
    ['set 25 minutes for the bread', 'reminder.create'],
    ['let me know in 40 minutes', 'reminder.create'],
    ['I would like to be woken up at 5:45', 'reminder.create'],
    ['add oat milk', 'todo.create'],
    ['I want socks added to my packing list', 'todo.create'],
    ['update my packing list with socks', 'todo.create'],
    ['open up a new list', 'todo.create'],
    ["let's do brunch Sunday at 11", 'event.create'],
    ['give me a nudge in half an hour', 'reminder.create'],
    ['shout at me at 6 to go home', 'reminder.create'],
    ['write this down: gate 12', 'note.create'],
    ["can't make Thursday's workshop", 'event.rsvp'],
    ['sure, count me in for brunch', 'event.rsvp'],
    ['oops, undo that', 'undo'],
    ['give me 20 more minutes', 'reminder.snooze'],
    ['one more hour please', 'reminder.snooze'],
    ['another half hour', 'reminder.snooze'],
    ['walk us through Thursday', 'event.list'],
    ['run me through my week', 'event.list'],
    ['show my week', 'event.list'],
    ["I'm on Eastern time", 'settings.update'],
    ["we're out of rice, put it on the list", 'todo.create'],
    ['I need to be reminded to descale the kettle', 'reminder.create'],
    ['remind me when I get in to feed the fish', 'reminder.create'],
    ['RSVP no to Harvest supper', 'event.rsvp'],
    ['tentative for the workshop', 'event.rsvp'],
    ['count me in for karaoke', 'event.rsvp'],
    ['class is boring today', 'none'],
    ['I forgot my towel at practice on Thursday', 'none'],
    ['good luck with the interview tomorrow', 'none'],
    ['jam is done', 'todo.complete'],
    ['and Sunday?', 'event.list'],
    ['is Sunday evening free?', 'availability.find'],
    ['lock in karaoke on Sunday at 8pm', 'event.create'],
    ['bring forward the regatta by a day', 'event.update'],
    ['fix a leak tomorrow', 'none'],
    ["can't make it to quiz night", 'event.rsvp'],
    ['wfh on Friday', 'event.create'],
    ['dentist 3:30 tomorrow, remind me an hour before', 'event.create'],
    ['the quiz session starts at 7 now', 'event.update'],
    ['need a reminder for the rent on Dec 5', 'reminder.create'],
    ['hand the meeting notes to Zoe', 'none'],
    ['no reminders on Sundays please', 'none'],
    ['poll: tea or soup on Friday?', 'none'],
    ["I'll be at the workshop on Friday", 'event.rsvp'],
    ['before lunch', 'none'],
    ['when will you remind me to feed the fish', 'reminder.list'],
    ['will you remind me at 5 to feed the fish', 'reminder.create'],
    ['copy the files to the server', 'none'],
    ['copy me on the email', 'none'],
    ['copy lunch to Thursday', 'event.create'],
    ['what room is the review meeting in', 'event.find'],
    ['when does the seminar begin', 'event.find'],
    ['how many people are coming to brunch', 'event.attendees'],
    ['workshop ends on Friday', 'event.cancel'],
    ["I'll be at the beach", 'none'],
    ['20 more people', 'none'],
    ['scratch that', 'undo'],
    ['make the fern reminder every 3 days instead', 'reminder.update'],
    ['make the offsite an all-day event', 'event.update'],
    ['from tomorrow on, standup is at 9:30', 'event.update'],
    ['drinks at 9 tomorrow', 'event.create'],
    ['class on Friday at 5', 'event.create'],
    ['todo for Friday: send the slides', 'todo.create'],
    ['todos for Friday', 'todo.list'],
    ["what's left today", 'event.list'],
    ["what've I got on this arvo", 'event.list'],
    ['show me December', 'event.list'],
    ['my classes tomorrow', 'event.list'],
    ['my shifts next week', 'event.list'],
    ["when's practice", 'event.find'],
    ['bump the workshop by an hour', 'event.update'],
    ['add zoe to the workshop', 'event.update'],
    ["invite mark and lena to Thursday's workshop", 'event.update'],
    ['actually make it Thursday', 'event.update'],
    ['start a new list for the fair', 'todo.create'],
    ['tell #ops at 5 that the kiln is hot', 'reminder.create'],
    ['tell me about the kiln', 'none'],
    ['rewind the tape at 5', 'none'],
    ['there is no workshop tomorrow', 'event.cancel'],
    ["we don't have any meetings tomorrow", 'none'],
    ['who has accepted the offsite', 'event.attendees'],
    ['how long until the retro', 'event.find'],
    ['set the default reminder to 10 minutes', 'settings.update'],
    ['in 25 min turn the compost', 'reminder.create'],
    ['in 2 hours we are home', 'none'],
    ["how's my afternoon", 'event.list'],
    ['where is the retro on Friday', 'event.find'],
    ['where is my umbrella', 'none'],
    ["I'll be out of office from Monday to Thursday", 'event.create'],
    ["I'm off to the mill on Friday", 'none'],
    ['the retro is off today', 'event.cancel'],
    ['tell Kim the retro was fun', 'none'],
    ['my train is late, move the retro to 11', 'event.update'],
    ['I have a cold, cancel all my meetings tomorrow', 'event.cancel'],
  ])('makes: %j is %s', (text, expected) => {
    expect(intent(text)).toBe(expected)
  })

  it.each([
    ['pause the backup alarm', 'reminder.update'],
    ['stop reminding me to water the ferns', 'reminder.cancel'],
    ['mute <@U5>', 'settings.update'],
    ['no more reminders from Kim', 'settings.update'],
    ['only I may remind me', 'settings.update'],
    ['pause', 'reminder.update'],
    ['stop repeating it', 'reminder.update'],
    ['make it stop repeating', 'reminder.update'],
  ])('steers: %j is %s', (text, expected) => {
    expect(intent(text)).toBe(expected)
  })

  it.each([
    'web',
    'open the page',
    'show me the dashboard, please',
    'log me in',
    'sign in to the website',
    'login',
    'can you send me a login link?',
    'give me the link to your web page',
    'show me my calendar in the browser',
    "what's the address of your website",
  ])('%s leads to the page', (text) => {
    expect([intent(text), intent(text, false)]).toEqual(['page.open', 'none'])
  })

  it.each([
    'remind me to open the page at 5',
    'log in to the bank tomorrow at 9',
    'todo log in to the portal',
    'show me the web team meeting',
    'get the page proofs on Friday',
    'send the web link to Kim tomorrow',
    'open the shop at 9',
    'note: login is on the sticker',
  ])('%s does not lead to the page', (text) => {
    expect(intent(text)).not.toBe('page.open')
  })

  it.each(['stop the bus at 5', 'let Kim know that I am late', 'allow 20 minutes for the walk', 'no cheese on Friday'])(
    'mutes nobody: %j',
    (text) => {
      expect(intent(text)).not.toBe('settings.update')
    },
  )

  it.each([
    ['find the workshop with Ada', 'event.find'],
    ['search for the meeting about paint', 'event.find'],
    ['what time is my piano exam on Friday', 'event.find'],
    ['how long is the workshop on Friday', 'event.find'],
    ['meetings from the 3rd to the 9th of March', 'event.list'],
    ['second week of May events', 'event.list'],
    ['my weekly plan', 'event.list'],
    ['next meeting', 'event.find'],
    ['have I got a lunch tomorrow', 'event.list'],
    ['next alarm', 'reminder.list'],
    ['how many timers are set', 'reminder.list'],
    ['which alarms have you set for Sunday', 'reminder.list'],
    ['what did I want to remember about the kiln', 'reminder.list'],
    ['what do I have to do on Friday', 'todo.list'],
    ['do I need to buy eggs', 'todo.list'],
    ['are the candles on my party list', 'todo.list'],
    ['find my notes about the kiln', 'note.find'],
    ['convert 3pm to Lisbon time', 'time.query'],
  ])('looks: %j is %s', (text, expected) => {
    expect(intent(text)).toBe(expected)
  })

  it.each([
    ['make sure my calendar is completely clear on Friday', 'event.cancel'],
    ['open my calendar and erase the workshop', 'event.cancel'],
    ['I am busy on Friday so delete all events', 'event.cancel'],
    ['do remove the workshop from my calendar', 'event.cancel'],
    ['do not wake me up on Sunday', 'reminder.cancel'],
    ["don't remind me about the ferns", 'reminder.cancel'],
    ['take the candles out of my party list', 'todo.delete'],
    ['throw away my party list', 'todo.delete'],
  ])('takes away: %j is %s', (text, expected) => {
    expect(intent(text)).toBe(expected)
  })

  it.each([
    'how do I get to the station',
    'call Jim',
    'add it to that one',
    'have you seen the new build',
    'do you want tea',
    'let me know what you think',
    'find me a good pizza place',
    'the next release has a new list view',
    'how does this parser work with tables',
    'I set the flag to true',
    'take the trash out of the loop',
  ])('leaves %j alone in a channel that merely listens', (text) => {
    expect(intent(text, false)).toBe('none')
  })

  it.each([
    'remind me why we did this?',
    "don't forget the fair is on Thursday",
    'note that the kiln changed its colour',
    'revert the last commit',
    'help, my kettle is on fire',
    'reminder that timesheets are due',
    'what time is it for you all',
    'the workshop moved to 4, fyi',
    'I have 6 meetings today',
    'my alarm did not go off',
    'push the branch when ready',
    'the train was delayed by 3 hours',
    'can you send me the report every Monday?',
    'I am free after 3',
    'who is out tomorrow',
    'dinner was great, thanks',
    'let me know when you are free',
    'we need to fix the kiln before Friday',
  ])('is left alone among people: %j', (text) => {
    expect(intent(text, false)).toBe('none')
  })
})
