import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryBot, type MemoryBot } from '#bots/memory/index.ts'
import { ring } from '#commands/ring.ts'
import { undelivered } from '#commands/unreachable.ts'
import { createActions } from '#core/actions.ts'
import { BotError } from '#core/errors.ts'
import type { DueReminder } from '#core/ports.ts'
import { plain, type Reply } from '#core/reply.ts'
import { type Remind, remind } from '#jobs/handlers/remind.ts'
import { createPace } from '#jobs/pace.ts'
import { defaultTiming } from '#jobs/timing.ts'
import { createDeliveries } from '#store/deliveries.ts'
import { openWorld, type Somebody, secret, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let bot: MemoryBot
let pace = createPace()

beforeEach(async () => {
  world = await openWorld()
  ann = world.person('ann', { platform: 'memory', timeZone: 'America/New_York' })
  bot = createMemoryBot({ now: () => world.now })
  pace = createPace()
})
afterEach(() => world[Symbol.asyncDispose]())

function work({ reminderId, spaceId, dueAt }: DueReminder, deliveries = world.stores.deliveries, ownPace = pace): Promise<Remind> {
  const actions = createActions(secret)
  return remind(
    { reminderId, spaceId, dueAt },
    {
      deliveries,
      messenger: bot,
      pace: ownPace,
      clock: { now: () => world.now },
      meter: { delivered: () => undefined, worked: () => undefined },
      timing: defaultTiming,
      ring: (rung) => ring({ ...rung, token: (verb, subject, argument = '') => actions.sign(rung.spaceId, { verb, subject, argument }) }),
      compose: async () => undefined,
      undelivered: (news) => undelivered({ ...news, token: (verb) => verb }),
    },
  )
}

/** Works on everything that is due, as the sweep would have it, until nothing is left. */
async function workOnAll(): Promise<readonly Remind[]> {
  const results: Remind[] = []
  for (;;) {
    const due = await world.stores.deliveries.dueBefore(world.now, 100)
    if (due.length === 0) return results
    for (const each of due) {
      const result = await work(each)
      results.push(result)
      if (result.kind === 'later') return results
    }
  }
}

function lines({ blocks }: Reply): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'text' || block.kind === 'aside') return [plain(block.text)]
    return block.kind === 'list' ? block.items.map(({ text, detail }) => plain([...text, ...(detail ? [' — ', ...detail] : [])])) : []
  })
}

function shown(): readonly (readonly string[])[] {
  return bot.messages.map(({ place, reply }) => [place, ...lines(reply)])
}

function press(label: string | RegExp, message = bot.messages.at(-1)) {
  const buttons = message?.reply.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons : block.kind === 'menu' ? block.options : [],
  )
  return ann.presses(buttons?.find((button) => (typeof label === 'string' ? button.label === label : label.test(button.label))))
}

describe('reminders that are due in one place together', () => {
  beforeEach(async () => {
    await ann.says('remind me at 10am to stretch')
    await ann.says('remind me at 10am to drink')
    await ann.says('remind me every day at 10am to breathe')
  })

  it('are one message, on time', async () => {
    world.now = Temporal.Instant.from('2026-11-23T15:00:00Z')
    await workOnAll()
    expect(shown()).toEqual([['direct:ann', '3 reminders:', '1. stretch', '2. drink', '3. breathe — next: Tue, Nov 24, 2026, 10:00 AM']])
    expect((await ann.says('list my reminders')).words).toMatch(/breathe.*Nov 24.*stretch.*waits for Done.*drink/)
  })

  it('are one message although several workers take them up at once', async () => {
    world.now = Temporal.Instant.from('2026-11-23T15:00:00Z')
    const due = await world.stores.deliveries.dueBefore(world.now, 100)
    const results = await Promise.all(due.map((one) => work(one)))
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['later', 'later', 'told'])
    await workOnAll()
    expect(bot.messages).toHaveLength(1)
  })

  it('are one message although several processes take them up in the same instant', async () => {
    const parts = { clock: { now: () => world.now }, carryOut: async () => undefined }
    const processes = [1, 2].map(() => ({ deliveries: createDeliveries(world.database, parts), pace: createPace() }))
    for (let round = 0; round < 8; round += 1) {
      for (const what of ['sit', 'look', 'listen']) await ann.says(`remind me in 1 hour to ${what}`)
      world.now = world.now.add({ hours: 1 })
      const [first, second] = await world.stores.deliveries.dueBefore(world.now, 100)
      const told = bot.messages.length
      await Promise.all([first, second].map((due, index) => due && work(due, processes[index]?.deliveries, processes[index]?.pace)))
      await workOnAll()
      expect(bot.messages).toHaveLength(told + 1)
    }
  })

  it('are done and snoozed one by one, the rest staying where it is', async () => {
    world.now = Temporal.Instant.from('2026-11-23T15:00:00Z')
    await workOnAll()
    expect((await press('1. stretch')).words).toMatch(/Done: stretch/)
    const [, snoozeDrink] = bot.messages[0]?.reply.blocks.flatMap((block) => (block.kind === 'menu' ? [block.options[1]] : [])) ?? []
    expect((await ann.presses(snoozeDrink)).words).toMatch(/come back to drink/)
    expect(bot.messages).toHaveLength(1)
    const states = await world.database.reminder.findMany({ orderBy: { id: 'asc' } })
    expect(states.map(({ text, state }) => [text, state])).toEqual([
      ['stretch', 'done'],
      ['drink', 'scheduled'],
      ['breathe', 'scheduled'],
    ])
  })

  it('are done all at once, and that is undone at once', async () => {
    world.now = Temporal.Instant.from('2026-11-23T15:00:00Z')
    await workOnAll()
    const answer = await press('All done')
    expect(answer.words).toMatch(/Done: stretch, drink, breathe/)
    const states = async () => (await world.database.reminder.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state)
    expect(await states()).toEqual(['done', 'done', 'scheduled'])
    await ann.presses(answer.button('Undo'))
    expect(await states()).toEqual(['delivered', 'delivered', 'scheduled'])
  })

  it('are told on their own when the place refuses them together', async () => {
    const general = world.person('ann', { platform: 'memory', timeZone: 'America/New_York', channel: 'general', kind: 'channel' })
    await general.says('remind this channel at 11am to vote')
    await general.says('remind this channel at 11am to eat')
    world.now = Temporal.Instant.from('2026-11-23T15:00:00Z')
    await workOnAll()
    world.now = Temporal.Instant.from('2026-11-23T16:00:00Z')
    bot.failNext({ error: new BotError('rejected', 'not there', { reason: 'not_in_channel' }) })
    await workOnAll()
    const words = shown().map((message) => message.join(' '))
    expect(words.filter((text) => /vote/.test(text))).toHaveLength(1)
    expect(words.filter((text) => /\beat\b/.test(text))).toHaveLength(1)
    expect(words.find((text) => /vote/.test(text))).toMatch(
      /direct:ann .*because #general does not have me: write “.invite @DuckTape” there/,
    )
  })
})

describe('after a downtime', () => {
  it('what was missed is told once in each place, oldest first, marked late; rules go on', async () => {
    const ben = world.person('ben', { platform: 'memory', timeZone: 'Europe/Berlin' })
    await ann.says('remind me at 11am to eat')
    await ann.says('remind me at 10am to stretch')
    await ann.says('remind me every hour to breathe')
    await ben.says('remind me in 2 hours to leave')
    world.now = Temporal.Instant.from('2026-11-24T08:30:00Z')
    await workOnAll()
    expect(shown()).toEqual([
      [
        'direct:ann',
        'While I was away, 3 reminders fell due:',
        expect.stringMatching(/^1\. stretch — was due Mon, Nov 23, 2026, 10:00 AM/),
        expect.stringMatching(/^2\. breathe — was due .* 10:00 AM; next: Tue, Nov 24, 2026, 4:00 AM/),
        expect.stringMatching(/^3\. eat — was due Mon, Nov 23, 2026, 11:00 AM/),
      ],
      ['direct:ben', 'leave', expect.stringMatching(/^This was due .* I was away/)],
    ])
  })

  it('of more than a week, what is older is listed and does not ring', async () => {
    await ann.says('remind me at 10am to stretch')
    await ann.says('remind me every Monday at 10am to breathe')
    await ann.says('remind me in 9 days to eat')
    world.now = Temporal.Instant.from('2026-12-03T15:00:00Z')
    await workOnAll()
    expect(shown().map(([, ...words]) => words.join(' '))).toEqual([expect.stringMatching(/^eat This was due/)])
    expect((await ann.says('list my reminders')).words).toMatch(/breathe.*Dec 7.*stretch.*fell due while I was away, on Mon, Nov 23/)
  })

  it('fills no message beyond what a platform shows, and lets a place rest between two', async () => {
    for (let index = 0; index < 45; index += 1) await ann.says(`remind me at 10am to do "thing ${index}"`)
    world.now = Temporal.Instant.from('2026-11-23T18:00:00Z')
    await workOnAll()
    const told = shown().flatMap((message) => message.flatMap((line) => /thing \d+/.exec(line)?.[0] ?? []))
    expect(told.toSorted()).toEqual(Array.from({ length: 45 }, (_, index) => `thing ${index}`).toSorted())
    expect(bot.messages.length).toBe(3)
  })
})

describe('a place with a limit', () => {
  it('rests after a message, while another place is told at once', async () => {
    pace = createPace(60_000)
    const ben = world.person('ben', { platform: 'memory', timeZone: 'America/New_York' })
    await ann.says('remind me at 10am to stretch')
    world.now = Temporal.Instant.from('2026-11-23T15:00:00Z')
    await workOnAll()
    await ann.says('remind me in 1 second to drink')
    await ben.says('remind me in 2 seconds to leave')
    world.now = world.now.add({ seconds: 1 })
    expect(await workOnAll()).toEqual([{ kind: 'later', at: expect.anything() }])
    world.now = world.now.add({ seconds: 1 })
    const due = await world.stores.deliveries.dueBefore(world.now, 10)
    expect(due).toHaveLength(2)
    pace = createPace()
    await workOnAll()
    expect(shown().map(([place]) => place)).toEqual(['direct:ann', 'direct:ann', 'direct:ben'])
  })
})
