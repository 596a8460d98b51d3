import { z } from 'zod'
import type { ImportAtWork, ImportState, ImportStatus } from '#core/imports.ts'
import { platforms } from '#core/message.ts'
import type { Import as ImportRow } from './generated/client.ts'

/** States in which somebody works on an import, or will. */
export const moving = ['waiting', 'running', 'stopping'] as const satisfies readonly ImportState[]

const State = z.enum([...moving, 'previewed', 'done', 'stopped', 'cancelled', 'expired', 'failed'])
const Format = z.enum(['ics', 'csv', 'url'])
const Remarks = z.array(z.object({ line: z.number(), kind: z.enum(['skipped', 'mended']), text: z.string() }))
const Samples = z.array(z.object({ title: z.string(), at: z.string(), kind: z.enum(['new', 'changed']) }))

export function statusOf(row: Omit<ImportRow, 'source'> & { readonly calendar: { readonly name: string } }): ImportStatus {
  const { id, name, calendarId, calendar, preview, total, done, created, changed, same, skipped, timeZone, failure, firstDay, lastDay } =
    row
  return {
    ...{ id, name, calendarId, calendarName: calendar.name, preview, timeZone, failure },
    ...{ total, done, created, changed, same, skipped },
    state: State.parse(row.state),
    days: firstDay === null ? null : { first: firstDay, last: lastDay },
    sample: Samples.parse(row.sample),
    remarks: Remarks.parse(row.remarks),
  }
}

/** `url` as it was before it was sealed. */
export function atWork(row: ImportRow, url: string | null): ImportAtWork {
  const { id, spaceId, calendarId, personId, source, timeZone, dayFirst, name, preview, done } = row
  return {
    ...{ id, spaceId, calendarId, personId, source, url, timeZone, dayFirst, name, preview, done },
    stopping: row.state === 'stopping',
    platform: z.enum(platforms).nullable().parse(row.platform),
    format: Format.parse(row.format),
  }
}
