import type { Occurrence } from '#calendar/occurrence.ts'
import { answersFor } from '#calendar/turnout.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Person } from '#core/model.ts'
import { type Button, say, spell, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { instant, short, tell } from '../answer.ts'
import { slotsFor } from '../availability.ts'
import { keep } from '../question.ts'
import { spanText } from './spelled.ts'
import { keyOf } from './which.ts'

const offered = 5
const mostPeople = 25

/** "reschedule the retro", without saying to when: the next times that suit all who come, to be pressed. */
export async function anotherTime(understanding: Understanding, one: Occurrence, context: Context): Promise<Outcome> {
  context.show({ kind: 'event', ids: [keyOf(one)] })
  // A time alone is an answer to it.
  await keep({ ...understanding, choices: [keyOf(one)] }, one.title, context)
  const people = await comingTo(one, context)
  const free = one.event.allDay ? [] : await slotsFor(people, null, Math.ceil(one.durationSeconds / 60), offered, context)
  const slots = free.toSorted((a, b) => Temporal.Instant.compare(a.start, b.start))
  const asks = say`What shall change about ${strong(short(one.title))}, ${spanText(one, context)}? For example: “move it to 10”, “make it 45 minutes”, “it is in room 5 now”.`
  if (slots.length === 0) return tell(asks)
  const whose = people.length > 1 ? `all ${people.length} who come are` : 'you are'
  return tell(asks, [
    { kind: 'aside', text: [`Or press a time when ${whose} free:`] },
    { kind: 'buttons', buttons: slots.map(({ start }) => moveButton(one, start, context)) },
  ])
}

function moveButton({ event, recurrenceId }: Occurrence, start: Temporal.Instant, context: Context): Button {
  const wall = recurrenceId?.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
  const seconds = Math.floor(start.epochMilliseconds / 1_000)
  return {
    label: short(spell({ ...instant(start, context), timeZone: context.timeZone, named: false }), 40),
    token: context.token('move-event', event.id, wall === undefined ? `${seconds}` : `${seconds}-${wall}`),
  }
}

/** Whoever plans it, and those of the invited who did not decline. */
async function comingTo({ event, recurrenceId }: Occurrence, { store, space }: Context): Promise<readonly Person[]> {
  const rows = answersFor(await store.attendees.of(space.id, [event.id]), recurrenceId)
  const invited = rows
    .filter(({ state, response }) => state === 'invited' && response !== 'declined')
    .flatMap(({ personId }) => personId ?? [])
  const ids = [...new Set([event.organiserId, ...invited])].slice(0, mostPeople)
  const people = await Promise.all(ids.map((id) => store.people.get(space.id, id)))
  return people.filter((one) => one !== undefined)
}
