import { occurrencesOf } from '../file-rule.ts'
import type { FileEvent, FileOverride } from './event.ts'
import { basicDate, basicTime, onClockOf } from './moments.ts'
import type { Remarks } from './remarks.ts'

/** So many RANGE=THISANDFUTURE of a file are carried out: counting what comes before one costs some milliseconds. */
const mostSplits = 200

interface Following {
  readonly override: FileOverride
  readonly line: number
}

/**
 * Carries out RANGE=THISANDFUTURE: the series ends before the change, and one that begins with it goes on.
 *
 * The UIDs of the parts follow from the file, so that importing it again finds them.
 */
export function splitter(remarks: Remarks) {
  let done = 0

  return function split(series: FileEvent, changes: readonly Following[]): FileEvent[] {
    const parts: FileEvent[] = []
    let rest = series
    for (const { override, line } of changes) {
      const halves = done++ < mostSplits ? halvesOf(rest, series.uid, override) : undefined
      if (halves) {
        const [head, tail] = halves
        parts.push(head)
        rest = tail
      } else {
        remarks.mended(line, `“${override.title.slice(0, 60)}” and all that follow were moved: only this one is.`)
        rest = { ...rest, overrides: [...rest.overrides, override] }
      }
    }
    return [...parts, rest]
  }
}

/** Undefined when the rule names days that the change moves away from. */
function halvesOf(series: FileEvent, uid: string, override: FileOverride): [FileEvent, FileEvent] | undefined {
  const { rrule, startWall, timeZone, allDay } = series
  const { recurrenceId: at, ...details } = override
  if (rrule === null || Temporal.PlainDateTime.compare(at, startWall) <= 0) return undefined
  const isSameDay = at.toPlainDate().equals(details.startWall.toPlainDate())
  if (!isSameDay && /(?:^|;)BY(?:DAY|MONTHDAY|YEARDAY|WEEKNO|SETPOS|MONTH)=/.test(rrule)) return undefined

  const count = Number(/(?:^|;)COUNT=(?<count>\d+)/.exec(rrule)?.groups?.count ?? 0)
  const dtstart = allDay ? startWall.toPlainDate().toString() : startWall.toString({ smallestUnit: 'second' })
  const iso = allDay ? at.toPlainDate().toString() : at.toString({ smallestUnit: 'second' })
  const before = count > 0 ? occurrencesOf({ rrule, dtstart, timeZone, exdate: [], limit: count }).filter((each) => each < iso).length : 0
  if (count > 0 && before >= count) return undefined

  const last = at.subtract(allDay ? { days: 1 } : { seconds: 1 })
  const until = allDay ? basicDate(last) : `${basicTime(onClockOf(last, timeZone, 'UTC'))}Z`
  const endless = rrule.replaceAll(/;?(?:COUNT|UNTIL)=[^;]+/g, '').replace(/^;/, '')
  const isBefore = (wall: Temporal.PlainDateTime) => Temporal.PlainDateTime.compare(wall, at) < 0
  const shift = details.startWall.since(at)
  const later = <Item>(items: readonly Item[], wallOf: (item: Item) => Temporal.PlainDateTime) =>
    items.filter((item) => !isBefore(wallOf(item)))
  const head: FileEvent = {
    ...series,
    rrule: `${endless};UNTIL=${until}`,
    rdates: series.rdates.filter(isBefore),
    exdates: series.exdates.filter(isBefore),
    overrides: series.overrides.filter(({ recurrenceId }) => isBefore(recurrenceId)),
  }
  const tail: FileEvent = {
    ...series,
    ...details,
    uid: `${uid}_R${basicTime(at)}`,
    rrule: count > 0 ? rrule.replace(`COUNT=${count}`, `COUNT=${count - before}`) : rrule,
    rdates: later(series.rdates, (wall) => wall).map((wall) => wall.add(shift)),
    exdates: later(series.exdates, (wall) => wall).map((wall) => wall.add(shift)),
    overrides: later(series.overrides, ({ recurrenceId }) => recurrenceId).map((each) => ({
      ...each,
      recurrenceId: each.recurrenceId.add(shift),
    })),
  }
  return [head, tail]
}
