import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BotError } from '#core/errors.ts'
import { type Bell, bellOf } from '../support/bell.ts'
import { answerIn, openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let bell: Bell
let ann: Somebody

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  // Monday, 9 in the morning in New York.
  world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  bell = bellOf(world)
  ann = here('ann')
})
afterEach(() => world.database.reminder.deleteMany())

function here(user: string): Somebody {
  return world.person(user, { platform: 'memory', timeZone: 'America/New_York', name: user })
}

const clocks = () => bell.told().map((line) => line.slice(0, 5))

describe('a reminder that asks until it is done', () => {
  it('says how often, rings again, and ends with Done', async () => {
    const made = await ann.says("remind me at 9:30 to take the pill, every 10 minutes until I'm done")
    expect(made.words).toContain('Until it is done I ask again every 10 minutes')
    await bell.until('2026-11-23T14:55:00Z')
    expect(clocks()).toEqual(['09:30', '09:40', '09:50'])
    expect((await ann.presses(bell.last('ann').button('Done'))).words).toMatch(/Done: take the pill/)
    await bell.until('2026-11-24T14:00:00Z')
    expect(clocks()).toHaveLength(3)
  })

  it('begins after the first pause when no time is said', async () => {
    await ann.says('nag me every 15 minutes to call mum until done')
    await bell.until('2026-11-23T14:35:00Z')
    expect(clocks()).toEqual(['09:15', '09:30'])
  })

  it('may be done by an earlier one of its messages, goes on by its rule, and asks anew', async () => {
    await ann.says('remind me every day at 10 to take the pill until done')
    await bell.until('2026-11-23T15:25:00Z')
    const [first] = bell.bot.messages
    await ann.presses(first && answerIn(first.reply).button('Done'))
    await bell.until('2026-11-24T15:15:00Z')
    expect(clocks()).toEqual(['10:00', '10:10', '10:20', '10:00', '10:10'])
  })

  it('asks twenty times again at most, says so, and the rule goes on all the same', async () => {
    await ann.says('remind me every day at 10 to take the pill until done')
    await bell.until('2026-11-24T14:00:00Z')
    expect(clocks()).toHaveLength(21)
    expect(bell.told().at(-1)).toContain('I do not ask again.')
    await bell.until('2026-11-24T15:05:00Z')
    expect(clocks().slice(21)).toEqual(['10:00'])
  })

  it.each([
    ['leaves the night alone', 'remind me at 9:45pm to lock up until done', '2026-11-24T12:15:00Z', ['21:45', '21:55', '07:00', '07:10']],
    [
      'rings at night when it was said for the night',
      'remind me at 11pm to lock up, every hour until done',
      '2026-11-24T06:30:00Z',
      ['23:00', '00:00', '01:00'],
    ],
  ])('%s', async (_, sentence, end, expected) => {
    await ann.says(sentence)
    await bell.until(end)
    expect(clocks()).toEqual(expected)
  })

  it('rings once after a time in which nobody told it, and goes on from then', async () => {
    await ann.says('remind me at 9:30 to take the pill until done')
    world.now = Temporal.Instant.from('2026-11-23T18:03:00Z')
    await bell.catchUp()
    await bell.until('2026-11-23T18:25:00Z')
    expect(clocks()).toEqual(['13:03', '13:10', '13:20'])
  })

  it('stops asking by a button or by words, and keeps asking by words', async () => {
    await ann.says('remind me at 9:30 to take the pill until done')
    await bell.until('2026-11-23T14:31:00Z')
    expect((await ann.presses(bell.last('ann').button('Stop asking'))).words).toMatch(/do not ask again/)
    await bell.until('2026-11-23T15:00:00Z')
    expect(clocks()).toEqual(['09:30'])
    expect((await ann.says('keep reminding me every 20 minutes')).words).toMatch(/every 20 minutes.*Next/)
    await bell.until('2026-11-23T15:25:00Z')
    expect(clocks()).toEqual(['09:30', '10:20'])
    await ann.says('stop nagging me')
    await bell.until('2026-11-23T17:00:00Z')
    expect(clocks()).toHaveLength(2)
  })

  it('goes on where it was snoozed to', async () => {
    await ann.says('remind me at 9:30 to take the pill until done')
    await bell.until('2026-11-23T14:31:00Z')
    await ann.presses(bell.last('ann').button('Snooze 1 hour'))
    await bell.until('2026-11-23T15:45:00Z')
    expect(clocks()).toEqual(['09:30', '10:31', '10:41'])
  })

  it.each([
    ['remind me every 20 seconds until done to breathe', /1 minute at the soonest/],
    ['remind <@ben> at 10, every minute until done, to breathe', /others again after 10 minutes/],
  ])('refuses %j', async (sentence, hint) => {
    const { words, outcome } = await ann.says(sentence)
    expect(outcome).toBe('refused')
    expect(words).toMatch(hint)
  })
})

describe('the form under “Snooze…”', () => {
  it.each([
    ['5pm', '5:00 PM'],
    ['tomorrow at 8', 'Tue, Nov 24, 2026, 8:00 AM'],
    ['20 min', '9:51 AM'],
    ['in 2 hours', '11:31 AM'],
    ['for an hour', '10:31 AM'],
    ['until friday', 'Fri, Nov 27, 2026, 9:00 AM'],
  ])('understands %j', async (typed, until) => {
    await ann.says('remind me at 9:31 to stretch')
    await bell.until('2026-11-23T14:31:00Z')
    const opened = await ann.presses(bell.last('ann').button('Snooze…'))
    expect(opened.reply?.form).toMatchObject({ title: 'Snooze' })
    expect((await ann.fillsIn(opened, typed)).words).toMatch(new RegExp(`come back to stretch on .*${until}`))
  })

  it.each(['banana', 'yesterday', '', '8:00 on the last Friday of November 2020'])('says what is wrong with %j', async (typed) => {
    await ann.says('remind me at 9:31 to stretch')
    await bell.until('2026-11-23T14:31:00Z')
    const refused = await ann.fillsIn(await ann.presses(bell.last('ann').button('Snooze…')), typed)
    expect(refused.outcome).toBe('refused')
    expect(refused.words).toMatch(typed === '' ? /^Write a moment, such as 5pm/ : /no moment that is still to come/)
    expect((await ann.presses(refused.button('Try again'))).reply?.form).toBeDefined()
  })

  it('is nobody else’s to fill in', async () => {
    await ann.says('remind me at 9:31 to stretch')
    await bell.until('2026-11-23T14:31:00Z')
    const opened = await ann.presses(bell.last('ann').button('Snooze…'))
    expect((await here('ben').fillsIn(opened, '5pm')).words).toMatch(/for somebody else/)
  })
})

describe('a reminder for several', () => {
  it('asks only those who are not done, and shows its maker who is', async () => {
    await ann.says('remind <@ben> and <@eve> at 9:30 to vote, every 10 minutes until done')
    await bell.until('2026-11-23T14:31:00Z')
    expect((await here('ben').presses(bell.last('ben').button('Done'))).words).toMatch(/Done: vote/)
    await bell.until('2026-11-23T14:41:00Z')
    expect(bell.told().map((line) => line.slice(0, 16))).toEqual(['09:30 direct:ben', '09:30 direct:eve', '09:40 direct:eve'])
    const list = await ann.says('list my reminders')
    expect(list.words).toContain('1 of 2 done')
    const shown = await ann.presses(list.button(/vote/))
    expect(shown.words).toMatch(/done .*9:31.*got it .*9:40.*not done yet/)
    await here('eve').presses(bell.last('eve').button('Done'))
    await bell.until('2026-11-23T20:00:00Z')
    expect(bell.told()).toHaveLength(3)
    expect((await ann.says('list my done reminders')).words).toContain('vote')
  })

  it('is done in a channel by anybody there, and in the other channel still asked about', async () => {
    await ann.says('remind <#C1> and <#C2> at 9:30 to rotate the keys, every 10 minutes until done')
    await bell.until('2026-11-23T14:31:00Z')
    const inFirst = bell.bot.messages.find(({ place }) => place === 'C1')
    const eve = world.person('eve', { platform: 'memory', channel: 'C1', kind: 'channel', name: 'eve' })
    await eve.presses(inFirst && answerIn(inFirst.reply).button('Done'))
    await bell.until('2026-11-23T14:41:00Z')
    expect(bell.told().map((line) => line.slice(0, 8))).toEqual(['09:30 C1', '09:30 C2', '09:40 C2'])
    const shown = await ann.presses((await ann.says('list my reminders')).button(/rotate/))
    expect(shown.words).toMatch(/#C1: done by them .*9:31.*#C2: got it .*not done yet/)
  })

  it('is closed for all by its maker, and by nobody else', async () => {
    await ann.says('remind <@ben> and <@eve> at 9:30 to vote')
    await bell.until('2026-11-23T14:31:00Z')
    const shown = await ann.presses((await ann.says('list my reminders')).button(/vote/))
    expect((await here('ben').presses(shown.button('Done for all'))).words).toMatch(/Only the person who made/)
    expect((await ann.presses(shown.button('Done for all'))).words).toMatch(/Done: vote/)
    expect((await here('ben').presses(bell.last('ben').button('Done'))).words).toMatch(/done already/)
  })

  it('forgets who was done when the next occurrence rings', async () => {
    await ann.says('remind me and <@ben> every day at 10 to vote')
    await bell.until('2026-11-23T15:01:00Z')
    await ann.presses(bell.last('ann').button('Done'))
    await bell.until('2026-11-24T15:01:00Z')
    expect((await ann.says('list my reminders')).words).not.toContain('of 2 done')
    expect(bell.told()).toHaveLength(4)
  })
})

describe('a reminder from somebody else', () => {
  const shownTo = async (who: Somebody, words: RegExp) => who.presses((await who.says('list my reminders')).button(words))

  it('that repeats shows its maker who is done each time, and who has put it off', async () => {
    await ann.says('remind <@ben> every day at 10 to send the figures')
    await bell.until('2026-11-23T15:01:00Z')
    await here('ben').presses(bell.last('ben').button('Done'))
    expect((await shownTo(ann, /figures/)).words).toMatch(/them: done .*10:01/)
    await bell.until('2026-11-24T15:01:00Z')
    expect((await shownTo(ann, /figures/)).words).toMatch(/got it .*Nov 24.*not done yet/)
    await here('ben').presses(bell.last('ben').button('Snooze 1 hour'))
    expect((await shownTo(ann, /figures/)).words).toMatch(/snoozed .*Nov 24/)
    await bell.until('2026-11-24T16:02:00Z')
    await here('ben').presses(bell.last('ben').button('Done'))
    expect((await shownTo(ann, /figures/)).words).toMatch(/done .*Nov 24.*11:02/)
  })

  it('for several is through once those who put it off are done as well', async () => {
    await ann.says('remind <@ben> and <@eve> at 9:30 to vote')
    await bell.until('2026-11-23T14:31:00Z')
    await here('ben').presses(bell.last('ben').button('Snooze 1 hour'))
    await here('eve').presses(bell.last('eve').button('Done'))
    expect((await ann.says('list my reminders')).words).toContain('1 of 2 done')
    await bell.until('2026-11-23T15:32:00Z')
    await here('ben').presses(bell.last('ben').button('Done'))
    expect((await ann.says('list my done reminders')).words).toContain('vote')
  })

  it('is put off and done in words by whom it rang for, by their own clock', async () => {
    const ben = world.person('ben', { platform: 'memory', timeZone: 'Europe/Berlin', name: 'ben' })
    await ben.says('hello')
    await ann.says('remind <@ben> and <@eve> at 9:30 to vote')
    await ann.says('remind <@ben> at 9:40 to sign')
    await bell.until('2026-11-23T14:31:00Z')
    expect((await ben.says('snooze until 5pm')).words).toMatch(/vote on Mon, Nov 23, 2026, 5:00 PM/)
    expect((await ben.says('list my reminders')).words).toMatch(/1\. vote \| Mon, Nov 23, 2026, 5:00 PM ·/)
    await bell.until('2026-11-23T14:41:00Z')
    expect((await ben.says('list my reminders')).words).toMatch(/2\. sign \| rang, and waits for Done; from ann/)
    expect((await ben.says('done with sign')).words).toMatch(/Done: sign/)
    expect((await ann.says('list my done reminders')).words).toContain('sign')
  })

  it('is not theirs to take away, and refusing more of them leaves it to be done', async () => {
    await ann.says('remind <@ben> and <@eve> at 9:30 to vote')
    await bell.until('2026-11-23T14:31:00Z')
    const rung = bell.last('ben')
    expect((await here('ben').presses(rung.button(/^No more/))).reply?.replaces).toBeUndefined()
    expect((await here('ben').says('cancel the vote reminder')).words).toMatch(/no open reminder/)
    const shown = await shownTo(ann, /vote/)
    expect((await here('ben').presses(shown.button('Cancel'))).words).toMatch(/Only the person who made/)
    expect((await here('ben').presses(rung.button('Done'))).words).toMatch(/Done: vote/)
  })

  it('that did not reach them makes the next one say so at once, until one arrives', async () => {
    await ann.says('remind <@kim> at 9:30 to vote')
    bell.bot.failNext({ error: new BotError('rejected', 'closed', { reason: '50007' }) })
    await bell.until('2026-11-23T14:31:00Z')
    const warned = await ann.says('remind <@kim> at 9:40 to vote')
    expect(warned.outcome).toBe('done')
    expect(warned.words).toMatch(/When I last tried: .*allow direct messages from members of this server/)
    expect((await ann.says('remind <@eve> at 9:40 to vote')).words).not.toContain('When I last tried')
    await bell.until('2026-11-23T14:41:00Z')
    expect((await ann.says('remind <@kim> at 9:50 to vote')).words).not.toContain('When I last tried')
  })

  it('told in one message with others of the same series is done all at once', async () => {
    await ann.says('remind me every day at 10 to stretch')
    await bell.until('2026-11-23T15:01:00Z')
    await ann.presses(bell.last('ann').button('Snooze until Monday 9:00'))
    await bell.until('2026-11-24T15:01:00Z')
    await ann.presses(bell.last('ann').button('Snooze until Monday 9:00'))
    world.now = Temporal.Instant.from('2026-11-30T14:00:30Z')
    await bell.catchUp()
    const many = bell.last('ann')
    expect(many.words).toMatch(/3 reminders/)
    expect((await ann.presses(many.button('All done'))).words).toMatch(/Done: stretch, stretch, stretch/)
  })
})
