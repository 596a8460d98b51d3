import type { Context, Outcome } from '#core/command.ts'
import type { Person } from '#core/model.ts'
import { problem, type Text } from '#core/reply.ts'
import type { Setting } from '#core/understanding.ts'
import { amount } from './amount.ts'
import { done, tell } from './answer.ts'
import { lengthInWords, usualAlerts } from './event/details.ts'

/** How somebody wants to be told of things when nobody says. */

const longestAway = 90

/** "alert me 10 minutes before by default", "catch me up after 5 days away". */
export function setHabit(setting: Extract<Setting, { kind: 'alerts' | 'catchup' }>, context: Context): Outcome {
  const { person } = context
  if (setting.kind === 'alerts') {
    const alertSeconds = usualAlerts(setting.seconds)
    if (alertSeconds.length < setting.seconds.length)
      return { reply: problem('I keep up to five usual alerts, each at most four weeks before.') }
    return set('usual alerts set', { alertSeconds }, alertText(alertSeconds), context)
  }
  if (setting.days > longestAway) return { reply: problem(`I look back ${longestAway} days at most: give fewer.`) }
  const catchUpDays = setting.days
  return set('catch-up set', { catchUpDays }, catchUpText(catchUpDays), { ...context, person })
}

function set(summary: string, change: Partial<Person>, text: string, context: Context): Outcome {
  const { person } = context
  const after: Person = { ...person, ...change, version: person.version + 1 }
  const isSame = String(after.alertSeconds) === String(person.alertSeconds) && after.catchUpDays === person.catchUpDays
  if (isSame) return tell([`${text} It was so already.`])
  return done(context, summary, [text], [{ kind: 'person', before: person, after }])
}

function alertText(seconds: readonly number[]): string {
  if (seconds.length === 0) return 'Events of yours have no alert unless you say one.'
  return `I tell you ${seconds.map(lengthInWords).join(' and ')} before events that you make, unless you say otherwise.`
}

function catchUpText(days: number): string {
  return days === 0
    ? 'I tell you what you missed only when you ask.'
    : `When you come back after ${amount(days, 'day')} or more, I tell you what you missed.`
}

/** What the settings say of it. */
export function habitsOf({ alertSeconds, catchUpDays }: Person): readonly Text[] {
  return [...(alertSeconds.length === 0 ? [] : [[alertText(alertSeconds)]]), [catchUpText(catchUpDays)]]
}
