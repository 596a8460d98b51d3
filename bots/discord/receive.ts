import { setTimeout as sleep } from 'node:timers/promises'
import { GatewayDispatchEvents, InteractionResponseType, Routes } from 'discord-api-types/v10'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { BotMeter, Deliver, Ears, Inbox, Kept, Messenger, NamesOf } from '#core/ports.ts'
import { apology } from '#core/reply.ts'
import { createTurns } from '#core/turns.ts'
import { answerTo } from './answer.ts'
import { type Decoded, Dispatch, decode, instantOf, type Ourselves } from './decode.ts'
import { createNames } from './names.ts'
import type { DiscordRest } from './rest.ts'
import { suggest } from './suggest.ts'

export interface ReceiveParts {
  readonly rest: DiscordRest
  readonly inbox: Inbox
  readonly meter: BotMeter
  readonly log: Logger
  readonly messenger: Messenger
  readonly deliver: Deliver
  readonly namesOf: NamesOf
  /** What is overheard and is no clear request ends here: it is neither kept nor counted. */
  readonly ears?: Pick<Ears, 'asks'>
}

/** What comes from the gateway, kept before it is handled, so that each event is answered once. */
export interface Receiver {
  /**
   * A dispatch as the gateway sent it; `isReplayed` when it came about while nobody was connected. Never throws, and
   * resolves when it need not be told again.
   */
  hear(packet: unknown, ourselves: Ourselves, isReplayed: boolean): Promise<void> | undefined
  /** Handles what processes that died, and failed tries of our own, have left behind. */
  recover(ourselves: Ourselves): Promise<void>
  /** Resolves when nothing is being handled; nothing is waited for any more. */
  settled(): Promise<void>
}

type Heard = Extract<Decoded, { kind: 'incoming' }>

const heardEvents: ReadonlySet<unknown> = new Set([
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.MessageUpdate,
  GatewayDispatchEvents.InteractionCreate,
])
/** How long Discord waits for an answer to an interaction before it tells its author that there is none. */
const interactionPatience = Temporal.Duration.from({ seconds: 3 })
/** After this the token of an interaction is dead, and its author has long tried again. */
const interactionLife = Temporal.Duration.from({ minutes: 15 })
/** Pauses between tries of keeping an event, a minute in all: as long as people wait for an answer. */
const pausesForStoreMs = [250, 500, 1_000, 2_000, ...Array.from({ length: 14 }, () => 4_000)]
/** Answers that could not be delivered, at most this many, tried again at the next recovery. */
const mostLeftOver = 1_000

export function createReceiver({ rest, inbox, meter, log, messenger, deliver, namesOf, ears }: ReceiveParts): Receiver {
  const working = new Set<Promise<void>>()
  const inTurn = createTurns()
  const names = createNames(rest)
  /** The ids of events that are being answered here. */
  const atWork = new Set<string>()
  const leftOver: Kept[] = []
  const stopping = new AbortController()

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((err: unknown) => log.error({ err, platform: 'discord' }, 'discord event not handled'))
      .finally(() => working.delete(tracked))
    working.add(tracked)
  }

  function hear(packet: unknown, ourselves: Ourselves, isReplayed: boolean): Promise<void> | undefined {
    const receivedAt = performance.now()
    if (!heardEvents.has((packet as { t?: unknown } | null)?.t)) return
    const parsed = Dispatch.safeParse(packet)
    if (!parsed.success) {
      // The kinds that we do not take, such as modals of others, end here too.
      log.debug({ issues: parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) }, 'discord event passed over')
      return
    }
    const decoded = decode(parsed.data, ourselves)
    if (!decoded) return
    if (decoded.kind === 'suggest') {
      if (!isReplayed) track(offer(decoded))
      return
    }
    const { incoming, origin } = decoded
    if (isReplayed && origin.kind === 'interaction' && isPast(incoming.id, interactionPatience)) {
      // Its author has read that we did not respond, and tries again: what is done now would be done twice.
      meter.unanswered('discord')
      log.warn({ platform: 'discord', messageId: incoming.id }, 'discord interaction passed over: it came while nobody was connected')
      return
    }
    if (incoming.kind === 'sentence' && !incoming.addressed && !ears?.asks(incoming)) return
    meter.arrived('discord', Math.max(0, Temporal.Now.instant().since(incoming.at).total('seconds')))
    const isSafe = Promise.withResolvers<void>()
    track(handle(decoded, { platform: 'discord', id: incoming.id, raw: parsed.data }, receivedAt, isSafe.resolve))
    return isSafe.promise
  }

  /** `onSafe` is called when the event is kept, or else its author was told what became of it. */
  async function handle(heard: Heard, kept: Kept, receivedAt: number, onSafe = () => {}): Promise<void> {
    atWork.add(kept.id)
    try {
      await handled(heard, kept, receivedAt, onSafe)
      onSafe()
    } finally {
      atWork.delete(kept.id)
    }
  }

  async function handled(heard: Heard, kept: Kept, receivedAt: number, onSafe: () => void): Promise<void> {
    const { incoming, origin } = heard
    const answer = answerTo(origin, incoming, { rest, messenger, meter, receivedAt })
    const reply = await (async () => {
      try {
        if (!incoming.again && (await keep(kept, origin)) === 'seen') return 'seen'
        onSafe()
        return await inTurn(incoming, async () => deliver(await names.complete(incoming)))
      } catch (err) {
        log.warn({ err, platform: 'discord', messageId: incoming.id }, 'the person is told that it failed')
        return apology
      }
    })()
    if (reply === 'seen') return answer.cancel()

    try {
      await (reply ? answer.say(reply) : answer.nothing())
    } catch (err) {
      if (!(err instanceof BotError)) throw err
      log.error({ err, platform: 'discord', messageId: incoming.id }, 'answer not delivered')
      if (!incoming.again) meter.unanswered('discord')
      const mayWorkLater = ['unreachable', 'rate_limited', 'resting'].includes(err.code)
      if (mayWorkLater) {
        if (leftOver.length < mostLeftOver) leftOver.push(kept)
        return
      }
    }
    await inbox.finish('discord', incoming.id)
  }

  /** Discord sends nothing twice, so a store that is away for a moment is waited for. */
  async function keep(kept: Kept, { kind }: Heard['origin']): ReturnType<Inbox['keep']> {
    // Who pressed or used a command looks at it spinning, and is better told to try again.
    for (const pause of kind === 'message' ? pausesForStoreMs : []) {
      try {
        return await inbox.keep(kept)
      } catch (err) {
        if (stopping.signal.aborted) throw unkept(err)
        log.debug({ err, platform: 'discord', messageId: kept.id }, 'event not kept yet')
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
    return inbox.keep(kept).catch((err: unknown) => {
      throw unkept(err)
    })
  }

  function unkept(cause: unknown): unknown {
    meter.unanswered('discord')
    return cause
  }

  async function offer({ id, token, option, typed, place, author }: Extract<Decoded, { kind: 'suggest' }>): Promise<void> {
    const known = option === 'list' || option === 'folder' ? await namesOf(option, place, author) : []
    const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: suggest(option, typed, known) } }
    await rest.ask('POST', Routes.interactionCallback(id, token), { body, auth: false })
  }

  return {
    hear,

    async recover(ourselves) {
      const waiting = new Map([...leftOver.splice(0), ...(await inbox.abandoned('discord'))].map((kept) => [kept.id, kept]))
      for (const kept of waiting.values()) {
        // Still being answered here, for longer than our hold on it.
        if (atWork.has(kept.id)) continue
        const parsed = Dispatch.safeParse(kept.raw)
        const decoded = parsed.success ? decode(parsed.data, ourselves) : undefined
        const isDead = decoded?.kind === 'incoming' && decoded.origin.kind === 'interaction' && isPast(kept.id, interactionLife)
        if (decoded?.kind !== 'incoming' || isDead) {
          log.warn({ platform: 'discord', messageId: kept.id }, 'left-over event dropped: too old to answer')
          await inbox.finish('discord', kept.id)
          continue
        }
        track(handle({ ...decoded, incoming: { ...decoded.incoming, again: true } }, kept, performance.now()))
      }
    },

    async settled() {
      stopping.abort()
      while (working.size > 0) await Promise.all(working)
    },
  }
}

/** Whether Discord made an id longer ago than that. */
function isPast(id: string, time: Temporal.Duration): boolean {
  return Temporal.Instant.compare(instantOf(id).add(time), Temporal.Now.instant()) < 0
}
