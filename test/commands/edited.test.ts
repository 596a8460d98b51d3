import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let ann: Somebody

beforeEach(async () => {
  world = await openWorld()
  ann = world.person('ann', { timeZone: 'UTC' })
})
afterEach(() => world[Symbol.asyncDispose]())

async function listed(what: string): Promise<string> {
  return (await ann.says(`list my ${what}`)).words
}

describe('a sentence that its author edits', () => {
  it.each([
    ['remind me to call Bob at 5pm', 'remind me to call Rob at 6pm', 'reminders', /call Rob/, /call Bob/],
    ['todo buy milk', 'todo buy oat milk', 'todos', /buy oat milk/, /buy milk/],
    ['lunch with Kim tomorrow at noon', 'lunch with Tim tomorrow at 1pm', 'events', /Tim/, /Kim/],
    ['note door code is 1234', 'note door code is 4321', 'notes', /4321/, /1234/],
    ['todo feed the cat', 'remind me to feed the cat at 5pm', 'todos', /empty/, /feed the cat/],
  ])('%j, now %j, leaves what the new words ask for', async (first, then, what, kept, gone) => {
    await ann.says(first, { id: 'm' })
    const answer = await ann.says(then, { id: 'm:1', edits: 'm' })
    expect(answer.words).toMatch(/^Changed by your edit: /)
    expect(answer.reply?.replaces).toBe(true)
    expect(answer.buttons).toContain('Undo')
    const now = await listed(what)
    expect(now).toMatch(kept)
    expect(now).not.toMatch(gone)
  })

  it('is taken back once more at the next edit, and by Undo', async () => {
    await ann.says('todo one', { id: 'm' })
    await ann.says('todo two', { id: 'm:1', edits: 'm' })
    const third = await ann.says('todo three', { id: 'm:2', edits: 'm' })
    expect(await listed('todos')).toMatch(/three/)
    expect(await listed('todos')).not.toMatch(/one|two/)
    await ann.presses(third.button('Undo'))
    expect(await listed('todos')).not.toMatch(/one|two|three/)
  })

  it('that changed a thing changes it as it was before', async () => {
    await ann.says('remind me to call Bob at 5pm')
    await ann.says('move it to 6pm', { id: 'm' })
    await ann.says('move it to 7pm', { id: 'm:1', edits: 'm' })
    expect(await listed('reminders')).toMatch(/7:00\sPM/)
  })

  it('is asked about, and is asked for as it reads now', async () => {
    expect((await ann.says('remind me to call Bob', { id: 'm' })).outcome).toBe('asked')
    const answer = await ann.says('remind me to call Bob at 5pm', { id: 'm:1', edits: 'm' })
    expect(answer.outcome).toBe('done')
    expect(answer.words).not.toMatch(/edit/)
    expect(answer.reply?.replaces).toBe(true)
    expect((await ann.says('at 6pm')).words).not.toMatch(/call Bob.*6:00/)
    expect(await listed('reminders')).not.toMatch(/2\./)
  })

  it('was not understood, and is now', async () => {
    await ann.says('flurbl', { id: 'm' })
    const answer = await ann.says('todo buy milk', { id: 'm:1', edits: 'm' })
    expect(answer.words).toMatch(/^On your list: buy milk/)
    await ann.says('todo buy eggs', { id: 'm:2', edits: 'm' })
    expect(await listed('todos')).not.toMatch(/milk/)
  })

  it('was not said to us, and is now', async () => {
    const answer = await ann.says('todo buy milk', { id: 'm:1', edits: 'm' })
    expect(answer.words).toMatch(/^On your list: buy milk/)
    await ann.says('todo buy eggs', { id: 'm:2', edits: 'm' })
    const now = await listed('todos')
    expect(now).toMatch(/eggs/)
    expect(now).not.toMatch(/milk/)
  })

  it('comes too late once its reminder has moved on', async () => {
    const said = await ann.says('remind me to call Bob at 5pm', { id: 'm' })
    expect(said.outcome).toBe('done')
    await ann.says('move it to 6pm')
    const answer = await ann.says('remind me to call Bob at 7pm', { id: 'm:1', edits: 'm' })
    expect(answer.words).toMatch(/too late/)
    expect(answer.reply?.replaces).toBeUndefined()
    expect(await listed('reminders')).toMatch(/6:00\sPM/)
    expect(await listed('reminders')).not.toMatch(/7:00\sPM/)
  })

  it('that asks for nothing any more leaves what was done', async () => {
    await ann.says('todo buy milk', { id: 'm' })
    expect((await ann.says('flurbl', { id: 'm:1', edits: 'm' })).words).toMatch(/stays/)
    expect(await listed('todos')).toMatch(/milk/)
  })

  it('that becomes a question is answered, and says what is gone', async () => {
    await ann.says('todo feed the cat', { id: 'm' })
    const answer = await ann.says('list my todos', { id: 'm:1', edits: 'm' })
    expect(answer.words).toMatch(/taken back/)
    expect(answer.words).not.toMatch(/cat/)
  })

  it('is done once by whoever takes over after a crash, wherever that was', async () => {
    await ann.says('todo buy milk', { id: 'm' })
    await ann.says('todo buy eggs', { id: 'm:1', edits: 'm' })
    const again = await ann.says('todo buy eggs', { id: 'm:1', edits: 'm', again: true })
    expect(again.words).toMatch(/^Changed by your edit: .*eggs/)
    expect(again.reply?.replaces).toBe(true)
    expect(await listed('todos')).not.toMatch(/2\./)
    // As if it had ended after the first part.
    await ann.says('undo')
    await ann.says('todo buy bread', { id: 'm:2', edits: 'm', again: true })
    expect(await listed('todos')).toMatch(/1\. buy bread/)
  })

  it('that asked for several things, or asks for them now, leaves what was done', async () => {
    const both = 'remind me to call Bob at 5pm and remind me to call Tim at 6pm'
    await ann.says(both, { id: 'm' })
    expect((await ann.says('remind me to call Bob at 7pm', { id: 'm:1', edits: 'm' })).words).toMatch(/too late/)
    expect((await ann.says(both, { id: 'm:2', edits: 'm' })).words).toMatch(/only one/)
    expect(await listed('reminders')).toMatch(/5:00\sPM.*6:00\sPM/)
    expect(await listed('reminders')).not.toMatch(/3\.|7:00/)
  })

  it('of somebody else takes nothing back', async () => {
    await ann.says('todo buy milk', { id: 'm' })
    await world.person('bob', { channel: 'D-ann' }).says('todo buy eggs', { id: 'm:1', edits: 'm' })
    expect(await listed('todos')).toMatch(/milk/)
  })
})
