import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { checkBlocks, type FakeBlock } from './blocks.ts'
import { type Channel, type Ephemeral, ids, type Message } from './workspace.ts'
import type { World } from './world.ts'

/** An answer of the Web API. */
export type Result =
  | { readonly ok: true; readonly [key: string]: unknown }
  | { readonly ok: false; readonly error: string; readonly [key: string]: unknown }

export function refusal(error: string, more: object = {}): Result {
  return { ok: false, error, ...more }
}

const maxText = 40_000

const Metadata = z.strictObject({ event_type: z.string().min(1).max(255), event_payload: z.record(z.string(), z.unknown()) })

export interface Content {
  readonly text: string
  readonly blocks: readonly FakeBlock[]
  readonly metadata?: unknown
  readonly warning?: string
}

/** Text, blocks and metadata as Slack checks them before it takes a message. */
export function readContent(args: Readonly<Record<string, unknown>>): { readonly content: Content } | { readonly refused: Result } {
  const text = typeof args.text === 'string' ? args.text : ''
  const checked = args.blocks === undefined ? { ok: true as const, blocks: [] } : checkBlocks(args.blocks, 50)
  if (!checked.ok) {
    return { refused: refusal(checked.error, { errors: checked.messages, response_metadata: { messages: checked.messages } }) }
  }
  if (text.trim() === '' && checked.blocks.length === 0) return { refused: refusal('no_text') }
  if (args.metadata !== undefined && !Metadata.safeParse(args.metadata).success) return { refused: refusal('invalid_metadata_format') }
  return {
    content: {
      text: text.slice(0, maxText),
      blocks: checked.blocks,
      ...(args.metadata === undefined ? {} : { metadata: args.metadata }),
      ...(text.length > maxText ? { warning: 'message_truncated' } : {}),
    },
  }
}

/** Tells the app what happened in a channel, as far as it is subscribed to it. */
export type Tell = (event: Readonly<Record<string, unknown>>, channel: Channel) => void

/** What the bot writes, and the events that come of it. */
export function createMessages({ workspace, journal }: World, tell: Tell) {
  function write(channel: Channel, content: Content, more: { user: string; botId?: string; thread?: string | undefined }): Message {
    const message: Message = {
      ts: workspace.nextTs(channel.id),
      user: more.user,
      text: content.text,
      blocks: content.blocks,
      ...(content.metadata === undefined ? {} : { metadata: content.metadata }),
      ...(more.botId === undefined ? {} : { botId: more.botId }),
      ...(more.thread === undefined ? {} : { thread: more.thread }),
    }
    channel.messages.set(message.ts, message)
    return message
  }

  return {
    write,

    post(channel: Channel, content: Content, thread: string | undefined): Message {
      const message = write(channel, content, { user: ids.bot, botId: ids.botId, thread })
      journal.record('shown', { channel: channel.id, ts: message.ts, private: false, text: content.text })
      tell({ ...eventOf(message, channel), app_id: ids.app, bot_id: ids.botId, bot_profile: { id: ids.botId, app_id: ids.app } }, channel)
      return message
    },

    change(channel: Channel, ts: string, content: Content): Message | undefined {
      const before = channel.messages.get(ts)
      if (!before) return undefined
      const after = { ...before, text: content.text, blocks: content.blocks, edited: workspace.nextTs(channel.id) }
      channel.messages.set(ts, after)
      journal.record(before.botId === undefined ? 'edited' : 'shown', { channel: channel.id, ts, private: false, changed: true })
      const told = {
        type: 'message',
        subtype: 'message_changed',
        hidden: true,
        channel: channel.id,
        ts: after.edited,
        event_ts: after.edited,
      }
      tell({ ...told, message: eventOf(after, channel), previous_message: eventOf(before, channel) }, channel)
      return after
    },

    remove(channel: Channel, ts: string): boolean {
      const before = channel.messages.get(ts)
      if (!before) return false
      channel.messages.delete(ts)
      const at = workspace.nextTs(channel.id)
      journal.record('removed', { channel: channel.id, ts })
      const told = { type: 'message', subtype: 'message_deleted', hidden: true, channel: channel.id, ts: at, event_ts: at, deleted_ts: ts }
      tell({ ...told, previous_message: eventOf(before, channel) }, channel)
      return true
    },

    whisper(channel: Channel, user: string, content: Content, thread: string | undefined): Ephemeral {
      const ephemeral: Ephemeral = {
        ts: workspace.nextTs(channel.id),
        user: ids.bot,
        botId: ids.botId,
        channel: channel.id,
        seenBy: user,
        text: content.text,
        blocks: content.blocks,
        ...(thread === undefined ? {} : { thread }),
      }
      workspace.ephemerals.push(ephemeral)
      journal.record('shown', { channel: channel.id, ts: ephemeral.ts, private: true })
      return ephemeral
    },

    rewhisper(ts: string, content: Content | undefined) {
      const index = workspace.ephemerals.findIndex((ephemeral) => ephemeral.ts === ts)
      const before = workspace.ephemerals[index]
      if (!before) return
      if (content) workspace.ephemerals[index] = { ...before, text: content.text, blocks: content.blocks }
      else workspace.ephemerals.splice(index, 1)
      journal.record(content ? 'shown' : 'removed', { channel: before.channel, ts, private: true, changed: true })
    },
  }
}

/** A message as events and histories carry it. */
export function eventOf(message: Message, channel: Channel) {
  return {
    type: 'message',
    user: message.user,
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    team: ids.team,
    channel: channel.id,
    channel_type: channel.kind,
    client_msg_id: randomUUID(),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.thread === undefined ? {} : { thread_ts: message.thread }),
    ...(message.botId === undefined ? {} : { bot_id: message.botId, app_id: ids.app }),
    ...(message.edited === undefined ? {} : { edited: { user: message.user, ts: message.edited } }),
  }
}
