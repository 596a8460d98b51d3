import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import { type Block, type Button, plain, type Reply, type Span, spell, type Text } from '#core/reply.ts'
import { readConfig } from '../config.ts'

/** The frames that a terminal shows, and of them only what it shows. */
const Line = z.object({ id: z.string(), reply: z.custom<Reply>().nullish() })
const Frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), person: z.object({ name: z.string() }) }),
  z.object({ type: z.literal('reply'), id: z.string(), reply: z.custom<Reply>().nullish(), line: Line.optional() }),
  z.object({ type: z.literal('change'), topic: z.literal('transcript'), line: Line.optional() }),
  z.object({ type: z.literal('reminder'), reply: z.custom<Reply>().optional() }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
])

/** Frames that are due together come as one. */
const Message = z.looseObject({ items: z.array(z.unknown()).optional() })

/** Talks to the running server from the terminal: sentences, and the number of a button. */
export async function run(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: { url: { type: 'string' }, token: { type: 'string' } } })
  const { http } = readConfig()
  const base = values.url ?? http.publicUrl ?? `http://${http.host}:${http.port}`
  const socket = await connect(base)
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ', terminal: Boolean(process.stdin.isTTY) })
  const isTerminal = Boolean(process.stdout.isTTY)
  let buttons: readonly Button[] = []
  let sent = 0
  let answered = Promise.withResolvers<void>()
  /** What is under way: the lines of the chat that change until it is over. */
  const underWay = new Set<string>()
  let settled = Promise.withResolvers<void>()
  /** The line that was printed last, which may be drawn again where it stands. */
  let last: { readonly id: string | undefined; readonly goesOn: boolean; readonly rows: number } | undefined
  let isClosed = false

  function print(text: string, id?: string, goesOn = false): void {
    process.stdout.write(`${text}\n`)
    last = { id, goesOn, rows: text.split('\n').length }
    if (isTerminal && !isClosed) terminal.prompt(true)
  }

  function showReply(reply: Reply, id: string | undefined): void {
    buttons = buttonsOf(reply)
    if (id !== undefined && isUnderWay(reply)) underWay.add(id)
    print(shown(reply, buttons), id, isUnderWay(reply))
  }

  /** A bar that has grown, or how it ended: drawn over itself, or below what was written since. */
  function showAgain(reply: Reply, id: string): void {
    const over = !isUnderWay(reply)
    if (!underWay.has(id)) {
      if (over) return
      // What a sentence began goes on in a line of its own.
      underWay.clear()
    }
    if (over) underWay.delete(id)
    // The prompt stands on a row of its own.
    if (isTerminal && last && (last.id === id || last.goesOn)) process.stdout.write(`\r\u001b[${last.rows}A\u001b[J`)
    if (over || isTerminal) showReply(reply, id)
    if (underWay.size === 0) settled.resolve()
  }

  function show(frame: z.output<typeof Frame>): void {
    if (frame.type === 'welcome') {
      print(`Connected to ${base} as ${frame.person.name}. Type a sentence; the number of a button presses it.`)
    }
    if (frame.type === 'error') {
      print(frame.message)
      if (frame.code === 'unauthorized') process.exitCode = 1
    }
    if ((frame.type === 'reply' || frame.type === 'reminder') && frame.reply)
      showReply(frame.reply, frame.type === 'reply' ? frame.line?.id : undefined)
    if (frame.type === 'change' && frame.line?.reply) showAgain(frame.line.reply, frame.line.id)
    if (frame.type === 'reply' || frame.type === 'error') answered.resolve()
  }

  socket.on('message', (data) => {
    const message = Message.safeParse(JSON.parse(String(data)))
    for (const item of message.data?.items ?? [message.data]) {
      const frame = Frame.safeParse(item)
      if (frame.success) show(frame.data)
    }
  })
  terminal.on('close', () => {
    isClosed = true
  })
  socket.on('close', () => {
    terminal.close()
    answered.resolve()
    settled.resolve()
  })
  socket.send(
    JSON.stringify({ type: 'hello', timeZone: Temporal.Now.timeZoneId(), ...(values.token === undefined ? {} : { token: values.token }) }),
  )

  // What goes on is shown as it does.
  socket.send(JSON.stringify({ type: 'subscribe', id: 'lines', topic: 'transcript' }))

  for await (const line of terminal) {
    const text = line.trim()
    if (text === '') continue
    const button = /^\d+$/.test(text) ? buttons[Number(text) - 1] : undefined
    const id = String(++sent)
    answered = Promise.withResolvers()
    last = undefined
    socket.send(JSON.stringify(button ? { type: 'action', id, action: button.token } : { type: 'command', id, text }))
    // The number of a button is of the answer before it.
    await answered.promise
  }
  // Input from a pipe ends before all that it began is over.
  if (!isTerminal && underWay.size > 0 && socket.readyState === WebSocket.OPEN) {
    settled = Promise.withResolvers()
    await settled.promise
  }
  socket.close()
  if (socket.readyState !== WebSocket.CLOSED) await new Promise((resolve) => socket.once('close', resolve))
}

async function connect(base: string): Promise<WebSocket> {
  const url = new URL('/ws', base.replace(/^http/, 'ws'))
  const socket = new WebSocket(url)
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
  } catch (cause) {
    throw new BotError('misconfigured', `nothing answers at ${base}: start DuckTape with “npm start”, or name it with --url.`, { cause })
  }
  return socket
}

/** Whether a bar shows how far something is. */
function isUnderWay({ blocks }: Reply): boolean {
  return blocks.some((block) => block.kind === 'text' && block.share !== undefined)
}

function buttonsOf({ blocks }: Reply): readonly Button[] {
  return blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : block.kind === 'menu' ? block.options : []))
}

/** A reply as lines of text; buttons get numbers. */
function shown({ blocks, tone }: Reply, buttons: readonly Button[]): string {
  const choices = buttons.map(({ label }, index) => `[${index + 1}] ${label}`).join('  ')
  return [...blocks.flatMap((block) => linesOf(block, tone)), ...(choices === '' ? [] : [`  ${choices}`])].join('\n')
}

function linesOf(block: Block, tone: Reply['tone']): string[] {
  switch (block.kind) {
    case 'text':
      return [`${tone === 'ring' ? '⏰ ' : ''}${words(block.text)}`]
    case 'aside':
      return [`  ${words(block.text)}`]
    case 'fields':
      return block.fields.map(({ label, value }) => `  ${label}: ${words(value)}`)
    case 'list':
      return block.items.map(({ text, detail }) => `  ${words(text)}${detail ? `  ${words(detail)}` : ''}`)
    case 'buttons':
    case 'menu':
      return []
  }
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/** In the zone of this terminal, whatever zone the answer was made for. */
function words(text: Text): string {
  const here = Temporal.Now.timeZoneId()
  return plain(text.map(withAddress), (time) => {
    if (time.show !== 'relative') return spell({ ...time, timeZone: here })
    const seconds = Math.round((Date.parse(time.at) - Date.now()) / 1_000)
    const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
    return relative.format(Math.round(seconds / size), unit)
  })
}

/** A terminal shows no link behind its words. */
function withAddress(span: Span): Span {
  return typeof span === 'string' || span.kind !== 'link' || span.text === span.url ? span : `${span.text} (${span.url})`
}
