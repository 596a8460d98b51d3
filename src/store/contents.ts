import { BotError } from '#core/errors.ts'
import {
  type CalendarContents,
  type Counts,
  type HowPut,
  type ImportStep,
  type Into,
  identityOf,
  type Weighed,
  type WholeEvent,
} from '#core/exchange.ts'
import type { Attendee, CalendarEvent } from '#core/model.ts'
import type { Database, Transaction } from './client.ts'
import { attendeeOf, attendeeRow, eventRow, overrideRow, seriesOf } from './event-records.ts'
import type { Prisma } from './generated/client.ts'
import { toJson } from './json.ts'
import { insertAll } from './rows.ts'

const pageSize = 1_000
/** As many events as go into one transaction. */
const batch = 500

/** Whole calendars, as files and feeds need them. Few large statements instead of many small ones. */
export function createContents(database: Database): CalendarContents {
  return {
    async put(into, events, how = {}) {
      let counts: Counts = { created: 0, changed: 0, same: 0 }
      for (let at = 0; at < events.length; at += batch) {
        const step = how.step && { ...how.step, done: how.step.done + at }
        const added = await database.$transaction(
          (transaction) => putBatch(transaction, into, events.slice(at, at + batch), { ...how, ...(step && { step }) }),
          { timeout: 60_000 },
        )
        counts = {
          created: counts.created + added.created,
          changed: counts.changed + added.changed,
          same: counts.same + added.same,
        }
      }
      return counts
    },

    async weigh(into, events, how = {}) {
      const weighed: Weighed[] = []
      for (let at = 0; at < events.length; at += batch) {
        const some = events.slice(at, at + batch)
        weighed.push(
          await database.$transaction(
            async (transaction) => {
              await transaction.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`
              const { created, changed, same } = await compared(transaction, into, some, how)
              return { created, changed: changed.map(({ after }) => after), same }
            },
            { timeout: 60_000 },
          ),
        )
      }
      return {
        created: weighed.flatMap(({ created }) => created),
        changed: weighed.flatMap(({ changed }) => changed),
        same: weighed.reduce((sum, { same }) => sum + same, 0),
      }
    },

    async keepOnly({ spaceId, calendarId }, keep) {
      const rows = await database.event.findMany({ where: { spaceId, calendarId }, select: { id: true, uid: true, recurrenceId: true } })
      const gone = rows.filter((row) => !keep.has(`${row.uid} ${row.recurrenceId?.toISOString().slice(0, 19) ?? ''}`))
      for (let at = 0; at < gone.length; at += pageSize) {
        const ids = gone.slice(at, at + pageSize).map(({ id }) => id)
        await database.reminder.deleteMany({ where: { spaceId, eventId: { in: ids }, state: 'scheduled' } })
        await database.event.deleteMany({ where: { spaceId, id: { in: ids } } })
      }
      return gone.length
    },

    async *pages({ spaceId, calendarId }) {
      for (let after = ''; ; ) {
        const where = { spaceId, calendarId, ...(after === '' ? {} : { id: { gt: after } }) }
        const page = await wholeEvents(database, where, { take: pageSize })
        if (page.length > 0) yield page
        if (page.length < pageSize) return
        after = page.at(-1)?.event.id ?? ''
      }
    },

    async mark({ spaceId, calendarId }) {
      // What is there, at which version, in no order: another sum after every change, and no row has to be sorted.
      const [row] = await database.$queryRaw<{ mark: string }[]>`
        SELECT concat_ws('.', count(*), sum(hashtextextended(event.id::text, event.version)), sum(guests.sum)) AS mark
        FROM event LEFT JOIN LATERAL (
          SELECT sum(hashtextextended(attendee.id::text, attendee.version)) AS sum FROM attendee WHERE attendee.event_id = event.id
        ) AS guests ON true
        WHERE event.space_id = ${spaceId}::uuid AND event.calendar_id = ${calendarId}::uuid`
      return row?.mark ?? ''
    },
  }
}

/** One statement for each table, one after another: a transaction has one connection. */
export async function wholeEvents(
  database: Database | Transaction,
  where: Prisma.EventWhereInput,
  page: { readonly take?: number } = {},
): Promise<WholeEvent[]> {
  const rows = await database.event.findMany({ where, orderBy: { id: 'asc' }, ...page })
  if (rows.length === 0) return []
  const of = { where: { eventId: { in: rows.map(({ id }) => id) } } }
  const overrides = Map.groupBy(await database.eventOverride.findMany({ ...of, orderBy: { recurrenceId: 'asc' } }), byEvent)
  const alerts = Map.groupBy(await database.alert.findMany({ ...of, orderBy: { secondsBefore: 'desc' } }), byEvent)
  const attendees = Map.groupBy(await database.attendee.findMany({ ...of, orderBy: { id: 'asc' } }), byEvent)
  return rows.map((row) => ({
    event: {
      ...seriesOf(row, overrides.get(row.id) ?? []),
      alerts: (alerts.get(row.id) ?? []).map(({ personId, secondsBefore }) => ({ personId, secondsBefore })),
    },
    attendees: (attendees.get(row.id) ?? []).map(attendeeOf),
  }))
}

function byEvent({ eventId }: { readonly eventId: string }): string {
  return eventId
}

async function putBatch(transaction: Transaction, into: Into, incoming: readonly WholeEvent[], { step, ...how }: HowPut): Promise<Counts> {
  const { spaceId, calendarId } = into
  // Two imports into one calendar take turns, so that neither finds what the other is about to make.
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${calendarId}, 1))`
  // Whoever edits one of them at this moment is waited for, and what they wrote is compared: else it was overwritten unseen.
  await transaction.$executeRaw`
    SELECT id FROM event WHERE calendar_id = ${calendarId}::uuid AND uid = ANY(${uidsOf(incoming)}::text[]) ORDER BY id FOR UPDATE`
  const { created, changed, same } = await compared(transaction, into, incoming, how)
  for (const { after } of changed)
    await transaction.event.updateMany({ where: { id: after.event.id, spaceId }, data: eventRow(after.event) })
  await replaceParts(transaction, changed)
  await insertAll(
    transaction,
    'event',
    created.map(({ event }) => eventRow(event)),
  )
  await createParts(transaction, created)
  const counts = { created: created.length, changed: changed.length, same }
  if (step) {
    await counted(transaction, step, counts)
    await note(transaction, step.importId, created, changed)
  }
  return counts
}

interface Changed {
  readonly before: WholeEvent
  readonly after: WholeEvent
}

/** What is new of some events, what is another one than the one that we have, and how many are neither. */
async function compared(
  transaction: Transaction,
  { spaceId, calendarId }: Into,
  incoming: readonly WholeEvent[],
  { force = false, alertsFor = () => [] }: Pick<HowPut, 'force' | 'alertsFor'>,
): Promise<{ readonly created: readonly WholeEvent[]; readonly changed: readonly Changed[]; readonly same: number }> {
  const known = new Map(
    (await wholeEvents(transaction, { spaceId, calendarId, uid: { in: uidsOf(incoming) } })).map((each) => [identityOf(each.event), each]),
  )
  const created: WholeEvent[] = []
  const changed: Changed[] = []
  for (const read of incoming) {
    const before = known.get(identityOf(read.event))
    const each = withAlerts(read, before?.event, alertsFor)
    const content = ({ event, attendees }: WholeEvent) => contentOf(event, attendees, each.event.organiserId)
    if (!before) created.push(each)
    else if ((force || each.event.sequence >= before.event.sequence) && content(each) !== content(before))
      changed.push({ before, after: takingOver(before, each) })
  }
  return { created, changed, same: incoming.length - created.length - changed.length }
}

function uidsOf(events: readonly WholeEvent[]): string[] {
  return [...new Set(events.map(({ event }) => event.uid))]
}

/** A step is counted with what it brought, once: whoever comes second, after having been taken for dead, brings nothing. */
async function counted(transaction: Transaction, { importId, done }: ImportStep, counts: Counts): Promise<void> {
  const { created, changed, same } = counts
  const { count } = await transaction.import.updateMany({
    where: { id: importId, done },
    data: {
      created: { increment: created },
      changed: { increment: changed },
      same: { increment: same },
      done: { increment: created + changed + same },
    },
  })
  if (count === 0) throw new BotError('conflict', `import ${importId} is further than ${done} already`)
}

/**
 * What a file says nothing of rings as whoever takes it in is used to, or has set it since; a newer edition without
 * alarms has none of its older ones.
 */
function withAlerts(read: WholeEvent, known: CalendarEvent | undefined, alertsFor: NonNullable<HowPut['alertsFor']>): WholeEvent {
  const { event } = read
  if (event.alerts.length > 0) return read
  const isKnown = known && event.sequence <= known.sequence
  const alerts = isKnown ? known.alerts.filter(({ personId }) => personId === event.organiserId) : alertsFor(event)
  return { ...read, event: { ...event, alerts } }
}

/** What is needed to take it back. */
async function note(
  transaction: Transaction,
  importId: string,
  created: readonly WholeEvent[],
  changed: readonly Changed[],
): Promise<void> {
  const ids = created.map(({ event }) => event.id)
  await transaction.$executeRaw`
    INSERT INTO import_event (import_id, event_id, version) SELECT ${importId}::uuid, id, 1 FROM unnest(${ids}::uuid[]) AS id ON CONFLICT DO NOTHING`
  // The same event twice in a file was new, or as it was before the first of them.
  const data = changed.map(({ before, after }) => ({
    importId,
    eventId: after.event.id,
    version: after.event.version,
    before: toJson(before),
  }))
  await transaction.importEvent.createMany({ data, skipDuplicates: true })
  for (const { eventId, version } of data) await transaction.importEvent.updateMany({ where: { importId, eventId }, data: { version } })
}

/** The event of a file in the place of the one that we have: it keeps its id, its maker and its guests' answers to us. */
function takingOver({ event: old, attendees }: WholeEvent, { event, attendees: invited }: WholeEvent): WholeEvent {
  const { id, organiserId, version } = old
  const others = old.alerts.filter(({ personId }) => personId !== event.organiserId)
  return {
    event: { ...event, id, organiserId, version: version + 1, alerts: [...event.alerts, ...others] },
    attendees: [...attendees.filter(({ email }) => email === null), ...invited.map((each) => ({ ...each, eventId: id }))],
  }
}

export async function replaceParts(transaction: Transaction, changed: readonly Pick<Changed, 'after'>[]): Promise<void> {
  if (changed.length === 0) return
  const eventId = { in: changed.map(({ after }) => after.event.id) }
  await transaction.eventOverride.deleteMany({ where: { eventId } })
  await transaction.alert.deleteMany({ where: { eventId } })
  await transaction.attendee.deleteMany({ where: { eventId, email: { not: null } } })
  await createParts(
    transaction,
    changed.map(({ after }) => ({ ...after, attendees: after.attendees.filter(({ email }) => email !== null) })),
  )
}

async function createParts(transaction: Transaction, events: readonly WholeEvent[]): Promise<void> {
  await insertAll(
    transaction,
    'event_override',
    events.flatMap(({ event }) => event.overrides.map((each) => overrideRow(event.id, each))),
  )
  await insertAll(
    transaction,
    'alert',
    events.flatMap(({ event }) => event.alerts.map((alert) => ({ ...alert, eventId: event.id }))),
  )
  await insertAll(
    transaction,
    'attendee',
    events.flatMap((each) => each.attendees.map(attendeeRow)),
  )
}

/** What a file says of an event, to be compared: nothing that only we gave it, and nothing that follows from the rest. */
function contentOf(event: CalendarEvent, attendees: readonly Attendee[], personId: string): string {
  const { id: _, organiserId: __, version: ___, startsAt: ____, endsAt: _____, coversUntil: ______, alerts, overrides, ...said } = event
  const own = alerts.flatMap((one) => (one.personId === personId ? [one.secondsBefore] : [])).toSorted((a, b) => a - b)
  const moved = overrides.map(({ startsAt: _, endsAt: __, ...override }) => sorted(override))
  const guests = attendees
    .filter(({ email }) => email !== null)
    .map(({ email, name, response, recurrenceId }) => `${email} ${response} ${name} ${recurrenceId ?? ''}`)
    .toSorted()
  return JSON.stringify([sorted(said), own, moved, guests])
}

function sorted(record: Partial<CalendarEvent> | object): unknown[] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
