import type { createDeliveries, Outcome } from './deliveries.ts'
import { type createMessages, readContent } from './messages.ts'
import {
  appHomeOpened,
  appRateLimited,
  blockActions,
  eventCallback,
  homeActions,
  type Pressed,
  shortcut,
  slashCommand,
  viewPayload,
} from './payloads.ts'
import { pressables } from './show.ts'
import { type Filled, linesOf, stateOf } from './state.ts'
import type { createViews, OpenView } from './views.ts'
import { type Channel, type Ephemeral, ids, type Message, type User } from './workspace.ts'
import type { World } from './world.ts'

interface Parts {
  readonly world: World
  readonly deliveries: ReturnType<typeof createDeliveries>
  readonly messages: ReturnType<typeof createMessages>
  readonly views: ReturnType<typeof createViews>
}

/** Acts as the people of the workspace do. Each call resolves when Slack is through with it. */
export function createPeople({ world, deliveries, messages, views }: Parts) {
  const { workspace, tickets, journal, settings } = world
  const sent: ReturnType<typeof eventCallback>[] = []

  function userOf(id: string): User {
    const user = workspace.users.get(id)
    if (!user) throw new Error(`nobody is called ${id}`)
    return user
  }

  function channelOf(id: string): Channel {
    const channel = workspace.channels.get(id)
    if (!channel) throw new Error(`there is no channel ${id}`)
    return channel
  }

  function publish(event: Readonly<Record<string, unknown>> & { readonly type: string }): Promise<Outcome> {
    const payload = eventCallback(event)
    sent.push(payload)
    return deliveries.queued(payload)
  }

  /** Slack's own escapes of what somebody typed; `<@U1>` and the like are picked from a list, not typed. */
  function typed(text: string): string {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    return escaped.replaceAll(/&lt;(?<token>[@#][A-Z0-9]+)&gt;/g, '<$<token>>')
  }

  /** Behind a command that asks for it (`should_escape`), names and addresses become links, even where they were typed by hand. */
  function typedBehindCommand(text: string): string {
    return typed(text).replaceAll(/(?<before>^|[\s(])(?<word>[@#][\w.-]*[\w-]|https?:\/\/[^\s<>]+)/g, (...match) => {
      const { before, word } = match.at(-1) as { before: string; word: string }
      return before + (linkOf(word) ?? word)
    })
  }

  function linkOf(word: string): string | undefined {
    const name = word.slice(1).toLowerCase()
    if (word.startsWith('http')) return `<${word}>`
    if (['@here', '@channel', '@everyone'].includes(word)) return `<!${name}>`
    if (word.startsWith('#')) {
      const channel = [...workspace.channels.values()].find(({ kind, name: known }) => kind === 'channel' && known === name)
      return channel && `<#${channel.id}|${channel.name}>`
    }
    const user = [...workspace.users.values()].find(({ name: known }) => known === name)
    return user && `<@${user.id}|${user.name}>`
  }

  function handles(user: User, channel: Channel, message?: { ts: string; ephemeral: boolean }, thread?: string) {
    const trigger = tickets.issueTrigger()
    views.own(trigger, user.id)
    const response = tickets.issueResponse({ channel: channel.id, user: user.id, message, thread })
    return { trigger, responseUrl: `${world.address()}/commands/${ids.team}/${response}` }
  }

  async function says(user: User, channel: Channel, text: string, thread?: string): Promise<Message> {
    const message = messages.write(channel, { text: typed(text), blocks: [] }, { user: user.id, thread })
    const told: Promise<Outcome>[] = []
    const { channel_type, ...rest } = eventOfPerson(message, channel)
    const mentioned = channel.kind === 'channel' && message.text.includes(`<@${ids.bot}>`) && channel.members.has(ids.bot)
    if (mentioned && settings.events.includes('app_mention')) told.push(publish({ ...rest, type: 'app_mention' }))
    const heard = channel.kind === 'im' ? 'message.im' : 'message.channels'
    if (channel.members.has(ids.bot) && settings.events.includes(heard)) told.push(publish({ ...rest, channel_type, type: 'message' }))
    await Promise.all(told)
    return message
  }

  function eventOfPerson(message: Message, channel: Channel) {
    const { user, text, ts, thread } = message
    const channelType = channel.kind === 'im' ? 'im' : 'channel'
    const inThread = thread === undefined ? {} : { thread_ts: thread }
    return { user, text, ts, event_ts: ts, team: ids.team, channel: channel.id, channel_type: channelType, ...inThread }
  }

  async function press(user: User, message: Message | Ephemeral, pressed: Pressed): Promise<Outcome> {
    const channel = channelOf('seenBy' in message ? message.channel : channelWith(message))
    const about = { ts: message.ts, ephemeral: 'seenBy' in message }
    return deliveries.interaction(
      'interactive',
      blockActions(pressed, user, channel, message, handles(user, channel, about, message.thread)),
      false,
    )
  }

  function channelWith(message: Message): string {
    const channel = [...workspace.channels.values()].find(({ messages: known }) => known.has(message.ts))
    if (!channel) throw new Error(`message ${message.ts} is gone`)
    return channel.id
  }

  /** Submits the modal on top; the ack may carry errors or the next view. */
  async function submit(user: string, values: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<Outcome> {
    const view = views.top(user)
    if (!view) throw new Error('no modal is open')
    const trigger = tickets.issueTrigger()
    views.own(trigger, user)
    const payload = viewPayload('view_submission', { ...view, state: { values } }, userOf(user), {
      trigger_id: trigger,
      response_urls: [],
    })
    const outcome = await deliveries.interaction('interactive', payload, true)
    if (outcome.kind === 'acked') afterSubmit(user, view, outcome.payload)
    return outcome
  }

  return {
    /** Writes to the bot in direct messages. */
    dm: (user: string, text: string, thread?: string) => says(userOf(user), workspace.directWith(user), text, thread),

    /** Drops a file into the direct messages with the bot. */
    async sendFile(user: string, name: string, content: string, text = ''): Promise<void> {
      const channel = workspace.directWith(user)
      const message = messages.write(channel, { text: typed(text), blocks: [] }, { user, thread: undefined })
      const id = `F0${workspace.files.size + 1}FILE`
      const type = name.endsWith('.csv') ? 'text/csv' : 'text/calendar'
      workspace.files.set(id, { type, content })
      const address = `${world.address()}/files-pri/${id}`
      const file = { id, name, mimetype: type, size: Buffer.byteLength(content), url_private: address, url_private_download: address }
      await publish({ ...eventOfPerson(message, channel), type: 'message', subtype: 'file_share', files: [file] })
    },

    say: (user: string, channel: string, text: string, thread?: string) => says(userOf(user), channelOf(channel), text, thread),

    mention: (user: string, channel: string, text: string, thread?: string) =>
      says(userOf(user), channelOf(channel), `<@${ids.bot}> ${text}`, thread),

    /** Changes what was written; the app is told with a subtype. */
    edit(user: string, channelId: string, ts: string, text: string) {
      const channel = channelOf(channelId)
      const before = channel.messages.get(ts)
      if (!before || before.user !== user) throw new Error('only the author edits a message')
      messages.change(channel, ts, { text: typed(text), blocks: [] })
    },

    /** The person sees the text of the ack, or that the command failed. */
    async slash(user: string, channelId: string, command: string, text: string): Promise<Outcome> {
      const channel = channelOf(channelId)
      const author = userOf(user)
      if (!settings.commands.includes(command)) return { kind: 'failed', why: `${command} is not a valid command` }
      const payload = slashCommand(command, typedBehindCommand(text), author, channel, handles(author, channel))
      const outcome = await deliveries.interaction('slash_commands', payload, true)
      if (outcome.kind === 'failed') journal.record('command failed', { user, command, why: outcome.why })
      else showAck(channel, user, outcome.payload)
      return outcome
    },

    async press(user: string, message: Message | Ephemeral, pressed: Pressed): Promise<Outcome> {
      const outcome = await press(userOf(user), message, pressed)
      if (outcome.kind === 'failed') journal.record('press failed', { user, why: outcome.why })
      return outcome
    },

    messageShortcut(user: string, channelId: string, ts: string, callbackId: string): Promise<Outcome> {
      const channel = channelOf(channelId)
      const message = channel.messages.get(ts)
      if (!message) throw new Error('there is no such message')
      const { trigger, responseUrl } = handles(userOf(user), channel)
      return deliveries.interaction('interactive', shortcut(callbackId, userOf(user), trigger, { channel, message, responseUrl }), false)
    },

    globalShortcut(user: string, callbackId: string): Promise<Outcome> {
      const trigger = tickets.issueTrigger()
      views.own(trigger, user)
      return deliveries.interaction('interactive', shortcut(callbackId, userOf(user), trigger), false)
    },

    /** Comes to one of the app's tabs. */
    async openHome(user: string, tab: 'home' | 'messages' = 'home'): Promise<void> {
      if (!settings.homeTab || !settings.events.includes('app_home_opened')) return
      await publish(appHomeOpened(userOf(user), workspace.directWith(user), tab, views.home(user)))
    },

    /** Presses a button of the home, or chooses an entry, by the words on it. */
    async pressInHome(user: string, label: string): Promise<Outcome> {
      const view = views.home(user)
      const found = view && pressables(view).find((pressable) => pressable.label === label)
      if (!found) throw new Error(`the home has no "${label}"`)
      const trigger = tickets.issueTrigger()
      views.own(trigger, user)
      const outcome = await deliveries.interaction('interactive', homeActions(found.pressed, userOf(user), view, trigger), false)
      if (outcome.kind === 'failed') journal.record('press failed', { user, why: outcome.why })
      return outcome
    },

    /** Fills in the lines of the modal on top, and submits it. */
    async fillIn(user: string, filled: Filled): Promise<Outcome> {
      const view = views.top(user)
      if (!view) throw new Error('no modal is open')
      return submit(user, stateOf(view, filled))
    },

    submit,

    async closeView(user: string): Promise<Outcome | undefined> {
      const view = views.drop(user)
      if (!view?.notify_on_close) return undefined
      return deliveries.interaction('interactive', viewPayload('view_closed', view, userOf(user), { is_cleared: false }), false)
    },

    /** Sends the last event that fits once more, under a new envelope. */
    redeliver(fits: (payload: ReturnType<typeof eventCallback>) => boolean = isFromPerson): Promise<Outcome> {
      const payload = sent.findLast(fits)
      if (!payload) throw new Error('nothing was sent yet')
      return deliveries.again(payload)
    },

    rateLimitEvents: () => deliveries.interaction('events_api', appRateLimited(), false),

    /** Tells the app about its own doings, as far as it is subscribed. */
    tell(event: Readonly<Record<string, unknown>>, channel: Channel) {
      if (settings.events.includes(channel.kind === 'im' ? 'message.im' : 'message.channels')) void publish({ type: 'message', ...event })
    },
  }

  function isFromPerson({ event }: ReturnType<typeof eventCallback>): boolean {
    return !('bot_id' in event) && !('subtype' in event)
  }

  function showAck(channel: Channel, user: string, payload: unknown) {
    if (typeof payload !== 'object' || payload === null || Object.keys(payload).length === 0) return
    const args = payload as Readonly<Record<string, unknown>>
    const read = readContent(args)
    if ('refused' in read) return journal.violation('bad_ack_message', { ...read.refused })
    if (args.response_type === 'in_channel') messages.post(channel, read.content, undefined)
    else messages.whisper(channel, user, read.content, undefined)
  }

  function afterSubmit(user: string, sent: OpenView, payload: unknown) {
    const { response_action: action, view, errors = {} } = (payload ?? {}) as { response_action?: string; view?: unknown; errors?: object }
    const lines = linesOf(sent).map(({ block_id }) => block_id)
    if (action === 'errors' && !Object.keys(errors).every((line) => lines.includes(line)))
      journal.violation('errors_of_no_line', { errors })
    if (action === undefined) views.drop(user)
    if (action === 'clear') views.clear(user)
    if (action === 'errors') journal.record('view errors', { user, payload })
    if (action === 'update' || action === 'push') {
      if (action === 'update') views.drop(user)
      const pushed = views.push(user, view)
      if (!pushed.ok) journal.violation(pushed.error, { user })
    }
  }
}
