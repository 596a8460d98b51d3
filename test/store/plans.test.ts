import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import type { EventScope, EventSearch, EventWindow } from '#core/ports.ts'
import { createSeal } from '#core/secrets.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { createEventReads, withinSql } from '#store/events.ts'
import { Prisma } from '#store/generated/client.ts'
import { toDate } from '#store/instants.ts'
import { overdue } from '#store/overdue.ts'
import { nearlySql, wordsSql } from '#store/search.ts'
import { createStores, type Stores } from '#store/store.ts'
import { openTestDatabase } from '../support/database.ts'
import { fillEvents, type ManyEvents } from '../support/many-events.ts'
import { fillReminders, type ManyReminders } from '../support/many-reminders.ts'
import { secret } from '../support/world.ts'

const stack = new AsyncDisposableStack()
let database: Database
let many: ManyEvents
let reminders: ManyReminders
let stores: Stores
let url: string
const query_ = pg.Client.prototype.query

beforeAll(async () => {
  url = stack.use(await openTestDatabase()).url
  database = stack.use(await openDatabase(url)).database
  many = await fillEvents(database, 100_000, 50)
  reminders = await fillReminders(database, 100_000, now)
  const broadcast = createMemoryBroadcast()
  const scheduler = { schedule: async () => undefined }
  const parts = { clock: { now: () => now }, seal: createSeal(secret), broadcast, scheduler, onEffectFailed: () => undefined }
  stores = stack.use(createStores(database, parts))
}, 120_000)
afterAll(() => stack.disposeAsync())

async function planOf(query: Prisma.Sql | undefined): Promise<string> {
  if (!query) throw new Error('there is no query')
  const lines = await database.$queryRaw<{ 'QUERY PLAN': string }[]>(Prisma.sql`EXPLAIN ${query}`)
  return lines.map((line) => line['QUERY PLAN']).join('\n')
}

const now = Temporal.Instant.from('2026-06-01T00:00Z')
const days = (count: number): EventWindow => ({ from: now, to: now.add({ hours: 24 * count }), limit: 500 })
const search = (words: string): EventSearch => ({ words, now, limit: 20 })
const team = (): EventScope => ({ spaceId: many.spaceId, calendarIds: [many.teamId] })
const own = (): EventScope => ({ spaceId: many.spaceId, calendarIds: many.calendarIds.slice(0, 1) })
const invited = (): EventScope => ({ ...own(), invited: many.personId })
const several = (): EventScope => ({ spaceId: many.spaceId, calendarIds: many.calendarIds.slice(0, 10) })

const byRange = /event_single[\s\S]*event_long[\s\S]*event_series/
const byWords = /event_search/
const byLikeness = /event_trigrams/
const byPerson = /attendee_person_id_event_id_idx/

describe('at 100,000 events', () => {
  it.each<[string, () => Prisma.Sql | undefined, RegExp]>([
    ['a day of a calendar of one person', () => withinSql(own(), days(1)), byRange],
    ['a day of a large calendar', () => withinSql(team(), days(1)), byRange],
    ['a month of a large calendar', () => withinSql(team(), days(30)), byRange],
    ['a week of ten calendars', () => withinSql(several(), days(7)), byRange],
    ['a week with what somebody is invited to', () => withinSql(invited(), days(7)), byPerson],
    ['a search for a rare word', () => wordsSql(team(), search('word4711')), byWords],
    ['a search for two words', () => wordsSql(team(), search('word31 word42')), byWords],
    ['a search by the beginning of a word in several calendars', () => wordsSql(several(), search('word471')), byWords],
    ['a search for what is nearly right', () => nearlySql(team(), search('wrod4711')), byLikeness],
  ])('%s reads by its index, and never the whole table', async (_, query, index) => {
    const plan = await planOf(query())
    expect(plan).toMatch(index)
    expect(plan).not.toMatch(/Seq Scan on event\b/)
  })
})

describe('at 100,000 reminders', () => {
  const soon = now.add({ minutes: 15 })
  const first = () => [reminders.spaceId, reminders.ownerIds[3] ?? ''] as const
  const page = { offset: 0, limit: 10 }
  const limits = { leaseSeconds: 30, notBefore: now.subtract({ hours: 168 }), reminders: 20, characters: 2_000 }

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['the sweep', () => stores.deliveries.dueBefore(soon, 20_000), /reminder_due_at_idx/],
    ['what is overdue', () => overdue(database, now), /reminder_due_at_idx/],
    ['the open ones of a person', () => stores.store.reminders.open(...first(), 20), /reminder_space_id_owner_id/],
    ['the done ones of a person', () => stores.store.reminders.ofKind(...first(), 'done', page), /reminder_space_id_owner_id/],
    ['how many a person has', () => stores.store.reminders.countScheduled(...first()), /reminder_space_id_owner_id/],
    ['one that is due, and its company', () => claimed(limits), /reminder_due_at_idx/],
    ['what was given up on', () => stores.deadLetters.list({ limit: 50 }), /delivery_failed/],
  ])('%s reads by an index, and never the whole table', async (_, ask, index) => {
    const plans = await plansOf(ask)
    expect(plans).toMatch(index)
    expect(plans).not.toMatch(/Seq Scan on (?:public\.)?reminder\b/)
  })

  async function claimed(claim: typeof limits): Promise<unknown> {
    const row = await database.reminder.findFirstOrThrow({ where: { dueAt: { gt: toDate(now) } }, orderBy: { dueAt: 'asc' } })
    const loaded = await stores.deliveries.load(row.spaceId, row.id)
    const to = loaded?.reminder.recipients[0]
    return loaded && to && stores.deliveries.claim(loaded.reminder, to, claim)
  }
})

/** How Postgres goes about every statement about reminders and tellings that a call makes. */
async function plansOf(ask: () => Promise<unknown>): Promise<string> {
  const asked: { readonly text: string; readonly values: readonly unknown[] }[] = []
  const watched = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [query] = args
    if (typeof query === 'object' && query !== null && 'text' in query && 'values' in query) asked.push(query as (typeof asked)[number])
    return Reflect.apply(query_, this, args)
  })
  await ask()
  watched.mockRestore()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const plans: string[] = []
    await client.query('SET enable_seqscan = on')
    for (const { text, values } of asked) {
      if (!/reminder|delivery/.test(text)) continue
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, [...values])
      plans.push(...rows.map((row) => row['QUERY PLAN']))
    }
    return plans.join('\n')
  } finally {
    await client.end()
  }
}

describe('a search', () => {
  it('puts what is to come before what is over, and finds nothing for words that are none', async () => {
    const found = await createEventReads(database).events.search(team(), search('word3'))
    const over = found.map(({ coversUntil }) => Temporal.Instant.compare(coversUntil, now) < 0)
    expect(found.length).toBeGreaterThan(5)
    expect(over).toEqual(over.toSorted())
    expect(wordsSql(team(), search('  &|!():* '))).toBeUndefined()
  })
})
