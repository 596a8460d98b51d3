import type { Occurrence } from '#calendar/occurrence.ts'

/** What somebody saw of an occurrence when they decided upon it. */
export function wasOf({ title, startsAt, durationSeconds }: Occurrence): string {
  return `${startsAt} ${durationSeconds} ${title}`
}
