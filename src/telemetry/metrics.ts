import { totalmem } from 'node:os'
import { getHeapStatistics } from 'node:v8'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Handled } from '#core/command.ts'
import { type Platform, platforms } from '#core/message.ts'
import type { BotMeter, CircuitStanding, DeliveryOutcome, Overdue } from '#core/ports.ts'
import { within } from '#core/within.ts'
import { declareAll, type Operation } from './declarations.ts'
import { memoryLimit } from './memory.ts'

/** How long looks may hold up an exposition, in milliseconds; Prometheus waits for 10 s. */
const patience = 5_000

/**
 * What the parts of the program say as they work, as metrics. Each way of speaking is one of the ports'
 * meters; what is declared is in declarations.ts.
 */
export function createMetrics({ now = Date.now }: { readonly now?: () => number } = {}) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const { declared, ...metrics } = declareAll(registry)
  const looks = new Set<() => Promise<void>>()
  let looking: Promise<unknown> | undefined

  metrics.memoryLimit.set({}, memoryLimit() ?? totalmem())
  metrics.heapLimit.set({}, getHeapStatistics().heap_size_limit)
  for (const platform of platforms) {
    if (platform === 'memory') continue
    for (const intent of ['press', 'unknown'] as const) metrics.command.show({ platform, intent, outcome: 'failed' })
    metrics.replied.show({ platform })
    metrics.lateness.show({ platform })
    if (platform !== 'web') metrics.ingress.show({ platform })
  }

  const bot: BotMeter = {
    arrived: (platform, seconds) => metrics.ingress.observe({ platform }, Math.max(0, seconds)),
    acked: (platform, seconds) => metrics.ack.observe({ platform }, seconds),
    replied(platform, seconds, at) {
      metrics.replied.observe({ platform }, seconds)
      metrics.response.observe({ platform }, at === undefined ? seconds : Math.max(seconds, (now() - at.epochMilliseconds) / 1_000))
    },
    unanswered: (platform) => metrics.unanswered.add({ platform }),
    connected: (platform, up) => metrics.connected.set({ platform }, up ? 1 : 0),
    reconnected: (platform) => metrics.reconnects.add({ platform }),
    rateLimited: (platform) => metrics.rateLimited.add({ platform }),
  }

  return {
    declared,
    /** Something that has to be looked at for each exposition. It may fail: then its figures stay as it left them. */
    look(take: () => Promise<void>): void {
      looks.add(take)
    },
    /** The Prometheus text exposition, and the content type it has. Readers who ask together share the looks. */
    async text(): Promise<string> {
      looking ??= Promise.allSettled([...looks].map((take) => take())).finally(() => {
        looking = undefined
      })
      await within(patience, looking)
      return registry.metrics()
    },
    contentType: registry.contentType,
    bot,
    commanded: (platform: Platform, intent: Handled['intent'] | 'unknown', outcome: Handled['outcome'], seconds: number) =>
      metrics.command.observe({ platform, intent, outcome }, seconds),
    parsed(cache: 'hit' | 'miss', seconds: number) {
      metrics.parse.observe({ cache }, seconds)
      metrics.parseCache.add({ result: cache })
    },
    calendar(operation: Operation, seconds: number, events: number) {
      metrics.calendar.observe({ operation }, seconds)
      metrics.calendarEvents.add({ operation }, events)
    },
    delivered(platform: Platform, outcome: DeliveryOutcome, latenessSeconds?: number) {
      metrics.deliveries.add({ platform, outcome })
      if (latenessSeconds !== undefined) metrics.lateness.observe({ platform }, Math.max(0, latenessSeconds))
    },
    /** Undefined when nobody can tell. */
    overdue(found: readonly Overdue[] | undefined) {
      metrics.overdue.forget()
      metrics.overdueAge.forget()
      if (!found) return
      for (const platform of platforms) {
        if (platform === 'memory') continue
        const { reminders, seconds } = found.find((one) => one.platform === platform) ?? { reminders: 0, seconds: 0 }
        metrics.overdue.set({ platform }, reminders)
        metrics.overdueAge.set({ platform }, seconds)
      }
    },
    /** Undefined when nobody can tell. */
    deadLetters(found: ReadonlyMap<Platform, number> | undefined) {
      metrics.deadLetters.forget()
      if (!found) return
      for (const platform of platforms) if (platform !== 'memory') metrics.deadLetters.set({ platform }, found.get(platform) ?? 0)
    },
    queue(queue: string, jobs: Readonly<Record<string, number>>, oldestSeconds: number) {
      for (const [state, count] of Object.entries(jobs)) metrics.queueJobs.set({ queue, state }, count)
      metrics.queueOldest.set({ queue }, oldestSeconds)
    },
    /** The queues are looked at anew, or cannot be: better no figure than an old one. */
    queuesUnknown() {
      metrics.queueJobs.forget()
      metrics.queueOldest.forget()
    },
    worked: (queue: string, outcome: 'done' | 'retried' | 'failed', seconds: number) => metrics.job.observe({ queue, outcome }, seconds),
    batchItem: (outcome: 'done' | 'failed') => metrics.batchItems.add({ outcome }),
    dependency: (dependency: string, up: boolean) => metrics.dependencyUp.set({ dependency }, up ? 1 : 0),
    circuit: (dependency: string, state: CircuitStanding) =>
      metrics.circuit.set({ dependency }, { closed: 0, 'half-open': 1, open: 2 }[state]),
    web: {
      requested: (method: string, route: string, status: number, seconds: number) =>
        metrics.http.observe({ method, route, status }, seconds),
      replied: (seconds: number) => bot.replied('web', seconds),
      unanswered: () => bot.unanswered('web'),
      connections: (count: number) => metrics.sockets.set({}, count),
      message: (direction: 'in' | 'out') => metrics.socketMessages.add({ direction }),
      dropped: (reason: string) => metrics.socketDrops.add({ reason }),
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
