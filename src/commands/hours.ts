import type { Context, Outcome } from '#core/command.ts'
import type { Hours, Person } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Setting } from '#core/understanding.ts'
import { done } from './answer.ts'

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const longestBuffer = 120
export const officeDays: readonly number[] = [1, 2, 3, 4, 5]

/** The zone that somebody lives by, as far as anybody knows. */
export function zoneOf({ id, timeZone, profileZone }: Person, context: Context): string {
  return id === context.person.id ? context.timeZone : (timeZone ?? profileZone ?? context.space.timeZone)
}

// "my working hours are 9 to 5"   "keep 15 minutes between my meetings"
export function setHours(setting: Extract<Setting, { kind: 'hours' | 'buffer' }>, context: Context): Outcome {
  const { person } = context
  if (setting.kind === 'buffer') {
    const { minutes } = setting
    if (minutes > longestBuffer) return { reply: problem(`I keep up to ${longestBuffer} minutes free between two events.`) }
    const after: Person = { ...person, bufferMinutes: minutes, version: person.version + 1 }
    const words =
      minutes === 0
        ? 'No pause is kept between your events any more.'
        : `I keep ${minutes} minutes free before and after each of your events.`
    return done(context, 'pause set', [words], [{ kind: 'person', before: person, after }])
  }
  const hours: Hours = { days: setting.days ?? person.hours?.days ?? officeDays, from: setting.from, to: setting.to }
  const after: Person = { ...person, hours, version: person.version + 1 }
  return done(
    context,
    'working hours set',
    say`You work ${strong(hoursInWords(hours))}, ${context.timeZone} time. I look for free times within these hours first.`,
    [{ kind: 'person', before: person, after }],
  )
}

/** "Mon to Thu, 09:00 to 17:00" */
export function hoursInWords({ days, from, to }: Hours): string {
  const name = (day: number) => names[day - 1] ?? ''
  const [first, last] = [days[0] ?? 1, days.at(-1) ?? 1]
  const run = days.length > 2 && last - first === days.length - 1
  return `${run ? `${name(first)} to ${name(last)}` : days.map(name).join(', ')}, ${from} to ${to}`
}
