import { readCsv } from '#calendar/csv/read.ts'
import type { CalendarFile } from '#calendar/ical/event.ts'
import { type ReadFile, readCalendarGently } from '#calendar/ical/read.ts'
import { takenIn } from '#calendar/ical/take-in.ts'
import type { CalendarContents, ImportProgress, ImportRequest, Imports, Into, WholeEvent } from '#core/exchange.ts'
import { newId } from '#core/ids.ts'
import type { CalendarEvent } from '#core/model.ts'
import type { TellNews } from '#core/news.ts'
import type { Clock, Store } from '#core/ports.ts'
import type { Download, SafeFetch } from '../fetch.ts'

export interface ImportParts {
  readonly store: { readonly people: Pick<Store['people'], 'get'> }
  readonly imports: Pick<Imports, 'progress' | 'finish'>
  readonly contents: CalendarContents
  readonly fetch: SafeFetch
  /** What is in a file that a platform keeps. */
  readonly download: Download
  readonly clock: Clock
  /** Plans the alerts of what came into a calendar. */
  alertsOf(calendarId: string): Promise<void>
  readonly tell: TellNews
}

/** Between two looks at how far an import is, in events. */
const step = 1_000

/**
 * Takes a file or what an address has into a calendar. Events go by UID and RECURRENCE-ID, so that one that was cut
 * off is simply done again.
 */
export async function importFile(request: ImportRequest, parts: ImportParts): Promise<void> {
  await taken(request, parts)
  await parts.tell({ kind: 'imported', of: request })
}

async function taken(
  request: ImportRequest,
  { imports, contents, fetch, download, clock, store, alertsOf }: Omit<ImportParts, 'tell'>,
): Promise<void> {
  const read = await sourceOf(request, fetch, download)
  if (read.kind === 'refused') return imports.finish(request.id, { remarks: [], failure: read.why })
  const { events, remarks, skipped } = read.file
  const { alertSeconds = [] } = (await store.people.get(request.spaceId, request.personId)) ?? {}
  const usual = alertSeconds.map((secondsBefore) => ({ personId: request.personId, secondsBefore }))
  const how = { importId: request.id, alertsFor: (event: CalendarEvent) => (isToCome(event, clock.now()) ? usual : []) }
  let progress: ImportProgress = { total: events.length, done: 0, created: 0, changed: 0, same: 0, skipped }
  let goesOn = await imports.progress(request.id, progress)
  for (let at = 0; at < events.length && goesOn; at += step) {
    const some = wholeEvents({ ...read.file, events: events.slice(at, at + step) }, request, clock)
    const { created, changed, same } = await contents.put(request, some, how)
    progress = {
      ...progress,
      done: Math.min(events.length, at + step),
      created: progress.created + created,
      changed: progress.changed + changed,
      same: progress.same + same,
    }
    goesOn = await imports.progress(request.id, progress)
  }
  await alertsOf(request.calendarId)
  await imports.finish(request.id, { remarks, failure: null, stopped: !goesOn && progress.done < events.length })
}

/** Nobody is told of days that are marked, of what was called off, and of what is over. */
function isToCome({ allDay, status, coversUntil }: CalendarEvent, now: Temporal.Instant): boolean {
  return !allDay && status !== 'cancelled' && Temporal.Instant.compare(coversUntil, now) > 0
}

/** The events of a file as they go into a calendar. */
export function wholeEvents({ events }: CalendarFile, into: Into & { readonly personId: string }, clock: Clock): WholeEvent[] {
  const { spaceId, calendarId, personId } = into
  return events.map((event) => takenIn(event, { spaceId, calendarId, personId, newId: () => newId(clock.now()) }))
}

async function sourceOf(request: ImportRequest, fetch: SafeFetch, download: Download): Promise<ReadFile> {
  const { format, url, platform, timeZone, dayFirst } = request
  const found = platform && url !== null ? await download(platform, url) : request.source
  if (found && 'kind' in found) return found
  const source = found ?? new Uint8Array()
  if (format === 'csv') return readCsv(source, { timeZone, dayFirst })
  if (format === 'ics') return readCalendarGently(source, { timeZone })
  const fetched = await fetch({ url: url ?? '' })
  if (fetched.kind === 'refused') return fetched
  return readCalendarGently(fetched.kind === 'fetched' ? fetched.bytes : new Uint8Array(), { timeZone })
}
