import { z } from 'zod'
import { Actor, authorizations, Id, installation, Name, Timestamp, Words } from './wire-fields.ts'

/** What Slack sends about the home tab and the form for a new event, cut down to the fields we use. */

export const HomeOpened = z.object({
  type: z.literal('event_callback'),
  team_id: Id,
  event_id: Id,
  authorizations,
  event: z.object({
    type: z.literal('app_home_opened'),
    /** The messages beside it are a tab as well. */
    tab: z.literal('home'),
    user: Id,
    /** The direct messages of the same person with us. */
    channel: Id,
    event_ts: Timestamp.optional(),
    /** Absent until a home was published to them. */
    view: z.object({ hash: Name.optional() }).nullish(),
  }),
})
export type HomeOpened = z.output<typeof HomeOpened>

/** "New event", chosen from anywhere. */
export const GlobalShortcut = z.object({
  type: z.literal('shortcut'),
  callback_id: z.literal('new_event'),
  team: z.object({ id: Id }).nullish(),
  user: Actor,
  trigger_id: Id,
  ...installation,
})
export type GlobalShortcut = z.output<typeof GlobalShortcut>

/** The lines of the form for a new event; each is a block whose one element is called `line`. */
const eventLines = ['title', 'day', 'start', 'length', 'place', 'people'] as const
export type EventLine = (typeof eventLines)[number]

const line = <Value extends z.ZodType>(value: Value) => z.object({ line: value })

export const EventSubmission = z.object({
  type: z.literal('view_submission'),
  team: z.object({ id: Id }).nullish(),
  user: Actor,
  trigger_id: Id,
  view: z.object({
    callback_id: z.literal('new_event'),
    private_metadata: z.string().max(3_000),
    state: z.object({
      values: z.object({
        title: line(z.object({ value: Words.nullish() })),
        day: line(z.object({ selected_date: Name.nullish() })),
        start: line(z.object({ selected_time: Name.nullish() })),
        length: line(z.object({ selected_option: z.object({ value: Name }).nullish() })),
        place: line(z.object({ value: Words.nullish() })),
        people: line(z.object({ selected_users: z.array(Id).max(200).default([]) })),
      }),
    }),
  }),
  ...installation,
})
export type EventSubmission = z.output<typeof EventSubmission>

/** The button of the home that opens the same form. */
export const newEventButton = 'open.new_event'
