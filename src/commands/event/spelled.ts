import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context } from '#core/command.ts'
import { plain, type Text } from '#core/reply.ts'
import { instant } from '../answer.ts'
import { spelled } from '../span.ts'

/** When an occurrence is, with its end: "Tue, Nov 24, 2026, 9:00 AM to 10:00 AM". */
export function spanText({ event, startsAt, timeZone, durationSeconds }: Occurrence, context: Context): Text {
  return spelled({ allDay: event.allDay, timeZone, durationSeconds }, startsAt, context)
}

/** When an occurrence starts, on a button, in the reader's own zone: "Tue, Nov 24, 2026, 9:00 AM". */
export function spelledOccurrence({ event, startsAt, timeZone, startWall }: Occurrence, context: Context): string {
  if (event.allDay) return plain([{ kind: 'day', date: startWall.toPlainDate().toString() }])
  return plain([{ ...instant(startsAt, context, timeZone), timeZone: context.timeZone, named: false }])
}
