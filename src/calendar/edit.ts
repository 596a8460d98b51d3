import type { CalendarEvent, EventOverride } from '#core/model.ts'
import { secondsOf } from './civil.ts'
import { derived } from './derive.ts'
import { isRegular, occurrenceAt, recurs } from './expand.ts'
import { partUid } from './kin.ts'
import { firstWall } from './recurrence.ts'
import { rezoned, shifted } from './shift.ts'
import { split } from './split.ts'

/** Which occurrences of a series an edit is about: one, it and all later ones, or all. */
export type Scope = 'this' | 'following' | 'all'

/** What becomes of an event. What is absent stays. */
export interface Edit {
  readonly title?: string
  readonly description?: string
  readonly location?: string
  readonly meetingLink?: string
  readonly colour?: string | null
  readonly visibility?: CalendarEvent['visibility']
  readonly transparency?: CalendarEvent['transparency']
  readonly status?: 'confirmed' | 'tentative'
  readonly calendarId?: string
  readonly allDay?: boolean
  /** How much later it starts, on the wall clock. */
  readonly shiftSeconds?: number
  readonly durationSeconds?: number
  readonly timeZone?: string
  readonly rrule?: string | null
  readonly rdates?: readonly Temporal.PlainDateTime[]
  readonly exdates?: readonly Temporal.PlainDateTime[]
  readonly alerts?: CalendarEvent['alerts']
}

export type Edited =
  | {
      readonly ok: true
      readonly after: CalendarEvent
      /** The later half of a series that had to be split; its id is the one given. */
      readonly split?: CalendarEvent
    }
  | {
      readonly ok: false
      readonly reason: 'no such occurrence' | 'no such rule' | 'whole series only' | 'too many exceptions' | 'gone already'
    }

/** As many exceptions as one series may have of each kind. */
export const mostExceptions = 1_000

/** Changes a single event, or that part of a series which `scope` and the occurrence say. */
export function edited(event: CalendarEvent, edit: Edit, scope: Scope, occurrence: Temporal.PlainDateTime | null, newId: string): Edited {
  if (!recurs(event) || scope === 'all' || occurrence === null) return ofAll(event, edit)
  if (!occurrenceAt(event, occurrence)) return { ok: false, reason: 'no such occurrence' }
  if (scope === 'this') return ofOne(event, edit, occurrence)
  const { before, after } = split(event, occurrence)
  if (!before || !after) return ofAll(event, edit)
  const rest = ofAll({ ...after, id: newId, uid: partUid(event.uid, occurrence, newId), sequence: 0, version: 0 }, edit)
  return rest.ok ? { ok: true, after: changed(event, before), split: rest.after } : rest
}

/** Takes away a single event, or that part of a series which `scope` and the occurrence say. */
export function cancelled(event: CalendarEvent, scope: Scope, occurrence: Temporal.PlainDateTime | null): Edited {
  if (event.status === 'cancelled') return { ok: false, reason: 'gone already' }
  const nothing: Edited = { ok: true, after: changed(event, { ...event, status: 'cancelled' }) }
  if (!recurs(event) || scope === 'all' || occurrence === null) return nothing
  if (!occurrenceAt(event, occurrence)) return { ok: false, reason: 'gone already' }
  if (scope === 'following') {
    const { before } = split(event, occurrence)
    return before ? { ok: true, after: changed(event, before) } : nothing
  }
  if (event.exdates.length >= mostExceptions) return { ok: false, reason: 'too many exceptions' }
  return { ok: true, after: changed(event, { ...event, exdates: [...event.exdates, occurrence] }) }
}

/** Brings back an occurrence that was left out or cancelled, as it last was. */
export function restored(event: CalendarEvent, occurrence: Temporal.PlainDateTime): Edited {
  const wall = secondsOf(occurrence)
  const exdates = event.exdates.filter((one) => secondsOf(one) !== wall)
  const overrides = event.overrides.map(
    (one): EventOverride => (secondsOf(one.recurrenceId) === wall && one.status === 'cancelled' ? { ...one, status: null } : one),
  )
  const back = { ...event, exdates, overrides }
  if (occurrenceAt(event, occurrence) || !occurrenceAt(back, occurrence)) return { ok: false, reason: 'no such occurrence' }
  return { ok: true, after: changed(event, back) }
}

function ofAll(event: CalendarEvent, { shiftSeconds = 0, rrule, ...fields }: Edit): Edited {
  const moved = shiftSeconds === 0 ? event : shifted(event, shiftSeconds)
  if (!moved) return { ok: false, reason: 'no such rule' }
  const placed = fields.timeZone === undefined ? moved : rezoned(moved, fields.timeZone)
  const next: CalendarEvent = { ...placed, ...fields, rrule: rrule === undefined ? placed.rrule : rrule }
  return { ok: true, after: changed(event, rrule === undefined ? next : withinRule(fromFirst(next))) }
}

/** A new rule may not have the day that the series began with: then it begins with its own first one. */
function fromFirst(event: CalendarEvent): CalendarEvent {
  const { rrule, startWall, timeZone } = event
  if (rrule === null) return event
  const first = firstWall({ rrule, startWall, timeZone, exdates: [] })
  return first ? { ...event, startWall: first } : event
}

/** After a new rule, exceptions of occurrences that it does not have are gone. */
function withinRule(event: CalendarEvent): CalendarEvent {
  const rdates = event.rrule === null ? [] : event.rdates
  const stays = (wall: Temporal.PlainDateTime) => isRegular({ ...event, rdates }, secondsOf(wall))
  return {
    ...event,
    rdates,
    exdates: event.exdates.filter(stays),
    overrides: event.overrides.filter(({ recurrenceId }) => stays(recurrenceId)),
  }
}

/** One occurrence alone: what is its own goes into its override. */
function ofOne(event: CalendarEvent, edit: Edit, recurrenceId: Temporal.PlainDateTime): Edited {
  const { shiftSeconds = 0, rrule, rdates, exdates, alerts, calendarId, visibility, transparency, allDay, ...fields } = edit
  if ([rrule, rdates, exdates, alerts, calendarId, visibility, transparency, allDay].some((one) => one !== undefined))
    return { ok: false, reason: 'whole series only' }
  const wall = secondsOf(recurrenceId)
  const known = event.overrides.find((one) => secondsOf(one.recurrenceId) === wall)
  if (!known && event.overrides.length >= mostExceptions) return { ok: false, reason: 'too many exceptions' }
  const before = known ?? unchanged(recurrenceId, event)
  const startWall = shiftSeconds === 0 ? before.startWall : (before.startWall ?? recurrenceId).add({ seconds: shiftSeconds })
  const overrides = [...event.overrides.filter((one) => one !== known), { ...before, ...fields, startWall }]
  return {
    ok: true,
    after: changed(event, {
      ...event,
      overrides: overrides.toSorted((a, b) => Temporal.PlainDateTime.compare(a.recurrenceId, b.recurrenceId)),
    }),
  }
}

function unchanged(recurrenceId: Temporal.PlainDateTime, { startsAt, endsAt }: CalendarEvent): EventOverride {
  return {
    recurrenceId,
    startWall: null,
    durationSeconds: null,
    timeZone: null,
    title: null,
    description: null,
    location: null,
    meetingLink: null,
    colour: null,
    status: null,
    startsAt,
    endsAt,
  }
}

/** Those who come are to know: the sequence grows, and with it the version that guards against edits unseen. */
function changed(before: CalendarEvent, after: CalendarEvent): CalendarEvent {
  return derived({ ...after, sequence: before.sequence + 1, version: before.version + 1 })
}
