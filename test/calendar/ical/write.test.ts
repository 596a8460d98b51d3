import { execFile } from 'node:child_process'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileEvent } from '#calendar/ical/event.ts'
import { writeCalendar } from '#calendar/ical/write.ts'
import { zoneLines } from '#calendar/ical/write-zone.ts'
import { needs } from '../../support/require.ts'
import { event as anyEvent } from './arbitrary.ts'
import { read } from './files.ts'

const stampedAt = Temporal.Instant.from('2026-11-26T08:00:00Z')
const write = (...events: readonly FileEvent[]) =>
  writeCalendar(
    'Work',
    events.map((each) => ({ ...each, stampedAt })),
  )
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

const tea: FileEvent = {
  uid: 'tea@example.org',
  recurrenceId: null,
  sequence: 2,
  title: 'Tea; cake, and \\ more',
  description: 'First line\nsecond',
  location: 'Kitchen',
  meetingLink: '',
  status: 'confirmed',
  colour: null,
  visibility: 'public',
  transparency: 'opaque',
  allDay: false,
  startWall: Temporal.PlainDateTime.from('2026-03-23T09:00'),
  durationSeconds: 3_600,
  timeZone: 'Europe/Berlin',
  rrule: 'FREQ=DAILY;COUNT=10',
  rdates: [],
  exdates: [Temporal.PlainDateTime.from('2026-03-25T09:00')],
  overrides: [
    {
      recurrenceId: Temporal.PlainDateTime.from('2026-03-26T09:00'),
      title: 'Late tea 🫖',
      description: '',
      location: 'Garden',
      meetingLink: '',
      status: 'confirmed',
      startWall: Temporal.PlainDateTime.from('2026-03-26T15:00'),
      durationSeconds: 1_800,
    },
  ],
  attendees: [{ email: 'jane@example.org', name: 'Doe, "Jane"', response: 'accepted' }],
  alarms: [900],
}

describe('a written calendar', () => {
  it('reads back as what was written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyEvent, { maxLength: 5, selector: ({ uid }) => uid }), (events) => {
        const file = read(Buffer.from(write(...events)))
        // A cancelled occurrence is an exception, and nothing else is told or changed.
        expect(file.remarks).toEqual([])
        expect(plain(file.events)).toEqual(plain(events))
      }),
      { numRuns: 150 },
    )
  })

  it('has only lines of at most 75 octets that end in CRLF, folded between letters', () => {
    fc.assert(
      fc.property(anyEvent, (one) => {
        const text = write(one)
        expect(text.endsWith('\r\n')).toBe(true)
        for (const line of text.slice(0, -2).split('\r\n')) {
          expect(line).not.toMatch(/[\r\n]/)
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line.isWellFormed()).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('says what RFC 5545 says it should', () => {
    const lines = write(tea).replaceAll('\r\n ', '').split('\r\n')
    for (const line of [
      'VERSION:2.0',
      'UID:tea@example.org',
      'DTSTAMP:20261126T080000Z',
      'DTSTART;TZID=Europe/Berlin:20260323T090000',
      'DTEND;TZID=Europe/Berlin:20260323T100000',
      'RRULE:FREQ=DAILY;COUNT=10',
      'EXDATE;TZID=Europe/Berlin:20260325T090000',
      'RECURRENCE-ID;TZID=Europe/Berlin:20260326T090000',
      'SUMMARY:Tea\\; cake\\, and \\\\ more',
      'DESCRIPTION:First line\\nsecond',
      `ATTENDEE;CN="Doe, ^'Jane^'";PARTSTAT=ACCEPTED:mailto:jane@example.org`,
      'TRIGGER:-PT15M',
    ])
      expect(lines).toContain(line)
    expect(lines.indexOf('BEGIN:VTIMEZONE')).toBeLessThan(lines.indexOf('BEGIN:VEVENT'))
  })

  it('never lets a title or a name begin a line of its own', () => {
    const evil = { ...tea, title: 'a\r\nEND:VEVENT\nBEGIN:VALARM', uid: 'x\r\nSUMMARY:y', meetingLink: 'https://e.org/\r\nSUMMARY:z' }
    const text = write({ ...evil, attendees: [{ email: 'a@b.c\r\nX:1', name: 'n\r\nX:2', response: 'accepted' }] })
    expect(text.match(/^(?:SUMMARY:(?:y|z)|X:\d)/gm)).toBeNull()
    expect(text.match(/^BEGIN:VEVENT/gm)).toHaveLength(2)
  })
})

describe('a written time zone', () => {
  it.each([
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'America/Vancouver',
    'Europe/Dublin',
  ])('has the clock of %s, whatever it is called', (zone) => {
    const definition = zoneLines(zone, 2017, 2026).map((line) => line.replace(`TZID:${zone}`, 'TZID:Somewhere'))
    for (const year of [2018, 2022, 2026]) {
      const start = `DTSTART;TZID=Somewhere:${year}0701T090000`
      const text = ['BEGIN:VCALENDAR', ...definition, 'BEGIN:VEVENT', 'UID:a', start, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')
      const found = read(Buffer.from(text)).events[0]?.timeZone ?? ''
      for (let day = new Temporal.PlainDateTime(year, 1, 1, 12); day.year === year; day = day.add({ days: 5 }))
        expect(`${day} ${day.toZonedDateTime(found).offset}`).toBe(`${day} ${day.toZonedDateTime(zone).offset}`)
    }
  })

  it('states a yearly change once, as a rule', () => {
    const lines = zoneLines('Europe/Berlin', 2020, 2026)
    expect(lines.filter((line) => line.startsWith('RRULE'))).toEqual([
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    ])
    expect(lines.filter((line) => line.startsWith('BEGIN:'))).toHaveLength(4)
  })
})

const khal = needs('khal')

describe.skipIf(!khal)('khal', () => {
  it('reads what we write: zones, exceptions, moved occurrences', { timeout: 60_000 }, async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'khal-'))
    const day = {
      ...tea,
      uid: 'day',
      title: 'Holiday',
      allDay: true,
      startWall: Temporal.PlainDateTime.from('2026-03-28T00:00'),
      durationSeconds: 2 * 86_400,
    }
    await writeFile(join(folder.path, 'work.ics'), write(tea, { ...day, rrule: null, exdates: [], overrides: [] }))
    await writeFile(
      join(folder.path, 'config'),
      `[calendars]\n[[work]]\npath = ${folder.path}/events\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\ndefault_timezone = Europe/Berlin\nlocal_timezone = America/New_York\n[sqlite]\npath = ${folder.path}/khal.db\n`,
    )
    const run = async (...words: string[]) =>
      (
        await promisify(execFile)(khal ?? '', ['-c', join(folder.path, 'config'), ...words], {
          env: { ...process.env, HOME: folder.path, LC_ALL: 'C.UTF-8' },
        })
      ).stdout
    await run('import', '--batch', '-a', 'work', join(folder.path, 'work.ics'))
    const listed = await run('list', '--format', '{start} {title} @ {location}', '--day-format', '', '2026-03-23', '10d')
    expect(listed.split('\n').filter((line) => line.trim() !== '')).toEqual([
      '2026-03-23 04:00 Tea; cake, and \\ more @ Kitchen',
      '2026-03-24 04:00 Tea; cake, and \\ more @ Kitchen',
      '2026-03-26 10:00 Late tea 🫖 @ Garden',
      '2026-03-27 04:00 Tea; cake, and \\ more @ Kitchen',
      '2026-03-28 Holiday @ Kitchen',
      '2026-03-28 04:00 Tea; cake, and \\ more @ Kitchen',
      '2026-03-28 Holiday @ Kitchen',
      '2026-03-29 03:00 Tea; cake, and \\ more @ Kitchen',
      '2026-03-30 03:00 Tea; cake, and \\ more @ Kitchen',
      '2026-03-31 03:00 Tea; cake, and \\ more @ Kitchen',
      '2026-04-01 03:00 Tea; cake, and \\ more @ Kitchen',
    ])
  })
})
