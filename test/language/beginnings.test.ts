import { describe, expect, it } from 'vitest'
import { readers as amendReaders } from '#language/intent/amend.ts'
import { readers as intentReaders } from '#language/intent/read.ts'
import { findOpening, type View } from '#language/intent/view.ts'
import { protect } from '#language/slots/protect.ts'
import type { InOrder } from '#language/text/beginnings.ts'
import { at, type Sentence, sentenceOf } from '#language/text/tokens.ts'
import { readers as clockReaders } from '#language/time/clock.ts'
import { readers as dateReaders } from '#language/time/date.ts'
import { readers as dayReaders, readDays } from '#language/time/days.ts'
import { emptyPhrase } from '#language/time/expression.ts'
import { readers as phraseReaders, readPiece } from '#language/time/phrase.ts'
import { readTimes } from '#language/times.ts'
import { sentences } from '../../bench/language/sentences.ts'

/** Forms that everyday sentences are short of. */
const forms = [
  ...sentences,
  'as soon as possible, right now or at the moment',
  'this time tomorrow, the same time next week, no later than 6, not before Friday',
  'half 3, ten to five, a quarter past noon, mid day, seven thirty pm, 9h30, 1500 hours, 0730, twelve oh three',
  'the 2nd to last Friday in June, the penultimate day of the month, the final week of 2030, the first 2 weeks of May',
  'eom, eoy, COB Friday, close of business, end of play tomorrow, mid-July, later this week, earlier this month',
  'Q3 2030, H2, the third quarter of 2030, 2030-Q1, week 12, the 1990s, the 21st century, the year two thousand and thirty',
  '2 Septembers from now, three weeks Monday, a fortnight on Friday, 4 Sundays ago, the closest Monday to May 1, 2 weekends ago',
  "Friday the 13th, Sunday, the 3rd, Monday week, Christmas Eve 2030, last New Year's Day, the weekend of Halloween",
  '20300309, 2030-03-09T14:30, 2030 March 9, 3/4/30, 11 30 2031, 3rd of March, the third of March, Mar. 3, September 2030',
  'first thing in the morning, late Friday night, early tomorrow morning, 2 nights ago, the next 2 hours, the 5 past minutes',
  'a couple of hours from now, several days later, a few minutes ago, half an hour before noon, about 3 hours in, +15 minutes',
  "it's at 5 now, make it Friday instead, bring it forward an hour, shorten it to 30 minutes, call it Tea, today's date is",
]

/** What a reader that was not to be asked about a token found there all the same. */
function overlooked<Reader>(readers: InOrder<Reader>, s: Sentence, i: number, ask: (read: Reader) => string | undefined): string[] {
  const { kind, text, word } = at(s, i)
  if (kind === 'end') return []
  const asked = new Set(readers.from(word))
  return readers.all.flatMap(([, read]) => {
    const found = asked.has(read) ? undefined : ask(read)
    return found === undefined ? [] : [`${found} at "${text}" of "${s.text}"`]
  })
}

function atEachToken(ask: (s: Sentence, i: number) => string[]): string[] {
  // A sentence anew for each token: what one may cost is bounded.
  return forms.flatMap((text) => sentenceOf(text, false).tokens.flatMap((_, i) => ask(sentenceOf(text, false), i)))
}

/** A reader is asked only about words that its list says it can begin with: the others must be right to stay out. */
describe('a reader that is not asked about a word', () => {
  it('would find no phrase there', () => {
    const nine = { hour: 9, minute: 0, second: 0, half: '', grain: 'hour' } as const
    const drafts = [
      emptyPhrase,
      { ...emptyPhrase, clocks: [nine] },
      { ...emptyPhrase, days: { kind: 'weekday', weekday: 1, which: 'coming' } as const },
    ]
    const leads = ['', 'in', 'at', 'for', 'from', 'within', 'on', 'the', 'by']
    const ask = (s: Sentence, i: number) =>
      overlooked(phraseReaders, s, i, (read) => {
        // What a phrase may begin with at these is listed apart.
        if (at(s, i).text === 'the' || at(s, i).text === 'at') return undefined
        const found = drafts.some((draft) => leads.some((lead) => read(s, i, { ...draft }, lead, readPiece) > i))
        return found ? read.name : undefined
      })
    expect(atEachToken(ask)).toEqual([])
  })

  it('would find no days, no clock time and no date there', () => {
    expect(atEachToken((s, i) => overlooked(dayReaders, s, i, (read) => read(s, i, readDays) && read.name))).toEqual([])
    expect(atEachToken((s, i) => overlooked(clockReaders, s, i, (read) => read(s, i) && read.name))).toEqual([])
    expect(atEachToken((s, i) => overlooked(dateReaders, s, i, (read) => read(s, i) && read.name))).toEqual([])
  })

  it('would find no intent there', () => {
    const views = forms.map((text): View => {
      const s = sentenceOf(text, false)
      const kept = protect(s)
      return { s, kept, times: readTimes(s, 0, s.tokens.length), ...findOpening(s), end: s.tokens.length }
    })
    const missed = views.flatMap((view) => {
      const asked = intentReaders.fromEither(at(view.s, view.opening).word, at(view.s, 0).word)
      const others = intentReaders.all.filter(([, read]) => !asked.includes(read))
      return [
        ...others.flatMap(([, read]) => (read(view) ? [`${read.name} in "${view.s.text}"`] : [])),
        ...overlooked(amendReaders, view.s, view.opening, (read) => read(view) && read.name),
      ]
    })
    expect(missed).toEqual([])
  })
})
