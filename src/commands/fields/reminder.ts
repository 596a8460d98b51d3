import type { Context, Outcome } from '#core/command.ts'
import type { ReminderFields } from '#core/fields.ts'
import type { Reminder } from '#core/model.ts'
import type { Changes, Recurrence, When } from '#core/understanding.ts'
import { amend } from '../amend.ts'
import { blank } from '../blank.ts'
import { complete } from '../done.ts'
import { inTurn } from '../in-turn.ts'
import { createReminder } from '../remind.ts'
import { pause, resume } from '../rhythm.ts'
import { atOf, momentOf } from './times.ts'

/** Named people in the place of "me": its words are what they are, and name nobody. */
export function createdReminder({ text, at, timeZone = '', rrule, to = ['me'] }: ReminderFields, context: Context): Promise<Outcome> {
  const moment = at === undefined ? undefined : momentOf(at, timeZone || context.timeZone)
  const times =
    moment && rrule !== undefined
      ? { when: null, recurrence: ruleFrom(rrule, moment.toPlainDateTime(), moment.timeZoneId) }
      : { when: moment ? atOf(moment) : null, recurrence: null }
  const people = to.map((name) => ({ name }))
  return createReminder({ ...blank, intent: 'reminder.create', target: { kind: 'people' }, people, title: text ?? null, ...times }, context)
}

export function changedReminder(one: Reminder, input: ReminderFields, context: Context): Promise<Outcome> {
  const { state } = input
  const amended = (each: Reminder) => amend(each, { ...blank, changes: changesOf(each, input) }, context)
  const onlyState = Object.entries(input).every(([name, value]) => value === undefined || name === 'state' || name === 'scope')
  if (state === undefined) return inTurn('reminder', one, [amended])
  const moved = (each: Reminder) => (each.state === state ? { reply: said } : stateActs[state](each, context))
  return onlyState ? inTurn('reminder', one, [moved]) : inTurn('reminder', one, [amended, moved])
}

const said: Outcome['reply'] = { tone: 'tell', visibility: 'author', blocks: [{ kind: 'text', text: ['It is so already.'] }] }

const stateActs = { scheduled: resume, paused: pause, done: complete } as const

function changesOf(one: Reminder, { text, at, timeZone = one.timeZone, rrule, scope }: ReminderFields): Changes {
  const title = text === undefined ? {} : { title: text }
  const moment = at === undefined ? undefined : momentOf(at, timeZone)
  const wall = moment?.toPlainDateTime() ?? one.startWall
  const moves = moment !== undefined || timeZone !== one.timeZone
  if (rrule !== undefined) return { ...title, recurrence: ruleFrom(rrule, wall, timeZone) }
  if (one.rrule !== null && moves && (scope === 'all' || moment === undefined))
    return { ...title, recurrence: ruleFrom(one.rrule, wall, timeZone, one.exdates) }
  return moves ? { ...title, when: { ...whenAt(wall, timeZone), keeps: 'nothing' } } : title
}

function whenAt(wall: Temporal.PlainDateTime, timeZone: string): When {
  return atOf(wall.toZonedDateTime(timeZone))
}

/** What was left out of the rule stays so, at its new clock time where it has but one. */
function ruleFrom(
  rrule: string,
  start: Temporal.PlainDateTime,
  timeZone: string,
  exdates: readonly Temporal.PlainDateTime[] = [],
): Recurrence {
  const clock = (wall: Temporal.PlainDateTime) =>
    /BYHOUR|BYMINUTE|FREQ=HOURLY/.test(rrule) ? wall : wall.withPlainTime(start.toPlainTime())
  const text = (wall: Temporal.PlainDateTime) => wall.toString({ smallestUnit: 'second' })
  return { rrule, dtstart: text(start), timeZone, exdates: exdates.map((wall) => text(clock(wall))) }
}
