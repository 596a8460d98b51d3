import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derived } from '#calendar/derive.ts'
import { cancelled, type Edited, edited, restored, type Scope } from '#calendar/edit.ts'
import { expand } from '#calendar/expand.ts'
import type { CalendarEvent } from '#core/model.ts'
import { anEvent, wall } from '../support/events.ts'

const always = { from: Temporal.Instant.from('2000-01-01T00:00Z'), to: Temporal.Instant.from('2100-01-01T00:00Z') }
const owner = { spaceId: 'space', calendarId: 'calendar', organiserId: 'person' }

function series(more: Partial<CalendarEvent>): CalendarEvent {
  return derived(anEvent(owner, more))
}

/** "2026-11-24T09:00 60 Standup" of each occurrence, in order. */
function told(...events: readonly (CalendarEvent | undefined)[]): string[] {
  return events
    .flatMap((event) => (event ? expand(event, always, 1_000).occurrences : []))
    .toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
    .map(({ startsAt, endsAt, title, timeZone }) => {
      const start = startsAt.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
      return `${start} ${endsAt.since(startsAt).total('minutes')} ${title}`
    })
}

function ok(result: Edited): { readonly after: CalendarEvent; readonly split?: CalendarEvent } {
  if (!result.ok) throw new Error(result.reason)
  return result
}

const weekly = () => series({ startWall: wall('2026-11-24T09:00'), rrule: 'FREQ=WEEKLY;COUNT=4' })

describe('editing one occurrence', () => {
  it('shows a moved one once, at its new place, and the others where they were', () => {
    const { after } = ok(edited(weekly(), { shiftSeconds: 86_400 + 3_600 }, 'this', wall('2026-12-01T09:00'), 'n'))
    expect(told(after)).toEqual([
      '2026-11-24T09:00 60 Standup',
      '2026-12-02T10:00 60 Standup',
      '2026-12-08T09:00 60 Standup',
      '2026-12-15T09:00 60 Standup',
    ])
  })

  it('moves one that was moved before from where it is now', () => {
    const once = ok(edited(weekly(), { shiftSeconds: 3_600, title: 'Later' }, 'this', wall('2026-12-01T09:00'), 'n')).after
    const twice = ok(edited(once, { shiftSeconds: 3_600, durationSeconds: 1_800 }, 'this', wall('2026-12-01T09:00'), 'n')).after
    expect(told(twice)[1]).toBe('2026-12-01T11:00 30 Later')
    expect(twice.overrides).toHaveLength(1)
  })

  it('leaves one out and brings it back as it last was', () => {
    const moved = ok(edited(weekly(), { shiftSeconds: 3_600 }, 'this', wall('2026-12-01T09:00'), 'n')).after
    const skipped = ok(cancelled(moved, 'this', wall('2026-12-01T09:00'))).after
    expect(told(skipped)).toHaveLength(3)
    expect(cancelled(skipped, 'this', wall('2026-12-01T09:00'))).toEqual({ ok: false, reason: 'gone already' })
    expect(told(ok(restored(skipped, wall('2026-12-01T09:00'))).after)).toEqual(told(moved))
    expect(restored(moved, wall('2026-12-01T09:00'))).toEqual({ ok: false, reason: 'no such occurrence' })
  })

  it('refuses what is none of the series', () => {
    expect(edited(weekly(), { title: 'x' }, 'this', wall('2026-12-02T09:00'), 'n')).toEqual({ ok: false, reason: 'no such occurrence' })
    expect(edited(weekly(), { rrule: 'FREQ=DAILY' }, 'this', wall('2026-12-01T09:00'), 'n')).toMatchObject({ reason: 'whole series only' })
  })
})

describe('editing one and all that follow', () => {
  it('splits the series, divides its COUNT and carries exceptions to the half that they belong to', () => {
    const skipped = ok(cancelled(weekly(), 'this', wall('2026-12-15T09:00'))).after
    const moved = ok(edited(skipped, { title: 'Party' }, 'this', wall('2026-12-08T09:00'), 'n')).after
    const { after, split } = ok(edited(moved, { shiftSeconds: 3_600 }, 'following', wall('2026-12-01T09:00'), 'n'))
    expect(after.rrule).toBe('FREQ=WEEKLY;COUNT=1')
    expect(split).toMatchObject({ id: 'n', rrule: 'FREQ=WEEKLY;COUNT=3', version: 1 })
    expect(told(after, split)).toEqual(['2026-11-24T09:00 60 Standup', '2026-12-01T10:00 60 Standup', '2026-12-08T10:00 60 Party'])
    expect(told(ok(restored(split as CalendarEvent, wall('2026-12-15T10:00'))).after)).toHaveLength(3)
  })

  it('ends a series without end with the last one before, in UTC, and lets the rest go on', () => {
    const endless = series({ startWall: wall('2026-11-24T09:00'), rrule: 'FREQ=WEEKLY;BYDAY=TU' })
    const { after, split } = ok(edited(endless, { title: 'New' }, 'following', wall('2026-12-08T09:00'), 'n'))
    expect(after.rrule).toBe('FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201T140000Z')
    expect(after.coversUntil.toString()).toBe('2026-12-01T15:00:00Z')
    expect(split?.rrule).toBe('FREQ=WEEKLY;BYDAY=TU')
    expect(told(after, split).slice(0, 4)).toEqual([
      '2026-11-24T09:00 60 Standup',
      '2026-12-01T09:00 60 Standup',
      '2026-12-08T09:00 60 New',
      '2026-12-15T09:00 60 New',
    ])
  })

  it('is an edit of all from the first one on', () => {
    expect(ok(edited(weekly(), { title: 'New' }, 'following', wall('2026-11-24T09:00'), 'n')).split).toBeUndefined()
    expect(ok(cancelled(weekly(), 'following', wall('2026-11-24T09:00'))).after.status).toBe('cancelled')
  })
})

describe('editing all', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=TU,FR;INTERVAL=2', '2026-11-24T09:00', 3, 'FREQ=WEEKLY;BYDAY=FR,MO;INTERVAL=2;WKST=TH'],
    ['FREQ=WEEKLY', '2026-11-24T09:00', 1, 'FREQ=WEEKLY'],
    ['FREQ=MONTHLY;BYMONTHDAY=24', '2026-11-24T09:00', 1, 'FREQ=MONTHLY;BYMONTHDAY=25'],
    ['FREQ=YEARLY', '2026-11-24T09:00', -3, 'FREQ=YEARLY'],
    ['FREQ=DAILY;INTERVAL=3', '2026-11-24T09:00', 1, 'FREQ=DAILY;INTERVAL=3'],
    ['FREQ=WEEKLY;UNTIL=20261215T140000Z', '2026-11-24T09:00', 7, 'FREQ=WEEKLY;UNTIL=20261222T140000Z'],
  ])('moves the days of %s along', (rrule, start, days, expected) => {
    const before = series({ startWall: wall(start), rrule })
    const { after } = ok(edited(before, { shiftSeconds: days * 86_400 }, 'all', null, 'n'))
    expect(after.rrule).toBe(expected)
    const later = told(before).map((line) => line.replace(/^\S+/, (at) => wall(at).add({ days }).toString({ smallestUnit: 'minute' })))
    expect(told(after)).toEqual(later)
  })

  it.each([
    ['FREQ=MONTHLY;BYDAY=2TU', '2026-11-10T09:00', 86_400],
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-12-31T09:00', 86_400],
    ['FREQ=MONTHLY', '2026-11-28T09:00', 86_400],
    ['FREQ=DAILY;BYDAY=MO,TU', '2026-11-24T09:00', 86_400],
    ['FREQ=DAILY;BYHOUR=9,15', '2026-11-24T09:00', 3_600],
  ])('says that no rule is %s moved', (rrule, start, shiftSeconds) => {
    const before = series({ startWall: wall(start), rrule })
    expect(edited(before, { shiftSeconds }, 'all', null, 'n')).toEqual({ ok: false, reason: 'no such rule' })
  })

  it('keeps 9:00 at 9:00 over a change of the clock, and in another zone when that is said', () => {
    const before = series({ startWall: wall('2026-10-27T09:00'), rrule: 'FREQ=WEEKLY;UNTIL=20261110T140000Z' })
    expect(told(before)).toHaveLength(3)
    const { after } = ok(edited(before, { timeZone: 'America/Los_Angeles' }, 'all', null, 'n'))
    expect(told(after)).toEqual(['2026-10-27T09:00 60 Standup', '2026-11-03T09:00 60 Standup', '2026-11-10T09:00 60 Standup'])
  })

  it('drops exceptions of occurrences that a new rule does not have', () => {
    const moved = ok(edited(weekly(), { shiftSeconds: 3_600 }, 'this', wall('2026-12-01T09:00'), 'n')).after
    const { after } = ok(edited(moved, { rrule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=2' }, 'all', null, 'n'))
    expect(told(after)).toEqual(['2026-11-24T09:00 60 Standup', '2026-12-08T09:00 60 Standup'])
  })
})

/** What a series should hold, said as plainly as can be: a list. */
interface Entry {
  /** Which of the events it belongs to. */
  event: number
  /** Where that event has it. */
  original: string
  start: string
  title: string | undefined
  minutes: number | undefined
  out: boolean
}

const rules = [
  'FREQ=DAILY;COUNT=9',
  'FREQ=WEEKLY;COUNT=8',
  'FREQ=WEEKLY;BYDAY=TU,TH;COUNT=9',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA;WKST=SU;COUNT=7',
  'FREQ=DAILY;INTERVAL=2;UNTIL=20261210',
  'FREQ=WEEKLY;BYDAY=TU,WE;UNTIL=20261220T140000Z',
  'FREQ=MONTHLY;COUNT=5',
]

describe('no sequence of edits', () => {
  it('loses or doubles an occurrence', () => {
    const step = fc.record({
      kind: fc.constantFrom('title', 'length', 'shift', 'cancel', 'restore'),
      scope: fc.constantFrom<Scope>('this', 'following', 'all'),
      which: fc.nat(20),
      hours: fc.integer({ min: -5, max: 5 }),
      days: fc.integer({ min: -1, max: 1 }),
    })
    fc.assert(
      fc.property(fc.constantFrom(...rules), fc.boolean(), fc.array(step, { minLength: 1, maxLength: 12 }), (rrule, extra, steps) => {
        const start = '2026-10-20T12:00'
        const rdates = extra ? [wall('2026-10-25T18:00'), wall('2027-02-01T12:00')] : []
        const events = [series({ startWall: wall(start), rrule, rdates, title: 'T' })]
        const titles = ['T']
        const lengths = [60]
        let entries = expand(events[0] as CalendarEvent, always, 100).occurrences.map(({ recurrenceId }): Entry => {
          const original = String(recurrenceId)
          return { event: 0, original, start: original, title: undefined, minutes: undefined, out: false }
        })

        for (const [number, { kind, scope, which, hours, days }] of steps.entries()) {
          const target = entries[which % entries.length]
          const event = target && events[target.event]
          if (!target || !event || event.status === 'cancelled') continue
          const at = wall(target.original)
          const seconds = hours * 3_600 + days * 86_400
          const later = (text: string) => wall(text).add({ seconds }).toString()
          const edit =
            kind === 'title'
              ? { title: `T${number}` }
              : kind === 'length'
                ? { durationSeconds: (number + 1) * 600 }
                : { shiftSeconds: seconds }
          const result =
            kind === 'cancel'
              ? cancelled(event, scope, at)
              : kind === 'restore'
                ? restored(event, at)
                : edited(event, edit, scope, at, `n${number}`)
          const gone = result.ok ? false : result.reason === 'no such rule'
          expect(result.ok || gone || target.out || kind === 'restore').toBe(true)
          if (!result.ok) continue

          events[target.event] = result.after
          const touched = (one: Entry) =>
            one.event === target.event &&
            (kind === 'restore' || scope === 'this' ? one === target : scope === 'all' || one.original >= target.original)
          const mine = entries.filter((one) => one.event === target.event && one.original >= target.original)
          if (result.split) {
            events.push(result.split)
            titles.push(titles[target.event] ?? '')
            lengths.push(lengths[target.event] ?? 0)
            for (const one of mine) one.event = events.length - 1
          }
          const whole = result.split ? mine : entries.filter((one) => one.event === target.event)
          const asSeries = kind !== 'cancel' && kind !== 'restore' && scope !== 'this'
          if (kind === 'restore') target.out = false
          else if (kind === 'cancel') {
            // What an ended or cancelled series held is not its any more, left out or not.
            if (scope === 'this') target.out = true
            else entries = entries.filter((one) => !touched(one))
          } else if (asSeries && kind === 'title') titles[result.split ? events.length - 1 : target.event] = `T${number}`
          else if (asSeries && kind === 'length') lengths[result.split ? events.length - 1 : target.event] = (number + 1) * 10
          else if (asSeries) for (const one of whole) [one.original, one.start] = [later(one.original), later(one.start)]
          else if (kind === 'title') target.title = `T${number}`
          else if (kind === 'length') target.minutes = (number + 1) * 10
          else target.start = later(target.start)
        }

        const expected = entries
          .filter(({ out }) => !out)
          .map((one) => ({ ...one, at: wall(one.start).toZonedDateTime('America/New_York') }))
          .map(({ at, event, title, minutes }) => `${at.toInstant()} ${minutes ?? lengths[event]} ${title ?? titles[event]}`)
        const found = events.flatMap((event) => expand(event, always, 1_000).occurrences)
        const shown = found.map(({ startsAt, durationSeconds, title }) => `${startsAt} ${durationSeconds / 60} ${title}`)
        expect(shown.toSorted()).toEqual(expected.toSorted())
        for (const event of events.filter(({ status }) => status !== 'cancelled')) {
          const own = expand(event, always, 1_000).occurrences
          // The stored range covers everything, or a window would miss it.
          expect(own.every(({ startsAt }) => Temporal.Instant.compare(startsAt, event.startsAt) >= 0)).toBe(true)
          expect(own.every(({ endsAt }) => Temporal.Instant.compare(endsAt, event.coversUntil) <= 0)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})
