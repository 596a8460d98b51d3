import { randomBytes } from 'node:crypto'
import type { BlockAction, ButtonAction, EnvelopedEvent, SlashCommand, StaticSelectAction } from '@slack/bolt'
import { eventOf } from './messages.ts'
import type { OpenView } from './views.ts'
import { type Channel, type Ephemeral, ids, type Message, type User } from './workspace.ts'

/** What Slack puts into its envelopes, typed by the SDK that has to read them. */

const team = { id: ids.team, domain: 'duckpond' }
const verification = 'emulated-verification-token'

export function slashCommand(
  command: string,
  text: string,
  user: User,
  channel: Channel,
  handles: { responseUrl: string; trigger: string },
) {
  return {
    token: verification,
    team_id: ids.team,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: ids.app,
    is_enterprise_install: 'false',
    response_url: handles.responseUrl,
    trigger_id: handles.trigger,
  } satisfies SlashCommand
}

export function eventCallback(event: Readonly<Record<string, unknown>> & { readonly type: string }) {
  const id = `Ev0${randomBytes(5).toString('hex').toUpperCase()}`
  const told: { readonly type: string; readonly [key: string]: unknown } = { event_ts: String(event.ts ?? Date.now() / 1_000), ...event }
  return {
    token: verification,
    team_id: ids.team,
    api_app_id: ids.app,
    event: told,
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(Date.now() / 1_000),
    is_ext_shared_channel: false,
    event_context: `4-${id}`,
    authorizations: [{ enterprise_id: null, team_id: ids.team, user_id: ids.bot, is_bot: true, is_enterprise_install: false }],
  } satisfies EnvelopedEvent & { readonly event_context: string }
}

export type Pressed =
  | {
      readonly type: 'button'
      readonly action_id: string
      readonly block_id: string
      readonly value?: string
      readonly text: ButtonAction['text']
    }
  | {
      readonly type: 'static_select'
      readonly action_id: string
      readonly block_id: string
      readonly selected_option: StaticSelectAction['selected_option']
    }

export function blockActions(
  pressed: Pressed,
  user: User,
  channel: Channel,
  message: Message | Ephemeral,
  handles: { responseUrl: string; trigger: string },
) {
  const ephemeral = 'seenBy' in message
  const action = { ...pressed, action_ts: `${Date.now() / 1_000}`.padEnd(17, '0') } satisfies ButtonAction | StaticSelectAction
  const container = {
    type: 'message',
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: ephemeral,
    ...(message.thread === undefined ? {} : { thread_ts: message.thread }),
  }
  return {
    type: 'block_actions',
    user: { id: user.id, username: user.name, name: user.name, team_id: ids.team },
    api_app_id: ids.app,
    token: verification,
    container,
    trigger_id: handles.trigger,
    team,
    is_enterprise_install: false,
    channel: { id: channel.id, name: channel.name },
    // Of a message that only one person sees Slack tells no content.
    ...(ephemeral ? {} : { message: { ...eventOf(message, channel), type: 'message' as const } }),
    state: { values: {} },
    response_url: handles.responseUrl,
    actions: [action],
  } satisfies BlockAction
}

/** A press in the home tab: there is no conversation, no message and no `response_url`. */
export function homeActions(pressed: Pressed, user: User, view: OpenView, trigger: string) {
  return {
    type: 'block_actions',
    user: { id: user.id, username: user.name, name: user.name, team_id: ids.team },
    api_app_id: ids.app,
    token: verification,
    container: { type: 'view', view_id: view.id },
    trigger_id: trigger,
    team,
    enterprise: null,
    is_enterprise_install: false,
    view: { ...view, state: { values: {} } },
    actions: [{ ...pressed, action_ts: `${Date.now() / 1_000}`.padEnd(17, '0') }],
  }
}

export function appHomeOpened(user: User, channel: Channel, tab: 'home' | 'messages', view: OpenView | undefined) {
  const opened = { type: 'app_home_opened', user: user.id, channel: channel.id, tab, event_ts: `${Date.now() / 1_000}`.padEnd(17, '0') }
  return tab === 'home' && view ? { ...opened, view: { ...view, state: { values: {} } } } : opened
}

export function shortcut(
  callbackId: string,
  user: User,
  trigger: string,
  about?: { readonly channel: Channel; readonly message: Message; readonly responseUrl: string },
) {
  const common = {
    token: verification,
    action_ts: `${Date.now() / 1_000}`,
    team,
    user: { id: user.id, username: user.name, team_id: ids.team },
    is_enterprise_install: false,
    callback_id: callbackId,
    trigger_id: trigger,
  }
  if (!about) return { type: 'shortcut', ...common }
  const { channel, message, responseUrl } = about
  return {
    type: 'message_action',
    ...common,
    channel: { id: channel.id, name: channel.name },
    message_ts: message.ts,
    message: eventOf(message, channel),
    response_url: responseUrl,
  }
}

export function viewPayload(type: 'view_submission' | 'view_closed', view: object, user: User, more: object) {
  return {
    type,
    team,
    user: { id: user.id, username: user.name, team_id: ids.team },
    api_app_id: ids.app,
    token: verification,
    view,
    ...more,
  }
}

/** Above 30,000 events an hour; it has no `event` inside. */
export function appRateLimited() {
  return {
    token: verification,
    type: 'app_rate_limited',
    team_id: ids.team,
    minute_rate_limited: Math.floor(Date.now() / 60_000) * 60,
    api_app_id: ids.app,
  }
}
