import type { Journal } from '../journal.ts'
import type { createApiFaults } from './faults.ts'
import type { Settings } from './options.ts'
import type { createTickets } from './tickets.ts'
import type { Workspace } from './workspace.ts'

/** What every part of the emulator shares. */
export interface World {
  readonly settings: Settings
  readonly journal: Journal
  readonly workspace: Workspace
  readonly faults: ReturnType<typeof createApiFaults>
  readonly tickets: ReturnType<typeof createTickets>
  /** `http://127.0.0.1:PORT`, once the server listens. */
  address(): string
  /** Slack's milliseconds as ours. */
  scaled(ms: number): number
  /** Runs later, and not at all once the emulator is closed. */
  later(ms: number, work: () => void): void
}
