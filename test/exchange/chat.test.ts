import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createActions } from '#core/actions.ts'
import type { News } from '#core/news.ts'
import type { Reply } from '#core/reply.ts'
import { hashOfSecret } from '#core/secrets.ts'
import { refresh } from '#jobs/handlers/feed.ts'
import { importFile } from '#jobs/handlers/import.ts'
import { createLanguage } from '#language/language.ts'
import { Prisma } from '#store/generated/client.ts'
import { createExchange } from '../../src/exchange.ts'
import { createNews } from '../../src/news.ts'
import { calendar, vevent } from '../calendar/ical/files.ts'
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

const download = async () => ({ kind: 'refused', why: 'no platform is here' }) as const
const tell = (news: News) => createNews({ store: world.stores.store, act: world.engine.act })(news)

async function lastTold() {
  const row = await world.database.reminder.findFirst({ where: { notice: { not: Prisma.DbNull } }, orderBy: { createdAt: 'desc' } })
  return answerIn(row?.notice as unknown as Reply)
}

const named = (uid: string, title: string, day: string, ...more: readonly string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `SUMMARY:${title}`,
  `DTSTART:202612${day}T090000Z`,
  'DURATION:PT1H',
  ...more,
  'END:VEVENT',
]

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

describe('an import by address', () => {
  it('says how far it is and what came of it', async () => {
    const begun = await ann.says('import https://example.org/team.ics')
    expect((await ann.presses(begun.button('How far is it?'))).words).toContain('not begun')
    const request = await world.stores.imports.take()
    if (!request) throw new Error('nothing to import')
    expect(request).toMatchObject({ url: 'https://example.org/team.ics', timeZone: 'Europe/Berlin' })
    const bytes = calendar(...vevent('DTSTART:20261130T090000Z', 'DURATION:PT1H'), 'rubbish')
    const fetch = async () => ({ kind: 'fetched', bytes, etag: null, lastModified: null }) as const
    await importFile(request, { ...world.stores, fetch, clock: { now: () => world.now }, alertsOf: async () => undefined, tell, download })
    const ended = await ann.presses(begun.button('How far is it?'))
    expect(ended.words).toContain('1 new, 0 changed, 0 known already, 1 left out')
    expect(ended.words).toContain('Line 9')
    expect((await bob.presses(begun.button('How far is it?'))).words).toContain('nothing of that import')
  })

  it('is stopped midway: what is in stays, and is taken back by its button', async () => {
    const begun = await ann.says('import https://example.org/large.ics')
    const request = await world.stores.imports.take()
    if (!request) throw new Error('nothing to import')
    const many = Array.from({ length: 1_001 }, (_, index) => named(`large-${index}`, 'Large', '07')).flat()
    const fetch = async () => ({ kind: 'fetched', bytes: calendar(...many), etag: null, lastModified: null }) as const
    // The button is pressed while the first thousand come in.
    const { contents } = world.stores
    const pressing: typeof contents = {
      ...contents,
      async put(...what) {
        const counts = await contents.put(...what)
        expect((await bob.presses(begun.button('Stop'))).words).toContain('nothing of that import')
        expect((await ann.presses(begun.button('Stop'))).words).toContain('stopping it')
        return counts
      },
    }
    const clock = { now: () => world.now }
    await importFile(request, { ...world.stores, contents: pressing, fetch, clock, alertsOf: async () => undefined, tell, download })
    const told = await lastTold()
    expect(told.words).toMatch(/Stopped after 1,000 of 1,001: 1,?000 new/)
    expect((await ann.presses(begun.button('Stop'))).words).toMatch(/Stopped after 1,000/)
    expect((await ann.presses(told.button('Undo'))).words).toMatch(/1000 events taken out again/)
    const waiting = await ann.says('import https://example.org/other.ics')
    expect((await ann.presses(waiting.button('Stop'))).words).toContain('Stopped before anything came in')
    expect(await world.stores.imports.take()).toBeUndefined()
  })

  it('is told when it is over, and taken back as a whole but for what was changed since', async () => {
    const first = calendar(...named('one', 'Tea', '07', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT10M', 'END:VALARM'))
    const run = async (bytes: Uint8Array) => {
      await ann.says('import https://example.org/team.ics')
      const request = await world.stores.imports.take()
      if (!request) throw new Error('nothing to import')
      const fetch = async () => ({ kind: 'fetched', bytes, etag: null, lastModified: null }) as const
      await importFile(request, {
        ...world.stores,
        fetch,
        clock: { now: () => world.now },
        alertsOf: async () => undefined,
        tell,
        download,
      })
      return lastTold()
    }
    const titles = async () =>
      (await world.database.event.findMany({ where: { uid: { in: ['one', 'two', 'three'] } } })).map(({ title }) => title).toSorted()
    await run(first)
    const told = await run(calendar(...named('one', 'Green tea', '07'), ...named('two', 'Cake', '08'), ...named('three', 'Pie', '09')))
    expect(told.words).toContain('Imported: 2 new, 1 changed')
    expect(await titles()).toEqual(['Cake', 'Green tea', 'Pie'])
    expect((await ann.says('rename pie to Apple pie')).words).toContain('Apple pie')
    expect((await bob.presses(told.button('Undo'))).words).toContain('not yours')
    const undone = await ann.presses(told.button('Undo'))
    expect(undone.words).toMatch(/1 event taken out again, and 1 is as before. 1 was changed since, and stays/)
    expect(await titles()).toEqual(['Apple pie', 'Tea'])
    expect(await world.database.alert.count({ where: { event: { uid: 'one' } } })).toBe(1)
    expect((await ann.presses(told.button('Undo'))).words).toContain('taken back already')
    const again = await run(calendar(...named('four', 'Scones', '10')))
    expect((await ann.says('undo')).words).toMatch(/1 event taken out again/)
    expect((await ann.presses(again.button('Undo'))).words).toContain('taken back already')
    expect((await ann.says('undo')).words).not.toContain('taken out again')
  })

  it('is of a file that is sent without words, or with words about it, and of no other', async () => {
    const place = { platform: 'slack', space: 'T1', channel: 'D-U-ANN', kind: 'direct' } as const
    const files = [{ name: 'Team.CSV', url: 'https://files.slack.com/1', bytes: 400 }]
    const author = { id: 'U-ANN', name: 'Ann', timeZone: 'Europe/Berlin' }
    const sends = (text: string, sent = files) =>
      world.handle({
        kind: 'sentence',
        id: `file ${text}`,
        at: world.now,
        place,
        author,
        text,
        addressed: true,
        private: false,
        files: sent,
      })
    expect(await sends('')).toMatchObject({ intent: 'batch.import', outcome: 'asked' })
    expect(await world.stores.imports.take()).toMatchObject({ format: 'csv', platform: 'slack', url: 'https://files.slack.com/1' })
    expect(await sends('import this file please')).toMatchObject({ intent: 'batch.import', outcome: 'asked' })
    expect(await sends('remind me tomorrow at 9 to read this')).toMatchObject({ intent: 'reminder.create' })
    const large = await sends('here', [{ ...files[0], name: 'all.ics', url: '', bytes: 1e9 }])
    expect(large.outcome).toBe('refused')
    await world.database.import.updateMany({ data: { state: 'failed' } })
  })

  it('needs an address', async () => {
    expect((await ann.says('import my calendar')).words).toContain('import https://example.org/calendar.ics')
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
