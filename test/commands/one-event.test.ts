import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let count = 0

beforeAll(async () => {
  // A Monday, 9:00 in New York.
  world = await openWorld('2026-11-23T14:00:00Z')
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  ann = world.person(`O${++count}`, { timeZone: 'America/New_York' })
})

const plans = async (words: string) => (await ann.says(words)).words

describe('asking about one event', () => {
  it('answers about that one, by its name, its place among others, or how many there are', async () => {
    await ann.says('schedule retro on Friday at 3pm for 45 minutes in the blue room')
    await ann.says('schedule interview on Friday from 9am to 10:30am')
    const card = /^retro\W.*When: Fri, Nov 27, 2026, 3:00 PM to 3:45 PM.*Where: blue room/s
    for (const words of ['how long is the retro', 'what time does the retro end?', 'is the retro still on', 'tell me about the retro'])
      expect(await plans(words)).toMatch(card)
    expect(await plans("what's my next meeting")).toMatch(/^interview\W/)
    expect(await plans('what is my last meeting on Friday')).toMatch(card)
    expect(await plans('when is my first meeting on Friday')).toMatch(/^interview\W/)
    expect(await plans('how many meetings do I have on Friday')).toMatch(/^2 events, 2 hours 15 minutes in all on Fri, Nov 27/)
    expect(await plans('how long is the offsite meeting')).toMatch(/no event like “offsite meeting”/)
  })

  it('finds the next one beyond the coming week', async () => {
    await ann.says('schedule workshop on December 17 from 2 to 4pm')
    expect(await plans('next meeting')).toMatch(/Next comes workshop.*Dec 17/)
  })
})

describe('copying an event', () => {
  it('makes another one like it and leaves the old one, once, with the same people', async () => {
    await ann.says('schedule retro with Bob every Friday at 3pm for 45 minutes in the blue room')
    const copy = await ann.says('copy the retro to next Tuesday')
    expect(copy.words).toMatch(/^Copied: retro.*Tue, Dec 1, 2026, 3:00 PM to 3:45 PM, blue room\. With Bob/)
    expect(await plans('what is on next Tuesday')).toMatch(/retro/)
    expect(await plans('what is on Tuesday in two weeks')).not.toMatch(/retro/)
    expect(await plans("copy Friday's retro to Thursday at 10")).toMatch(/^Copied: retro.*Thu, Nov 26, 2026, 10:00 AM to 10:45 AM/)
    expect(await plans('duplicate it a week later')).toMatch(/^Copied: retro.*Thu, Dec 3, 2026, 10:00 AM/)
    expect(await plans('what is on Friday')).toMatch(/retro/)
    await ann.presses(copy.button('Undo'))
    expect(await plans('what is on next Tuesday')).not.toMatch(/retro/)
  })

  it('asks for a time that is still to come', async () => {
    await ann.says('schedule brunch on Friday at 11am')
    expect(await plans('copy brunch')).toMatch(/When shall the copy be/)
    expect(await plans('copy the brunch to yesterday')).toMatch(/already over/)
    expect(await plans('copy the picnic to Friday')).toMatch(/no event of yours like “picnic”/)
  })
})

describe('moving an event', () => {
  it('keeps its day of the week and its length when only a week is said, and asks for the day of a month or of two', async () => {
    await ann.says('schedule retro on Wednesday at 3pm for 45 minutes')
    expect(await plans('move the retro to next week')).toMatch(/^Changed: retro, Wed, Dec 2, 2026, 3:00 PM to 3:45 PM/)
    expect(await plans('move the retro to Monday and Tuesday')).toMatch(/Which day\? Say one, such as “move retro to November 30”/)
    expect(await plans('move the retro to January')).toMatch(/Which day\?/)
    await ann.says('schedule conference from Monday to Tuesday')
    expect(await plans('move the conference to Wednesday and Thursday')).toMatch(/^Changed: conference, Wed, Nov 25, 2026 to Thu, Nov 26/)
    expect(await plans('move the conference to next week')).toMatch(/^Changed: conference, Wed, Dec 2, 2026 to Thu, Dec 3/)
  })

  it('offers times when all who come are free, where nobody says to when', async () => {
    await ann.says('schedule dentist tomorrow from 9am to 4pm')
    await ann.says('schedule retro every Wednesday at 3pm for 45 minutes')
    const asked = await ann.says('find a better time for the retro')
    expect(asked.words).toMatch(/^What shall change about retro, Wed, Nov 25, 2026, 3:00 PM to 3:45 PM.*Or press a time when you are free/)
    expect(asked.buttons.filter((label) => label.startsWith('Tue, Nov 24'))).toEqual([expect.stringMatching(/4:00 PM/)])
    const which = await ann.presses(asked.button(/Tue, Nov 24.*4:00 PM/))
    expect((await ann.presses(which.button(/^Only/))).words).toMatch(/^Changed \(this one\): retro, Tue, Nov 24, 2026, 4:00 PM to 4:45 PM/)
    for (const words of ['reschedule the retro', 'move the retro to another day', 'make the retro longer'])
      expect(await plans(words)).toMatch(/^What shall change about retro|^Which one/)
  })

  it('takes a time alone for the answer', async () => {
    await ann.says('schedule retro on Wednesday at 3pm for 45 minutes')
    await ann.says('reschedule the retro')
    expect(await plans('maybe Friday at 11')).toMatch(/^Changed: retro, Fri, Nov 27, 2026, 11:00 AM to 11:45 AM/)
    await ann.says('reschedule it')
    expect(await plans('to 4pm')).toMatch(/^Changed: retro, Fri, Nov 27, 2026, 4:00 PM/)
    await ann.says('reschedule it')
    expect(await plans('what is on Friday')).toMatch(/retro.*4:00 PM/)
  })

  it('stays in its half of the day where none is said', async () => {
    await ann.says('dinner tomorrow at 7pm')
    expect(await plans('move dinner to 8')).toMatch(/8:00 PM to 9:00 PM/)
    expect(await plans('move dinner to 8am')).toMatch(/8:00 AM to 9:00 AM/)
    await ann.says('schedule gym class tomorrow at 7am')
    expect(await plans('move the gym class to 6:30')).toMatch(/6:30 AM to 7:30 AM/)
    await ann.says('schedule standup tomorrow at 9am')
    expect(await plans('move standup to 5')).toMatch(/5:00 PM to 6:00 PM/)
    await ann.says('schedule swim class tomorrow at 6am')
    expect(await plans('move the swim class to 5')).toMatch(/5:00 AM to 6:00 AM/)
    await ann.says('remind me at 9pm to lock up')
    expect(await plans('actually make it 10')).toMatch(/Mon, Nov 23, 2026, 10:00 PM/)
  })
})

describe('alerts by a day', () => {
  it('ring the day before, or on its morning, at the hour that is said', async () => {
    await ann.says('schedule retro on Wednesday at 3pm')
    expect(await plans('remind me the day before the retro at 6pm')).toMatch(/^I tell you 21 hours before retro/)
    expect(await plans('remind me on the morning of the retro')).toMatch(/^I tell you 21 hours and 6 hours before retro/)
    expect(await plans('add a reminder to the retro 10 minutes before')).toMatch(/10 minutes before retro/)
  })

  it('is of the event that was just made where none is named, and of a task where one is', async () => {
    await ann.says('lunch with Sam tomorrow at 12:30')
    expect(await plans('remind me an hour before')).toMatch(/^I tell you 1 hour before lunch/)
    expect(await plans('remind me to leave 15 minutes before lunch')).toMatch(/Tue, Nov 24, 2026, 12:15 PM.*: leave\./)
    expect(await plans('remind me 2 hours before lunch with Sam to book a table')).toMatch(/10:30 AM.*: book a table\./)
  })
})

describe('"skip tomorrow"', () => {
  it('is of the reminder that repeats when that was touched last, and no event is cancelled', async () => {
    await ann.says('schedule retro tomorrow at 3pm')
    world.now = world.now.add({ seconds: 1 })
    await ann.says('remind me every day at 8am to stretch')
    expect(await plans('skip tomorrow')).toMatch(/^Skipped Tue, Nov 24, 2026, 8:00 AM\. stretch comes next on Wed, Nov 25/)
    expect(await plans('what is on tomorrow')).toMatch(/retro/)
  })
})

describe('several requests in one sentence', () => {
  it('are each done and answered, and each is taken back on its own', async () => {
    await ann.says('schedule retro today at 3pm')
    const both = await ann.says('cancel my 3pm and book the optician tomorrow at 4pm')
    expect(both.words).toMatch(/^Cancelled: retro.*optician is in your calendar.*Tue, Nov 24, 2026, 4:00 PM/s)
    expect(both.buttons.filter((label) => label === 'Undo')).toHaveLength(2)
    await ann.says('undo')
    expect(await plans('what is on tomorrow')).not.toMatch(/optician/)
    expect(await plans('what is on today')).not.toMatch(/retro/)
    await ann.says('undo')
    expect(await plans('what is on today')).toMatch(/retro/)
    expect(await plans('cancel the regatta and remind me at 5 to tell Zoe')).toMatch(/no event of yours like “regatta”.*5:00 PM.*tell Zoe/s)
  })
})

describe('what was made', () => {
  it('is put right by what is said after it', async () => {
    await ann.says('schedule a chat tomorrow at 3pm')
    expect(await plans('no, I meant 4')).toMatch(/Changed: chat, Tue, Nov 24, 2026, 4:00 PM/)
    expect(await plans('not tomorrow, Thursday')).toMatch(/Changed: chat, Thu, Nov 26, 2026, 4:00 PM/)
    expect(await plans('and on Friday too')).toMatch(/Copied: chat, Fri, Nov 27, 2026, 4:00 PM/)
    await ann.says('remind me on Friday at 8am to write')
    expect(await plans('sorry, 8:30')).toMatch(/Changed: write, on Fri, Nov 27, 2026, 8:30 AM/)
    expect(await plans('and on Sunday too')).toMatch(/Sun, Nov 29, 2026, 8:30 AM.* as well.*write/)
    expect(await plans('make it every day')).toMatch(/every day at 8:30 AM/)
    await ann.says('todo: sweep')
    expect(await plans('and on Sunday too')).not.toMatch(/Copied|as well/)
    await ann.says('note: the code is 7')
    expect(await plans('skip it, not worth it')).not.toMatch(/Deleted/)
  })

  it('is not found by letters that it happens to share', async () => {
    await ann.says('schedule agreed demo on Friday at 3pm')
    expect(await plans('invite Zoe to the AGM')).toMatch(/no event of yours like “AGM”/)
  })
})
