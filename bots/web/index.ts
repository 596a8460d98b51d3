import { BotError } from '#core/errors.ts'
import type { Incoming } from '#core/message.ts'
import type { Bot, Clock, Deliver, TranscriptEntry } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { decodePress, decodeSentence, type Visitor } from './decode.ts'
import { encode, printable, withoutSecrets } from './encode.ts'
import { announceLine, answerTo, type LineNotice, listenToLines } from './lines.ts'
import { createWebMessenger, type WebParts } from './send.ts'

export type { Visitor } from './decode.ts'
export { createWebMessenger } from './send.ts'

/** What became of a sentence or a press, with the lines of the transcript that came of it. */
export interface Answer {
  readonly reply: Reply | undefined
  /** The line that shows the reply; it may have been there before, when the reply took its place. */
  readonly line?: TranscriptEntry
  /** The line that shows what the person wrote. */
  readonly said?: TranscriptEntry
}

export interface WebBot extends Bot {
  readonly chat: WebChat
}

/** The side that the socket and the API talk to. */
export interface WebChat {
  /**
   * A sentence typed into the chat; it and its answer are kept.
   *
   * An `id` that is a UUID is remembered: the same one again gives the same answer and runs nothing.
   *
   * Throws `BotError` `unreachable` when nothing could be kept.
   */
  command(visitor: Visitor, sentence: { readonly id: string; readonly text: string }): Promise<Answer>
  /** A button of the line `line`, found by its token when the line is not given. */
  press(
    visitor: Visitor,
    press: { readonly id: string; readonly token: string; readonly line?: string; readonly text?: string },
  ): Promise<Answer>
  /** A sentence of a program that calls the API: answered, and no part of the conversation. */
  ask(visitor: Visitor, sentence: { readonly id: string; readonly text: string }): Promise<Reply | undefined>
  /** Hears of every line that is new or changed, in any process. */
  lines(listen: (notice: LineNotice) => void): Disposable
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** How far back a button is looked for when the client does not say which line carries it. */
const searchedLines = 100

const apology: Reply = {
  tone: 'problem',
  visibility: 'place',
  blocks: [{ kind: 'text', text: ['Something went wrong on my side. Please try again in a moment.'] }],
}

/** The page's chat as a platform: what is said there is kept by us, and shown in all windows of the person. */
export function createWebBot({ transcripts, broadcast, clock }: WebParts & { readonly clock: Clock }): WebBot {
  const running = new Map<string, Promise<Answer>>()
  let engine: Deliver | undefined

  function listening(): Deliver {
    if (!engine) throw new BotError('unreachable', 'DuckTape is starting or stopping. Please try again in a moment.')
    return engine
  }

  async function answered(deliver: Deliver, message: Incoming): Promise<{ reply: Reply | undefined; failed: boolean }> {
    try {
      const reply = await deliver(message)
      return { reply: reply && encode(reply), failed: false }
    } catch {
      // Logged where it is measured; here it only must not end in silence.
      return { reply: apology, failed: true }
    }
  }

  function announce(visitor: Visitor, line: TranscriptEntry, about?: string): void {
    const { user, session } = visitor
    const rings = line.reply?.tone === 'ring'
    const notice = { user, id: line.id, rings, ...(about === undefined ? {} : { about }), ...(session === undefined ? {} : { session }) }
    void announceLine(broadcast, notice).catch(() => undefined)
  }

  async function command(visitor: Visitor, { id, text }: { id: string; text: string }): Promise<Answer> {
    const deliver = listening()
    const { user } = visitor
    const kept = uuid.test(id)
    const words = withoutSecrets(printable(text))
    const { earlier: again = false, ...said } = await transcripts.append(
      user,
      { from: 'person', text: words },
      kept ? `said:${id}` : undefined,
    )
    const answer = again ? await transcripts.find(user, answerTo(id)) : undefined
    if (answer) return { reply: answer.reply, line: answer, said }
    announce(visitor, said, id)
    const { reply, failed } = await answered(deliver, decodeSentence(visitor, text, { id, at: clock.now(), again }))
    if (!reply) return { reply, said }
    // An apology carries no mark, so that trying again runs the sentence again.
    const line = await transcripts.append(user, { from: 'ducktape', reply }, kept && !failed ? answerTo(id) : undefined)
    announce(visitor, line)
    return { reply, line, said }
  }

  async function press(visitor: Visitor, { id, token, line, text }: Parameters<WebChat['press']>[1]): Promise<Answer> {
    const deliver = listening()
    const { user } = visitor
    const carrier = await carrierOf(user, token, line)
    const { reply } = await answered(
      deliver,
      decodePress(visitor, { token, line: carrier?.id, text }, { id, at: clock.now(), again: false }),
    )
    if (!reply) return { reply }
    if (reply.replaces && carrier) {
      await transcripts.replace(user, carrier.id, reply)
      announce(visitor, carrier)
      return { reply, line: { ...carrier, reply } }
    }
    const added = await transcripts.append(user, { from: 'ducktape', reply })
    announce(visitor, added)
    return { reply, line: added }
  }

  async function carrierOf(user: string, token: string, line: string | undefined): Promise<TranscriptEntry | undefined> {
    if (line === undefined) return (await transcripts.recent(user, searchedLines)).findLast((entry) => carries(entry, token))
    const entry = uuid.test(line) ? await transcripts.get(user, line) : undefined
    return entry && carries(entry, token) ? entry : undefined
  }

  /** The same frame sent twice, before the first was answered, is one. */
  function once(visitor: Visitor, id: string, run: () => Promise<Answer>): Promise<Answer> {
    const key = `${visitor.user}/${id}`
    const begun = running.get(key)
    if (begun) return begun
    const answer = run().finally(() => running.delete(key))
    running.set(key, answer)
    return answer
  }

  return {
    ...createWebMessenger({ transcripts, broadcast }),

    async start(deliver) {
      engine = deliver
      return {
        async [Symbol.asyncDispose]() {
          if (engine === deliver) engine = undefined
          await Promise.allSettled(running.values())
        },
      }
    },

    chat: {
      command: (visitor, sentence) => once(visitor, sentence.id, () => command(visitor, sentence)),
      press: (visitor, pressed) => once(visitor, pressed.id, () => press(visitor, pressed)),
      async ask(visitor, { id, text }) {
        const deliver = listening()
        return (await answered(deliver, decodeSentence(visitor, text, { id, at: clock.now(), again: false }))).reply
      },
      lines: (listen) => listenToLines(broadcast, listen),
    },
  }
}

function carries({ reply }: TranscriptEntry, token: string): boolean {
  if (reply?.form?.token === token) return true
  return (
    reply?.blocks.some(
      (block) =>
        (block.kind === 'buttons' && block.buttons.some((button) => button.token === token)) ||
        (block.kind === 'menu' && block.options.some((option) => option.token === token)),
    ) ?? false
  )
}
