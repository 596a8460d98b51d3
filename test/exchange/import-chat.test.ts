import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryBot } from '#bots/memory/index.ts'
import { importView } from '#commands/exchange/import-view.ts'
import { createActions } from '#core/actions.ts'
import type { Attached, Place } from '#core/message.ts'
import { startExchange } from '#jobs/exchange.ts'
import { createLog } from '#telemetry/log.ts'
import { calendar } from '../calendar/ical/files.ts'
import { type Answer, answerIn, openWorld, type Somebody, secret, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let bob: Somebody
beforeAll(async () => {
  world = await openWorld()
  ann = world.person('U-ANN', { timeZone: 'Europe/Berlin' })
  bob = world.person('U-BOB')
})
afterAll(() => world[Symbol.asyncDispose]())

const named = (uid: string, title: string, day: string, ...more: readonly string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `SUMMARY:${title}`,
  `DTSTART:202612${day}T090000Z`,
  'DURATION:PT1H',
  ...more,
  'END:VEVENT',
]

describe('an import from chat', () => {
  const bot = createMemoryBot({ now: () => Temporal.Now.instant() })
  /** What the address has; set by each test. */
  let source: () => Promise<Uint8Array> | Uint8Array
  /** Called before each step is put into the calendar. */
  let beforeStep: () => Promise<void>
  const asked: string[] = []
  let work: AsyncDisposable
  beforeAll(async () => {
    work = await startWork()
  })
  afterAll(() => work[Symbol.asyncDispose]())
  beforeEach(() => {
    beforeStep = async () => undefined
    asked.length = 0
  })

  async function startWork(): Promise<AsyncDisposable> {
    const { contents } = world.stores
    const stack = new AsyncDisposableStack()
    stack.use(await bot.start(async (message) => (await world.handle(message)).reply))
    stack.use(
      startExchange({
        ...world.stores,
        contents: { ...contents, put: async (...what) => beforeStep().then(() => contents.put(...what)) },
        async fetch({ url }) {
          asked.push(url)
          return { kind: 'fetched', bytes: await source(), etag: null, lastModified: null }
        },
        async download(platform, url) {
          asked.push(`${platform} ${url}`)
          return source()
        },
        ...{ tell: async () => undefined, clock: { now: () => world.now }, broadcast: world.broadcast, alertsOf: async () => undefined },
        ...{ messengers: [bot], meter: { worked: () => undefined }, log: createLog({ level: 'silent', pretty: false }) },
        viewImport: ({ spaceId, status }) =>
          importView(status, (verb, subject) => createActions(secret).sign(spaceId, { verb, subject, argument: '' })),
        lookEvery: 300,
      }),
    )
    return stack
  }

  const titles = async (...uids: readonly string[]) =>
    (await world.database.event.findMany({ where: { uid: { in: [...uids] } } })).map(({ title }) => title).toSorted()
  const has = (...lines: readonly string[]) => {
    source = () => calendar(...lines)
  }
  const rowOf = () => world.database.import.findFirstOrThrow({ orderBy: { queuedAt: 'desc' } })

  /** What it says in the end, also where that takes longer than whoever asks waits for it. */
  async function rests(answer: Promise<Answer>): Promise<Answer> {
    const now = await answer
    const look = now.button('How far is it?')
    return look ? rests(ann.presses(look)) : now
  }

  it('shows what would come in, by line what not, and does nothing before its person has said so', async () => {
    has(...named('soup', 'Soup', '07'), ...named('stew', 'Stew', '09', 'RRULE:FREQ=WEEKLY'), 'rubbish')
    const shown = await rests(ann.says('import https://example.org/team.ics'))
    expect(shown.outcome).toBe('asked')
    expect(shown.words).toMatch(/Import 2 events from example\.org into Calendar\? Nothing is changed yet/)
    expect(shown.words).toMatch(/New: 2 \| Left out: 1 \| Days: from .*2026.* on, without end \| Soup \| .* \| Stew \| .* \| Line 16/)
    expect(await titles('soup', 'stew')).toEqual([])
    expect((await bob.presses(shown.button('Import 2 events'))).words).toContain('nothing of that import')
    const ended = await rests(ann.presses(shown.button('Import 2 events')))
    expect(ended.words).toContain('Imported: 2 new, 0 changed, 0 known already, 1 left out')
    expect(ended.reply).toMatchObject({ tone: 'done', replaces: true })
    expect(await titles('soup', 'stew')).toEqual(['Soup', 'Stew'])
    // What was read for the preview is what comes in.
    expect(asked).toEqual(['https://example.org/team.ics'])
    expect(await rowOf()).toMatchObject({ state: 'done', source: null, url: null, timeZone: 'Europe/Berlin' })
    expect((await ann.presses(shown.button('Import 2 events'))).words).toContain('Imported: 2 new')
    expect((await ann.presses(shown.button('Cancel'))).words).toContain('Imported: 2 new')
  })

  it('counts by the comparison that decides, and needs nobody for nothing', async () => {
    has(...named('soup', 'Hot soup', '07'), ...named('stew', 'Stew', '09', 'RRULE:FREQ=WEEKLY'), ...named('pie', 'Pie', '10'))
    const shown = await rests(ann.says('import https://example.org/team.ics'))
    expect(shown.words).toMatch(/New: 1 \| Changed: 1 \| Known already: 1 \| Days: .*7.* to .*10/)
    expect(shown.words).toContain('Hot soup | changed:')
    const ended = await rests(ann.presses(shown.button(/Import/)))
    expect(ended.words).toContain('Imported: 1 new, 1 changed, 1 known already')
    const again = await rests(ann.says('import https://example.org/team.ics'))
    expect(again.words).toBe('Nothing to import: all 3 events of example.org are in Calendar already.')
    expect(again.buttons).toEqual([])
    expect((await ann.presses(ended.button('Undo'))).words).toMatch(/1 event taken out again, and 1 is as before/)
    source = () => Buffer.from('<html>Sign in</html>')
    expect((await rests(ann.says('import https://example.org/team.ics'))).words).toBe(
      'Nothing was imported. That is a web page, and no iCalendar file.',
    )
    has()
    expect((await rests(ann.says('import https://example.org/none.ics'))).words).toBe('example.org has no events.')
  })

  it.each(['cancel', 'no thanks', 'never mind'])('is cancelled by “%s”, and cannot be confirmed then', async (words) => {
    has(...named('no', 'No', '07'))
    const shown = await rests(ann.says('import https://example.org/no.ics'))
    expect((await ann.says(words)).words).toBe('Cancelled: nothing of example.org was imported.')
    expect((await ann.presses(shown.button(/Import/))).words).toContain('Cancelled')
    expect((await ann.says('yes')).words).not.toContain('Imported')
    expect(await titles('no')).toEqual([])
    expect(await rowOf()).toMatchObject({ state: 'cancelled', source: null })
  })

  const imported = 'Imported: 1 new, 0 changed, 0 known already.'
  it.each(['yes', 'import', 'Import them all, please', 'import 1 event', 'ok, go ahead'])('is confirmed by “%s”, once', async (words) => {
    has(...named(`word ${words}`, 'Word', '07'))
    const shown = await rests(ann.says('import https://example.org/yes.ics'))
    expect((await rests(ann.says(words))).words).toBe(imported)
    const presses = await Promise.all([1, 2].map(() => rests(ann.presses(shown.button('Import 1 event')))))
    expect(presses.map((each) => each.words)).toEqual([imported, imported])
    expect(await titles(`word ${words}`)).toEqual(['Word'])
    expect((await ann.says('undo')).words).toContain('1 event taken out again')
  })

  it('comes in once from two presses at the same time', async () => {
    has(...named('twice', 'Twice', '07'))
    const shown = await rests(ann.says('import https://example.org/twice.ics'))
    const presses = await Promise.all([1, 2].map(() => rests(ann.presses(shown.button('Import 1 event')))))
    expect(presses.map((each) => each.words)).toEqual([imported, imported])
    expect(await titles('twice')).toEqual(['Twice'])
  })

  it('is stopped midway: what is in stays, and is taken back by its button', async () => {
    has(...Array.from({ length: 1_001 }, (_, index) => named(`large-${index}`, 'Large', '07')).flat())
    const shown = await rests(ann.says('import https://example.org/large.ics'))
    let stopping: Answer | undefined
    beforeStep = async () => {
      const { id, spaceId } = await rowOf()
      const stop = { label: 'Stop', token: createActions(secret).sign(spaceId, { verb: 'import-stop', subject: id, argument: '' }) }
      expect((await bob.presses(stop)).words).toContain('nothing of that import')
      stopping = await ann.presses(stop)
    }
    expect(shown.words).toMatch(/Import 1,001 events.*and 996 more/)
    const ended = await rests(ann.presses(shown.button('Import 1,001 events')))
    expect(stopping?.words).toContain('stopping it')
    expect(ended.words).toMatch(/Stopped after 1,000 of 1,001: 1,000 new/)
    expect((await ann.presses(ended.button('Undo'))).words).toMatch(/1,000 events taken out again/)
  })

  it('waits a day, and then for nobody', async () => {
    has(...named('late', 'Late', '07'))
    const shown = await rests(ann.says('import https://example.org/late.ics'))
    await world.database.import.updateMany({ where: { state: 'previewed' }, data: { heldUntil: new Date(0) } })
    await world.stores.importWork.take()
    expect(await rowOf()).toMatchObject({ state: 'expired', source: null })
    expect((await ann.presses(shown.button(/Import/))).words).toBe(
      'example.org waits no longer to be imported. Send it again if you still want it.',
    )
    for (const each of [1, 2, 3, 4, 5, 6]) expect((await rests(ann.says(`import https://example.org/${each}.ics`))).outcome).toBe('asked')
    const waiting = await world.database.import.findMany({ where: { state: 'previewed' }, orderBy: { queuedAt: 'asc' } })
    const letGo = await world.database.import.findMany({ where: { state: 'expired' }, orderBy: { queuedAt: 'asc' } })
    expect([waiting.length, letGo.length]).toEqual([5, 2])
    expect(letGo.at(-1)?.queuedAt.getTime()).toBeLessThanOrEqual(waiting.at(0)?.queuedAt.getTime() ?? 0)
  })

  describe('that takes long', () => {
    const place: Place = { platform: 'memory', space: 'T2', channel: 'direct:U-CAT', kind: 'direct' }
    const common = { place, author: { id: 'U-CAT', name: 'Cat', timeZone: 'UTC' }, private: false }
    const sends = (id: string, text: string, files: readonly Attached[] = []) =>
      bot.receive({ kind: 'sentence', ...common, at: world.now, id, text, addressed: true, files })
    const last = () => answerIn(bot.messages.at(-1)?.reply ?? { tone: 'tell', visibility: 'place', blocks: [] })

    /** The pause between an answer and its next edition is over. */
    const mayShow = () => world.database.import.updateMany({ data: { shownAt: null } })

    it('is shown in the answer itself as soon as it was read, and so is how it goes and ends', async () => {
      const read = Promise.withResolvers<Uint8Array>()
      source = () => read.promise
      await sends('file', '', [{ name: 'Team.CSV', url: 'https://files.example/1', bytes: 400 }])
      expect(last().words).toMatch(/I am reading Team\.CSV, and show you what would come in/)
      const before = bot.messages.length
      await mayShow()
      read.resolve(Buffer.from('title,start\nTable,2026-12-01 10:00\n'))
      await expect.poll(() => last().words, { timeout: 10_000 }).toMatch(/Import 1 event from Team\.CSV/)
      expect(asked).toEqual(['memory https://files.example/1'])

      const held = Promise.withResolvers<void>()
      const reached = Promise.withResolvers<void>()
      beforeStep = () => {
        reached.resolve()
        return held.promise
      }
      const carrier = bot.messages.at(-1)
      const token = last().button('Import 1 event')?.token ?? ''
      await bot.receive(
        { kind: 'press', ...common, at: world.now, id: 'press', token, carrier: { channel: place.channel, id: carrier?.id ?? '' } },
        carrier,
      )
      await reached.promise
      expect(last().words).toMatch(/0 of 1 event is in|not begun yet/)
      await mayShow()
      // The process dies, and the next one goes on.
      const died = work[Symbol.asyncDispose]()
      held.reject(new Error('the process died'))
      await died
      await world.database.import.updateMany({ where: { state: 'running' }, data: { heldUntil: new Date(0) } })
      beforeStep = async () => undefined
      work = await startWork()
      await expect.poll(() => last().words, { timeout: 10_000 }).toBe('Imported: 1 new, 0 changed, 0 known already.')
      expect(last().buttons).toEqual(['Undo'])
      expect(bot.messages.length).toBe(before)
    })
  })

  it('is of a file that is sent without words, or with words about it, and of no other', async () => {
    const place = { platform: 'slack', space: 'T1', channel: 'D-U-ANN', kind: 'direct' } as const
    const files = [{ name: 'Team.CSV', url: 'https://files.slack.com/1', bytes: 400 }]
    const author = { id: 'U-ANN', name: 'Ann', timeZone: 'Europe/Berlin' }
    const sends = (text: string, sent = files) =>
      world.handle({
        kind: 'sentence',
        ...{ id: `file ${text}`, at: world.now, place, author, text },
        ...{ addressed: true, private: false, files: sent },
      })
    source = () => Buffer.from('title,start\nTea,2026-12-01 10:00\n')
    expect(await sends('')).toMatchObject({ intent: 'batch.import', outcome: 'asked' })
    expect(await sends('import')).toMatchObject({ intent: 'batch.import', outcome: 'asked' })
    expect(asked).toEqual(['slack https://files.slack.com/1', 'slack https://files.slack.com/1'])
    expect(await sends('remind me tomorrow at 9 to read this')).toMatchObject({ intent: 'reminder.create' })
    const large = await sends('here', [{ name: 'all.ics', url: '', bytes: 1e9 }])
    expect(large.outcome).toBe('refused')
  })

  it('needs an address', async () => {
    expect((await ann.says('import my calendar')).words).toContain('import https://example.org/calendar.ics')
  })
})
