import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reply } from '#core/reply.ts'
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

describe('a poll', () => {
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
    const result = await lastTold('Ann')
    expect(result?.words).toMatch(/Everybody has answered about harvest: Tue, Nov 24, 2026, 9:00 AM suits 2 of 3/)
    expect((await kim.presses(result?.button(/^Book/))).words).toMatch(/Only the person who asked/)
    expect((await ann.presses(result?.button(/^Book/))).words).toMatch(/harvest is in your calendar.*I invite/)
    expect((await bob.says('what is on tomorrow')).words).toMatch(/harvest/)
    expect((await kim.presses(voted.button(/2:00 PM/))).words).toMatch(/booked already/)
    const stranger = await somebody('Zed', 'Asia/Tokyo')
    expect((await stranger.presses(voted.button(/2:00 PM/))).words).toMatch(/asked of somebody else/)
  })
})
