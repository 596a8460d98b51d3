import { z } from 'zod'
import { intents } from '#core/understanding.ts'
import { TimeZone } from './zone.ts'

/** The shapes of answers, for the API's description. Requests are checked by them; answers come typed from inside. */

const Span = z.union([
  z.string(),
  z.object({ kind: z.enum(['strong', 'code']), text: z.string() }),
  z
    .object({
      kind: z.literal('time'),
      at: z.iso.datetime(),
      show: z.enum(['full', 'date', 'time', 'relative']),
      timeZone: z.string(),
      named: z.boolean().optional(),
    })
    .describe("An instant, for the reader's own zone; said in `timeZone` as well when `named`"),
  z.object({ kind: z.literal('day'), date: z.iso.date() }),
  z.object({ kind: z.literal('someone'), user: z.string(), name: z.string() }),
  z.object({ kind: z.literal('channel'), channel: z.string() }),
  z.object({ kind: z.literal('link'), url: z.string(), text: z.string() }),
])
const Text = z.array(Span).describe('Words and values in reading order')

const Block = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: Text,
    share: z.number().min(0).max(1).optional().describe('Progress; the first span is its bar'),
  }),
  z.object({ kind: z.literal('aside'), text: Text }),
  z.object({ kind: z.literal('fields'), fields: z.array(z.object({ label: z.string(), value: Text })) }),
  z.object({ kind: z.literal('list'), items: z.array(z.object({ text: Text, detail: Text.optional() })) }),
  z.object({
    kind: z.literal('buttons'),
    buttons: z.array(z.object({ label: z.string(), token: z.string(), style: z.enum(['primary', 'danger']).optional() })),
  }),
  z.object({ kind: z.literal('menu'), placeholder: z.string(), options: z.array(z.object({ label: z.string(), token: z.string() })) }),
])

export const ReplySchema = z.object({
  tone: z.enum(['done', 'ask', 'tell', 'problem', 'ring']),
  visibility: z.enum(['place', 'author']),
  replaces: z.boolean().optional(),
  blocks: z.array(Block),
})

export const LineSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  from: z.enum(['person', 'ducktape']),
  text: z.string().optional(),
  reply: ReplySchema.optional(),
})

const version = z.int().describe('Grows with each change')

export const ReminderSchema = z.object({
  id: z.string(),
  text: z.string(),
  dueAt: z.iso.datetime().nullable(),
  timeZone: z.string(),
  state: z.enum(['scheduled', 'paused', 'delivered', 'missed', 'done', 'cancelled', 'failed']),
  repeats: z.boolean(),
  at: z.string().describe('Wall time in `timeZone` at which it rings first'),
  rrule: z.string().nullable().describe('RFC 5545 RRULE value'),
  to: z.array(z.union([z.object({ user: z.string() }), z.object({ channel: z.string() })])),
  version,
})

export const TodoSchema = z.object({
  id: z.string(),
  text: z.string(),
  state: z.enum(['open', 'done', 'deleted']),
  dueAt: z.iso.datetime().nullable(),
  list: z.string().describe('The name of the list that it stands on'),
  version,
})

export const NoteSchema = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  folder: z.string().nullable().describe('The name of the folder that it lies in'),
  version,
})

export const HolderSchema = z.object({
  id: z.string(),
  name: z.string(),
  holds: z.int().describe('Open todos, or notes'),
})

const PersonSchema = z.object({ user: z.string(), name: z.string() })
export const GroupSchema = z.object({
  id: z.string(),
  name: z.string(),
  owner: PersonSchema.nullable().describe('Who made it, and alone may delete it'),
  members: z.array(PersonSchema),
  version,
})

const DigestSchema = z
  .object({
    id: z.string().describe('It is a reminder too: pause it there'),
    at: z.string(),
    rrule: z.string().nullable(),
    timeZone: z.string(),
    dueAt: z.iso.datetime().nullable(),
    state: z.string(),
  })
  .nullable()
const Address = z.string().optional()
export const SettingsSchema = z.object({
  timeZone: z.string().nullable().describe('Null until they have said one'),
  effectiveTimeZone: z.string(),
  locale: z.string().nullable(),
  workingHours: z.object({ days: z.array(z.int()).readonly(), from: z.string(), to: z.string() }).nullable(),
  bufferMinutes: z.int(),
  alerts: z.array(z.string()).describe('ISO 8601 durations before the start'),
  catchUpDays: z.int(),
  meetingLinks: z.object({ zoom: Address, meet: Address, teams: Address, jitsi: Address, any: Address }),
  senders: z.object({ from: z.enum(['everybody', 'nobody']), except: z.array(z.string()).readonly() }),
  digests: z.object({ agenda: DigestSchema, review: DigestSchema }),
  version,
})

export const OccurrenceSchema = z.object({
  id: z.string(),
  title: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  allDay: z.boolean(),
  timeZone: z.string(),
  location: z.string(),
  status: z.string(),
  calendarId: z.string(),
  meetingLink: z.string(),
  occurrence: z.string().nullable().describe('Wall time that names this occurrence of a series'),
  colour: z.string().nullable().describe('Its name in CSS'),
  response: z.enum(['needs-action', 'accepted', 'declined', 'tentative']).nullable().describe('Your answer, where somebody else plans it'),
})

const Wall = z.string().describe('Wall time in `timeZone`; a date when `allDay`')

export const EventSchema = z.object({
  id: z.string(),
  uid: z.string(),
  calendarId: z.string(),
  title: z.string(),
  description: z.string(),
  location: z.string(),
  meetingLink: z.string(),
  colour: z.string().nullable(),
  status: z.enum(['confirmed', 'tentative', 'cancelled']),
  visibility: z.enum(['public', 'busy', 'private']),
  transparency: z.enum(['opaque', 'transparent']),
  allDay: z.boolean(),
  start: Wall,
  end: Wall,
  timeZone: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  rrule: z.string().nullable().describe('RFC 5545 RRULE value'),
  rdates: z.array(Wall),
  exdates: z.array(Wall),
  overrides: z.array(
    z.object({
      occurrence: Wall,
      start: Wall,
      startsAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
      title: z.string().nullable(),
      location: z.string().nullable(),
      durationSeconds: z.int().nullable(),
      status: z.string().nullable(),
    }),
  ),
  alerts: z.array(z.string()).describe('ISO 8601 durations before the start'),
  attendees: z.array(
    z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), response: z.string(), occurrence: Wall.nullable() }),
  ),
  sequence: z.int(),
  version: z.int(),
})

export const UnderstandRequestSchema = z.object({
  id: z.string().max(200).optional(),
  text: z.string(),
  now: z.string().max(64).optional().describe('ISO 8601 with offset; the present when absent'),
  timeZone: TimeZone.optional(),
  locale: z.string().max(35).optional().describe('BCP 47; decides the order of day and month'),
  addressed: z.boolean().optional().describe('False for words overheard in a channel'),
  occurrences: z.int().min(0).max(1_000).optional().describe('How many occurrences of a recurrence to list'),
})

const When = z.object({
  kind: z.enum(['instant', 'date', 'range']),
  start: z.string().nullable(),
  end: z.string().nullable(),
  grain: z.enum(['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']),
  timeZone: z.string(),
  open: z.enum(['after', 'before']).optional(),
})

const Recurrence = z.object({
  rrule: z.string(),
  dtstart: z.string(),
  timeZone: z.string(),
  exdates: z.array(z.string()),
  occurrences: z
    .array(z.string())
    .optional()
    .describe('The first ones, with offset: at 9:00 where no clock time was said; dates only for an event of whole days'),
})

const People = z.array(z.union([z.object({ name: z.string() }), z.object({ email: z.string() }), z.object({ mention: z.string() })]))

const Link = z.enum(['zoom', 'meet', 'teams', 'jitsi', 'any'])

const Changes = z.object({
  from: When.optional().describe('When the thing is until now, where the sentence tells it by that'),
  when: When.extend({ keeps: z.enum(['day', 'time', 'nothing']) })
    .optional()
    .describe('The new time; the thing keeps its own day or clock time where only the other was said'),
  shift: z.string().optional().describe('ISO 8601; -PT1H is an hour earlier'),
  duration: z.string().optional(),
  lengthen: z.string().optional(),
  recurrence: Recurrence.optional(),
  title: z.string().optional(),
  location: z.string().optional(),
  meetingLink: Link.optional(),
  calendar: z.string().optional(),
  list: z.string().optional(),
  content: z.string().optional(),
  alerts: z.array(z.string()).optional(),
  addPeople: People.optional(),
  removePeople: People.optional(),
  visibility: z.enum(['public', 'busy', 'private']).optional(),
})

export const UnderstandingSchema = z.object({
  id: z.string().optional(),
  intent: z.enum(intents),
  confidence: z.number().min(0).max(1),
  title: z.string().nullable(),
  target: z.object({ kind: z.enum(['me', 'people', 'channel']) }).nullable(),
  people: People,
  channel: z.string().nullable(),
  calendar: z.string().nullable(),
  location: z.string().nullable(),
  meetingLink: Link.nullable(),
  list: z.string().nullable(),
  alerts: z.array(z.string()).describe('ISO 8601 durations before the start'),
  content: z.string().nullable(),
  when: When.nullable(),
  recurrence: Recurrence.nullable(),
  reference: z
    .union([z.literal('last'), z.object({ ordinal: z.int() })])
    .nullish()
    .describe('“that”, or the second of the list shown last; -1 is its last'),
  changes: Changes.nullish().describe('What an update does to the thing that the other slots name'),
  scope: z.enum(['this', 'following', 'all']).nullish(),
  rsvp: z.enum(['accepted', 'declined', 'tentative']).nullish(),
  duration: z.string().nullish().describe('How long what is looked for takes, ISO 8601'),
  setting: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('hours'), days: z.array(z.int()).nullable(), from: z.string(), to: z.string() }),
      z.object({ kind: z.literal('buffer'), minutes: z.int() }),
      z.object({ kind: z.literal('senders'), from: z.enum(['named', 'everybody', 'only']), allowed: z.boolean() }),
      z.object({ kind: z.literal('rule'), about: z.enum(['channels', 'everyone']), who: z.enum(['admins', 'everybody', 'named']) }),
      z.object({ kind: z.literal('listening'), on: z.boolean().optional() }),
      z.object({ kind: z.literal('meeting'), service: z.string(), url: z.string().nullable(), of: z.enum(['person', 'space']) }),
      z.object({ kind: z.literal('alerts'), seconds: z.array(z.int()) }),
      z.object({ kind: z.literal('catchup'), days: z.int() }),
    ])
    .nullish(),
  digest: z.enum(['agenda', 'review', 'catchup']).nullish(),
  nag: z.string().nullish().describe('Asked again after so long, until it is done; ISO 8601'),
  spans: z.array(z.object({ slot: z.string(), start: z.int(), end: z.int() })).describe('UTF-16 offsets, end exclusive'),
  alternatives: z.array(z.record(z.string(), z.unknown())).describe('Other likely readings, of the same shape, shorter'),
})
