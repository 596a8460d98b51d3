import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMemoryBot, type MemoryBot } from '#bots/memory/index.ts'
import { shownNow } from '#commands/invitation/shown.ts'
import { ring } from '#commands/ring.ts'
import type { Reply } from '#core/reply.ts'
import { showStale } from '#jobs/cards.ts'
import { remind } from '#jobs/handlers/remind.ts'
import { createPace } from '#jobs/pace.ts'
import { defaultTiming } from '#jobs/timing.ts'
import { closePolls } from '../../src/polls.ts'
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
  await anew()
}

async function anew(): Promise<void> {
  const clock = { now: () => world.now }
  await showStale({
    cards: world.stores.cards,
    messengers: [bot],
    clock,
    show: ({ space, reader, message: { channel }, shows, isPublic }) => {
      const kind = isPublic ? 'channel' : 'direct'
      return shownNow(shows, world.engine.moment({ space, person: reader }, { platform: 'memory', space: 'T1', channel, kind }))
    },
  })
}

/** Ann says something in #games, where everybody reads the answer. */
async function inGames(text: string): Promise<void> {
  await using _listening = await bot.start(async (message) => (await world.handle(message)).reply)
  await bot.receive({
    kind: 'sentence',
    id: text,
    at: world.now,
    place: { platform: 'memory', space: 'T1', channel: 'C-games', kind: 'channel' },
    author: { id: 'Ann', name: 'Ann', timeZone: 'America/New_York' },
    text,
    addressed: true,
    private: false,
  })
}

function shownIn(place: string): Reply {
  const message = bot.messages.findLast((one) => one.place === place)
  if (!message) throw new Error(`nothing is shown in ${place}`)
  return message.reply
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

it('what a channel was told shows who comes, wherever they answer', async () => {
  await inGames('chess club on Thursday at 7pm with Bob')
  const shown = () => answerIn(shownIn('C-games'))
  expect(shown().words).toMatch(/chess club.*is in your calendar/)

  await bob.says('yes to the chess club')
  await work()
  expect(shown().words).toMatch(/^chess club.*7:00 PM.*Yes 1: Bob/)
  expect(shown().buttons).toEqual(['Yes', 'No', 'Maybe'])

  await ann.says('cancel chess club')
  await work()
  expect(shown().words).toMatch(/^Called off: chess club/)
})

it('the ballots of a poll show what suits whom, wherever somebody votes, and that it is decided', async () => {
  await inGames('ask @Bob and @Kim when they can meet next week about the tournament')
  await work()
  const ballot = (name: string) => shownTo(name).at(-1)
  const [first = ''] = ballot('Bob')?.buttons ?? []
  await bob.presses(ballot('Bob')?.button(first))
  await work()
  expect(ballot('Kim')?.words).toMatch(/suits 1 .*1 of 3 have answered/)
  expect(ballot('Kim')?.buttons[0]).not.toMatch(/✓/)
  expect(answerIn(shownIn('C-games')).words).toMatch(/tournament.*1 of 3 have answered/)

  const kim = world.person('Kim', { platform: 'memory' })
  await kim.presses(ballot('Kim')?.button(first))
  await ann.presses(answerIn(shownIn('C-games')).button(first))
  await closePolls({ store: world.stores.store, clock: { now: () => world.now }, act: world.engine.act })
  await work()
  const ballots = bot.messages.map(({ reply }) => answerIn(reply)).filter(({ words }) => words.startsWith('tournament is decided: the'))
  expect(ballots).toHaveLength(3)
})
