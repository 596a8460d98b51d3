import { z } from 'zod'
import { Actor, authorizations, Id, installation, Name, Timestamp, Words } from './wire-fields.ts'
import { EventSubmission, GlobalShortcut, HomeOpened } from './wire-home.ts'

/**
 * What Slack sends, cut down to the fields we use.
 *
 * Fields that only Bolt looks at (`authorizations`, `is_enterprise_install`) are kept too, since a
 * kept payload is given to Bolt again after a crash.
 */

export const SlashCommand = z.object({
  command: Name.min(1),
  text: Words.default(''),
  team_id: Id,
  channel_id: Id,
  channel_name: Name.default(''),
  user_id: Id,
  user_name: Name.default(''),
  trigger_id: Id,
  response_url: z.url().max(2_000),
  is_enterprise_install: z.union([z.string(), z.boolean()]).optional(),
  enterprise_id: Id.nullish(),
})
export type SlashCommand = z.output<typeof SlashCommand>

const Action = z.object({
  type: Name,
  action_id: Name,
  block_id: Name.optional(),
  action_ts: Timestamp.optional(),
  value: z.string().max(2_000).optional(),
  selected_option: z.object({ value: z.string().max(2_000) }).nullish(),
})

export const BlockActions = z.object({
  type: z.literal('block_actions'),
  team: z.object({ id: Id }).nullish(),
  user: Actor,
  trigger_id: Id,
  response_url: z.url().max(2_000).optional(),
  channel: z.object({ id: Id }).optional(),
  container: z.object({ is_ephemeral: z.boolean().default(false), thread_ts: Timestamp.optional() }),
  message: z.object({ ts: Timestamp, thread_ts: Timestamp.optional() }).optional(),
  /** Of a press in the home, which is in no conversation. */
  view: z.object({ type: Name, private_metadata: z.string().max(3_000).default(''), hash: Name.optional() }).optional(),
  actions: z.array(Action).min(1).max(25),
  ...installation,
})
export type BlockActions = z.output<typeof BlockActions>

/** The one line of the form that we open. */
export const formField = { block: 'line', action: 'text' } as const

/** A form that was sent; `private_metadata` is ours. */
export const ViewSubmission = z.object({
  type: z.literal('view_submission'),
  team: z.object({ id: Id }).nullish(),
  user: Actor,
  trigger_id: Id,
  view: z.object({
    private_metadata: z.string().max(3_000),
    state: z.object({
      values: z.object({ [formField.block]: z.object({ [formField.action]: z.object({ value: Words.nullish() }) }) }),
    }),
  }),
  ...installation,
})
export type ViewSubmission = z.output<typeof ViewSubmission>

/** "Remind me about this", chosen from the menu of a message. */
export const MessageShortcut = z.object({
  type: z.literal('message_action'),
  callback_id: z.literal('remind_about'),
  team: z.object({ id: Id, domain: Name.optional() }),
  user: Actor,
  channel: z.object({ id: Id }),
  message: z.object({ ts: Timestamp, text: Words.default(''), thread_ts: Timestamp.optional() }),
  action_ts: Timestamp.optional(),
  trigger_id: Id,
  response_url: z.url().max(2_000),
  ...installation,
})
export type MessageShortcut = z.output<typeof MessageShortcut>

export const MessageEvent = z.object({
  type: z.literal('event_callback'),
  team_id: Id,
  event_id: Id,
  authorizations,
  event: z.object({
    type: z.enum(['app_mention', 'message']),
    subtype: Name.optional(),
    user: Id.optional(),
    bot_id: Id.optional(),
    text: Words.default(''),
    channel: Id,
    channel_type: Name.optional(),
    ts: Timestamp,
    thread_ts: Timestamp.optional(),
    /** Of `message_changed`: as it reads now, and as it read before. */
    message: z
      .object({
        user: Id.optional(),
        bot_id: Id.optional(),
        text: Words.default(''),
        ts: Timestamp,
        thread_ts: Timestamp.optional(),
        edited: z.object({ ts: Timestamp }).optional(),
      })
      .optional(),
    previous_message: z.object({ text: Words.default('') }).optional(),
    files: z
      .array(
        z.object({
          name: Name.nullish(),
          mimetype: Name.nullish(),
          size: z.number().default(0),
          url_private_download: z.url().max(2_000).optional(),
        }),
      )
      .max(20)
      .optional(),
  }),
})
export type MessageEvent = z.output<typeof MessageEvent>

/** A payload that we may have something to say to. */
export type Payload =
  | SlashCommand
  | BlockActions
  | ViewSubmission
  | EventSubmission
  | MessageShortcut
  | GlobalShortcut
  | MessageEvent
  | HomeOpened

/** A form that was sent: its ack says whether it closes. */
export function isForm(payload: Payload): payload is ViewSubmission | EventSubmission {
  return 'view' in payload && !('actions' in payload)
}

export function isEventForm(payload: ViewSubmission | EventSubmission): payload is EventSubmission {
  return 'callback_id' in payload.view
}

export function isHomeOpened(payload: MessageEvent | HomeOpened): payload is HomeOpened {
  return payload.event.type === 'app_home_opened'
}

const Interaction = z.union([BlockActions, ViewSubmission, EventSubmission, MessageShortcut, GlobalShortcut])
const Told = z.union([MessageEvent, HomeOpened])

/** What the inbox keeps of an envelope. */
export const Frame = z.object({
  /** Milliseconds since the epoch when it reached us: slash commands carry no time of their own. */
  receivedAt: z.number(),
  payload: z.union([Interaction, Told, SlashCommand]),
})
export type Frame = z.output<typeof Frame>

/** One text frame of the socket, as far as it is the same for all kinds. */
export const SocketFrame = z.object({
  type: z.string(),
  envelope_id: Id.optional(),
  payload: z.unknown().optional(),
  accepts_response_payload: z.boolean().default(false),
  retry_attempt: z.number().optional(),
  retry_reason: z.string().optional(),
  /** Of `disconnect`. */
  reason: z.string().optional(),
})
export type SocketFrame = z.output<typeof SocketFrame>

/** Undefined for payloads that are none of our business or not what Slack documents. */
export function readPayload(type: string, payload: unknown): Payload | undefined {
  switch (type) {
    case 'slash_commands':
      return SlashCommand.safeParse(payload).data
    case 'interactive':
      return Interaction.safeParse(payload).data
    case 'events_api':
      return Told.safeParse(payload).data
    default:
      return undefined
  }
}

/**
 * The same for every redelivery of an event. Slack now and then tells of one message by several events, so that a message
 * goes by itself, and an edit of it by its time as well. Slash commands and presses come once each, with a trigger of their own.
 */
export function eventId(payload: Payload): string {
  if ('event' in payload && !isHomeOpened(payload)) {
    const { channel, ts, message } = payload.event
    return message === undefined ? messageId(channel, ts) : `${messageId(channel, message.ts)}:${message.edited?.ts ?? ts}`
  }
  return 'event_id' in payload ? payload.event_id : payload.trigger_id
}

/** What stands for a message of a conversation, whatever becomes of its words. */
export function messageId(channel: string, ts: string): string {
  return `${channel}:${ts}`
}
