import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import { type Button, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, short } from '../answer.ts'
import { keep } from '../question.ts'
import { inWords } from '../rule.ts'
import { before, secondsAhead } from './alert-me.ts'
import { lengthInWords } from './details.ts'
import { occurrencesMeant } from './which.ts'

/**
 * "remind #ops 10 minutes before each standup": alerts are for people, so a reminder of its own is offered that rings as
 * often. It does not move with the event, and the question says so.
 */
export async function offerBefore(understanding: Understanding, text: string, context: Context): Promise<Outcome | undefined> {
  const { lead, what } = before.exec(text)?.groups ?? {}
  if (lead === undefined || what === undefined || understanding.target?.kind === 'me') return undefined
  const { title } = context.understand(`cancel the ${what}`)
  const [one] = await occurrencesMeant({ ...understanding, intent: 'event.find', title: title ?? what, people: [] }, null, context)
  const [seconds] = (one && secondsAhead(lead, one, context)) ?? []
  if (!one || seconds === undefined) return undefined
  const draft = await reminderBefore(one, seconds, context)
  if (!draft) return undefined
  const id = await keep({ ...understanding, ...draft, alternatives: [] }, draft.title, context)
  const rule = draft.recurrence ? inWords(draft.recurrence.rrule, draft.wall, one.event.timeZone) : undefined
  const often = rule === undefined ? [] : say` ${strong(rule)}`
  const button: Button = { label: 'Remind them', token: context.token('answer', id, 'reading0'), style: 'primary' }
  return ask(
    context,
    say`Alerts before ${strong(short(one.title))} are for people. Shall I remind them${often}, which is ${lengthInWords(seconds)} before? It will not move when ${short(one.title, 60)} does.`,
    [button],
  )
}

/** Undefined where it would ring on another day than the event, so that its rule would be another one. */
async function reminderBefore({ event: { id, timeZone }, startsAt, title }: Occurrence, seconds: number, { store, space }: Context) {
  const start = startsAt.toZonedDateTimeISO(timeZone)
  const at = start.subtract({ seconds })
  const event = await store.events.get(space.id, id)
  if (!event || (event.rrule !== null && !at.toPlainDate().equals(start.toPlainDate()))) return undefined
  const wall = at.toPlainDateTime()
  const when = { kind: 'instant', start: at.toString({ timeZoneName: 'never' }), end: null, grain: 'minute', timeZone } as const
  const recurrence = event.rrule === null ? null : { rrule: event.rrule, dtstart: wall.toString(), timeZone, exdates: [] }
  return { title: `${short(title, 200)} in ${lengthInWords(seconds)}`, when, recurrence, wall }
}
