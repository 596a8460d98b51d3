import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { occurrencesOf } from '#calendar/file-rule.ts'
import { createLanguage } from '#language/language.ts'
import { understandRequest } from '#language/understand.ts'
import { sentences } from '../../bench/language/sentences.ts'

const present = Temporal.Instant.from('2026-11-23T14:00:00Z')
const language = createLanguage()
const listNothing = () => []
const ask = (request: Parameters<typeof understandRequest>[1]) => understandRequest(language, request, present, listNothing)

describe('understandRequest', () => {
  it('answers every field, with nulls and empty lists where nothing was said', () => {
    expect(ask({ id: '7', text: 'hello' })).toEqual({
      id: '7',
      intent: 'none',
      confidence: expect.any(Number),
      title: null,
      target: null,
      people: [],
      channel: null,
      calendar: null,
      location: null,
      meetingLink: null,
      list: null,
      alerts: [],
      content: null,
      when: null,
      recurrence: null,
      spans: [],
      reference: null,
      changes: null,
      scope: null,
      rsvp: null,
      duration: null,
      setting: null,
      digest: null,
      nag: null,
      alternatives: [],
    })
  })

  it('says where in the text it found what', () => {
    const text = 'remind me to call Bob tomorrow at 3pm'
    const { spans } = ask({ text, timeZone: 'America/New_York' })
    expect(spans.map(({ slot, start, end }) => [slot, text.slice(start, end)])).toEqual([
      ['target', 'me'],
      ['title', 'call Bob'],
      ['when', 'tomorrow at 3pm'],
    ])
  })

  it('takes the moment and the zone of the request', () => {
    expect(ask({ text: 'in an hour', now: '2030-01-01T00:00:00+01:00', timeZone: '-02:00' }).when?.start).toBe('2029-12-31T22:00:00-02:00')
  })

  it.each([
    ['every day at 8:15 and 12:30', ['23T12:30', '24T08:15', '24T12:30', '25T08:15']],
    ['every Tuesday and Friday at 8:15 and 12:30', ['24T08:15', '24T12:30', '27T08:15', '27T12:30']],
    ['tomorrow at 7, 12:30 and 19', ['24T07:00', '24T12:30', '24T19:00']],
    ['the last workday of every month at 9 and 17', ['30T09:00', '30T17:00', '31T09:00', '31T17:00']],
  ])('comes at the times that were said, and at no others: %j', (text, expected) => {
    const request = { text: `remind me ${text} to stretch`, timeZone: 'America/New_York', occurrences: 4 }
    const { recurrence } = understandRequest(language, request, present, occurrencesOf)
    expect(recurrence?.occurrences?.map((each) => each.slice(8, 16))).toEqual(expected)
  })

  it('lists occurrences when asked', () => {
    const answer = understandRequest(language, { text: 'every day at 9', occurrences: 2 }, present, ({ rrule, dtstart, limit }) => [
      `${rrule} ${dtstart} ${limit}`,
    ])
    expect(answer.recurrence?.occurrences).toEqual(['FREQ=DAILY 2026-11-24T09:00:00 2'])
  })

  it.each([
    ['remind me every Friday to water the ferns', '2026-11-27T09:00:00-05:00'],
    ['every second Monday of the month', '2026-12-14T09:00:00-05:00'],
    ['remind me every evening to stretch', '2026-11-23T18:00:00-05:00'],
    ['every Monday at 7:30', '2026-11-30T07:30:00-05:00'],
    ['schedule an all-day offsite every Thursday', '2026-11-26'],
  ])('lists %j from the hour that it would ring at, or from its whole day', (text, first) => {
    const { recurrence } = understandRequest(language, { text, timeZone: 'America/New_York', occurrences: 1 }, present, occurrencesOf)
    expect(recurrence?.occurrences).toEqual([first])
  })

  it('keeps dtstart a date when nobody said a clock time, and leaves exception dates out of the list', () => {
    const text = 'every day except on Wednesday November 25'
    const { recurrence } = understandRequest(language, { text, timeZone: 'America/New_York', occurrences: 3 }, present, occurrencesOf)
    expect(recurrence).toMatchObject({ dtstart: '2026-11-23', exdates: ['2026-11-25'] })
    expect(recurrence?.occurrences?.map((each) => each.slice(0, 10))).toEqual(['2026-11-23', '2026-11-24', '2026-11-26'])
  })

  it.each([
    [{ text: 'x', timeZone: 'Mars/Olympus' }, /IANA name/],
    [{ text: 'x', now: 'yesterday' }, /ISO 8601/],
    [{ text: 'x'.repeat(65_537) }, /text/],
    [{ text: 'x', occurrences: -1 }, /occurrences/],
  ])('refuses %j and names the fix', (request, message) => {
    expect(() => ask(request)).toThrow(message)
  })
})

describe('the cache', () => {
  it('never makes an answer stale: kept and fresh readings agree for every text, moment and zone', () => {
    const words = fc.constantFrom(
      'remind me',
      'to stretch',
      'tomorrow',
      'at 9',
      'every Tuesday',
      'next week',
      'on the 31st',
      'at midnight',
      'in 2 hours',
      'until May',
      'lunch with Ann',
      'noon',
      'Friday',
      'Q1',
      'CST',
      '3/4',
      'next Friday at 6',
      'move it to',
      'twice a week',
    )
    const text = fc.oneof(
      fc.array(words, { minLength: 1, maxLength: 6 }).map((list) => list.join(' ')),
      fc.constantFrom(...sentences),
    )
    const moment = fc
      .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2031, 0, 1) })
      .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))
    const edge = fc
      .constantFrom('2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z', '2027-03-14T06:59:59Z', '2027-03-14T07:00:00Z', '2026-11-01T05:30:00Z')
      .map((iso) => Temporal.Instant.from(iso))
    const zone = fc.constantFrom('America/New_York', 'Europe/London', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC', 'Australia/Lord_Howe')
    const locale = fc.constantFrom('en-US', 'en-GB', 'en', 'de-DE')
    const warm = createLanguage()
    fc.assert(
      fc.property(text, fc.oneof(moment, edge), zone, locale, fc.boolean(), (said, at, timeZone, locale, addressed) => {
        const request = { text: said, now: at, timeZone, locale, addressed }
        warm.understand({ ...request, now: present, timeZone: 'UTC' })
        expect(warm.understand(request)).toEqual(createLanguage().understand(request))
      }),
      { numRuns: 1_000 },
    )
  })

  it('tells what it did', () => {
    const seen: string[] = []
    const observed = createLanguage({ observe: (cache, seconds) => seen.push(`${cache} ${seconds >= 0}`) })
    const request = { text: 'lunch at noon', now: present, timeZone: 'UTC', locale: 'en-US', addressed: true }
    observed.understand(request)
    observed.understand(request)
    expect(seen).toEqual(['miss true', 'hit true'])
  })

  it('keeps what is said again and again, and forgets the rest before it weighs much', () => {
    let last: 'hit' | 'miss' | undefined
    const observed = createLanguage({
      observe(cache) {
        last = cache
      },
    })
    const hears = (text: string) => {
      observed.understand({ text, now: present, timeZone: 'UTC', locale: 'en-US', addressed: true })
      return last
    }
    hears('once')
    hears('often')
    for (let other = 0; other < 60; other++) {
      for (let part = 0; part < 50; part++) hears(`${other} ${part} `.padEnd(500, '.'))
      expect(hears('often')).toBe('hit')
    }
    // 3,000 texts of 500 characters: more than 30 MB with what is read from them.
    expect(hears('once')).toBe('miss')
  })
})
