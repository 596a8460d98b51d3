import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode, encodeAnnounced } from '#bots/discord/encode.ts'
import { modalOf } from '#bots/discord/form.ts'
import { literal, markdown } from '#bots/discord/text.ts'
import { type Block, type Reply, type Span, say, strong, type Text } from '#core/reply.ts'
import { checkPublished, checkWords } from '../fakes/discord/checks.ts'

function textual(...text: Text): Reply {
  return { tone: 'tell', visibility: 'place', blocks: [{ kind: 'text', text }] }
}

const at = '2026-11-24T20:00:00Z'

describe('words on Discord', () => {
  it.each<[string, Span, string]>([
    ['escapes markup', '*a* _b_ ~c~ `d` |e| [f](g)', '\\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\|e\\| \\[f\\](g)'],
    ['keeps mentions from being read', '<@1> <@!1> <@&1> <#1> <t:1:F>', '\\<@1> \\<@!1> \\<@&1> \\<#1> \\<t:1:F>'],
    ['keeps lines from becoming titles, quotes and lists', '# a\n> b\n- c\n-# d\n1. e', '\\# a\n\\> b\n\\- c\n\\-# d\n1\\. e'],
    ['leaves web addresses usable', 'see https://a.b/c_d?e=f&g#h', 'see https://a.b/c_d?e=f&g#h'],
    ['shows no link under false words', 'https://a.b/[Sign in](https://c.d)', 'https://a.b/\\[Sign in\\](https://c.d)'],
    ['drops control characters', 'a\u0000b\u0007c', 'abc'],
    ['shows an instant in the reader’s zone', { kind: 'time', at, show: 'full', timeZone: 'UTC' }, '<t:1795550400:F>'],
    ['shows how far away it is', { kind: 'time', at, show: 'relative', timeZone: 'UTC' }, '<t:1795550400:R>'],
    [
      'names the zone when it is asked to',
      { kind: 'time', at, show: 'time', timeZone: 'America/New_York', named: true },
      '<t:1795550400:t> (3:00 PM EST)',
    ],
    ['shows a day as it is for everybody', { kind: 'day', date: '2026-11-24' }, 'Tue, Nov 24, 2026'],
    ['makes words strong', strong('a*b '), '**a\\*b**'],
    ['shows code', { kind: 'code', text: 'a `b`' }, '`` a `b` ``'],
    ['links', { kind: 'link', url: 'https://a.b/(c)', text: 'a_b' }, '[a\\_b](<https://a.b/(c)>)'],
    ['links nowhere else', { kind: 'link', url: 'javascript:alert(1)', text: 'click' }, 'click'],
    ['mentions a person', { kind: 'someone', user: '42', name: 'Bob' }, '<@42>'],
    ['names a person of elsewhere', { kind: 'someone', user: 'U42', name: 'Bob_' }, 'Bob\\_'],
    ['mentions a channel', { kind: 'channel', channel: '77' }, '<#77>'],
  ])('%s', (_, span, expected) => {
    expect(markdown([span], 4_000)).toBe(expected)
  })

  it('are cut between values, never inside one', () => {
    const time: Span = { kind: 'time', at, show: 'full', timeZone: 'UTC' }
    expect(markdown(['abcdef', time], 12)).toBe('abcdef…')
    expect(markdown(['*'.repeat(20)], 10)).toBe('\\*\\*\\*\\*…')
    expect(markdown(['😀'.repeat(20)], 10).isWellFormed()).toBe(true)
  })

  it('say the same once their escapes are taken away', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1 .*_~`|[]<>#-+@\\\n') }), (words) => {
        expect(literal(words).replaceAll(/\\([^a-zA-Z0-9\s])/g, '$1')).toBe(words)
      }),
    )
  })
})

describe('a form on Discord', () => {
  it('holds one line, or several with what stands there so far', () => {
    const form = { title: 'Edit note', label: 'What it says', placeholder: 'The code', submit: 'Save', token: 'a.b.c.d.e' }
    const modal = (lines?: { readonly value: string; readonly most: number }) => modalOf({ ...form, ...(lines && { lines }) })
    for (const each of [modal(), modal({ value: 'one\ntwo', most: 3_000 })]) checkPublished('answer with a modal', { type: 9, data: each })
    expect(modal({ value: 'one\ntwo', most: 3_000 }).components[0]).toMatchObject({ component: { style: 2, value: 'one\ntwo' } })
  })
})

describe('a reply on Discord', () => {
  it('pings exactly the people it means, in the content, since embeds notify nobody', () => {
    const reply = textual(...say`${{ kind: 'someone', user: '42', name: 'Bob' }} says <@43> @everyone`)
    expect(encode(reply, { ping: [{ user: '44', name: 'Cy' }] })).toMatchObject({
      content: '<@44> <@42>',
      allowed_mentions: { parse: [], users: ['44', '42'], replied_user: false },
    })
    expect(encode(textual('<@43> @everyone'))).toMatchObject({ content: '', allowed_mentions: { parse: [], users: [] } })
  })

  it('that nobody asked for says what it is about where phones read it, and pings no one more', () => {
    const text = say`${{ kind: 'someone', user: '42', name: 'Bob' }} ${strong('*stretch*')} with ${{ kind: 'someone', user: '43', name: 'Eve', quiet: true }}`
    const ring: Reply = { tone: 'ring', visibility: 'place', blocks: [{ kind: 'text', text }] }
    const sent = encodeAnnounced(ring, {
      ping: [
        { user: '42', name: 'Bob' },
        { user: '44', name: 'Cy' },
      ],
      url: 'https://a.example/#1',
    })
    expect(sent).toMatchObject({
      content: '<@44> ⏰ <@42> **\\*stretch\\*** with <@43>',
      embeds: [{ description: '-# Reminder', url: 'https://a.example/#1' }],
      allowed_mentions: { users: ['44', '42'] },
    })
    const late = encodeAnnounced(
      { ...ring, blocks: [...ring.blocks, { kind: 'aside', text: ['Next: soon.'] }] },
      { url: 'https://a.example/#1' },
    )
    expect(late.embeds).toMatchObject([{ description: '-# Next: soon.' }])
    const items = ['tea', '*milk*'].map((text, index) => ({ text: [`${index + 1}. ${text}`] }))
    const several: Reply = {
      ...ring,
      blocks: [
        { kind: 'text', text: [strong('2 reminders:')] },
        { kind: 'list', items },
      ],
    }
    expect(encodeAnnounced(several, { url: 'https://a.example/#1' }).content).toBe('⏰ **2 reminders:** tea, \\*milk\\*')
    const long = encodeAnnounced(textual('x*'.repeat(5_000)), {
      ping: Array.from({ length: 90 }, (_, index) => ({ user: String(10n ** 18n + BigInt(index)), name: 'x' })),
      url: 'https://a.example/#1',
    })
    expect(long.content.length).toBeLessThanOrEqual(2_000)
    checkPublished('create message', { ...long, nonce: 'n' })
  })

  it('to 500 people says how many it could not name', () => {
    const ping = Array.from({ length: 500 }, (_, index) => ({ user: String(10n ** 18n + BigInt(index)), name: 'x' }))
    const { content, allowed_mentions } = encode(textual('stretch'), { ping })
    expect(content.length).toBeLessThanOrEqual(2_000)
    expect(content).toMatch(/… and \d+ more$/)
    expect(allowed_mentions.users.length).toBeLessThanOrEqual(100)
  })

  it('tells by its colour what it is', () => {
    const colours = (['done', 'ask', 'tell', 'problem', 'ring'] as const).map((tone) => encode({ ...textual('a'), tone }).embeds[0]?.color)
    expect(new Set(colours).size).toBe(5)
  })

  it('says how much of a long list is missing', () => {
    const items = Array.from({ length: 400 }, (_, index) => ({ text: [`item number ${index}`] }))
    const [embed] = encode({ ...textual(), blocks: [{ kind: 'list', items }] }).embeds
    const shown = embed?.description?.split('\n') ?? []
    expect(shown.at(-1)).toBe(`… and ${400 - (shown.length - 1)} more`)
  })

  it('says how many choices are missing', () => {
    const buttons = Array.from({ length: 30 }, (_, index) => ({ label: `${index}`, token: `pick.${index}` }))
    const { components, embeds } = encode({
      ...textual('which?'),
      blocks: [
        { kind: 'text', text: ['which?'] },
        { kind: 'buttons', buttons },
      ],
    })
    expect(components).toHaveLength(5)
    expect(embeds.at(-1)?.description).toContain('… and 5 more')
  })

  it('gives every block its share when there is too much', () => {
    const blocks: Block[] = [
      { kind: 'text', text: ['long '.repeat(5_000)] },
      { kind: 'list', items: [{ text: ['the last thing'] }] },
      { kind: 'aside', text: ['small print'] },
    ]
    const all = JSON.stringify(encode({ ...textual(), blocks }))
    expect(all).toContain('the last thing')
    expect(all).toContain('small print')
  })

  it('is always one that Discord takes', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom('*', '_', '\n', '\ud800', '<@1>', '@everyone ', '😀', ' ', '\0'), maxLength: 3_000 }),
    )
    const span: fc.Arbitrary<Span> = fc.oneof(
      words,
      words.map(strong),
      words.map((text): Span => ({ kind: 'code', text })),
      fc.record({ kind: fc.constant('someone' as const), user: fc.bigInt(1n, 10n ** 19n).map(String), name: words }),
      fc.record({ kind: fc.constant('link' as const), url: fc.webUrl(), text: words }),
      fc.constant<Span>({ kind: 'time', at, show: 'full', timeZone: 'Asia/Tokyo', named: true }),
    )
    const text = fc.array(span, { maxLength: 30 })
    const choice = fc.record({ label: words, token: fc.string({ maxLength: 100 }) })
    const block: fc.Arbitrary<Block> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text }),
      fc.record({ kind: fc.constant('aside' as const), text }),
      fc.record({ kind: fc.constant('fields' as const), fields: fc.array(fc.record({ label: words, value: text }), { maxLength: 40 }) }),
      fc.record({ kind: fc.constant('list' as const), items: fc.array(fc.record({ text, detail: text }), { maxLength: 60 }) }),
      fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(choice, { maxLength: 40 }) }),
      fc.record({ kind: fc.constant('menu' as const), placeholder: words, options: fc.array(choice, { maxLength: 40 }) }),
    )
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const body = { ...encode({ tone: 'tell', visibility: 'place', blocks }, { url: 'https://discord.com/#ducktape-x' }), nonce: 'n' }
        checkPublished('create message', body)
        checkWords(body, { whole: true })
      }),
      { numRuns: 200 },
    )
  })
})

it('names somebody quietly without notifying them', () => {
  const quiet: Text = say`I will remind ${{ kind: 'someone', user: '42', name: 'Bob', quiet: true }} and ${{ kind: 'someone', user: '43', name: 'Eve' }}`
  const body = encode({ tone: 'done', visibility: 'place', blocks: [{ kind: 'text', text: quiet }] })
  expect(body.allowed_mentions.users).toEqual(['43'])
  expect(body.content).toBe('<@43>')
  expect(body.embeds[0]?.description).toContain('<@42>')
})
