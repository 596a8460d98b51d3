import type { Recipient, Reminder, Todo } from '#core/model.ts'
import { type Block, type Item, type Reply, say, strong } from '#core/reply.ts'
import { short } from '../answer.ts'
import { type Asked, eventLine, eventsIn, eventsOf, momentOf, type Section, written } from './sections.ts'

/** From this hour on a day's agenda is that of the next day. */
const evening = 17
const most = 200

/** The day ahead: events, reminders, and todos that are due; of a channel what concerns the channel. Undefined on an empty day. */
export async function dailyAgenda(asked: Asked, to: Recipient): Promise<Reply | undefined> {
  const here = asked.now.toZonedDateTimeISO(asked.timeZone)
  const first = here.hour < evening ? here : here.add({ days: 1 }).startOfDay()
  const window = { from: first.toInstant(), to: first.add({ days: 1 }).startOfDay().toInstant() }
  const day = first.toPlainDate()
  const heading = say`${strong(to.kind === 'direct' ? 'Your day' : 'The day here')}, ${{ kind: 'day', date: day.toString() }}`
  if (to.kind === 'channel') {
    const [events, reminders] = await Promise.all([
      eventsIn(to.channel, asked, window),
      asked.store.reminders.towards(asked.space.id, { channel: to.channel }, { kind: 'open', until: window.to, offset: 0, limit: most }),
    ])
    return written(heading, [
      { title: 'Events', items: events.map((one) => eventLine(one, asked)) },
      { title: 'Reminders', items: coming(reminders, window, asked) },
    ])
  }
  const { space, person, store } = asked
  const [events, reminders, todos] = await Promise.all([
    eventsOf(asked, window),
    store.reminders.open(space.id, person.id, most),
    store.todos.open(space.id, person.id, most),
  ])
  const due = todos.filter(({ dueAt }) => dueAt !== null && Temporal.Instant.compare(dueAt, window.to) < 0)
  const sections: readonly Section[] = [
    { title: 'Events', items: events.map((one) => eventLine(one, asked)) },
    { title: 'Reminders', items: coming(reminders, window, asked) },
    { title: 'To do', items: due.map((one) => todoLine(one, first.startOfDay().toInstant(), asked)) },
  ]
  return written(heading, sections, tickOff(due, asked))
}

function coming(reminders: readonly Reminder[], window: { readonly to: Temporal.Instant }, asked: Asked): readonly Item[] {
  return reminders.flatMap(({ dueAt, text, digest, state }): Item[] => {
    if (!dueAt || digest || state !== 'scheduled' || Temporal.Instant.compare(dueAt, window.to) >= 0) return []
    return [{ text: say`${momentOf(dueAt, asked)} ${short(text, 120)}` }]
  })
}

/** "Buy milk, due since Mon, Nov 23" once its day is over. */
export function todoLine({ text, dueAt }: Todo, today: Temporal.Instant, asked: Asked): Item {
  const late = dueAt && Temporal.Instant.compare(dueAt, today) < 0
  return { text: say`${short(text, 120)}${late ? say`, due since ${momentOf(dueAt, asked, true)}` : []}` }
}

/** Todos are dealt with where they are read. */
export function tickOff(todos: readonly Todo[], { token }: Asked): readonly Block[] {
  if (todos.length === 0) return []
  const options = todos.slice(0, 25).map(({ id, text }) => ({ label: short(text, 75), token: token('tick', id) }))
  return [{ kind: 'menu', placeholder: 'Tick one off…', options }]
}
