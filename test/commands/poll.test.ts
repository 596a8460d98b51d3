import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reply } from '#core/reply.ts'
import { closePolls } from '../../src/polls.ts'
import { answerIn, openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let bob: Somebody
let kim: Somebody

beforeAll(async () => {
  world = await openWorld('2026-11-23T14:00:00Z')
  ann = await somebody('Ann', 'America/New_York')
  bob = await somebody('Bob', 'Europe/London')
  kim = await somebody('Kim', 'America/New_York')
})
afterAll(() => world[Symbol.asyncDispose]())

async function somebody(name: string, timeZone: string): Promise<Somebody> {
  const one = world.person(`U${name}`, { name, timeZone })
  await one.says('help')
  return one
}

async function lastTold(name: string) {
  const rows = await world.database.reminder.findMany({ orderBy: { createdAt: 'desc' } })
  const row = rows.find(({ recipients, notice }) => notice !== null && JSON.stringify(recipients).includes(`"U${name}"`))
  return row && answerIn(row.notice as unknown as Reply)
}

function closeDue(): Promise<void> {
  return closePolls({ store: world.stores.store, clock: { now: () => world.now }, act: world.engine.act })
}

describe('a poll that nobody looks after', () => {
  it('is booked at its deadline, and told in the channel where it was asked', async () => {
    const channel = world.person('UAnn', { name: 'Ann', timeZone: 'America/New_York', channel: 'C-OPS', kind: 'channel' })
    const asked = await channel.says('ask <@UBob> and <@UKim> when they can meet next week about the roof, answers by tomorrow noon')
    expect(asked.words).toMatch(/at the latest on Tue, Nov 24, 2026, 12:00 PM/)
    const bobs = await lastTold('Bob')
    expect(bobs?.words).toMatch(/Answers until Tue, Nov 24, 2026, 5:00 PM/)
    await bob.presses(bobs?.button(/2026/))
    await closeDue()
    expect((await lastTold('Bob'))?.words).not.toMatch(/invites you/)
    world.now = Temporal.Instant.from('2026-11-24T17:00:01Z')
    await closeDue()
    await closeDue()
    expect((await lastTold('Bob'))?.words).toMatch(/Ann invites you to roof/)
    const [told, ...more] = await world.database.reminder.findMany({ where: { recipients: { array_contains: [{ channel: 'C-OPS' }] } } })
    expect(more).toEqual([])
    expect(answerIn(told?.notice as unknown as Reply).words).toMatch(/roof is decided: .* suits 1 of 3/)
    expect(JSON.stringify(told?.recipients)).toContain('"user":"UAnn"')
  })

  it('is for whoever asked to decide when several times suit as many, or nobody answers', async () => {
    world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
    await ann.says('ask <@UBob> when we can meet next week about the cellar')
    const two = (await lastTold('Bob'))?.buttons.filter((label) => label.includes('2026')).slice(0, 2) ?? []
    for (const label of two) await bob.presses((await lastTold('Bob'))?.button(label))
    await ann.says('ask <@UKim> when we can meet next week about the attic')
    world.now = Temporal.Instant.from('2026-11-26T14:00:00Z')
    await closeDue()
    const told = await world.database.reminder.findMany({ where: { recipients: { array_contains: [{ user: 'UAnn' }] } } })
    const words = told.map(({ notice }) => answerIn(notice as unknown as Reply))
    const tie = words.find((one) => /cellar: more than one time suits 1 of 2/.test(one.words))
    expect(tie?.buttons.length).toBe(2)
    expect(words.some((one) => /Time is up for attic, and no time suits anybody/.test(one.words))).toBe(true)
    expect((await ann.presses(tie?.button(/^Book/))).words).toMatch(/cellar is in your calendar/)
  })
})

describe('a poll', () => {
  beforeAll(() => {
    world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  })

  it('asks everybody in their own zone, counts what suits whom, and is booked by who asked', async () => {
    const asked = await ann.says('ask <@UBob> and <@UKim> when they can meet for an hour tomorrow about the harvest')
    expect(asked.words).toMatch(/I ask Bob and Kim about harvest/)
    const times = asked.buttons.filter((label) => /2026/.test(label))
    expect(times[0]).toBe('Tue, Nov 24, 2026, 9:00 AM')
    const bobs = await lastTold('Bob')
    expect(bobs?.words).toMatch(/Ann asks when it suits you: harvest/)
    expect(bobs?.buttons[0]).toBe('Tue, Nov 24, 2026, 2:00 PM')
    const voted = await bob.presses(bobs?.button(/2:00 PM/))
    expect(voted.buttons[0]).toBe('✓ Tue, Nov 24, 2026, 2:00 PM')
    expect(voted.words).toMatch(/suits 1.*1 of 3 have answered/)
    expect((await bob.presses(voted.button(/2:00 PM/))).buttons[0]).toBe('Tue, Nov 24, 2026, 2:00 PM')
    await bob.presses(voted.button(/2:00 PM/))
    await kim.presses((await lastTold('Kim'))?.button(/9:00 AM/))
    await ann.presses(asked.button('None of them'))
    await closeDue()
    // Whoever asked has said that none of them suits, so nothing is booked over their head.
    const result = await lastTold('Ann')
    expect(result?.words).toMatch(/Everybody has answered for harvest: Tue, Nov 24, 2026, 9:00 AM suits 2 of 3. Shall it be/)
    expect((await kim.presses(result?.button(/^Book/))).words).toMatch(/Only the person who asked/)
    expect((await ann.presses(result?.button(/^Book/))).words).toMatch(/harvest is in your calendar.*I invite/)
    expect((await bob.says('what is on tomorrow')).words).toMatch(/harvest/)
    expect((await kim.presses(voted.button(/2:00 PM/))).words).toMatch(/booked already/)
    const stranger = await somebody('Zed', 'Asia/Tokyo')
    expect((await stranger.presses(voted.button(/2:00 PM/))).words).toMatch(/asked of somebody else/)
  })
})
