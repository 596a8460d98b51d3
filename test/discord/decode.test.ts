import { describe, expect, it } from 'vitest'
import { sentenceOf } from '#bots/discord/commands.ts'
import { Dispatch, decode, idAt, instantOf } from '#bots/discord/decode.ts'
import { suggest } from '#bots/discord/suggest.ts'

const us = '900000000000000001'
const ann = '900000000000000002'
const ourselves = { userId: us, listens: (channel: string) => channel === '77' }

function read(t: string, d: object) {
  const parsed = Dispatch.safeParse({ t, s: 1, op: 0, d })
  return parsed.success ? decode(parsed.data, ourselves) : undefined
}

function message(content: string, more: object = {}) {
  return {
    id: '1400000000000000000',
    channel_id: '55',
    author: { id: ann, username: 'ann', global_name: 'Ann' },
    content,
    mentions: [],
    type: 0,
    ...more,
  }
}
const mentioned = { guild_id: '66', mentions: [{ id: us }] }

describe('a Discord message', () => {
  it.each([
    ['direct words', message('remind me'), 'remind me'],
    ['a mention in front', message(`<@${us}> remind me`, mentioned), 'remind me'],
    ['a mention of the old kind, with a comma', message(`<@!${us}>, remind me`, mentioned), 'remind me'],
    ['a mention at the end', message(`what is on? <@${us}>`, mentioned), 'what is on?'],
    ['mentions of others', message(`<@${us}> remind <@${ann}> in <#77>`, mentioned), `remind <@${ann}> in <#77>`],
    ['nothing but a mention', message(`<@${us}>`, mentioned), ''],
    ['half a surrogate pair and a null', message('a\ud800b\0'), 'a\ufffdb'],
  ])('is read with %s', (_, d, text) => {
    expect(read('MESSAGE_CREATE', d)).toMatchObject({
      kind: 'incoming',
      incoming: { kind: 'sentence', text, addressed: true, private: false },
    })
  })

  it('says whose data it is about', () => {
    expect(read('MESSAGE_CREATE', message('hello'))).toMatchObject({
      incoming: { place: { platform: 'discord', space: `dm:${ann}`, channel: '55', kind: 'direct' }, author: { id: ann, name: 'Ann' } },
    })
    expect(read('MESSAGE_CREATE', message('hello', { ...mentioned, member: { nick: 'Annie' } }))).toMatchObject({
      incoming: { place: { platform: 'discord', space: '66', channel: '55', kind: 'channel' }, author: { name: 'Annie' } },
    })
  })

  it('that its author edits is the same message once more', () => {
    const written = instantOf('1400000000000000000')
    const edited = (minutes: number) => message('hello', { edited_timestamp: written.add({ minutes }).toString() })
    expect(read('MESSAGE_UPDATE', edited(1))).toMatchObject({
      incoming: {
        id: `1400000000000000000:${written.add({ minutes: 1 }).epochMilliseconds}`,
        edits: '1400000000000000000',
        text: 'hello',
        addressed: true,
      },
      origin: { id: '1400000000000000000' },
    })
    expect(read('MESSAGE_UPDATE', edited(16))).toBeUndefined()
    expect(read('MESSAGE_UPDATE', message('hello', { edited_timestamp: null }))).toBeUndefined()
  })

  it('overheard in a channel counts only where we listen', () => {
    expect(read('MESSAGE_CREATE', message('lunch at noon?', { guild_id: '66' }))).toBeUndefined()
    expect(read('MESSAGE_CREATE', message('lunch at noon?', { guild_id: '66', channel_id: '77' }))).toMatchObject({
      incoming: { text: 'lunch at noon?', addressed: false },
    })
  })

  it.each([
    ['our own', message('hello', { author: { id: us, username: 'ducktape', bot: true } })],
    ['another bot’s', message('hello', { author: { id: ann, username: 'beep', bot: true } })],
    ['a webhook’s', message('hello', { webhook_id: '1' })],
    ['a notice that somebody joined', message('', { type: 7 })],
  ])('is ignored when it is %s', (_, d) => {
    expect(read('MESSAGE_CREATE', d)).toBeUndefined()
  })

  it('carries its time in its id', () => {
    const at = Temporal.Instant.from('2026-11-24T20:00:00.123Z')
    expect(instantOf(idAt(at)).toString()).toBe('2026-11-24T20:00:00.123Z')
    expect(idAt(Temporal.Instant.from('1999-01-01T00:00:00Z'))).toBe('0')
  })
})

const asked = { id: '1400000000000000000', application_id: '1', token: 't', channel_id: '55', locale: 'en-GB' }
const inGuild = { guild_id: '66', member: { nick: null, user: { id: ann, username: 'ann' } } }

describe('a Discord interaction', () => {
  it('by slash command is a private sentence in a server', () => {
    const d = { ...asked, ...inGuild, type: 2, data: { name: 'duck', options: [{ name: 'sentence', type: 3, value: 'what is on' }] } }
    expect(read('INTERACTION_CREATE', d)).toMatchObject({
      incoming: { kind: 'sentence', text: 'what is on', addressed: true, private: true, author: { id: ann, name: 'ann', locale: 'en-GB' } },
    })
  })

  it.each([
    ['a button', { custom_id: 'done.A.B.C.D', component_type: 2 }, 'done.A.B.C.D'],
    ['a menu', { custom_id: 'menu:0', component_type: 3, values: ['snooze.A.B.C.D'] }, 'snooze.A.B.C.D'],
  ])('by %s is a press of what it offers', (_, data, token) => {
    const d = { ...asked, user: { id: ann, username: 'ann' }, type: 3, data, message: { id: '9', flags: 64, embeds: [] } }
    expect(read('INTERACTION_CREATE', d)).toMatchObject({ incoming: { kind: 'press', token, private: true, place: { kind: 'direct' } } })
  })

  it('of a kind that we do not take is passed over', () => {
    expect(read('INTERACTION_CREATE', { ...asked, ...inGuild, type: 1 })).toBeUndefined()
  })
})

describe('a slash command', () => {
  it.each([
    ['duck', { sentence: 'undo' }, 'undo'],
    ['remind', { what: 'stretch', when: 'in 10 minutes' }, 'remind me to "stretch" in 10 minutes'],
    ['remind', { what: 'to call Bob', when: 'tomorrow' }, 'remind me to "call Bob" tomorrow'],
    ['remind', { what: 'stretch', when: 'at noon', who: '42' }, 'remind <@42> to "stretch" at noon'],
    ['remind', { what: 'stretch', when: 'at noon', where: '77' }, 'remind <#77> to "stretch" at noon'],
    ['remind', { what: 'stretch', when: 'at noon', who: '42', where: '77' }, 'remind <@42> and <#77> to "stretch" at noon'],
    [
      'event',
      { what: 'lunch', when: 'tomorrow at noon', length: '45 minutes', location: 'Room 5' },
      'create event called "lunch" tomorrow at noon for 45 minutes at Room 5',
    ],
    ['remind', { what: 'read "Friday"', when: 'at noon' }, 'remind me to "read \'Friday\'" at noon'],
    ['agenda', {}, 'what is on today'],
    ['agenda', { when: 'next week' }, 'what is on next week'],
    ['todo', { what: 'buy milk' }, 'add buy milk to my todo list'],
    ['todo', { what: 'milk, eggs', list: 'shopping', when: 'by Friday' }, 'add milk, eggs to my shopping list by Friday'],
    ['todo', { list: 'shopping' }, 'show my shopping list'],
    ['todo', {}, 'list my todos'],
    ['note', { text: 'the code is 1234' }, 'note: the code is 1234'],
    ['note', { text: 'two eggs', folder: 'Recipes' }, 'note in my Recipes folder: two eggs'],
    ['note', { folder: 'Recipes' }, 'show my Recipes folder'],
    ['note', { find: 'wifi' }, 'search my notes for wifi'],
    ['note', {}, 'list my notes'],
    ['settings', { 'time-zone': 'Europe/Berlin' }, 'set my time zone to Europe/Berlin'],
    ['settings', {}, 'show my settings'],
  ])('/%s with %j says %s', (name, options, sentence) => {
    expect(
      sentenceOf(
        name,
        Object.entries(options).map(([key, value]) => ({ name: key, value })),
      ),
    ).toBe(sentence)
  })

  it('suggests what was typed before all else, and never more than Discord shows', () => {
    expect(suggest('when', 'Friday at')[0]).toEqual({ name: 'Friday at', value: 'Friday at' })
    expect(suggest('when', '').length).toBeGreaterThan(5)
    expect(suggest('time-zone', '')).toHaveLength(25)
    expect(suggest('time-zone', '').map(({ value }) => value)).toContain('Asia/Tokyo')
    expect(suggest('time-zone', 'new york').map(({ value }) => value)).toEqual(['America/New_York'])
    expect(suggest('when', 'x'.repeat(6_000))[0]?.value).toHaveLength(100)
    expect(suggest('list', 'pin', ['Shopping', 'Todos']).map(({ value }) => value)).toEqual(['pin', 'Shopping'])
    expect(suggest('list', '', ['Shopping', 'Todos']).map(({ value }) => value)).toEqual(['Shopping', 'Todos'])
  })
})
