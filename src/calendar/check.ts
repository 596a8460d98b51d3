import type { CalendarEvent } from '#core/model.ts'
import { mostExceptions } from './edit.ts'
import { firstWall, validateRule } from './recurrence.ts'

const longestDays = 366
const longestTitle = 500
const years = { first: 1900, last: 2200 } as const

export interface Wrong {
  readonly field: 'title' | 'start' | 'end' | 'rrule' | 'rdates' | 'exdates'
  readonly hint: string
}

/** What no calendar should keep, by field, with the way out. */
export function wrongWith(event: CalendarEvent): Wrong | undefined {
  const { title, durationSeconds, rrule, startWall, timeZone, rdates, exdates } = event
  const no = (field: Wrong['field'], hint: string): Wrong => ({ field, hint })
  if (title.trim() === '') return no('title', 'An event has a title.')
  if (title.length > longestTitle) return no('title', `A title has at most ${longestTitle} characters.`)
  if (startWall.year < years.first || startWall.year > years.last)
    return no('start', `An event starts between ${years.first} and ${years.last}.`)
  if (durationSeconds < 0) return no('end', 'The event ends before it starts.')
  if (durationSeconds < 60) return no('end', 'The event has no length: it lasts a minute at least.')
  if (durationSeconds > longestDays * 86_400) return no('end', `An event lasts ${longestDays} days at most.`)
  if (rdates.length > mostExceptions) return no('rdates', `A series has at most ${mostExceptions} dates of its own.`)
  if (exdates.length > mostExceptions) return no('exdates', `A series leaves out at most ${mostExceptions} dates.`)
  if (rrule === null) return undefined
  const valid = validateRule(rrule)
  if (!valid.ok) return no('rrule', valid.hint)
  const first = firstWall({ rrule, startWall, timeZone, exdates: [] })
  return first ? undefined : no('rrule', 'The rule never comes: it names no day that exists, or ends before it starts.')
}
