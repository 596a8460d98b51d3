import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Clock } from '#core/ports.ts'
import { type ClientFrame, type FrameErrorCode, readFrame, type ServerFrame, salvageId } from './frames.ts'
import { createLive } from './live.ts'
import { closeCode, createOutbox } from './outbox.ts'
import type { Account, Answer, Authenticate, Chat, Reads, Visitor, WebLimits, WebMeter } from './ports.ts'
import { createBucket } from './rate.ts'
import { occurrenceView, reminderView } from './views.ts'
import { isTimeZone, unknownTimeZone } from './zone.ts'

export type Topic = Extract<ClientFrame, { type: 'subscribe' }>['topic']

export interface ConnectionParts {
  readonly chat: Chat
  readonly reads: Reads
  readonly authenticate: Authenticate
  readonly limits: Required<WebLimits>
  readonly meter: WebMeter
  readonly clock: Clock
  /** A failure of ours while a frame was worked on. */
  failed(err: unknown): void
  /** The connection speaks for somebody else, or shows what somebody else owns, than before. */
  moved(connection: Connection, before: Identity): void
}

export interface Identity {
  readonly user: string | undefined
  /** The person id of the user, once something of theirs is shown here. */
  readonly owner: string | undefined
}

export interface Connection extends Identity {
  readonly session: string
  subscribes(topic: Topic): boolean
  /** Sends JSON that was made once for many. */
  queue(json: string): void
  /** The thing that a subscription shows may have changed. */
  changed(topic: Topic): void
  /** Resolves when every frame read so far is answered. */
  settled(): Promise<void>
  /** False when the last ping was not answered. Sends the next one. */
  beat(): boolean
}

/** Frames that may wait for the ones before them. */
const maxWaiting = 100

/** How long somebody may stay without saying who they are, in milliseconds. */
const strangerPatience = 10_000

/** What `subscribe` to the calendar shows when it names no window. */
const defaultWindow = { hours: 31 * 24 }
const longestWindowMs = 400 * 86_400_000

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

export function createConnection(socket: WebSocket, account: Account | undefined, address: string, parts: ConnectionParts): Connection {
  const { chat, reads, authenticate, limits, meter, clock } = parts
  const session = randomUUID()
  const bucket = createBucket(limits.rate)
  const outbox = createOutbox(socket, meter)
  const subscriptions = new Map<Topic, { refresh(): Promise<void> }>()
  let visitor: Visitor | undefined = account && { ...account, session }
  let owner: string | undefined
  let queue = Promise.resolve()
  let waiting = 0
  let alive = true
  let unnamed = 0
  const stranger = account ? undefined : setTimeout(leave, strangerPatience)

  function leave(): void {
    meter.dropped('stranger')
    socket.close(closeCode.policy, 'Say hello with a token first')
  }

  function refuse(code: FrameErrorCode, message: string, id?: string): void {
    outbox.send({ type: 'error', ...about(id), code, message })
  }

  async function hello({ token, timeZone, locale }: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    if (timeZone !== undefined && !isTimeZone(timeZone)) return refuse('unknown_time_zone', unknownTimeZone(timeZone))
    const known = token === undefined ? visitor : await authenticate(token, address)
    if (!known) return refuse('unauthorized', 'This token is not valid. Make one with: ducktape token create')
    clearTimeout(stranger)
    const before = { user: visitor?.user, owner }
    const { user, name, space } = known
    visitor = { user, name, space, session, ...(timeZone === undefined ? {} : { timeZone }), ...(locale === undefined ? {} : { locale }) }
    if (before.user !== user) {
      subscriptions.clear()
      owner = undefined
      parts.moved(connection, before)
    }
    const { maxMessageBytes, rate } = limits
    outbox.send({
      type: 'welcome',
      session,
      person: { user, name },
      limits: { maxMessageBytes, messagesPerSecond: rate.perSecond, burst: rate.burst },
    })
  }

  /** Ids that are not unique by their nature are made so, lest two clients' "1" be taken for the same sentence. */
  function messageId(id: string): string {
    if (uuid.test(id)) return id
    unnamed += 1
    return `${session}.${unnamed}`
  }

  function answer(id: string, { reply, line, said }: Answer, began: number): void {
    outbox.send({
      type: 'reply',
      id,
      reply: reply ?? null,
      ...(line === undefined ? {} : { line: { id: line.id, at: line.at.toString() } }),
      ...(said === undefined ? {} : { said: { id: said.id, at: said.at.toString() } }),
    })
    meter.replied((performance.now() - began) / 1_000)
  }

  async function subscribe(who: Visitor, { id, topic, from, to }: Extract<ClientFrame, { type: 'subscribe' }>): Promise<void> {
    if (topic === 'transcript') {
      subscriptions.set(topic, { refresh: async () => undefined })
      return outbox.send({ type: 'change', topic, id })
    }
    await watch(who)
    if (topic === 'reminders') {
      const show = async (answers?: string): Promise<void> =>
        push({ type: 'change', topic, ...about(answers), reminders: (await reads.reminders(who.user)).map(reminderView) }, answers)
      subscriptions.set(topic, createLive(show))
      return show(id)
    }
    const start = from === undefined ? clock.now() : Temporal.Instant.from(from)
    const end = to === undefined ? start.add(defaultWindow) : Temporal.Instant.from(to)
    const length = end.epochMilliseconds - start.epochMilliseconds
    if (length <= 0 || length > longestWindowMs)
      return refuse('invalid_frame', 'The window ends after it starts, at most 400 days later.', id)
    const show = async (answers?: string): Promise<void> =>
      push(
        { type: 'change', topic, ...about(answers), events: (await reads.events(who.user, start, end, 1_000)).map(occurrenceView) },
        answers,
      )
    subscriptions.set(topic, createLive(show))
    return show(id)
  }

  /** From now on, we are told of changes of what this person owns. */
  async function watch(who: Visitor): Promise<void> {
    if (owner !== undefined) return
    const before = { user: who.user, owner }
    owner = await reads.person(who.user)
    parts.moved(connection, before)
  }

  function push(frame: ServerFrame, answers: string | undefined): void {
    if (answers === undefined) outbox.queue(JSON.stringify(frame))
    else outbox.send(frame)
  }

  async function act(frame: Exclude<ClientFrame, { type: 'ping' }>, began: number): Promise<void> {
    if (frame.type === 'hello') return hello(frame)
    const who = visitor
    if (!who) return refuse('unauthorized', 'Say hello with a token first. Make one with: ducktape token create', frame.id)
    switch (frame.type) {
      case 'command':
        if (frame.text.trim() === '')
          return refuse('empty_text', 'Write a sentence, such as "remind me in 10 minutes to stretch".', frame.id)
        return answer(frame.id, await chat.command(who, { id: messageId(frame.id), text: frame.text }), began)
      case 'action': {
        const { id, action: token, value: line } = frame
        return answer(id, await chat.press(who, { id: messageId(id), token, ...(line === undefined ? {} : { line }) }), began)
      }
      case 'subscribe':
        return subscribe(who, frame)
    }
  }

  async function actSafely(frame: Exclude<ClientFrame, { type: 'ping' }>, began: number): Promise<void> {
    try {
      await act(frame, began)
    } catch (err) {
      parts.failed(err)
      refuse('unavailable', 'Something went wrong on my side. Please try again in a moment.', 'id' in frame ? frame.id : undefined)
    } finally {
      waiting -= 1
    }
  }

  /** What can be said at once; undefined when the frame waits its turn. */
  function read(bytes: Buffer, binary: boolean): ServerFrame | undefined {
    const began = performance.now()
    const allowed = bucket.take() && waiting < maxWaiting
    if (binary) return { type: 'error', code: 'binary_not_supported', message: 'Frames are JSON text.' }
    if (!isUtf8(bytes)) return { type: 'error', code: 'invalid_text', message: 'The frame is not valid UTF-8.' }
    const text = bytes.toString()
    if (!allowed) {
      const message = `Too many frames: at most ${limits.rate.perSecond} a second. Wait a moment.`
      return { type: 'error', ...about(salvageId(text)), code: 'rate_limited', message }
    }
    const reading = readFrame(text)
    if (reading.kind === 'refused') return reading.error
    const { frame } = reading
    if (frame.type === 'ping') return { type: 'pong', id: frame.id }
    waiting += 1
    queue = queue.then(() => actSafely(frame, began))
    return undefined
  }

  socket.on('message', (data, binary) => {
    meter.message('in')
    const said = read(data as Buffer, binary)
    if (said) outbox.send(said)
  })
  socket.on('pong', () => {
    alive = true
  })
  socket.on('close', () => clearTimeout(stranger))

  const connection: Connection = {
    session,
    get user() {
      return visitor?.user
    },
    get owner() {
      return owner
    },
    subscribes: (topic) => subscriptions.has(topic),
    queue: outbox.queue,
    changed(topic) {
      subscriptions.get(topic)?.refresh().catch(parts.failed)
    },
    settled: () => queue,
    beat() {
      const answered = alive
      alive = false
      if (answered) socket.ping()
      return answered
    },
  }
  return connection
}

function about(id: string | undefined): { readonly id?: string } {
  return id === undefined ? {} : { id }
}
