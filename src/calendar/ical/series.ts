import { bounds } from './bounds.ts'
import type { FileEvent, FileOverride } from './event.ts'
import { basicTime, onClockOf } from './moments.ts'
import type { Remarks } from './remarks.ts'
import { splitter } from './split.ts'
import { onSeries, type Vevent } from './vevent.ts'

/** Brings the VEVENTs of one UID together: of each version the latest, and every moved occurrence with its series. */
export function seriesOf(vevents: readonly Vevent[], remarks: Remarks): FileEvent[] {
  const split = splitter(remarks)
  const found: FileEvent[] = []
  for (const same of Map.groupBy(vevents, ({ event }) => event.uid).values()) {
    const master = latest(
      same.filter(({ original }) => !original),
      remarks,
    )
    const moved = same.filter(({ original }) => original)
    if (!master) found.push(...orphans(moved, remarks))
    else if (master.event.rrule === null && master.event.rdates.length === 0) found.push(...single(master, moved, remarks))
    else found.push(...split(...repeating(master, moved, remarks)))
  }
  return found
}

/** The version that counts: of the highest SEQUENCE, then the latest stamp, then the last in the file. */
function latest(versions: readonly Vevent[], remarks: Remarks): Vevent | undefined {
  const [first, ...others] = versions
  if (!first) return undefined
  let best = first
  for (const each of others) {
    const order = each.event.sequence - best.event.sequence || (each.stamp < best.stamp ? -1 : 1)
    const [newer, older] = order > 0 ? [each, best] : [best, each]
    remarks.skipped(older.line, `“${older.event.title.slice(0, 60)}” is an older version of the event on line ${newer.line}.`)
    best = newer
  }
  return best
}

/** The latest version of each moved occurrence, by where the series has it. */
function versionsByOriginal(moved: readonly Vevent[], series: SeriesClock | undefined, remarks: Remarks): Map<string, Vevent> {
  const groups = Map.groupBy(moved, (each) => originalWall(each, series).toString())
  const found = new Map<string, Vevent>()
  for (const [wall, versions] of groups) {
    const best = latest(versions, remarks)
    if (best) found.set(wall, best)
  }
  return found
}

interface SeriesClock {
  readonly wall: Temporal.PlainDateTime
  readonly timeZone: string
  readonly allDay: boolean
}

function originalWall({ event, original }: Vevent, series: SeriesClock | undefined): Temporal.PlainDateTime {
  const clock = series ?? { wall: event.startWall, timeZone: event.timeZone, allDay: event.allDay }
  return original ? onSeries(original.moment, original.timeZone, clock) : event.startWall
}

/** Occurrences whose series is not in the file are events of their own. */
function orphans(moved: readonly Vevent[], remarks: Remarks): FileEvent[] {
  return [...versionsByOriginal(moved, undefined, remarks).values()].map((each) => {
    if (each.original?.andFollowing)
      remarks.mended(each.line, `“${each.event.title.slice(0, 60)}” is kept once: its series is not in the file.`)
    return { ...each.event, recurrenceId: originalWall(each, undefined), rrule: null, rdates: [], exdates: [], overrides: [] }
  })
}

/** An event without a rule has one occurrence: a version of that one is a version of the event. */
function single(master: Vevent, moved: readonly Vevent[], remarks: Remarks): FileEvent[] {
  const { startWall } = master.event
  const own = moved.filter((each) => originalWall(each, clockOf(master)).equals(startWall))
  const version = latest(own, remarks)
  const event = version ? { ...version.event, recurrenceId: null, rrule: null, rdates: [], exdates: [] } : master.event
  const others = moved.filter((each) => !own.includes(each))
  return [{ ...event, exdates: [], overrides: [] }, ...orphans(others, remarks)]
}

function clockOf({ event }: Vevent): SeriesClock {
  return { wall: event.startWall, timeZone: event.timeZone, allDay: event.allDay }
}

/** The whole series, and those of its changes that go on to its end. */
function repeating(master: Vevent, moved: readonly Vevent[], remarks: Remarks): [FileEvent, { override: FileOverride; line: number }[]] {
  const overrides: FileOverride[] = []
  const following: { override: FileOverride; line: number }[] = []
  const skipped: Temporal.PlainDateTime[] = []
  const versions = [...versionsByOriginal(moved, clockOf(master), remarks).values()]
  if (versions.length > bounds.overrides)
    remarks.mended(master.line, `Only the first ${bounds.overrides} moved occurrences of “${master.event.title.slice(0, 60)}” are kept.`)
  for (const each of versions.slice(0, bounds.overrides)) {
    const override = overrideOf(each, master, remarks)
    if (each.original?.andFollowing) following.push({ override, line: each.line })
    else if (override.status === 'cancelled') skipped.push(override.recurrenceId)
    else overrides.push(override)
  }
  const known = new Map([...master.event.exdates, ...skipped].map((wall) => [basicTime(wall), wall]))
  const series: FileEvent = {
    ...master.event,
    exdates: [...known.values()].toSorted(Temporal.PlainDateTime.compare),
    overrides: overrides.toSorted((a, b) => Temporal.PlainDateTime.compare(a.recurrenceId, b.recurrenceId)),
  }
  return [series, following.toSorted((a, b) => Temporal.PlainDateTime.compare(a.override.recurrenceId, b.override.recurrenceId))]
}

function overrideOf(each: Vevent, master: Vevent, remarks: Remarks): FileOverride {
  const { event } = each
  const { title, description, location, meetingLink, status, durationSeconds, attendees, alarms } = event
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  const clock = clockOf(master)
  if (event.allDay !== clock.allDay)
    remarks.mended(
      each.line,
      `“${title.slice(0, 60)}” ${event.allDay ? 'lasts all day here, and has a time in its series' : 'has a time here, and lasts all day in its series'}.`,
    )
  const startWall = event.allDay ? event.startWall : onClockOf(event.startWall, event.timeZone, clock.timeZone)
  return {
    recurrenceId: originalWall(each, clock),
    title,
    description,
    location,
    meetingLink,
    status,
    startWall: clock.allDay ? startWall.toPlainDate().toPlainDateTime() : startWall,
    durationSeconds: clock.allDay ? Math.max(1, Math.ceil(durationSeconds / 86_400)) * 86_400 : durationSeconds,
    // What comes without guests or alarms says nothing of them.
    ...(attendees.length === 0 || same(attendees, master.event.attendees) ? {} : { attendees }),
    ...(alarms.length === 0 || same(alarms, master.event.alarms) ? {} : { alarms }),
  }
}
