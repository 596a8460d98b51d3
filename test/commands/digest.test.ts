import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bell, bellOf } from '../support/bell.ts'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let bell: Bell
let ann: Somebody
let count = 0

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  // Monday, 9 in the morning in New York. Each test has a person of its own.
  world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  bell = bellOf(world)
  ann = world.person(`ann${++count}`, { platform: 'memory', timeZone: 'America/New_York' })
})
afterEach(() => world.database.reminder.deleteMany())

describe('the agenda', () => {
  it('comes at the person’s hour with events, reminders and todos that are due, and not on an empty day', async () => {
    const made = await ann.says('send me my agenda every weekday at 8')
    expect(made.words).toMatch(/Daily agenda for you, every weekday at 8:00 AM.*Tue, Nov 24, 2026, 8:00 AM/)
    await ann.says('lunch with Eve tomorrow from 12 to 1')
    await ann.says('remind me tomorrow at 4pm to call the bank')
    await ann.says('todo pay the rent tomorrow')
    await ann.says('todo clean the shed on December 20')
    await bell.until('2026-11-24T20:00:00Z')
    expect(bell.told()).toHaveLength(1)
    const [told] = bell.told()
    expect(told).toMatch(/^08:00 direct:.*Your day, Tue, Nov 24, 2026 \| Events \| 12:00 PM [Ll]unch/)
    expect(told).toMatch(/Reminders \| 4:00 PM call the bank \| To do \| pay the rent$/)
    expect(told).not.toContain('shed')
    await ann.says('cancel the reminder about the bank')
    await ann.presses(bell.last(`ann${count}`).button('pay the rent'))
    await bell.until('2026-11-26T20:00:00Z')
    expect(bell.told()).toHaveLength(1)
  })

  it('keeps its hour when the clocks change', async () => {
    await ann.says('daily digest at 8')
    await ann.says('standup every day at 9:30 for 15 minutes')
    world.now = Temporal.Instant.from('2027-03-13T05:00:00Z')
    await world.database.reminder.updateMany({
      where: { digest: { path: ['kind'], equals: 'agenda' } },
      data: { dueAt: new Date('2027-03-13T13:00:00Z') },
    })
    await bell.until('2027-03-15T14:00:00Z')
    expect(bell.bot.messages.map(({ at }) => at.toString())).toEqual([
      '2027-03-13T13:00:00Z',
      '2027-03-14T12:00:00Z',
      '2027-03-15T12:00:00Z',
    ])
  })

  it('in the evening is about the next day', async () => {
    await ann.says('daily agenda at 7pm')
    await ann.says('lunch tomorrow from 12 to 1')
    await bell.until('2026-11-24T00:30:00Z')
    expect(bell.told()[0]).toMatch(/^19:00 .*Tue, Nov 24, 2026 \| Events \| 12:00 PM/)
  })

  it('of a channel holds what concerns the channel, and nothing of anybody’s own', async () => {
    const there = world.person(`ann${count}`, { platform: 'memory', timeZone: 'America/New_York', channel: 'C1', kind: 'channel' })
    const made = await there.says('post the agenda in <#C1> every morning at 8')
    expect(made.words).toMatch(/Daily agenda for #C1, every day at 8:00 AM/)
    await ann.says('lunch tomorrow from 12 to 1')
    await there.says('remind <#C1> tomorrow at 10 to vote')
    await bell.until('2026-11-24T14:00:00Z')
    expect(bell.told()).toEqual([expect.stringMatching(/^08:00 C1: The day here, Tue, Nov 24, 2026 \| Reminders \| 10:00 AM vote$/)])
  })

  it('is there once: saying it anew changes its hour or its days, and words pause, skip, resume and stop it', async () => {
    await ann.says('send me my agenda every weekday at 8')
    expect((await ann.says('move my daily agenda to 8:30')).words).toMatch(/every weekday at 8:30 AM/)
    expect((await ann.says('send me my agenda every day at 7')).words).toMatch(/every day at 7:00 AM/)
    expect((await ann.says('show my settings')).words).toContain('Daily agenda, every day at 7:00 AM')
    expect((await ann.says("skip tomorrow's daily agenda")).words).toMatch(/Skipped Tue, Nov 24/)
    expect((await ann.says('pause the daily digest')).words).toMatch(/Paused Daily agenda/)
    expect((await ann.says('show my settings')).words).toContain('paused')
    expect((await ann.says('resume the daily digest')).words).toMatch(/comes next on/)
    expect((await ann.says('pause the daily digest until Monday')).words).toMatch(/comes next on Mon, Nov 30/)
    expect((await ann.says('list my reminders')).words).toContain('Daily agenda')
    expect((await ann.says('stop the daily digest')).words).toMatch(/will not come again/)
    expect((await ann.says('stop the daily digest')).words).toMatch(/no such digest/)
    expect((await ann.says('undo')).words).toMatch(/Undone/)
    expect((await ann.says('show my settings')).words).toContain('Daily agenda')
  })

  it('that is too late is left to the next one', async () => {
    await ann.says('daily digest at 8')
    await ann.says('standup every day at 9:30 for 15 minutes')
    world.now = Temporal.Instant.from('2026-11-25T04:00:00Z')
    await bell.catchUp()
    expect(bell.told()).toEqual([])
    await bell.until('2026-11-25T14:00:00Z')
    expect(bell.told()).toHaveLength(1)
  })

  it.each([
    ['the review of a channel', 'weekly review in <#C7> on Sunday at 18', /personal/],
    ['a channel that it does not know', 'post the agenda in #nowhere every morning', /do not know which channel/],
  ])('is refused for %s', async (_, sentence, hint) => {
    expect((await ann.says(sentence)).words).toMatch(hint)
  })
})

describe('the review of the week', () => {
  it('says what was done, what slipped and what comes', async () => {
    expect((await ann.says('weekly review on Sunday at 18')).words).toMatch(/every week on Sunday at 6:00 PM/)
    await ann.says('todo pay the rent on Wednesday')
    await ann.says('todo buy milk')
    await ann.says('done with milk')
    await ann.says('remind me tomorrow at 10 to call the bank')
    await ann.says('workshop on December 2 from 2 to 4pm')
    await bell.until('2026-11-30T00:00:00Z')
    expect(bell.told()).toHaveLength(2)
    const review = bell.told()[1]
    expect(review).toMatch(/^18:00 .*Your week, Sun, Nov 22, 2026 to Sun, Nov 29, 2026 \| Done: 1 \| buy milk/)
    expect(review).toMatch(/Slipped \| pay the rent, due since .* \| call the bank, rang Tue, Nov 24, 2026, 10:00 AM/)
    expect(review).toMatch(/The week to come \| Wed, Dec 2, 2026, 2:00 PM [Ww]orkshop/)
  })
})

describe('what somebody missed', () => {
  it('is told when they ask, grouped, and only to them', async () => {
    await ann.says('remind me at 10 to call the bank')
    await ann.says('lunch today from 12 to 1')
    await ann.says('todo pay the rent today at 3pm')
    await bell.until('2026-11-24T14:00:00Z')
    const told = await ann.says('what did I miss')
    expect(told.reply?.visibility).toBe('author')
    expect(told.words).toMatch(
      /Reminders that rang \| call the bank, Mon, Nov 23, 2026, 10:00 AM \| Todos that fell due \| pay the rent.*What took place \| Mon, Nov 23, 2026, 12:00 PM [Ll]unch/,
    )
    expect((await ann.says('catch me up since Saturday')).words).toMatch(/since Sat, Nov 21/)
    expect((await ann.says('catch me up since tomorrow')).outcome).toBe('refused')
    await ann.presses(bell.last(`ann${count}`).button('Done'))
    expect((await ann.says('what did I miss')).words).not.toContain('call the bank')
  })

  it('is not what they put off', async () => {
    await ann.says('remind me at 10 to call the bank')
    await bell.until('2026-11-23T15:00:10Z')
    expect((await ann.says('what did I miss')).words).toContain('call the bank')
    await ann.presses(bell.last(`ann${count}`).button('Snooze 1 hour'))
    expect((await ann.says('what did I miss')).words).toMatch(/You missed nothing/)
  })

  it.each(['Snooze 1 hour', 'Done'])('is not what repeats and was answered: %s', async (label) => {
    await ann.says('remind me every day at 10 to stretch')
    await bell.until('2026-11-23T15:00:10Z')
    expect((await ann.says('what did I miss')).words).toContain('stretch')
    await ann.presses(bell.last(`ann${count}`).button(label))
    expect((await ann.says('what did I miss')).words).toMatch(/You missed nothing/)
  })

  it('is the event, and not the alert before it', async () => {
    await ann.says('lunch today from 12 to 1, alert me 10 minutes before')
    await bell.until('2026-11-23T19:00:00Z')
    expect(bell.told()[0]).toMatch(/lunch starts in 10 minutes/i)
    const { words } = await ann.says('what did I miss')
    expect(words).toMatch(/What took place.*lunch/i)
    expect(words).not.toContain('starts in')
  })

  it('is nothing where nothing happened', async () => {
    expect((await ann.says('what did I miss')).words).toMatch(/You missed nothing since Sun, Nov 22/)
  })

  it('is told once, unasked, when they come back after days away, unless they want it otherwise', async () => {
    await ann.says('remind me at 10 to call the bank')
    await bell.until('2026-11-23T15:01:00Z')
    // What is known of them is looked up anew, as after a while.
    await ann.says('my time zone is New York')
    world.now = Temporal.Instant.from('2026-11-28T14:00:00Z')
    await ann.says('hello')
    await expect.poll(() => world.queued.some(({ dueAt }) => dueAt.toString() === '2026-11-28T14:00:05Z')).toBe(true)
    await bell.until('2026-11-28T14:01:00Z')
    expect(bell.told().slice(1)).toEqual([expect.stringMatching(/What you missed since Mon, Nov 23.*call the bank/)])
    expect((await ann.says('list my reminders')).words).not.toContain('What you missed')
    expect((await ann.says("don't catch me up automatically")).words).toMatch(/only when you ask/)
    world.now = Temporal.Instant.from('2026-12-08T14:00:00Z')
    await ann.says('hello')
    await bell.until('2026-12-08T14:01:00Z')
    expect(bell.told()).toHaveLength(2)
    expect((await ann.says('catch me up after a week away')).words).toMatch(/after 7 days or more/)
    expect((await ann.says('show my settings')).words).toContain('after 7 days or more')
  })
})

describe('what others changed meanwhile', () => {
  it('is named to those who come, and to nobody who declined', async () => {
    const bob = world.person(`bob${count}`, { platform: 'memory', timeZone: 'America/New_York', name: `Bob${count}` })
    const kim = world.person(`kim${count}`, { platform: 'memory', timeZone: 'America/New_York', name: `Kim${count}` })
    await Promise.all([bob.says('hello'), kim.says('hello')])
    await ann.says(`lunch with Bob${count} and Kim${count} on Friday from 12 to 1pm`)
    await ann.says(`budget review with Bob${count} on Thursday at 3pm`)
    await kim.says('no to lunch')
    await bob.says('yes to lunch')
    world.now = Temporal.Instant.from('2026-11-24T14:00:00Z')
    expect((await bob.says('what did I miss')).words).not.toContain('Changed by others')
    expect((await ann.says('move lunch to 2pm')).outcome).toBe('done')
    expect((await ann.says('cancel the budget review')).outcome).toBe('done')
    const { words } = await bob.says('what did I miss')
    expect(words).toMatch(/Changed by others .*lunch.*: moved from Fri, Nov 27, 2026, 12:00 PM to Fri, Nov 27, 2026, 2:00 PM by ann/)
    expect(words).toMatch(/budget review.*: Thu, Nov 26, 2026, 3:00 PM, called off by ann/)
    expect((await kim.says('what did I miss')).words).not.toContain('lunch')
    expect((await ann.says('what did I miss')).words).not.toContain('Changed by others')
  })
})

describe('alerts that nobody asks for', () => {
  it('are those that a person has set for all their events', async () => {
    expect((await ann.says('alert me 1 hour and 10 minutes before my meetings by default')).words).toMatch(/1 hour and 10 minutes before/)
    expect((await ann.says('show my settings')).words).toContain('1 hour and 10 minutes before events that you make')
    expect((await ann.says('standup tomorrow at 11 for 15 minutes')).words).toMatch(/1 hour and 10 minutes before/)
    expect((await ann.says('workshop tomorrow at 2pm, alert me 5 minutes before')).words).toMatch(/tell you 5 minutes before/)
    await bell.until('2026-11-24T20:00:00Z')
    expect(bell.told().map((line) => line.slice(0, 5))).toEqual(['10:00', '10:50', '13:55'])
    expect((await ann.says('no alerts by default')).words).toMatch(/no alert/)
    expect((await ann.says('lunch on friday from 12 to 1')).words).not.toMatch(/before/)
  })

  it('come on top of those of an event that is there', async () => {
    await ann.says('dentist tomorrow at 11')
    expect((await ann.says('remind me 10 minutes before the dentist')).words).toMatch(/I tell you 10 minutes before [Dd]entist/)
    expect((await ann.says('alert me an hour before the dentist')).words).toMatch(/1 hour and 10 minutes before/)
    await bell.until('2026-11-24T20:00:00Z')
    expect(bell.told().map((line) => line.slice(0, 5))).toEqual(['10:00', '10:50'])
    expect((await ann.says('remind me 10 minutes before the zoo')).outcome).toBe('asked')
  })
})
