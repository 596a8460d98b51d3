import { byStart } from '#calendar/expand.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { Person, Space } from '#core/model.ts'
import type { Store } from '#core/ports.ts'
import { type Block, type Item, type Reply, say, strong, type Text, type Time } from '#core/reply.ts'
import { agendaIn, agendaOf } from '../agenda.ts'
import { short } from '../answer.ts'

/** What digests are made of. */

/** Whose it is, when, and where it is read from. */
export interface Asked {
  readonly store: Omit<Store, 'commit'>
  readonly space: Space
  readonly person: Person
  readonly timeZone: string
  readonly now: Temporal.Instant
  token(verb: string, subject: string, argument?: string): string
}

export interface Section {
  readonly title: string
  readonly items: readonly Item[]
}

/** As many lines of a section as a message holds of several. */
const mostLines = 12

/** Undefined when there is nothing to say. */
export function written(heading: Text, sections: readonly Section[], more: readonly Block[] = []): Reply | undefined {
  const filled = sections.filter(({ items }) => items.length > 0)
  if (filled.length === 0) return undefined
  return { tone: 'ring', visibility: 'place', blocks: [{ kind: 'text', text: heading }, ...filled.flatMap(blocksOf), ...more] }
}

function blocksOf({ title, items }: Section): readonly Block[] {
  const rest = items.length - mostLines
  return [
    { kind: 'text', text: [strong(title)] },
    { kind: 'list', items: items.slice(0, mostLines) },
    ...(rest > 0 ? [{ kind: 'aside', text: [`And ${rest} more.`] } satisfies Block] : []),
  ]
}

export interface Stretch {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/** Everything of a person in a stretch of time, what they are invited to elsewhere as well. */
export async function eventsOf({ store, space, person }: Asked, window: Stretch): Promise<readonly Occurrence[]> {
  const everywhere = [{ space, person }, ...(await store.people.elsewhere(space, person))]
  const all = await Promise.all(everywhere.map((there) => agendaOf(store, there.space.id, there.person.id, window)))
  return all.flatMap(({ occurrences }) => occurrences).toSorted(byStart)
}

/** Nobody in particular: who reads a channel sees what everybody may. */
const anybody = '00000000-0000-0000-0000-000000000000'

/** What is in the calendar of a channel, and in those of the whole space. */
export async function eventsIn(channel: string, { store, space, person }: Asked, window: Stretch): Promise<readonly Occurrence[]> {
  const [own, visible] = await Promise.all([store.calendars.ofChannel(space.id, channel), store.calendars.of(space.id, person.id)])
  const ids = [...(own ? [own.id] : []), ...visible.filter(({ kind }) => kind === 'space').map(({ id }) => id)]
  if (ids.length === 0) return []
  const scope = { spaceId: space.id, calendarIds: ids, reader: anybody, foreign: new Set(ids) }
  return (await agendaIn(store, scope, window)).occurrences
}

/** "9:00 AM Stand-up, in the kitchen"; with `dated`, the day as well. */
export function eventLine(one: Occurrence, asked: Asked, dated = false): Item {
  const place = one.location === '' ? [] : say`, ${short(one.location, 80)}`
  return { text: say`${one.event.allDay ? wholeDay(one, dated) : momentOf(one.startsAt, asked, dated)} ${short(one.title, 120)}${place}` }
}

function wholeDay({ startWall }: Occurrence, dated: boolean): Text {
  return dated ? [{ kind: 'day', date: startWall.toPlainDate().toString() }] : ['All day:']
}

export function momentOf(at: Temporal.Instant, { timeZone }: Asked, dated = false): Time {
  return { kind: 'time', at: at.toString(), show: dated ? 'full' : 'time', timeZone }
}
