import type { Actions } from '#core/actions.ts'
import { direct } from '#core/circuit.ts'
import type { Broadcast, Circuit, Clock, Deliver, Ears, Store } from '#core/ports.ts'
import type { Sessions } from '#core/sessions.ts'
import { createCircuit } from '#net/circuit.ts'
import type { Database } from '#store/client.ts'
import type { Stores } from '#store/store.ts'
import type { Logger } from '#telemetry/log.ts'
import type { createMetrics } from '#telemetry/metrics.ts'
import type { Config } from '../config.ts'
import type { watched } from '../ready.ts'

/** What everything that a process starts stands on. */
export interface Parts {
  readonly database: Database
  readonly config: Config
  readonly clock: Clock
  readonly log: Logger
  readonly stores: Stores
  /** The same for what people and programs ask, which takes no more than the queues hold. */
  readonly store: Store
  readonly broadcast: Broadcast
  readonly meter: ReturnType<typeof watched>
  readonly metrics: ReturnType<typeof createMetrics>
  readonly deliver: Deliver
  readonly ears: Ears
  readonly actions: Actions
  readonly sessions: Sessions
  readonly circuits: ReturnType<typeof createCircuits>
}

/** One for each outside thing that may be down while we are not, as far as this process uses it. */
export function createCircuits({ redisUrl, slack, discord }: Config, metrics: ReturnType<typeof createMetrics>) {
  const named = (name: string, dependency: string, used: unknown, more: { isFailure?(): boolean } = {}): Circuit =>
    used ? createCircuit({ name, observe: (state) => metrics.circuit(dependency, state), ...more }) : direct
  return {
    redis: named('Redis', 'redis', redisUrl, { isFailure: () => true }),
    slack: named('Slack', 'slack', slack.botToken),
    discord: named('Discord', 'discord', discord.token),
  }
}
