import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let ann: Somebody

beforeEach(async () => {
  world = await openWorld()
  ann = world.person('ann', { timeZone: 'America/New_York' })
})
afterEach(() => world[Symbol.asyncDispose]())

async function due() {
  const rows = await world.database.reminder.findMany({ orderBy: { text: 'asc' } })
  return rows.map(({ text, timeZone, dueAt }) => [text, timeZone, dueAt?.toISOString().slice(0, 16)])
}

describe('somebody who moves to another zone', () => {
  beforeEach(async () => {
    await ann.says('remind me every day at 9 to stretch')
    await ann.says('remind me on friday at 9 to vote')
    await ann.says('remind me in 2 hours to eat')
  })

  it('is asked once whether what is set by the clock follows, and it stays without an answer', async () => {
    const asked = await ann.says('my time zone is Berlin')
    expect(asked.words).toMatch(/2 reminders are set by the clock of America\/New_York/)
    expect(await due()).toEqual([
      ['eat', 'America/New_York', '2026-11-23T16:00'],
      ['stretch', 'America/New_York', '2026-11-24T14:00'],
      ['vote', 'America/New_York', '2026-11-27T14:00'],
    ])
    expect((await ann.says('my time zone is Berlin')).buttons).not.toContain('Let them follow me')
  })

  it('takes them along with a press, and back with an undo', async () => {
    const asked = await ann.says('my time zone is Berlin')
    const followed = await ann.presses(asked.button('Let them follow me'))
    expect(followed.words).toMatch(/2 reminders follow you/)
    const moved = [
      ['eat', 'America/New_York', '2026-11-23T16:00'],
      ['stretch', 'Europe/Berlin', '2026-11-24T08:00'],
      ['vote', 'Europe/Berlin', '2026-11-27T08:00'],
    ]
    expect(await due()).toEqual(moved)
    expect((await ann.presses(asked.button('Let them follow me'))).words).toMatch(/follow you already/)
    await ann.presses(followed.button('Undo'))
    expect((await due()).map(([, zone]) => zone)).toEqual(Array.from({ length: 3 }, () => 'America/New_York'))
  })

  it('ends on a day that was said, with a word at home’s clock', async () => {
    const cy = world.person('cy', { timeZone: 'America/New_York' })
    expect((await cy.says("I'm in Tokyo until Friday")).words).toMatch(
      /now Asia\/Tokyo.*On Fri, Nov 27, 2026 I ask you to say that you are back in America\/New_York/,
    )
    expect((await cy.says('list my reminders')).words).toMatch(/Back from Asia\/Tokyo\?/)
    expect((await cy.says('what are my settings')).words).toMatch(/Your time zone is Asia\/Tokyo/)
  })

  it('is not asked about what there is not', async () => {
    const ben = world.person('ben', { timeZone: 'America/New_York' })
    expect((await ben.says('my time zone is Berlin')).buttons).toEqual(['Undo'])
  })
})

it('the clock answers for here and elsewhere, and counts days', async () => {
  const answers: readonly (readonly [string, RegExp])[] = [
    ['what time is it', /^It is Mon, Nov 23, 2026, 9:00 AM EST in America\/New_York/],
    ['what time is it in Tokyo?', /^It is Mon, Nov 23, 2026, 11:00 PM GMT\+9 in Asia\/Tokyo/],
    ["what's the date", /^It is Mon, Nov 23, 2026/],
    ['how many days until Christmas', /^Fri, Dec 25, 2026 is in 32 days/],
    ['what day is May 4', /^Tue, May 4, 2027 is in 162 days/],
    ['what time is it in Atlantis', /do not know what time it is in Atlantis/],
    ['what is the time difference between Rome and Tokyo', /^Asia\/Tokyo is 8 hours ahead of Europe\/Rome now/],
    ["what's 3pm London in New York", /Nov 23, 2026, 3:00 PM GMT is Mon, Nov 23, 2026, 10:00 AM EST in America\/New_York/],
    ['convert 9:30 to Tokyo time', /9:30 AM EST is Mon, Nov 23, 2026, 11:30 PM GMT\+9 in Asia\/Tokyo/],
    ['how long until 5pm', /Nov 23, 2026, 5:00 PM is in 8 hours/],
    ['how many working days until Friday', /There are 3 working days between today and Fri, Nov 27, 2026, which is in 4 days/],
    ['how many working days until tomorrow', /There are 0 working days between today and Tue, Nov 24, 2026, which is in 1 day\./],
    ['what week is it', /^It is week 48 of 2026/],
    ['is 2028 a leap year', /^Yes, 2028 is a leap year/],
    ['was there a leap year in 2024', /^Yes, 2024 is a leap year/],
    ['when is Easter', /^Sun, Mar 28, 2027 is in 125 days/],
  ]
  for (const [sentence, expected] of answers) expect((await ann.says(sentence)).words).toMatch(expected)
})
