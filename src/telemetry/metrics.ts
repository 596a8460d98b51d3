import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Handled } from '#core/command.ts'
import type { Platform } from '#core/message.ts'
import type { BotMeter } from '#core/ports.ts'
import { memoryLimit } from './memory.ts'

/**
 * Every metric of the program, in one place. Base units, labels from small fixed sets, never ids.
 *
 * Buckets are in seconds and have a boundary at each budget of the part they measure, so that "how
 * many were within the budget" can be read off exactly.
 */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const command = new Histogram({
    name: 'ducktape_command_duration_seconds',
    help: 'From the engine taking a message to the engine having its reply. Budget: 0.2 s at p95.',
    labelNames: ['platform', 'intent', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5],
    registers,
  })
  const ingress = new Histogram({
    name: 'ducktape_ingress_delay_seconds',
    help: "From the platform's own timestamp of an event to us having read it.",
    labelNames: ['platform'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers,
  })
  const ack = new Histogram({
    name: 'ducktape_ack_duration_seconds',
    help: 'From having read an event to the platform having our acknowledgement. Slack and Discord wait 3 s.',
    labelNames: ['platform'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers,
  })
  const replied = new Histogram({
    name: 'ducktape_reply_duration_seconds',
    help: 'From having read an event to the platform having accepted our answer. Alert: 0.5 s.',
    labelNames: ['platform'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const parse = new Histogram({
    name: 'ducktape_parse_duration_seconds',
    help: 'Reading a sentence. Budget: 0.005 s to parse, 0.1 s in all.',
    labelNames: ['cache'],
    buckets: [0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1],
    registers,
  })
  const parseCache = new Counter({
    name: 'ducktape_parse_cache_total',
    help: 'Sentences found in the cache of readings, and not.',
    labelNames: ['result'],
    registers,
  })
  const calendar = new Histogram({
    name: 'ducktape_calendar_operation_duration_seconds',
    help: 'One operation on calendars, queries included. Budget: 0.05 s.',
    labelNames: ['operation'],
    buckets: [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  })
  const calendarEvents = new Counter({
    name: 'ducktape_calendar_events_processed_total',
    help: 'Events that operations on calendars read, made or changed.',
    labelNames: ['operation'],
    registers,
  })
  const lateness = new Histogram({
    name: 'ducktape_reminder_lateness_seconds',
    help: 'From the instant a reminder was due to the platform having it. Aim: 1 s at p99.',
    labelNames: ['platform'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600],
    registers,
  })
  const deliveries = new Counter({
    name: 'ducktape_deliveries_total',
    help: 'Reminders that were sent, tried in vain, or given up.',
    labelNames: ['platform', 'outcome'],
    registers,
  })
  const queueJobs = new Gauge({
    name: 'ducktape_queue_jobs',
    help: 'Jobs in a queue by state.',
    labelNames: ['queue', 'state'],
    registers,
  })
  const queueOldest = new Gauge({
    name: 'ducktape_queue_oldest_job_seconds',
    help: 'Age of the oldest job that is due and not begun.',
    labelNames: ['queue'],
    registers,
  })
  const job = new Histogram({
    name: 'ducktape_job_duration_seconds',
    help: 'Work on one job.',
    labelNames: ['queue', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  })
  const batchItems = new Counter({
    name: 'ducktape_batch_items_total',
    help: 'Items of batches by what became of them.',
    labelNames: ['outcome'],
    registers,
  })
  const connections = new Gauge({ name: 'ducktape_websocket_connections', help: 'Open sockets.', registers })
  const socketMessages = new Counter({
    name: 'ducktape_websocket_messages_total',
    help: 'Frames read from and written to sockets.',
    labelNames: ['direction'],
    registers,
  })
  const socketDrops = new Counter({
    name: 'ducktape_websocket_dropped_total',
    help: 'Sockets that we refused or closed, by reason.',
    labelNames: ['reason'],
    registers,
  })
  const platformConnected = new Gauge({
    name: 'ducktape_platform_connected',
    help: '1 while the connection to the platform is up.',
    labelNames: ['platform'],
    registers,
  })
  const reconnects = new Counter({
    name: 'ducktape_platform_reconnects_total',
    help: 'Connections to the platform that had to be made anew.',
    labelNames: ['platform'],
    registers,
  })
  const rateLimited = new Counter({
    name: 'ducktape_platform_rate_limited_total',
    help: 'Calls that the platform answered with "too many".',
    labelNames: ['platform'],
    registers,
  })
  const circuit = new Gauge({
    name: 'ducktape_circuit_state',
    help: '0 closed (calls go through), 1 half open (one is tried), 2 open (none is tried).',
    labelNames: ['dependency'],
    registers,
  })
  const http = new Histogram({
    name: 'ducktape_http_request_duration_seconds',
    help: 'From the request read to the answer written. Budgets: health 0.01 s, query 0.1 s, create 0.15 s, batch accepted 0.5 s.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5],
    registers,
  })
  const limit = memoryLimit()
  if (limit !== undefined) {
    new Gauge({ name: 'ducktape_memory_limit_bytes', help: 'Memory this container may use, as its control group says.', registers }).set(
      limit,
    )
  }

  const bot: BotMeter = {
    arrived: (platform, seconds) => ingress.observe({ platform }, Math.max(0, seconds)),
    acked: (platform, seconds) => ack.observe({ platform }, seconds),
    replied: (platform, seconds) => replied.observe({ platform }, seconds),
    connected: (platform, up) => platformConnected.set({ platform }, up ? 1 : 0),
    reconnected: (platform) => reconnects.inc({ platform }),
    rateLimited: (platform) => rateLimited.inc({ platform }),
  }

  return {
    registry,
    /** The Prometheus text exposition, and the content type it has. */
    text: () => registry.metrics(),
    contentType: registry.contentType,
    bot,
    commanded: (platform: Platform, intent: Handled['intent'] | 'unknown', outcome: Handled['outcome'], seconds: number) =>
      command.observe({ platform, intent, outcome }, seconds),
    parsed: (cache: 'hit' | 'miss', seconds: number) => {
      parse.observe({ cache }, seconds)
      parseCache.inc({ result: cache })
    },
    calendar: (operation: CalendarOperation, seconds: number, events: number) => {
      calendar.observe({ operation }, seconds)
      calendarEvents.inc({ operation }, events)
    },
    delivered: (platform: Platform, outcome: DeliveryOutcome, latenessSeconds?: number) => {
      deliveries.inc({ platform, outcome })
      if (latenessSeconds !== undefined) lateness.observe({ platform }, Math.max(0, latenessSeconds))
    },
    queue: (queue: string, jobs: Readonly<Record<string, number>>, oldestSeconds: number) => {
      for (const [state, count] of Object.entries(jobs)) queueJobs.set({ queue, state }, count)
      queueOldest.set({ queue }, oldestSeconds)
    },
    worked: (queue: string, outcome: 'done' | 'retried' | 'failed', seconds: number) => job.observe({ queue, outcome }, seconds),
    batchItem: (outcome: 'done' | 'failed') => batchItems.inc({ outcome }),
    circuit: (dependency: string, state: 'closed' | 'half-open' | 'open') =>
      circuit.set({ dependency }, { closed: 0, 'half-open': 1, open: 2 }[state]),
    web: {
      requested: (method: string, route: string, status: number, seconds: number) => http.observe({ method, route, status }, seconds),
      replied: (seconds: number) => bot.replied('web', seconds),
      connections: (count: number) => connections.set(count),
      message: (direction: 'in' | 'out') => socketMessages.inc({ direction }),
      dropped: (reason: string) => socketDrops.inc({ reason }),
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
export type CalendarOperation = 'create' | 'update' | 'cancel' | 'query' | 'expand' | 'import' | 'export'
/** `found` was sent by an earlier try that died before it could say so. */
export type DeliveryOutcome = 'sent' | 'found' | 'retried' | 'failed' | 'skipped'
