import { z } from 'zod'
import { gather } from '#core/gather.ts'
import { horizon } from '#core/horizon.ts'
import { platforms } from '#core/message.ts'
import type { Change } from '#core/model.ts'
import type { Broadcast, DueReminder, Scheduler } from '#core/ports.ts'
import type { Database } from './client.ts'
import { Prisma } from './generated/client.ts'
import { jsonText } from './json.ts'
import { type Run, runOn, unhurried } from './run.ts'

/** A side effect that a transaction decided on. */
export interface Effect {
  readonly id: bigint
  readonly topic: string
  readonly payload: unknown
}

const Due = z.object({
  reminderId: z.string(),
  spaceId: z.string(),
  platform: z.enum(platforms),
  dueAt: z.string().transform((text) => Temporal.Instant.from(text)),
})

/** Which effects changes have: reminders that ring soon are queued, and whoever watches is told. */
export function effectsOf(changes: readonly Change[], now: Temporal.Instant): { topic: string; payload: object }[] {
  return changes.flatMap((change) => {
    const { kind, after } = change
    const of = kind === 'attendee' ? { eventId: change.after.eventId } : {}
    const told = { topic: 'change', payload: { kind, id: after.id, spaceId: after.spaceId, personId: ownerOf(change), ...of } }
    if (kind === 'event' || kind === 'calendar') return [told, ...leavesOf(change)]
    if (kind !== 'reminder' || change.after.dueAt === null) return [told]
    const { id: reminderId, spaceId, origin, dueAt } = change.after
    return [told, ...dueEffect({ reminderId, spaceId, platform: origin.platform, dueAt }, now)]
  })
}

/** Whom a change takes something from, who would not be found by what is there now. */
function leavesOf(change: Extract<Change, { kind: 'event' | 'calendar' }>): { topic: string; payload: object }[] {
  const { id, spaceId } = change.after
  const notice = (calendarId: string, personId: string | null) => ({
    topic: 'change',
    payload: { kind: 'calendar', id: calendarId, spaceId, personId },
  })
  if (change.kind === 'event') {
    const { before, after } = change
    return before && before.calendarId !== after.calendarId ? [notice(before.calendarId, null)] : []
  }
  const stay = new Set(change.after.shares.map(({ personId }) => personId))
  return (change.before?.shares ?? []).filter(({ personId }) => !stay.has(personId)).map(({ personId }) => notice(id, personId))
}

/** What rings within the horizon is queued at once; the sweep finds the rest. */
export function dueEffect({ dueAt, ...due }: DueReminder, now: Temporal.Instant): { topic: string; payload: object }[] {
  if (Temporal.Instant.compare(dueAt, now.add(horizon)) > 0) return []
  return [{ topic: 'due', payload: { ...due, dueAt: dueAt.toString() } }]
}

/** Puts effects on record with whatever causes them. */
export async function keepEffects(run: Run, effects: readonly { topic: string; payload: object }[]): Promise<readonly Effect[]> {
  if (effects.length === 0) return []
  const { rows } = await run<KeptEffect>(Prisma.sql`
    INSERT INTO outbox (topic, payload) SELECT topic, payload FROM jsonb_to_recordset(${jsonText(effects)}::jsonb) AS effect(topic text, payload jsonb)
    RETURNING id, topic, payload`)
  return rows.map(readEffect)
}

/** As Postgres brings it: it counts further than our numbers. */
export type KeptEffect = Omit<Effect, 'id'> & { readonly id: string }

export function readEffect({ id, topic, payload }: KeptEffect): Effect {
  return { id: BigInt(id), topic, payload }
}

/** Whose page shows it; null when that is nobody in particular. */
function ownerOf(change: Change): string | null {
  switch (change.kind) {
    case 'person':
      return change.after.id
    case 'event':
      return change.after.organiserId
    case 'attendee':
      return change.after.personId
    case 'invitation':
    case 'space':
      return null
    default:
      return change.after.ownerId
  }
}

/** The effects of as many commits are crossed off at once, after so many milliseconds for others to come. */
const inCompany = [200, 5] as const

/** Carries out effects, then crosses them off. What a crash leaves is found by `sweep`. */
export interface Outbox {
  carryOut(effects: readonly Effect[]): Promise<void>
  /** Carries out what other processes left behind. */
  sweep(): Promise<void>
}

export function createOutbox(
  database: Database,
  { scheduler, broadcast }: { readonly scheduler: Scheduler; readonly broadcast: Broadcast },
): Outbox {
  const run = runOn(database)
  /** Those of several commits at a time: nobody waits for it. */
  const crossOff = gather(
    async (done: readonly (readonly Effect[])[]) => {
      const ids = done.flat().map(({ id }) => id)
      // One that comes back is carried out once more, which changes nothing.
      await run(Prisma.sql`DELETE FROM outbox WHERE id = ANY(${ids}::bigint[]) AND ${unhurried}`, 'cross off')
      return done.map(() => undefined)
    },
    ...inCompany,
  )

  async function carryOut(effects: readonly Effect[]): Promise<void> {
    if (effects.length === 0) return
    // What an earlier release wrote and this one cannot read is dropped: the sweep of reminders finds what is due.
    const due = effects.flatMap(({ topic, payload }) => (topic === 'due' ? (Due.safeParse(payload).data ?? []) : []))
    if (due.length > 0) await scheduler.schedule(due)
    await Promise.all(effects.map(({ topic, payload }) => (topic === 'change' ? broadcast.publish('change', payload) : undefined)))
    await crossOff(effects)
  }

  return {
    carryOut,
    async sweep() {
      // Younger rows are still in the hands of the process that wrote them.
      const { rows } = await run<KeptEffect>(Prisma.sql`
        SELECT id, topic, payload FROM outbox WHERE created_at < now() - interval '10 seconds' ORDER BY id LIMIT 1000`)
      await carryOut(rows.map(readEffect))
    },
  }
}
