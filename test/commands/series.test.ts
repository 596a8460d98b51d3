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
  ann = world.person(`E${++count}`, { timeZone: 'America/New_York' })
})

const plans = async (words: string) => (await ann.says(words)).words

describe('a series', () => {
  beforeEach(async () => {
    await ann.says('schedule standup every weekday at 10am')
  })
  const days = () => plans('what is on this week')

  it('moves one occurrence alone, shown once and at its new place', async () => {
    const asked = await ann.says('move standup to 11am')
    expect(asked.buttons).toEqual([expect.stringMatching(/^Only Mon, Nov 23/), 'This and all later ones', 'All of them'])
    expect((await ann.presses(asked.button(/^Only/))).words).toMatch(/this one.*Mon, Nov 23, 2026, 11:00 AM/)
    const week = await days()
    expect(week).toMatch(/Nov 23, 2026, 11:00 AM.*Nov 24, 2026, 10:00 AM.*Nov 25, 2026, 10:00 AM/)
    expect(week).not.toMatch(/Nov 23, 2026, 10:00 AM/)
  })

  it('is changed on the day alone that was said, where that tells which one is meant', async () => {
    expect(await plans('move standup to 11 tomorrow')).toMatch(/\(this one\): standup, Tue, Nov 24, 2026, 11:00 AM/)
    expect(await plans("make wednesday's standup 45 minutes")).toMatch(/\(this one\): standup, Wed, Nov 25, 2026, 10:00 AM to 10:45 AM/)
    expect(await plans('there is no standup on Thursday')).toMatch(/Cancelled this one: standup, Thu, Nov 26/)
    expect(await plans('standup moved to 9 on Friday')).toMatch(/\(this one\): standup, Fri, Nov 27, 2026, 9:00 AM/)
    await ann.says('schedule retro every Friday at 3pm')
    expect((await ann.says('cancel the Friday retro')).buttons).toHaveLength(3)
    expect(await plans('cancel the retro of December 4')).toMatch(/Cancelled this one: retro, Fri, Dec 4/)
    expect(await plans('cancel the next retro')).toMatch(/Cancelled this one: retro, Fri, Nov 27/)
    expect(await plans('end the standup series in January')).toMatch(/Cancelled this and all later ones: standup, Mon, Feb 1, 2027/)
    expect(await plans('move standup to 11 on Wednesday and Thursday')).toMatch(/^Move 1 event from Wed, Nov 25, 2026 to/)
  })

  it('moves, or gets a second one beside it, as whoever tells of another time answers', async () => {
    const asked = await ann.says('standup is at 8 on Tuesday')
    expect(asked).toMatchObject({
      buttons: ['Move it to 8:00 AM', 'A second one'],
      words: expect.stringMatching(/Tue, Nov 24, 2026, 10:00 AM/),
    })
    expect((await ann.presses(asked.button(/^Move/))).words).toMatch(/\(this one\): standup, Tue, Nov 24, 2026, 8:00 AM/)
    world.now = world.now.add({ minutes: 1 })
    await ann.says('we have standup at 4pm on Wednesday')
    expect(await plans('a second one')).toMatch(/standup is in your calendar: Wed, Nov 25, 2026, 4:00 PM/)
    expect(await plans('schedule standup on Thursday at 4pm')).toMatch(/standup is in your calendar: Thu, Nov 26, 2026, 4:00 PM/)
  })

  it('is split by this and following, and whole again after undo', async () => {
    const before = await days()
    world.now = Temporal.Instant.from('2026-11-24T16:00:00Z')
    const asked = await ann.says('move standup to 11am')
    const split = await ann.presses(asked.button('This and all later ones'))
    expect(split.words).toMatch(/this and all later ones.*Wed, Nov 25, 2026, 11:00 AM/)
    expect(await days()).toMatch(/Nov 24, 2026, 10:00 AM.*Nov 25, 2026, 11:00 AM.*Nov 26, 2026, 11:00 AM/)
    expect((await ann.presses(split.button('Undo'))).words).toMatch(/Undone/)
    expect(await days()).toBe(before)
  })

  it('goes back step by step, and is taken away only by the last one', async () => {
    const weeks = [await days()]
    for (const step of [
      'skip standup on Wednesday',
      'skip standup on Thursday',
      'restore standup on Wednesday',
      'move the standup on Friday to 3pm',
    ]) {
      await ann.says(step)
      weeks.push(await days())
    }
    for (const week of weeks.slice(0, -1).toReversed()) {
      expect(await plans('undo')).toMatch(/Undone/)
      expect(await days()).toBe(week)
    }
    expect(await plans('undo')).toMatch(/Undone: event created, standup/)
    expect(await days()).toMatch(/Nothing is planned/)
  })

  it('stays when its last change cannot be taken back', async () => {
    const asked = await ann.says('rename standup to round')
    await ann.presses(asked.button('All of them'))
    await world.database.event.updateMany({ where: { title: 'round' }, data: { title: 'circle', version: { increment: 1 } } })
    expect(await plans('undo')).toMatch(/has moved on since, so it stays/)
    expect(await days()).toMatch(/circle/)
  })

  it('changes as a whole', async () => {
    const asked = await ann.says('move standup to 9:30am')
    await ann.presses(asked.button('All of them'))
    expect((await days()).match(/9:30 AM to/g)).toHaveLength(5)
  })

  it('leaves one out by a button or by words, and brings it back', async () => {
    const asked = await ann.says('cancel standup')
    const skipped = await ann.presses(asked.button(/^Only/))
    expect(skipped.words).toMatch(/Cancelled this one: standup, Mon, Nov 23/)
    expect(await days()).not.toMatch(/Nov 23, 2026, 10:00/)
    const card = await ann.says('find standup')
    expect((await ann.presses(card.button(/^Bring back Mon, Nov 23/))).words).toMatch(/It is back/)
    expect(await days()).toMatch(/Nov 23, 2026, 10:00 AM/)
  })

  it('leaves one out and takes it back by sentence alone', async () => {
    expect(await plans('skip standup on Wednesday')).toMatch(/Cancelled this one: standup, Wed, Nov 25/)
    expect(await plans('no standup tomorrow')).toMatch(/Cancelled this one: standup, Tue, Nov 24/)
    const which = await ann.says('restore standup')
    expect(which.buttons).toEqual(['standup, Tue, Nov 24, 2026', 'standup, Wed, Nov 25, 2026'])
    expect(await plans("bring back Wednesday's standup")).toMatch(/It is back: standup, Wed, Nov 25, 2026, 10:00 AM/)
    expect((await ann.presses(which.button(/Nov 24/))).words).toMatch(/It is back/)
    const again = await ann.says('restore standup')
    expect(again.outcome).toBe('refused')
    expect(again.words).toMatch(/No occurrence of “standup” was left out/)
  })

  it('gets another rule, another clock time and a colour', async () => {
    expect(await plans('when is the next standup')).toMatch(/When: Mon, Nov 23, 2026, 10:00 AM/)
    expect(await plans('change standup to every Tuesday at 9:30am')).toMatch(/Tue, Nov 24, 2026, 9:30 AM.*every week on Tuesday at 9:30 AM/)
    expect(await plans('make it red')).toMatch(/Its colour is red/)
    expect(await plans('find standup')).toMatch(/Colour: red/)
    await ann.says('schedule tea on Thursday from 3pm to 4pm')
    expect(await plans('repeat it every week')).toMatch(/Changed.*tea.*Thu, Nov 26.*every/i)
  })

  it('ends where it is cancelled from', async () => {
    world.now = Temporal.Instant.from('2026-11-24T16:00:00Z')
    const asked = await ann.says('cancel standup')
    await ann.presses(asked.button('This and all later ones'))
    expect((await days()).match(/10:00 AM to/g)).toHaveLength(2)
  })

  it('changes and ends from the day on that "starting", "from" and "as of" lead to', async () => {
    expect(await plans('move standup to 11 starting wednesday')).toMatch(
      /\(this and all later ones\): standup, Wed, Nov 25, 2026, 11:00 AM/,
    )
    expect(await plans('cancel standup as of Friday')).toMatch(/Cancelled this and all later ones: standup, Fri, Nov 27/)
    expect(await days()).toMatch(/Nov 24, 2026, 10:00 AM.*Nov 25, 2026, 11:00 AM.*Nov 26, 2026, 11:00 AM/)
    expect(await days()).not.toMatch(/Nov 27/)
  })

  it('keeps a question for the person it was asked of, and answers it once', async () => {
    const asked = await ann.says('move standup to 9:30am')
    const eve = world.person('EVE2')
    expect((await eve.presses(asked.button('All of them'))).words).toMatch(/somebody else/)
    await ann.presses(asked.button('All of them'))
    expect((await ann.presses(asked.button('All of them'))).words).toMatch(/answered already/)
  })
})

describe('a whole event that is called off', () => {
  it('is brought back, by "it" or by its words, with its alerts', async () => {
    await ann.says('schedule board games on Friday at 6pm alert 1 hour before')
    expect(await plans('cancel board games')).toMatch(/^Cancelled: board games/)
    expect(await plans('bring it back')).toMatch(/It is back: board games, Fri, Nov 27, 2026, 6:00 PM/)
    expect(await plans('what is on Friday')).toMatch(/board games/)
    await ann.says('cancel board games')
    await ann.says('schedule tennis on Saturday at 10am')
    expect(await plans('restore board games')).toMatch(/It is back: board games/)
    expect(await plans('restore board games')).toMatch(/No occurrence of “board games” was left out/)
    const rings = await world.database.reminder.findMany({ where: { text: { startsWith: 'board games' }, state: 'scheduled' } })
    expect(rings).toHaveLength(1)
  })

  it('is not brought back for one day of it unless that is said', async () => {
    await ann.says('schedule rowing every weekday at 7:30am')
    const which = await ann.says('cancel rowing')
    await ann.presses(which.button('All of them'))
    const asked = await ann.says("bring back Thursday's rowing")
    expect(asked).toMatchObject({ outcome: 'asked', words: expect.stringMatching(/Nothing was left out then, but you cancelled rowing/) })
    expect(await plans('what is on Thursday')).not.toMatch(/rowing/)
    expect((await ann.presses(asked.button('Bring back rowing'))).words).toMatch(/It is back: rowing/)
    expect(await plans('what is on Thursday')).toMatch(/rowing/)
    expect((await ann.presses(asked.button('Bring back rowing'))).words).toMatch(/back already/)
    await ann.says('schedule tea on Friday at 4pm')
    await ann.says('cancel tea')
    expect(await plans("bring back Friday's tea")).toMatch(/It is back: tea/)
  })

  it('is all parts of a series that was split, and all of them come back', async () => {
    await ann.says('schedule huddle every weekday at 9:30am for 15 minutes')
    await ann.says('move huddle on December 2 to 10am, this and all following')
    await ann.says('move huddle on December 9 to 11am, this and all following')
    const days = async () => {
      const found = []
      for (const day of ['Nov 24', 'Dec 3', 'Dec 10']) if (/huddle/.test(await plans(`what is on ${day}`))) found.push(day)
      return found
    }
    expect(await days()).toEqual(['Nov 24', 'Dec 3', 'Dec 10'])
    expect(await plans('cancel huddle, all of them')).toMatch(/^Cancelled, with all its repeats: huddle/)
    expect(await days()).toEqual([])
    expect(await plans('bring it back')).toMatch(/It is back: huddle/)
    expect(await days()).toEqual(['Nov 24', 'Dec 3', 'Dec 10'])
    expect(await plans('cancel huddle on December 3, this and all later ones')).toMatch(/^Cancelled this and all later ones/)
    expect(await days()).toEqual(['Nov 24'])
    expect(await plans('undo')).toMatch(/Undone/)
    expect(await days()).toEqual(['Nov 24', 'Dec 3', 'Dec 10'])
  })

  it('ends where it is said to end, with that day still in it', async () => {
    await ann.says('schedule fencing class every weekday at 7am')
    for (const words of [
      'stop fencing class after December 4',
      'fencing class ends on December 4',
      'the last fencing class is on December 4',
    ]) {
      expect(await plans(words)).toMatch(/^Cancelled this and all later ones: fencing class.*Mon, Dec 7/)
      expect(await plans('what is on December 4')).toMatch(/fencing/)
      expect(await plans('what is on December 8')).not.toMatch(/fencing/)
      await ann.says('undo')
    }
  })
})
