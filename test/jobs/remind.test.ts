import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryBot, type MemoryBot } from '#bots/memory/index.ts'
import { ring } from '#commands/ring.ts'
import { undelivered } from '#commands/unreachable.ts'
import { createActions } from '#core/actions.ts'
import { BotError } from '#core/errors.ts'
import { plain } from '#core/reply.ts'
import { type Remind, remind } from '#jobs/handlers/remind.ts'
import { createPace } from '#jobs/pace.ts'
import { defaultTiming } from '#jobs/timing.ts'
import { openWorld, type Somebody, secret, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let bot: MemoryBot

beforeEach(async () => {
  world = await openWorld()
  ann = world.person('ann', { platform: 'memory', timeZone: 'America/New_York' })
  bot = createMemoryBot({ now: () => world.now })
})
afterEach(() => world[Symbol.asyncDispose]())

const silent = { delivered: () => undefined, worked: () => undefined, queue: () => undefined }

async function only() {
  const row = await world.database.reminder.findFirstOrThrow({ orderBy: { id: 'desc' } })
  return {
    ...row,
    job: { reminderId: row.id, spaceId: row.spaceId, dueAt: Temporal.Instant.fromEpochMilliseconds(row.dueAt?.getTime() ?? 0) },
  }
}

function work(job: Awaited<ReturnType<typeof only>>['job']): Promise<Remind> {
  const clock = { now: () => world.now }
  return remind(job, {
    deliveries: world.stores.deliveries,
    messenger: bot,
    clock,
    meter: silent,
    timing: defaultTiming,
    pace: createPace(),
    ring: (rung) =>
      ring({ ...rung, token: (verb, subject, argument = '') => createActions(secret).sign(rung.spaceId, { verb, subject, argument }) }),
    compose: async () => undefined,
    undelivered: (news) => undelivered({ ...news, token: (verb) => verb }),
  })
}

function told(): string[] {
  return bot.messages.map(
    ({ place, reply }) =>
      `${place}: ${reply.blocks.flatMap((block) => (block.kind === 'text' || block.kind === 'aside' ? plain(block.text) : [])).join(' ')}`,
  )
}

describe('a due reminder', () => {
  it('is told once, however often its job is worked on', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    expect(await work(job)).toEqual({ kind: 'told' })
    expect(await work(job)).toEqual({ kind: 'stale' })
    expect(told()).toEqual(['direct:ann: stretch'])
    expect((await only()).state).toBe('delivered')
  })

  it('is told by one of two workers that have it at once', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    const results = await Promise.all([work(job), work(job)])
    expect(results).toContainEqual({ kind: 'told' })
    expect(told()).toHaveLength(1)
  })

  it('waits when a clock is behind', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    expect(await work(job)).toEqual({ kind: 'later', at: job.dueAt })
    expect(told()).toEqual([])
  })

  it('is not told when it was cancelled or moved meanwhile', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    await ann.says('cancel that')
    world.now = job.dueAt
    expect(await work(job)).toEqual({ kind: 'stale' })
    expect(told()).toEqual([])
  })

  it('is found and not sent again when an earlier try arrived without us knowing', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    bot.failNext({ error: new BotError('unreachable', 'reset after accept'), after: true })
    await expect(work(job)).rejects.toThrow('reset after accept')
    expect(await work(job)).toEqual({ kind: 'told' })
    expect(told()).toHaveLength(1)
  })

  it('is sent by the next try when an earlier one did not arrive', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    bot.failNext({ error: new BotError('unreachable', 'no route') })
    await expect(work(job)).rejects.toThrow('no route')
    expect(await work(job)).toEqual({ kind: 'told' })
    expect(told()).toHaveLength(1)
  })

  it('waits as long as the platform asks', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    bot.failNext({ error: new BotError('rate_limited', 'slow down', { retryAfter: 7_000 }) })
    expect(await work(job)).toEqual({ kind: 'later', at: job.dueAt.add({ seconds: 7 }) })
    expect(await work(job)).toEqual({ kind: 'told' })
  })

  it('comes to the channel it was asked for in when direct messages are closed', async () => {
    const public_ = world.person('ann', { platform: 'memory', timeZone: 'America/New_York', channel: 'general', kind: 'channel' })
    await public_.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    bot.failNext({ error: new BotError('rejected', 'closed', { reason: '50007' }) })
    await work(job)
    expect(told()).toEqual([expect.stringMatching(/^general: .*stretch Your direct messages are closed/)])
  })

  it('is kept as failed, and shown so, when nobody can be told', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    bot.failNext({ error: new BotError('rejected', 'gone', { reason: 'user_not_found' }) })
    await work(job)
    expect((await only()).state).toBe('failed')
    expect((await ann.says('list my reminders')).words).toMatch(/stretch.*could not be delivered/)
  })

  it('that did not reach somebody else is told about to whoever made it, once, with what mends it', async () => {
    const there = world.person('ann', { platform: 'memory', timeZone: 'America/New_York', channel: 'general', kind: 'channel' })
    await there.says('remind <@ben> in 10 minutes to vote')
    const { job, id } = await only()
    world.now = job.dueAt
    bot.failNext({ error: new BotError('rejected', 'closed', { reason: '50007' }) })
    await work(job)
    expect((await world.database.reminder.findUniqueOrThrow({ where: { id } })).state).toBe('failed')
    const notice = await world.database.reminder.findFirstOrThrow({ where: { id: { not: id } } })
    await work({ reminderId: notice.id, spaceId: notice.spaceId, dueAt: job.dueAt })
    expect(bot.messages.map(({ place, reply }) => [place, reply.tone])).toEqual([['direct:ann', 'problem']])
    const list = await there.says('list my reminders')
    expect((await there.presses(list.button(/vote/))).words).toMatch(/For: them .*\| That person takes no direct messages from me/)
    expect(JSON.stringify(bot.messages[0]?.reply)).toMatch(/could not deliver your reminder.*vote.*allow direct messages/)
  })

  it('says so when it is late', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt.add({ hours: 2 })
    await work(job)
    expect(told()[0]).toMatch(/This was due Mon, Nov 23, 2026, 9:10 AM/)
  })
})

describe('a queue over its bound', () => {
  it('is told to whoever would add to it: nothing is changed or lost, what comes later than soon is taken, and what is due is told', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    let isFull = true
    await using crowded = await openWorld(world.now.toString(), { pressure: { isFull: async () => isFull } })
    const ben = crowded.person('ben', { platform: 'memory', timeZone: 'UTC' })
    const refused = await ben.says('remind me in 5 minutes to stretch')
    expect([refused.outcome, refused.words]).toEqual([
      'refused',
      expect.stringMatching(/more to do than I can take on.*try again in a minute/),
    ])
    expect(refused.reply?.retryAfter).toBe(60)
    expect(await crowded.database.reminder.count()).toBe(0)
    expect((await ben.says('remind me tomorrow at 9 to eat')).outcome).toBe('done')
    const many = await ben.says('cancel all my reminders')
    const batch = await ben.presses(many.button('Cancel 1 reminder'))
    expect([batch.outcome, batch.words]).toEqual(['refused', expect.stringMatching(/more to do than I can take on/)])
    const states = async () => (await crowded.database.batch.findMany()).map(({ state }) => state)
    expect(await states()).toEqual(['draft'])
    isFull = false
    await ben.presses(many.button('Cancel 1 reminder'))
    expect(await states()).toEqual(['running'])
    expect((await ben.says('remind me in 5 minutes to stretch')).outcome).toBe('done')
    world.now = job.dueAt
    expect(await work(job)).toEqual({ kind: 'told' })
  })
})

describe('what was given up on', () => {
  const list = () => world.stores.deadLetters.list({ limit: 10 })
  const retried = async (id: string) => {
    await world.database.outbox.deleteMany()
    const took = await world.stores.deadLetters.retry(id)
    const due = await world.stores.deliveries.dueBefore(world.now, 10)
    for (const { reminderId, spaceId, dueAt } of due) await work({ reminderId, spaceId, dueAt })
    return took
  }

  it('is kept with the reason, and told once however often it is tried again', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    bot.failNext({ error: new BotError('rejected', 'gone', { reason: 'user_not_found' }) })
    await work(job)
    const [letter] = await list()
    expect(letter).toMatchObject({ reminderId: job.reminderId, platform: 'memory', reason: 'user_not_found', dueAt: job.dueAt })
    expect(await world.stores.deadLetters.count()).toEqual(new Map([['memory', 1]]))
    world.now = world.now.add({ hours: 30 })
    const took = await Promise.all([retried(letter?.id ?? ''), retried(letter?.id ?? '')])
    expect(took.toSorted()).toEqual([false, true])
    expect(told()).toEqual(['direct:ann: stretch'])
    expect(await list()).toEqual([])
    expect(await retried(letter?.id ?? '')).toBe(false)
    expect(told()).toHaveLength(1)
    expect((await ann.says('list my reminders')).words).not.toMatch(/could not be delivered/)
  })

  it('is found and not told a second time when it had arrived after all', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    bot.failNext({ error: new BotError('unreachable', 'reset after accept'), after: true })
    await expect(work(job)).rejects.toThrow('reset after accept')
    const { find } = bot
    bot.find = async () => Promise.reject(new BotError('unreachable', 'still away'))
    world.now = job.dueAt.add({ hours: 25 })
    await work(job)
    bot.find = find
    const [letter] = await list()
    expect(letter?.reason).toBe('still away')
    // A day after the first try the retry is not the last one either.
    bot.find = async () => Promise.reject(new BotError('unreachable', 'away once more'))
    await expect(retried(letter?.id ?? '')).rejects.toThrow('away once more')
    bot.find = find
    const [again] = await world.stores.deliveries.dueBefore(world.now, 1)
    expect(again && (await work(again))).toEqual({ kind: 'told' })
    expect([told(), await list()]).toEqual([['direct:ann: stretch'], []])
  })
})

describe('"that"', () => {
  it('is what rang last, even when something else was made before', async () => {
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    await ann.says('remind me tomorrow at 9 to eat')
    world.now = job.dueAt
    await work(job)
    world.now = world.now.add({ seconds: 20 })
    expect((await ann.says('snooze that for 30 minutes')).words).toMatch(/come back to stretch/)
  })

  it('can be undone after it rang, and what came before it as well', async () => {
    await ann.says('todo buy milk')
    await ann.says('remind me in 10 minutes to stretch')
    const { job } = await only()
    world.now = job.dueAt
    await work(job)
    expect((await ann.says('undo')).words).toMatch(/Undone.*stretch/)
    expect((await ann.says('undo')).words).toMatch(/Undone.*buy milk/)
  })
})

describe('a repeating reminder', () => {
  it('is snoozed once per occurrence, however often the button is pressed', async () => {
    await ann.says('remind me every day at 9 to stretch')
    const { job, spaceId, id } = await only()
    world.now = job.dueAt
    await work(job)
    const token = createActions(secret).sign(spaceId, { verb: 'snooze', subject: id, argument: '20m' })
    await Promise.all([1, 2].map(() => ann.presses({ label: 'Snooze', token })))
    expect(await world.database.reminder.count()).toBe(2)
  })

  it('goes on to its next occurrence, at the same clock time across a change of the clocks', async () => {
    world.now = Temporal.Instant.from('2027-03-12T15:00:00Z')
    await ann.says('remind me every day at 9 to stretch')
    const rung: string[] = []
    for (let day = 0; day < 3; day += 1) {
      const { job } = await only()
      rung.push(job.dueAt.toString())
      world.now = job.dueAt
      await work(job)
    }
    // New York moves its clocks on 14 March 2027.
    expect(rung).toEqual(['2027-03-13T14:00:00Z', '2027-03-14T13:00:00Z', '2027-03-15T13:00:00Z'])
  })

  it('is told once after days of downtime, and goes on from now', async () => {
    await ann.says('remind me every day at 9 to stretch')
    const { job } = await only()
    world.now = job.dueAt.add({ hours: 80 })
    await work(job)
    expect(told()).toHaveLength(1)
    expect((await only()).job.dueAt.toString()).toBe('2026-11-28T14:00:00Z')
  })

  it('keeps its rhythm when an occurrence is snoozed', async () => {
    await ann.says('remind me every day at 9 to stretch')
    const { job, id } = await only()
    world.now = job.dueAt
    await work(job)
    const token = world.person('ann', { platform: 'memory', timeZone: 'America/New_York' })
    expect((await token.says('snooze that for 30 minutes')).words).toMatch(/9:30 AM/)
    const rows = await world.database.reminder.findMany({ orderBy: { dueAt: 'desc' } })
    expect(rows.map(({ dueAt, snoozeOf }) => [dueAt?.toISOString(), snoozeOf])).toEqual([
      ['2026-11-25T14:00:00.000Z', null],
      ['2026-11-24T14:30:00.000Z', id],
    ])
  })
})
