import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'

const { understand } = createLanguage()
const read = (text: string, addressed = true) =>
  understand({ text, now: Temporal.Instant.from('2026-11-26T09:00:00Z'), timeZone: 'UTC', locale: 'en-US', addressed })

describe('what is said of lists', () => {
  it.each([
    ["what's on my garden list?", 'todo.list', { list: 'garden' }],
    ['show me the paint list', 'todo.list', { list: 'paint' }],
    ['list my house chores', 'todo.list', { list: 'house' }],
    ['is glue on my craft list', 'todo.list', { list: 'craft' }],
    ['show my open todos', 'todo.list', { list: null, content: null }],
    ['list my todos for today', 'todo.list', { list: null, when: { start: '2026-11-26' } }],
    ['all my lists', 'todo.list', { content: 'list' }],
    ['what lists do I have?', 'todo.list', { content: 'list' }],
    ['show finished chores', 'todo.list', { content: 'done' }],
    ['what tasks are overdue', 'todo.list', { content: 'overdue' }],
    ["what's due on Monday", 'todo.list', { when: { start: '2026-11-30' } }],
    ['todos due this week', 'todo.list', { title: null, when: { start: '2026-11-23' } }],
    ['make a new garden list', 'todo.create', { content: 'list', list: 'garden' }],
    ['start a list called Camping trip', 'todo.create', { content: 'list', title: 'Camping trip' }],
    ['rename my garden list to Allotment', 'todo.update', { content: 'list', list: 'garden', changes: { title: 'Allotment' } }],
    ['throw away my party list', 'todo.delete', { content: 'list', list: 'party', title: null }],
    ['wipe my party list', 'todo.delete', { every: true, list: 'party', title: null }],
    ['remove everything from my party list', 'todo.delete', { every: true, list: 'party', title: null }],
    ['mark everything on my party list as done', 'todo.complete', { every: true, list: 'party', title: null }],
    ['get rid of the completed tasks on my garden list', 'todo.delete', { every: true, content: 'done', list: 'garden', title: null }],
    ['take glue off the craft list', 'todo.delete', { list: 'craft', title: 'glue' }],
    ['move glue from my craft list to the school list', 'todo.update', { list: 'craft', title: 'glue', changes: { list: 'school' } }],
    ['transfer everything to the school list', 'todo.update', { every: true, title: null, changes: { list: 'school' } }],
    ['untick the lawn', 'todo.update', { content: 'reopen', title: 'lawn' }],
    ['mark the lawn as not done', 'todo.update', { content: 'reopen', title: 'lawn' }],
    ['delete the todo call Ida', 'todo.delete', { title: 'call Ida' }],
  ])('%s', (text, intent, more) => {
    expect(read(text)).toMatchObject({ intent, ...more })
  })

  it.each([
    ['what is due', false],
    ['empty the dishwasher', true],
    ['the folder on my desk is empty', true],
    ['that one is not done', true],
    ['remember that time in Rome?', true],
    ['remember the milk', true],
  ])('%j asks nothing of lists and notes', (text, addressed) => {
    expect(read(text, addressed).intent).toBe('none')
  })

  it.each([
    ['move the standup to 10', 'event.update'],
    ['remind me to write a list', 'reminder.create'],
    ['note: move milk to the list', 'note.create'],
    ['add a note: buy stamps', 'note.create'],
  ])('%j is what it was: %s', (text, intent) => {
    expect(read(text).intent).toBe(intent)
  })
})

describe('what is said of notes', () => {
  it.each([
    ['look for my notes about the boiler', 'note.find', { title: 'the boiler' }],
    ['open the memo on parking', 'note.find', { title: 'parking' }],
    ['read me note 3', 'note.find', { reference: { ordinal: 3 }, title: null }],
    ['show my boiler note', 'note.find', { title: 'boiler' }],
    ['what does my note about the boiler say?', 'note.find', { title: 'the boiler' }],
    ['what do my notes say about the boiler', 'note.find', { title: 'the boiler' }],
    ['do I have a note about parking?', 'note.find', { title: 'parking' }],
    ['update note 2: level three at 9', 'note.update', { reference: { ordinal: 2 }, changes: { content: 'level three at 9' } }],
    ['change that note to say: knock', 'note.update', { reference: 'last', changes: { content: 'knock' } }],
    ['edit my note about parking to level four', 'note.update', { title: 'parking', changes: { content: 'level four' } }],
    ['add to the note boiler: press twice', 'note.update', { title: 'boiler', content: 'append', changes: { content: 'press twice' } }],
    ['append “press twice” to note 2', 'note.update', { content: 'append', changes: { content: 'press twice' } }],
    ['rename my boiler note to Heating', 'note.update', { title: 'boiler', changes: { title: 'Heating' } }],
    ['file the note about parking under my Car folder', 'note.update', { title: 'parking', changes: { list: 'Car' } }],
    ['make a task out of note 1', 'note.update', { content: 'todo', reference: { ordinal: 1 } }],
    [
      'turn that note into a reminder for Monday at 8',
      'note.update',
      { content: 'reminder', when: { start: '2026-11-30T08:00:00+00:00' } },
    ],
    ['remove my note about parking', 'note.delete', { title: 'parking' }],
    ['delete the Car folder', 'note.delete', { content: 'folder', list: 'Car' }],
    ['rename the Car folder to Van', 'note.update', { content: 'folder', list: 'Car', changes: { title: 'Van' } }],
    ["what's in my Car folder?", 'note.list', { list: 'Car', title: null }],
    ['list my folders', 'note.list', { content: 'folder' }],
    ['store this: the locker is 12', 'note.create', { title: 'the locker is 12' }],
    ['please remember that the locker opens at 9', 'note.create', { title: 'the locker opens at 9' }],
    ['keep in mind that Jo is vegan', 'note.create', { title: 'Jo is vegan' }],
  ])('%s', (text, intent, more) => {
    expect(read(text)).toMatchObject({ intent, ...more })
  })
})
