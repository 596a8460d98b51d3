import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { horizon } from '#core/horizon.ts'
import { newId } from '#core/ids.ts'
import type { Reminder } from '#core/model.ts'
import { createSeal } from '#core/secrets.ts'
import { openDatabase } from '#store/client.ts'
import { startEmbeddedPostgres } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import { createStores } from '#store/store.ts'
import { fillReminders } from '../../test/support/many-reminders.ts'
import type { Benchmark } from '../harness/benchmark.ts'

const now = Temporal.Instant.from('2026-06-01T00:00Z')
const clock = { now: () => now }

/** Making one, listing those of a person, and looking for what is due: beside a million others, and beside ten thousand. */
export const benchmark: Benchmark = {
  what: 'make, list and sweep beside 1,000,000 pending reminders',
  unit: 'ms',
  better: 'less',
  quick: false,
  aims: [{ figure: 'ratio', atLeast: 0.5 }],
  async prepare(size) {
    await using stack = new AsyncDisposableStack()
    const home = await mkdtemp(join(tmpdir(), 'ducktape-bench-'))
    stack.defer(() => rm(home, { recursive: true, force: true }))
    const { url } = stack.use(await startEmbeddedPostgres(home))
    const many = await openDesk(url, 'many', size === 'full' ? 1_000_000 : 100_000, stack)
    const few = await openDesk(url, 'few', 10_000, stack)
    const opened = stack.move()
    return {
      kind: 'timed',
      waits: true,
      operations: 30,
      rounds: 10,
      ours: many,
      peers: { 'the same beside 10,000': few },
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    }
  },
}

/** A database of its own, and what somebody does there. */
async function openDesk(server: string, name: string, count: number, stack: AsyncDisposableStack): Promise<() => Promise<void>> {
  const url = new URL(server)
  const { database: administrator } = await openDatabase(server)
  await administrator.$executeRawUnsafe(`CREATE DATABASE ${name}`)
  await administrator.$disconnect()
  url.pathname = `/${name}`
  await migrate(url.href)
  const { database } = stack.use(await openDatabase(url.href))
  const { spaceId, ownerIds } = await fillReminders(database, count, now)
  const seal = createSeal('a secret of thirty-two characters')
  const scheduler = { schedule: async () => undefined }
  const { store, deliveries } = stack.use(
    createStores(database, { clock, seal, broadcast: createMemoryBroadcast(), scheduler, onEffectFailed: () => undefined }),
  )
  let turn = 0
  return async () => {
    turn += 1
    const ownerId = ownerIds[(turn * 7) % ownerIds.length] ?? ''
    const [auditId, after] = [newId(now), reminderOf(spaceId, ownerId, turn)]
    const message = { platform: 'slack', id: auditId, reply: { tone: 'done', visibility: 'place', blocks: [] } } as const
    const changes = [{ kind: 'reminder', before: null, after }] as const
    await store.commit({ spaceId, actorId: ownerId, at: now, auditId, summary: 'reminder created', changes, message })
    await store.reminders.open(spaceId, ownerId, 20)
    await store.reminders.ofKind(spaceId, ownerId, 'done', { offset: 0, limit: 10 })
    await deliveries.dueBefore(now.add(horizon), 1_000)
  }
}

function reminderOf(spaceId: string, ownerId: string, turn: number): Reminder {
  const dueAt = now.add({ hours: 24 + (turn % 1_000) })
  const origin = { platform: 'slack', space: 'T', channel: 'D', kind: 'direct' } as const
  const when = { dueAt, startWall: dueAt.toZonedDateTimeISO('UTC').toPlainDateTime(), timeZone: 'UTC', rrule: null, exdates: [] }
  const recipients = [{ kind: 'direct', user: `U-${ownerId}` }] as const
  return {
    id: newId(now),
    spaceId,
    ownerId,
    text: `thing ${turn}`,
    recipients,
    origin,
    state: 'scheduled',
    ...when,
    snoozeOf: null,
    version: 1,
  }
}
