import { clean } from './clean.ts'
import type { Context } from './command.ts'
import type { Asked, Filled } from './message.ts'
import { about, problem, type Reply } from './reply.ts'
import type { Understanding, When } from './understanding.ts'

type Read =
  | { readonly kind: 'read'; readonly understanding: Understanding }
  /** Said beside the line of the form that it is about. */
  | { readonly kind: 'wrong'; readonly reply: Reply }

/** What is asked for without words, as a sentence would have been understood. */
export function readAsked(asks: Asked, { understand, timeZone }: Pick<Context, 'understand' | 'timeZone'>): Read {
  const nothing: Understanding = { ...understand(''), confidence: 1 }
  if (asks.kind === 'overview') return { kind: 'read', understanding: { ...nothing, intent: 'overview.show' } }

  const { event } = asks
  const title = clean(event.title).trim()
  if (title === '') return wrong('Say what it is called.', 'title')
  const when = whenOf(event, timeZone)
  if (!when) return wrong('There is no such day or time.', 'day')
  const place = clean(event.place).trim()
  const people = event.people.map((id) => ({ mention: `<@${id}>` }))
  return {
    kind: 'read',
    understanding: { ...nothing, intent: 'event.create', title, when, people, location: place === '' ? null : place },
  }
}

function wrong(text: string, line: NonNullable<Reply['about']>): Read {
  return { kind: 'wrong', reply: about(line, problem(text)) }
}

/** In the zone of whoever filled it in; undefined for a day or a time that does not exist. */
function whenOf({ day, start, minutes }: Filled, timeZone: string): When | undefined {
  try {
    const date = Temporal.PlainDate.from(day)
    if (minutes === null) {
      return { kind: 'range', start: date.toString(), end: date.add({ days: 1 }).toString(), grain: 'day', timeZone }
    }
    const from = date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(start) })
    const written = (at: Temporal.ZonedDateTime) => at.toString({ timeZoneName: 'never' })
    return { kind: 'range', start: written(from), end: written(from.add({ minutes })), grain: 'minute', timeZone }
  } catch {
    return undefined
  }
}
