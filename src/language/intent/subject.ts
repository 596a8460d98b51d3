import { readOrdinal, readWhole } from '../text/numbers.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Noun } from '../text/vocabulary.ts'
import type { Reference } from './intent.ts'
import { nounAt, says, type View } from './view.ts'

/** "that", "it", "the last one", "2", "number 3", "the second one". */
export function readReference(s: Sentence, i: number): { readonly value: Reference; readonly end: number } | undefined {
  const { text, kind } = at(s, i)
  const ends = (j: number) =>
    at(s, j).kind === 'end' ||
    at(s, j).kind === 'mark' ||
    at(s, j).word.opens ||
    ['please', 'to', 'as', 'reminder', 'one', 'off'].includes(at(s, j).text)
  if ((text === 'that' || text === 'it' || text === 'this') && ends(i + 1))
    return { value: 'last', end: at(s, i + 1).text === 'one' || at(s, i + 1).text === 'reminder' ? i + 2 : i + 1 }
  if (says(s, i, 'the last one') || says(s, i, 'my last one')) return { value: { ordinal: -1 }, end: i + 3 }
  const j = text === 'number' || text === 'no' || text === '#' || text === 'nr' ? i + 1 : i
  if (kind !== 'end' && (j > i || kind === 'number')) {
    const whole = readWhole(s, j)
    if (
      whole &&
      whole.value >= 1 &&
      whole.value <= 999 &&
      ends(whole.end) &&
      at(s, whole.end).text !== ':' &&
      at(s, whole.end).word.unit === '' &&
      at(s, whole.end).word.half === ''
    )
      return { value: { ordinal: whole.value }, end: whole.end }
  }
  const k = text === 'the' ? i + 1 : i
  const ordinal = readOrdinal(s, k)
  if (ordinal && at(s, ordinal.end).text === 'one') return { value: { ordinal: ordinal.value }, end: ordinal.end + 1 }
  return undefined
}

export type Family = 'event' | 'reminder' | 'todo' | 'note' | 'group' | 'digest'

export const familyOf: Readonly<Record<Noun, Family | undefined>> = {
  event: 'event',
  calendar: 'event',
  reminder: 'reminder',
  todo: 'todo',
  list: 'todo',
  note: 'note',
  digest: 'digest',
  group: 'group',
  setting: undefined,
}

/** The noun that a command is about, and the tokens of it that are no title. */
export function subject(
  view: View,
  from: number,
): { readonly family: Family; readonly drop: readonly [number, number]; readonly end: number } | undefined {
  const { s, kept, end } = view
  // Ids are shown of reminders.
  const id = kept.get(from)
  if (id?.kind === 'id') return { family: 'reminder', drop: [from, from], end: id.to }
  for (let i = from; i < Math.min(end, from + 12); i++) {
    const found = nounAt(s, i)
    const family = found && familyOf[found.noun]
    if (!found || !family) continue
    // "reminder list", "list of alarms": the thing listed counts.
    if (found.noun === 'list' && at(s, found.end).text === 'of') {
      const listed = nounAt(s, at(s, found.end + 1).text === 'my' || at(s, found.end + 1).text === 'the' ? found.end + 2 : found.end + 1)
      if (listed && familyOf[listed.noun]) return { family: familyOf[listed.noun] ?? family, drop: [i, listed.end], end: listed.end }
    }
    const then = nounAt(s, found.end)
    // "the todo call Bob"
    if (found.noun === 'todo' && then?.noun === 'event') return { family, drop: [i, found.end], end: found.end }
    if (then?.noun === 'list') return { family, drop: [i, then.end], end: then.end }
    if (then && found.noun !== 'event' && familyOf[then.noun])
      return { family: familyOf[then.noun] ?? family, drop: [i, then.end], end: then.end }
    if (found.noun === 'group' && then?.noun === 'event') continue
    return { family, drop: [i, found.end], end: found.end }
  }
  return undefined
}
