import { createMemoryBot, type MemoryMessage } from '#bots/memory/index.ts'
import type { Incoming, Place } from '#core/message.ts'
import { type Block, plain, type Text } from '#core/reply.ts'
import { botContract, type Shown, type Stage } from '../contracts/bot.ts'

const now = () => Temporal.Now.instant()

botContract('memory', async (): Promise<Stage> => {
  const bot = createMemoryBot({ now })
  const changes: MemoryMessage[] = []
  const waiting: ((message: Shown) => void)[] = []
  bot.onShown((message) => {
    const waiter = waiting.shift()
    if (waiter) waiter(shown(message))
    else changes.push(message)
  })
  let events = 0
  let last: Incoming | undefined
  let written = ''
  const direct: Place = { platform: 'memory', space: 'S', channel: 'direct:ann', kind: 'direct' }
  const common = (place: Place) => ({ id: `event-${++events}`, at: now(), place, author: { id: 'ann', name: 'Ann' } })
  const receive = (message: Incoming, carrier?: MemoryMessage) => {
    last = message
    return bot.receive(message, carrier)
  }
  const sentence = (place: Place, text: string, isPrivate = false): Incoming => ({
    ...common(place),
    kind: 'sentence',
    text,
    addressed: true,
    private: isPrivate,
  })

  return {
    bot,
    space: 'S',
    ann: 'ann',
    bob: 'bob',
    channel: 'general',
    writes(text) {
      const message = sentence(direct, text)
      written = message.id
      return receive(message)
    },
    edits: (text) => receive({ ...sentence(direct, text), edits: written } as Incoming),
    mentions: (text) => receive(sentence({ ...direct, channel: 'general', kind: 'channel' }, text)),
    commands: (text) => receive(sentence(direct, text, true)),
    async presses({ id }, label) {
      const carrier = bot.messages.find((message) => message.id === id)
      const token = carrier?.reply.blocks
        .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
        .find((button) => button.label === label)?.token
      await receive({ ...common(direct), kind: 'press', token: token ?? '', private: false }, carrier)
    },
    redelivers: async () => {
      if (last) await bot.receive(last)
    },
    next: async () => {
      const change = changes.shift()
      return change ? shown(change) : new Promise((resolve) => waiting.push(resolve))
    },
    shown: () => bot.messages.map(shown),
    settled: async () => undefined,
    async [Symbol.asyncDispose]() {},
  }
})

function shown({ id, reply }: MemoryMessage): Shown {
  const texts = reply.blocks.flatMap(textsOf)
  return {
    id,
    words: texts.map((text) => plain(text)).join('\n'),
    buttons: reply.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [])),
    private: reply.visibility === 'author',
    pinged: texts.flat().flatMap((span) => (typeof span === 'object' && span.kind === 'someone' && !span.quiet ? [span.user] : [])),
  }
}

function textsOf(block: Block): Text[] {
  switch (block.kind) {
    case 'text':
    case 'aside':
      return [block.text]
    case 'fields':
      return block.fields.map(({ label, value }) => [label, ...value])
    case 'list':
      return block.items.flatMap(({ text, detail }) => (detail ? [text, detail] : [text]))
    default:
      return []
  }
}
