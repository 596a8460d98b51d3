// Bare Fastify on a pool of pg: the same work without anything of ours around it.
import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const { DATABASE_URL, QUERY = '', VALUES = '[]' } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, options: '-c timezone=UTC' })
const values: unknown[] = JSON.parse(VALUES)
const app = Fastify()

app.get('/health', async () => ({ status: 'ok' }))

// The window's ends are told from the other values by their names.
app.get<{ Querystring: Record<string, string> }>('/api/calendar/query', async ({ query }) => {
  const asked = values.map((value) => (value === 'from' || value === 'to' ? query[value] : value))
  const { rows } = await pool.query(QUERY, asked)
  return { events: rows, next: null }
})

app.post<{ Body: { title: string; start: string; calendar: string; space: string; person: string } }>(
  '/api/calendar/events',
  async ({ body }, reply) => {
    const [id, message, audit] = [randomUUID(), randomUUID(), randomUUID()]
    const starts = `${body.start}Z`
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(
        `INSERT INTO inbound_message (platform, external_id, reply, held_until, finished_at) VALUES ('web', $1, '{}', now(), now())`,
        [message],
      )
      await client.query(
        `INSERT INTO event (id, space_id, calendar_id, organiser_id, uid, title, start_wall, duration_seconds, time_zone, rdates, exdates,
          starts_at, ends_at, covers_until, tzdata, folded_title)
         VALUES ($1::uuid, $2, $3, $4, $1::uuid::text, $5, $6, 1800, 'UTC', '{}', '{}', $7, $7, $7, '2026c', $5)`,
        [id, body.space, body.calendar, body.person, body.title, body.start, starts],
      )
      await client.query(`INSERT INTO audit_entry (id, space_id, actor_id, at, summary, changes) VALUES ($1, $2, $3, now(), 'made', $4)`, [
        audit,
        body.space,
        body.person,
        JSON.stringify([body]),
      ])
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    return reply.code(201).send({ event: { id, ...body } })
  },
)

app.post<{ Body: { operations: unknown[] } }>('/api/batch', async ({ body }, reply) =>
  reply.code(202).send({ id: randomUUID(), total: body.operations.length }),
)

await app.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.address()
process.send?.({ url: typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '' })
