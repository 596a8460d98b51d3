import fc from 'fast-check'
import type { FileEvent, FileOverride } from '#calendar/ical/event.ts'

/** Events as they are after having been read: what a file can hold, in the one form that we keep it in. */

const words = fc.string({ unit: 'grapheme', maxLength: 120 }).map((text) => text.replaceAll(/[\s\p{C}\u2028\u2029]+/gu, ' ').trim())
const title = words.map((text) => text || 'Tea')
const description = fc.array(words, { maxLength: 4 }).map((lines) =>
  lines
    .join('\n')
    .replaceAll(/[<>]/g, '')
    .replaceAll(/ +$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim(),
)
const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'Pacific/Chatham',
)
// Hours that no clock skips.
const wall = fc
  .record({ day: fc.integer({ min: 0, max: 6_000 }), minute: fc.integer({ min: 6 * 60, max: 22 * 60 }) })
  .map(({ day, minute }) => new Temporal.PlainDateTime(2018, 1, 1).add({ days: day, minutes: minute }))
const link = fc.constantFrom('', 'https://meet.example.org/abc', 'http://example.org/?a=1;b=2,3')
const status = fc.constantFrom('confirmed', 'tentative', 'cancelled')
const attendee = fc.record({
  email: fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.org$/),
  name: title,
  response: fc.constantFrom('needs-action', 'accepted', 'declined', 'tentative'),
})

const sortedWalls = (walls: readonly Temporal.PlainDateTime[]) =>
  [...new Map(walls.map((each) => [each.toString(), each])).values()].toSorted(Temporal.PlainDateTime.compare)

export const event: fc.Arbitrary<FileEvent> = fc
  .record({
    uid: fc.uuid(),
    title,
    description,
    location: words,
    meetingLink: link,
    status,
    startWall: wall,
    minutes: fc.integer({ min: 0, max: 3_000 }),
    sequence: fc.nat(5),
    colour: fc.constantFrom(null, 'tomato'),
    visibility: fc.constantFrom('public', 'busy', 'private'),
    transparency: fc.constantFrom('opaque', 'transparent'),
    allDay: fc.boolean(),
    timeZone: zone,
    rule: fc.constantFrom(null, 'FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=YEARLY;INTERVAL=2'),
    rdates: fc.array(wall, { maxLength: 3 }),
    exdates: fc.array(wall, { maxLength: 3 }),
    overrides: fc.array(fc.record({ recurrenceId: wall, startWall: wall, title, minutes: fc.integer({ min: 0, max: 600 }) }), {
      maxLength: 3,
    }),
    attendees: fc.uniqueArray(attendee, { maxLength: 3, selector: ({ email }) => email }),
    alarms: fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { maxLength: 3 }),
  })
  .map(({ rule, minutes, overrides, ...rest }): FileEvent => {
    const clock = (each: Temporal.PlainDateTime) => (rest.allDay ? each.toPlainDate().toPlainDateTime() : each)
    const length = (each: number) => (rest.allDay ? Math.max(1, Math.ceil(each / 1_440)) * 86_400 : each * 60)
    const walls = (each: readonly Temporal.PlainDateTime[]) => (rule === null ? [] : sortedWalls(each.map(clock)))
    const moved = overrides.map((each): FileOverride => {
      const { recurrenceId, startWall } = each
      const details = { description: rest.description, location: '', meetingLink: '', status: 'confirmed' } as const
      return {
        ...details,
        title: each.title,
        recurrenceId: clock(recurrenceId),
        startWall: clock(startWall),
        durationSeconds: length(each.minutes),
      }
    })
    const byOriginal = new Map(moved.map((each) => [each.recurrenceId.toString(), each]))
    return {
      ...rest,
      recurrenceId: null,
      startWall: clock(rest.startWall),
      durationSeconds: length(minutes),
      timeZone: rest.allDay ? 'Europe/Paris' : rest.timeZone,
      rrule: rule,
      rdates: walls(rest.rdates),
      exdates: walls(rest.exdates),
      overrides:
        rule === null ? [] : [...byOriginal.values()].toSorted((a, b) => Temporal.PlainDateTime.compare(a.recurrenceId, b.recurrenceId)),
      alarms: rest.alarms.toSorted((a, b) => b - a),
    }
  })
