import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'
import { variables } from '../src/config.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const language = createLanguage()

describe('the README', () => {
  it('lists every environment variable and no other', () => {
    const table = readme.slice(readme.indexOf('| variable |'), readme.indexOf('While DuckTape listens'))
    const cells = table.split('\n').map((row) => row.split('|')[1] ?? '')
    const listed = cells.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]))
    expect(listed.toSorted()).toEqual([...variables].toSorted())
  })

  it('shows sentences that are understood as it says', () => {
    const table = readme.slice(readme.indexOf('| you write |'), readme.indexOf('Every answer shows'))
    const sentences = table
      .split('\n')
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''))
    const read = sentences.map((text) => {
      const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
      return [
        text,
        language.understand({
          text: text.replace(/@(\w+)/g, '<@$1>').replace(/#(\w+)/g, '<#$1>'),
          now,
          timeZone: 'Europe/London',
          locale: 'en-US',
          addressed: true,
        }).intent,
      ]
    })
    expect(Object.fromEntries(read)).toEqual({
      'remind me tomorrow at 9 to call Ann': 'reminder.create',
      'make standup 20 minutes from December 10 on': 'event.update',
      'skip standup on Friday': 'event.cancel',
      "restore Friday's standup": 'event.update',
      'board games on Friday at 7pm, at most 6 people': 'event.create',
      'ask @bob and @eve when they can meet next week, answers by Friday': 'availability.poll',
      'only @designers may join the workshop': 'event.limit',
      'how long is the retro': 'event.find',
      "what's my next meeting": 'event.find',
      'how many meetings do I have tomorrow': 'event.list',
      'copy the retro to next Friday': 'event.create',
      'find a better time for the retro': 'event.update',
      'the last standup is on December 18': 'event.cancel',
      'remind me to pack 2 hours before the flight': 'reminder.create',
      'alert me the day before the fair at 6pm': 'reminder.create',
      "I can't make standup from Friday on": 'event.rsvp',
      'retro on Friday at 3 in the channel calendar': 'event.create',
      'my zoom link is https://…': 'settings.update',
      'remind me every weekday at 8:45 to open the shop': 'reminder.create',
      'remind @ben and @eve on Friday at noon to vote': 'reminder.create',
      'remind #ops on the 1st of every month at 9 to rotate the keys': 'reminder.create',
      'lunch with Eve on Friday from 12 to 1': 'event.create',
      'what is on this week': 'event.list',
      'schedule standup every weekday at 9:15 for 15 minutes': 'event.create',
      "move Friday's standup to 10": 'event.update',
      'workshop with @bob on Friday from 2 to 4pm': 'event.create',
      'who is coming to the workshop': 'event.attendees',
      'when are @bob and I free for an hour next week': 'availability.find',
      "remind me at 9 to take the pill until I'm done": 'reminder.create',
      'keep reminding me every 10 minutes': 'reminder.update',
      'send me my agenda every weekday at 8': 'digest.create',
      'weekly review on Sunday at 18': 'digest.create',
      'post the agenda in #ops every morning': 'digest.create',
      'what did I miss': 'digest.show',
      'catch me up since Monday': 'digest.show',
      'alert me 10 minutes before by default': 'settings.update',
      'only admins may remind channels': 'settings.update',
      'nobody may remind me except Ann': 'settings.update',
      'listen in this channel': 'settings.update',
      'stop listening in #plans': 'settings.update',
      'which channels do you listen in': 'settings.show',
      'note: the door code is 4711': 'note.create',
      'todo file the taxes by Friday': 'todo.create',
      'what is due this week': 'todo.list',
      'show overdue todos': 'todo.list',
      'done with the taxes': 'todo.complete',
      'add milk, eggs and bread to my shopping list': 'todo.create',
      "what's on my shopping list": 'todo.list',
      'move milk to the groceries list': 'todo.update',
      'my lists': 'todo.list',
      'remember that the key is under the mat': 'note.create',
      'note in my Recipes folder: two eggs': 'note.create',
      // What nothing else answers is looked for among the notes.
      'what was the door code': 'none',
      'search my notes for key': 'note.find',
      'add "ring twice" to the note about the door': 'note.update',
      'turn note 2 into a reminder for tomorrow': 'note.update',
      'subscribe to https://example.org/holidays.ics as Holidays': 'calendar.subscribe',
      'open the page': 'page.open',
      'log me in': 'page.open',
      'my calendar link': 'calendar.link',
      'export my calendar': 'batch.export',
      'import https://…': 'batch.import',
      'my time zone is Berlin': 'settings.update',
      'change the reminder about milk to 5pm': 'reminder.update',
      'move that reminder to Friday at 3': 'reminder.update',
      'snooze that for an hour': 'reminder.snooze',
      'cancel the reminder about milk': 'reminder.cancel',
      undo: 'undo',
    })
  })
})
