import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { periods } from './options.ts'
import type { createSockets, Link } from './sockets.ts'
import type { World } from './world.ts'

type Sockets = ReturnType<typeof createSockets>

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api'

/** What became of something that was sent to the app. */
export type Outcome =
  | { readonly kind: 'acked'; readonly payload: unknown; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly why: string }

interface Pending {
  readonly link: Link
  readonly type: EnvelopeType
  readonly acceptsPayload: boolean
  readonly sentAt: number
  readonly settle: (outcome: Outcome) => void
}

const Ack = z.object({ envelope_id: z.string(), payload: z.unknown().optional() })

/** Envelopes out, acks in, and what Slack does when there is no ack. */
export function createDeliveries(world: World, sockets: Sockets) {
  const { journal } = world
  const pending = new Map<string, Pending>()
  const done = new Map<string, 'duplicate_ack' | 'late_ack'>()
  const late: (() => void)[] = []
  const chance = world.settings.unruly === 0 ? undefined : seeded(world.settings.unruly)
  let held: (() => void)[] | undefined

  /** One try on one connection. */
  function attempt(type: EnvelopeType, payload: object, acceptsPayload: boolean, retry = { attempt: 0, reason: '' }): Promise<Outcome> {
    const link = sockets.pick()
    if (!link) {
      journal.record('undeliverable', { type })
      return Promise.resolve({ kind: 'failed', why: 'no connection' })
    }
    const id = randomUUID()
    const again = type === 'events_api' ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {}
    return new Promise((settle) => {
      pending.set(id, { link, type, acceptsPayload, sentAt: performance.now(), settle })
      journal.record('envelope', { id, type, link: link.id, attempt: retry.attempt, payload })
      sockets.send(link, { envelope_id: id, type, payload, accepts_response_payload: acceptsPayload, ...again })
      world.later(periods.ack, () => expire(id))
    })
  }

  function expire(id: string) {
    const waiting = pending.get(id)
    if (!waiting) return
    pending.delete(id)
    done.set(id, 'late_ack')
    // A connection that broke took the ack with it; that is nobody's fault.
    if (sockets.isLive(waiting.link) && !waiting.link.silent) journal.violation('no_ack', { id, type: waiting.type })
    else journal.record('ack lost', { id })
    waiting.settle({ kind: 'failed', why: 'timeout' })
  }

  function received(link: Link, text: string) {
    const ack = readAck(text)
    if (!ack) return journal.violation('malformed_frame', { link: link.id, text: text.slice(0, 200) })
    const waiting = pending.get(ack.envelope_id)
    journal.record('ack', { id: ack.envelope_id, link: link.id, ...(ack.payload === undefined ? {} : { payload: ack.payload }) })
    if (!waiting) return journal.violation(done.get(ack.envelope_id) ?? 'unknown_ack', { id: ack.envelope_id })
    if (waiting.link !== link) journal.violation('ack_on_other_connection', { id: ack.envelope_id })
    if (!waiting.acceptsPayload && hasContent(ack.payload)) journal.violation('unwanted_ack_payload', { id: ack.envelope_id })
    pending.delete(ack.envelope_id)
    done.set(ack.envelope_id, 'duplicate_ack')
    waiting.settle({ kind: 'acked', payload: ack.payload, afterMs: performance.now() - waiting.sentAt })
  }

  /** Events are sent up to four times: at once, at once again, after a minute, after five. */
  async function event(payload: object): Promise<Outcome> {
    let outcome = await attempt('events_api', payload, false)
    for (const [index, pause] of [0, periods.secondRetry, periods.thirdRetry].entries()) {
      if (outcome.kind === 'acked') return outcome
      if (pause > 0) await new Promise<void>((resolve) => world.later(pause, resolve))
      outcome = await attempt('events_api', payload, false, { attempt: index + 1, reason: 'timeout' })
    }
    return outcome
  }

  function unruly(payload: object, roll: () => number): Promise<Outcome> {
    const overtaken = late.splice(0)
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const send = () => {
      void event(payload).then(resolve)
      if (roll() < 0.2) void again(payload)
    }
    if (overtaken.length === 0 && roll() < 0.2) {
      late.push(send)
      // The last one is not kept back for ever.
      world.later(periods.ack / 10, () => {
        for (const waiting of late.splice(0)) waiting()
      })
    } else send()
    for (const waiting of overtaken) waiting()
    return promise
  }

  /** Sends an event again although it was acknowledged, as Slack does when the ack got lost. */
  const again = (payload: object) => attempt('events_api', payload, false, { attempt: 1, reason: 'timeout' })

  return {
    received,
    event,
    again,

    /** A slash command or an interaction: one try, and the person sees whether it failed. */
    interaction: (type: EnvelopeType, payload: object, acceptsPayload: boolean) => attempt(type, payload, acceptsPayload),

    /** Events wait until `release`, which sends them in the opposite order. */
    hold() {
      held = []
    },
    release() {
      const waiting = held ?? []
      held = undefined
      for (const send of waiting.toReversed()) send()
    },
    /** `event`, unless events are held; in an unruly workspace sometimes twice, sometimes after the next one. */
    queued(payload: object): Promise<Outcome> {
      if (!held && chance) return unruly(payload, chance)
      if (!held) return event(payload)
      const { promise, resolve } = Promise.withResolvers<Outcome>()
      held.push(() => void event(payload).then(resolve))
      return promise
    },

    outstanding: () => pending.size,
  }

  function hasContent(payload: unknown): boolean {
    return typeof payload === 'object' ? payload !== null && Object.keys(payload).length > 0 : payload !== undefined
  }
}

function readAck(text: string): z.output<typeof Ack> | undefined {
  try {
    return Ack.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
