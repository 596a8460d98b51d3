import { createMemoryBot, type MemoryBot } from '#bots/memory/index.ts'
import { compose } from '#commands/digest/compose.ts'
import { ring } from '#commands/ring.ts'
import { undelivered } from '#commands/unreachable.ts'
import { createActions } from '#core/actions.ts'
import type { Platform } from '#core/message.ts'
import { remind } from '#jobs/handlers/remind.ts'
import { createPace } from '#jobs/pace.ts'
import { defaultTiming } from '#jobs/timing.ts'
import { type Answer, answerIn, secret, type World } from './world.ts'

/** What tells reminders in a world whose clock a test moves. */
export interface Bell {
  readonly bot: MemoryBot
  /** Lets time pass: everything that falls due until then is told at its moment, in order. */
  until(moment: string): Promise<void>
  /** Works on everything that is due now, as after a while in which nobody did. */
  catchUp(): Promise<void>
  /** What was told, oldest first: "10:05 direct:ann: stretch". */
  told(): readonly string[]
  /** The message that was told last to somebody. */
  last(user: string): Answer
}

const silent = { delivered: () => undefined, worked: () => undefined, queue: () => undefined }

export function bellOf(world: World, platform: Platform = 'memory', timeZone = 'America/New_York'): Bell {
  const bot = createMemoryBot({ now: () => world.now })
  const actions = createActions(secret)
  const tokens =
    (spaceId: string) =>
    (verb: string, subject: string, argument = '') =>
      actions.sign(spaceId, { verb, subject, argument })
  const parts: Parameters<typeof remind>[1] = {
    deliveries: world.stores.deliveries,
    messenger: { ...bot, platform },
    clock: { now: () => world.now },
    meter: silent,
    timing: defaultTiming,
    pace: createPace(),
    ring: (rung) => ring({ ...rung, token: tokens(rung.spaceId) }),
    compose: (digest) => compose({ ...digest, store: world.stores.store, token: tokens(digest.space.id) }),
    undelivered: (news) => undelivered({ ...news, token: tokens(news.reminder.spaceId) }),
  }

  async function work(until: Temporal.Instant): Promise<boolean> {
    const [due] = await world.stores.deliveries.dueBefore(until, 1)
    if (!due) return false
    if (Temporal.Instant.compare(due.dueAt, world.now) > 0) world.now = due.dueAt
    await remind(due, parts)
    return true
  }

  return {
    bot,
    async until(moment) {
      const end = Temporal.Instant.from(moment)
      while (await work(end));
      world.now = end
    },
    async catchUp() {
      const { now } = world
      while (await work(now));
    },
    told: () =>
      bot.messages.map(({ place, reply, at }) => {
        const clock = at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
        return `${clock} ${place}: ${answerIn(reply).words}`
      }),
    last(user) {
      const message = bot.messages.findLast(({ place }) => place === `direct:${user}`)
      if (!message) throw new Error(`${user} was told nothing`)
      return answerIn(message.reply)
    },
  }
}
