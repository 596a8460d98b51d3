import { describe, expect, it } from 'vitest'
import { readCalendar } from '#calendar/ical/read.ts'
import { calendar, read, said, spelled, vevent } from './files.ts'

describe('times of a file', () => {
  it.each([
    [
      'a zone by its name',
      ['DTSTART;TZID=America/New_York:20260301T090000', 'DTEND;TZID=America/New_York:20260301T100000'],
      '2026-03-01T09:00 America/New_York 3600',
    ],
    ['UTC', ['DTSTART:20260301T090000Z', 'DURATION:PT1H30M'], '2026-03-01T09:00 UTC 5400'],
    ['a whole day', ['DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260303'], '2026-03-01 Europe/Paris 172800'],
    ['a date that does not say that it is one', ['DTSTART:20260301', 'DTEND:20260302'], '2026-03-01 Europe/Paris 86400'],
    ['a day without an end', ['DTSTART;VALUE=DATE:20260301'], '2026-03-01 Europe/Paris 86400'],
    ['a day that ends when it begins', ['DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260301'], '2026-03-01 Europe/Paris 86400'],
    ['a moment without an end', ['DTSTART:20260301T090000Z'], '2026-03-01T09:00 UTC 0'],
    ['a length in weeks', ['DTSTART;VALUE=DATE:20260301', 'DURATION:P1W'], '2026-03-01 Europe/Paris 604800'],
    ['no zone at all', ['DTSTART:20260301T090000', 'DTEND:20260301T100000'], '2026-03-01T09:00 Europe/Paris 3600'],
    ['dashes and colons', ['DTSTART:2026-03-01T09:00:00Z', 'DTEND:2026-03-01 10:00Z'], '2026-03-01T09:00 UTC 3600'],
    ['an offset', ['DTSTART:20260301T090000+0100', 'DTEND:20260301T100000+0100'], '2026-03-01T08:00 UTC 3600'],
    [
      'an end in another zone',
      ['DTSTART;TZID=Europe/London:20260301T090000', 'DTEND;TZID=Europe/Paris:20260301T113000'],
      '2026-03-01T09:00 Europe/London 5400',
    ],
    ['a name of Windows', ['DTSTART;TZID=W. Europe Standard Time:20260301T090000'], '2026-03-01T09:00 Europe/Berlin 0'],
    ['a name of Windows in quotes', ['DTSTART;TZID="Pacific Standard Time":20260301T090000'], '2026-03-01T09:00 America/Los_Angeles 0'],
    [
      'a name as Outlook shows it',
      ['DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Bern:20260301T090000'],
      '2026-03-01T09:00 Europe/Amsterdam 0',
    ],
    [
      'a name with a known prefix',
      ['DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260301T090000'],
      '2026-03-01T09:00 Europe/Berlin 0',
    ],
    ['a name that is an offset', ['DTSTART;TZID=GMT+0530:20260301T090000'], '2026-03-01T09:00 +05:30 0'],
    ['small letters', ['dtstart;tzid=europe/rome:20260301t090000'], '2026-03-01T09:00 Europe/Rome 0'],
  ])('reads %s', (_, lines, expected) => {
    expect(spelled(read(calendar(...vevent(...lines))))).toBe(expected)
  })

  it('takes the calendar’s own zone for times without one', () => {
    const file = read(calendar('X-WR-TIMEZONE:Asia/Tokyo', ...vevent('DTSTART:20260301T090000')))
    expect(spelled(file)).toBe('2026-03-01T09:00 Asia/Tokyo 0')
    expect(file.remarks).toEqual([])
  })

  const custom = (tzid: string, ...parts: readonly string[]) => ['BEGIN:VTIMEZONE', `TZID:${tzid}`, ...parts, 'END:VTIMEZONE']
  const observance = (kind: string, start: string, from: string, to: string, rrule?: string) => [
    `BEGIN:${kind}`,
    `DTSTART:${start}`,
    ...(rrule ? [`RRULE:${rrule}`] : []),
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    `END:${kind}`,
  ]
  const central = [
    ...observance('STANDARD', '16010101T030000', '+0200', '+0100', 'FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'),
    ...observance('DAYLIGHT', '16010101T020000', '+0100', '+0200', 'FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3'),
  ]

  it.each([
    [
      'an unknown name whose definition is Berlin’s clock',
      custom('Customized Time Zone', ...central),
      'Europe/Berlin',
      'is read as Europe/Berlin',
    ],
    ['a definition that comes after', [], 'Europe/Berlin', 'is read as Europe/Berlin', custom('Customized Time Zone', ...central)],
    [
      'a definition with one offset that no place has',
      custom('Customized Time Zone', ...observance('STANDARD', '19700101T000000', '+0123', '+0123')),
      '+01:23',
      'is read as +01:23',
    ],
    ['a name that nothing defines', [], 'Europe/Paris', 'is not known: its times are read as Europe/Paris'],
    ['a definition that says nothing', custom('Customized Time Zone'), 'Europe/Paris', 'is not known'],
  ])('reads %s, and says so', (_, before, zone, remark, after: string[] = []) => {
    const file = read(calendar(...before, ...vevent('DTSTART;TZID=Customized Time Zone:20260701T090000'), ...after))
    expect(spelled(file)).toBe(`2026-07-01T09:00 ${zone} 0`)
    expect(said(file).join()).toContain(remark)
  })
})

describe('rules of a file', () => {
  it.each([
    [
      'a date as UNTIL counts to its end on the event’s clock',
      'DTSTART;TZID=America/New_York:20260301T090000',
      'FREQ=DAILY;UNTIL=20260305',
      'FREQ=DAILY;UNTIL=20260306T045959Z',
    ],
    [
      'a local UNTIL becomes an instant',
      'DTSTART;TZID=America/New_York:20260301T090000',
      'FREQ=DAILY;UNTIL=20260305T090000',
      'FREQ=DAILY;UNTIL=20260305T140000Z',
    ],
    [
      'an UNTIL in UTC stays',
      'DTSTART;TZID=America/New_York:20260301T090000',
      'FREQ=DAILY;UNTIL=20260305T140000Z',
      'FREQ=DAILY;UNTIL=20260305T140000Z',
    ],
    [
      'an instant becomes the last day of whole days',
      'DTSTART;VALUE=DATE:20260301',
      'FREQ=DAILY;UNTIL=20260305T230000Z',
      'FREQ=DAILY;UNTIL=20260306',
    ],
    [
      'a yearly day of the month is one of the start’s month',
      'DTSTART;VALUE=DATE:20260314',
      'FREQ=YEARLY;BYMONTHDAY=14',
      'FREQ=YEARLY;BYMONTHDAY=14;BYMONTH=3',
    ],
    ['hours mean nothing in whole days', 'DTSTART;VALUE=DATE:20260301', 'FREQ=WEEKLY;BYHOUR=9;BYDAY=MO', 'FREQ=WEEKLY;BYDAY=MO'],
    [
      'small letters, blanks, plus signs and empty parts',
      'DTSTART:20260301T090000Z',
      'freq=monthly; byday=+1mo;;INTERVAL=1;',
      'FREQ=MONTHLY;BYDAY=1MO',
    ],
    ['parts that nobody knows are left out', 'DTSTART:20260301T090000Z', 'FREQ=DAILY;X-HOW=odd;COUNT=3', 'FREQ=DAILY;COUNT=3'],
    ['the prefix twice', 'DTSTART:20260301T090000Z', 'RRULE:FREQ=DAILY', 'FREQ=DAILY'],
  ])('%s', (_, start, rule, expected) => {
    const file = read(calendar(...vevent(start, `RRULE:${rule}`)))
    expect(file.events[0]?.rrule).toBe(expected)
    expect(file.remarks).toEqual([])
  })

  it.each([
    ['FREQ=DAILY;UNTIL=20250101T000000Z', 'it ends before it starts'],
    ['FREQ=SECONDLY', 'once an hour'],
    ['FREQ=MINUTELY;INTERVAL=5', 'once an hour'],
    ['FREQ=FORTNIGHTLY', 'FREQ'],
    ['FREQ=DAILY;BYMONTH=13', 'BYMONTH is a number from 1 to 12'],
    ['FREQ=DAILY;UNTIL=soon', 'UNTIL=SOON is no time'],
    ['every day', 'no list'],
    [`FREQ=${'x'.repeat(600)}`, 'too long'],
  ])('keeps the event once when its rule is %s', (rule, why) => {
    const file = read(calendar(...vevent('DTSTART:20260301T090000Z', `RRULE:${rule}`)))
    expect(file.events[0]).toMatchObject({ title: 'Tea', rrule: null })
    expect(said(file).join()).toMatch(/^7: “Tea” is kept once/)
    expect(said(file).join()).toContain(why)
  })

  it('reads exceptions and additions in every form, each once', () => {
    const [event] = read(
      calendar(
        ...vevent(
          'DTSTART;TZID=America/New_York:20260301T090000',
          'RRULE:FREQ=DAILY;COUNT=20',
          'EXDATE;TZID=America/New_York:20260302T090000,20260303T090000',
          'EXDATE:20260304T140000Z',
          'EXDATE;VALUE=DATE:20260305',
          'EXDATE:20260304T140000Z',
          'RDATE;VALUE=PERIOD:20260401T130000Z/PT1H',
          'RDATE:',
        ),
      ),
    ).events
    expect(event?.exdates.map(String)).toEqual(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].map((day) => `${day}T09:00:00`))
    expect(event?.rdates.map(String)).toEqual(['2026-04-01T09:00:00'])
  })
})

describe('series of a file', () => {
  const weekly = [
    'BEGIN:VEVENT',
    'UID:s',
    'SUMMARY:Standup',
    'DTSTART;TZID=Europe/Berlin:20260302T090000',
    'DURATION:PT15M',
    'RRULE:FREQ=WEEKLY;COUNT=10',
    'END:VEVENT',
  ]
  const moved = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:s', 'SUMMARY:Standup moved', 'DURATION:PT30M', ...lines, 'END:VEVENT']

  it.each([
    ['in the series’ zone', 'RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000'],
    ['in UTC', 'RECURRENCE-ID:20260309T080000Z'],
    ['as a date', 'RECURRENCE-ID;VALUE=DATE:20260309'],
    ['in another zone', 'RECURRENCE-ID;TZID=America/New_York:20260309T040000'],
  ])('puts a moved occurrence into its series, its place given %s', (_, id) => {
    const file = read(calendar(...moved(id, 'DTSTART:20260310T130000Z'), ...weekly))
    expect(file.events).toHaveLength(1)
    expect(file.events[0]).toMatchObject({ title: 'Standup', rrule: 'FREQ=WEEKLY;COUNT=10' })
    expect(file.events[0]?.overrides).toMatchObject([{ title: 'Standup moved', durationSeconds: 1_800 }])
    expect(file.events[0]?.overrides.map(({ recurrenceId, startWall }) => `${recurrenceId} ${startWall}`)).toEqual([
      '2026-03-09T09:00:00 2026-03-10T14:00:00',
    ])
  })

  it('keeps the version with the highest SEQUENCE, whatever the order', () => {
    const version = (sequence: number, title: string) => [
      'BEGIN:VEVENT',
      'UID:v',
      `SEQUENCE:${sequence}`,
      `SUMMARY:${title}`,
      'DTSTART:20260301T090000Z',
      'END:VEVENT',
    ]
    const file = read(calendar(...version(1, 'second'), ...version(2, 'third'), ...version(0, 'first')))
    expect(file.events.map(({ title }) => title)).toEqual(['third'])
    expect(said(file)).toEqual([
      '3: “second” is an older version of the event on line 9.',
      '15: “first” is an older version of the event on line 9.',
    ])
  })

  it('leaves out a cancelled occurrence', () => {
    const [event] = read(
      calendar(
        ...weekly,
        ...moved('RECURRENCE-ID;TZID=Europe/Berlin:20260316T090000', 'DTSTART;TZID=Europe/Berlin:20260316T090000', 'STATUS:CANCELLED'),
      ),
    ).events
    expect(event?.exdates.map(String)).toEqual(['2026-03-16T09:00:00'])
    expect(event?.overrides).toEqual([])
  })

  it('splits a series where this and all that follow were moved', () => {
    const following = moved(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260323T090000',
      'DTSTART;TZID=Europe/Berlin:20260323T110000',
    )
    const later = moved('RECURRENCE-ID;TZID=Europe/Berlin:20260406T090000', 'DTSTART;TZID=Europe/Berlin:20260407T120000')
    const { events } = read(calendar(...weekly, ...following, ...later))
    expect(events.map(({ uid, rrule, startWall, title }) => `${uid} ${rrule} ${startWall} ${title}`)).toEqual([
      's FREQ=WEEKLY;UNTIL=20260323T075959Z 2026-03-02T09:00:00 Standup',
      's_R20260323T090000 FREQ=WEEKLY;COUNT=7 2026-03-23T11:00:00 Standup moved',
    ])
    expect(events[1]?.overrides.map(({ recurrenceId }) => String(recurrenceId))).toEqual(['2026-04-06T11:00:00'])
  })

  it('keeps an occurrence whose series is not there as an event with its original start', () => {
    const { events } = read(calendar(...moved('RECURRENCE-ID:20260309T080000Z', 'DTSTART;TZID=Europe/Berlin:20260310T140000')))
    expect(events.map(({ uid, recurrenceId, startWall }) => `${uid} ${recurrenceId} ${startWall}`)).toEqual([
      's 2026-03-09T09:00:00 2026-03-10T14:00:00',
    ])
  })

  it('reads several calendars in one file, each with its own zone', () => {
    const one = calendar('X-WR-TIMEZONE:Asia/Tokyo', ...vevent('DTSTART:20260301T090000'))
    const two = calendar(
      'X-WR-CALNAME:Second',
      'X-WR-TIMEZONE:America/Chicago',
      ...vevent('UID:ignored', 'DTSTART:20260301T090000').with(1, 'UID:two'),
    )
    const file = read(Buffer.concat([one, two]))
    expect([spelled(file, 0), spelled(file, 1), file.name]).toEqual([
      '2026-03-01T09:00 Asia/Tokyo 0',
      '2026-03-01T09:00 America/Chicago 0',
      'Second',
    ])
  })

  it('gives an event without a UID the same one every time', () => {
    const nameless = calendar('BEGIN:VEVENT', 'SUMMARY:Tea', 'DTSTART:20260301T090000Z', 'END:VEVENT')
    expect(read(nameless).events[0]?.uid).toMatch(/^[0-9a-f]{32}@imported$/)
    expect(read(nameless).events[0]?.uid).toBe(read(nameless).events[0]?.uid)
  })
})

describe('words of a file', () => {
  const event = (...lines: string[]) => read(calendar(...vevent('DTSTART:20260301T090000Z', ...lines))).events[0]

  it('unfolds, unescapes, and takes control characters and hidden marks out', () => {
    expect(event('SUMMARY:x')?.title).toBe('Tea')
    const [one] = read(
      calendar(
        'BEGIN:VEVENT',
        'UID:a',
        'SUMMARY:Tea\\, cake\\; \u0007and ',
        ' \u202eev',
        '\til\\nmore',
        'DTSTART:20260301T090000Z',
        'END:VEVENT',
      ),
    ).events
    expect(one?.title).toBe('Tea, cake; and evil more')
  })

  it('turns HTML of descriptions into what it says, and leaves titles as they are written', () => {
    const found = event(
      'DESCRIPTION:<p>Agenda:</p><ul><li>one</li><li>two &amp; three</li></ul><script>x()</script><a href="https://e.org">here</a>',
    )
    expect(found?.description).toBe('Agenda:\n- one\n- two & three\nhere')
    const [titled] = read(calendar('BEGIN:VEVENT', 'UID:a', 'SUMMARY:a <b> c', 'DTSTART:20260301T090000Z', 'END:VEVENT')).events
    expect(titled?.title).toBe('a <b> c')
  })

  it('reads a file whose letters were folded in the middle, and one in Western letters', () => {
    const whole = calendar(...vevent('DTSTART:20260301T090000Z', 'LOCATION:Café'))
    const middle = whole.indexOf(Buffer.from('é')) + 1
    const folded = Buffer.concat([whole.subarray(0, middle), Buffer.from('\r\n '), whole.subarray(middle)])
    expect(read(folded).events[0]?.location).toBe('Café')
    expect(read(Buffer.from(whole.toString('utf8'), 'latin1')).events[0]?.location).toBe('Café')
    expect(read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(whole.toString('utf8'), 'utf16le')])).events[0]?.location).toBe(
      'Café',
    )
    expect(read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), whole])).events[0]?.location).toBe('Café')
  })

  it('reads who comes, each once, and when it rings', () => {
    const found = event(
      'ATTENDEE;CN="Doe, Jane";PARTSTAT=NEEDS-ACTION:mailto:Jane@Example.org',
      'ATTENDEE;PARTSTAT=ACCEPTED;CN=Jane:MAILTO:jane@example.org',
      'ATTENDEE;CUTYPE=ROOM:mailto:room5@example.org',
      'ATTENDEE:javascript:alert(1)',
      'BEGIN:VALARM',
      'TRIGGER:-PT15M',
      'END:VALARM',
      'BEGIN:VALARM',
      'TRIGGER;VALUE=DATE-TIME:20260228T090000Z',
      'END:VALARM',
      'BEGIN:VALARM',
      'TRIGGER:PT5M',
      'END:VALARM',
    )
    expect(found?.attendees).toEqual([{ email: 'jane@example.org', name: 'Jane', response: 'accepted' }])
    expect(found?.alarms).toEqual([86_400, 900])
  })

  it('takes web addresses as meeting links, and no others', () => {
    expect(event('URL:https://meet.example.org/a')?.meetingLink).toBe('https://meet.example.org/a')
    expect(event('URL:javascript:alert(1)')?.meetingLink).toBe('')
  })
})

describe('broken files', () => {
  it.each([
    [
      'a line that is no property',
      ['BEGIN:VEVENT', 'garbage', 'UID:a', 'DTSTART:20260301T090000Z', 'END:VEVENT'],
      ['4: This line is no property: “garbage”.'],
    ],
    ['an event without a start', [...vevent(), ...vevent('DTSTART:20260301T090000Z')], ['3: “Tea” has no start that can be read.']],
    [
      'a start that is no time',
      [...vevent('DTSTART:tomorrow'), ...vevent('DTSTART:20260301T090000Z')],
      ['6: “Tea” has no start that can be read.'],
    ],
    [
      'the 30th of February',
      [...vevent('DTSTART:20260230T090000Z'), ...vevent('DTSTART:20260301T090000Z')],
      ['6: “Tea” has no start that can be read.'],
    ],
    [
      'an end before its start',
      vevent('DTSTART:20260301T090000Z', 'DTEND:20260301T080000Z'),
      ['7: “Tea”: it ends before it starts, so only its start is kept.'],
    ],
    [
      'an event that lasts forty years',
      [...vevent('DTSTART:20260301T090000Z', 'DURATION:P14600D'), ...vevent('DTSTART:20260301T090000Z')],
      ['3: “Tea” lasts longer than ten years.'],
    ],
    ['an event that never ends', ['BEGIN:VEVENT', 'UID:a', 'DTSTART:20260301T090000Z'], ['3: VEVENT has no END.']],
    ['an end of nothing', [...vevent('DTSTART:20260301T090000Z'), 'END:VALARM'], ['8: END:VALARM ends nothing.']],
    ['a to-do', ['BEGIN:VTODO', 'SUMMARY:x', 'END:VTODO', ...vevent('DTSTART:20260301T090000Z')], ['3: A to-do (VTODO) is no event.']],
    [
      'a line of a megabyte',
      vevent('DTSTART:20260301T090000Z', `DESCRIPTION:${'x'.repeat(1 << 20)}`),
      ['7: DESCRIPTION is longer than 64 KB.'],
    ],
  ])('reads the rest beside %s', (_, lines, remarks) => {
    const file = read(calendar(...lines))
    expect(file.events).toHaveLength(1)
    expect(said(file)).toEqual(remarks)
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'The file is empty.'],
    ['a web page', Buffer.from('<!doctype html><p>Sign in'), 'That is a web page, and no iCalendar file.'],
    ['other words', Buffer.from('Dear all,\nsee you'), 'That is no iCalendar file: it has no BEGIN:VCALENDAR.'],
    [
      'noise',
      Buffer.from(Uint8Array.from({ length: 4_096 }, (_, index) => (index * 197) % 256)),
      'That is no iCalendar file: it has no BEGIN:VCALENDAR.',
    ],
    ['50 MB', Buffer.alloc(50 * 1024 * 1024, 'x'), 'The file has 50 MB; I read at most 25 MB.'],
  ])('refuses %s with a reason', (_, bytes, why) => {
    expect(readCalendar(bytes, { timeZone: 'UTC' })).toEqual({ kind: 'refused', why })
  })

  it('reads what is there of a file that was cut off anywhere', () => {
    const whole = calendar(...vevent('DTSTART;TZID=Europe/Berlin:20260301T090000', 'RRULE:FREQ=DAILY', 'LOCATION:Köln'))
    for (let length = whole.indexOf('DTSTART'); length < whole.length; length += 1) {
      expect(read(whole.subarray(0, length)).events.length + read(whole.subarray(0, length)).skipped).toBeGreaterThan(0)
    }
  })

  // Ten times as much takes ten times as long, and what grows with the square a hundred times. Processor time, so
  // that it does not matter what else the machine does.
  it.each<[string, (size: number) => Buffer]>([
    [
      'events',
      (size) => calendar(...Array.from({ length: size }, (_, index) => vevent('DTSTART:20260301T090000Z').with(1, `UID:${index}`)).flat()),
    ],
    ['versions of one event', (size) => calendar(...Array.from({ length: size }, () => vevent('DTSTART:20260301T090000Z')).flat())],
    [
      'exceptions',
      (size) =>
        calendar(
          ...vevent(
            'DTSTART:20260301T090000Z',
            ...Array.from({ length: size }, () => `EXDATE:${'20260301T090000Z,'.repeat(9)}20260301T090000Z`),
          ),
        ),
    ],
    ['folds', (size) => calendar('BEGIN:VEVENT', ...Array.from({ length: size * 20 }, () => ' x'), 'END:VEVENT')],
    ['open tags', (size) => calendar(...vevent('DTSTART:20260301T090000Z', `DESCRIPTION:<p>${'<a href='.repeat(size * 2)}`))],
  ])('stays linear in %s', { timeout: 60_000 }, (_, make) => {
    const time = (size: number) => {
      const bytes = make(size)
      const runs = [0, 1, 2].map(() => {
        const began = process.cpuUsage()
        read(bytes)
        return process.cpuUsage(began).user
      })
      return Math.max(1_000, Math.min(...runs))
    }
    time(200)
    // Ten times as much: 10 when it is linear, 100 when it is not. A busy machine blurs one look, hardly four in a row.
    let ratio = time(2_000) / time(200)
    for (let looks = 1; looks < 4 && ratio >= 40; looks++) ratio = Math.min(ratio, time(2_000) / time(200))
    expect(ratio).toBeLessThan(40)
  })
})
