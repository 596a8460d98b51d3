import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { newId } from '#core/ids.ts'
import type { Recipient, Reminder } from '#core/model.ts'
import type { Database } from '#store/client.ts'
import { createPeople } from '#store/people.ts'
import { reminderRow } from '#store/reminder-records.ts'
import type { Counted } from './town.ts'

/** One occurrence that has to be told once to each of its recipients. */
export interface Planned {
  readonly id: string
  readonly spaceId: string
  /** Words that no other reminder has. */
  readonly words: string
  readonly dueAt: Temporal.Instant
  readonly town: Counted
  readonly recipients: number
}

export interface Plan {
  readonly town: Counted
  readonly words: string
  readonly dueAt: Temporal.Instant
  readonly rrule?: string
  readonly recipients?: number
  /** Asks again after so many seconds, until it is done. */
  readonly nagSeconds?: number
  /** It is the agenda that is told, on which a todo has these words. */
  readonly digest?: boolean
  /** Whom it is for; each reminder has people of its own when absent. */
  readonly users?: readonly string[]
}

let made = 0

/** Puts a reminder into the table as a command would, due when the test wants it. The sweep queues it. */
export async function plan(
  database: Database,
  { town, words, rrule, nagSeconds, digest = false, recipients = 1, ...planned }: Plan,
): Promise<Planned> {
  made += 1
  // The table keeps milliseconds.
  const dueAt = planned.dueAt.round({ smallestUnit: 'millisecond', roundingMode: 'floor' })
  const clock = { now: () => dueAt }
  const users = planned.users ?? Array.from({ length: recipients }, (_, index) => town.person(`Person ${made} ${index}`))
  const [first = ''] = users
  const place = { platform: town.platform, space: town.space, channel: 'unused', kind: 'direct' as const }
  const people = createPeople(database, { clock, broadcast: createMemoryBroadcast() })
  const { space, person } = await people.people.meet(place, { id: first, name: `Person ${made}` })
  people[Symbol.dispose]()
  const reminder: Reminder = {
    id: newId(dueAt),
    spaceId: space.id,
    ownerId: person.id,
    text: digest ? 'Daily agenda' : words,
    recipients: users.map((user): Recipient => ({ kind: 'direct', user })),
    origin: place,
    state: 'scheduled',
    dueAt,
    startWall: dueAt.toZonedDateTimeISO('UTC').toPlainDateTime().round({ smallestUnit: 'second', roundingMode: 'floor' }),
    timeZone: 'UTC',
    rrule: rrule ?? null,
    exdates: [],
    snoozeOf: null,
    nagSeconds: nagSeconds ?? null,
    digest: digest ? { kind: 'agenda' } : null,
    version: 1,
  }
  if (digest) {
    const todo = { id: newId(dueAt), spaceId: space.id, ownerId: person.id, listId: person.listId, text: words, state: 'open' }
    await database.todo.create({ data: { ...todo, dueAt: new Date(dueAt.epochMilliseconds) } })
  }
  await database.reminder.create({ data: reminderRow(reminder) })
  return { id: reminder.id, spaceId: space.id, words, dueAt, town, recipients: users.length }
}

/** Several reminders of one person, due at once. */
export async function planTogether(database: Database, common: Plan, number: number): Promise<readonly Planned[]> {
  if (number === 1) return [await plan(database, common)]
  const users = [common.town.person(`Busy ${made}`)]
  const planned: Planned[] = []
  for (let index = 0; index < number; index += 1)
    planned.push(await plan(database, { ...common, users, words: `${common.words} part ${index}` }))
  return planned
}

/** Resolves when each of them has gone on to its next occurrence, or has none. */
export async function allTold(database: Database, planned: readonly Planned[]): Promise<void> {
  for (;;) {
    const rows = await database.reminder.findMany({ where: { id: { in: planned.map(({ id }) => id) } } }).catch(() => undefined)
    const waiting = rows?.filter(({ id, dueAt }) => dueAt?.getTime() === planned.find((one) => one.id === id)?.dueAt.epochMilliseconds)
    if (waiting?.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export interface Audit {
  readonly fault: string
  readonly expected: number
  readonly delivered: number
  readonly doubled: number
  readonly lost: number
  readonly early: number
  /** Shown, and taken back again. */
  readonly retracted: number
  /** Seconds from the moment it could be told to the moment it was shown. */
  readonly worstLateness: number
}

/** What the platforms' journals say about these occurrences. */
export function audit(fault: string, planned: readonly Planned[], possibleFrom?: Temporal.Instant): Audit {
  const counts = planned.map(({ town, words, recipients, dueAt }) => {
    const shown = town.shown(words)
    const present = town.present(words)
    const from = possibleFrom && Temporal.Instant.compare(possibleFrom, dueAt) > 0 ? possibleFrom : dueAt
    return {
      present,
      doubled: Math.max(0, present - recipients),
      lost: Math.max(0, recipients - present),
      early: shown.filter((at) => at.epochMilliseconds < dueAt.epochMilliseconds).length,
      retracted: shown.length - present,
      lateness: Math.max(0, ...shown.map((at) => at.since(from).total('seconds'))),
      recipients,
    }
  })
  const sum = (of: (count: (typeof counts)[number]) => number) => counts.reduce((total, count) => total + of(count), 0)
  return {
    fault,
    expected: sum(({ recipients }) => recipients),
    delivered: sum(({ present }) => present),
    doubled: sum(({ doubled }) => doubled),
    lost: sum(({ lost }) => lost),
    early: sum(({ early }) => early),
    retracted: sum(({ retracted }) => retracted),
    worstLateness: Number(Math.max(0, ...counts.map(({ lateness }) => lateness)).toFixed(2)),
  }
}

/** Shows the figures to whoever asks for them: DUCKTAPE_FAULT_TABLE=1. */
export function report(audits: readonly Audit[]): void {
  if (process.env.DUCKTAPE_FAULT_TABLE) console.table(audits)
}
