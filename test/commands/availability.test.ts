import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let space = 0
let ann: Somebody
let bob: Somebody

beforeAll(async () => {
  // A Monday, 9:00 in New York.
  world = await openWorld('2026-11-23T14:00:00Z')
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  space += 1
  ann = await somebody('Ann', 'America/New_York')
  bob = await somebody('Bob', 'Europe/Berlin')
})

async function somebody(name: string, timeZone: string): Promise<Somebody> {
  const one = world.person(`U${name}`, { name, timeZone, space: `T${space}` })
  await one.says('help')
  return one
}

describe('free time', () => {
  it('of several people is offered in everybody’s working hours, and booked by a button with those people', async () => {
    const found = await ann.says('when are Bob and I free for an hour tomorrow')
    // Berlin works until 11:00 in New York, and New York from 9:00.
    expect(found.words).toMatch(/Bob and you are free for 1 hour/)
    expect(found.words).toMatch(/9:00 AM to 10:00 AM .*3:00 PM for Bob/)
    const booked = await ann.presses(found.button('Tue, Nov 24, 2026, 9:00 AM'))
    expect(booked.words).toMatch(/Meeting with Bob is in your calendar: Tue, Nov 24, 2026, 9:00 AM to 10:00 AM\. I invite Bob/)
    expect((await bob.says('what is on tomorrow')).words).toMatch(/Meeting with Bob/)
    const again = await ann.says('when are Bob and I free for an hour tomorrow')
    expect(again.buttons[0]).toMatch(/10:00 AM/)
    expect((await ann.presses(found.button('Tue, Nov 24, 2026, 9:00 AM'))).words).toMatch(/booked already/)
  })

  it('respects what others have without saying what it is', async () => {
    await bob.says('dentist tomorrow from 3pm to 4pm')
    await bob.says('make it private')
    const found = await ann.says('is Bob free tomorrow at 9am')
    expect(found.words).toMatch(/No: Bob is busy on Tue, Nov 24, 2026, 9:00 AM/)
    expect(JSON.stringify(found.reply)).not.toMatch(/dentist/i)
    expect((await ann.says('is Bob free tomorrow at 10am')).words).toMatch(/Yes: Bob is free/)
  })

  it('of many days keeps to the hours that were asked about, on the clock of whoever asks', async () => {
    const afternoons = await ann.says('when am I free this week after 3pm')
    expect(afternoons.words).toMatch(/3:00 PM to 12:00 AM/)
    expect(afternoons.words).not.toMatch(/9:00 AM/)
    const found = await bob.says('when are Ann and I free next week between 16 and 18')
    expect(found.words).toMatch(/4:00 PM to 5:00 PM/)
    expect(found.words).not.toMatch(/(?:[1-3]|[6-9]|1[0-2]):\d\d PM to|AM to/)
  })

  it('of oneself is a list of gaps, or yes and a button', async () => {
    await ann.says('lunch tomorrow from 12 to 1pm')
    expect((await ann.says('when am I free tomorrow')).words).toMatch(/You are free.*9:00 AM to 12:00 PM.*1:00 PM to 5:00 PM/)
    const free = await ann.says('am I free tomorrow at 3')
    expect((await ann.says('when am I free for an hour tomorrow')).words).toMatch(/^You are free for 1 hour/)
    expect(free.words).toMatch(/Yes: you are free on Tue, Nov 24, 2026, 3:00 PM/)
    expect((await ann.presses(free.button('Book it'))).words).toMatch(/Time for myself is in your calendar/)
    expect((await ann.says('am I free tomorrow at 3')).words).toMatch(/No: you are busy/)
  })

  it('keeps to the hours and pauses that people say', async () => {
    expect((await ann.says('my working hours are 12 to 20, Monday to Thursday')).words).toMatch(/You work Mon to Thu, 12:00 to 20:00/)
    expect((await ann.says('keep 30 minutes between my meetings')).words).toMatch(/30 minutes free/)
    await ann.says('standup tomorrow from 2pm to 3pm')
    expect((await ann.says('when am I free tomorrow')).words).toMatch(/12:00 PM to 1:30 PM.*3:30 PM to 8:00 PM/)
    expect((await ann.says('when am I free on Friday')).words).toMatch(/nothing free then within working hours/)
    expect((await ann.says('show my settings')).words).toMatch(/Mon to Thu, 12:00 to 20:00, with 30 minutes/)
    await ann.says('undo')
    expect((await ann.says('show my settings')).words).toMatch(/Mon to Thu|09:00 to 17:00/)
  })

  it('counts what somebody declined as free, and what is cancelled', async () => {
    await ann.says('breakfast with Bob tomorrow from 9am to 10am')
    expect((await ann.says('is Bob free tomorrow at 9am')).words).toMatch(/No: Bob/)
    await bob.says('no to the breakfast')
    expect((await ann.says('is Bob free tomorrow at 9am')).words).toMatch(/Yes: Bob/)
  })

  it('of several people is looked up for each of them by what they said to somebody else', async () => {
    const eve = await somebody('Eve', 'America/New_York')
    await eve.says('breakfast with Ann and Bob tomorrow from 9am to 10am')
    expect((await ann.says('are Bob and I free tomorrow at 9am')).words).toMatch(/No: Bob and you are busy/)
    await bob.says('no to the breakfast')
    expect((await ann.says('are Bob and I free tomorrow at 9am')).words).toMatch(/No: you are busy/)
    expect((await eve.says('are Bob and Ann free tomorrow at 9am')).words).toMatch(/No: Ann is busy/)
  })

  it('of a group is that of all its members', async () => {
    await ann.says('create a group crew with Bob and me')
    await bob.says('interview tomorrow from 3pm to 5pm')
    expect((await ann.says('when is crew free for 30 minutes tomorrow')).words).toMatch(/outside working hours|free for 30 minutes/)
  })
})
