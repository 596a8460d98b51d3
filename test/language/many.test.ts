import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const { understand } = createLanguage()
const read = (text: string, addressed = true) =>
  understand({ text, now: Temporal.Instant.from('2026-11-26T09:00:00Z'), timeZone: 'UTC', locale: 'en-US', addressed })

describe('what is said of many things', () => {
  it.each([
    [
      'move all my Friday meetings to 10',
      'batch.shift',
      { title: null, changes: { from: { start: '2026-11-27' }, when: { keeps: 'day' } } },
    ],
    ['push today by 30 minutes', 'batch.shift', { title: null, changes: { from: { start: '2026-11-26' }, shift: 'PT30M' } }],
    ['delay tomorrow by an hour', 'batch.shift', { title: null, changes: { from: { start: '2026-11-27' }, shift: 'PT1H' } }],
    [
      'push everything this afternoon back an hour',
      'batch.shift',
      { title: null, changes: { from: { kind: 'range', start: '2026-11-26T12:00:00+00:00' }, shift: 'PT1H' } },
    ],
    ['move everything from Monday to Tuesday', 'batch.shift', { changes: { from: { start: '2026-11-30' }, when: { keeps: 'time' } } }],
    ['bring all calls on Monday forward by 15 minutes', 'batch.shift', { title: 'call', changes: { shift: '-PT15M' } }],
    ['shift all meetings with Bob by one day', 'batch.shift', { title: null, people: [{ name: 'Bob' }], changes: { shift: 'P1D' } }],
    ['cancel everything next week', 'batch.cancel', { title: null, when: { start: '2026-11-30', end: '2026-12-07' } }],
    ['cancel all standups after Friday', 'event.cancel', { title: 'standup', when: { open: 'after' } }],
    ['delete every meeting with Bob tomorrow', 'event.cancel', { title: null, people: [{ name: 'Bob' }] }],
    ['clear my calendar tomorrow', 'event.cancel', { title: null, when: { start: '2026-11-27' } }],
    ['clear my afternoon', 'event.cancel', { title: null, when: { start: '2026-11-26T12:00:00+00:00' } }],
    ['cancel all my reminders for tomorrow', 'reminder.cancel', { title: null, when: { start: '2026-11-27' } }],
    ['delete all items on my todo list', 'todo.delete', { title: null }],
    ['delete all my notes', 'note.delete', { title: null }],
    ['rename all standups to daily', 'event.update', { title: 'standup', changes: { title: 'daily' } }],
    ['cancel all my Friday meetings', 'event.cancel', { weekly: { day: 5, sure: false } }],
    ['cancel every Friday meeting', 'event.cancel', { title: null, weekly: { day: 5, sure: true } }],
    ['move all meetings on Fridays to 10', 'batch.shift', { title: null, weekly: { day: 5, sure: true } }],
    ['pause all my reminders until Monday', 'reminder.update', { title: null, content: 'pause', when: { start: '2026-11-30' } }],
    ['resume all my reminders about water', 'reminder.update', { title: 'water', content: 'resume' }],
    ['skip all my reminders tomorrow', 'reminder.update', { title: null, content: 'skip', when: { start: '2026-11-27' } }],
    ['snooze everything until 5', 'reminder.snooze', { title: null, when: { start: '2026-11-26T17:00:00+00:00' } }],
    ['snooze all of them for 20 minutes', 'reminder.snooze', { title: null, when: { start: '2026-11-26T09:20:00+00:00' } }],
    ['mark all my todos done', 'todo.complete', { title: null }],
    ['mark everything on my todo list as done', 'todo.complete', { title: null }],
    ['check off all reminders for today', 'reminder.complete', { title: null, when: { start: '2026-11-26' } }],
    [
      'move all my reminders of today to tomorrow',
      'reminder.update',
      { title: null, changes: { from: { start: '2026-11-26' }, when: { start: '2026-11-27', keeps: 'time' } } },
    ],
    ['push all my reminders by an hour', 'reminder.update', { title: null, changes: { shift: 'PT1H' } }],
    ['postpone all my tasks to Friday', 'todo.update', { title: null, changes: { when: { start: '2026-11-27' } } }],
    ['cancel all my 1:1s this week', 'event.cancel', { title: '1:1' }],
  ])('%s', (text, intent, more) => {
    expect(read(text)).toMatchObject({ intent, every: true, ...more })
  })

  it.each([
    'cancel all day meeting tomorrow',
    'cancel the all hands',
    'move all hands to 3pm',
    'cancel every Friday',
    'delete all lists',
    'clear the table',
    'move my 3pm to 4',
    'push it back an hour',
    'delete all voicemails',
    'pause all music',
    'complete all the forms by Friday',
    'snooze the water reminder for all of today',
    'mark all day tomorrow as done',
    'remind me to cancel all meetings',
    'note: move everything to the cellar',
  ])('%s is of one thing, or of none', (text) => {
    expect(read(text)).not.toHaveProperty('every')
  })

  it.each(['cancel all meetings on Friday', 'cancel all my meetings next Friday', 'cancel every meeting tomorrow'])(
    '%s is of one week',
    (text) => {
      expect(read(text)).not.toHaveProperty('weekly')
    },
  )

  it('is never merely overheard where it names nothing of ours', () => {
    expect(read('move everything to the new office', false).intent).toBe('none')
  })
})

describe('several lines', () => {
  it.each([
    '- todo: buy tea\n- remind me tomorrow at 9 to call Zoe',
    '1. lunch on Friday at noon\n2) note: the code is 4711\n\n3. remind me in an hour to stretch',
  ])('that each make something are made one by one: %j', (text) => {
    expect(read(text).intent).toBe('batch.create')
  })

  it.each([
    ['note: shopping\n- milk\n- eggs', 'note.create'],
    ['remind me tomorrow to write to Ann\nand to Bob', 'reminder.create'],
    ['todo: pack\ncancel my lunch', 'todo.create'],
  ])('that belong together stay together: %j', (text, intent) => {
    expect(read(text).intent).toBe(intent)
  })
})

describe('several requests in one sentence', () => {
  it.each([
    ['cancel my 2pm and book the optician at 5', ['cancel my 2pm', 'book the optician at 5']],
    ['remind me at 4 to ring Zoe and at 7 to go home', ['remind me at 4 to ring Zoe', 'remind me at 7 to go home']],
    ['remind me tomorrow at 8 to fast and at 10 to eat', ['remind me tomorrow at 8 to fast', 'remind me at 10 to eat tomorrow']],
    ['remind me to order seeds at 9am and water the fern at noon', ['remind me to order seeds at 9am', 'remind me water the fern at noon']],
    ['add jam to my shopping list and remind me on Friday to get it', ['add jam to my shopping list', 'remind me on Friday to get jam']],
    ['drop jam and add honey to my shopping list', ['drop jam from my shopping list', 'add honey to my shopping list']],
    ['add karaoke on Friday at 8pm and another on Sunday at 6pm', ['add karaoke on Friday at 8pm', 'schedule karaoke on Sunday at 6pm']],
    ['delete the oil reminder and add one for salt on Dec 6', ['delete the oil reminder', 'add a reminder for salt on Dec 6']],
    ['book lunch tomorrow at noon and remind me at 11 to leave', ['book lunch tomorrow at noon', 'remind me at 11 to leave tomorrow']],
    ['Cancel the workshop. Remind me at 4 to tell Zoe.', ['Cancel the workshop', 'Remind me at 4 to tell Zoe.']],
  ])('are done one by one: %j', (text, parts) => {
    expect(read(text)).toMatchObject({ title: null, parts })
  })

  it.each([
    ['remind me to ring the vet and book a visit', 'reminder.create'],
    ['remind me tomorrow at 9 and at 5 to take the pill', 'reminder.create'],
    ['schedule a review on Friday at 3 and remind me 10 minutes before', 'event.create'],
    ['book lunch tomorrow at noon and invite Zoe', 'event.create'],
    ['push the workshop back an hour and make it 45 minutes', 'event.update'],
    ['todo: pack and cancel the papers', 'todo.create'],
    ['note: cancel the papers and book the cats in', 'note.create'],
  ])('are one where the rest belongs to it: %j', (text, intent) => {
    const { intent: found, parts } = read(text)
    expect({ found, parts }).toEqual({ found: intent, parts: undefined })
  })
})

describe('what puts the thing before right', () => {
  it.each([
    ['no, I meant 4', { when: { keeps: 'day' } }],
    ['sorry, 5:30', { when: { keeps: 'day' } }],
    ['not Friday, Saturday', { when: { start: '2026-11-28', keeps: 'time' } }],
    ['Saturday, not Friday', { when: { start: '2026-11-28' } }],
    ['oops, wrong day, should be Monday', { when: { start: '2026-11-30' } }],
    ['no, tomorrow', { when: { start: '2026-11-27' } }],
    ['I meant 45 minutes', { duration: 'PT45M' }],
    ['and on Saturday too', { copy: true, when: { start: '2026-11-28' } }],
    ['with Zoe too', { addPeople: [{ name: 'Zoe' }] }],
  ])('is a change of it: %j', (text, changes) => {
    expect(read(text)).toMatchObject({ reference: 'last', title: null, changes })
  })

  it('calls it off', () => {
    expect(read('never mind, cancel it')).toMatchObject({ intent: 'reminder.cancel', reference: 'last' })
  })

  it.each([
    'no problem',
    "sorry I'm late",
    'no one',
    'not now, later',
    'wait 5 minutes',
    'I said hello',
    '404 not found',
    "oh no, that's Friday gone",
    'no earlier than 9',
    'not bad, not good',
  ])('is none of this: %j', (text) => {
    expect(read(text)).toMatchObject({ intent: 'none', changes: null })
  })

  it('is never merely overheard', () => {
    for (const text of ['no, I meant 4', 'not Friday, Thursday', 'and on Saturday too']) expect(read(text, false).intent).toBe('none')
  })
})
