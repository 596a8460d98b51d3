import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { Author, Incoming, Sentence } from '#core/message.ts'
import type { BotMeter, Deliver, Inbox } from '#core/ports.ts'
import { apology, type Reply } from '#core/reply.ts'
import { createTurns } from '#core/turns.ts'
import { type Answer, responseOf, type Say } from './answer.ts'
import type { Timing } from './connection.ts'
import { type createDirectory, directoryPatienceMs } from './directory.ts'
import { answerInForm } from './form.ts'
import { glanceAfter } from './home.ts'
import { pause } from './pause.ts'
import type { Arrival } from './receive.ts'
import { isForm } from './wire.ts'

export interface DispatcherOptions {
  readonly deliver: Deliver
  readonly say: Say
  readonly directory: ReturnType<typeof createDirectory>
  readonly inbox: Inbox
  readonly timing: Timing
  readonly meter: BotMeter
  readonly log: Logger
  /** Aborted when the bot stops: what is unsaid then stays in the inbox for the next process. */
  readonly signal: AbortSignal
}

type Ack = (response?: unknown) => Promise<void>

/** As many people, and as many channels, of one sentence as are looked up. */
const mostMentions = 20

/** Whom the words mention, and which channels that do not bring their names along. */
function mentionsIn({ text, about }: Sentence): { readonly people: readonly string[]; readonly channels: readonly string[] } {
  const words = `${text} ${about?.words ?? ''}`
  const ids = (mention: RegExp) => [...new Set([...words.matchAll(mention)].map(({ groups }) => groups?.id ?? ''))].slice(0, mostMentions)
  return { people: ids(/<@(?<id>[UW]\w+)(?:\|[^>]*)?>/g), channels: ids(/<#(?<id>[CG]\w+)>/g) }
}

/** Slack takes more through a `response_url` than with an ack. */
const maxAckBytes = 12_000

/** What becomes of everything that people say to us on Slack, whatever kind of event it is. */
export function createDispatcher({ deliver, say, directory, inbox, timing, meter, log, signal }: DispatcherOptions) {
  const inTurn = createTurns()

  async function replyTo(incoming: Incoming): Promise<Reply | undefined> {
    try {
      return await inTurn(incoming, async () => deliver(await completed(incoming)))
    } catch (error) {
      log.error({ platform: 'slack', err: error, id: incoming.id }, 'message not handled')
      return apology
    }
  }

  /** With what the workspace knows of its author, and of the people whom it mentions. */
  async function completed(incoming: Incoming): Promise<Incoming> {
    const complete = (author: Author) => directory.complete(author, directoryPatienceMs)
    if (incoming.kind === 'press') return { ...incoming, author: await complete(incoming.author) }
    const { people, channels } = mentionsIn(incoming)
    const ids = incoming.asks?.kind === 'event' ? incoming.asks.event.people.slice(0, mostMentions) : people
    const [author, mentioned, named] = await Promise.all([
      complete(incoming.author),
      Promise.all(ids.map((id) => complete({ id, name: id }))),
      Promise.all(channels.map(async (id) => ({ id, name: (await directory.nameOf(id, directoryPatienceMs)) ?? '' }))),
    ])
    const known = named.filter(({ name }) => name !== '')
    return { ...incoming, author, ...(mentioned.length > 0 && { mentioned }), ...(known.length > 0 && { channels: known }) }
  }

  /** True when the answer went out with the ack. */
  async function answeredWithAck({ incoming, payload, readAt }: Arrival, thinking: Promise<Reply | undefined>, ack: Ack): Promise<boolean> {
    if (!('command' in payload || isForm(payload))) {
      await ack()
      return false
    }
    const ready = await Promise.race([thinking.then((reply) => ({ reply })), pause(timing.answerWithAck - (performance.now() - readAt))])
    const response = ready?.reply && (isForm(payload) ? answerInForm(ready.reply, payload) : responseOf(incoming, ready.reply))
    if (!response || Buffer.byteLength(JSON.stringify(response)) > maxAckBytes) {
      await ack()
      return ready !== undefined && ready.reply === undefined
    }
    return ack(response).then(
      () => true,
      () => false,
    )
  }

  /** Says the answer, again and again while Slack cannot be reached. `unsaid` is left to the next process. */
  async function sayUntilHeard(answer: Answer): Promise<'said' | 'refused' | 'unsaid'> {
    const deadline = performance.now() + timing.giveUp
    let again = answer.incoming.again === true
    for (let pauseMs = timing.retry; ; pauseMs = Math.min(pauseMs * 2, timing.maxRetry)) {
      try {
        await say(answer, again)
        return 'said'
      } catch (error) {
        const passing = error instanceof BotError && ['unreachable', 'rate_limited', 'resting'].includes(error.code)
        const left = deadline - performance.now()
        if (!passing || left <= 0) {
          log.error({ platform: 'slack', err: error, id: answer.incoming.id }, 'answer not accepted')
          return 'refused'
        }
        if (signal.aborted) return 'unsaid'
        again ||= error.code === 'unreachable'
        await sleep(Math.min(error.retryAfter ?? pauseMs, left), undefined, { signal }).catch(() => undefined)
      }
    }
  }

  /** An event that stays unfinished would run again after a restart, so this is tried until it holds. */
  async function finish(id: string) {
    for (let pauseMs = timing.retry; ; pauseMs = Math.min(pauseMs * 2, timing.maxRetry)) {
      try {
        return await inbox.finish('slack', id)
      } catch (error) {
        log.warn({ platform: 'slack', err: error, id }, 'event not marked as finished')
        if (signal.aborted) return
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  return async function dispatch(arrival: Arrival, ack: Ack): Promise<void> {
    const { incoming, payload, readAt, kept } = arrival
    if (!kept) meter.unanswered('slack')
    const thinking = kept ? replyTo(incoming) : Promise.resolve(apology)
    const answered = await answeredWithAck(arrival, thinking, ack)
    const reply = await thinking
    const look = async () => (await replyTo(glanceAfter(incoming))) ?? apology
    const said = answered || reply === undefined ? 'said' : await sayUntilHeard({ incoming, payload, reply, look })
    if (said === 'refused') meter.unanswered('slack')
    if (reply !== undefined && said === 'said') meter.replied('slack', (performance.now() - readAt) / 1_000, incoming.at)
    if (kept && said !== 'unsaid') await finish(incoming.id)
  }
}
