import { type Edit, edited } from '#calendar/edit.ts'
import { type Occurrence, spanAt } from '#calendar/occurrence.ts'
import { answersFor } from '#calendar/turnout.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Attendee, CalendarEvent, Change } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, short } from '../answer.ts'
import { forwardHint } from '../invitation/by-mail.ts'
import { farthestYears, unplannable } from '../moment.ts'
import { spelled } from '../span.ts'
import { unknownZone } from '../strange-zone.ts'
import { alertChanges } from './alerts.ts'
import { choose, leftOf } from './choose.ts'
import { clashesOf } from './clash.ts'
import { editOf, refusal } from './edit.ts'
import { mayNot } from './may.ts'
import { occurrencesMeant } from './which.ts'

/** "copy the retro to next Friday", "duplicate it on the 5th at 4" */
export async function copyNamed(understanding: Understanding, context: Context): Promise<Outcome> {
  const strange = unknownZone(understanding)
  if (strange) return strange
  const found =
    (await leftOf(understanding, context)) ?? (await occurrencesMeant(understanding, understanding.changes?.from ?? null, context))
  return choose(understanding, found, copy, 'copy', context)
}

/**
 * Another one like it, once, at the time that was said: with its place, link, length and notes, in the same calendar, and
 * the same people are invited. Whoever does not plan the event gets it into their own calendar, alone.
 */
export async function copy({ changes }: Understanding, one: Occurrence, context: Context): Promise<Outcome> {
  const { store, space } = context
  const event = await store.events.get(space.id, one.event.id)
  if (!event) return { reply: problem('That event is gone.') }
  const read = await editOf(changes ?? {}, one, context)
  if (!read.ok) return { reply: problem(read.hint) }
  if (read.edit.shiftSeconds === undefined)
    return { reply: problem(`When shall the copy be? For example: “copy ${short(one.title, 40)} to Friday at 3”.`) }
  const plans = !(await mayNot(event, context))
  const made = copyOf(event, one, read.edit, plans, context)
  if (!made.ok) return { reply: problem(made.hint) }
  const guests = plans ? await guestsOf(event, one, made.event, context) : []
  const names = guests.filter(({ personId }) => personId !== context.person.id).map(({ name }) => short(name, 60))
  const company = names.length === 0 ? '' : ` With ${listed.format(names)}.`
  const { event: after } = made
  context.show({ kind: 'event', ids: [after.id] })
  const alerts = await alertChanges(null, after, { store, now: context.now, origin: context.message.place, attendees: guests })
  return done(
    context,
    'event copied',
    say`Copied: ${strong(short(after.title))}, ${spelled(after, after.startsAt, context)}${after.location === '' ? '' : `, ${short(after.location, 80)}`}.${company}`,
    [
      ...read.changes,
      { kind: 'event', before: null, after },
      ...guests.map((guest): Change => ({ kind: 'attendee', before: null, after: guest })),
      ...alerts,
    ],
    [...(await clashesOf(after, context)), ...forwardHint(after, guests, context)],
  )
}

const listed = new Intl.ListFormat('en')

function copyOf(
  event: CalendarEvent,
  one: Occurrence,
  edit: Edit,
  plans: boolean,
  context: Context,
): { readonly ok: true; readonly event: CalendarEvent } | { readonly ok: false; readonly hint: string } {
  const { person, now } = context
  const id = context.newId()
  const result = edited(alone(event, one), edit, 'all', null, id)
  if (!result.ok) return { ok: false, hint: refusal(result.reason, 'all') }
  const { after } = result
  switch (unplannable(after.endsAt, now)) {
    case 'past':
      return { ok: false, hint: 'That is already over. Give a time that is still to come, such as “to Friday at 3”.' }
    case 'far':
      return { ok: false, hint: `I keep plans for ${farthestYears} years and no longer: give an earlier date.` }
    case undefined:
      return {
        ok: true,
        event: {
          ...after,
          id,
          uid: `${id}@ducktape`,
          sequence: 0,
          version: 1,
          organiserId: person.id,
          alerts: after.alerts.filter(({ personId }) => personId === person.id),
          ...(plans ? {} : { calendarId: person.calendarId }),
        },
      }
  }
}

/** An occurrence as an event of its own. */
function alone(event: CalendarEvent, { override, title, location, startWall, durationSeconds, timeZone }: Occurrence): CalendarEvent {
  return {
    ...event,
    ...spanAt(startWall, durationSeconds, timeZone),
    title,
    location,
    startWall,
    durationSeconds,
    timeZone,
    description: override?.description ?? event.description,
    meetingLink: override?.meetingLink ?? event.meetingLink,
    colour: override?.colour ?? event.colour,
    rrule: null,
    rdates: [],
    exdates: [],
    overrides: [],
  }
}

/** Who was asked to come is asked again. */
async function guestsOf(event: CalendarEvent, one: Occurrence, after: CalendarEvent, context: Context): Promise<readonly Attendee[]> {
  const rows = await context.store.attendees.of(context.space.id, [event.id])
  return answersFor(rows, one.recurrenceId)
    .filter(({ state }) => state === 'invited')
    .map((guest) => ({
      ...guest,
      id: context.newId(),
      eventId: after.id,
      recurrenceId: null,
      response: guest.personId === context.person.id ? 'accepted' : 'needs-action',
      comment: '',
      waiting: null,
      version: 1,
    }))
}
