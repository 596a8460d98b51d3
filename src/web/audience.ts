import { setTimeout as pause } from 'node:timers/promises'
import type { ChangedEvents, Reads } from './ports.ts'

/** One thing that is different now. */
export interface Changed {
  readonly spaceId: string
  /** Of an event, or of a calendar as a whole. */
  readonly id: string
  /** An answer to it, which only whoever plans it looks for. */
  readonly isAnswer: boolean
  /** Whose calendars were shown anew already. */
  readonly told: string | null
}

export interface AudienceParts {
  readonly reads: Pick<Reads, 'audience'>
  /** The persons whose calendars are open here. */
  watching(): Iterable<string>
  /** Shows anew what this person looks at. */
  refresh(personId: string): Promise<void>
  failed(err: unknown): void
}

/** How long changes are gathered before anybody is looked for, in milliseconds. */
const company = 100
/** As many changes are looked up at once, and as many people shown anew. */
const most = { changes: 500, people: 8 } as const

/**
 * Finds whoever else looks at what somebody changed: those who are invited, and those who see the calendar.
 *
 * However much changes, one look-up is under way at a time, and none when nobody looks.
 */
export function createAudience({ reads, watching, refresh, failed }: AudienceParts) {
  const stop = new AbortController()
  let waiting: Changed[] = []
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    while (waiting.length > 0 && !stop.signal.aborted) {
      await pause(company, undefined, { signal: stop.signal }).catch(() => undefined)
      const spaces = Map.groupBy(waiting, ({ spaceId }) => spaceId)
      waiting = []
      for (const [spaceId, changes] of spaces)
        for (let from = 0; from < changes.length; from += most.changes)
          await tell(spaceId, changes.slice(from, from + most.changes)).catch(failed)
    }
    running = undefined
  }

  async function tell(spaceId: string, changes: readonly Changed[]): Promise<void> {
    const people = [...watching()]
    if (people.length === 0 || stop.signal.aborted) return
    const found = await reads.audience(spaceId, changedOf(changes), people)
    const knowing = new Set(changes.map(({ id, told }) => `${id} ${told}`))
    const others = [...new Set(found.filter(({ id, personId }) => !knowing.has(`${id} ${personId}`)).map(({ personId }) => personId))]
    for (let from = 0; from < others.length && !stop.signal.aborted; from += most.people)
      await Promise.all(others.slice(from, from + most.people).map(refresh))
  }

  return {
    add(change: Changed): void {
      if (stop.signal.aborted) return
      waiting.push(change)
      running ??= run()
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}

function changedOf(changes: readonly Changed[]): ChangedEvents {
  const [answered, changed] = [true, false].map((answers) => [
    ...new Set(changes.flatMap((one) => (one.isAnswer === answers ? [one.id] : []))),
  ])
  return { changed: changed ?? [], answered: answered ?? [] }
}
