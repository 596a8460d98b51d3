import type { IntentReading } from './intent/intent.ts'
import { findOwnStretch } from './intent/list.ts'
import { readMore } from './intent/snooze.ts'
import type { View } from './intent/view.ts'
import { eachOnce, readSeveralDays } from './repeat/several.ts'
import { at } from './text/tokens.ts'
import { readAmount } from './time/amount.ts'
import { emptyPhrase } from './time/expression.ts'
import { readTimes, type Times, weekdaysThrough } from './times.ts'

export const timeless: Times = { phrase: undefined, repeat: undefined, phraseAt: [], repeatAt: [], attribute: false }

/** Times that are meant where the words of time alone do not say them. */
export function unsaidTimes(view: View, found: IntentReading): Times | undefined {
  switch (found.intent) {
    case 'reminder.create':
      return eachOf(view) ?? soonOf(view, found)
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

/** "remind me [20 minutes] to stretch", "remind me [1h] tea": a length said first is how long from now. */
function soonOf({ s, times }: View, { titleFrom }: IntentReading): Times | undefined {
  if (times.phrase || times.repeat || at(s, titleFrom).text !== 'me' || at(s, titleFrom + 1).kind !== 'number') return undefined
  const amount = readAmount(s, titleFrom + 1)
  if (!amount || at(s, amount.end).kind !== 'word') return undefined
  // "10 minutes before the dentist" is told from there, and not from now on.
  if (at(s, amount.end).text === 'before' || at(s, amount.end).text === 'ahead') return undefined
  const phraseAt = [{ from: titleFrom + 1, to: amount.end }]
  return { ...timeless, phrase: { ...emptyPhrase, shift: amount.value }, phraseAt }
}

/** "on Monday and Wednesday", "Monday to Friday": a reminder rings on each of them. */
function eachOf({ s, times }: View): Times | undefined {
  if (times.repeat || times.phrase?.days?.kind === 'shift') return undefined
  for (const { from, to } of times.phraseAt)
    for (let i = from; i < to; i++) {
      const found = at(s, i).word.weekday ? readSeveralDays(s, i) : undefined
      if (!found) continue
      const clocks = found.value.clocks.length > 0 ? found.value.clocks : (times.phrase?.clocks ?? [])
      const repeat = { ...found.value, clocks, part: found.value.part ?? times.phrase?.part, zone: found.value.zone ?? times.phrase?.zone }
      return { phrase: undefined, repeat, phraseAt: times.phraseAt, repeatAt: [{ from: i, to: found.end }], attribute: false }
    }
  const days = times.phrase?.days
  if (!times.phrase || days?.kind !== 'span' || days.from.kind !== 'weekday' || days.to.kind !== 'weekday') return undefined
  const { clocks, part, zone } = times.phrase
  const each = eachOnce(weekdaysThrough(days.from.weekday, days.to.weekday).map(({ weekday }) => weekday))
  return { ...times, phrase: undefined, repeat: { ...each, clocks, part, zone } }
}
