import type { Outcome } from '#core/command.ts'
import { problem } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { short } from './answer.ts'

/** Nothing is planned by a clock that nobody knows; undefined when none was named. */
export function unknownZone({ strangeZone }: Understanding): Outcome | undefined {
  if (strangeZone === undefined) return undefined
  return {
    reply: problem(`I do not know the zone ${short(strangeZone, 60)}. Name a city or an offset, such as “3pm Berlin time” or “3pm UTC+2”.`),
  }
}
