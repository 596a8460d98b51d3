import type { Handle } from '#core/command.ts'
import type { Deliver } from '#core/ports.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'

/**
 * The engine as every platform calls it: timed, counted and logged at this one line for all of them.
 *
 * Failures are logged once, here, and thrown on. What people write is in no log line.
 */
export function observed(
  handle: Handle,
  { metrics, log, seconds = () => performance.now() / 1_000 }: { metrics: Pick<Metrics, 'commanded'>; log: Logger; seconds?: () => number },
): Deliver {
  return async (message) => {
    const began = seconds()
    const { platform } = message.place
    try {
      const { reply, intent, outcome } = await handle(message)
      const took = seconds() - began
      metrics.commanded(platform, intent, outcome, took)
      log.debug({ platform, intent, outcome, seconds: took, messageId: message.id }, 'message handled')
      return reply
    } catch (err) {
      metrics.commanded(platform, message.kind === 'press' ? 'press' : 'unknown', 'failed', seconds() - began)
      log.error({ err, platform, messageId: message.id }, 'message not handled')
      throw err
    }
  }
}
