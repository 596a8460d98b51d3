import { eachOccurrence } from '#calendar/recurrence.ts'

export const timeZone = 'America/New_York'
export const startWall = Temporal.PlainDateTime.from('2020-01-01T09:00')

/** Rules as people have them. */
export const rules = [
  'FREQ=DAILY',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE',
  'FREQ=MONTHLY;BYMONTHDAY=15',
  'FREQ=MONTHLY;BYDAY=2TU',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  'FREQ=YEARLY',
  'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
  'FREQ=DAILY;INTERVAL=3;COUNT=1000',
]

/** A year as a window. */
export function yearOf(year: number): { readonly from: Temporal.ZonedDateTime; readonly to: Temporal.ZonedDateTime } {
  const from = Temporal.PlainDateTime.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone)
  return { from, to: from.add({ years: 1 }) }
}

/** How many occurrences a rule has in a window, each with its instant. */
export function countIn(rrule: string, from: Temporal.Instant, to: Temporal.Instant): number {
  let found = 0
  const [first, end] = [from.epochMilliseconds / 1_000, to.epochMilliseconds / 1_000]
  eachOccurrence({ rrule, startWall, timeZone, exdates: [] }, first, end, ({ instant }) => {
    if (Number.isInteger(instant)) found += 1
    return true
  })
  return found
}
