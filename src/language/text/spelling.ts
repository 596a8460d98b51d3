import { longNames, type Word, wordOf } from './words.ts'

/**
 * Finds the weekday, month or plain word of requests that a word was meant to be, when one letter is missing, extra, wrong or swapped.
 *
 *     tuseday -> tuesday    saterday -> saturday    febuary -> february    tomorow -> tomorrow
 *
 * Words of fewer than six letters are left alone: "match" is not March.
 */
export function corrected(spelling: string): Word | undefined {
  if (spelling.length < 6 || spelling.length > 11 || realWords.has(spelling)) return undefined
  const candidates = byFirstLetter.get(spelling.charCodeAt(0))
  if (!candidates) return undefined
  for (const name of candidates) if (oneEditApart(spelling, name)) return wordOf(name)
  return undefined
}

/** One letter away from a name and yet themselves. */
const realWords = new Set(
  'sundry mondays fridays sundays august augustus octopus rewind remand reminds reminded remade cancer cancels chancel melting meting scheduled schedules scheduler rescheduled reschedules appointed'.split(
    ' ',
  ),
)

const byFirstLetter = new Map<number, string[]>()
for (const name of longNames) {
  const code = name.charCodeAt(0)
  byFirstLetter.set(code, [...(byFirstLetter.get(code) ?? []), name])
}

function oneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a.charCodeAt(from) === b.charCodeAt(from)) from++
  let endA = a.length
  let endB = b.length
  while (endA > from && endB > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--
    endB--
  }
  const left = endA - from
  const right = endB - from
  if (left <= 1 && right <= 1) return true
  return left === 2 && right === 2 && a[from] === b[from + 1] && a[from + 1] === b[from]
}
