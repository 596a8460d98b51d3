import { afterAll, beforeAll, expect, it } from 'vitest'
import { chosenReading } from '#commands/either.ts'
import { createReminder } from '#commands/remind.ts'
import { createActions } from '#core/actions.ts'
import type { Context } from '#core/command.ts'
import { newId } from '#core/ids.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { openWorld, secret, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const at = (start: string): When => ({ kind: 'instant', start, end: null, grain: 'minute', timeZone: 'America/New_York' })
const draft: Understanding = {
  intent: 'reminder.create',
  confidence: 0.6,
  title: 'stretch',
  target: { kind: 'me' },
  people: [],
  channel: null,
  calendar: null,
  location: null,
  meetingLink: null,
  list: null,
  alerts: [],
  content: null,
  when: at('2026-11-24T04:00:00-05:00'),
  recurrence: null,
  spans: [],
  alternatives: [{ when: at('2026-11-24T16:00:00-05:00') }],
}

async function contextOf(store: Context['store']): Promise<Context> {
  const place = { platform: 'slack', space: 'T1', channel: 'D1', kind: 'direct' } as const
  const author = { id: 'ann', name: 'Ann', timeZone: 'America/New_York' }
  const { space, person } = await store.people.meet(place, author)
  const sign = createActions(secret).sign
  return {
    readsAlong: () => false,
    message: { kind: 'sentence', id: 'm', at: world.now, place, author, text: '', addressed: true, private: false },
    space,
    person,
    timeZone: 'America/New_York',
    now: world.now,
    store,
    understand: () => draft,
    newId: () => newId(world.now),
    messageId: newId(world.now),
    shown: undefined,
    show: () => undefined,
    auditId: newId(world.now),
    obstacle: async () => undefined,
    belongs: async () => undefined,
    manages: async () => undefined,
    roleNamed: async () => undefined,
    elsewhere: async () => [],
    there: () => Promise.reject(new Error('nobody is there')),
    address: (path) => path,
    token: (verb, subject, argument = '') => sign(space.id, { verb, subject, argument }),
  }
}

it('two likely readings are asked about, and the button that is pressed decides', async () => {
  const { store } = world.stores
  const context = await contextOf(store)
  const { reply } = await createReminder(draft, context)
  const buttons = reply.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  expect(reply.tone).toBe('ask')
  expect(buttons.map(({ label }) => label)).toEqual(['Tue, Nov 24, 2026, 4:00 AM EST', 'Tue, Nov 24, 2026, 4:00 PM EST'])
  const ann = world.person('ann', { channel: 'D1', timeZone: 'America/New_York' })
  const { words } = await ann.presses(buttons[1])
  expect(words).toMatch(/Nov 24, 2026, 4:00 PM.*stretch/)
})

it('a reading that was chosen asks nothing more', () => {
  const chosen = chosenReading(draft, 'reading1')
  expect(chosen).toMatchObject({ when: { start: '2026-11-24T16:00:00-05:00' }, alternatives: [] })
  expect(chosenReading(draft, 'reading9')).toBeUndefined()
  expect(chosenReading(draft, 'hour')).toBeUndefined()
  expect(chosenReading(draft, 'reading0')).toMatchObject({ when: { start: '2026-11-24T04:00:00-05:00' } })
})
