import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commands } from '#commands/index.ts'
import { intents } from '#core/understanding.ts'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let count = 0

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  ann = world.person(`U${++count}`, { timeZone: 'America/New_York' })
})

describe('events', () => {
  it('are booked with start and end, listed on their day, and cancelled', async () => {
    const made = await ann.says('lunch with Eve on Friday from 12 to 1pm')
    expect(made.words).toMatch(/Fri, Nov 27, 2026, 12:00 PM to 1:00 PM/)
    expect((await ann.says('what is on Friday')).words).toMatch(/lunch/i)
    expect((await ann.says('what is on Thursday')).words).toMatch(/Nothing is planned/)
    expect((await ann.says('cancel lunch on Friday')).words).toMatch(/Cancelled.*lunch/i)
    expect((await ann.says('what is on Friday')).words).toMatch(/Nothing is planned/)
  })

  it('come back when their cancelling is undone', async () => {
    await ann.says('lunch with Eve on Friday from 12 to 1pm')
    const cancelled = await ann.says('cancel lunch on Friday')
    await ann.presses(cancelled.button('Undo'))
    expect((await ann.says('what is on Friday')).words).toMatch(/lunch/i)
  })

  it('are asked for their clock time, never booked at midnight', async () => {
    const asked = await ann.says('schedule a meeting with Eve on Friday')
    expect(asked.outcome).toBe('asked')
    expect(asked.buttons).toEqual(['10:00', '14:00', '16:00', 'All day'])
    expect((await ann.presses(asked.button('14:00'))).words).toMatch(/Nov 27, 2026, 2:00 PM to 3:00 PM/)
  })

  it('are offered hours that suit them and are free', async () => {
    await ann.says('schedule a call with Mo on Friday from 12:30 to 1:30')
    expect((await ann.says('schedule lunch with Eve on Friday')).buttons).toEqual(['11:00', 'All day'])
    expect((await ann.says('schedule dinner with Eve on Friday')).buttons).toEqual(['18:00', '19:00', '20:00', 'All day'])
    expect((await ann.says('schedule a review with Eve today')).buttons).toEqual(['10:00', '14:00', '16:00', 'All day'])
  })

  it('can last all day', async () => {
    const asked = await ann.says('schedule a team day on Friday')
    expect((await ann.presses(asked.button('All day'))).words).toMatch(/Fri, Nov 27, 2026, all day/)
  })

  it('are refused when they are over', async () => {
    const { outcome, words } = await ann.says('schedule a meeting yesterday at 3pm')
    expect(outcome).toBe('refused')
    expect(words).toMatch(/already over/)
  })
})

describe('todos', () => {
  it('are added, listed, ticked off by words and by menu, and undone', async () => {
    await ann.says('todo buy milk')
    await ann.says('add bread to my todo list')
    const list = await ann.says('list my todos')
    expect(list.words).toMatch(/1\. buy milk.*2\. .*bread/)
    const ticked = await ann.presses(list.button(/milk/))
    expect(ticked.words).toMatch(/Done.*buy milk/)
    expect((await ann.says('list my todos')).words).not.toContain('milk')
    await ann.presses(ticked.button('Undo'))
    expect((await ann.says('list my todos')).words).toContain('milk')
  })
})

describe('notes', () => {
  it('are kept as written and listed latest first', async () => {
    await ann.says('note: the door code is 4711 at the back')
    await ann.says('note: Eve likes blue')
    const { words } = await ann.says('list my notes')
    expect(words.indexOf('blue')).toBeLessThan(words.indexOf('4711'))
    expect(words).toContain('the door code is 4711 at the back')
  })
})

describe('settings', () => {
  it('take a time zone by the name of a city, and use it from the next sentence on', async () => {
    expect((await ann.says('my time zone is Tokyo')).words).toMatch(/Asia\/Tokyo/)
    expect((await ann.says('show my settings')).words).toMatch(/Asia\/Tokyo/)
    expect((await ann.says('remind me tomorrow at 9 to stretch')).words).toMatch(/Tue, Nov 24, 2026, 9:00 AM/)
  })

  it('are as they were after an undo', async () => {
    const set = await ann.says('my time zone is Tokyo')
    await ann.presses(set.button('Undo'))
    expect((await ann.says('show my settings')).words).toMatch(/America\/New_York/)
  })
})

describe('what the language understands', () => {
  it('is done by some command, all of it', () => {
    const done = new Set(commands.flatMap((command) => command.intents))
    expect(intents.filter((intent) => !done.has(intent))).toEqual([])
  })
})

describe('help', () => {
  it('shows sentences that work', async () => {
    const { words } = await ann.says('help')
    expect(words).toContain('remind me in 20 minutes to stretch')
  })
})

describe('what is asked for without words', () => {
  const event = { title: 'Budget review', day: '2026-11-27', start: '12:30', minutes: 45, place: 'Room 5', people: [] }

  it('is on one page, each thing with what can be done about it', async () => {
    await ann.asks({ kind: 'event', event })
    await ann.says('remind me tomorrow at 9 to call Bob')
    await ann.says('todo buy milk')
    const page = await ann.asks({ kind: 'overview' })
    expect(page.words).toMatch(
      /Your next 7 days.*Budget review.*Your reminders.*call Bob.*Your todos.*buy milk.*Your settings.*time zone is America\/New_York.*You work|I take it/s,
    )
    expect((await ann.presses(page.button('1. Budget review'))).words).toMatch(/12:30 PM to 1:15 PM.*Room 5/s)
    expect((await ann.presses(page.button('1. call Bob'))).buttons).toContain('Done')
    await ann.presses(page.button('1. buy milk'))
    expect((await ann.asks({ kind: 'overview' })).words).toMatch(/Your todos.*Your list is empty/s)
  })

  it('says on an empty page how to fill it', async () => {
    expect((await ann.asks({ kind: 'overview' })).words).toMatch(/Nothing is planned.*You have no reminders.*Your list is empty/s)
  })

  it('does not change which list numbers are about, nor answer an open question', async () => {
    await ann.says('todo buy milk')
    await ann.says('remind me tomorrow at 9 to call Bob')
    await ann.says('list my todos')
    await ann.asks({ kind: 'overview' })
    expect((await ann.says('complete 1')).words).toMatch(/Done: buy milk/)
    expect((await ann.says('schedule a meeting with Eve on Friday')).outcome).toBe('asked')
    await ann.asks({ kind: 'overview' })
    expect((await ann.says('at 2pm')).words).toMatch(/Nov 27, 2026, 2:00 PM to 3:00 PM/)
  })

  it('is an event as a sentence makes it: in the zone of its person, with clashes, people and Undo', async () => {
    const bob = world.person(`U${++count}`, { timeZone: 'Europe/Berlin', name: 'Bob' })
    await bob.says('list my events')
    await ann.says('lunch on Friday from 12 to 1pm')
    const made = await ann.asks({ kind: 'event', event: { ...event, people: [`U${count}`] } })
    expect(made.words).toMatch(
      /Budget review is in your calendar: Fri, Nov 27, 2026, 12:30 PM to 1:15 PM at Room 5\. I invite .*overlaps lunch/s,
    )
    expect((await bob.says('what is on Friday')).words).toMatch(/Budget review/)
    expect((await ann.presses(made.button('Undo'))).words).toMatch(/Undone/)
    expect((await bob.says('what is on Friday')).words).toMatch(/Nothing is planned/)
  })

  it('may take all day', async () => {
    const made = await ann.asks({ kind: 'event', event: { ...event, minutes: null } })
    expect(made.words).toMatch(/Fri, Nov 27, 2026, all day/)
  })

  it.each([
    ['a title of blanks', { title: ' \u0007 ' }, 'title'],
    ['a title too long', { title: 'x'.repeat(501) }, 'title'],
    ['a day that is over', { day: '2026-11-20' }, 'day'],
    ['a day that is none', { day: '2026-02-30' }, 'day'],
    ['an hour that is none', { start: '25:00' }, 'day'],
    ['no length', { minutes: 0 }, 'length'],
  ])('is refused for %s, beside the line it is about', async (_what, wrong, about) => {
    const answer = await ann.asks({ kind: 'event', event: { ...event, ...wrong } })
    expect(answer.reply).toMatchObject({ tone: 'problem', about })
    expect((await ann.says('what is on Friday')).words).toMatch(/Nothing is planned/)
  })
})
