import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createMemoryTranscripts } from '#bots/memory/transcripts.ts'
import { encode } from '#bots/web/encode.ts'
import { createWebBot, createWebMessenger } from '#bots/web/index.ts'
import { BotError } from '#core/errors.ts'
import type { Deliver } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { clock, tell } from './support/house.ts'

const me = { user: 'me', name: 'Me', space: 'local' } as const

function withButton(token: string): Reply {
  return { tone: 'ring', visibility: 'place', blocks: [{ kind: 'buttons', buttons: [{ label: 'Done', token }] }] }
}

describe('the chat of the page', () => {
  let transcripts: ReturnType<typeof createMemoryTranscripts>
  let bot: ReturnType<typeof createWebBot>
  let answer: Deliver

  beforeEach(async () => {
    transcripts = createMemoryTranscripts({ clock })
    bot = createWebBot({ transcripts, broadcast: createMemoryBroadcast(), clock })
    answer = async () => ({ ...tell('done'), replaces: true })
    await bot.start((message) => answer(message))
  })

  it('finds the line of a button by its token, the newest first', async () => {
    await transcripts.append('me', { from: 'ducktape', reply: withButton('a') })
    const newest = await transcripts.append('me', { from: 'ducktape', reply: withButton('a') })
    const { line } = await bot.chat.press(me, { id: '1', token: 'a' })
    expect(line?.id).toBe(newest.id)
    expect((await transcripts.recent('me', 10)).map(({ reply }) => reply?.tone)).toEqual(['ring', 'tell'])
  })

  it('finds the line of an entry of a menu', async () => {
    const menu: Reply = { ...tell(), blocks: [{ kind: 'menu', placeholder: 'Which?', options: [{ label: 'One', token: 'a' }] }] }
    const carrier = await transcripts.append('me', { from: 'ducktape', reply: menu })
    expect((await bot.chat.press(me, { id: '1', token: 'a' })).line?.id).toBe(carrier.id)
  })

  it('answers in a new line when the button is gone, or is not on the line that was named', async () => {
    const other = await transcripts.append('me', { from: 'ducktape', reply: withButton('b') })
    await bot.chat.press(me, { id: '1', token: 'a' })
    await bot.chat.press(me, { id: '2', token: 'a', line: other.id })
    expect((await transcripts.recent('me', 10)).map(({ reply }) => reply?.tone)).toEqual(['ring', 'tell', 'tell'])
  })

  it('keeps no address of a calendar, which may be all that it takes to read it', async () => {
    const heard: string[] = []
    answer = async (message) => {
      heard.push(message.kind === 'sentence' ? message.text : '')
      return tell()
    }
    const text = 'subscribe to https://calendar.example.org/private-4711/basic.ics as Team'
    await bot.chat.command(me, { id: '1', text })
    await bot.chat.command(me, { id: '2', text: 'note: look at https://example.org/page' })
    expect(heard[0]).toBe(text)
    const said = (await transcripts.recent('me', 10)).flatMap(({ text: line }) => line ?? [])
    expect(said).toEqual(['subscribe to https://calendar.example.org/… as Team', 'note: look at https://example.org/page'])
  })

  it('never touches the line of somebody else', async () => {
    const theirs = await transcripts.append('ann', { from: 'ducktape', reply: withButton('a') })
    await bot.chat.press(me, { id: '1', token: 'a', line: theirs.id })
    expect((await transcripts.get('ann', theirs.id))?.reply).toEqual(withButton('a'))
  })

  it('runs a sentence once that arrives twice at the same time', async () => {
    let runs = 0
    answer = async () => {
      runs += 1
      return tell('once')
    }
    const sentence = { id: '0190a0a0-0000-7000-8000-000000000000', text: 'hello' }
    await Promise.all([bot.chat.command(me, sentence), bot.chat.command(me, sentence)])
    expect(runs).toBe(1)
    expect(await transcripts.recent('me', 10)).toHaveLength(2)
  })

  it('takes out of a sentence what cannot be shown or kept', async () => {
    await bot.chat.command(me, { id: '1', text: 'a\u0000b\u0007c\td\n\ud800e' })
    expect((await transcripts.recent('me', 10))[0]?.text).toBe('abc\td\n\ufffde')
  })

  it('says that it is starting or stopping while nothing listens', async () => {
    const idle = createWebBot({ transcripts, broadcast: createMemoryBroadcast(), clock })
    await expect(idle.chat.command(me, { id: '1', text: 'hello' })).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('a message of the page', () => {
  it('says how much of a long list it leaves out', () => {
    const items = Array.from({ length: 205 }, (_, index) => ({ text: [`item ${index}`] }))
    const { blocks } = encode({ ...tell(), blocks: [{ kind: 'list', items }] })
    expect(blocks).toMatchObject([
      { kind: 'list', items: { length: 200 } },
      { kind: 'aside', text: ['and 5 more'] },
    ])
  })

  it('has an end, however long the text', () => {
    const { blocks } = encode(tell('a'.repeat(15_000), 'b'.repeat(15_000), 'c'))
    const [block] = blocks
    const words = block?.kind === 'text' ? block.text.join('') : ''
    expect(words).toHaveLength(20_001)
    expect(words.endsWith('b…')).toBe(true)
  })
})

describe('the messenger of the page', () => {
  it('sends once with one mark', async () => {
    const transcripts = createMemoryTranscripts({ clock })
    const messenger = createWebMessenger({ transcripts, broadcast: createMemoryBroadcast() })
    const to = { kind: 'direct', user: 'me' } as const
    const first = await messenger.send('local', to, tell('stretch'), 'mark')
    expect(await messenger.send('local', to, tell('stretch'), 'mark')).toEqual(first)
    expect(await transcripts.recent('me', 10)).toHaveLength(1)
  })

  it('says that the place is out of reach when the line cannot be kept', async () => {
    const cause = new Error('on fire')
    const transcripts = { ...createMemoryTranscripts({ clock }), append: () => Promise.reject(cause) }
    const messenger = createWebMessenger({ transcripts, broadcast: createMemoryBroadcast() })
    const failure = await messenger.send('local', { kind: 'direct', user: 'me' }, tell('x'), 'mark').catch((err: unknown) => err)
    expect(failure).toBeInstanceOf(BotError)
    expect(failure).toMatchObject({ code: 'unreachable', cause })
  })

  it('counts a line as sent even when no window could be told', async () => {
    const transcripts = createMemoryTranscripts({ clock })
    const broadcast = { ...createMemoryBroadcast(), publish: () => Promise.reject(new Error('no route')) }
    const messenger = createWebMessenger({ transcripts, broadcast })
    await messenger.send('local', { kind: 'direct', user: 'me' }, tell('stretch'), 'mark')
    expect(await transcripts.recent('me', 10)).toHaveLength(1)
  })
})
