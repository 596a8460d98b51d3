import { describe, expect, it } from 'vitest'
import { agendaIn, pageIn } from '#commands/agenda.ts'
import type { Series } from '#core/model.ts'
import { anEvent, moved, wall } from '../support/events.ts'

const owner = { spaceId: 'space', calendarId: 'calendar', organiserId: 'ann' }
const window = { from: Temporal.Instant.from('2026-11-02T00:00Z'), to: Temporal.Instant.from('2026-11-30T00:00Z') }
/** Where the first quarter of the window ends. */
const quarter = '2026-11-09T00:00'
const scope = { spaceId: 'space', calendarIds: ['calendar'], reader: 'ann', foreign: new Set<string>() }

const series: readonly Series[] = [
  anEvent(owner, { title: 'daily', startWall: wall('2026-10-01T09:00'), timeZone: 'UTC', rrule: 'FREQ=DAILY' }),
  anEvent(owner, { title: 'across', startWall: wall('2026-11-08T20:00'), timeZone: 'UTC', durationSeconds: 86_400 }),
  anEvent(owner, { title: 'nightly', startWall: wall('2026-10-01T23:00'), timeZone: 'UTC', durationSeconds: 10_800, rrule: 'FREQ=DAILY' }),
  anEvent(owner, { title: 'no length', startWall: wall(quarter), timeZone: 'UTC', durationSeconds: 0 }),
  anEvent(owner, {
    title: 'moved over',
    startWall: wall('2026-10-07T12:00'),
    timeZone: 'UTC',
    rrule: 'FREQ=WEEKLY',
    overrides: [moved('2026-11-04T12:00', '2026-11-12T08:00'), moved('2026-11-18T12:00', '2026-11-03T07:00')],
  }),
]

const store = {
  events: { within: async () => ({ series, complete: true }) },
  attendees: { answers: async () => [] },
}

describe('a page of a long window', () => {
  it.each([1, 7, 14, 15, 16, 17, 40, 500])('of %i has the first of all that is planned, each once and in order', async (limit) => {
    const { occurrences: all } = await agendaIn(store, scope, window)
    const { occurrences, more } = await pageIn(store, scope, window, { limit })
    const named = (found: typeof all) => found.map(({ title, startsAt }) => `${startsAt} ${title}`)
    expect(named(occurrences)).toEqual(named(all.slice(0, limit)))
    expect(more).toBe(all.length > limit)
  })
})
