import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createActions } from '#core/actions.ts'
import type { Answer, Somebody, World } from '../support/world.ts'
import { openWorld, secret } from '../support/world.ts'

let world: World
let ann: Somebody
let ben: Somebody

beforeEach(async () => {
  world = await openWorld()
  ann = world.person('ann', { timeZone: 'America/New_York' })
  ben = world.person('ben', { timeZone: 'America/New_York' })
})
afterEach(() => world[Symbol.asyncDispose]())

async function rows() {
  const all = await world.database.reminder.findMany({ orderBy: { id: 'asc' } })
  return all.map(({ text, state, dueAt }) => [text, state, dueAt?.toISOString().slice(0, 16) ?? null])
}

/** The card of the first reminder of Ann's list. */
async function card(): Promise<Answer> {
  const list = await ann.says('list my reminders')
  return ann.presses(list.button(/^1\./))
}

describe('a reminder is changed where it is', () => {
  const cases: readonly (readonly [made: string, said: string, after: readonly (string | null)[]])[] = [
    ['remind me tomorrow at 9 to buy milk', 'change the reminder about milk to 5pm', ['buy milk', 'scheduled', '2026-11-24T22:00']],
    [
      'remind me tomorrow at 9 to buy milk',
      'rename the reminder about milk to buy oat milk',
      ['buy oat milk', 'scheduled', '2026-11-24T14:00'],
    ],
    ['remind me tomorrow at 9 to buy milk', 'move that reminder to friday at 3pm', ['buy milk', 'scheduled', '2026-11-27T20:00']],
    ['remind me tomorrow at 9 to buy milk', 'push the reminder back an hour', ['buy milk', 'scheduled', '2026-11-24T15:00']],
    ['remind me every day at 10 to buy milk', 'change the reminder about milk to 5pm', ['buy milk', 'scheduled', '2026-11-23T22:00']],
  ]

  it.each(cases)('%s: %s', async (made, said, after) => {
    await ann.says(made)
    const answer = await ann.says(said)
    expect(answer.words).toMatch(/^Changed: /)
    expect(await rows()).toEqual([after])
    await ann.presses(answer.button('Undo'))
    expect((await rows())[0]).not.toEqual(after)
  })

  it('and stops repeating when somebody says so', async () => {
    await ann.says('remind me every day at 10 to buy milk')
    const answer = await ann.says('stop repeating the milk reminder')
    expect(answer.words).toMatch(/will not come again/)
    expect(await rows()).toEqual([['buy milk', 'done', null]])
    await ann.presses(answer.button('Undo'))
    expect(await rows()).toEqual([['buy milk', 'scheduled', '2026-11-23T15:00']])
  })

  it('or once, when the day of one that repeats is changed: the series keeps its rhythm', async () => {
    await ann.says('remind me every day at 10 to buy milk')
    expect((await ann.says('move that reminder to friday at 3pm')).words).toMatch(/Moved once.*goes on as before, on Tue/)
    expect(await rows()).toEqual(
      expect.arrayContaining([
        ['buy milk', 'scheduled', '2026-11-24T15:00'],
        ['buy milk', 'scheduled', '2026-11-27T20:00'],
      ]),
    )
  })

  it('and is named by the id that lists show', async () => {
    await ann.says('remind me tomorrow at 9 to buy milk')
    await ann.says('remind me tomorrow at 10 to buy bread')
    const { words } = await ann.says('list my reminders')
    const id = /buy milk \| .*? · (?<id>#\w{6})/.exec(words)?.groups?.id
    expect((await ann.says(`cancel the reminder ${id}`)).words).toMatch(/Cancelled: buy milk/)
  })
})

describe('one that repeats', () => {
  beforeEach(() => ann.says('remind me every day at 10 to stretch'))

  it('skips its next occurrence, and only that', async () => {
    expect((await ann.presses((await card()).button('Skip next'))).words).toMatch(/Skipped .*Nov 23.*comes next on .*Nov 24/)
    expect(await rows()).toEqual([['stretch', 'scheduled', '2026-11-24T15:00']])
  })

  it.each([
    ['change it to 5pm', /^Changed: stretch, on Tue, Nov 24, 2026, 5:00 PM .*repeats every day at 5:00 PM/, '2026-11-24T22:00'],
    ['pause it / resume it', /^stretch comes next on Tue, Nov 24/, '2026-11-24T15:00'],
  ])('skips it whatever is changed later: %s', async (said, answer, dueAt) => {
    await ann.says('skip the next stretch reminder')
    let words = ''
    for (const each of said.split(' / ')) words = (await ann.says(each)).words
    expect(words).toMatch(answer)
    expect(await rows()).toEqual([['stretch', 'scheduled', dueAt]])
  })

  it('comes again at once when a pause until some day is ended before', async () => {
    expect((await ann.says('pause the stretch reminder until Friday')).words).toMatch(/comes next on Fri, Nov 27/)
    expect((await ann.says('resume it')).words).toMatch(/comes next on Mon, Nov 23/)
    expect((await ann.says('resume it')).words).toMatch(/not paused/)
  })

  it('tells an occurrence that was moved once, also when it is paused meanwhile', async () => {
    await ann.says('move that reminder to friday at 3pm')
    await ann.says('pause the stretch reminder')
    const paused = await ann.presses((await ann.says('list my recurring reminders')).button(/^1\./))
    await ann.presses(paused.button('Pause') ?? paused.button('Resume'))
    const again = await ann.presses((await ann.says('list my recurring reminders')).button(/^1\./))
    if (again.button('Resume')) await ann.presses(again.button('Resume'))
    expect((await rows()).filter(([, , due]) => due === '2026-11-23T15:00')).toEqual([])
  })

  it('is paused, and goes on from the day it is resumed', async () => {
    await ann.presses((await card()).button('Pause'))
    expect(await rows()).toEqual([['stretch', 'paused', null]])
    expect((await ann.says('list my reminders')).words).toMatch(/stretch.*paused; every day at 10:00 AM/)
    world.now = Temporal.Instant.from('2026-12-01T18:00:00Z')
    await ann.presses((await card()).button('Resume'))
    expect(await rows()).toEqual([['stretch', 'scheduled', '2026-12-02T15:00']])
  })

  it('stops, and can be undone', async () => {
    const stopped = await ann.presses((await card()).button('Stop repeating'))
    expect(await rows()).toEqual([['stretch', 'done', null]])
    await ann.presses(stopped.button('Undo'))
    expect(await rows()).toEqual([['stretch', 'scheduled', '2026-11-23T15:00']])
  })

  it('is not for others to pause', async () => {
    const { spaceId, id } = await world.database.reminder.findFirstOrThrow()
    const token = createActions(secret).sign(spaceId, { verb: 'pause', subject: id, argument: '' })
    expect((await ben.presses({ label: 'Pause', token })).outcome).toBe('refused')
  })
})

/** As if it had been told: rung a minute ago. */
async function rings(text: string) {
  const { id, spaceId, dueAt } = await world.database.reminder.findFirstOrThrow({ where: { text } })
  if (!dueAt) throw new Error('nothing is due')
  world.now = Temporal.Instant.fromEpochMilliseconds(dueAt.getTime()).add({ seconds: 1 })
  const due = { spaceId, reminderId: id }
  const loaded = await world.stores.deliveries.load(due.spaceId, due.reminderId)
  if (!loaded) throw new Error('the reminder is gone')
  const [to] = loaded.reminder.recipients
  if (!to) throw new Error('it is for nobody')
  const limits = { leaseSeconds: 60, notBefore: world.now.subtract({ hours: 1 }), reminders: 5, characters: 5_000 }
  const claim = await world.stores.deliveries.claim(loaded.reminder, to, limits)
  if (!('mark' in claim)) throw new Error(`it was not told: ${JSON.stringify(claim)}`)
  await world.stores.deliveries.sent(claim.mark, { channel: 'D1', id: '1' })
  await world.stores.deliveries.advance([
    { before: loaded.reminder, after: { ...loaded.reminder, state: 'delivered', dueAt: null, version: loaded.reminder.version + 1 } },
  ])
}

describe('what the buttons do, in words', () => {
  const made = 'remind me every day at 10 to drink water'
  const cases: readonly (readonly [said: string, answer: RegExp, after: readonly (string | null)[]])[] = [
    ['skip the next water reminder', /Skipped .*Nov 23/, ['drink water', 'scheduled', '2026-11-24T15:00']],
    ['skip it', /Skipped .*Nov 23/, ['drink water', 'scheduled', '2026-11-24T15:00']],
    ['pause my water reminder', /^Paused drink water until you resume it/, ['drink water', 'paused', null]],
    ['pause it until Friday', /^Paused drink water\. It comes next on Fri, Nov 27/, ['drink water', 'scheduled', '2026-11-27T15:00']],
    ['stop reminding me about water', /^Cancelled: drink water/, ['drink water', 'cancelled', null]],
    ['change it to 5pm', /^Changed: drink water/, ['drink water', 'scheduled', '2026-11-23T22:00']],
    ['cancel it', /^Cancelled: drink water/, ['drink water', 'cancelled', null]],
  ]

  it.each(cases)('%s', async (said, answer, after) => {
    await ann.says(made)
    expect((await ann.says(said)).words).toMatch(answer)
    expect(await rows()).toEqual([after])
  })

  it.each(['resume my water reminder', 'turn the water reminder back on', 'resume it'])('%s', async (said) => {
    await ann.says(made)
    await ann.says('pause it')
    expect((await ann.says(said)).words).toMatch(/^drink water comes next on .*Nov 23/)
    expect(await rows()).toEqual([['drink water', 'scheduled', '2026-11-23T15:00']])
  })

  it('and “it” is what was touched last, be it an event or a reminder', async () => {
    await ann.says('remind me tomorrow at 9 to buy milk')
    await ann.says('lunch with Eve on Friday from 12 to 1pm')
    expect((await ann.says('move it to 2pm')).words).toMatch(/lunch/i)
    expect(await rows()).toEqual([['buy milk', 'scheduled', '2026-11-24T14:00']])
    expect((await ann.says('cancel it')).words).toMatch(/Cancelled.*lunch/i)
    await ann.says('remind me tomorrow at 10 to buy bread')
    expect((await ann.says('move it to friday')).words).toMatch(/^Changed: buy bread.*Nov 27, 2026, 10:00 AM/)
  })

  it('and “it” is what rang last', async () => {
    await ann.says('remind me in 5 minutes to buy milk')
    await ann.says('lunch with Eve on Friday from 12 to 1pm')
    await rings('buy milk')
    expect((await ann.says('move it to tomorrow at 5pm')).words).toMatch(/^Changed: buy milk.*Nov 24, 2026, 5:00 PM/)
  })

  it('can be done and snoozed again when Done is taken back', async () => {
    await ann.says('remind me in 5 minutes to buy milk')
    await rings('buy milk')
    const { spaceId, id } = await world.database.reminder.findFirstOrThrow({ where: { text: 'buy milk' } })
    const button = { label: 'Done', token: createActions(secret).sign(spaceId, { verb: 'done', subject: id, argument: '' }) }
    await ann.presses(button)
    const done = await ann.presses(button)
    expect(done.words).toBe('Done: buy milk.')
    const back = await ann.presses(done.button('Undo'))
    expect(back.words).toMatch(/^Undone: reminder done, buy milk/)
    expect((await ann.presses(back.button('Snooze 1 hour'))).words).toMatch(/^I will come back to buy milk/)
  })

  it('“done with” finds what rang as well as what stands on the list, and asks when both fit', async () => {
    await ann.says('remind me in 5 minutes to write the report')
    await rings('write the report')
    await ann.says('add read the report to my todo list')
    const asked = await ann.says('done with the report')
    expect(asked.buttons).toEqual(['Todo: read the report', 'Reminder: write the report'])
    expect((await ann.presses(asked.button(/^Todo/))).words).toMatch(/^Done: read the report/)
    expect((await ann.says('done with the report')).words).toMatch(/^Done: write the report/)
    expect(await rows()).toEqual([['write the report', 'done', null]])
  })
})

describe('lists', () => {
  it('are paged, and each kind is a list of its own', async () => {
    for (let index = 0; index < 23; index += 1) await ann.says(`remind me in ${index + 1} hours to do "thing ${index}"`)
    await ann.says('remind me every day at 10 to stretch')
    const first = await ann.says('list my reminders')
    expect(first.words).not.toContain('thing 22')
    const second = await ann.presses(first.button('More'))
    expect(second.words).toContain('thing 22')
    expect(second.button('Back')).toBeDefined()
    expect((await ann.says('list my recurring reminders')).words).toMatch(/^Your repeating reminders \| 1\. stretch/)
    const opened = await ann.presses(first.button(/thing 3/))
    await ann.presses(opened.button('Done'))
    expect((await ann.says('list my done reminders')).words).toMatch(/1\. do .*thing 3.* done/)
  })
})

describe('reminders from others', () => {
  it('are refused by whoever wants no more of them, and taken again after an undo', async () => {
    await ben.says('hello')
    await ann.says('remind <@ben> tomorrow at 9 to vote')
    const { spaceId, id } = await world.database.reminder.findFirstOrThrow()
    const token = createActions(secret).sign(spaceId, { verb: 'mute', subject: id, argument: '' })
    const muted = await ben.presses({ label: 'No more from ann', token })
    expect(muted.words).toMatch(/no reminders from ann any more/)
    const refused = await ann.says('remind <@ben> on friday at 9 to vote')
    expect(refused.words).toMatch(/takes no reminders from you/)
    expect(await world.stores.deliveries.load(spaceId, id)).toMatchObject({ refusing: ['ben'] })
    await ben.presses(muted.button('Undo'))
    expect((await ann.says('remind <@ben> on friday at 9 to vote')).outcome).toBe('done')
  })

  it.each([
    ["don't let ben remind me", 'let ben remind me again'],
    ["mute Ben's reminders", 'unmute ben'],
    ['nobody may remind me', 'everybody may remind me'],
  ])('%s / %s', async (refuse, allow) => {
    await ben.says('hello')
    expect((await ann.says(refuse)).outcome).toBe('done')
    expect((await ben.says('remind <@ann> tomorrow at 9 to vote')).words).toMatch(/takes no reminders from you/)
    expect((await ann.says('remind me tomorrow at 9 to vote')).outcome).toBe('done')
    expect((await ann.says('show my settings')).words).toMatch(/You get no reminders from|Nobody but you reminds you/)
    expect((await ann.says(allow)).outcome).toBe('done')
    expect((await ben.says('remind <@ann> tomorrow at 9 to vote')).outcome).toBe('done')
  })

  it('are a hundred a day at most, and those for oneself do not count', async () => {
    await ben.says('hello')
    await ann.says('remind me tomorrow at 9 to vote')
    await ann.says('remind <@ben> tomorrow at 9 to vote')
    const [own, one] = await world.database.reminder.findMany({ orderBy: { id: 'asc' } })
    if (!own || !one) throw new Error('nothing was made')
    const likeIt = ({ notice: _, digest: __, answers: ___, ...row }: typeof one, count: number) =>
      Array.from({ length: count }, () => ({ ...row, id: randomUUID(), recipients: row.recipients ?? [], origin: row.origin ?? {} }))
    await world.database.reminder.createMany({ data: [...likeIt(one, 98), ...likeIt(own, 5)] })
    expect((await ann.says('remind <@ben> on friday at 9 to vote')).outcome).toBe('done')
    const refused = await ann.says('remind <@ben> on friday at 10 to vote')
    expect(refused.words).toMatch(/as many as I take in a day/)
    expect((await ann.says('remind me on friday at 10 to vote')).outcome).toBe('done')
    expect((await ben.says('remind <@ann> on friday at 10 to vote')).outcome).toBe('done')
  })

  it('come once a day at most', async () => {
    expect((await ann.says('remind <@ben> every hour to vote')).words).toMatch(/once a day at most/)
    expect((await ann.says('remind me every hour to breathe')).outcome).toBe('done')
  })
})
