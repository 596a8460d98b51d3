import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import type { Exclusive } from '#core/ports.ts'
import { startSweeping } from '#jobs/sweeping.ts'
import { defaultTiming } from '#jobs/timing.ts'
import { createExclusive } from '#store/exclusive.ts'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let ann: Somebody

beforeEach(async () => {
  world = await openWorld()
  ann = world.person('ann', { platform: 'memory' })
})
afterEach(() => world[Symbol.asyncDispose]())

describe('the sweep', () => {
  it('queues what is overdue and what comes soon, and leaves the rest', async () => {
    await ann.says('remind me in 5 minutes to stretch')
    await ann.says('remind me in 3 hours to eat')
    world.now = world.now.add({ minutes: 30 })
    const { id } = await world.database.reminder.findFirstOrThrow({ where: { text: 'stretch' } })
    const swept = Promise.withResolvers<readonly string[]>()
    await using _ = sweeping(createExclusive(world.database), swept.resolve)
    expect(await swept.promise).toEqual([id])
  })

  it('is made good soon when the database was too busy for it', async () => {
    await ann.says('remind me in 5 minutes to stretch')
    world.now = world.now.add({ minutes: 30 })
    const swept = Promise.withResolvers<readonly string[]>()
    const free = createExclusive(world.database)
    let asked = 0
    const busy: Exclusive = (name, work) => (++asked <= 3 ? Promise.reject(new Error('unable to start a transaction')) : free(name, work))
    await using _ = sweeping(busy, swept.resolve)
    expect(await swept.promise).toHaveLength(1)
  })
})

function sweeping(exclusive: Exclusive, queued: (reminders: readonly string[]) => void): AsyncDisposable {
  const { deliveries, outbox } = world.stores
  return startSweeping({
    deliveries,
    scheduler: { schedule: async (due) => queued(due.map(({ reminderId }) => reminderId)) },
    clock: { now: () => world.now },
    leftovers: outbox.sweep,
    forget: async () => undefined,
    keepCalendar: async () => undefined,
    exclusive,
    broadcast: createMemoryBroadcast(),
    log: pino({ level: 'silent' }),
    timing: { ...defaultTiming, retry: 10 },
  })
}
