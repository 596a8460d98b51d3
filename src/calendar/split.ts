import type { CalendarEvent } from '#core/model.ts'
import { secondsOf, wallOf } from './civil.ts'
import { derived } from './derive.ts'
import { recurringOf } from './recurrence.ts'
import { basic, partsOf, readRule, rruleOf } from './rule.ts'
import { untilText } from './shift.ts'
import { eachWall } from './walls.ts'

/** The two parts of a series that is cut before one of its occurrences. */
export interface Halves {
  /** Undefined when nothing comes before the cut. */
  readonly before: CalendarEvent | undefined
  /** With the id and version of the whole; undefined when nothing comes after. */
  readonly after: CalendarEvent | undefined
}

/** Cuts a series before the wall time `at`: exceptions go with the half that they belong to, and COUNT is divided. */
export function split(event: CalendarEvent, at: Temporal.PlainDateTime): Halves {
  const cut = secondsOf(at)
  const early = (wall: Temporal.PlainDateTime) => secondsOf(wall) < cut
  const late = (wall: Temporal.PlainDateTime) => !early(wall)
  const rule = cutRule(event, cut)
  // A half without the rule keeps its first occurrence among its RDATEs: alone it would be a single event, without exceptions.
  const rdates = (event.rrule === null ? [event.startWall, ...event.rdates] : event.rdates).toSorted(Temporal.PlainDateTime.compare)
  const half = (keeps: typeof early, rrule: string | null, start: Temporal.PlainDateTime | undefined): CalendarEvent | undefined => {
    const added = rdates.filter((wall, index) => keeps(wall) && !(index > 0 && rdates[index - 1]?.equals(wall)))
    const startWall = start ?? added[0]
    if (!startWall) return undefined
    return derived({
      ...event,
      startWall,
      rrule,
      rdates: added,
      exdates: event.exdates.filter(keeps),
      overrides: event.overrides.filter(({ recurrenceId }) => keeps(recurrenceId)),
    })
  }
  return { before: half(early, rule.before, rule.before === null ? undefined : event.startWall), after: half(late, rule.after, rule.next) }
}

/** As far as one occurrence is mostly looked for behind the next, in seconds. */
const near = 400 * 86_400

/** The last wall time of a rule before a cut, found from close by when it is there. */
function lastBefore(recurring: ReturnType<typeof recurringOf>, cut: number): number | undefined {
  let last: number | undefined
  const keep = (wall: number) => {
    last = wall
    return true
  }
  eachWall(recurring, Math.max(recurring.start, cut - near), cut, keep)
  if (last === undefined) eachWall(recurring, recurring.start, cut, keep)
  return last
}

interface CutRule {
  readonly before: string | null
  readonly after: string | null
  /** The first occurrence of the rule after the cut. */
  readonly next: Temporal.PlainDateTime | undefined
}

function cutRule({ rrule, startWall, timeZone, allDay }: CalendarEvent, cut: number): CutRule {
  if (rrule === null) return { before: null, after: null, next: undefined }
  const recurring = recurringOf({ rrule, startWall, timeZone, exdates: [] })
  let next: number | undefined
  eachWall(recurring, cut, Number.POSITIVE_INFINITY, (wall) => {
    next = wall
    return false
  })
  let earlier = 0
  const { count } = readRule(rrule)
  eachWall(recurring, recurring.start, cut, () => {
    earlier += 1
    return count !== undefined
  })
  const ended = partsOf(rrule)
  if (count === undefined) {
    // People read until when it goes: that is its last day, and not the day on which it is cut.
    const last = wallOf(lastBefore(recurring, cut) ?? cut - 1)
    ended.set('UNTIL', allDay ? basic(last).slice(0, 8) : untilText(last, timeZone))
  } else {
    ended.set('COUNT', String(earlier))
  }
  const rest = partsOf(rrule)
  if (count !== undefined) rest.set('COUNT', String(count - earlier))
  return {
    // A rule that has ended by then ends as it did.
    before: earlier === 0 ? null : next === undefined ? rrule : rruleOf(ended),
    after: next === undefined ? null : rruleOf(rest),
    next: next === undefined ? undefined : wallOf(next),
  }
}
