import { isAttribute, namesByClock } from './attribute.ts'
import { readExcept } from './repeat/bounds.ts'
import { readRepeat } from './repeat/read.ts'
import type { Repeat } from './repeat/repeat.ts'
import { readSeveralAround } from './repeat/several.ts'
import { daysBeside } from './repeat/shifted.ts'
import type { Foreign } from './text/languages.ts'
import type { Found } from './text/numbers.ts'
import { at, type Sentence } from './text/tokens.ts'
import { readBareHour, readClock } from './time/clock.ts'
import { readEither } from './time/either.ts'
import { emptyPhrase, type Phrase } from './time/expression.ts'
import { readForeign } from './time/foreign.ts'
import { readPhrase } from './time/phrase.ts'

/** Where something stands, by token numbers, end exclusive. */
export interface TokenRange {
  readonly from: number
  readonly to: number
}

/** All that a sentence says about time, in one: what stands apart but belongs together is joined. */
export interface Times {
  readonly phrase: Phrase | undefined
  readonly repeat: Repeat | undefined
  readonly phraseAt: readonly TokenRange[]
  readonly repeatAt: readonly TokenRange[]
  /** The phrase only tells which thing is meant: "the Q3 review". */
  readonly attribute: boolean
  /** Another time that would do as well: "Tuesday or [Wednesday at 3]". */
  readonly either?: Phrase
  /** Each of several days that were said, one time each: "Friday and Dec 3". The phrase holds the first. */
  readonly several?: Repeat
}

type Draft = { -readonly [Key in keyof Times]: Times[Key] extends readonly (infer Item)[] ? Item[] : Times[Key] }

/** Reads the times between two tokens, from left to right. */
export function readTimes(s: Sentence, from: number, to: number): Times {
  const draft: Draft = { phrase: undefined, repeat: undefined, phraseAt: [], repeatAt: [], attribute: false }
  for (let i = from; i < to; ) {
    const token = at(s, i)
    const canOpen = token.kind === 'number' || token.kind === 'mark' || token.word.opens || token.word.repeats || token.word.holiday
    if (token.text === 'to') i = takeMove(s, i, draft)
    else if (token.text === 'or') i = takeEither(s, i, draft)
    else if (token.text === 'except' || token.text === 'excluding' || token.text === 'but') i = takeExcept(s, i, draft)
    else i = canOpen ? readTimeAt(s, i, draft) : i + 1
  }
  if (!draft.repeat && from === 0 && s.foreign) readAbroad(s, s.foreign, draft)
  if (!draft.repeat && draft.phrase?.days) takeSeveral(s, draft)
  return settle(draft)
}

function takeSeveral(s: Sentence, draft: Draft) {
  for (const [index, { from, to }] of draft.phraseAt.entries()) {
    const found = readSeveralAround(s, from, to)
    if (!found) continue
    draft.several = found.value
    draft.phraseAt[index] = { from, to: found.end }
    // What was read apart is of the list now: "Friday and [Dec 3]".
    draft.phraseAt = draft.phraseAt.filter((other, at) => at <= index || other.from >= found.end)
    return
  }
}

/** Chrono-node reads the writer's language; whoever makes more of the sentence is believed. */
function readAbroad(s: Sentence, foreign: Foreign, draft: Draft) {
  const found = readForeign(s, foreign)
  const ours = draft.phraseAt.reduce((sum, { from, to }) => sum + to - from, 0)
  if (!found || found.to - found.from <= ours) return
  draft.phraseAt.length = 0
  draft.phrase = { ...emptyPhrase, foreign: found.time }
  draft.phraseAt.push({ from: found.from, to: found.to })
}

/** Reads what begins at token `i` into the draft and says where to go on. */
function readTimeAt(s: Sentence, i: number, draft: Draft): number {
  const repeat = s.repeating ? readRepeat(s, i) : undefined
  if (repeat && namesThing(s, repeat.end - 1)) return repeat.end
  if (repeat) {
    draft.repeat = draft.repeat === undefined ? repeat.value : joinRepeats(draft.repeat, repeat.value)
    draft.repeatAt.push({ from: i, to: repeat.end })
    return repeat.end
  }
  const phrase = readPhrase(s, i)
  const repeatsAt = phrase ? pluralIn(s, phrase, i) : -1
  if (phrase && repeatsAt > i) {
    takePhrase(s, { value: { ...phrase.value, days: undefined }, end: repeatsAt }, i, draft)
    return repeatsAt
  }
  return phrase ? takePhrase(s, phrase, i, draft) : i + 1
}

/** What says "how often" and not "which one" when it stands before: "a weekly reminder", "remind me monthly". */
const oftenAfter = new Set(['a', 'an', 'me', 'us', 'and', 'every', 'each', 'to'])
const leadsOn = new Set(['to', 'about', 'that', 'and', 'of', 'with', 'please'])

/** "remind me to send the [weekly] report on Friday": which report it is, and not how often to remind. */
function namesThing(s: Sentence, i: number): boolean {
  const { text, word } = at(s, i)
  const before = at(s, i - 1)
  const next = at(s, i + 1)
  if (!word.repeats || word.plural || !adjectives.has(text) || before.kind !== 'word' || oftenAfter.has(before.text)) return false
  if (next.kind !== 'word' || next.word.opens || leadsOn.has(next.text) || '@#~'.includes(s.text[before.start - 1] ?? ' ')) return false
  for (let j = i - 1; j >= Math.max(0, i - 10); j--) if (['remind', 'reminder', 'todo', 'forget'].includes(at(s, j).text)) return true
  return false
}

const adjectives = new Set(['daily', 'weekly', 'biweekly', 'monthly', 'quarterly', 'yearly', 'annual', 'nightly', 'hourly'])

/** "at 5pm on Fridays", "noon Mondays and Thursdays": where the repetition begins that stands at the end of a phrase. */
function pluralIn(s: Sentence, phrase: Found<Phrase>, from: number): number {
  const { days, clocks, part } = phrase.value
  const last = phrase.end - 1
  if (!s.repeating || days?.kind !== 'weekday' || (clocks.length === 0 && part === undefined)) return -1
  if (!at(s, last).word.weekday || !at(s, last).word.plural) return -1
  const start = at(s, last - 1).text === 'on' ? last - 1 : last
  return start > from ? start : -1
}

function takeMove(s: Sentence, i: number, draft: Draft): number {
  const moved = readMovedTo(s, i)
  return moved ? takePhrase(s, moved, i, draft) : i + 1
}

// "every morning ... [except weekends]": what is left out may be said at the end
function takeExcept(s: Sentence, i: number, draft: Draft): number {
  const found = draft.repeat && readExcept(s, i, draft.repeat)
  if (!found) return i + 1
  draft.repeat = found.value
  draft.repeatAt.push({ from: i, to: found.end })
  return found.end
}

function takeEither(s: Sentence, i: number, draft: Draft): number {
  const last = draft.phraseAt.at(-1)
  // "in 10 minutes or so"
  if (last?.to === i && at(s, i + 1).text === 'so') draft.phraseAt.splice(-1, 1, { from: last.from, to: i + 2 })
  const found = draft.phrase && last?.to === i && !draft.either && !draft.attribute ? readEither(s, i, draft.phrase) : undefined
  if (!found || !last) return i + 1
  ;[draft.phrase, draft.either] = found.value
  draft.phraseAt.splice(-1, 1, { from: last.from, to: found.end })
  return found.end
}

function takePhrase(s: Sentence, phrase: Found<Phrase>, i: number, draft: Draft): number {
  if (draft.phrase && isOnlyNow(draft.phrase) && !isOnlyNow(phrase.value)) {
    draft.phrase = undefined
    draft.phraseAt.length = 0
  }
  const attribute = isAttribute(s, phrase, i)
  // "Christmas dinner at 6" is at Christmas, "a Christmas party on the 12th" is not.
  const joins = (holiday: Phrase | undefined, other: Phrase | undefined) => holiday?.days?.kind === 'holiday' && !other?.days
  if (draft.phrase && attribute && !joins(phrase.value, draft.phrase)) return phrase.end
  if (draft.attribute && !joins(draft.phrase, phrase.value)) {
    draft.phrase = undefined
    draft.phraseAt.length = 0
  }
  draft.attribute = attribute
  const last = draft.phraseAt.at(-1)
  if (draft.phrase && last && phrase.value.clocks.length > 0 && namesByClock(s, draft.phrase, last)) {
    draft.phrase = undefined
    draft.phraseAt.length = 0
  }
  const joined = draft.phrase === undefined ? phrase.value : join(draft.phrase, phrase.value)
  if (joined === undefined) return phrase.end
  draft.phrase = joined
  draft.either &&= join(draft.either, phrase.value) ?? draft.either
  draft.phraseAt.push({ from: i, to: phrase.end })
  return phrase.end
}

// "move it [to 10]"   "push the call [to half past 4]"
function readMovedTo(s: Sentence, i: number): Found<Phrase> | undefined {
  if (at(s, i).text !== 'to' || !moves(s, i)) return undefined
  const clock = readClock(s, i + 1) ?? readBareHour(s, i + 1)
  const after = clock && at(s, clock.end)
  return clock && (after?.kind === 'end' || after?.kind === 'mark')
    ? { value: { ...emptyPhrase, clocks: [clock.value] }, end: clock.end }
    : undefined
}

function moves(s: Sentence, i: number): boolean {
  for (let j = i - 1; j >= Math.max(0, i - 8); j--) if (at(s, j).word.verb === 'update') return true
  return false
}

/** What a sentence says of time beside its repetition belongs to it: "at 9 ... every Tuesday", "starting tomorrow". */
function settle(times: Times): Times {
  const { phrase, repeat, phraseAt, repeatAt } = times
  if (!repeat || !phrase) return times
  // "every weekday at 4 ... what did you learn today": a day beside a rule bounds it only when it says so.
  const onDays = daysOfRule(repeat, phrase)
  if (!onDays && phrase.days && phrase.open === undefined && phrase.clocks.length === 0 && phrase.part === undefined)
    return { phrase: undefined, repeat, phraseAt: [], repeatAt, attribute: false }
  const clocks = repeat.clocks.length === 0 && phrase.until === undefined ? phrase.clocks : repeat.clocks
  const between = repeat.between ?? (phrase.until && phrase.clocks[0] ? { from: phrase.clocks[0], to: phrase.until } : undefined)
  const bounds = onDays ?? boundsOf(repeat, phrase)
  return {
    phrase,
    repeat: {
      ...repeat,
      ...bounds,
      ...goesOnFor(repeat, phrase),
      clocks,
      between,
      part: repeat.part ?? phrase.part,
      zone: repeat.zone ?? phrase.zone,
    },
    phraseAt,
    repeatAt,
    attribute: false,
  }
}

// "every other day at 7 to run [for 3 weeks]": days are how long it goes on, hours how long each takes
function goesOnFor({ count, length, until }: Repeat, phrase: Phrase): Partial<Repeat> {
  const said = phrase.length
  const isBound = said !== undefined && said.seconds === 0 && said.months * 30 + said.days + said.workdays >= 7
  return isBound && count === undefined && !length && !until ? { length: said } : {}
}

const stretches = new Set(['week', 'month', 'quarter', 'year'])

function boundsOf(repeat: Repeat, phrase: Phrase): Partial<Repeat> {
  if (phrase.days?.kind === 'unit' && stretches.has(phrase.days.unit) && phrase.open === undefined && phrase.days.offset >= 0)
    return { within: repeat.within ?? phrase.days }
  return phrase.open === 'before' || phrase.open === 'through' || phrase.open === 'by'
    ? { until: repeat.until ?? dated(phrase) }
    : { start: repeat.start ?? dated(phrase) }
}

/** "a monthly review on the first Monday", "Monday to Friday ... every week": days said beside a bare period are its days. */
function daysOfRule(repeat: Repeat, phrase: Phrase): Partial<Repeat> | undefined {
  const { days } = phrase
  if (!days || phrase.open !== undefined || repeat.weekdays.length + repeat.monthDays.length + repeat.yearDays.length > 0) return undefined
  const beside = daysBeside(repeat, days)
  if (beside && repeat.months.length === 0) return beside
  if (repeat.frequency === 'WEEKLY' && days.kind === 'weekday' && days.which === 'coming') return { weekdays: [{ weekday: days.weekday }] }
  if (repeat.frequency === 'WEEKLY' && days.kind === 'span' && days.from.kind === 'weekday' && days.to.kind === 'weekday')
    return { weekdays: weekdaysThrough(days.from.weekday, days.to.weekday) }
  // Monday the first of its month and "the first Monday" are told apart by the period.
  if (repeat.frequency === 'MONTHLY' && days.kind === 'date' && days.weekday && days.month === undefined && days.day && days.day <= 5)
    return { weekdays: [{ weekday: days.weekday, n: days.day }] }
  if (repeat.frequency !== 'MONTHLY' || days.kind !== 'nth' || days.count !== undefined) return undefined
  if (typeof days.of === 'number') return { weekdays: [{ weekday: days.of, n: days.n }] }
  if (days.of === 'workday') return { weekdays: weekdaysThrough(1, 5), positions: [days.n] }
  return days.of === 'day' ? { monthDays: [days.n] } : undefined
}

/** The weekdays from one to another, both included: Friday to Monday are four. */
export function weekdaysThrough(from: number, to: number): { readonly weekday: number }[] {
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => ({ weekday: ((from - 1 + index) % 7) + 1 }))
}

/** Only the days of a phrase bound a repetition; its clock time is when it happens. */
function dated(phrase: Phrase): Phrase | undefined {
  return phrase.days ? { ...phrase, clocks: [], part: undefined } : undefined
}

/** "weekly ... every Tuesday", "every Monday, every other month": the longer period with the days of the shorter. */
function joinRepeats(a: Repeat, b: Repeat): Repeat {
  const rank = (repeat: Repeat) => ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].indexOf(repeat.frequency)
  const [short, long] = rank(a) <= rank(b) ? [a, b] : [b, a]
  // "every 20 minutes ... every weekday": within the day, on the days of the longer.
  if (rank(short) < 3 && rank(long) <= 4 && long.interval === 1 && short.weekdays.length === 0)
    return { ...short, weekdays: long.weekdays, between: short.between ?? long.between, except: [...short.except, ...long.except] }
  const days = short.weekdays.length > 0 && long.weekdays.length === 0 && long.monthDays.length === 0
  const given = <Key extends keyof Repeat>(key: Key): Repeat[Key] => {
    const value = long[key]
    return value === undefined || (Array.isArray(value) && value.length === 0) ? short[key] : value
  }
  return {
    ...long,
    interval: short.frequency === long.frequency ? Math.max(a.interval, b.interval) : long.interval,
    weekdays: days ? short.weekdays : long.weekdays,
    months: given('months'),
    weekNumbers: given('weekNumbers'),
    positions: days ? short.positions : long.positions,
    clocks: given('clocks'),
    part: given('part'),
    between: given('between'),
    start: given('start'),
    until: given('until'),
    count: given('count'),
    often: given('often'),
    within: given('within'),
    length: given('length'),
    except: given('except'),
    zone: given('zone'),
  }
}

/** "now" is a figure of speech where another time follows. */
function isOnlyNow(phrase: Phrase): boolean {
  return phrase.now && phrase.days === undefined && phrase.clocks.length === 0 && phrase.shift === undefined && phrase.to === undefined
}

/** "at 3 ... tomorrow": two phrases are one time when each brings what the other lacks. */
function join(a: Phrase, b: Phrase): Phrase | undefined {
  const aDays = a.days !== undefined
  const bDays = b.days !== undefined
  const aClock = a.clocks.length > 0 || a.part !== undefined
  const bClock = b.clocks.length > 0 || b.part !== undefined
  if (b.length !== undefined && !bDays && !bClock && a.length === undefined) return { ...a, length: b.length }
  if (a.length !== undefined && !aDays && !aClock && a.shift === undefined && b.length === undefined) return { ...b, length: a.length }
  if (
    a.shift !== undefined ||
    b.shift !== undefined ||
    a.now ||
    b.now ||
    a.reach !== undefined ||
    b.reach !== undefined ||
    a.to !== undefined ||
    b.to !== undefined
  )
    return undefined
  if (aDays && !aClock && bClock && !bDays) return { ...b, days: a.days, length: a.length ?? b.length, open: b.open ?? a.open }
  if (aClock && !aDays && bDays && !bClock) return { ...a, days: b.days, length: a.length ?? b.length, open: a.open ?? b.open }
  if (aDays && a.part !== undefined && a.clocks.length === 0 && b.clocks.length > 0 && !bDays)
    return { ...b, days: a.days, part: b.part ?? a.part, length: a.length ?? b.length }
  return undefined
}
