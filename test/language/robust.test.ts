import { Session } from 'node:inspector/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'
import { hardTexts } from '../support/hard-texts.ts'

const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const ask = (text: string) => createLanguage().understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed: true })

describe('any text', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \t\n\r '],
    ['a lone surrogate', 'remind me \ud83d tomorrow \udc00'],
    ['control characters', '\u0000\u0001remind\u0007 me\u0008 at\u001b 5pm\u007f'],
    ['right to left', 'ذكرني غدا في الخامسة'],
    ['emoji', '⏰🍕 tomorrow 👩‍👩‍👧 at 5pm'],
    ['huge numbers', `in ${'9'.repeat(400)} years and 999999999 days`],
    ['impossible dates', '99/99/9999 32 February 31/31 25:99 the 400th of Smarch'],
    ['far dates', 'on 999999999-12-31, in 99999999 centuries, 100000y'],
    ['half a rule', 'every every 0 other -1th and the last of except until'],
    ['prototype names', 'remind __proto__ constructor to hasOwnProperty toString at valueOf'],
  ])('is answered: %s', (_name, text) => {
    expect(ask(text).intent).toBeTypeOf('string')
  })

  it('never makes the reader throw', () => {
    const words = fc.constantFrom(
      'remind',
      'me',
      'to',
      'every',
      'other',
      'Friday',
      'the',
      '31st',
      'of',
      'in',
      '2',
      '90',
      'days',
      'until',
      'May',
      '"',
      'at',
      '25:61',
      '9',
      'pm',
      '-',
      '/',
      '2/30',
      'except',
      'for',
      'next',
      'last',
      'week',
      'and',
      ',',
      '<@U1>',
      'half',
      'past',
      'noon',
      'twice',
      'a',
      '0',
      'PT',
      '+14:00',
      'Q3',
      'Easter',
      'from',
      '999999',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words, { maxLength: 14 }).map((list) => list.join(' ')),
        ),
        (text) => {
          const { when, recurrence } = ask(text)
          if (when?.start) expect(when.start).toMatch(/^[+-]?\d{4,6}-\d\d-\d\d/)
          if (recurrence) expect(recurrence.dtstart).toMatch(/^[+-]?\d{4,6}-\d\d-\d\d/)
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('64 KB of text', () => {
  // 15 to 25 ms of a processor are usual. Anything that grows with the square of the length takes seconds.
  const limitMs = 400

  it.each(hardTexts)('is read in linear time: %s', (_name, text) => {
    ask(text.slice(0, 8_192))
    expect(Array.from({ length: 3 }).some(() => workOf(`remind me ${text}`) < limitMs)).toBe(true)
  })

  it.each([
    'export my data',
    'listen here',
    'open the page',
    'import my calendar',
    'never catch me up',
    'nobody may remind me',
    'who is done with that',
  ])('is read in linear time after “%s”', (opening) => {
    ask(opening)
    for (const piece of [' ', '. ', 'now '])
      expect(Array.from({ length: 3 }).some(() => workOf(`${opening} ${piece.repeat(15_000)}x`) < limitMs)).toBe(true)
  })
})

/** Counted work tells on any machine, however busy, what a clock tells on a quiet one. */
describe('the calls that a text costs', () => {
  // To begin counting, the engine throws away what it has compiled: once is enough.
  const session = new Session()
  beforeAll(async () => {
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  })
  afterAll(() => session.disconnect())

  /** How often functions of the language are called for a text, counted by the engine since it was asked last. */
  async function callsOf(text: string): Promise<number> {
    await session.post('Profiler.takePreciseCoverage')
    ask(text)
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const ours = result.filter(({ url }) => url.includes('/src/language/'))
    return ours.flatMap(({ functions }) => functions.map(({ ranges }) => ranges[0]?.count ?? 0)).reduce((sum, count) => sum + count, 0)
  }

  it.each(hardTexts)('grow no faster than its length: %s', async (_name, text) => {
    const short = await callsOf(`remind me ${text.slice(0, 2_048)}`)
    const long = await callsOf(`remind me ${text.slice(0, 8_192)}`)
    // Four times the length is four times the words to cut; what readers may do is bounded besides.
    expect(long).toBeLessThan(short * 5 + 5_000)
  })
})

/** Milliseconds of processor time that this thread took, whatever else the machine was doing meanwhile. */
function workOf(text: string): number {
  const before = process.threadCpuUsage()
  ask(text)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
