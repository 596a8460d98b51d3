import { describe, expect, it } from 'vitest'
import { decode } from '#bots/slack/decode.ts'
import { unmark } from '#bots/slack/unmark.ts'
import { eventId, readPayload } from '#bots/slack/wire.ts'

const self = { userId: 'U0DUCK', botId: 'B0DUCK' }
const receivedAt = Date.parse('2026-11-23T14:00:00Z')

function decoded(type: string, raw: object) {
  const payload = readPayload(type, raw)
  return payload && decode({ payload, receivedAt }, self)
}

const command = {
  token: 'x',
  team_id: 'T1',
  channel_id: 'C1',
  channel_name: 'general',
  user_id: 'U1',
  user_name: 'ann',
  command: '/duck',
  text: 'remind me to stretch',
  trigger_id: '1.2.abc',
  response_url: 'https://hooks.slack.example/commands/1',
  is_enterprise_install: 'false',
}

const message = (event: object, more: object = {}) => ({
  type: 'event_callback',
  team_id: 'T1',
  event_id: 'Ev1',
  event_time: 1_795_442_400,
  event: { type: 'message', channel_type: 'im', user: 'U1', text: 'hello', channel: 'D1', ts: '1795442399.000200', ...event },
  ...more,
})

const press = (action: object, more: object = {}) => ({
  type: 'block_actions',
  team: { id: 'T1', domain: 'x' },
  user: { id: 'U1', username: 'ann', team_id: 'T1' },
  trigger_id: '3.4.def',
  response_url: 'https://hooks.slack.example/actions/1',
  channel: { id: 'C1', name: 'general' },
  container: { type: 'message', message_ts: '1.000100', channel_id: 'C1', is_ephemeral: false },
  message: { type: 'message', ts: '1.000100', text: 'x' },
  actions: [{ action_id: 'press.0', block_id: 'b', type: 'button', action_ts: '1795442399.500000', ...action }],
  ...more,
})

describe('what Slack sends', () => {
  it('reads a slash command as a private sentence', () => {
    expect(decoded('slash_commands', command)).toEqual({
      kind: 'sentence',
      id: '1.2.abc',
      at: Temporal.Instant.fromEpochMilliseconds(receivedAt),
      place: { platform: 'slack', space: 'T1', channel: 'C1', kind: 'channel' },
      author: { id: 'U1', name: 'ann' },
      text: 'remind me to stretch',
      addressed: true,
      private: true,
    })
  })

  it.each([
    ['/duck', '', ''],
    ['/duck', '  list my todos ', 'list my todos'],
    ['/remind-me', 'to call Bob at 3pm', 'remind me to call Bob at 3pm'],
    ['/remind-me', 'me to call Bob', 'remind me to call Bob'],
    ['/remind-me', '<@U2|bob> to pay', 'remind <@U2> to pay'],
    ['/remind-me', 'remind me to pay', 'remind me to pay'],
    ['/remind-me', 'list', 'list my reminders'],
    ['/remind-me', '', 'list my reminders'],
    ['/remind-me', 'help', 'help'],
    ['/remind-me', '@nobody to pay', 'remind @nobody to pay'],
    ['/event', 'lunch on Friday at noon', 'event lunch on Friday at noon'],
    ['/event', 'list', 'list my events'],
    ['/agenda', 'tomorrow', 'agenda tomorrow'],
    ['/agenda', '', 'agenda'],
    ['/todo', 'buy milk', 'todo buy milk'],
    ['/todo', 'list', 'list my todos'],
    ['/todo', '', 'list my todos'],
    ['/todo', 'move the couch', 'todo move the couch'],
    ['/todo', 'move milk to my shopping list', 'move milk to my shopping list'],
    ['/todo', "what's due today", "what's due today"],
    ['/note', 'search my notes for wifi', 'search my notes for wifi'],
    ['/note', 'find wifi', 'search my notes for wifi'],
    ['/note', '', 'list my notes'],
    ['/note', 'read the meter on Friday', 'note read the meter on Friday'],
    ['/note', 'the door code is 4711', 'note the door code is 4711'],
    ['/something-renamed', 'remind me', 'remind me'],
  ])('reads %s "%s" as "%s"', (name, text, sentence) => {
    expect(decoded('slash_commands', { ...command, command: name, text })).toMatchObject({ text: sentence })
  })

  it('reads "Remind me about this" as a private sentence that leads back to the message', () => {
    const payload = {
      type: 'message_action',
      callback_id: 'remind_about',
      team: { id: 'T1', domain: 'pond' },
      user: { id: 'U1', name: 'ann' },
      channel: { id: 'C1' },
      message: { ts: '1700000000.000100', text: 'The "big" one:\nat <https://x.example/a|x.example> &amp; on' },
      action_ts: '1700000009.000000',
      trigger_id: '1.2.3',
      response_url: 'https://hooks.slack.example/1',
    }
    expect(decoded('interactive', payload)).toMatchObject({
      kind: 'sentence',
      id: '1.2.3',
      place: { space: 'T1', channel: 'C1', kind: 'channel' },
      author: { id: 'U1', name: 'ann' },
      text: 'remind me about this',
      about: { words: 'The "big" one:\nat x.example & on', link: 'https://pond.slack.com/archives/C1/p1700000000000100' },
      private: true,
    })
  })

  it('reads a press of a button', () => {
    expect(decoded('interactive', press({ value: 'done.A.B.C.D' }))).toEqual({
      kind: 'press',
      id: '3.4.def',
      at: Temporal.Instant.from('2026-11-23T13:59:59.5Z'),
      place: { platform: 'slack', space: 'T1', channel: 'C1', kind: 'channel' },
      author: { id: 'U1', name: 'ann' },
      token: 'done.A.B.C.D',
      carrier: { channel: 'C1', id: '1.000100' },
      private: false,
    })
  })

  it('reads a choice of a menu, in a thread, that only its author sees', () => {
    const chosen = { type: 'static_select', selected_option: { text: { type: 'plain_text', text: 'x' }, value: 'cancel.A.B.C.D' } }
    const container = { type: 'message', is_ephemeral: true, thread_ts: '1.000050' }
    expect(decoded('interactive', press(chosen, { container, message: undefined }))).toMatchObject({
      kind: 'press',
      token: 'cancel.A.B.C.D',
      private: true,
      place: { thread: '1.000050' },
    })
  })

  it('reads a direct message with the time Slack gave it', () => {
    expect(decoded('events_api', message({}))).toEqual({
      kind: 'sentence',
      id: 'D1:1795442399.000200',
      at: Temporal.Instant.from('2026-11-23T13:59:59.0002Z'),
      place: { platform: 'slack', space: 'T1', channel: 'D1', kind: 'direct' },
      author: { id: 'U1', name: 'U1' },
      text: 'hello',
      addressed: true,
      private: false,
    })
  })

  it.each([
    ['<@U0DUCK> what is on today', 'what is on today'],
    ['<@U0DUCK>, what is on today', 'what is on today'],
    ['<@U0DUCK|ducktape>: what is on today', 'what is on today'],
    ['hey <@U0DUCK> remind <@U2> to pay', 'hey remind <@U2> to pay'],
    ['thank you <@U0DUCK>', 'thank you'],
    ['<@U0DUCK>', ''],
  ])('reads a mention "%s" as "%s"', (text, sentence) => {
    const event = { type: 'app_mention', channel: 'C1', channel_type: undefined, text, thread_ts: '1.000001' }
    expect(decoded('events_api', message(event))).toMatchObject({
      text: sentence,
      addressed: true,
      private: false,
      place: { kind: 'channel', channel: 'C1', thread: '1.000001' },
    })
  })

  it.each([
    ['our own message', message({ user: 'U0DUCK', bot_id: 'B0DUCK' })],
    ['another bot', message({ user: 'U9', bot_id: 'B9' })],
    ['an old style bot message', message({ user: undefined, subtype: 'bot_message', bot_id: 'B9' })],
    ['Slackbot', message({ user: 'USLACKBOT' })],
    ['an edit', message({ subtype: 'message_changed', user: undefined, message: { text: 'x' } })],
    ['a deletion', message({ subtype: 'message_deleted', user: undefined })],
    ['somebody joining', message({ subtype: 'channel_join' })],
    ['the channel copy of a mention', message({ channel: 'C1', channel_type: 'channel', text: '<@U0DUCK> hi' })],
    ['the mention copy of a direct message', message({ type: 'app_mention' })],
    ['an event of another kind', message({ type: 'reaction_added' })],
    ['a notice without an event', { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1 }],
    ['a message without a channel', message({ channel: undefined })],
    ['nonsense', { type: 'event_callback', event: 'no' }],
  ])('ignores %s', (_what, raw) => {
    expect(decoded('events_api', raw)).toBeUndefined()
  })

  it.each([
    ['a broadcast of a thread', 'thread_broadcast'],
    ['a file with words', 'file_share'],
  ])('hears %s', (_what, subtype) => {
    expect(decoded('events_api', message({ subtype }))).toMatchObject({ text: 'hello' })
  })

  it('ignores a press without a value, one of nowhere, and shortcuts of others', () => {
    expect(decoded('interactive', press({}))).toBeUndefined()
    expect(decoded('interactive', press({ value: 'x' }, { channel: undefined }))).toBeUndefined()
    expect(decoded('interactive', { type: 'shortcut', callback_id: 'x' })).toBeUndefined()
  })

  it('keeps of any text what a table can hold', () => {
    const text = `a\0b\ud800c ${'\u4e2d'.repeat(60_000)}`
    const payload = readPayload('events_api', message({ text }))
    const kept = JSON.stringify(payload)
    expect(Buffer.byteLength(kept)).toBeLessThan(60_000)
    expect(kept).toContain('ab\ufffdc \u4e2d')
    expect(kept.isWellFormed()).toBe(true)
  })

  it('reads an edit as the same message once more', () => {
    const edited = (now: object, before = 'helo') =>
      message({
        subtype: 'message_changed',
        user: undefined,
        ts: '1795442460.000300',
        message: { user: 'U1', text: 'hello', ts: '1795442399.000200', edited: { user: 'U1', ts: '1795442460.000000' }, ...now },
        previous_message: { text: before },
      })
    const known = { text: 'hello', edits: 'D1:1795442399.000200', id: 'D1:1795442399.000200:1795442460.000000', author: { id: 'U1' } }
    expect(decoded('events_api', edited({}))).toMatchObject(known)
    const preview = edited({ edited: undefined })
    const tooLate = edited({ edited: { ts: '1795443300.000000' } })
    for (const payload of [edited({}, 'hello'), preview, tooLate, edited({ bot_id: 'B9' })])
      expect(decoded('events_api', payload)).toBeUndefined()
  })

  it('names an event alike however often it comes', () => {
    const first = readPayload('events_api', message({}))
    const again = readPayload('events_api', message({}, { event_context: 'another' }))
    expect(first && eventId(first)).toBe('D1:1795442399.000200')
    expect(again && eventId(again)).toBe('D1:1795442399.000200')
  })
})

describe('markup', () => {
  it.each([
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['the letters &amp;lt;', 'the letters &lt;'],
    ['<@U1> and <@U2|bob>', '<@U1> and <@U2>'],
    ['in <#C1|general> and <#C2|>', 'in <#C1|general> and <#C2>'],
    ['<!here> <!channel> <!everyone|@everyone>', '@here @channel @everyone'],
    ['<!subteam^S1|@ops>', '@ops'],
    ['<!date^1795442399^{date}|Nov 23>', 'Nov 23'],
    ['see <https://a.example/x>', 'see https://a.example/x'],
    ['see <http://a.example|a.example>', 'see a.example'],
    ['<https://zoom.example/j/1|standup>', 'standup (https://zoom.example/j/1)'],
    ['<mailto:j@x.example|j@x.example>', 'j@x.example'],
    ['1 < 2', '1 < 2'],
  ])('reads %j as %j', (text, written) => {
    expect(unmark(text)).toBe(written)
  })
})
