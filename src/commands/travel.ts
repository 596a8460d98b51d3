import { nextOccurrence } from '#calendar/recurrence.ts'
import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Change, Reminder } from '#core/model.ts'
import { problem, say, strong, type Text } from '#core/reply.ts'
import type { When } from '#core/understanding.ts'
import { done, settled } from './answer.ts'
import { morning } from './moment.ts'

/** How many reminders are asked about at once. */
const most = 500

/** What rings within a day was meant for where the person is now; what comes later was meant by the clock. */
const soon = { hours: 24 } as const

/** A person's reminders that are set by the clock of a zone: those that repeat, and those of later days. */
export async function setByClockOf(zone: string, { store, space, person, now }: Context): Promise<readonly Reminder[]> {
  const open = await store.reminders.open(space.id, person.id, most)
  return open.filter(({ state, timeZone, rrule, dueAt }) => {
    if (timeZone !== zone || (state !== 'scheduled' && state !== 'paused')) return false
    return rrule !== null || (dueAt !== null && Temporal.Instant.compare(dueAt, now.add(soon)) > 0)
  })
}

/** "I'm in Tokyo until Friday": on that day, by the clock at home, somebody is reminded to say that they are back. */
export function backThen(
  when: When | null | undefined,
  zone: string,
  { timeZone, now, person, space, message, newId }: Context,
): { readonly change: Change; readonly words: Text } | undefined {
  if (!when?.end || when.start !== null) return undefined
  const wall = Temporal.PlainDate.from(when.end.slice(0, 10)).toPlainDateTime(morning)
  const dueAt = wall.toZonedDateTime(timeZone).toInstant()
  if (Temporal.Instant.compare(dueAt, now) <= 0) return undefined
  const after: Reminder = {
    id: newId(),
    spaceId: space.id,
    ownerId: person.id,
    text: `Back from ${zone}? Say “my time zone is ${timeZone}”.`,
    recipients: [{ kind: 'direct', user: person.userId }],
    origin: message.place,
    state: 'scheduled',
    dueAt,
    startWall: wall,
    timeZone,
    rrule: null,
    exdates: [],
    snoozeOf: null,
    nagSeconds: null,
    version: 1,
  }
  const words = say`On ${{ kind: 'day', date: wall.toPlainDate().toString() }} I ask you to say that you are back in ${timeZone}.`
  return { change: { kind: 'reminder', before: null, after }, words }
}

/** Lets reminders follow a person to the zone that they have moved to; the change of zone is named by its audit entry. */
export async function follow({ subject }: Pressed, context: Context): Promise<Outcome> {
  const { store, space, person, message } = context
  const entry = await store.audit.get(space.id, subject)
  const moved = entry?.changes.find((change) => change.kind === 'person')
  if (!entry || !moved || moved.before === null) return { reply: problem('That was too long ago. Change the reminders one by one.') }
  if (entry.actorId !== person.id) return { reply: problem('These are the reminders of somebody else.') }
  const to = person.timeZone
  if (entry.undone || to === null || to !== moved.after.timeZone)
    return settled(context, ['Your time zone has changed again since, so they stay as they are.'])
  const from = moved.before.timeZone ?? message.author.timeZone ?? space.timeZone
  const changes = (await setByClockOf(from, context)).flatMap((one) => moveTo(to, one, context))
  if (changes.length === 0) return settled(context, ['They follow you already.'])
  const what = changes.length === 1 ? 'One reminder follows' : `${changes.length} reminders follow`
  return done(context, 'reminders follow', say`${what} you, and ring by the clock of ${strong(to)} from now on.`, changes)
}

/** The same wall time in another zone; nothing when that is over already. */
function moveTo(timeZone: string, before: Reminder, { now }: Context): readonly Change[] {
  const { rrule, startWall, exdates } = before
  const next = rrule === null ? startWall.toZonedDateTime(timeZone) : nextOccurrence({ rrule, startWall, timeZone, exdates }, now)
  const dueAt = next?.toInstant()
  if (!dueAt || Temporal.Instant.compare(dueAt, now) <= 0) return []
  return [
    {
      kind: 'reminder',
      before,
      after: { ...before, timeZone, nagged: 0, dueAt: before.state === 'paused' ? null : dueAt, version: before.version + 1 },
    },
  ]
}
