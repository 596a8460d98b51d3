import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMemoryBot, type MemoryBot } from '#bots/memory/index.ts'
import { shownNow } from '#commands/invitation/shown.ts'
import { ring } from '#commands/ring.ts'
import { showStale } from '#jobs/cards.ts'
import { remind } from '#jobs/handlers/remind.ts'
import { createPace } from '#jobs/pace.ts'
import { defaultTiming } from '#jobs/timing.ts'
import { answerIn, openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let bot: MemoryBot
let ann: Somebody
let bob: Somebody

beforeAll(async () => {
  world = await openWorld()
  bot = createMemoryBot({ now: () => world.now })
  ann = await somebody('Ann')
  bob = await somebody('Bob')
  await somebody('Kim')
})
afterAll(() => world[Symbol.asyncDispose]())

async function somebody(name: string): Promise<Somebody> {
  const one = world.person(name, { platform: 'memory', timeZone: 'America/New_York' })
  await one.says('help')
  return one
}

/** Delivers what is due now, then shows anew what is not right any more. */
async function work(): Promise<void> {
  const clock = { now: () => world.now }
  for (const due of await world.stores.deliveries.dueBefore(world.now, 100))
    await remind(due, {
      deliveries: world.stores.deliveries,
      messenger: bot,
      pace: createPace(),
      clock,
      meter: { delivered: () => undefined, worked: () => undefined },
      timing: defaultTiming,
      ring: (rung) => ring({ ...rung, token: (verb) => verb }),
      compose: async () => undefined,
      undelivered: () => ({ tone: 'tell', visibility: 'place', blocks: [] }),
    })
  await showStale({
    cards: world.stores.cards,
    messengers: [bot],
    clock,
    show: ({ space, reader, message, ...card }) =>
      shownNow(
        card,
        world.engine.moment({ space, person: reader }, { platform: 'memory', space: 'T1', channel: message.channel, kind: 'direct' }),
      ),
  })
}

const shownTo = (name: string) => bot.messages.filter(({ place }) => place === `direct:${name}`).map(({ reply }) => answerIn(reply))

it('what people were shown of an event is shown anew when somebody answers, and when it moves or is called off', async () => {
  await ann.says('lunch with Bob and Kim on Friday from 12 to 1pm')
  await work()
  expect(shownTo('Kim').map(({ words }) => words)).toEqual([expect.stringMatching(/Ann invites you to lunch/)])

  await bob.presses(shownTo('Bob')[0]?.button('Yes'))
  await work()
  const [kims] = shownTo('Kim')
  expect(kims?.words).toMatch(/Ann invites you to lunch.*Yes 1: Bob.*No answer yet 1: you/)
  expect(kims?.buttons).toEqual(['Yes', 'No', 'Maybe'])
  expect(shownTo('Bob')[0]?.words).toMatch(/You are coming: lunch/)

  await ann.says('move lunch with Bob and Kim to 1pm')
  await work()
  // The first message says what is so now; another one has said what became different.
  expect(shownTo('Kim').map(({ words }) => words)).toEqual([
    expect.stringMatching(/Ann invites you to lunch.*1:00 PM to 2:00 PM/),
    expect.stringMatching(/Ann changed lunch.*1:00 PM to 2:00 PM/),
  ])

  await ann.says('cancel lunch with Bob and Kim')
  await work()
  expect(shownTo('Kim').map(({ words, buttons }) => [words, buttons.length])).toEqual([
    [expect.stringMatching(/^Called off: lunch/), 0],
    [expect.stringMatching(/^Called off: lunch/), 0],
    [expect.stringMatching(/Ann called off lunch/), 0],
  ])
  expect(await world.database.card.count({ where: { staleAt: { not: null } } })).toBe(0)
})
