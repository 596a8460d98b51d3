import type { Command, Context, Outcome } from '#core/command.ts'
import { problem, say, spell, spellDay, strong } from '#core/reply.ts'
import type { When } from '#core/understanding.ts'
import { short, tell } from './answer.ts'

/** What the clock and the calendar themselves say: "what time is it in Tokyo", "how many days until Christmas". */
export const clock: Command = {
  intents: ['time.query'],
  async understood({ content, when }, context) {
    const { message } = context
    const text = message.kind === 'sentence' ? message.text : ''
    const day = dayOf(when)
    if (day && !/\btime\b/i.test(text)) return dayThen(day, context)
    const place = named.exec(text)?.groups?.place
    if (content === null && place !== undefined)
      return { reply: problem(`I do not know what time it is in ${short(place, 60)}: name a large city near it.`) }
    if (when || !asked.test(text) || compared.test(text)) return { reply: problem(whatIKnow) }
    return timeNow(content ?? context.timeZone, context)
  },
  presses: {},
}

const whatIKnow = 'I tell the time anywhere and count days: “what time is it in Tokyo”, “how many days until May 4”.'

// "what time is it in Atlantis?"
//                     ↑ place
const named = /\bin (?<place>\p{Lu}[\p{L}' -]*)/u
const asked = /\b(?:time|date|day|today|late)\b/i
const compared = /\b(?:difference|between|convert|zones?|timezones?|hours)\b/i

/** A single day that was named. */
function dayOf(when: When | null): string | undefined {
  if (when?.kind === 'date' && when.start !== null) return when.start.slice(0, 10)
  return when?.open === 'before' && when.end !== null && !when.end.includes('T') ? when.end : undefined
}

function dayThen(date: string, { now, timeZone }: Context): Outcome {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const { days } = today.until(date)
  const size = Math.abs(days)
  const away = `${size} ${size === 1 ? 'day' : 'days'}`
  const words = days === 0 ? 'today' : days > 0 ? `in ${away}` : `${away} ago`
  return tell(say`${strong(spellDay(date))} is ${words}.`)
}

/** In words and not as a moment, which some platforms would show on the reader's own clock. */
function timeNow(timeZone: string, { now }: Context): Outcome {
  return tell(say`It is ${strong(spell({ kind: 'time', at: now.toString(), show: 'full', timeZone, named: true }))} in ${timeZone}.`)
}
