import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createActions } from '#core/actions.ts'
import type { News } from '#core/news.ts'
import type { Reply } from '#core/reply.ts'
import { hashOfSecret } from '#core/secrets.ts'
import { refresh } from '#jobs/handlers/feed.ts'
import { createLanguage } from '#language/language.ts'
import { Prisma } from '#store/generated/client.ts'
import { createExchange } from '../../src/exchange.ts'
import { createNews } from '../../src/news.ts'
import { answerIn, openWorld, type Somebody, secret, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let bob: Somebody
beforeAll(async () => {
  world = await openWorld()
  ann = world.person('U-ANN', { timeZone: 'Europe/Berlin' })
  bob = world.person('U-BOB')
})
afterAll(() => world[Symbol.asyncDispose]())

const addressIn = (words: string) => /https:\/\/\S+/.exec(words)?.[0].replace(/[.)]+$/, '') ?? ''
const given = () => createExchange({ ...world.stores, clock: { now: () => world.now }, actions: createActions(secret) })

describe('words about calendars that come and go', () => {
  const { understand } = createLanguage()
  const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  it.each([
    ['export my calendar', 'batch.export', 'ics', null],
    ['Please export my Work calendar as a CSV file.', 'batch.export', 'csv', 'Work'],
    ['download all my events', 'batch.export', 'ics', null],
    ['import https://example.org/a.ics', 'batch.import', 'https://example.org/a.ics', null],
    ['can you import my events from <webcal://example.org/a>?', 'batch.import', 'webcal://example.org/a', null],
    ['import my calendar', 'batch.import', null, null],
    ['subscribe to https://example.org/b.ics as UK holidays', 'calendar.subscribe', 'https://example.org/b.ics', 'UK holidays'],
    ['follow the calendar at webcal://example.org/b', 'calendar.subscribe', 'webcal://example.org/b', null],
    ['my calendar link', 'calendar.link', 'show', null],
    ['what is the address of my Work calendar', 'calendar.link', 'show', 'Work'],
    ['renew my calendar link', 'calendar.link', 'renew', null],
    ['turn off my calendar feed', 'calendar.link', 'off', null],
    ['unsubscribe from UK holidays', 'calendar.unsubscribe', null, 'UK holidays'],
    ['stop following https://example.org/b.ics', 'calendar.unsubscribe', null, 'https://example.org/b.ics'],
    ['my subscriptions', 'calendar.subscribe', 'list', null],
  ])('%s', (text, intent, content, title) => {
    expect(understand({ text, now, timeZone: 'UTC', locale: 'en-US', addressed: true })).toMatchObject({ intent, content, title })
  })

  it.each([
    'remind me to export my calendar tomorrow',
    'import meeting tomorrow at 3',
    'subscribe to the newsletter',
    'my calendar',
    'calendar link meeting tomorrow at 3pm',
    'export the report by Friday',
  ])('%s is something else', (text) => {
    expect(understand({ text, now, timeZone: 'UTC', locale: 'en-US', addressed: true }).intent).not.toMatch(
      /^(?:batch|calendar\.(?:subscribe|link))/,
    )
  })
})

describe('a link to a calendar', () => {
  it('is shown once, is kept as a hash, and opens the calendar until it is renewed or turned off', async () => {
    await ann.says('tea with Bob tomorrow at 3pm')
    const first = await ann.says('my calendar link')
    const address = addressIn(first.words)
    const key = /\/calendar\/([\w-]{32})\.ics$/.exec(address)?.[1] ?? ''
    expect(first.reply?.visibility).toBe('author')
    expect(await world.database.calendar.count({ where: { feedSecretHash: hashOfSecret(key) } })).toBe(1)
    expect(await (await given().feed(key))?.body()).toContain('SUMMARY:tea with Bob')

    const again = await ann.says('give me my calendar link')
    expect(again.words).not.toContain('https://')
    const renewed = await ann.presses(again.button('Make a new link'))
    const newKey = /\/calendar\/([\w-]{32})\.ics/.exec(renewed.words)?.[1] ?? ''
    expect([await given().feed(key), (await given().feed(newKey)) !== undefined]).toEqual([undefined, true])

    expect((await ann.says('turn off my calendar link')).words).toContain('works no more')
    expect(await given().feed(newKey)).toBeUndefined()
  })

  it('is not for others to make', async () => {
    await ann.says('my calendar link')
    const again = await ann.says('my calendar link')
    expect((await bob.presses(again.button('Make a new link'))).words).toContain('not yours')
    expect((await bob.says('my Secret calendar link')).words).toContain('no calendar called Secret')
  })
})

describe('a calendar as a file', () => {
  it('comes by a link that works for an hour', async () => {
    await ann.says('lunch with Zoe on Thursday from 12 to 1')
    const answer = await ann.says('export my calendar as csv')
    expect(answer.reply?.visibility).toBe('author')
    const url = answer.reply?.blocks
      .flatMap((block) => (block.kind === 'text' ? block.text : []))
      .find((span) => typeof span !== 'string' && span.kind === 'link')
    const token = (url && typeof url !== 'string' && url.kind === 'link' ? url.url : '').split('/').at(-1) ?? ''
    expect(await given().file(token)).toMatchObject({ fileName: 'Calendar.csv', body: expect.stringContaining('lunch with Zoe') })
    expect(await given().file(token.replace('csv', 'ics'))).toBeUndefined()
    world.now = world.now.add({ minutes: 61 })
    expect(await given().file(token)).toBeUndefined()
  })
})

const tell = (news: News) => createNews({ store: world.stores.store, act: world.engine.act })(news)

async function lastTold() {
  const row = await world.database.reminder.findFirst({ where: { notice: { not: Prisma.DbNull } }, orderBy: { createdAt: 'desc' } })
  return answerIn(row?.notice as unknown as Reply)
}

describe('who is invited by e-mail', () => {
  it('gets a file that whoever planned it forwards, for two weeks', async () => {
    const made = await ann.says('schedule a review with jo@example.org on Friday at 3pm alert 1 hour before')
    expect(made.words).toMatch(/I send no e-mail: pass review.*\.ics on to jo@example.org yourself/)
    const token = /calendar\/file\/(?<token>[^"]+)/.exec(JSON.stringify(made.reply))?.groups?.token ?? ''
    const file = await given().file(token)
    expect(file?.body).toMatch(/SUMMARY:review/)
    expect(file?.body).toMatch(/ATTENDEE[^\n]*\r?\n?[^\n]*jo@example\.org/)
    expect(file?.body).not.toContain('VALARM')
    expect((await ann.says('find the review meeting')).words).toContain('I send no e-mail')
    world.now = world.now.add({ hours: 15 * 24 })
    expect(await given().file(token)).toBeUndefined()
    world.now = world.now.subtract({ hours: 15 * 24 })
  })
})

describe('a subscription', () => {
  it('is made once, as a calendar of its own', async () => {
    expect((await ann.says('subscribe to webcal://example.org/holidays.ics as Holidays')).words).toContain('Holidays')
    expect((await ann.says('subscribe to webcal://example.org/holidays.ics')).words).toContain('already')
    expect((await ann.says('my subscriptions')).words).toMatch(/Holidays.*example\.org, not read yet/)
    expect(await world.database.calendar.findMany({ where: { name: 'Holidays' }, include: { subscription: true } })).toMatchObject([
      { subscription: { url: expect.stringMatching(/^sealed1\.(?!.*example)/) } },
    ])
  })
})

describe('a feed that is followed', () => {
  it('is told of when it cannot be read, and left with its calendar, which comes back by Undo', async () => {
    await ann.says('subscribe to https://example.net/private-4711.ics as Duties')
    const asked = async (why: string) => {
      world.now = world.now.add({ hours: 30 })
      const taken = await world.stores.subscriptions.take()
      if (!taken) return 'nothing to ask'
      const fetch = async () => ({ kind: 'refused', why, lasting: false }) as const
      return refresh(taken, { ...world.stores, fetch, clock: { now: () => world.now }, alertsOf: async () => undefined, tell })
    }
    const others = await world.database.subscription.updateMany({
      where: { calendar: { name: 'Holidays' } },
      data: { nextAt: new Date('2100-01-01') },
    })
    expect(others.count).toBe(1)
    expect(await asked('example.net answered with an error (404).')).toBe('failed')
    const told = await lastTold()
    expect(told.words).toMatch(/I cannot read Duties from example\.net. example\.net answered with an error/)
    expect(told.words).not.toContain('4711')
    expect((await bob.presses(told.button('Unsubscribe'))).words).toContain('do not follow')
    const left = await ann.says('unsubscribe from duties')
    expect(left.words).toContain('You follow Duties no longer')
    expect(await asked('')).toBe('nothing to ask')
    expect((await ann.presses(left.button('Undo'))).words).toContain('Undone')
    expect((await ann.says('which calendars do I follow')).words).toContain('Duties')
    expect((await ann.presses(told.button('Unsubscribe'))).words).toContain('no longer')
    expect((await ann.says('subscribe to https://example.net/private-4711.ics as Duties')).words).toContain('Done')
    expect((await ann.says('unsubscribe from bowling')).words).toContain('You follow Holidays, Duties')
  })
})
