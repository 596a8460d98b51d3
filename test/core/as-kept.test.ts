import { describe, expect, it } from 'vitest'
import { asKept } from '#core/as-kept.ts'
import type { Sentence } from '#core/message.ts'
import { createLanguage } from '#language/language.ts'

const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const { understand } = createLanguage()

function kept(text: string, more: Partial<Sentence> = {}) {
  const message: Sentence = {
    kind: 'sentence',
    id: '1',
    at: now,
    place: { platform: 'slack', space: 'T1', channel: 'C1', kind: 'channel' },
    author: { id: 'U1', name: 'Ann' },
    text,
    addressed: true,
    private: false,
    mentioned: [{ id: 'U2', name: 'Bob' }],
    channels: [{ id: 'C2', name: 'ops' }],
    ...more,
  }
  return asKept(understand({ text, now, timeZone: 'UTC', locale: 'en-US', addressed: true }), message)
}

describe('what is kept of a sentence', () => {
  it.each([
    ['remind me to call <@U2> about <#C2> tomorrow', 'call Bob about #ops'],
    ['remind me to read <#C9|lost> and <#C8> tomorrow', 'read #lost and <#C8>'],
    ['remind me to ask <@U7> tomorrow', 'ask <@U7>'],
    ['todo thank <@!U2>', 'thank Bob'],
  ])('"%s" calls people and channels by name: "%s"', (text, title) => {
    expect(kept(text).title).toBe(title)
  })

  it('leaves whom it is for as the platform knows them', () => {
    expect(kept('remind <@U2> to call tomorrow')).toMatchObject({ title: 'call', people: [{ mention: '<@U2>' }] })
  })

  it.each(['remind me about this tomorrow', 'remind me of this', 'todo this', 'note: this'])('takes "%s" for what it points at', (text) => {
    const about = { words: `the door\ncode is ${'long '.repeat(60)}`, link: 'https://a.example/p1' }
    expect(kept(text, { about }).title).toMatch(/^the door code is (?:long ){20,24}lon?…? ?.*https:\/\/a\.example\/p1$/)
    expect(kept(text, { about: { ...about, words: '' } }).title).toBe('look at this https://a.example/p1')
    expect(kept(text).title ?? kept(text).content).toMatch(/^(?:this|that)$/)
  })
})
