import { randomUUID } from 'node:crypto'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { createMemoryTranscripts } from '#bots/memory/transcripts.ts'
import { createWebBot } from '#bots/web/index.ts'
import type { Block, Reply } from '#core/reply.ts'
import type { ServerFrame } from '#web/frames.ts'
import { replyWords } from '#web/views.ts'
import { botContract, type Shown, type Stage } from '../contracts/bot.ts'
import { connect } from './support/client.ts'
import { clock, openHouse } from './support/house.ts'

botContract('the page', openStage, { channels: false, commands: false, edits: false })

/** The page's chat over a real socket, as a window of the page uses it. */
async function openStage(): Promise<Stage> {
  const transcripts = createMemoryTranscripts({ clock })
  const broadcast = createMemoryBroadcast()
  const bot = createWebBot({ transcripts, broadcast, clock })
  const house = await openHouse({ chat: bot.chat, transcripts, broadcast })
  const client = await connect(house.url)
  client.send({ type: 'hello', timeZone: 'Europe/Berlin' })
  const { person } = await client.next('welcome')
  await client.settled()
  const lines = new Map<string, Reply>()
  let last: object = {}

  function see(frame: ServerFrame): Shown | undefined {
    if (frame.type === 'reply' && frame.reply && frame.line) return keep(frame.line.id, frame.reply)
    if (frame.type === 'reminder') return keep(frame.line.id, frame.reply)
    if (frame.type === 'change' && frame.topic === 'transcript' && frame.line?.reply) return keep(frame.line.id, frame.line.reply)
    return undefined
  }

  function keep(id: string, reply: Reply): Shown {
    lines.set(id, reply)
    return show(id, reply)
  }

  return {
    bot,
    space: 'local',
    ann: person.user,
    bob: 'bob',
    channel: person.user,
    async writes(text) {
      last = { type: 'command', id: randomUUID(), text }
      client.send(last)
      await client.settled()
    },
    async redelivers() {
      client.send(last)
      await client.settled()
    },
    async presses(message, label) {
      client.send({ type: 'action', id: randomUUID(), action: tokenOf(lines.get(message.id), label), value: message.id })
      await client.settled()
    },
    async next() {
      const shown = see(await client.take((frame): frame is ServerFrame => see(frame) !== undefined))
      if (!shown) throw new Error('a frame that shows a line no longer shows it')
      return shown
    },
    shown: () => [...lines].map(([id, reply]) => show(id, reply)),
    settled: () => client.settled(),
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]()
      await house[Symbol.asyncDispose]()
    },
  }
}

function show(id: string, reply: Reply): Shown {
  return { id, words: replyWords(reply), buttons: reply.blocks.flatMap(labels), private: false, pinged: [] }
}

function labels(block: Block): string[] {
  return block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : []
}

function tokenOf(reply: Reply | undefined, label: string): string {
  const buttons = reply?.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])) ?? []
  const button = buttons.find((one) => one.label === label)
  if (!button) throw new Error(`no button says ${label}`)
  return button.token
}
