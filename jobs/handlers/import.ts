import type { CalendarFile } from '#calendar/ical/event.ts'
import type { ReadFile } from '#calendar/ical/read.ts'
import { takenIn } from '#calendar/ical/take-in.ts'
import type { CalendarContents, HowPut, Into, WholeEvent } from '#core/exchange.ts'
import type { SafeFetch } from '#core/fetch.ts'
import { newId } from '#core/ids.ts'
import type { ImportAtWork, ImportWork } from '#core/imports.ts'
import type { CalendarEvent } from '#core/model.ts'
import type { Clock, Store } from '#core/ports.ts'
import type { Download } from '../fetch.ts'
import { createPreview } from './preview.ts'

export interface ImportParts {
  readonly store: { readonly people: Pick<Store['people'], 'get'> }
  readonly importWork: Pick<ImportWork, 'hold' | 'fetched' | 'read' | 'previewed' | 'finish'>
  readonly contents: CalendarContents
  readonly fetch: SafeFetch
  /** What is in a file that a platform keeps. */
  readonly download: Download
  readonly clock: Clock
  /** Plans the alerts of what came into a calendar. */
  alertsOf(calendarId: string): Promise<void>
  /** Told after each step. */
  progress(importId: string): Promise<void>
}

/** Between two looks at how far an import is, in events. */
const step = 1_000
/** Between two signs of life, in milliseconds. */
const pulse = 5_000

/**
 * Looks what is in a file or at an address and what would come of it; or, once its person has confirmed that, takes it
 * into a calendar. Events go by UID and RECURRENCE-ID, and each step is counted with what it brought, so that one that
 * was cut off goes on where it was.
 */
export async function importFile(request: ImportAtWork, parts: ImportParts): Promise<void> {
  const { importWork } = parts
  const alive = setInterval(() => {
    // One that fails is followed by another in time.
    importWork.hold(request.id).catch(() => undefined)
  }, pulse)
  try {
    await worked(request, parts)
  } finally {
    clearInterval(alive)
  }
}

async function worked(request: ImportAtWork, parts: ImportParts): Promise<void> {
  const { importWork, alertsOf } = parts
  if (request.stopping) return stopped(request, parts)
  const read = await sourceOf(request, parts)
  if (read.kind === 'refused') return importWork.finish(request.id, { failure: read.why })
  const { events, remarks, skipped } = read.file
  await importWork.read(request.id, { total: events.length, skipped, remarks })
  const how = await usualOf(request, parts)
  if (request.preview) return look(request, read.file, how, parts)
  for (let done = request.done; done < events.length; done += step) {
    if (!(await importWork.hold(request.id))) return stopped(request, parts)
    const some = wholeEvents({ ...read.file, events: events.slice(done, done + step) }, request, parts.clock)
    await parts.contents.put(request, some, { ...how, step: { importId: request.id, done } })
    await parts.progress(request.id)
  }
  await alertsOf(request.calendarId)
  await importWork.finish(request.id, { failure: null })
}

async function stopped({ id, calendarId }: ImportAtWork, { importWork, alertsOf }: ImportParts): Promise<void> {
  await alertsOf(calendarId)
  await importWork.finish(id, { failure: null, stopped: true })
}

/** What would come in, by the comparison that decides it when it does. */
async function look(request: ImportAtWork, { events, ...file }: CalendarFile, how: HowPut, parts: ImportParts): Promise<void> {
  const preview = createPreview(request.timeZone, parts.clock.now())
  for (let at = 0; at < events.length; at += step) {
    const some = wholeEvents({ ...file, events: events.slice(at, at + step) }, request, parts.clock)
    preview.add(await parts.contents.weigh(request, some, how))
  }
  await parts.importWork.previewed(request.id, preview.whole())
}

/** What is to come rings as its person is used to, where a file says nothing of that. */
async function usualOf({ spaceId, personId }: ImportAtWork, { store, clock }: ImportParts): Promise<Pick<HowPut, 'alertsFor'>> {
  const { alertSeconds = [] } = (await store.people.get(spaceId, personId)) ?? {}
  const usual = alertSeconds.map((secondsBefore) => ({ personId, secondsBefore }))
  return { alertsFor: (event: CalendarEvent) => (isToCome(event, clock.now()) ? usual : []) }
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

async function sourceOf(request: ImportAtWork, parts: ImportParts): Promise<ReadFile> {
  const { id, timeZone, dayFirst } = request
  const format = request.format === 'url' ? 'ics' : request.format
  const got = request.url === null ? (request.source ?? new Uint8Array()) : await fetched(request.url, request, parts)
  if ('why' in got) return { kind: 'refused', why: got.why }
  if (request.url !== null) await parts.importWork.fetched(id, got, format)
  // What reads files is loaded with the first of them.
  if (format === 'csv') return (await import('#calendar/csv/read.ts')).readCsvGently(got, { timeZone, dayFirst })
  return (await import('#calendar/ical/read.ts')).readCalendarGently(got, { timeZone })
}

async function fetched(
  url: string,
  { platform }: ImportAtWork,
  { fetch, download }: ImportParts,
): Promise<Uint8Array | { readonly why: string }> {
  if (platform) return download(platform, url)
  const answer = await fetch({ url })
  if (answer.kind === 'refused') return answer
  return answer.kind === 'fetched' ? answer.bytes : new Uint8Array()
}
