import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createActions } from '#core/actions.ts'
import { openWorld, type Somebody, secret, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let count = 0

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  // Monday, 9 in the morning in New York. Each test has a person of its own.
  world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  ann = world.person(`U${++count}`, { timeZone: 'America/New_York' })
})

describe('making a reminder', () => {
  it('echoes what was understood with the date spelled out, and offers Undo', async () => {
    const { words, buttons, reply } = await ann.says('remind me to water the plants tomorrow at 4pm')
    expect(words).toContain('water the plants')
    expect(words).toContain('Tue, Nov 24, 2026, 4:00 PM')
    expect(buttons).toEqual(['Undo'])
    expect(reply?.tone).toBe('done')
  })

  it('queues what rings soon, and leaves the rest to the sweep', async () => {
    await ann.says('remind me in 5 minutes to stretch')
    await ann.says('remind me in 5 hours to stretch')
    await expect.poll(() => world.queued.map(({ dueAt }) => dueAt.toString())).toContain('2026-11-23T14:05:00Z')
    expect(world.queued.map(({ dueAt }) => dueAt.toString())).not.toContain('2026-11-23T19:00:00Z')
  })

  it('names the zone when it is not the reader’s own', async () => {
    const { words } = await ann.says('remind me at 9pm London time to call Ben')
    expect(words).toMatch(/9:00 PM GMT/)
  })

  it('says which zone it assumes while it does not know the person’s', async () => {
    const stranger = world.person('stranger', { platform: 'discord', space: 'dm:stranger' })
    expect((await stranger.says('remind me tomorrow at 9 to stretch')).words).toMatch(/UTC.*my time zone is/)
    await stranger.says('my time zone is Berlin')
    const { words } = await stranger.says('remind me tomorrow at 9 to stretch')
    expect(words).toContain('Tue, Nov 24, 2026, 9:00 AM')
    expect(words).not.toContain('UTC')
  })

  it('asks for the time when none was said, and goes on from a button', async () => {
    const asked = await ann.says('remind me to stretch')
    expect(asked.buttons).toEqual(['In 1 hour', 'This evening', 'Tomorrow morning', 'No time: keep as todo'])
    expect((await ann.presses(asked.button('In 1 hour'))).words).toMatch(/10:00 AM.*stretch/)
  })

  it('asks for the time when none was said, and goes on from words', async () => {
    await ann.says('remind me to stretch')
    expect((await ann.says('tomorrow at 3pm')).words).toMatch(/Nov 24, 2026, 3:00 PM.*stretch/)
  })

  it('keeps it as a todo when there is no time', async () => {
    const asked = await ann.says('remind me to stretch')
    await ann.presses(asked.button(/todo/))
    expect((await ann.says('list my todos')).words).toContain('stretch')
  })

  it('repeats by the rule, at the same clock time in summer and winter', async () => {
    const { words } = await ann.says('remind me every other Tuesday at 9 to water the plants')
    expect(words).toContain('every 2 weeks on Tuesday at 9:00 AM')
    expect(words).toContain('Tue, Nov 24, 2026, 9:00 AM')
  })

  it.each([
    ['a moment that is over', 'remind me yesterday at 3pm to stretch', /already over/],
    ['no time at all from now', 'remind me in 0 minutes to stretch', /already over/],
    ['a hundred years', 'remind me in 100 years to stretch', /20 years/],
    ['a text of a thousand words', `remind me tomorrow to ${'stretch '.repeat(1_000)}`, /note/],
  ])('refuses %s and names the fix', async (_, sentence, fix) => {
    const { words, outcome } = await ann.says(sentence)
    expect(outcome).toBe('refused')
    expect(words).toMatch(fix)
  })

  it('refuses five hundred recipients and names the fix', async () => {
    const crowd = Array.from({ length: 500 }, (_, index) => `<@U${index}9>`).join(' ')
    const { words, outcome } = await ann.says(`remind ${crowd} to stretch tomorrow at 9`)
    expect(outcome).toBe('refused')
    expect(words).toMatch(/20 people.*name a channel/)
  })

  it('counts the person who asks among several', async () => {
    const { words } = await ann.says('remind me and <@U778> to bring plates tomorrow at 9')
    expect(words).toMatch(/I will remind you and/)
    const kept = await world.database.reminder.findFirstOrThrow({ where: { text: 'bring plates' } })
    expect(kept.recipients).toEqual([
      { kind: 'direct', user: `U${count}` },
      { kind: 'direct', user: 'U778' },
    ])
  })

  it('tells others in their own direct messages, and a channel in the channel', async () => {
    await ann.says('remind <@U777> to bring cake tomorrow at 9')
    await ann.says('remind <#C42> to bring cake tomorrow at 9')
    const kept = await world.database.reminder.findMany({ where: { text: 'bring cake' }, orderBy: { id: 'asc' } })
    expect(kept.map(({ recipients }) => recipients)).toEqual([
      [{ kind: 'direct', user: 'U777' }],
      [{ kind: 'channel', channel: 'C42', ping: [] }],
    ])
  })

  it('tells "us" of a direct conversation to whoever has it with us', async () => {
    expect((await ann.says('remind us tomorrow at 9 to wave')).words).toMatch(/^I will remind you on/)
    const kept = await world.database.reminder.findFirstOrThrow({ where: { text: 'wave' } })
    expect(kept.recipients).toEqual([{ kind: 'direct', user: `U${count}` }])
  })

  it('tells those of a thread in the thread, unless the channel is named', async () => {
    const there = world.person('threaded', { channel: 'C42', thread: '1.000001', kind: 'channel', timeZone: 'America/New_York' })
    expect((await there.says('remind us tomorrow at 9 to vote')).words).toMatch(/I will remind this thread/)
    await there.says('remind this channel tomorrow at 9 to vote')
    const kept = await world.database.reminder.findMany({ where: { text: 'vote' }, orderBy: { id: 'asc' } })
    expect(kept.map(({ recipients }) => recipients)).toEqual([
      [{ kind: 'channel', channel: 'C42', thread: '1.000001', ping: [] }],
      [{ kind: 'channel', channel: 'C42', ping: [] }],
    ])
  })

  it('tells several channels and people at once, each place one time', async () => {
    const { words } = await ann.says('remind <#C42>, <#C43>, <#C42> and <@U777> to bring tea tomorrow at 9')
    expect(words).toMatch(/I will remind .*U777.* and .*C42.*C43/)
    const kept = await world.database.reminder.findFirstOrThrow({ where: { text: 'bring tea' } })
    expect(kept.recipients).toEqual([
      { kind: 'direct', user: 'U777' },
      { kind: 'channel', channel: 'C42', ping: [] },
      { kind: 'channel', channel: 'C43', ping: [] },
    ])
  })

  it('asks when, of a day whose hour for reminders is over', async () => {
    const { words, buttons } = await ann.says('remind me later today to sweep')
    expect(words).toMatch(/When shall I remind you of sweep/)
    expect(buttons).toContain('In 1 hour')
  })
})

describe('what was made', () => {
  it('can be undone once, by the person who made it', async () => {
    const made = await ann.says('remind me tomorrow at 9 to stretch')
    const bob = world.person('bob', { timeZone: 'America/New_York' })
    expect((await bob.presses(made.button('Undo'))).words).toMatch(/Only the person/)
    expect((await ann.presses(made.button('Undo'))).words).toMatch(/Undone.*stretch/)
    expect((await ann.says('list my reminders')).words).toMatch(/no reminders/)
    expect((await ann.presses(made.button('Undo'))).words).toMatch(/undone already/)
  })

  it('can be undone in words', async () => {
    await ann.says('remind me tomorrow at 9 to stretch')
    expect((await ann.says('undo')).words).toMatch(/Undone.*stretch/)
    expect((await ann.says('undo')).words).toMatch(/nothing to undo/)
  })

  it('is listed soonest first, each with its time and a way to cancel it', async () => {
    await ann.says('remind me tomorrow at 9 to stretch')
    await ann.says('remind me tonight at 8pm to lock the door')
    const { words, buttons, button } = await ann.says('list my reminders')
    expect(words.indexOf('lock the door')).toBeLessThan(words.indexOf('stretch'))
    expect(buttons.filter((label) => /^\d+\./.test(label))).toHaveLength(2)
    const opened = await ann.presses(button(/stretch/))
    expect((await ann.presses(opened.button('Cancel'))).words).toMatch(/Cancelled.*stretch/)
    expect((await ann.says('list my reminders')).buttons.filter((label) => /^\d+\./.test(label))).toHaveLength(1)
  })

  it('is cancelled by its words, and asked about when several fit', async () => {
    await ann.says('remind me tomorrow at 9 to call Ben')
    await ann.says('remind me tomorrow at 10 to call Eve')
    const asked = await ann.says('cancel the reminder to call')
    expect(asked.buttons).toEqual(['call Ben', 'call Eve'])
    expect((await ann.says('cancel the reminder to call Eve')).words).toMatch(/Cancelled.*call Eve/)
    expect((await ann.says('cancel the reminder about the zoo')).outcome).toBe('refused')
  })

  it('is nobody else’s to see', async () => {
    await ann.says('remind me tomorrow at 9 to buy a present for Bob')
    const bob = world.person('bob2', { timeZone: 'America/New_York' })
    const elsewhere = world.person(`U${count}`, { space: 'T2', timeZone: 'America/New_York' })
    expect((await bob.says('list my reminders')).words).toMatch(/no reminders/)
    expect((await elsewhere.says('list my reminders')).words).toMatch(/no reminders/)
  })
})

describe('a button', () => {
  it('works for whom a reminder was for, even where they had never written before', async () => {
    await ann.says('remind <@newcomer> tomorrow at 9 to bring cake')
    const made = await world.database.reminder.findFirstOrThrow({ orderBy: { id: 'desc' } })
    const token = createActions(secret).sign(made.spaceId, { verb: 'done', subject: made.id, argument: '' })
    const bystander = world.person('bystander', { platform: 'discord', space: 'dm:bystander' })
    const newcomer = world.person('newcomer', { platform: 'discord', space: 'dm:newcomer' })
    expect((await bystander.presses({ label: 'Done', token })).words).toMatch(/for somebody else/)
    expect((await newcomer.presses({ label: 'Done', token })).words).toMatch(/Done.*bring cake/)
  })

  it('that was changed on the way does nothing', async () => {
    const { button } = await ann.says('remind me tomorrow at 9 to stretch')
    const token = button('Undo')?.token ?? ''
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    expect((await ann.presses({ label: 'Undo', token: forged })).words).toMatch(/does not work/)
    expect((await ann.says('list my reminders')).buttons.filter((label) => /^\d+\./.test(label))).toHaveLength(1)
  })

  it('pressed twice at once acts once', async () => {
    const made = await ann.says('remind me tomorrow at 9 to stretch')
    const answers = await Promise.all([ann.presses(made.button('Undo')), ann.presses(made.button('Undo'))])
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
  })
})

describe('a question', () => {
  it('is answered once, however many windows press its button at once', async () => {
    const asked = await ann.says('remind me to stretch')
    await Promise.all([1, 2, 3].map(() => ann.presses(asked.button('In 1 hour'))))
    expect((await ann.says('list my reminders')).buttons.filter((label) => /^\d+\./.test(label))).toHaveLength(1)
  })

  it('stays open when an answer was refused', async () => {
    await ann.says('remind me to stretch')
    expect((await ann.says('yesterday at 3pm')).words).toMatch(/already over/)
    expect((await ann.says('tomorrow at 3pm')).words).toMatch(/3:00 PM.*stretch/)
  })

  it('is not answered by words that were overheard', async () => {
    await ann.says('remind me to stretch')
    expect((await ann.says('see you tomorrow at 5pm', { addressed: false })).reply).toBeUndefined()
    expect((await ann.says('list my reminders')).words).toMatch(/no reminders/)
  })

  it('about an event takes the clock time on its own day, also across a change of the clocks', async () => {
    await ann.says('schedule a lunch on March 20')
    expect((await ann.says('3pm')).words).toMatch(/Sat, Mar 20, 2027, 3:00 PM to 4:00 PM/)
    await ann.says('schedule a dinner on March 20')
    expect((await ann.says('7pm to 9pm')).words).toMatch(/Sat, Mar 20, 2027, 7:00 PM to 9:00 PM/)
  })
})

describe('a reminder for several', () => {
  it('is snoozed by one of them for that one alone, and moved when snoozed again', async () => {
    await ann.says('remind <@bob7> and <@eve7> tomorrow at 9 to bring cups')
    const made = await world.database.reminder.findFirstOrThrow({ where: { text: 'bring cups' }, orderBy: { id: 'desc' } })
    const press = (verb: string, argument: string) => ({
      label: '',
      token: createActions(secret).sign(made.spaceId, { verb, subject: made.id, argument }),
    })
    const [bob, eve] = [world.person('bob7'), world.person('eve7')]
    await bob.presses(press('snooze', '1h'))
    await bob.presses(press('snooze', '3h'))
    expect((await eve.presses(press('done', ''))).words).toMatch(/Done.*bring cups/)
    const rows = await world.database.reminder.findMany({ where: { text: 'bring cups' }, orderBy: { id: 'asc' } })
    expect(rows.map(({ recipients, dueAt }) => [recipients, dueAt?.toISOString()])).toEqual(
      expect.arrayContaining([
        [
          [
            { kind: 'direct', user: 'bob7' },
            { kind: 'direct', user: 'eve7' },
          ],
          '2026-11-24T14:00:00.000Z',
        ],
        [[{ kind: 'direct', user: 'bob7' }], '2026-11-23T17:00:00.000Z'],
      ]),
    )
    expect(rows).toHaveLength(2)
  })
})

describe('numbers', () => {
  it('mean the list that was shown last, and keep meaning it', async () => {
    for (const name of ['Ann', 'Bob', 'Cy']) await ann.says(`remind me tomorrow at 9 to call ${name}`)
    await ann.says('list my reminders')
    expect((await ann.says('cancel 1')).words).toMatch(/call Ann/)
    expect((await ann.says('cancel 2')).words).toMatch(/call Bob/)
  })

  it('mean todos after a list of todos', async () => {
    await ann.says('remind me tomorrow at 9 to stretch')
    await ann.says('todo buy milk')
    await ann.says('list my todos')
    expect((await ann.says('done with 1')).words).toMatch(/Done: buy milk/)
  })
})

describe('on Discord', () => {
  it('what somebody keeps is theirs in every server and in direct messages', async () => {
    const there = world.person('dora', { platform: 'discord', space: 'G1', channel: 'C1', kind: 'channel' })
    const direct = world.person('dora', { platform: 'discord', space: 'dm:dora' })
    await there.says('remind me tomorrow at 9 to stretch')
    expect((await direct.says('list my reminders')).words).toContain('stretch')
    expect((await direct.says('undo')).words).toMatch(/Undone.*stretch/)
  })
})

describe('a message that comes again', () => {
  it('gets the reply that was committed, and changes nothing', async () => {
    await world.stores.inbox.keep({ platform: 'slack', id: 'Ev1', raw: {} })
    const first = await ann.says('remind me tomorrow at 9 to stretch', { id: 'Ev1' })
    const second = await ann.says('remind me tomorrow at 9 to stretch', { id: 'Ev1', again: true })
    expect(second.reply).toEqual(first.reply)
    expect((await ann.says('list my reminders')).buttons.filter((label) => /^\d+\./.test(label))).toHaveLength(1)
  })

  it('is committed once when a process that was taken for dead handles it too', async () => {
    await world.stores.inbox.keep({ platform: 'slack', id: 'Ev2', raw: {} })
    const both = await Promise.all([1, 2].map(() => ann.says('remind me tomorrow at 9 to stretch', { id: 'Ev2' })))
    expect(both[0]?.reply).toEqual(both[1]?.reply)
    expect((await ann.says('list my reminders')).buttons.filter((label) => /^\d+\./.test(label))).toHaveLength(1)
  })
})

describe('strange input', () => {
  it.each([
    ['nothing', ''],
    ['blanks', '   \n\t '],
    ['an emoji alone', '🦆'],
    ['control characters', '\u0000\u0007\u001b[31m'],
    ['a lone surrogate', 'remind me tomorrow at 9 to \ud83d stretch'],
    ['another script', 'напомни мне завтра'],
    ['everyone', '@everyone'],
    ['64 KB', 'stretch '.repeat(8_192)],
    ['more than 64 KB', 'stretch '.repeat(9_000)],
    ['an unknown zone', 'my time zone is Atlantis/Capital'],
  ])('of %s gets a kind answer', async (_, text) => {
    const { reply, words } = await ann.says(text)
    expect(reply).toBeDefined()
    expect(words.length).toBeGreaterThan(10)
  })

  it('that asks for nothing in a channel gets no answer', async () => {
    expect((await ann.says('did you see the game last night', { addressed: false })).reply).toBeUndefined()
  })
})

describe('lists of reminders', () => {
  it('for a person hold what one made for them, and for oneself what anybody made', async () => {
    const ben = world.person(`ben${count}`, { timeZone: 'America/New_York' })
    await ben.says('hello')
    await ann.says(`remind <@ben${count}> tomorrow at 9 to vote`)
    await ann.says('remind me tomorrow at 9 to stretch')
    await ben.says(`remind <@U${count}> tomorrow at 10 to sing`)
    const mine = await ann.says(`reminders for <@ben${count}>`)
    expect(mine.words).toMatch(/Reminders for .* 1\. vote/)
    expect(mine.words).not.toMatch(/stretch|sing/)
    expect((await ann.presses(mine.button(/vote/))).buttons).toContain('Cancel')
    expect((await ann.says('reminders for me')).words).toMatch(/1\. stretch.*2\. sing/)
    expect((await ben.says(`reminders for <@U${count}>`)).words).toMatch(/1\. sing/)
    expect((await ben.says(`reminders for <@nobody${count}>`)).words).toMatch(/no reminders for/)
  })

  it('in a channel hold everybody’s where they are asked for there, and one’s own elsewhere, page by page', async () => {
    const channel = `C${count}`
    const there = world.person(`U${count}`, { channel, kind: 'channel', timeZone: 'America/New_York' })
    const ben = world.person(`ben${count}`, { channel, kind: 'channel', timeZone: 'America/New_York' })
    for (let index = 0; index < 21; index += 1) await ben.says(`remind <#${channel}> tomorrow at 9 to vote ${index + 100}`)
    await there.says(`remind <#${channel}> on friday at 9 to sing`)
    expect((await ann.says(`reminders in <#${channel}>`)).words).toMatch(/1\. sing/)
    const first = await there.says('reminders here')
    expect(first.words).toMatch(/20\. vote 119/)
    const second = await there.presses(first.button('More'))
    expect(second.words).toMatch(/from 21 on.*vote 120.*2\. sing/)
    await there.says('cancel the reminder to sing')
    expect((await there.presses((await there.presses(second.button('Back'))).button('Done'))).words).toMatch(/nothing done in/)
  })

  it('say who is done with what', async () => {
    await ann.says('remind <@x1> and <@x2> tomorrow at 9 to write the report')
    expect((await ann.says('who is done with the report')).words).toMatch(/write the report/)
  })
})
