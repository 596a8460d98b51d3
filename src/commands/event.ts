import { expand } from '#calendar/expand.ts'
import type { Command, Context, Outcome } from '#core/command.ts'
import type { CalendarEvent, Series } from '#core/model.ts'
import { type Button, problem, say, strong, type Text } from '#core/reply.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { agendaOf, scopeOf } from './agenda.ts'
import { ask, done, short, tell } from './answer.ts'
import { createEvent } from './book.ts'
import { lastChanged, meant, shownOf } from './find.ts'
import { spanOf, spelled } from './span.ts'

const listed = 50

export const event: Command = {
  intents: ['event.create', 'event.list', 'event.cancel'],
  understood(understanding, context) {
    switch (understanding.intent) {
      case 'event.list':
        return agenda(understanding, context)
      case 'event.cancel':
        return cancelNamed(understanding, context)
      default:
        return createEvent(understanding, context)
    }
  },
  presses: {
    async 'cancel-event'({ subject }, context) {
      const one = await context.store.events.get(context.space.id, subject)
      if (!one) return { reply: problem('That event is gone.') }
      if (one.organiserId !== context.person.id) return { reply: problem('Only the person who made this event can cancel it.') }
      return cancel(one, context)
    },
  },
}

async function agenda({ when }: Understanding, context: Context): Promise<Outcome> {
  const { from, to, name } = windowOf(when, context)
  const { occurrences: found } = await agendaOf(context.store, context.space.id, context.person.id, { from, to })
  if (found.length === 0)
    return tell(say`Nothing is planned ${name}. Plan something: ${{ kind: 'code', text: 'lunch with Ann tomorrow at noon' }}`)
  const items = found
    .slice(0, listed)
    .map(({ event: one, startsAt }) => ({ text: [short(one.title, 120)], detail: spelled(one, startsAt, context) }))
  const more: Text = found.length > listed ? [`The first ${listed} of ${found.length}.`] : []
  return tell(say`${strong('Your plans')} ${name}`, [
    { kind: 'list', items },
    ...(more.length > 0 ? [{ kind: 'aside', text: more } as const] : []),
  ])
}

/** The window that a sentence names; without one, the coming week. */
function windowOf(
  when: When | null,
  context: Context,
): { readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly name: Text } {
  if (!when?.start) return { from: context.now, to: context.now.add({ hours: 7 * 24 }), name: ['in the next 7 days'] }
  const { start, end } = spanOf(when)
  const day = start.toPlainDate()
  const single = when.kind !== 'range'
  const first = single ? day.toPlainDateTime() : start
  const last = single ? day.add({ days: 1 }).toPlainDateTime() : when.open === 'after' ? start.add({ days: 30 }) : end
  const from = first.toZonedDateTime(when.timeZone).toInstant()
  const to = last.toZonedDateTime(when.timeZone).toInstant()
  const lastDay = last.subtract({ seconds: 1 }).toPlainDate()
  const name: Text = lastDay.equals(day)
    ? say`on ${{ kind: 'day', date: day.toString() }}`
    : say`from ${{ kind: 'day', date: day.toString() }} to ${{ kind: 'day', date: lastDay.toString() }}`
  return { from, to, name }
}

async function cancelNamed(understanding: Understanding, context: Context): Promise<Outcome> {
  const from = context.now
  const scope = await scopeOf(context.store, context.space.id, context.person.id)
  const { series: events } = await context.store.events.within(scope, { from, to: from.add({ hours: 24 * 365 }), limit: 500 })
  if (events.length === 0) return tell(['You have no events to cancel.'])
  const last = await lastChanged('event', context)
  const named = meant(
    events.map((one) => ({ id: one.id, text: one.title, one })),
    understanding,
    { lastId: last, shown: shownOf('event', context) },
  )
  const dated = named.filter(({ one }) => isOn(one, understanding.when, context))
  const found = dated.length > 0 ? dated : understanding.when ? [] : named
  const [only, ...others] = found
  const chosen = only && others.length === 0 ? await context.store.events.get(context.space.id, only.id) : undefined
  if (chosen) return cancel(chosen, context)
  if (!only) return { reply: problem('I know no event of yours like that. Say “what is on this week” to see them.') }
  const buttons = found
    .slice(0, 5)
    .map(({ one }): Button => ({ label: short(one.title, 40), token: context.token('cancel-event', one.id) }))
  return ask(context, ['Which one shall I cancel?'], buttons)
}

function isOn(one: Series, when: When | null, context: Context): boolean {
  if (!when) return true
  const { from, to } = windowOf(when, context)
  return expand(one, { from, to }, 1).occurrences.length > 0
}

function cancel(one: CalendarEvent, context: Context): Outcome {
  if (one.status === 'cancelled') return { reply: problem('That event was cancelled already.') }
  const after: CalendarEvent = { ...one, status: 'cancelled', version: one.version + 1 }
  const all = one.rrule === null ? '' : ', with all its repeats'
  return done(context, 'event cancelled', say`Cancelled${all}: ${strong(short(one.title))}, ${spelled(one, one.startsAt, context)}.`, [
    { kind: 'event', before: one, after },
  ])
}
