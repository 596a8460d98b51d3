import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as slack from '#bots/slack/encode.ts'
import type { Audience } from '#bots/slack/mrkdwn.ts'
import { type Block, type Reply, say, strong, type Time, type Tone } from '#core/reply.ts'
import { checkBlocks } from '../fakes/slack/blocks.ts'
import { read } from '../fakes/slack/show.ts'

const inChannel: Audience = { pings: 'anyone', alone: false }
const encode = (message: Reply, audience = inChannel) => slack.encode(message, audience)
const reply = (blocks: readonly Block[], tone: Tone = 'tell'): Reply => ({ tone, visibility: 'place', blocks })
const noon: Time = { kind: 'time', at: '2026-11-24T20:00:00Z', show: 'full', timeZone: 'America/New_York' }
const epoch = 1_795_550_400

const shown = (encoded: ReturnType<typeof encode>) =>
  read({ ts: '1.000000', user: 'U0DUCKTAPE', text: encoded.text, blocks: encoded.blocks }, 'C1')

describe('a reply in Block Kit', () => {
  it.each([
    ['a time', [noon], `<!date^${epoch}^{date_long} at {time}|Tue, Nov 24, 2026, 3:00 PM>`],
    ['a date', [{ ...noon, show: 'date' as const }], `<!date^${epoch}^{date_long}|Tue, Nov 24, 2026>`],
    ['a clock time', [{ ...noon, show: 'time' as const }], `<!date^${epoch}^{time}|3:00 PM>`],
    ['how long it is', [{ ...noon, show: 'relative' as const }], `<!date^${epoch}^{ago}|3:00 PM>`],
    [
      'a time of another zone with that zone',
      [{ ...noon, named: true }],
      `<!date^${epoch}^{date_long} at {time}|Tue, Nov 24, 2026, 3:00 PM EST> (Tue, Nov 24, 2026, 3:00 PM EST)`,
    ],
    ['a day, the same for everybody', [{ kind: 'day' as const, date: '2026-11-24' }], 'Tue, Nov 24, 2026'],
    ['strong words', [strong('stretch & go')], '*stretch &amp; go*'],
    ['literal markup', ['<!channel> & <@U1>'], '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['a person', [{ kind: 'someone' as const, user: 'U1', name: 'Bob' }], '<@U1>'],
    ['a person whose id is none', [{ kind: 'someone' as const, user: 'U1><!channel', name: 'Bob' }], '@Bob'],
    ['a channel', [{ kind: 'channel' as const, channel: 'C1' }], '<#C1>'],
    [
      'a link',
      [{ kind: 'link' as const, url: 'https://a.example/?a=1&b=|', text: 'a > b' }],
      '<https://a.example/?a=1&amp;b=%7C|a &gt; b>',
    ],
    ['an address as what can be pressed', ['see https://a.example/x_y?b=*1.'], 'see <https://a.example/x_y?b=*1>.'],
    ['an address between strong words', [strong('read https://a.example/x now')], '*read* <https://a.example/x> *now*'],
    ['an address that is no link', [{ kind: 'link' as const, url: 'javascript:alert(1)', text: 'click' }], 'click'],
  ])('writes %s', (_what, text, written) => {
    expect(encode(reply([{ kind: 'text', text }])).blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: written, verbatim: true } },
    ])
  })

  it('shows stars and underscores that somebody wrote as they are', () => {
    const encoded = encode(reply([{ kind: 'text', text: say`noted ${strong('*not* bold')} and _this_` }]))
    expect(encoded.blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'noted ' },
              { type: 'text', text: '*not* bold', style: { bold: true } },
              { type: 'text', text: ' and _this_' },
            ],
          },
        ],
      },
    ])
  })

  it('puts its sign before the first words', () => {
    expect(shown(encode(reply([{ kind: 'text', text: ['stretch'] }], 'ring'))).words).toBe(':alarm_clock: stretch')
    expect(shown(encode(reply([{ kind: 'text', text: ['*stretch*'] }], 'ring'))).words).toBe(':alarm_clock: *stretch*')
    expect(shown(encode(reply([{ kind: 'text', text: ['stretch'] }], 'tell'))).words).toBe('stretch')
  })

  it('says in a notification what it is about, and pings nobody there', () => {
    const text = say`Hey ${{ kind: 'someone', user: 'U1', name: 'Bob' }}, ${strong('<!here> stretch')} at ${noon}`
    expect(encode(reply([{ kind: 'text', text }], 'ring')).text).toBe('Hey Bob, &lt;!here&gt; stretch at Tue, Nov 24, 2026, 3:00 PM')
    const told = say`For ${{ kind: 'channel', channel: 'C1' }} at ${noon} (${{ ...noon, show: 'relative' }}): stretch`
    expect(encode(reply([{ kind: 'text', text: told }])).text).toBe('For <#C1> at Tue, Nov 24, 2026, 3:00 PM: stretch')
  })

  it('pings only those who may be pinged', () => {
    const text = say`${{ kind: 'someone', user: 'U1', name: 'Bob' }} ${{ kind: 'someone', user: 'U2', name: 'Eve' }}`
    expect(shown(encode(reply([{ kind: 'text', text }]), { pings: new Set(['U1']), alone: false }))).toMatchObject({
      pinged: ['U1'],
      words: '@U1 @Eve',
    })
  })

  it('names somebody quietly: as a mention only where that notifies nobody', () => {
    const message = reply([{ kind: 'text', text: say`I will remind ${{ kind: 'someone', user: 'U1', name: 'them', quiet: true }}` }])
    expect(shown(encode(message))).toMatchObject({ pinged: [], words: 'I will remind them' })
    expect(shown(encode(message, { pings: 'anyone', alone: true })).words).toBe('I will remind @U1')
  })

  it('carries the token of a button as its value', () => {
    const buttons = [
      { label: 'Done', token: 'done.A', style: 'primary' as const },
      { label: 'x'.repeat(100), token: 'b' },
    ]
    expect(encode(reply([{ kind: 'buttons', buttons }])).blocks).toEqual([
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'press.0',
            text: { type: 'plain_text', text: 'Done', emoji: true },
            value: 'done.A',
            style: 'primary',
          },
          { type: 'button', action_id: 'press.1', text: { type: 'plain_text', text: `${'x'.repeat(74)}…`, emoji: true }, value: 'b' },
        ],
      },
    ])
  })

  it.each([
    ['items', { kind: 'list', items: Array.from({ length: 900 }, (_, index) => ({ text: [`a rather long item ${index}`] })) }],
    ['fields', { kind: 'fields', fields: Array.from({ length: 45 }, (_, index) => ({ label: `${index}`, value: ['x'] })) }],
    ['buttons', { kind: 'buttons', buttons: Array.from({ length: 70 }, (_, index) => ({ label: `${index}`, token: `${index}` })) }],
    [
      'options',
      {
        kind: 'menu',
        placeholder: 'Which?',
        options: Array.from({ length: 130 }, (_, index) => ({ label: `${index}`, token: `${index}` })),
      },
    ],
  ] as const)('counts the %s that it does not show', (_what, block) => {
    expect(shown(encode(reply([block]))).words).toMatch(/… and \d+ more$/)
  })

  it('says exactly how many items are hidden', () => {
    const items = Array.from({ length: 900 }, (_, index) => ({ text: [`a rather long item ${index}`] }))
    const { words } = shown(encode(reply([{ kind: 'list', items }])))
    const listed = words.match(/•/g)?.length ?? 0
    expect(words).toContain(`… and ${900 - listed} more`)
  })

  it('keeps the buttons of a message that is too long', () => {
    const paragraphs = Array.from({ length: 80 }, (_, index) => ({ kind: 'text' as const, text: [`paragraph ${index}`] }))
    const encoded = encode(reply([...paragraphs, { kind: 'buttons', buttons: [{ label: 'Undo', token: 'undo' }] }]))
    expect(encoded.blocks).toHaveLength(50)
    expect(shown(encoded).buttons).toEqual(['Undo'])
  })

  it('is never refused by Slack and never pings, whatever it says', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('', ' ', '\n', '<!channel>', '@here', '*', '`', '\ud800', '<@U1>', '&amp;', '> quote'),
      fc.string({ unit: fc.constantFrom('&', '<', 'x', ' ', '😀', '*'), minLength: 1_000, maxLength: 9_000 }),
    )
    const span = fc.oneof(
      words,
      words.map(strong),
      words.map((text) => ({ kind: 'code' as const, text })),
      words.map((text) => ({ kind: 'link' as const, url: `https://a.example/${text}`, text })),
      words.map((name) => ({ kind: 'someone' as const, user: name, name })),
      fc.constant(noon),
    )
    const text = fc.array(span, { maxLength: 5 })
    const block: fc.Arbitrary<Block> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text }),
      fc.record({ kind: fc.constant('aside' as const), text }),
      fc.record({ kind: fc.constant('fields' as const), fields: fc.array(fc.record({ label: words, value: text }), { maxLength: 12 }) }),
      fc.record({ kind: fc.constant('list' as const), items: fc.array(fc.record({ text, detail: text }), { maxLength: 12 }) }),
      fc.record({
        kind: fc.constant('buttons' as const),
        buttons: fc.array(fc.record({ label: words, token: fc.constant('a.b.c.d.e') }), { maxLength: 30 }),
      }),
      fc.record({
        kind: fc.constant('menu' as const),
        placeholder: words,
        options: fc.array(fc.record({ label: words, token: fc.constant('a.b.c.d.e') }), { maxLength: 120 }),
      }),
    )
    const tone = fc.constantFrom<Tone>('done', 'ask', 'tell', 'problem', 'ring')
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), tone, (blocks, mood) => {
        const encoded = encode(reply(blocks, mood))
        expect(checkBlocks(encoded.blocks, 50)).toMatchObject({ ok: true })
        expect(encoded.text).not.toBe('')
        expect(JSON.stringify(encoded).isWellFormed()).toBe(true)
        expect(shown(encoded).pinged).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
