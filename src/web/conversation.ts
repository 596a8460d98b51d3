import { isUtf8 } from 'node:buffer'
import type { Clock } from '#core/ports.ts'
import { isTimeZone } from '#core/zone.ts'
import type { Connection } from './connection.ts'
import { type ClientFrame, type FrameErrorCode, readFrame, type ServerFrame, salvageId } from './frames.ts'
import { createLive } from './live.ts'
import type { Outbox } from './outbox.ts'
import type { Answer, Authenticate, Chat, Reads, Visitor, WebLimits, WebMeter } from './ports.ts'
import { take } from './rate.ts'
import { occurrenceView, reminderView } from './views.ts'
import { isWindow } from './window.ts'
import { unknownTimeZone } from './zone.ts'

export interface ConversationParts {
  readonly chat: Chat
  readonly reads: Reads
  readonly authenticate: Authenticate
  readonly outbox: Outbox
  readonly limits: Required<WebLimits>
  readonly meter: WebMeter
  readonly clock: Clock
  /** A failure of ours while a frame was worked on. */
  failed(err: unknown, connection: Connection): void
  /** The connection speaks for somebody else, or shows what somebody else owns, from now on. */
  move(connection: Connection, to: Pick<Connection, 'visitor' | 'owner'>): void
}

type Frame<Type extends ClientFrame['type']> = Extract<ClientFrame, { type: Type }>

/** Frames that may wait for the ones before them. */
const maxWaiting = 100

/** What `subscribe` to the calendar shows when it names no window. */
const defaultWindow = { hours: 31 * 24 }

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** What is answered to each frame. */
export function createConversation(parts: ConversationParts) {
  const { chat, reads, authenticate, outbox, limits, meter, clock } = parts

  function refuse(connection: Connection, code: FrameErrorCode, message: string, id?: string): void {
    outbox.send(connection, { type: 'error', ...about(id), code, message })
  }

  async function hello(connection: Connection, { token, timeZone, locale }: Frame<'hello'>): Promise<void> {
    if (timeZone !== undefined && !isTimeZone(timeZone)) return refuse(connection, 'unknown_time_zone', unknownTimeZone(timeZone))
    const known = token === undefined ? connection.visitor : await authenticate(token, connection.address)
    if (!known) return refuse(connection, 'unauthorized', 'This token is not valid. Make one with: ducktape token create')
    clearTimeout(connection.stranger)
    const { session } = connection
    const { user, name, admin = false } = known
    const same = connection.visitor?.user === user
    if (!same) connection.subscriptions?.clear()
    parts.move(connection, {
      visitor: {
        user,
        name,
        admin,
        session,
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(locale === undefined ? {} : { locale }),
      },
      owner: same ? connection.owner : undefined,
    })
    const { maxMessageBytes, rate } = limits
    const shownLimits = { maxMessageBytes, messagesPerSecond: rate.perSecond, burst: rate.burst }
    outbox.send(connection, { type: 'welcome', session, person: { user, name }, limits: shownLimits })
  }

  /** Ids that are not unique by their nature are made so, lest two clients' "1" be taken for the same sentence. */
  function messageId(connection: Connection, id: string): string {
    if (uuid.test(id)) return id
    connection.unnamed += 1
    return `${connection.session}.${connection.unnamed}`
  }

  function answer(connection: Connection, id: string, { reply, line, said }: Answer, began: number): void {
    outbox.send(connection, {
      type: 'reply',
      id,
      reply: reply ?? null,
      ...(line === undefined ? {} : { line: { id: line.id, at: line.at.toString() } }),
      ...(said === undefined ? {} : { said: { id: said.id, at: said.at.toString() } }),
    })
    meter.replied((performance.now() - began) / 1_000)
  }

  async function subscribe(connection: Connection, who: Visitor, frame: Frame<'subscribe'>): Promise<void> {
    const { id, topic } = frame
    if (topic === 'transcript') {
      follow(connection, topic, async () => undefined)
      return outbox.send(connection, { type: 'change', topic, id })
    }
    const show = topic === 'reminders' ? remindersOf(connection, who) : calendarOf(connection, who, frame)
    if (!show) return refuse(connection, 'invalid_frame', 'The window ends after it starts, at most 400 days later.', id)
    if (connection.owner === undefined) parts.move(connection, { visitor: connection.visitor, owner: await reads.person(who.user) })
    follow(connection, topic, createLive(show))
    return show(id)
  }

  function follow(connection: Connection, topic: Frame<'subscribe'>['topic'], refresh: () => Promise<void>): void {
    connection.subscriptions ??= new Map()
    connection.subscriptions.set(topic, refresh)
  }

  function remindersOf(connection: Connection, who: Visitor) {
    return async (id?: string): Promise<void> => {
      const reminders = (await reads.reminders(who.user)).map(reminderView)
      push(connection, { type: 'change', topic: 'reminders', ...about(id), reminders })
    }
  }

  /** Undefined when the window is none. */
  function calendarOf(connection: Connection, who: Visitor, { from, to }: Frame<'subscribe'>) {
    const start = from === undefined ? clock.now() : Temporal.Instant.from(from)
    const end = to === undefined ? start.add(defaultWindow) : Temporal.Instant.from(to)
    if (!isWindow(start, end)) return undefined
    return async (id?: string): Promise<void> => {
      const events = (await reads.events(who.user, start, end, 1_000)).map(occurrenceView)
      push(connection, { type: 'change', topic: 'calendar', ...about(id), events })
    }
  }

  function push(connection: Connection, frame: Extract<ServerFrame, { type: 'change' }>): void {
    if (frame.id === undefined) outbox.queue(connection, JSON.stringify(frame))
    else outbox.send(connection, frame)
  }

  async function act(connection: Connection, frame: Exclude<ClientFrame, { type: 'ping' }>, began: number): Promise<void> {
    if (frame.type === 'hello') return hello(connection, frame)
    const { id } = frame
    const who = connection.visitor
    if (!who) return refuse(connection, 'unauthorized', 'Say hello with a token first. Make one with: ducktape token create', id)
    switch (frame.type) {
      case 'command': {
        const { text } = frame
        if (text.trim() === '')
          return refuse(connection, 'empty_text', 'Write a sentence, such as "remind me in 10 minutes to stretch".', id)
        return answer(connection, id, await chat.command(who, { id: messageId(connection, id), text }), began)
      }
      case 'action': {
        const { action: token, value: line, text } = frame
        const typed = text === undefined ? {} : { text }
        const press = { id: messageId(connection, id), token, ...(line === undefined ? {} : { line }), ...typed }
        return answer(connection, id, await chat.press(who, press), began)
      }
      case 'subscribe':
        return subscribe(connection, who, frame)
    }
  }

  async function actInTurn(connection: Connection, frame: Exclude<ClientFrame, { type: 'ping' }>, began: number): Promise<void> {
    const before = connection.queue
    connection.waiting += 1
    await before
    try {
      await act(connection, frame, began)
    } catch (err) {
      parts.failed(err, connection)
      if (frame.type === 'command' || frame.type === 'action') meter.unanswered()
      refuse(
        connection,
        'unavailable',
        'Something went wrong on my side. Please try again in a moment.',
        'id' in frame ? frame.id : undefined,
      )
    } finally {
      connection.waiting -= 1
    }
  }

  /** What can be said at once; undefined when the frame waits its turn. */
  function read(connection: Connection, bytes: Buffer, binary: boolean): ServerFrame | undefined {
    const began = performance.now()
    const allowed = take(connection.bucket, limits.rate) && connection.waiting < maxWaiting
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
    const work = actInTurn(connection, frame, began)
    connection.queue = work
    // A promise for each frame ever read would otherwise hang on the one before it.
    void work.then(() => {
      if (connection.queue === work) connection.queue = undefined
    })
    return undefined
  }

  return {
    heard(connection: Connection, bytes: Buffer, binary: boolean): void {
      meter.message('in')
      const said = read(connection, bytes, binary)
      if (said) outbox.send(connection, said)
    },
  }
}

function about(id: string | undefined): { readonly id?: string } {
  return id === undefined ? {} : { id }
}
