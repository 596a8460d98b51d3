import type { Logger } from 'pino'
import { BotError } from '#core/errors.ts'
import { idOf } from '#core/ids.ts'
import type { Recipient } from '#core/model.ts'
import type { Clock, Messenger, SentMessage } from '#core/ports.ts'
import type { Reply } from '#core/reply.ts'
import type { ShownWork, ShownWorks } from '#core/shown-work.ts'
import { repeating } from './repeating.ts'

export interface ReportParts<Work extends ShownWork> {
  /** Names its messages among all of ours: `batch`, `import`. */
  readonly kind: string
  readonly works: ShownWorks<Work>
  readonly messengers: readonly Messenger[]
  readonly clock: Clock
  readonly log: Logger
  /** What the message of such work says now. */
  view(work: Work): Reply | Promise<Reply>
  readonly lookEvery?: number
}

/** A little more than the pause that the database keeps between two looks that are shown, in milliseconds. */
const pause = 1_050
/** How long an answer may be on its way before nobody looks for it any more, in seconds. */
const answersWithin = 15

export interface Report extends AsyncDisposable {
  /** Shows how far it is. Never throws. */
  progress(id: string): Promise<void>
  /** Some work came to a rest: its message says so once it may be changed again. */
  rested(): void
}

/**
 * Shows in one message how far some work is, at most about once a second whoever works on it, and how it ended. A process
 * that dies before it could say so is followed by another that does.
 */
export function createReport<Work extends ShownWork>(parts: ReportParts<Work>): Report {
  const { kind, works, messengers, clock, log, view, lookEvery = 5_000 } = parts
  const soon = new Set<NodeJS.Timeout>()

  /** What it has shown; undefined when it is not time yet. */
  async function show(id: string): Promise<Work | undefined> {
    const work = await works.load(id)
    const messenger = messengers.find(({ platform }) => platform === work?.origin.platform)
    if (!work || !messenger || !(await works.mayShow(id))) return undefined
    const reply = await view(work)
    const there = work.shown ?? (await answerOf(work, messenger))
    if (there && messenger.edit) {
      try {
        await messenger.edit(there, reply, work.answer?.mark ?? markOf(work))
        if (!work.shown) await works.shownAt(id, there)
        return work
      } catch (err) {
        if (!(err instanceof BotError) || err.code !== 'rejected') throw err
        // Somebody deleted the message: it is told in another one.
      }
    } else if (isOnItsWay(work, clock.now())) return undefined
    if (!work.quiet) await works.shownAt(id, await sentOnce(messenger, work, reply))
    return work
  }

  /** The answer in which it is to be shown, by the mark that it carries. */
  async function answerOf({ origin, answer }: Work, messenger: Messenger): Promise<SentMessage | undefined> {
    if (!answer) return undefined
    const { space, channel, thread } = origin
    const place: Recipient = { kind: 'channel', channel, ping: [], ...(thread === undefined ? {} : { thread }) }
    try {
      return await messenger.find(space, place, answer.mark, answer.at)
    } catch (err) {
      // Where we may not look for it, it is told in another one.
      if (err instanceof BotError && err.code === 'rejected') return undefined
      throw err
    }
  }

  async function sentOnce(messenger: Messenger, work: Work, reply: Reply): Promise<SentMessage> {
    const { origin, author } = work
    const to: Recipient = { kind: 'direct', user: author.id }
    const mark = markOf(work)
    const since = clock.now().subtract({ hours: 1 })
    return (await messenger.find(origin.space, to, mark, since)) ?? messenger.send(origin.space, to, reply, mark)
  }

  /** Another message than the one that is gone has another mark. */
  function markOf({ id, shown }: Work): string {
    return idOf(kind, id, shown?.id ?? '')
  }

  async function tell(id: string): Promise<void> {
    try {
      const shown = await show(id)
      if (shown) await works.reported(shown)
    } catch (err) {
      log.warn({ err, kind, id }, 'how some work went is told at the next look')
    }
  }

  const looking = repeating(lookEvery, async () => {
    try {
      for (const id of await works.unreported()) await tell(id)
    } catch (err) {
      log.warn({ err, kind }, 'how work went is told at the next look')
    }
  })

  return {
    async progress(id) {
      await show(id).catch((err: unknown) => log.debug({ err, kind, id }, 'progress not shown'))
    },
    rested() {
      const timer = setTimeout(() => {
        soon.delete(timer)
        looking.now()
      }, pause)
      soon.add(timer)
    },
    async [Symbol.asyncDispose]() {
      for (const timer of soon) clearTimeout(timer)
      await looking[Symbol.asyncDispose]()
    },
  }
}

function isOnItsWay({ shown, answer }: ShownWork, now: Temporal.Instant): boolean {
  return !shown && answer !== undefined && now.since(answer.at).total('seconds') < answersWithin
}
