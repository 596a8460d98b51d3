import type { Counts, ImportFormat, Into } from './exchange.ts'
import type { Place, Platform } from './message.ts'
import type { ShowIn, ShownWork, ShownWorks } from './shown-work.ts'

/** Files and addresses whose events go into a calendar: looked at, confirmed, taken in, and taken back. */

/** Told to all processes when there is something to import. */
export const importWaits = 'import.waits'

/** Told to all processes when an import has come to a rest, with its id: it waits for its person, or is over. */
export const importRests = 'import.rests'

export interface ImportRequest extends Into {
  readonly id: string
  readonly personId: string
  /** Of an address it is found out. */
  readonly format: ImportFormat | 'url'
  readonly source: Uint8Array | null
  readonly url: string | null
  /** The platform that keeps the file at `url`; null for an address of anybody's. */
  readonly platform?: Platform | null
  /** Of times without a zone. */
  readonly timeZone: string
  /** Whether 3/4 is the third of April. */
  readonly dayFirst: boolean
  /** What its person calls it: the name of a file, the host of an address. */
  readonly name?: string
  /** Only looked at, until its person says that it may come in. */
  readonly preview?: boolean
  /** Who is shown how it goes, and where; a program asks instead. */
  readonly shownTo?: { readonly origin: Place; readonly user: string; readonly in: ShowIn }
}

/** An import as the one who works on it needs it. */
export interface ImportAtWork extends Omit<ImportRequest, 'shownTo'> {
  readonly preview: boolean
  /** How many of its events are in already: somebody else began it. */
  readonly done: number
  /** Its person wants no more of it. */
  readonly stopping: boolean
}

export interface ImportRemark {
  readonly line: number
  readonly kind: 'skipped' | 'mended'
  readonly text: string
}

/** What is found in a source, before any of it is in. */
export interface ImportContents {
  readonly total: number
  readonly skipped: number
  readonly remarks: readonly ImportRemark[]
}

/** One of the events that would come in. */
export interface ImportSample {
  readonly title: string
  /** An instant, or the day of what lasts whole days. */
  readonly at: string
  readonly kind: 'new' | 'changed'
}

/** What would come of an import. */
export interface ImportPreview extends Counts {
  /** From the first day of what comes to the last; null when it has no end. */
  readonly days: { readonly first: string; readonly last: string | null } | null
  readonly sample: readonly ImportSample[]
}

/**
 * `previewed`: waits for its person, with what would come of it; `stopping`: what is not in yet does not come in any
 * more; `cancelled` and `expired`: its person did not want it, or never said.
 */
export type ImportState = 'waiting' | 'running' | 'previewed' | 'stopping' | 'done' | 'stopped' | 'cancelled' | 'expired' | 'failed'

export interface ImportStatus extends ImportPreview {
  readonly id: string
  readonly name: string
  readonly calendarId: string
  readonly calendarName: string
  readonly state: ImportState
  /** What it is to be shown first, before anything comes in. */
  readonly preview: boolean
  /** Null until it was read. */
  readonly total: number | null
  /** Of the total, how many events are in by now. */
  readonly done: number
  readonly skipped: number
  readonly remarks: readonly ImportRemark[]
  readonly timeZone: string
  readonly failure: string | null
}

export interface TakenBack {
  readonly calendarId: string
  readonly removed: number
  readonly restored: number
  /** Changed since by somebody, and left as they are. */
  readonly kept: number
}

/** What commands and programs do with imports. */
export interface Imports {
  /** Asking for the same import again, by its id, changes nothing. `too-many`: several of this person wait already. */
  begin(request: ImportRequest): Promise<'begun' | 'too-many'>
  status(spaceId: string, personId: string, id: string): Promise<ImportStatus | undefined>
  /**
   * Lets come in what was looked at. `confirmed-before`: it does already, or is in; `unread`: nobody knows yet what would
   * come in. Undefined when there is nothing to confirm any more.
   */
  confirm(
    spaceId: string,
    personId: string,
    id: string,
    show?: ShowIn,
  ): Promise<'confirmed' | 'confirmed-before' | 'unread' | 'too-many' | undefined>
  /**
   * Waits a moment until it rests: true when it does by then, and whoever asked tells how. What takes longer is shown by
   * those who work on it.
   */
  restsSoon(id: string): Promise<boolean>
  /**
   * Lets nothing more come in; what is only looked at is cancelled. `told`: whoever asks says so in its message. False
   * when it is over already.
   */
  stop(spaceId: string, personId: string, id: string, told?: boolean): Promise<boolean>
  /** Takes out what it brought, and puts back what it changed; undefined when that was done already. */
  takeBack(spaceId: string, personId: string, id: string): Promise<TakenBack | undefined>
  /** The import that an audit entry stands for. */
  ofEntry(spaceId: string, personId: string, auditId: string): Promise<string | undefined>
}

/** An import as whoever shows it sees it. */
export interface ShownImport extends ShownWork {
  readonly spaceId: string
  readonly status: ImportStatus
}

/** Postgres is the truth: whoever works on an import holds it for a while, and each step is counted with what it brought. */
export interface ImportWork extends ShownWorks<ShownImport> {
  /** The next one that waits, or that somebody dropped, or that very one; nobody else gets it while it is held. */
  take(id?: string): Promise<ImportAtWork | undefined>
  /** Holds it for longer; false when its person wants no more of it. */
  hold(id: string): Promise<boolean>
  /** Keeps what an address or a platform had, which is not asked again. */
  fetched(id: string, source: Uint8Array, format: ImportFormat): Promise<void>
  /** Says what there is in it. */
  read(id: string, contents: ImportContents): Promise<void>
  /** Lets it wait for its person; when nothing would come in, it is over. */
  previewed(id: string, preview: ImportPreview): Promise<void>
  /** What it brought can be taken back from then on, by its entry as well. `stopped`: before all of it was in. */
  finish(id: string, end: { readonly failure: string | null; readonly stopped?: boolean }): Promise<void>
}
