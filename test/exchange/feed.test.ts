import { execFile } from 'node:child_process'
import { mkdir, mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hashOfSecret } from '#core/secrets.ts'
import { calendar, read } from '../calendar/ical/files.ts'
import { needs } from '../support/require.ts'
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
const tea = one('tea', 'SUMMARY:Tea', 'DTSTART;TZID=Europe/Berlin:20261201T150000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY')
const cake = one('cake', 'SUMMARY:Cake', 'DTSTART:20261202T150000Z', 'DURATION:PT1H', 'CLASS:CONFIDENTIAL')

describe('a private feed', () => {
  const secret = 'a-secret-of-this-test'
  const feed = (headers = {}) => fetch(`${station.url}/calendar/${secret}.ics`, { headers })
  beforeEach(async () => {
    const { id } = await station.calendar()
    await station.database.calendar.update({ where: { id }, data: { feedSecretHash: hashOfSecret(secret), kind: 'personal' } })
    await station.imports(calendar(...tea, ...cake))
  })

  it('needs no more than its address, and says what it is', async () => {
    const answer = await feed()
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
      'private, no-cache',
    ])
    expect(read(Buffer.from(await answer.arrayBuffer())).events.map(({ title }) => title)).toEqual(['Tea', 'Cake'])
  })

  it('is nothing at any other address', async () => {
    expect((await fetch(`${station.url}/calendar/other.ics`)).status).toBe(404)
    expect((await fetch(`${station.url}/calendar/${hashOfSecret(secret)}.ics`)).status).toBe(404)
    expect((await fetch(`${station.url}/calendar/.ics`)).status).toBe(404)
  })

  it('is sent again only after a change, by tag and by date', async () => {
    const first = await feed()
    const etag = first.headers.get('etag') ?? ''
    const since = first.headers.get('last-modified') ?? ''
    expect((await feed({ 'if-none-match': etag })).status).toBe(304)
    expect((await feed({ 'if-none-match': `"other", W/${etag.replace('W/', '')}` })).status).toBe(304)
    const plain = await feed({ 'accept-encoding': 'identity' })
    expect([first.headers.get('content-encoding'), plain.headers.get('content-encoding')]).toEqual(['gzip', null])
    expect(await plain.text()).toBe(await first.text())
    expect((await feed({ 'if-modified-since': since })).status).toBe(304)
    expect((await feed({ 'if-none-match': '"other"', 'if-modified-since': since })).status).toBe(200)

    station.now = station.now.add({ minutes: 5 })
    expect((await feed({ 'if-modified-since': since })).status).toBe(304)
    await station.imports(calendar(...tea.with(2, 'SUMMARY:Coffee')))
    const changed = await feed({ 'if-none-match': etag, 'if-modified-since': since })
    expect(changed.status).toBe(200)
    expect(await changed.text()).toContain('SUMMARY:Coffee')
    expect((await feed({ 'if-modified-since': since })).status).toBe(200)
    expect(Date.parse(changed.headers.get('last-modified') ?? '') - Date.parse(since)).toBe(300_000)
  })

  it('leaves out what was cancelled', async () => {
    await station.database.event.updateMany({ where: { uid: 'cake' }, data: { status: 'cancelled', version: { increment: 1 } } })
    expect(await (await feed()).text()).not.toContain('Cake')
  })

  it('shows others of a shared calendar only when somebody is busy, or nothing', async () => {
    const { id } = await station.calendar()
    await station.database.calendar.update({ where: { id }, data: { kind: 'space', version: { increment: 1 } } })
    await station.database.event.updateMany({ where: { uid: 'tea' }, data: { visibility: 'private', version: { increment: 1 } } })
    const { events } = read(Buffer.from(await (await feed()).arrayBuffer()))
    expect(events.map(({ uid, title }) => `${uid} ${title}`)).toEqual(['cake Busy'])
  })

  const vdirsyncer = needs('vdirsyncer')
  it.skipIf(!vdirsyncer)('is read by vdirsyncer', { timeout: 60_000 }, async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'vdirsyncer-'))
    await mkdir(join(folder.path, 'here'))
    await writeFile(
      join(folder.path, 'config'),
      `[general]\nstatus_path = "${folder.path}/status"\n[pair duck]\na = "here"\nb = "feed"\ncollections = null\n[storage here]\ntype = "filesystem"\npath = "${folder.path}/here"\nfileext = ".ics"\n[storage feed]\ntype = "http"\nurl = "${station.url}/calendar/${secret}.ics"\n`,
    )
    const run = (...words: string[]) =>
      promisify(execFile)(vdirsyncer ?? '', ['-c', join(folder.path, 'config'), ...words], { env: { ...process.env, LC_ALL: 'C.UTF-8' } })
    await run('discover')
    await run('sync')
    const files = await readdir(join(folder.path, 'here'))
    const items = await Promise.all(files.map((file) => readFile(join(folder.path, 'here', file), 'utf8')))
    expect(items.map((item) => /SUMMARY:(.*?)\r?\n/.exec(item)?.[1]).toSorted()).toEqual(['Cake', 'Tea'])
  })
})

describe('a subscription', () => {
  it('is brought to what its feed has, asked politely, and asked less when it fails', async () => {
    let body = calendar('X-WR-CALNAME:Team', ...tea, ...cake)
    let status = 200
    const asked: (string | undefined)[] = []
    await using server = await serve((request, response) => {
      asked.push(request.headers['if-none-match'])
      const etag = `"${body.length}"`
      if (status !== 200) response.writeHead(status).end()
      else if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.writeHead(200, { etag }).end(body)
    })
    const { spaceId, ownerId: personId } = await station.calendar()
    const url = `http://${example}:${server.port}/team.ics`
    const begin = () => station.stores.subscriptions.begin({ spaceId, personId, url, timeZone: 'UTC', name: 'Team' })
    expect([await begin(), await begin()]).toEqual(['new', 'known'])
    const row = () => station.database.subscription.findFirstOrThrow({ where: { personId } })
    const titles = async () =>
      (await station.database.event.findMany({ where: { calendarId: (await row()).calendarId } })).map(({ title }) => title).toSorted()
    const round = async (hours: number) => {
      station.now = station.now.add({ hours })
      const before = asked.length
      await using _ = station.work()
      await expect.poll(() => asked.length, { timeout: 20_000 }).toBe(before + 1)
      await expect
        .poll(async () => (await row()).nextAt.getTime() > station.now.epochMilliseconds + 300_000, { timeout: 20_000 })
        .toBe(true)
    }

    await round(0)
    expect(await titles()).toEqual(['Cake', 'Tea'])
    await round(2)
    expect(asked[1]).toBe(`"${body.length}"`)

    body = calendar(...tea.with(2, 'SUMMARY:Green tea'))
    await round(2)
    expect(await titles()).toEqual(['Green tea'])

    status = 500
    await round(2)
    expect(await titles()).toEqual(['Green tea'])
    expect(await row()).toMatchObject({ failures: 1, failure: expect.stringContaining('answered with an error (500)') })
    await round(2)
    const { nextAt, failures } = await row()
    expect([failures, Math.round((nextAt.getTime() - station.now.epochMilliseconds) / 60_000)]).toEqual([2, 120])
  })
})
