import { derived } from '#calendar/derive.ts'
import { nextOccurrence } from '#calendar/recurrence.ts'
import { alertChanges, ringIds } from '#commands/event/alerts.ts'
import type { Reminder } from '#core/model.ts'
import type { Clock, Store } from '#core/ports.ts'
import type { AlertedEvent, CalendarUpkeep, PlannedAlert } from '#core/upkeep.ts'

/** As many events at a time: what is left comes with the next sweep. */
const batch = 500
/** Between two rounds through all alerts, in hours: those that follow no rule are planned further ahead than that. */
const roundEvery = 6

export interface Upkeep {
  /** A bounded piece of what has to be kept right: instants after new time-zone data, alerts that come within reach. */
  step(): Promise<void>
  /** Plans the alerts of all that is in a calendar, after events came into it that nobody made one by one. */
  alertsOf(calendarId: string): Promise<void>
}

export function createUpkeep({
  upkeep,
  store,
  clock,
}: {
  readonly upkeep: CalendarUpkeep
  readonly store: Pick<Store, 'people'>
  readonly clock: Clock
}): Upkeep {
  // Time-zone data changes with the program: once nothing is outdated, nothing will be until it starts again.
  let current = false
  let remindersCurrent = false
  let after = ''
  let nextRound: Temporal.Instant | undefined

  async function rederive(): Promise<void> {
    if (current) return
    const events = await upkeep.outdated(clock.now(), batch)
    for (const event of events) await upkeep.rederive(derived(event))
    current = events.length < batch
  }

  async function rederiveReminders(): Promise<void> {
    if (remindersCurrent) return
    const reminders = await upkeep.outdatedReminders(batch)
    const moved = reminders.flatMap((before): PlannedAlert[] => {
      const dueAt = derivedRing(before)
      return dueAt ? [{ before, after: { ...before, dueAt, version: before.version + 1 } }] : []
    })
    if (moved.length > 0) await upkeep.plan(moved, clock.now())
    remindersCurrent = reminders.length < batch
  }

  /** Plans a page of alerts; gives back the last id, or nothing when that was the last page. */
  async function page(of: { readonly calendarId?: string }, from: string): Promise<string | undefined> {
    const now = clock.now()
    const found = await upkeep.alerted(of, now, { after: from, limit: batch })
    const alerts = (await Promise.all(found.map((one) => due(one, now)))).flat()
    if (alerts.length > 0) await upkeep.plan(alerts, now)
    return found.length < batch ? undefined : found.at(-1)?.event.id
  }

  async function due(
    { event, attendees, planned, platform, space }: AlertedEvent,
    now: Temporal.Instant,
  ): Promise<readonly PlannedAlert[]> {
    const known = new Map(planned.map((one) => [one.id, one]))
    const [personId = event.organiserId] = event.alerts.map((one) => one.personId)
    const person = await store.people.get(event.spaceId, personId)
    if (!person) return []
    const origin = { platform, space, channel: person.userId, kind: 'direct' } as const
    const reads = {
      reminders: { get: async (_: string, id: string) => known.get(id) },
      people: store.people,
      attendees: { of: async () => attendees },
    }
    if (event.status === 'cancelled') {
      return planned
        .filter(({ state }) => state === 'scheduled')
        .map((before) => ({ before, after: { ...before, state: 'cancelled', dueAt: null, version: before.version + 1 } }))
    }
    const changes = await alertChanges(null, event, { store: reads, now, origin })
    const wanted = ringIds(event, attendees, now)
    const dropped = planned
      .filter(({ id, state }) => state === 'scheduled' && !wanted.has(id))
      .map((before): PlannedAlert => ({ before, after: { ...before, state: 'cancelled', dueAt: null, version: before.version + 1 } }))
    // One that has rung and was put off, or that its person stopped, is theirs by now.
    const due = changes.flatMap((one): readonly PlannedAlert[] => {
      const stopped = one.kind === 'reminder' && (one.before?.state === 'paused' || one.before?.state === 'cancelled')
      return one.kind === 'reminder' && one.after.state === 'scheduled' && !stopped ? [one] : []
    })
    return [...due, ...dropped]
  }

  return {
    async step() {
      await rederive()
      await rederiveReminders()
      if (after === '' && nextRound && Temporal.Instant.compare(clock.now(), nextRound) < 0) return
      after = (await page({}, after)) ?? ''
      nextRound = clock.now().add({ hours: roundEvery })
    },

    async alertsOf(calendarId) {
      for (let from: string | undefined = ''; from !== undefined; ) from = await page({ calendarId }, from)
    },
  }
}

/** Imports whose taking back plans the alerts of what is there again, at once. */
export function withAlerts<Imports extends Pick<Store['imports'], 'takeBack'>>(
  imports: Imports,
  { alertsOf }: Pick<Upkeep, 'alertsOf'>,
): Imports {
  return {
    ...imports,
    async takeBack(spaceId, personId, id) {
      const taken = await imports.takeBack(spaceId, personId, id)
      if (taken && taken.restored > 0) await alertsOf(taken.calendarId)
      return taken
    },
  }
}

/** By no more than this do rules about clocks change; what is further off rings then for another reason. In hours. */
const mostMoved = 3

/** When a reminder rings by the time-zone data of this process; undefined when that is what is planned already. */
function derivedRing({ startWall, timeZone, rrule, exdates, dueAt, nagged = 0 }: Reminder): Temporal.Instant | undefined {
  if (dueAt === null || nagged > 0) return undefined
  const from = dueAt.subtract({ hours: mostMoved })
  const rings =
    rrule === null
      ? startWall.toZonedDateTime(timeZone).toInstant()
      : nextOccurrence({ rrule, startWall, timeZone, exdates }, from)?.toInstant()
  const hours = rings ? Math.abs(rings.since(dueAt).total('hours')) : 0
  return hours > 0 && hours <= mostMoved ? rings : undefined
}
