import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createActions } from '#core/actions.ts'
import { createLanguage } from '#language/language.ts'
import { owned } from '#store/personal.ts'
import { createExchange } from '../../src/exchange.ts'
import { openWorld, type Somebody, secret, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let bob: Somebody
beforeAll(async () => {
  world = await openWorld()
  ann = world.person('U-ANN', { name: 'Ann Ricotta', timeZone: 'Europe/Berlin' })
  bob = world.person('U-BOB', { name: 'Bob Zander', timeZone: 'UTC' })
  await bob.says('hello')
  await ann.says('hello')
})
afterAll(() => world[Symbol.asyncDispose]())

async function tables(): Promise<readonly string[]> {
  const rows = await world.database.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
  return rows.map(({ name }) => name)
}

/** The tables in which some words stand anywhere. */
async function mention(words: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of await tables()) {
    const [row] = await world.database.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM "${name}" t WHERE strpos(t::text, $1) > 0`,
      words,
    )
    if (row && row.count > 0) found.push(name)
  }
  return found
}

describe('words about all that is kept', () => {
  const { understand } = createLanguage()
  const read = (text: string) =>
    understand({ text, now: Temporal.Instant.from('2026-11-26T09:00:00Z'), timeZone: 'UTC', locale: 'en-US', addressed: true })
  it.each([
    ['export my data', 'batch.export'],
    ['please give me a copy of everything you know about me', 'batch.export'],
    ['delete my data', 'batch.cancel'],
    ['Erase all of my personal data, please.', 'batch.cancel'],
    ['forget everything you know about me', 'batch.cancel'],
  ])('%s', (text, intent) => {
    expect(read(text)).toMatchObject({ intent, content: 'data' })
  })
  it.each(['delete the data review tomorrow', 'remind me to export my data', 'send me the report', 'remove the account meeting'])(
    '%s is about something else',
    (text) => {
      expect(read(text).content).not.toBe('data')
    },
  )
})

describe('a person’s data', () => {
  it('is of every table that says whose a row is', async () => {
    const rows = await world.database.$queryRaw<{ table: string; column: string }[]>`
      SELECT table_name AS table, column_name AS column FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name IN ('person_id', 'owner_id', 'actor_id', 'organiser_id')`
    const known = owned.map(([table, column]) => `${table}.${column}`)
    expect(known.toSorted()).toEqual(rows.map(({ table, column }) => `${table}.${column}`).toSorted())
  })

  it('is given out by a link that works once, without what would open anything', async () => {
    await ann.says('dentist tomorrow at 9:00')
    await ann.says('note: the cellar key hangs left')
    await ann.says('my calendar link')
    const answer = await ann.says('export my data')
    expect(answer.reply?.visibility).toBe('author')
    const spans = answer.reply?.blocks.flatMap((block) => (block.kind === 'text' ? block.text : [])) ?? []
    const link = spans.find((span) => typeof span !== 'string' && span.kind === 'link')
    const token = typeof link === 'object' && link.kind === 'link' ? (link.url.split('/').at(-1) ?? '') : ''
    const exchange = createExchange({ ...world.stores, clock: { now: () => world.now }, actions: createActions(secret) })
    const file = await exchange.file(token)
    expect(file?.fileName).toBe('my-data.json')
    const data = JSON.parse(file?.body ?? '') as Record<string, readonly Record<string, unknown>[]>
    expect(data.event?.map(({ title }) => title)).toEqual(['dentist'])
    expect(data.note?.map(({ body }) => body)).toEqual(['the cellar key hangs left'])
    expect(data.person?.[0]).toMatchObject({ name: 'Ann Ricotta' })
    expect(file?.body).not.toContain('feed_secret_hash')
    expect(await exchange.file(token)).toBeUndefined()
  })

  it('is erased after two confirmations, and of others only the name goes', async () => {
    await bob.says('planning tomorrow at 14:00 with <@U-ANN>')
    await bob.says('invite Ann to the planning')
    await ann.says('remind me in 5 minutes to stretch')
    const asked = await ann.says('delete my data')
    expect(asked.words).toContain('1 event, 1 reminder, 0 todos on 1 list, 1 note, 1 calendar')
    const again = await ann.presses(asked.button(/Erase all/))
    expect((await bob.presses(again.button(/Yes/))).words).toContain('for somebody else')
    expect((await ann.presses(again.button('Keep it'))).words).toBe('Nothing was erased.')
    const person = await world.database.person.findFirstOrThrow({ where: { name: 'Ann Ricotta' } })
    const came = await world.database.attendee.count({ where: { personId: person.id } })
    expect(came).toBe(1)

    expect((await ann.presses(again.button(/Yes/))).words).toContain('Everything is erased')
    expect(await mention(person.id)).toEqual([])
    expect(await mention('Ann Ricotta')).toEqual([])
    expect(await mention('cellar key')).toEqual([])
    expect(await world.database.attendee.count({ where: { name: { startsWith: 'Somebody (' } } })).toBe(1)
    expect((await bob.says('what is on tomorrow')).words).toContain('planning')
    expect((await ann.says('list my notes')).words).toContain('no notes')
  })
})
