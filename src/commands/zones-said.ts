import type { Context, Outcome } from '#core/command.ts'
import { problem, say, spell, strong } from '#core/reply.ts'
import { zoneNamed } from '#core/zone.ts'
import { amount } from './amount.ts'
import { short, tell } from './answer.ts'

// "what's 3pm London in New York"   "convert 14:00 CET to PST"   "9 am in Berlin to Tokyo time"
//         ↑ clock ↑ from    ↑ to
const converted =
  /\b(?<clock>\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|noon|midnight)\s+(?:(?:in |on )?(?<from>\p{L}[\p{L}/_' -]*?)\s+)?(?:time\s+)?(?:in|to|for|into)\s+(?<to>\p{L}[\p{L}/_' -]*?)(?: time)?\W*$/iu
// "the time difference between Oslo and Lima"
const between = /\bbetween\s+(?<one>\p{L}[\p{L}/_' -]*?)\s+and\s+(?<other>\p{L}[\p{L}/_' -]*?)\W*$/iu
const longest = 200

/** A clock time of one place by the clock of another, and how far two places are apart. */
export function zonesCompared(text: string, context: Context): Outcome | undefined {
  if (text.length > longest) return undefined
  const apart = between.exec(text)?.groups
  if (apart?.one !== undefined && apart.other !== undefined) return difference(apart.one, apart.other, context)
  const { clock, from, to } = converted.exec(text)?.groups ?? {}
  if (clock === undefined || to === undefined) return undefined
  const [source, target] = [from === undefined ? context.timeZone : zoneOf(from, context), zoneOf(to, context)]
  if (source === undefined || target === undefined) return unknown(source === undefined ? (from ?? '') : to)
  const said = context.understand(`remind me to look at ${clock} today`).when
  const wall = said?.start?.includes('T') ? Temporal.PlainDateTime.from(said.start.slice(0, 19)) : undefined
  if (!wall) return undefined
  const day = context.now.toZonedDateTimeISO(source).toPlainDate()
  const at = day.toZonedDateTime({ timeZone: source, plainTime: wall.toPlainTime() }).toInstant()
  const inWords = (timeZone: string) => spell({ kind: 'time', at: at.toString(), show: 'full', timeZone, named: true })
  return tell(say`${inWords(source)} is ${strong(inWords(target))} in ${target}.`)
}

function difference(one: string, other: string, context: Context): Outcome {
  const [a, b] = [zoneOf(one, context), zoneOf(other, context)]
  if (a === undefined || b === undefined) return unknown(a === undefined ? one : other)
  const offset = (zone: string) => context.now.toZonedDateTimeISO(zone).offsetNanoseconds / 60e9
  const minutes = offset(b) - offset(a)
  const [ahead, behind] = minutes >= 0 ? [b, a] : [a, b]
  const size = Math.abs(minutes)
  const words = `${amount(Math.trunc(size / 60), 'hour')}${size % 60 === 0 ? '' : ` ${size % 60} minutes`}`
  return tell(size === 0 ? say`${a} and ${b} have the same time now.` : say`${ahead} is ${strong(words)} ahead of ${behind} now.`)
}

function zoneOf(place: string, { understand }: Context): string | undefined {
  const { intent, content } = understand(`my time zone is ${place}`)
  return intent === 'settings.update' && content !== null ? zoneNamed(content) : undefined
}

function unknown(place: string): Outcome {
  return { reply: problem(`I do not know what time it is in ${short(place, 60)}: name a large city near it.`) }
}
