import type { Context } from '#core/command.ts'
import { say, type Text } from '#core/reply.ts'
import type { When } from '#core/understanding.ts'
import { spanOf } from '../span.ts'

export interface NamedWindow {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  /** "on Tue, Nov 24, 2026" */
  readonly name: Text
}

/** How far a window without an end reaches, in days. */
const openDays = 30

/** The window that a sentence names; without one, the coming week. */
export function windowOf(when: When | null, context: Context): NamedWindow {
  if (!when?.start && !when?.end) return { from: context.now, to: context.now.add({ hours: 7 * 24 }), name: ['in the next 7 days'] }
  const { first, last, exact } = edgesOf(when, context)
  const from = first.toZonedDateTime(when.timeZone).toInstant()
  const to = last.toZonedDateTime(when.timeZone).toInstant()
  const day = first.toPlainDate()
  const lastDay = last.subtract({ seconds: 1 }).toPlainDate()
  if (exact && when.open === 'after') {
    return { from, to, name: say`after ${{ kind: 'time', at: from.toString(), show: 'full', timeZone: when.timeZone }}` }
  }
  const name: Text = lastDay.equals(day)
    ? say`on ${{ kind: 'day', date: day.toString() }}`
    : say`from ${{ kind: 'day', date: day.toString() }} to ${{ kind: 'day', date: lastDay.toString() }}`
  return { from, to, name }
}

/** The day of a moment, in the zone it was said in. */
export function dayOf({ start, timeZone }: Pick<When, 'timeZone'> & { readonly start: string }): When {
  return { kind: 'date', start: start.slice(0, 10), end: null, grain: 'day', timeZone }
}

interface Edges {
  readonly first: Temporal.PlainDateTime
  readonly last: Temporal.PlainDateTime
  /** True when a clock time was said. */
  readonly exact: boolean
}

function edgesOf(when: When, context: Context): Edges {
  const exact = (when.start ?? when.end ?? '').includes('T')
  if (when.start === null) {
    const { start: last } = spanOf({ ...when, start: when.end, end: null })
    const now = context.now.toZonedDateTimeISO(when.timeZone).toPlainDateTime()
    return { first: Temporal.PlainDateTime.compare(now, last) < 0 ? now : last.subtract({ days: openDays }), last, exact }
  }
  const { start, end } = spanOf(when)
  if (when.kind !== 'range') {
    const day = start.toPlainDate()
    return { first: day.toPlainDateTime(), last: day.add({ days: 1 }).toPlainDateTime(), exact: false }
  }
  if (when.open !== 'after') return { first: start, last: end, exact }
  // "After 3 today" is about today; "after Friday" is about what comes then.
  return { first: start, last: exact ? start.toPlainDate().add({ days: 1 }).toPlainDateTime() : start.add({ days: openDays }), exact }
}
