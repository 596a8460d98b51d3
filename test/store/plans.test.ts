import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventScope, EventSearch, EventWindow } from '#core/ports.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { createEventReads, withinSql } from '#store/events.ts'
import { Prisma } from '#store/generated/client.ts'
import { nearlySql, wordsSql } from '#store/search.ts'
import { openTestDatabase } from '../support/database.ts'
import { fillEvents, type ManyEvents } from '../support/many-events.ts'

const stack = new AsyncDisposableStack()
let database: Database
let many: ManyEvents

beforeAll(async () => {
  database = stack.use(await openDatabase(stack.use(await openTestDatabase()).url)).database
  many = await fillEvents(database, 100_000, 50)
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

describe('a search', () => {
  it('puts what is to come before what is over, and finds nothing for words that are none', async () => {
    const found = await createEventReads(database).events.search(team(), search('word3'))
    const over = found.map(({ coversUntil }) => Temporal.Instant.compare(coversUntil, now) < 0)
    expect(found.length).toBeGreaterThan(5)
    expect(over).toEqual(over.toSorted())
    expect(wordsSql(team(), search('  &|!():* '))).toBeUndefined()
  })
})
