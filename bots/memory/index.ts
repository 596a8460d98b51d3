import { BotError } from '#core/errors.ts'
import type { Incoming } from '#core/message.ts'
import type { Recipient } from '#core/model.ts'
import type { Bot, Deliver } from '#core/ports.ts'
import { apology, type Reply } from '#core/reply.ts'

/** A message that the platform shows. */
export interface MemoryMessage {
  readonly id: string
  /** The channel, or `direct:USER`. */
  readonly place: string
  readonly mark: string | undefined
  readonly at: Temporal.Instant
  reply: Reply
}

export interface MemoryBot extends Bot {
  /** Everything shown, oldest first. */
  readonly messages: readonly MemoryMessage[]
  /** Brings an event to whoever listens; resolves when it was handled. */
  receive(message: Incoming, carrier?: MemoryMessage): Promise<void>
  /** Called at each message that is new or changed. */
  onShown(listen: (message: MemoryMessage) => void): void
  /** Makes the next sends fail as `code` says. `after`: the message is shown all the same. */
  failNext(failure: { readonly error: BotError; readonly after?: boolean }): void
}

/** A chat platform in an array: for tests, benchmarks and whoever embeds the engine. */
export function createMemoryBot({ now }: { now(): Temporal.Instant }): MemoryBot {
  const messages: MemoryMessage[] = []
  const listeners: ((message: MemoryMessage) => void)[] = []
  const failures: { readonly error: BotError; readonly after?: boolean }[] = []
  const seen = new Set<string>()
  let listening: Deliver | undefined
  let shownSoFar = 0

  function show(place: string, reply: Reply, mark?: string): MemoryMessage {
    shownSoFar += 1
    const message: MemoryMessage = { id: String(shownSoFar), place, mark, at: now(), reply }
    messages.push(message)
    for (const listen of listeners) listen(message)
    return message
  }

  return {
    platform: 'memory',
    messages,
    onShown: (listen) => listeners.push(listen),
    failNext: (failure) => failures.push(failure),

    async receive(message, carrier) {
      if (!listening || seen.has(message.id)) return
      seen.add(message.id)
      const reply = await listening(message).catch(() => apology)
      if (!reply) return
      const mark = (message.kind === 'sentence' && reply.replaces && message.edits) || message.id
      const given = reply.replaces ? (carrier ?? messages.find((one) => one.mark === mark)) : undefined
      if (given) {
        given.reply = reply
        for (const listen of listeners) listen(given)
      } else show(message.place.kind === 'direct' ? `direct:${message.author.id}` : message.place.channel, reply, mark)
    },

    async start(deliver) {
      listening = deliver
      return {
        async [Symbol.asyncDispose]() {
          listening = undefined
        },
      }
    },

    async send(_space, to, reply, mark) {
      const failure = failures.shift()
      if (failure && !failure.after) throw failure.error
      const message = show(placeOf(to), reply, mark)
      if (failure) throw failure.error
      return { channel: message.place, id: message.id }
    },

    async find(_space, to, mark, since) {
      const found = messages.find(
        (message) => message.place === placeOf(to) && message.mark === mark && Temporal.Instant.compare(message.at, since) >= 0,
      )
      return found && { channel: found.place, id: found.id }
    },

    async edit({ id }, reply) {
      const message = messages.find((one) => one.id === id)
      if (!message) throw new BotError('rejected', `message ${id} is gone`)
      message.reply = reply
      for (const listen of listeners) listen(message)
    },

    async retract({ id }) {
      const index = messages.findIndex((message) => message.id === id)
      if (index >= 0) messages.splice(index, 1)
    },
  }
}

function placeOf(to: Recipient): string {
  return to.kind === 'direct' ? `direct:${to.user}` : to.channel
}
