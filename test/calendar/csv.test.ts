import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv, readCsvGently } from '#calendar/csv/read.ts'
import { rowsOf } from '#calendar/csv/table.ts'
import { writeCsv } from '#calendar/csv/write.ts'
import { event } from './ical/arbitrary.ts'

const read = (text: string, dayFirst = false) => {
  const result = readCsv(Buffer.from(text), { timeZone: 'Europe/Paris', dayFirst })
  if (result.kind === 'refused') throw new Error(result.why)
  return result.file
}
const spelled = (text: string, dayFirst?: boolean) =>
  read(text, dayFirst).events.map(
    ({ title, startWall, durationSeconds, allDay }) => `${title} ${startWall} ${durationSeconds}${allDay ? ' all day' : ''}`,
  )

describe('a table of events', () => {
  it.each([
    ['our own columns', 'title,start,end\nTea,2026-03-31 14:00,2026-03-31 15:00', 'Tea 2026-03-31T14:00:00 3600'],
    [
      'Google’s columns',
      'Subject,Start Date,Start Time,End Date,End Time,All Day Event\nTea,3/31/2026,2:00 PM,3/31/2026,3:30 PM,False',
      'Tea 2026-03-31T14:00:00 5400',
    ],
    [
      'Google’s whole days',
      'Subject,Start Date,End Date,All Day Event\nTea,03/31/2026,04/01/2026,True',
      'Tea 2026-03-31T00:00:00 172800 all day',
    ],
    ['semicolons and dots', 'Title;Start;End\r\nTea;31.3.2026 14:00;31.3.2026 15:00\r\n', 'Tea 2026-03-31T14:00:00 3600'],
    ['tabs', 'title\tdate\ttime\nTea\t2026-03-31\t14:00', 'Tea 2026-03-31T14:00:00 3600'],
    ['a date alone', 'title,start\nTea,2026-03-31', 'Tea 2026-03-31T00:00:00 86400 all day'],
    [
      'quotes, commas and line breaks in cells',
      'title,start,description\n"Tea, ""big""",2026-03-31,"two\nlines"',
      'Tea, "big" 2026-03-31T00:00:00 86400 all day',
    ],
    ['an instant', 'title,start\nTea,2026-03-31T12:00:00Z', 'Tea 2026-03-31T14:00:00 3600'],
    ['a byte order mark', '\ufefftitle,start\nTea,2026-03-31', 'Tea 2026-03-31T00:00:00 86400 all day'],
  ])('is read with %s', (_, text, expected) => {
    expect(spelled(text)).toEqual([expected])
  })

  it('puts the day where the reader’s country has it', () => {
    expect(spelled('title,start\nTea,3/4/2026')).toEqual(['Tea 2026-03-04T00:00:00 86400 all day'])
    expect(spelled('title,start\nTea,3/4/2026', true)).toEqual(['Tea 2026-04-03T00:00:00 86400 all day'])
    expect(spelled('title,start\nTea,3/14/2026', true)).toEqual(['Tea 2026-03-14T00:00:00 86400 all day'])
  })

  it('tells which rows were left out, and keeps the rest', () => {
    const file = read(
      'title,start,end,zone,rule\n,2026-03-31,,,\nTea,soon,,,\n"two\nlines",2026-03-31 10:00,2026-03-31 09:00,,\nCake,2026-03-31 10:00,,Mars/Base,\nPie,2026-03-31 10:00,,,often\n',
    )
    expect(file.events.map(({ title }) => title)).toEqual(['Pie'])
    expect(file.remarks.map(({ line, text }) => `${line}: ${text}`)).toEqual([
      '2: The row has no title.',
      '3: “Tea”: “soon” is no time. Write it as 2026-03-31 14:00.',
      '4: “two lines”: it ends before it starts.',
      '6: “Cake”: “Mars/Base” is no time zone.',
      '7: “Pie” is kept once: of its rule, it is no list of NAME=VALUE parts.',
    ])
  })

  it.each([
    ['quotes', `"${'""'.repeat(1_500_000)}"`],
    ['quotes that nobody closes', `"${'""'.repeat(1_500_000)}`],
    ['commas', ','.repeat(200_000)],
    ['empty lines', '\n'.repeat(200_000)],
    ['one event again and again', 'Tea,2026-03-31\n'.repeat(8_000)],
  ])('holds nobody up with its %s', async (_, text) => {
    let others = 0
    const turn = () => {
      others += 1
      timer = setImmediate(turn)
    }
    let timer = setImmediate(turn)
    const found = await readCsvGently(Buffer.from(`title,start\n${text}\nCake,2026-03-31`), { timeZone: 'UTC', dayFirst: false })
    clearImmediate(timer)
    expect(found.kind).toBe('read')
    if (!text.includes('"')) expect(others).toBeGreaterThan(30)
  })

  it('has to name its columns', () => {
    expect(readCsv(Buffer.from('Tea,2026-03-31'), { timeZone: 'UTC', dayFirst: false })).toEqual({
      kind: 'refused',
      why: 'The first row has to name the columns, “title” and “start” at least.',
    })
  })

  it('shows the occurrences of a series that are not as its rule says, and reads them back', () => {
    const at = (text: string) => Temporal.PlainDateTime.from(text)
    const file = read(
      'uid,title,start,end,time zone,rule\nstandup,Standup,2026-03-30 09:00,2026-03-30 09:15,Europe/Paris,FREQ=DAILY;COUNT=5',
    )
    const [series] = file.events
    if (!series) throw new Error('nothing was read')
    const { title, description, location, meetingLink, status, durationSeconds } = series
    const own = { title, description, location, meetingLink, status, durationSeconds }
    const overrides = [
      { ...own, title: 'Long standup', durationSeconds: 3_600, recurrenceId: at('2026-04-01T09:00'), startWall: at('2026-04-01T14:00') },
    ]
    const text = writeCsv([{ ...series, overrides, exdates: [at('2026-04-02T09:00')] }])
    expect(text).toContain('standup,Long standup,2026-04-01 14:00,2026-04-01 15:00')
    expect(text).toMatch(/cancelled,2026-04-02 09:00/)
    expect(writeCsv(read(text).events)).toBe(text)
    expect(read(text).events).toHaveLength(1)
  })

  it('reads back as what was written, and holds nothing that a spreadsheet would run', () => {
    const risky = fc.record({ one: event, title: fc.constantFrom('=1+1', '+49 30', '-cmd', '@SUM(A1)', "'quoted", 'plain', '"=1') })
    fc.assert(
      fc.property(fc.uniqueArray(risky, { maxLength: 5, selector: ({ one }) => one.uid }), (found) => {
        const events = found.map(({ one, title }) => ({ ...one, title, overrides: [], rdates: [], exdates: [], alarms: [], attendees: [] }))
        const text = writeCsv(events)
        for (const row of rowsOf(text)) for (const cell of row?.cells ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
        const kept = ({ uid, title, startWall, durationSeconds, allDay, rrule, location, description }: (typeof events)[number]) =>
          JSON.stringify([uid, title, startWall, durationSeconds, allDay, rrule, location, description])
        expect(read(text).events.map((each) => kept(each as (typeof events)[number]))).toEqual(events.map(kept))
      }),
      { numRuns: 100 },
    )
  })
})
