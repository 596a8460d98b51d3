import { isCalendarFile } from '#core/files.ts'
import { type Attached, type Incoming, isCorrection, type Press, type Sentence } from '#core/message.ts'
import { sentenceOf } from './doors.ts'
import { fromEventForm } from './event-form.ts'
import { openedBy } from './form.ts'
import { fromHome, homeOf } from './home.ts'
import { authorOf, instantOf, placeOf } from './place.ts'
import { unmark } from './unmark.ts'
import {
  type BlockActions,
  eventId,
  type Frame,
  formField,
  isEventForm,
  isHomeOpened,
  type MessageEvent,
  type MessageShortcut,
  messageId,
  type SlashCommand,
  type ViewSubmission,
} from './wire.ts'

/** The bot's own ids in the workspace. */
export interface Self {
  readonly userId: string | undefined
  readonly botId: string | undefined
  /** Where the workspace is in a browser, such as `https://duckpond.slack.com/`. */
  readonly address?: string | undefined
}

/** What a person said with this payload; undefined when it is nothing to answer. Pure. */
export function decode({ payload, receivedAt }: Frame, self: Self): Incoming | undefined {
  if ('command' in payload) return fromCommand(payload, receivedAt)
  if ('actions' in payload) return fromAction(payload, receivedAt)
  if ('view' in payload) return isEventForm(payload) ? fromEventForm(payload, receivedAt) : fromForm(payload, receivedAt)
  if (payload.type === 'message_action') return fromShortcut(payload, receivedAt)
  // It opens a form, and says nothing yet.
  if (payload.type === 'shortcut') return undefined
  return isHomeOpened(payload) ? fromHome(payload, receivedAt) : fromMessage(payload, receivedAt, self)
}

function fromCommand(payload: SlashCommand, receivedAt: number): Sentence {
  return {
    kind: 'sentence',
    id: payload.trigger_id,
    at: Temporal.Instant.fromEpochMilliseconds(receivedAt),
    place: placeOf(payload.team_id, payload.channel_id),
    author: { id: payload.user_id, name: payload.user_name || payload.user_id },
    text: sentenceOf(payload.command, unmark(payload.text)),
    addressed: true,
    private: true,
  }
}

function fromAction(payload: BlockActions, receivedAt: number): Press | undefined {
  const [action] = payload.actions
  const token = action?.value ?? action?.selected_option?.value
  const team = payload.team?.id ?? payload.user.team_id
  const home = homeOf(payload)
  const channel = payload.channel?.id ?? home?.channel
  if (!action || token === undefined || team === undefined || channel === undefined) return undefined
  return {
    kind: 'press',
    id: payload.trigger_id,
    at: instantOf(action.action_ts, receivedAt),
    place: placeOf(team, channel, payload.container.thread_ts ?? payload.message?.thread_ts),
    author: authorOf(payload.user),
    token,
    ...(payload.message ? { carrier: { channel, id: payload.message.ts } } : {}),
    private: payload.container.is_ephemeral || home !== undefined,
  }
}

/** What was typed, as a press of what the form was opened for, in the conversation with its button. */
function fromForm({ user, trigger_id, view }: ViewSubmission, receivedAt: number): Press | undefined {
  const opened = openedBy(view.private_metadata)
  if (!opened) return undefined
  return {
    kind: 'press',
    id: trigger_id,
    at: Temporal.Instant.fromEpochMilliseconds(receivedAt),
    place: placeOf(opened.team, opened.channel, opened.thread),
    author: authorOf(user),
    token: opened.token,
    text: view.state.values[formField.block][formField.action].value ?? '',
    private: opened.private,
  }
}

/** "This" is the message, with the way back to it. */
function fromShortcut(payload: MessageShortcut, receivedAt: number): Sentence {
  const { team, user, channel, message } = payload
  return {
    kind: 'sentence',
    id: payload.trigger_id,
    at: instantOf(payload.action_ts, receivedAt),
    place: placeOf(team.id, channel.id, message.thread_ts),
    author: authorOf(user),
    text: 'remind me about this',
    about: { words: unmark(message.text), link: linkTo(`https://${team.domain ?? 'app'}.slack.com/`, channel.id, message.ts) },
    addressed: true,
    private: true,
  }
}

function linkTo(workspace: string, channel: string, ts: string): string {
  return new URL(`archives/${channel}/p${ts.replace('.', '')}`, workspace).href
}

/** In a thread "this" is what it began with, whose words Slack does not tell. */
function beginning({ channel, thread_ts: root }: MessageEvent['event'], { address }: Self): Pick<Sentence, 'about'> {
  return root === undefined || address === undefined ? {} : { about: { words: '', link: linkTo(address, channel, root) } }
}

function fromMessage(payload: MessageEvent, receivedAt: number, self: Self): Sentence | undefined {
  const { event, team_id } = payload
  if (event.subtype === 'message_changed') return fromEdit(payload, receivedAt, self)
  if (event.user === undefined || event.user === self.userId || event.user === 'USLACKBOT') return undefined
  if (event.bot_id !== undefined) return undefined
  // Edits, deletions, joins and the like; a broadcast or a file is still somebody speaking.
  if (event.subtype !== undefined && event.subtype !== 'thread_broadcast' && event.subtype !== 'file_share') return undefined

  const direct = event.channel_type === 'im' || event.channel.startsWith('D')
  // Slack tells a mention twice: as `app_mention`, and as `message` where we hear the channel.
  if (direct !== (event.type === 'message')) return undefined

  return {
    kind: 'sentence',
    id: eventId(payload),
    at: instantOf(event.ts, receivedAt),
    place: placeOf(team_id, event.channel, event.thread_ts),
    author: { id: event.user, name: event.user },
    text: withoutMention(unmark(event.text), self.userId),
    addressed: true,
    private: false,
    ...filesOf(event),
    ...beginning(event, self),
  }
}

/** The same message once more, as it reads now. What Slack changes by itself, such as the preview of a link, is no edit. */
function fromEdit(payload: MessageEvent, receivedAt: number, self: Self): Sentence | undefined {
  const { event } = payload
  const { message, previous_message: before } = event
  if (!message?.edited || message.text === before?.text || message.bot_id !== undefined) return undefined
  const at = instantOf(message.edited.ts, receivedAt)
  if (!isCorrection(instantOf(message.ts, receivedAt), at)) return undefined
  const { channel, channel_type } = event
  const direct = channel_type === 'im' || channel.startsWith('D')
  if (!direct && !(self.userId !== undefined && message.text.includes(`<@${self.userId}>`))) return undefined
  const { user, text, ts, thread_ts } = message
  const type = direct ? ('message' as const) : ('app_mention' as const)
  const now = { type, user, text, ts, thread_ts, channel, channel_type }
  const sentence = fromMessage({ ...payload, event: now }, receivedAt, self)
  return sentence && { ...sentence, id: eventId(payload), at, edits: messageId(channel, ts) }
}

/** The calendars that were sent along. */
function filesOf({ files = [] }: MessageEvent['event']): Pick<Sentence, 'files'> {
  const found = files.flatMap(({ name, mimetype, size, url_private_download: url }): Attached[] =>
    url !== undefined && isCalendarFile(name ?? '', mimetype ?? '') ? [{ name: name ?? 'calendar.ics', url, bytes: size }] : [],
  )
  return found.length > 0 ? { files: found } : {}
}

/** The words without the mention that addressed us: the leading one, or the first where none leads. */
function withoutMention(text: string, userId: string | undefined): string {
  if (userId === undefined) return text.trim()
  const mention = `<@${userId}>`
  const at = text.indexOf(mention)
  if (at === -1) return text.trim()
  const before = text.slice(0, at).trimEnd()
  const after = text.slice(at + mention.length).replace(/^[\s,:]+/, '')
  return `${before} ${after}`.trim()
}
