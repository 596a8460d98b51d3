import type { IntentReading } from './intent/intent.ts'
import { findOwnStretch } from './intent/list.ts'
import { readMore } from './intent/snooze.ts'
import type { View } from './intent/view.ts'
import { noRepeat, type Repeat } from './repeat/repeat.ts'
import { eachOnce, readSeveralDates, readSeveralDays } from './repeat/several.ts'
import { readLengthBefore } from './slots/length.ts'
import { at, type Sentence } from './text/tokens.ts'
import { times as multiplied, readAmount } from './time/amount.ts'
import { emptyPhrase, type Phrase } from './time/expression.ts'
import { readTimes, type Times, weekdaysThrough } from './times.ts'

export const timeless: Times = { phrase: undefined, repeat: undefined, phraseAt: [], repeatAt: [], attribute: false }

/** Times that are meant where the words of time alone do not say them. */
export function unsaidTimes(view: View, found: IntentReading): Times | undefined {
  switch (found.intent) {
    case 'reminder.create':
      return eachOf(view) ?? aheadOf(view, found) ?? soonOf(view, found)
    case 'event.create':
      return severalOf(view) ?? wholePartOf(view, found)
    case 'reminder.snooze':
      return moreOf(view)
    case 'event.list':
      return ownOf(view) ?? ownPartOf(view)
    case 'availability.poll':
      return found.given?.deadline && readTimes(view.s, 0, view.s.tokens.length)
    case 'event.cancel':
      return found.every && (ownOf(view) ?? ownPartOf(view))
    default:
      return undefined
  }
}

/** "give me 10 more minutes": from now on. */
function moreOf({ s, opening }: View): Times | undefined {
  const more = readMore(s, opening)
  return more && { ...timeless, phrase: { ...emptyPhrase, shift: more.value }, phraseAt: [{ from: opening, to: more.end }] }
}

/** "show [my week]": the present one. */
function ownOf({ s, times, opening, end }: View): Times | undefined {
  const own = times.phrase ? undefined : findOwnStretch(s, opening, end)
  return own && { ...timeless, phrase: { ...emptyPhrase, days: { kind: 'unit', unit: own.unit, offset: 0 } }, phraseAt: [own] }
}

/** "clear [my afternoon]": today's, or that of the day that is said. */
function ownPartOf({ s, times, opening, end }: View): Times | undefined {
  const { phrase } = times
  if (phrase && (!phrase.days || phrase.part || phrase.clocks.length > 0)) return undefined
  for (let i = opening; i < end; i++) {
    const { part } = at(s, i + 1).word
    if (at(s, i).text !== 'my' || part === '') continue
    const phraseAt = [...times.phraseAt, { from: i, to: i + 2 }]
    if (phrase) return { ...times, phrase: { ...phrase, part }, phraseAt }
    return { ...timeless, phrase: { ...emptyPhrase, days: { kind: 'unit', unit: 'day', offset: 0 }, part }, phraseAt }
  }
  return undefined
}

/** "remind me [20 minutes] to stretch", "remind me [1h] tea", "timer [10 min] pasta": a length said first is how long from now. */
function soonOf({ s, times }: View, { titleFrom }: IntentReading): Times | undefined {
  const set = ['me', 'timer', 'alarm'].includes(at(s, titleFrom).text) ? titleFrom + 1 : -1
  if (times.phrase || times.repeat || at(s, set).kind !== 'number') return undefined
  const amount = readAmount(s, set)
  if (!amount || at(s, amount.end).kind !== 'word') return undefined
  // "10 minutes before the dentist" is told from there, and not from now on.
  if (at(s, amount.end).text === 'before' || at(s, amount.end).text === 'ahead') return undefined
  const phraseAt = [{ from: set, to: amount.end }]
  return { ...timeless, phrase: { ...emptyPhrase, shift: amount.value }, phraseAt }
}

/** "dentist on Friday and Dec 3 at 9": planned on each of them. */
function severalOf({ s, times }: View): Times | undefined {
  const { phrase, phraseAt } = times
  const several = times.several ?? (phrase && !times.repeat ? bothOf(s, phrase, phraseAt) : undefined)
  if (!several) return undefined
  const clocks = several.clocks.length > 0 ? several.clocks : (phrase?.clocks ?? [])
  const between = several.between ?? (phrase?.until && clocks[0] ? { from: clocks[0], to: phrase.until } : undefined)
  const repeat = { ...several, clocks, between, part: several.part ?? phrase?.part, zone: several.zone ?? phrase?.zone }
  return {
    phrase: phrase?.length ? { ...emptyPhrase, length: phrase.length } : undefined,
    repeat,
    phraseAt,
    repeatAt: [],
    attribute: false,
  }
}

const keeping = new Set(['block', 'hold', 'keep', 'reserve'])
/** The hours that somebody keeps free who keeps a part of the day. */
const partOfDay: Readonly<Partial<Record<string, readonly [number, number]>>> = { morning: [9, 12], afternoon: [13, 17], evening: [18, 21] }

/** "block out [Friday morning]": all of it. */
function wholePartOf({ s, times, opening }: View, { titleFrom }: IntentReading): Times | undefined {
  const { phrase } = times
  const hours = partOfDay[phrase?.part ?? '']
  if (!phrase || !hours || times.repeat || phrase.clocks.length > 0 || phrase.length) return undefined
  if (!keeping.has(at(s, opening).text) || readLengthBefore(s, titleFrom)) return undefined
  const [from, until] = hours.map((hour) => ({ hour, minute: 0, second: 0, half: '24', grain: 'hour' }) as const)
  return from && { ...times, phrase: { ...phrase, part: undefined, clocks: [from], until } }
}

/** "on Monday and Tuesday at 12": two days in a row, and no stretch from one to the other. */
function bothOf(s: Sentence, { days, clocks }: Phrase, phraseAt: Times['phraseAt']): Repeat | undefined {
  if (clocks.length === 0 || days?.kind !== 'span' || days.from.kind !== 'weekday' || days.to.kind !== 'weekday') return undefined
  if (!phraseAt.some(({ from, to }) => s.tokens.slice(from, to).some(({ text }) => text === 'and' || text === '&'))) return undefined
  return eachOnce(weekdaysThrough(days.from.weekday, days.to.weekday).map(({ weekday }) => weekday))
}

/** "on Monday and Wednesday", "Monday to Friday": a reminder rings on each of them. */
function eachOf(view: View): Times | undefined {
  const { s, times } = view
  if (times.repeat || times.phrase?.days?.kind === 'shift') return undefined
  if (times.several) return severalOf({ ...view, times })
  for (const { from, to } of times.phraseAt)
    for (let i = from; i < to; i++) {
      const found = at(s, i).word.weekday ? readSeveralDays(s, i) : readSeveralDates(s, i)
      if (!found) continue
      const clocks = found.value.clocks.length > 0 ? found.value.clocks : (times.phrase?.clocks ?? [])
      const repeat = { ...found.value, clocks, part: found.value.part ?? times.phrase?.part, zone: found.value.zone ?? times.phrase?.zone }
      return { phrase: undefined, repeat, phraseAt: times.phraseAt, repeatAt: [{ from: i, to: found.end }], attribute: false }
    }
  const days = times.phrase?.days
  // "tomorrow at 8, 12 and 18": each of them
  if (times.phrase && times.phrase.clocks.length > 1 && !times.phrase.until && !times.phrase.shift) {
    const { clocks, part, zone } = times.phrase
    const bounds = days ? { within: days } : { count: clocks.length }
    return { ...times, phrase: undefined, repeat: { ...noRepeat, clocks, part, zone, ...bounds }, repeatAt: times.phraseAt }
  }
  if (!times.phrase || days?.kind !== 'span' || days.from.kind !== 'weekday' || days.to.kind !== 'weekday') return undefined
  const { clocks, part, zone } = times.phrase
  const each = eachOnce(weekdaysThrough(days.from.weekday, days.to.weekday).map(({ weekday }) => weekday))
  return { ...times, phrase: undefined, repeat: { ...each, clocks, part, zone } }
}

const dayParts = new Set(['night', 'evening', 'day', 'morning'])

/**
 * How long before something else, whose time is said or not.
 *
 *     remind me [an hour before] my flight [on Friday at 7am]     remind me [30 min before lunch tomorrow]
 *     remind me the night before the dentist: only who knows when that is can tell
 */
function aheadOf({ s, times, opening, end }: View, { titleFrom }: IntentReading): Times | undefined {
  const { phrase, phraseAt, repeat } = times
  if (!phrase || repeat) return undefined
  for (let i = Math.max(opening, titleFrom); i < end - 1; i++) {
    const { text } = at(s, i)
    if (text !== 'before' && !(text === 'ahead' && at(s, i + 1).text === 'of')) continue
    const stretch = phraseAt.find(({ from, to }) => from <= i && i < to)
    const from = amountBefore(s, i, titleFrom)
    if (from === undefined) {
      const [only, ...others] = phraseAt
      const unsaid = !stretch && dayParts.has(at(s, i - 1).text) && only?.to === i && others.length === 0
      return unsaid && phrase.clocks.length === 0 ? timeless : undefined
    }
    if (stretch && stretch.from < i) return undefined
    const amount = readAmount(s, from)?.value
    if (!amount || phrase.shift) return undefined
    // "an hour before the fair on Friday": when on Friday only the calendar knows.
    if (phrase.clocks.length === 0 && phrase.part === undefined && amount.seconds > 0) return timeless
    const behind = phraseAt.map((each) => (each === stretch ? { from, to: each.to } : each))
    const stretches = stretch ? behind : [...behind, { from, to: text === 'ahead' ? i + 2 : i + 1 }]
    return { ...times, phrase: { ...phrase, open: undefined, shift: multiplied(amount, -1) }, phraseAt: stretches }
  }
  return undefined
}

function amountBefore(s: View['s'], i: number, from: number): number | undefined {
  for (let j = Math.max(from, i - 5); j < i; j++) if (readAmount(s, j)?.end === i) return j
  return undefined
}
