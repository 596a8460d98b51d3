import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import type { Broadcast, Cards, Clock, Messenger, SentMessage, StaleCard } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import { within } from '#core/within.ts'
import { patience } from './finish.ts'

export interface Showing {
  readonly cards: Cards
  /** The platforms that this process can send to: it changes messages there and nowhere else. */
  readonly messengers: readonly Messenger[]
  readonly clock: Clock
  /** How things stand now; undefined when there is nothing to show any more. */
  show(card: StaleCard): Promise<Reply | undefined>
}

export interface CardParts extends Showing {
  readonly broadcast: Broadcast
  readonly log: Logger
  /** How long changes are gathered before messages are changed, in milliseconds; a second when absent. */
  readonly gather?: number
}

/** Between two looks when nobody says that something changed, in milliseconds. */
const lookEvery = 30_000
/** As many messages at a time. */
const batch = 20

/** Shows anew what people were shown of events and polls, soon after it changed: nobody decides by a count that is over. */
export function startCards({ gather = 1_000, ...parts }: CardParts): AsyncDisposable {
  const { broadcast, log } = parts
  let stopped = false
  let gathering = false
  let timer: NodeJS.Timeout | undefined
  let running = run()

  async function run(): Promise<void> {
    gathering = false
    try {
      await showStale(parts, () => stopped)
    } catch (err) {
      log.warn({ err }, 'shown events wait for the next look')
    }
    if (!stopped && !gathering) lookIn(lookEvery)
  }

  function lookIn(milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(run)
    }, milliseconds)
  }

  const subscription = broadcast.subscribe('change', (payload) => {
    if (stopped || gathering || !isShown(payload)) return
    gathering = true
    lookIn(gather)
  })
  return {
    async [Symbol.asyncDispose]() {
      stopped = true
      subscription[Symbol.dispose]()
      clearTimeout(timer)
      await within(patience, running)
    },
  }
}

/** Shows all anew that is not right any more. */
export async function showStale(parts: Showing, isOver = () => false): Promise<void> {
  const served = parts.messengers.filter(({ edit }) => edit !== undefined).map(({ platform }) => platform)
  for (;;) {
    const taken = await parts.cards.take(served, batch)
    for (const card of taken) await showAnew(card, parts)
    if (taken.length === 0 || isOver()) return
  }
}

function isShown(payload: unknown): boolean {
  const kind = typeof payload === 'object' && payload !== null && 'kind' in payload ? payload.kind : undefined
  return kind === 'event' || kind === 'attendee' || kind === 'invitation' || kind === 'poll'
}

async function showAnew(card: StaleCard, { cards, messengers, clock, show }: Showing): Promise<void> {
  const messenger = messengers.find(({ platform }) => platform === card.space.platform)
  try {
    const message = messenger && (await messageOf(card, messenger, cards))
    const reply = message && (await show(card))
    if (reply) await messenger.edit?.(message, reply, card.mark)
    await cards.settle(card)
  } catch (error) {
    if (!(error instanceof BotError)) throw error
    // A message that is gone needs nothing any more; anything else may pass.
    if (error.code === 'rejected') return cards.settle(card)
    await cards.settle(card, clock.now().add({ milliseconds: error.retryAfter ?? lookEvery }))
  }
}

/** An answer is looked for once, by the mark that it carries; undefined when it is gone. */
async function messageOf(
  { id: card, space, message: { channel, id, thread }, mark, sentAt }: StaleCard,
  messenger: Messenger,
  cards: Cards,
): Promise<SentMessage | undefined> {
  if (id !== undefined) return { channel, id }
  const place = { kind: 'channel', channel, ping: [], ...(thread === undefined ? {} : { thread }) } as const
  const found = await messenger.find(space.externalId, place, mark, sentAt)
  await cards.found({ id: card }, found)
  return found
}
