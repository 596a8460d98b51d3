import type { Alert, CalendarEvent, Change } from '#core/model.ts'
import { attendeeRow, calendarRow, eventRow, groupRow, invitationRow, overrideRow, pollRow } from './event-records.ts'
import { Prisma } from './generated/client.ts'
import { wallToDate } from './instants.ts'
import { jsonText } from './json.ts'
import { holderRow, noteRow, personRow, spaceRow, todoRow } from './records.ts'
import { reminderRow } from './reminder-records.ts'
import { insertSql, type Row, type Table, updateSql } from './rows.ts'

/** A statement of a commit. */
export interface Write {
  readonly statement: Prisma.Sql
  /** What has happened meanwhile when it writes nothing: the whole commit is off then. */
  readonly conflict?: string
}

/** What a change writes: its record first, and only when that is as the command saw it; then what hangs on it. */
export function writesOf(change: Change): readonly Write[] {
  const { table, row } = recordOf(change)
  return [change.before === null ? made(change, table, row) : replaced(change, change.before.version, table, row), ...partsOf(change)]
}

function made({ kind, after }: Change, table: Table, row: Row): Write {
  if (kind === 'person' || kind === 'space') throw new Error('people and spaces are made when they are met')
  return { statement: insertSql(table, [row]), conflict: `${kind} ${after.id} was made already` }
}

function replaced({ kind, after }: Change, version: number, table: Table, row: Row): Write {
  const { id, spaceId } = after
  const here = kind === 'space' ? Prisma.empty : Prisma.sql`AND space_id = ${spaceId}::uuid`
  return {
    statement: updateSql(table, row, Prisma.sql`id = ${id}::uuid ${here} AND version = ${version}::int`),
    conflict: `${kind} ${id} is not at version ${version} any more`,
  }
}

function recordOf(change: Change): { readonly table: Table; readonly row: Row } {
  switch (change.kind) {
    case 'reminder':
      return { table: 'reminder', row: reminderRow(change.after) }
    case 'event':
      return { table: 'event', row: eventRow(change.after) }
    case 'attendee':
      return { table: 'attendee', row: attendeeRow(change.after) }
    case 'invitation':
      return { table: 'invitation', row: invitationRow(change.after) }
    case 'poll':
      return { table: 'poll', row: pollRow(change.after) }
    case 'calendar':
      return { table: 'calendar', row: calendarRow(change.after) }
    case 'group':
      return { table: 'group', row: groupRow(change.after) }
    case 'todo':
      return { table: 'todo', row: todoRow(change.after) }
    case 'list':
      return { table: 'todo_list', row: holderRow(change.after) }
    case 'folder':
      return { table: 'folder', row: holderRow(change.after) }
    case 'note':
      return { table: 'note', row: noteRow(change.after) }
    case 'person':
      return { table: 'person', row: personRow(change.after) }
    case 'space':
      return { table: 'space', row: spaceRow(change.after) }
  }
}

/** What hangs on a record is put in the place of what hung on it. */
function partsOf(change: Change): readonly Write[] {
  switch (change.kind) {
    case 'event':
      return [...overridesOf(change.before, change.after), ...alertsOf(change.before, change.after)]
    case 'calendar': {
      const { id, shares } = change.after
      return [
        ...(change.before ? [{ statement: Prisma.sql`DELETE FROM calendar_share WHERE calendar_id = ${id}::uuid` }] : []),
        ...inserted(
          'calendar_share',
          shares.map((share) => ({ ...share, calendarId: id })),
        ),
      ]
    }
    default:
      return []
  }
}

function overridesOf(before: CalendarEvent | null, { id, overrides }: CalendarEvent): readonly Write[] {
  const earlier = before?.overrides ?? []
  const kept = new Map(earlier.map((one) => [one.recurrenceId.toString(), JSON.stringify(one)]))
  const changed = overrides.filter((one) => kept.get(one.recurrenceId.toString()) !== JSON.stringify(one))
  const present = new Set(overrides.map(({ recurrenceId }) => recurrenceId.toString()))
  const gone = [...earlier.filter(({ recurrenceId }) => !present.has(recurrenceId.toString())), ...changed]
  const walls = gone.map(({ recurrenceId }) => wallToDate(recurrenceId).toISOString())
  return [
    ...(before && walls.length > 0
      ? [{ statement: Prisma.sql`DELETE FROM event_override WHERE event_id = ${id}::uuid AND recurrence_id = ANY(${walls}::timestamp[])` }]
      : []),
    ...inserted(
      'event_override',
      changed.map((one) => overrideRow(id, one)),
    ),
  ]
}

const keyOfAlert = ({ personId, secondsBefore }: Alert) => `${personId} ${secondsBefore}`

/** Only what differs: several people may answer, and be alerted from then on, at the same time. */
function alertsOf(before: CalendarEvent | null, { id, alerts, version }: CalendarEvent): readonly Write[] {
  const earlier = before?.alerts ?? []
  const [old, wanted] = [new Set(earlier.map(keyOfAlert)), new Set(alerts.map(keyOfAlert))]
  const gone = earlier.filter((one) => !wanted.has(keyOfAlert(one)))
  const fresh = alerts.filter((one) => !old.has(keyOfAlert(one)))
  const known = [...old]
  // Whoever has answered meanwhile is alerted of what the event was: it has to be looked at again.
  const same = Prisma.sql`
    SELECT FROM (SELECT array_agg(person_id || ' ' || seconds_before) AS kept FROM alert WHERE event_id = ${id}::uuid) AS found
    WHERE coalesce(kept, '{}') @> ${known}::text[] AND coalesce(kept, '{}') <@ ${known}::text[]`
  const dropped = Prisma.sql`
    DELETE FROM alert USING jsonb_to_recordset(${jsonText(gone)}::jsonb) AS gone("personId" uuid, "secondsBefore" int)
    WHERE event_id = ${id}::uuid AND person_id = "personId" AND seconds_before = "secondsBefore"`
  return [
    ...(before && before.version !== version ? [{ statement: same, conflict: `the alerts of event ${id} have changed` }] : []),
    ...(gone.length > 0 ? [{ statement: dropped }] : []),
    ...inserted(
      'alert',
      fresh.map(({ personId, secondsBefore }) => ({ eventId: id, personId, secondsBefore })),
    ),
  ]
}

function inserted(table: Table, rows: readonly Row[]): readonly Write[] {
  return rows.length > 0 ? [{ statement: insertSql(table, rows) }] : []
}
