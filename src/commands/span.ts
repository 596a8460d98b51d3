import type { Context } from '#core/command.ts'
import type { Series } from '#core/model.ts'
import { type Span, say, type Text } from '#core/reply.ts'
import type { When } from '#core/understanding.ts'
import { instant } from './answer.ts'

/** How long an event is of which only the start was said. */
const defaultLength = { hours: 1 } as const

/** Start and end in wall time; a day stands for midnight to midnight. */
export function spanOf(when: When): { readonly start: Temporal.PlainDateTime; readonly end: Temporal.PlainDateTime } {
  const wall = (text: string) =>
    text.includes('T')
      ? Temporal.Instant.from(text).toZonedDateTimeISO(when.timeZone).toPlainDateTime()
      : Temporal.PlainDate.from(text).toPlainDateTime()
  const start = wall(when.start ?? '')
  if (when.end) return { start, end: wall(when.end) }
  return { start, end: when.start?.includes('T') ? start.add(defaultLength) : start.add({ days: 1 }) }
}

/** "Tue, Nov 24, 2026, 3:00 PM to 4:00 PM", "Tue, Nov 24, 2026, all day" */
export function spelled(one: Pick<Series, 'allDay' | 'timeZone' | 'durationSeconds'>, from: Temporal.Instant, context: Context): Text {
  const start = from.toZonedDateTimeISO(one.timeZone)
  if (one.allDay) {
    const days = Math.round(one.durationSeconds / 86_400)
    const first: Span = { kind: 'day', date: start.toPlainDate().toString() }
    return days <= 1
      ? say`${first}, all day`
      : say`${first} to ${{
          kind: 'day',
          date: start
            .toPlainDate()
            .add({ days: days - 1 })
            .toString(),
        }}`
  }
  const end = start.toPlainDateTime().add({ seconds: one.durationSeconds }).toZonedDateTime(one.timeZone)
  const show = start.toPlainDate().equals(end.toPlainDate()) ? 'time' : 'full'
  return say`${instant(from, context, one.timeZone)} to ${instant(end.toInstant(), context, one.timeZone, show)}`
}
