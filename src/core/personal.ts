/** What is kept about a person, as a whole: given out to them, or erased. */

export interface PersonalCounts {
  readonly events: number
  /** Of the events, those that others come to. */
  readonly withOthers: number
  readonly reminders: number
  readonly todos: number
  readonly notes: number
  readonly lists: number
  readonly folders: number
  readonly calendars: number
}

export interface Personal {
  counts(spaceId: string, personId: string): Promise<PersonalCounts>
  /** Everything, as plain JSON by what it is; secrets apart. */
  everything(spaceId: string, personId: string): Promise<Readonly<Record<string, unknown>>>
  /**
   * Erases everything, for good. What is others' stays theirs: of somebody who was to come, a guest without a name is
   * left.
   */
  erase(spaceId: string, personId: string): Promise<void>
  /** True the first time. */
  spend(ticket: string): Promise<boolean>
}

/** The verb of a token that gives somebody everything that is kept about them, once; its subject is the person. */
export const dataVerb = 'my-data'

/** Until when a token counts, and what makes it another one each time. */
export function ticketArgument(until: Temporal.Instant, nonce: string): string {
  return `${Math.floor(until.epochMilliseconds / 60_000).toString(36)}-${nonce}`
}

export function readTicket(argument: string): Temporal.Instant | undefined {
  const minutes = /^(?<minutes>[0-9a-z]{1,8})-[\w]{0,12}$/.exec(argument)?.groups?.minutes
  return minutes === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(Number.parseInt(minutes, 36) * 60_000)
}
