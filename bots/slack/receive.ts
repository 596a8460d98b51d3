import type { App, Receiver } from '@slack/bolt'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { Incoming } from '#core/message.ts'
import type { BotMeter, Inbox } from '#core/ports.ts'
import { type Connection, connect, type SendAck, type Timing } from './connection.ts'
import { decode, type Self } from './decode.ts'
import { type Opening, openingOf } from './event-form.ts'
import { keepConnected, type Line } from './line.ts'
import { pause } from './pause.ts'
import { eventId, Frame, type Payload, readPayload, type SocketFrame } from './wire.ts'

/** What the dispatcher finds in Bolt's context beside what Bolt puts there. */
export interface Arrival {
  readonly incoming: Incoming
  readonly payload: Payload
  /** On the monotonic clock, in milliseconds. */
  readonly readAt: number
  /** False when Slack got its ack before the event could be kept: it must not be run. */
  readonly kept: boolean
}

export interface ReceiverOptions {
  /** Who we are; asked for once before the first connection. */
  readonly self: () => Promise<Self>
  /** The address of a new socket. */
  readonly socketUrl: () => Promise<string>
  readonly inbox: Inbox
  readonly timing: Timing
  readonly meter: BotMeter
  readonly log: Logger
}

/** The last of the tries that Slack makes to deliver an event. */
const lastAttempt = 3

/**
 * Socket Mode for Bolt, losing nothing: an event is kept before it is acknowledged, answered once
 * however often Slack sends it, and picked up again when a process died over it.
 */
export function createReceiver({ self, socketUrl, inbox, timing, meter, log }: ReceiverOptions): Receiver {
  const working = new Set<Promise<void>>()
  /** The ids of events that are being answered here. */
  const atWork = new Set<string>()
  let app: App | undefined
  let line: Line | undefined
  let recovery: NodeJS.Timeout | undefined
  let us: Self | undefined

  async function dial(): Promise<Connection> {
    us ??= await self()
    return connect(await socketUrl(), (frame, ack) => track(onEnvelope(frame, ack)), timing)
  }

  function track(work: Promise<void>) {
    const done: Promise<void> = work
      .catch((error: unknown) => log.error({ platform: 'slack', err: error }, 'slack event not handled'))
      .finally(() => working.delete(done))
    working.add(done)
  }

  async function onEnvelope(envelope: SocketFrame, sendAck: SendAck) {
    const readAt = performance.now()
    const ack = onceOnly(envelope, sendAck, () => meter.acked('slack', (performance.now() - readAt) / 1_000))
    const frame = us && frameOf(envelope)
    const opening = frame && openingOf(frame)
    if (opening) return givenToBolt(frame.payload, ack, { opening }, envelope)
    const incoming = frame && us && decode(frame, us)
    if (!frame || !incoming) {
      if (isRateLimitNotice(envelope)) {
        meter.rateLimited('slack')
        log.warn({ platform: 'slack' }, 'slack holds events back: the workspace sends too many')
      }
      await ack()
      return
    }

    meter.arrived('slack', Math.max(0, (frame.receivedAt - incoming.at.epochMilliseconds) / 1_000))
    const kept = await keep(frame, envelope)
    if (kept === 'seen') await ack()
    if (kept === 'seen' || kept === 'refused') return
    await process({ incoming, payload: frame.payload, readAt, kept: kept === 'new' }, ack, envelope)
  }

  /** `late`: Slack's patience ends first. `refused`: Slack will send it again, so it gets no ack. */
  async function keep(frame: Frame, envelope: SocketFrame): Promise<'new' | 'seen' | 'late' | 'refused'> {
    const id = eventId(frame.payload)
    const sentAgain = 'event_id' in frame.payload && (envelope.retry_attempt ?? 0) < lastAttempt
    const keeping = inbox.keep({ platform: 'slack', id, raw: frame })
    try {
      if (sentAgain) return await keeping
      const kept = await Promise.race([keeping, pause(timing.keep)])
      if (kept !== undefined) return kept
      // Nobody will run it any more: the person was told to try again.
      track(keeping.then((late) => (late === 'new' ? inbox.finish('slack', id) : undefined)))
      return 'late'
    } catch (error) {
      log.error({ platform: 'slack', err: error }, 'slack event not kept')
      return sentAgain ? 'refused' : 'late'
    }
  }

  async function process(arrival: Arrival, ack: SendAckOnce, envelope?: SocketFrame) {
    const id = eventId(arrival.payload)
    atWork.add(id)
    try {
      await givenToBolt(arrival.payload, ack, { arrival }, envelope)
    } finally {
      atWork.delete(id)
    }
  }

  async function givenToBolt(
    body: Payload,
    ack: SendAckOnce,
    customProperties: { readonly arrival: Arrival } | { readonly opening: Opening },
    envelope?: SocketFrame,
  ) {
    await app?.processEvent({
      body,
      ack: async (response?: unknown) => {
        // The answer travels with the ack only if the connection still stands; otherwise it goes another way.
        if (!(await ack(response)) && response) throw new BotError('unreachable', 'the connection of the event is gone')
      },
      ...(envelope?.retry_attempt === undefined ? {} : { retryNum: envelope.retry_attempt }),
      ...(envelope?.retry_reason === undefined ? {} : { retryReason: envelope.retry_reason }),
      customProperties,
    })
  }

  async function recover() {
    if (!us) return
    for (const { id, raw } of await inbox.abandoned('slack')) {
      // An answer that Slack does not take yet outlasts our hold on its event; it is still being said.
      if (atWork.has(id)) continue
      const frame = Frame.safeParse(raw).data
      const incoming = frame && decode(frame, us)
      if (!frame || !incoming) {
        await inbox.finish('slack', id)
        continue
      }
      log.info({ platform: 'slack', id }, 'slack event taken over from a process that died')
      track(
        process(
          { incoming: { ...incoming, id, again: true }, payload: frame.payload, readAt: performance.now(), kept: true },
          async () => false,
        ),
      )
    }
  }

  return {
    init(bolt) {
      app = bolt
    },

    async start() {
      line = keepConnected({ dial, timing, meter, log })
      await line.firstTry
      track(recover())
      recovery = setInterval(() => track(recover()), timing.recovery)
    },

    async stop() {
      clearInterval(recovery)
      await line?.hangUp()
      await Promise.race([Promise.all(working), pause(timing.finish)])
    },
  }
}

/** False when the connection that the event came on is gone. */
type SendAckOnce = (response?: unknown) => Promise<boolean>

/** The first ack counts; an answer is only sent along where Slack takes one. */
function onceOnly(envelope: SocketFrame, sendAck: SendAck, acked: () => void): SendAckOnce {
  let sent: Promise<boolean> | undefined
  return (response) => {
    if (sent) return sent
    const carries = response !== undefined && envelope.accepts_response_payload === true
    sent = sendAck(carries ? response : undefined)
    void sent.then((arrived) => arrived && acked())
    // An answer that the envelope does not take has to go another way.
    return response !== undefined && !carries ? sent.then(() => false) : sent
  }
}

function frameOf(envelope: SocketFrame): Frame | undefined {
  const payload = readPayload(envelope.type, envelope.payload)
  return payload && { receivedAt: Date.now(), payload }
}

/** Sent above 30,000 events an hour, in the place of an event. */
function isRateLimitNotice({ payload }: SocketFrame): boolean {
  return typeof payload === 'object' && payload !== null && 'type' in payload && payload.type === 'app_rate_limited'
}
