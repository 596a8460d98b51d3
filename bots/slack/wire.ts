import { z } from 'zod'

/**
 * What Slack sends, cut down to the fields we use.
 *
 * Fields that only Bolt looks at (`authorizations`, `is_enterprise_install`) are kept too, since a
 * kept payload is given to Bolt again after a crash.
 */

/** Leaves room for the rest of the payload below the 64 KiB that the inbox keeps. */
const maxWordBytes = 48_000

/** Text that every part behind this door can store: no lone surrogates, no NUL, and of bounded size. */
const Words = z.string().transform((text) => {
  let clean = text.toWellFormed().replaceAll('\0', '')
  for (let size = storedBytes(clean); size > maxWordBytes; size = storedBytes(clean))
    clean = clean.slice(0, Math.floor((clean.length * maxWordBytes) / size) - 1).toWellFormed()
  return clean
})

function storedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text))
}

const Id = z.string().min(1).max(255)
const Name = z.string().max(255)
/** Seconds since the epoch with six decimals, `1700000000.000100`. */
const Timestamp = z.string().max(32)

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
  user: z.object({ id: Id, name: Name.optional(), username: Name.optional(), team_id: Id.optional() }),
  trigger_id: Id,
  response_url: z.url().max(2_000).optional(),
  channel: z.object({ id: Id }).optional(),
  container: z.object({ is_ephemeral: z.boolean().default(false), thread_ts: Timestamp.optional() }),
  message: z.object({ ts: Timestamp, thread_ts: Timestamp.optional() }).optional(),
  actions: z.array(Action).min(1).max(25),
  is_enterprise_install: z.union([z.string(), z.boolean()]).optional(),
  enterprise: z.object({ id: Id }).nullish(),
})
export type BlockActions = z.output<typeof BlockActions>

/** The one line of the form that we open. */
export const formField = { block: 'line', action: 'text' } as const

/** A form that was sent; `private_metadata` is ours. */
export const ViewSubmission = z.object({
  type: z.literal('view_submission'),
  team: z.object({ id: Id }).nullish(),
  user: z.object({ id: Id, name: Name.optional(), username: Name.optional(), team_id: Id.optional() }),
  trigger_id: Id,
  view: z.object({
    private_metadata: z.string().max(3_000),
    state: z.object({
      values: z.object({ [formField.block]: z.object({ [formField.action]: z.object({ value: Words.nullish() }) }) }),
    }),
  }),
  is_enterprise_install: z.union([z.string(), z.boolean()]).optional(),
  enterprise: z.object({ id: Id }).nullish(),
})
export type ViewSubmission = z.output<typeof ViewSubmission>

/** "Remind me about this", chosen from the menu of a message. */
export const MessageShortcut = z.object({
  type: z.literal('message_action'),
  callback_id: z.literal('remind_about'),
  team: z.object({ id: Id, domain: Name.optional() }),
  user: z.object({ id: Id, name: Name.optional(), username: Name.optional() }),
  channel: z.object({ id: Id }),
  message: z.object({ ts: Timestamp, text: Words.default(''), thread_ts: Timestamp.optional() }),
  action_ts: Timestamp.optional(),
  trigger_id: Id,
  response_url: z.url().max(2_000),
  is_enterprise_install: z.union([z.string(), z.boolean()]).optional(),
  enterprise: z.object({ id: Id }).nullish(),
})
export type MessageShortcut = z.output<typeof MessageShortcut>

export const MessageEvent = z.object({
  type: z.literal('event_callback'),
  team_id: Id,
  event_id: Id,
  authorizations: z
    .array(
      z.object({
        team_id: Id.nullish(),
        user_id: Id.optional(),
        is_bot: z.boolean().optional(),
        is_enterprise_install: z.boolean().optional(),
      }),
    )
    .max(10)
    .optional(),
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
export type Payload = SlashCommand | BlockActions | ViewSubmission | MessageShortcut | MessageEvent

/** What the inbox keeps of an envelope. */
export const Frame = z.object({
  /** Milliseconds since the epoch when it reached us: slash commands carry no time of their own. */
  receivedAt: z.number(),
  payload: z.union([BlockActions, ViewSubmission, MessageShortcut, MessageEvent, SlashCommand]),
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
      return BlockActions.safeParse(payload).data ?? ViewSubmission.safeParse(payload).data ?? MessageShortcut.safeParse(payload).data
    case 'events_api':
      return MessageEvent.safeParse(payload).data
    default:
      return undefined
  }
}

/** The same for every redelivery of an event. Slash commands and presses come once each, with a trigger of their own. */
export function eventId(payload: Payload): string {
  return 'event_id' in payload ? payload.event_id : payload.trigger_id
}
