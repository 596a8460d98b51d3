import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { calendar, read, vevent } from '../calendar/ical/files.ts'
import { example, openStation, type Station, serve } from './station.ts'

let station: Station
beforeAll(async () => {
  station = await openStation()
})
afterAll(() => station[Symbol.asyncDispose]())
beforeEach(async () => {
  await station.database.event.deleteMany()
})

const one = (uid: string, ...lines: readonly string[]) => ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT']
const standup = one(
  'standup@example.org',
  'SUMMARY:Standup',
  'DTSTART;TZID=Europe/Berlin:20261102T090000',
  'DTEND;TZID=Europe/Berlin:20261102T091500',
  'RRULE:FREQ=WEEKLY;COUNT=8',
  'EXDATE;TZID=Europe/Berlin:20261109T090000',
  'ATTENDEE;CN=Jane;PARTSTAT=ACCEPTED:mailto:jane@example.org',
  'BEGIN:VALARM',
  'TRIGGER:-PT10M',
  'END:VALARM',
)
const moved = one(
  'standup@example.org',
  'SUMMARY:Standup, late',
  'RECURRENCE-ID;TZID=Europe/Berlin:20261116T090000',
  'DTSTART;TZID=Europe/Berlin:20261116T150000',
  'DURATION:PT15M',
)
const holiday = one('holiday@example.org', 'SUMMARY:Holiday', 'DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227')
const orphan = one('lost@example.org', 'SUMMARY:Lost', 'RECURRENCE-ID:20261120T100000Z', 'DTSTART:20261120T110000Z', 'DURATION:PT1H')
const counts = ({ created, changed, same, skipped }: Awaited<ReturnType<Station['imports']>>) => ({ created, changed, same, skipped })

describe('an imported calendar', () => {
  it('is in the agenda: series, moved occurrences, whole days', async () => {
    expect(counts(await station.imports(calendar(...standup, ...moved, ...holiday, ...orphan)))).toEqual({
      created: 3,
      changed: 0,
      same: 0,
      skipped: 0,
    })
    const { id, spaceId } = await station.calendar()
    const from = Temporal.Instant.from('2026-11-01T00:00Z')
    const { series } = await station.stores.store.events.within(
      { spaceId, calendarIds: [id] },
      { from, to: from.add({ hours: 24 * 60 }), limit: 100 },
    )
    expect(
      series.map(({ title, startsAt, coversUntil, recurrenceId }) => `${title} ${startsAt} ${coversUntil} ${recurrenceId}`).toSorted(),
    ).toEqual([
      'Holiday 2026-12-24T00:00:00Z 2026-12-27T00:00:00Z null',
      'Lost 2026-11-20T11:00:00Z 2026-11-20T12:00:00Z 2026-11-20T10:00:00',
      'Standup 2026-11-02T08:00:00Z 2026-12-21T08:15:00Z null',
    ])
    expect(series.find(({ title }) => title === 'Standup')?.overrides).toMatchObject([
      { title: 'Standup, late', location: null, durationSeconds: null },
    ])
  })

  it('changes nothing when it is imported again', async () => {
    const file = calendar(...standup, ...moved, ...holiday, ...orphan)
    await station.imports(file)
    const before = await everything()
    expect(counts(await station.imports(file))).toEqual({ created: 0, changed: 0, same: 3, skipped: 0 })
    expect(await everything()).toEqual(before)
  })

  it('takes over what is newer in the file, and leaves what is newer here', async () => {
    const version = (sequence: number, title: string) =>
      calendar(...one('v@example.org', `SEQUENCE:${sequence}`, `SUMMARY:${title}`, 'DTSTART:20261201T090000Z'))
    await station.imports(version(2, 'second'))
    expect(counts(await station.imports(version(3, 'third')))).toMatchObject({ changed: 1 })
    expect(counts(await station.imports(version(1, 'first')))).toMatchObject({ changed: 0, same: 1 })
    expect((await station.database.event.findMany()).map(({ title, version: own }) => `${title} ${own}`)).toEqual(['third 2'])
  })

  it('brings its guests and alarms anew when they changed, each once', async () => {
    await station.imports(calendar(...standup))
    const changed = standup.with(7, 'ATTENDEE;CN=Jane;PARTSTAT=DECLINED:mailto:jane@example.org').with(9, 'TRIGGER:-PT30M')
    expect(counts(await station.imports(calendar(...changed)))).toMatchObject({ changed: 1 })
    expect((await station.database.attendee.findMany()).map(({ email, response }) => `${email} ${response}`)).toEqual([
      'jane@example.org declined',
    ])
    expect((await station.database.alert.findMany()).map(({ secondsBefore }) => secondsBefore)).toEqual([1_800])
  })

  it('leaves alone what another space calls by the same UID', async () => {
    const theirs = await station.stores.store.people.meet(
      { platform: 'slack', space: 'T9', channel: 'D1', kind: 'direct' },
      { id: 'U1', name: 'Bob' },
    )
    await station.imports(calendar(...holiday))
    const [row] = await station.database.event.findMany()
    if (!row) throw new Error('no event')
    await station.database.event.update({
      where: { id: row.id },
      data: { spaceId: theirs.space.id, calendarId: theirs.person.calendarId, organiserId: theirs.person.id, title: 'Theirs' },
    })
    expect(counts(await station.imports(calendar(...holiday)))).toMatchObject({ created: 1 })
    expect((await station.database.event.findMany({ orderBy: { title: 'asc' } })).map(({ title }) => title)).toEqual(['Holiday', 'Theirs'])
    expect(await station.exported()).not.toContain('Theirs')
  })

  it('goes out again as it came in', async () => {
    const file = calendar(...standup, ...moved, ...holiday, ...orphan)
    await station.imports(file, 'text/calendar', '?timeZone=Europe/Paris')
    const plain = (bytes: Uint8Array) =>
      JSON.parse(JSON.stringify(read(bytes).events.toSorted((a, b) => (a.uid < b.uid ? -1 : 1)))) as unknown
    expect(plain(Buffer.from(await station.exported()))).toEqual(plain(file))
  })

  it('from the command line reads times in the zone of the machine while its person has said none', async () => {
    const source = { format: 'csv', source: Buffer.from('title\n'), url: null, machineZone: 'Asia/Tokyo' } as const
    const begun = await station.exchange.begin('local', source)
    const request = begun.kind === 'begun' ? await station.stores.importWork.take(begun.id) : undefined
    expect(request?.timeZone).toBe('Asia/Tokyo')
  })

  it('tells by line what it left out, and keeps the rest', async () => {
    const answer = await station.imports(calendar(...vevent('DTSTART:never'), 'rubbish', ...holiday))
    expect(counts(answer)).toEqual({ created: 1, changed: 0, same: 0, skipped: 2 })
    expect(answer.remarks.map(({ line, text }) => `${line}: ${text}`)).toEqual([
      '6: “Tea” has no start that can be read.',
      '8: This line is no property: “rubbish”.',
    ])
  })

  it('comes as a table too, and goes out as one', async () => {
    expect(counts(await station.imports('title,start,end\n=cmd(),2026-12-01 10:00,2026-12-01 11:00\n', 'text/csv'))).toMatchObject({
      created: 1,
    })
    expect(await station.exported('?format=csv')).toContain(`,'=cmd(),2026-12-01 10:00,2026-12-01 11:00,no,`)
  })
})

describe('a preview for a program', () => {
  const confirms = async (id: string) => {
    const answer = await fetch(`${station.url}/api/import/${id}`, { method: 'POST' })
    return [answer.status, ((await answer.json()) as { readonly code?: string }).code]
  }
  const file = calendar(...standup, ...holiday, ...one('bad', 'DTSTART:never'))

  it('says what would come of it, and does nothing until it is confirmed, once', async () => {
    const id = await station.sends(file, 'text/calendar', '?preview=true')
    expect(await confirms(id)).toEqual([409, 'import_unread'])
    const looked = { created: 2, changed: 0, same: 0, skipped: 1, done: 0, days: { first: '2026-11-02', last: '2026-12-26' } }
    expect(await station.works(id)).toMatchObject({
      state: 'previewed',
      total: 2,
      ...looked,
      remarks: [{ text: expect.stringContaining('no start') }],
    })
    expect(await station.database.event.count()).toBe(0)
    expect([await confirms(id), await confirms(id)]).toEqual([
      [202, undefined],
      [202, undefined],
    ])
    expect(await station.works(id)).toMatchObject({ state: 'done', created: 2, done: 2 })
    expect(await confirms(id)).toEqual([202, undefined])
    expect(await station.works(id).catch(String)).toContain('nothing to do')
    const again = await station.sends(file, 'text/calendar', '?preview=true')
    expect(await station.works(again)).toMatchObject({ state: 'done', created: 0, changed: 0, same: 2 })
  })

  it('asks an address once: what was looked at comes in, whatever it has by then', async () => {
    let asked = 0
    const server = await serve((_, response) => void response.end(++asked === 1 ? file : 'gone'))
    const body = JSON.stringify({ url: `http://${example}:${server.port}/team.ics` })
    const id = await station.sends(body, 'application/json', '?preview=true')
    expect(await station.works(id)).toMatchObject({ state: 'previewed', created: 2, skipped: 1 })
    await server[Symbol.asyncDispose]()
    await confirms(id)
    expect(await station.works(id)).toMatchObject({ state: 'done', created: 2 })
    expect(asked).toBe(1)
    expect(await station.database.import.findUnique({ where: { id } })).toMatchObject({ source: null, url: null })
  })

  it('is cancelled, and survives whoever reads it', async () => {
    const id = await station.sends(file, 'text/calendar', '?preview=true')
    await station.stores.importWork.take(id)
    await station.database.import.update({ where: { id }, data: { heldUntil: new Date(0) } })
    expect(await station.works(id)).toMatchObject({ state: 'previewed', created: 2 })
    expect((await fetch(`${station.url}/api/import/${id}`, { method: 'DELETE' })).status).toBe(202)
    expect(await station.asks(id)).toMatchObject({ state: 'cancelled' })
    expect(await confirms(id)).toEqual([409, 'import_over'])
    expect((await fetch(`${station.url}/api/import/${id}`, { method: 'DELETE' })).status).toBe(409)
    expect(await confirms('01a216ef-5bd7-7163-81e9-000000000099')).toEqual([404, 'not_found'])
  })
})

describe('what is no calendar', () => {
  it('is refused with a reason', async () => {
    expect(await station.imports('<html>Sign in</html>')).toMatchObject({
      state: 'failed',
      failure: 'That is a web page, and no iCalendar file.',
    })
    expect(await station.imports('{"url":"http://169.254.169.254/latest"}', 'application/json')).toMatchObject({
      state: 'failed',
      failure: '169.254.169.254 is not on the public internet, so I do not ask it.',
    })
  })

  it.each([
    ['application/json', '{"url":"file:///etc/passwd"}', 400, 'invalid_request'],
    ['application/json', '{}', 400, 'invalid_request'],
    ['image/png', 'x', 415, 'unsupported_media_type'],
    ['text/calendar', 'x'.repeat(27 * 1024 * 1024), 413, 'too_large'],
  ])('is turned away at the door: %s', async (type, body, status, code) => {
    const answer = await fetch(`${station.url}/api/import`, { method: 'POST', headers: { 'content-type': type }, body })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code })
  })

  it('needs a calendar and a zone that exist', async () => {
    const send = (query: string) =>
      fetch(`${station.url}/api/import${query}`, { method: 'POST', headers: { 'content-type': 'text/calendar' }, body: 'x' })
    expect(await (await send('?calendar=Nobody')).json()).toMatchObject({ code: 'not_found' })
    expect(await (await send('?timeZone=Mars/Base')).json()).toMatchObject({ code: 'unknown_time_zone' })
    expect((await fetch(`${station.url}/api/export?calendar=Nobody`)).status).toBe(404)
  })
})

describe('the work on imports', () => {
  it('goes on by itself, and takes over what a dead process left', async () => {
    const { id: calendarId, spaceId, ownerId: personId } = await station.calendar()
    const request = { spaceId, calendarId, personId, format: 'ics', url: null, timeZone: 'UTC', dayFirst: false } as const
    const left = '01a216ef-5bd7-7163-81e9-000000000001'
    await station.stores.store.imports.begin({ ...request, id: left, source: calendar(...holiday) })
    await station.stores.importWork.take(left)
    await station.database.import.update({ where: { id: left }, data: { heldUntil: new Date(0) } })
    await using _ = station.work()
    await expect
      .poll(() => station.stores.store.imports.status(spaceId, personId, left), { timeout: 20_000 })
      .toMatchObject({ state: 'done', created: 1 })

    const next = '01a216ef-5bd7-7163-81e9-000000000002'
    await station.stores.store.imports.begin({ ...request, id: next, source: calendar(...standup) })
    await expect
      .poll(() => station.stores.store.imports.status(spaceId, personId, next), { timeout: 20_000 })
      .toMatchObject({ state: 'done', created: 1 })
  })

  const events = (many: number) =>
    Array.from({ length: many }, (_, each) => one(`event ${each}`, 'SUMMARY:One', 'DTSTART:20261201T090000Z')).flat()
  /** What a worker does that dies before it puts the second thousand into the calendar. */
  async function dies(id: string, state: 'running' | 'stopping'): Promise<void> {
    const { contents } = station.stores
    let steps = 0
    const dying: typeof contents = {
      ...contents,
      put: async (...what) => (++steps === 2 ? Promise.reject(new Error('the process died')) : contents.put(...what)),
    }
    await expect(station.works(id, dying)).rejects.toThrow('the process died')
    await station.database.import.update({ where: { id }, data: { state, heldUntil: new Date(0) } })
  }

  it.each([
    ['goes on where it was', 'running', { state: 'done', done: 1_500, created: 1_500, same: 0 }],
    ['keeps what it brought when it was to stop', 'stopping', { state: 'stopped', done: 1_000, created: 1_000, same: 0 }],
  ] as const)('%s after a crash, with its counts, and can be taken back whole', async (_, state, ends) => {
    const id = await station.sends(calendar(...events(1_500)))
    await dies(id, state)
    expect(await station.works(id)).toMatchObject(ends)
    const { spaceId, ownerId } = await station.calendar()
    expect(await station.stores.store.imports.takeBack(spaceId, ownerId, id)).toMatchObject({ removed: ends.created, kept: 0 })
    expect(await station.database.event.count()).toBe(0)
  })

  it('brings nothing twice when somebody who was taken for dead goes on', async () => {
    const id = await station.sends(calendar(...events(3)))
    const { contents } = station.stores
    const late: typeof contents = {
      ...contents,
      async put(...what) {
        await station.database.import.update({ where: { id }, data: { heldUntil: new Date(0) } })
        expect(await station.works(id)).toMatchObject({ state: 'done', created: 3 })
        return contents.put(...what)
      },
    }
    await expect(station.works(id, late)).rejects.toThrow('further than 0 already')
    expect(await station.works(id).catch(String)).toContain('nothing to do')
    expect(await station.asks(id)).toMatchObject({ state: 'done', created: 3, done: 3 })
  })

  it('gives up on a file that several processes died over', async () => {
    const { id: calendarId, spaceId, ownerId: personId } = await station.calendar()
    const id = '01a216ef-5bd7-7163-81e9-000000000003'
    await station.stores.store.imports.begin({
      id,
      spaceId,
      calendarId,
      personId,
      format: 'ics',
      source: calendar(),
      url: null,
      timeZone: 'UTC',
      dayFirst: false,
    })
    for (const _ of [1, 2, 3]) {
      expect(await station.stores.importWork.take(id)).toBeDefined()
      await station.database.import.update({ where: { id }, data: { heldUntil: new Date(0) } })
    }
    expect(await station.stores.importWork.take(id)).toBeUndefined()
    expect(await station.stores.store.imports.status(spaceId, personId, id)).toMatchObject({ state: 'failed' })
  })

  it('keeps a person from piling up imports', async () => {
    const { id: calendarId, spaceId, ownerId: personId } = await station.calendar()
    const request = {
      spaceId,
      calendarId,
      personId,
      format: 'ics',
      source: calendar(),
      url: null,
      timeZone: 'UTC',
      dayFirst: false,
    } as const
    const ids = [1, 2, 3, 4, 5, 6].map((each) => `01a216ef-5bd7-7163-81e9-00000000001${each}`)
    const begun: string[] = []
    for (const id of ids) begun.push(await station.stores.store.imports.begin({ ...request, id }))
    expect(begun).toEqual(['begun', 'begun', 'begun', 'begun', 'begun', 'too-many'])
    expect(await station.stores.store.imports.begin({ ...request, id: ids[0] ?? '' })).toBe('begun')
    await station.database.import.deleteMany()
  })
})

async function everything(): Promise<unknown> {
  const { database } = station
  const events = await database.event.findMany({ orderBy: { id: 'asc' } })
  const overrides = await database.eventOverride.findMany()
  return [events, overrides, await database.alert.findMany(), await database.attendee.findMany()]
}

describe('what a file says of who comes', () => {
  it('is kept through import and export: organizer, categories, and guests and alarms of one occurrence', async () => {
    const file = calendar(
      'BEGIN:VEVENT',
      'UID:board',
      'SUMMARY:Board',
      'DTSTART;TZID=Europe/Berlin:20270104T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;COUNT=4',
      'ORGANIZER;CN=Maria Duck:mailto:Maria@Example.org',
      'ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED:mailto:bo@example.org',
      'CATEGORIES:Work,Planning\\, yearly',
      'CATEGORIES:Board',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT15M',
      'END:VALARM',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:board',
      'SUMMARY:Board',
      'RECURRENCE-ID;TZID=Europe/Berlin:20270111T090000',
      'DTSTART;TZID=Europe/Berlin:20270111T140000',
      'DURATION:PT1H',
      'ATTENDEE;CN=Bo;PARTSTAT=DECLINED:mailto:bo@example.org',
      'ATTENDEE;CN=Cy:mailto:cy@example.org',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT1H',
      'END:VALARM',
      'END:VEVENT',
    )
    expect(await station.imports(file)).toMatchObject({ created: 1, skipped: 0 })
    const given = (await station.exported()).replaceAll(/\r\n[ \t]/g, '')
    const [, first = '', moved = ''] = given.split('BEGIN:VEVENT').filter((part, index) => index === 0 || part.includes('UID:board'))
    expect(first).toContain('ORGANIZER;CN=Maria Duck:mailto:maria@example.org')
    expect(first).toContain('CATEGORIES:Work,Planning\\, yearly,Board')
    expect(first).toMatch(/PARTSTAT=ACCEPTED:mailto:bo@example\.org/)
    expect(first).toContain('TRIGGER:-PT15M')
    expect(moved).toMatch(/PARTSTAT=DECLINED:mailto:bo@example\.org/)
    expect(moved).toMatch(/PARTSTAT=NEEDS-ACTION:mailto:cy@example\.org/)
    expect([moved.includes('TRIGGER:-PT1H'), moved.includes('TRIGGER:-PT15M')]).toEqual([true, false])
    expect(await station.imports(file)).toMatchObject({ created: 0, changed: 0, same: 1 })
    expect(await station.imports(given)).toMatchObject({ created: 0, changed: 0 })
  })
})
