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
