import { createHash } from 'node:crypto'
import type { Database } from '#store/client.ts'

/** As many rows as each table gets: enough that reading all of them costs more than reading by an index. */
const rows = 10_000

/** The id of the nth row of a table, as the database makes it up too. */
export function nth(table: string, n: number): string {
  return createHash('md5')
    .update(`${table} ${n}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const id = (table: string, n = 'n') => `md5('${table} ' || (${n}))::uuid`
/** A hundred people share a space, in which each has one of most things. */
const space = id('space', 'n / 100')
const place = `'{"platform":"slack","space":"T0","channel":"C0","kind":"channel"}'`

/** What one person after another has: columns, and what is in them for the nth. `event` and `series` are those of a table of theirs. */
const fillings: readonly (readonly [table: string, columns: string, values: string, from?: string])[] = [
  ['person', 'id, space_id, name, calendar_id, list_id', `${id('person')}, ${space}, 'Ann ' || n, ${id('calendar')}, ${id('todo_list')}`],
  ['identity', 'space_id, user_id, person_id', `${space}, 'U' || n, ${id('person')}`],
  [
    'calendar',
    'id, space_id, owner_id, kind, channel, name, feed_secret_hash',
    `${id('calendar')}, ${space}, CASE WHEN n % 10 > 0 THEN ${id('person')} END, CASE WHEN n % 10 > 0 THEN 'personal' ELSE 'channel' END,
      CASE WHEN n % 10 = 0 THEN 'C' || n END, 'Calendar', 'hash ' || n`,
  ],
  ['calendar_share', 'calendar_id, person_id, access', `${id('calendar')}, ${id('person', `(n + 1) % ${rows}`)}, 'read'`],
  ['calendar_feed', 'calendar_id, mark, changed_at', `${id('calendar')}, 'mark', now()`],
  [
    'subscription',
    'calendar_id, space_id, person_id, url, url_mark, time_zone, next_at',
    `${id('calendar')}, ${space}, ${id('person')}, 'sealed', 'mark', 'UTC', now() + (n - 50) * interval '1 minute'`,
  ],
  ['"group"', 'id, space_id, owner_id, name', `${id('group')}, ${space}, ${id('person')}, 'group ' || n`],
  ['todo_list', 'id, space_id, owner_id, name, key', `${id('todo_list')}, ${space}, ${id('person')}, 'Todos', 'todo'`],
  ['folder', 'id, space_id, owner_id, name, key', `${id('folder')}, ${space}, ${id('person')}, 'Doors', 'door'`],
  ['todo', 'id, space_id, owner_id, list_id, text, state', `${id('todo')}, ${space}, ${id('person')}, ${id('todo_list')}, 'milk', 'open'`],
  [
    'note',
    'id, space_id, owner_id, folder_id, title, body, folded_title, folded_body, state',
    `${id('note')}, ${space}, ${id('person')}, ${id('folder')}, 'Door ' || n, 'The code is ' || n, 'door ' || n, 'the code is ' || n, 'kept'`,
  ],
  [
    'poll',
    'id, space_id, owner_id, title, slots, duration_seconds, time_zone, person_ids, votes, closes_at',
    `${id('poll')}, ${space}, ${id('person')}, 'lunch', '{}', 3600, 'UTC', '{}', '{}', timestamptz '2026-06-01' + (n - 50) * interval '1 minute'`,
  ],
  [
    'question',
    'id, space_id, person_id, channel, text, draft, expires_at',
    `${id('question')}, ${space}, ${id('person')}, 'D1', 'when?', '{}', now() + n * interval '1 minute'`,
  ],
  [
    'audit_entry',
    'id, space_id, actor_id, at, summary, changes',
    `${id('audit_entry')}, ${space}, ${id('person')}, now() - n * interval '1 minute', 'event created', '[]'`,
  ],
  [
    'batch',
    'id, space_id, person_id, origin, author, title, state, total, parts, audit_id, undoes, held_until, created_at, ended_at, reported',
    `${id('batch')}, ${space}, ${id('person')}, ${place}, '{"id":"U0","name":"Ann"}', 'Cancel 1 event', CASE WHEN n < 50 THEN 'running' WHEN n < 100 THEN 'draft' ELSE 'done' END,
      1, 1, ${id('audit_entry')}, ${id('undone')}, '2000-01-01', now() - n * interval '1 minute', CASE WHEN n >= 100 THEN now() - n * interval '1 minute' END, n > 150`,
  ],
  [
    'batch_item',
    'batch_id, position, space_id, part, operation, title, subject_id, state, left_at, changes',
    `${id('batch')}, 0, ${space}, 0, '{}', 'Cancel it', ${id('reminder')}, CASE WHEN n < 100 THEN 'pending' ELSE 'done' END, 2, '[]'`,
  ],
  [
    'import',
    'id, space_id, calendar_id, person_id, format, time_zone, state, held_until, created_at',
    `${id('import')}, ${space}, ${id('calendar')}, ${id('person')}, 'ics', 'UTC', CASE WHEN n < 50 THEN 'waiting' ELSE 'done' END, '2000-01-01', now() - n * interval '1 minute'`,
  ],
  [
    'inbound_message',
    'platform, external_id, raw, held_until, received_at, finished_at',
    `'slack', 'M' || n, '{}', '2000-01-01', now() - n * interval '10 seconds', CASE WHEN n > 10 THEN now() END`,
  ],
  ['transcript_entry', 'id, user_id, at, author, mark', `${id('transcript_entry')}, 'U' || n, now(), 'person', 'mark ' || n`],
  ['outbox', 'topic, payload, created_at', `'change', '{}', now() - n * interval '1 second'`],
  ['import_event', 'import_id, event_id, version', `${id('import', 'n / 20')}, event.id, 1`, 'event'],
  ['alert', 'event_id, person_id, seconds_before', `event.id, ${id('person')}, 600`, 'event'],
  ['invitation', 'id, space_id, capacity', 'event.id, event.space_id, 10', 'event'],
  [
    'card',
    'id, space_id, event_id, person_id, stale_at, held_until, mark, channel',
    `${id('card')}, ${space}, event.id, ${id('person')}, CASE WHEN n < 50 THEN now() END, '2000-01-01', 'M' || n, 'C' || n`,
    'event',
  ],
  [
    'event_override',
    'event_id, recurrence_id, starts_at, ends_at',
    `series.id, series.start_wall + n % 4 * interval '7 days', series.starts_at + n % 4 * interval '7 days', series.ends_at + n % 4 * interval '7 days'`,
    'series',
  ],
]

/** Gives 10,000 people some of everything that is kept beside events and reminders. There have to be events. */
export async function fillOthers(database: Database): Promise<void> {
  const statements = fillings.map(([table, columns, values, from]) => {
    const joined = from === undefined ? '' : `JOIN ${from} ON ${from}.place = ${from === 'series' ? 'n / 4' : 'n'}`
    return `INSERT INTO ${table} (${columns}) SELECT ${values} FROM generate_series(0, ${rows - 1}) AS n ${joined} ON CONFLICT DO NOTHING;`
  })
  const numbered = (name: string, where: string) =>
    `CREATE TEMP TABLE ${name} AS SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM public.event ${where} LIMIT ${rows};`
  await database.$executeRawUnsafe(`DO $$ BEGIN
    INSERT INTO space (id, platform, external_id) SELECT ${id('space')}, 'slack', 'T' || n FROM generate_series(0, ${rows / 100 - 1}) AS n;
    ${numbered('series', 'WHERE rrule IS NOT NULL')}
    ${numbered('event', '')}
    ${statements.join('\n')}
    DROP TABLE event, series;
  END $$`)
  await database.$executeRawUnsafe('ANALYZE')
}
