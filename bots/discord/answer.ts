import { setTimeout as sleep } from 'node:timers/promises'
import { InteractionResponseType, MessageFlags, Routes } from 'discord-api-types/v10'
import { BotError } from '#core/errors.ts'
import type { Incoming } from '#core/message.ts'
import type { BotMeter, Messenger } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { instantOf, type Origin } from './decode.ts'
import { encode } from './encode.ts'
import { modalOf } from './form.ts'
import { isMarked, nonceOf, urlOf } from './marks.ts'
import type { DiscordRest } from './rest.ts'

/** The way back to the person, used once. */
export interface Answer {
  /** Shows the reply. Throws `BotError`. */
  say(reply: Reply): Promise<void>
  /** There is nothing to say; Discord is told all the same where it waits. */
  nothing(): Promise<void>
  /** Somebody else answers. */
  cancel(): void
}

export interface AnswerParts {
  readonly rest: DiscordRest
  readonly messenger: Messenger
  readonly meter: BotMeter
  /** When we had read the frame, in milliseconds on the monotonic clock. */
  readonly receivedAt: number
}

type OfMessage = Extract<Origin, { kind: 'message' }>
type OfInteraction = Extract<Origin, { kind: 'interaction' }>

/** Discord waits 3 s for the first answer; after this many milliseconds we ask it to wait longer. */
const deferAfterMs = 1_500
/** Past this, a first answer would not arrive in time any more. */
const tooLateMs = 2_800
/** The pause between tries of a first answer. */
const pauseForAnswerMs = 150
/** Pauses between tries of what cannot double. */
const pausesMs = [500, 2_000, 5_000]

export function answerTo(origin: Origin, incoming: Incoming, parts: AnswerParts): Answer {
  if (origin.kind === 'message') return answerMessage(origin, incoming, parts)
  return incoming.again ? answerLate(origin, incoming, parts) : answerInteraction(origin, incoming, parts)
}

function answerMessage(
  { id, channel, inGuild }: OfMessage,
  incoming: Incoming,
  { rest, messenger, meter, receivedAt }: AnswerParts,
): Answer {
  return {
    async say(reply) {
      const isEdit = incoming.kind === 'sentence' && incoming.edits !== undefined
      // The answer to what a message said before gives way to the one to what it says now.
      const mark = isEdit && reply.replaces ? id : incoming.id
      if (incoming.again || mark !== incoming.id) {
        const place = { kind: 'channel' as const, channel, ping: [] }
        const said = await messenger.find(incoming.place.space, place, mark, instantOf(id))
        if (said && mark !== incoming.id) {
          await persistently(() =>
            rest.ask('PATCH', Routes.channelMessage(channel, said.id), { body: encode(reply, { url: urlOf(mark) }) }),
          )
          meter.replied('discord', (performance.now() - receivedAt) / 1_000, incoming.at)
        }
        if (said) return
      }
      const body = {
        ...encode(reply, { url: urlOf(mark) }),
        ...(inGuild && { message_reference: { message_id: id, fail_if_not_exists: false } }),
        nonce: nonceOf(incoming.id),
        enforce_nonce: true,
      }
      // The nonce makes a second try harmless.
      await persistently(() => rest.ask('POST', Routes.channelMessages(channel), { body })).catch(
        inPrivate(reply, incoming.id, incoming, messenger),
      )
      meter.replied('discord', (performance.now() - receivedAt) / 1_000, incoming.at)
    },
    nothing: async () => {},
    cancel: () => {},
  }
}

/** Where we may not speak, or Discord takes no answer any more, the person hears it in direct messages. */
function inPrivate(reply: Reply, id: string, incoming: Incoming, messenger: Messenger): (cause: unknown) => Promise<void> {
  return async (cause) => {
    if (!(cause instanceof BotError) || cause.code !== 'rejected') throw cause
    await messenger.send(incoming.place.space, { kind: 'direct', user: incoming.author.id }, reply, id)
  }
}

function answerInteraction(origin: OfInteraction, incoming: Incoming, parts: AnswerParts): Answer {
  const { rest, meter, messenger, receivedAt } = parts
  const { source } = origin
  const flagsOf = flagsFor(origin, incoming)
  let deferred: Promise<void> | undefined
  const timer = setTimeout(
    () => {
      deferred = respond(
        source
          ? { type: InteractionResponseType.DeferredMessageUpdate }
          : { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags: flagsOf('author') } },
      )
      // Whoever says something waits for it; until then a failure is nobody's.
      deferred.catch(() => {})
    },
    Math.max(0, deferAfterMs - (performance.now() - receivedAt)),
  )

  async function respond(body: { readonly type: InteractionResponseType; readonly data?: object }): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await rest.ask('POST', Routes.interactionCallback(origin.id, origin.token), { body, auth: false })
        break
      } catch (error) {
        // "Already acknowledged" on a second try means that the first one arrived.
        if (tries > 0 && error instanceof BotError && error.reason === '40060') break
        const isWorthIt = error instanceof BotError && error.code === 'unreachable' && performance.now() - receivedAt < tooLateMs
        if (!isWorthIt) throw error
        await sleep(pauseForAnswerMs)
      }
    }
    meter.acked('discord', (performance.now() - receivedAt) / 1_000)
  }

  async function say(reply: Reply): Promise<void> {
    clearTimeout(timer)
    await sayHere(reply).catch(inPrivate(reply, origin.id, incoming, messenger))
    meter.replied('discord', (performance.now() - receivedAt) / 1_000, incoming.at)
  }

  async function sayHere(reply: Reply): Promise<void> {
    // A form is a first answer or none: when Discord was asked to wait already, words say what to write.
    if (reply.form && incoming.kind === 'press' && !deferred)
      return respond({ type: InteractionResponseType.Modal, data: modalOf(reply.form) })
    const isUpdate = source !== undefined && reply.replaces === true
    if (!deferred) {
      const type = isUpdate ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource
      const flags = isUpdate ? {} : { flags: flagsOf(reply.visibility) }
      await respond({ type, data: { ...encoded(origin, reply), ...flags } })
    } else {
      await deferred
      await sayAfterwards(origin, reply, flagsOf(reply.visibility), rest)
    }
  }

  return {
    say,
    async nothing() {
      if (!source) return say(nothingToSay)
      clearTimeout(timer)
      await (deferred ?? respond({ type: InteractionResponseType.DeferredMessageUpdate }))
    },
    cancel: () => clearTimeout(timer),
  }
}

/**
 * Answers what an earlier process has left behind. It may have answered, asked Discord to wait, or neither;
 * where the interaction takes no more, the person is told in direct messages.
 */
function answerLate(origin: OfInteraction, incoming: Incoming, { rest, messenger }: AnswerParts): Answer {
  return {
    async say(reply) {
      const flags = flagsFor(origin, incoming)(reply.visibility)
      await sayAfterwards(origin, reply, flags, rest).catch(inPrivate(reply, origin.id, incoming, messenger))
    },
    nothing: async () => {},
    cancel: () => {},
  }
}

/** What is said once the interaction has been acknowledged. */
async function sayAfterwards(origin: OfInteraction, reply: Reply, flags: number, rest: DiscordRest): Promise<void> {
  const { application, token, source } = origin
  const body = encoded(origin, reply)
  if (source && !reply.replaces) {
    await rest.ask('POST', Routes.webhook(application, token), { body: { ...body, flags }, auth: false })
    return
  }
  await persistently(() => rest.ask('PATCH', Routes.webhookMessage(application, token, '@original'), { body, auth: false }))
}

/** A message that takes another's place keeps its mark, so that it can still be found. */
function encoded({ source }: OfInteraction, reply: Reply) {
  return encode(reply, reply.replaces && isMarked(source?.url) ? { url: source.url } : {})
}

/** In a server, what was asked in private is answered in private; direct messages are private as they are. */
function flagsFor({ inGuild }: OfInteraction, incoming: Incoming): (visibility: Reply['visibility']) => number {
  return (visibility) => (inGuild && (incoming.private || visibility === 'author') ? MessageFlags.Ephemeral : 0)
}

async function persistently(attempt: () => Promise<unknown>): Promise<void> {
  for (const pause of pausesMs) {
    try {
      await attempt()
      return
    } catch (error) {
      if (!(error instanceof BotError) || !['unreachable', 'resting'].includes(error.code)) throw error
      await sleep(error.retryAfter ?? pause)
    }
  }
  await attempt()
}

const nothingToSay: Reply = {
  tone: 'tell',
  visibility: 'author',
  blocks: [{ kind: 'text', text: ['I have nothing to say to that. Try "help" to see what I can do.'] }],
}
