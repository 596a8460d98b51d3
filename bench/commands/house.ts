import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { commands } from '#commands/index.ts'
import { createActions } from '#core/actions.ts'
import { createEngine } from '#core/engine.ts'
import type { Place } from '#core/message.ts'
import { createSeal } from '#core/secrets.ts'
import { createLanguage } from '#language/language.ts'
import { openDatabase } from '#store/client.ts'
import { createStores } from '#store/store.ts'
import { openBare, openPostgres } from '../harness/postgres.ts'
import { now, timeZone } from '../language/present.ts'

/** As many sentences as one person says: nobody may keep more than a thousand reminders. */
const patience = 800

export interface House extends AsyncDisposable {
  /** Somebody writes, and is answered. Throws when it was refused. */
  says(text: string): Promise<void>
  readonly language: ReturnType<typeof createLanguage>
  /** The bare client on the same database. */
  readonly bare: pg.Pool
  readonly ids: { readonly space: string; readonly person: string; readonly calendar: string }
}

/** The inside of the program on a Postgres of its own: sentences in, replies out, no platform around it. */
export async function openHouse(): Promise<House> {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await openPostgres())
  const { database } = stack.use(await openDatabase(url))
  const clock = { now: () => now }
  const broadcast = createMemoryBroadcast()
  const scheduler = { schedule: async () => undefined }
  const stores = stack.use(
    createStores(database, { clock, broadcast, seal: createSeal('a secret of thirty-two characters'), scheduler, onEffectFailed: failed }),
  )
  const language = createLanguage()
  const actions = createActions('a secret of thirty-two characters')
  const { handle } = createEngine({ language, commands, store: stores.store, actions, clock, origin: () => 'https://duck.example.org' })
  const place: Place = { platform: 'slack', space: 'T1', channel: 'D1', kind: 'direct' }
  const authorOf = (index: number) => ({ id: `U${index}`, name: `Ann ${index}`, timeZone })
  const { space, person } = await stores.store.people.meet(place, authorOf(0))
  let said = 0
  const { pool: bare } = stack.use(openBare(url))
  const opened = stack.move()
  return {
    async says(text) {
      const author = authorOf(Math.floor(said++ / patience))
      const message = { kind: 'sentence', id: randomUUID(), at: now, place, author, text, addressed: true, private: false } as const
      const { outcome } = await handle(message)
      if (outcome !== 'done' && outcome !== 'told') throw new Error(`"${text}" was ${outcome}`)
    },
    language,
    bare,
    ids: { space: space.id, person: person.id, calendar: person.calendarId },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

function failed(cause: unknown): never {
  throw cause
}

/** Runs statements in a transaction of the bare client. */
export async function inTransaction(
  pool: pg.Pool,
  statements: readonly (readonly [text: string, values: readonly unknown[]])[],
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    for (const [text, values] of statements) await client.query(text, [...values])
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

type Statement = readonly [text: string, values: readonly unknown[]]

/** What every change writes beside its record: the message that asked for it, and the entry that Undo needs. */
export function kept({ ids }: House, record: object): readonly Statement[] {
  return [
    [
      `INSERT INTO inbound_message (platform, external_id, reply, held_until, finished_at) VALUES ('slack', $1, $2, now(), now())
       ON CONFLICT (platform, external_id) DO NOTHING`,
      [randomUUID(), JSON.stringify(record)],
    ],
    [
      `INSERT INTO audit_entry (id, space_id, actor_id, at, summary, changes) VALUES ($1, $2, $3, now(), 'made', $4)`,
      [randomUUID(), ids.space, ids.person, JSON.stringify([record])],
    ],
  ]
}
