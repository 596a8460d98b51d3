import type { Registry } from 'prom-client'
import { platforms } from '#core/message.ts'
import { intents } from '#core/understanding.ts'
import { createDeclarer } from './declare.ts'

/** Platforms that people are on; the one in an array is for tests. */
const platform = platforms.filter((name) => name !== 'memory')
const outcome = ['done', 'told', 'asked', 'refused', 'ignored', 'failed'] as const
const operation = ['create', 'update', 'cancel', 'query', 'import', 'export'] as const
const method = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const dependency = ['postgres', 'redis', 'queues', 'slack', 'discord'] as const
const dropReason = ['full', 'oversized', 'slow', 'silent', 'stranger'] as const

/** More than the server has; what is beyond counts together. */
const mostRoutes = 150
const mostStatuses = 30
const mostQueues = 20

/**
 * Every metric of the program. Base units; labels from small fixed sets, never ids.
 *
 * Buckets have a boundary at each budget of what they measure, so that "how many were within the budget"
 * can be read off exactly.
 */
export function declareAll(registry: Registry) {
  const { declared, histogram, counter, gauge } = createDeclarer(registry)

  return {
    declared,

    command: histogram(
      'command_duration_seconds',
      {
        unit: 'seconds',
        help: 'From the engine taking a message to the engine having its reply. Budget: 0.2 s at p95.',
        labels: { platform, intent: [...intents, 'press', 'unknown'], outcome },
      },
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5],
    ),
    ingress: histogram(
      'ingress_delay_seconds',
      { unit: 'seconds', help: "From the platform's own timestamp of an event to us having read it.", labels: { platform } },
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    ),
    ack: histogram(
      'ack_duration_seconds',
      {
        unit: 'seconds',
        help: 'From having read an event to the platform having our acknowledgement. Slack and Discord wait 3 s.',
        labels: { platform },
      },
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    ),
    replied: histogram(
      'reply_duration_seconds',
      {
        unit: 'seconds',
        help: 'From having read an event to the platform having accepted our answer. Budget of a message: 0.05 s; alert: 0.5 s.',
        labels: { platform },
      },
      [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10],
    ),
    unanswered: counter('unanswered_total', {
      unit: 'messages',
      help: 'What people said that could not be kept and was not run, or whose answer the platform did not take.',
      labels: { platform },
    }),
    response: histogram(
      'response_duration_seconds',
      {
        unit: 'seconds',
        help: "From the platform's own timestamp of an event to the platform having accepted our answer: what a person waits.",
        labels: { platform },
      },
      [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 60],
    ),

    parse: histogram(
      'parse_duration_seconds',
      { unit: 'seconds', help: 'Reading a sentence. Budget: 0.005 s to parse, 0.1 s in all.', labels: { cache: ['hit', 'miss'] } },
      [0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1],
    ),
    parseCache: counter('parse_cache_total', {
      unit: 'messages',
      help: 'Sentences found in the cache of readings, and not.',
      labels: { result: ['hit', 'miss'] },
    }),

    calendar: histogram(
      'calendar_operation_duration_seconds',
      { unit: 'seconds', help: 'One operation on calendars in the store. Budget: 0.05 s.', labels: { operation } },
      [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    ),
    calendarEvents: counter('calendar_events_processed_total', {
      unit: 'events',
      help: 'Events that operations on calendars read, made or changed.',
      labels: { operation },
    }),

    lateness: histogram(
      'reminder_lateness_seconds',
      { unit: 'seconds', help: 'From the instant a reminder was due to the platform having it. Aim: 1 s at p99.', labels: { platform } },
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600],
    ),
    deliveries: counter('deliveries_total', {
      unit: 'reminders',
      help: 'Tellings: sent, found to have been sent before, deferred by the platform, tried in vain and retried, failed for good, or skipped because they were about nothing.',
      labels: { platform, outcome: ['sent', 'found', 'deferred', 'retried', 'failed', 'skipped'] },
    }),
    overdue: gauge('reminders_overdue', {
      unit: 'reminders',
      help: 'Reminders in the database that are due and not told, whoever should have told them.',
      labels: { platform },
    }),
    overdueAge: gauge('reminder_overdue_seconds', {
      unit: 'seconds',
      help: 'How long the reminder that is overdue longest has been due; 0 when none is.',
      labels: { platform },
    }),

    deadLetters: gauge('dead_letters', {
      unit: 'reminders',
      help: 'Tellings that were given up on and not tried again since.',
      labels: { platform },
    }),

    queueJobs: gauge('queue_jobs', {
      unit: 'jobs',
      help: 'Jobs in a queue by state.',
      labels: { queue: mostQueues, state: ['waiting', 'active', 'delayed', 'failed'] },
    }),
    queueOldest: gauge('queue_oldest_job_seconds', {
      unit: 'seconds',
      help: 'For how long the oldest job that is due and not begun has been due; 0 when there is none.',
      labels: { queue: mostQueues },
    }),
    job: histogram(
      'job_duration_seconds',
      { unit: 'seconds', help: 'Work on one job.', labels: { queue: mostQueues, outcome: ['done', 'retried', 'failed'] } },
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    ),
    batchItems: counter('batch_items_total', {
      unit: 'items',
      help: 'Items of batches by what became of them.',
      labels: { outcome: ['done', 'failed'] },
    }),

    sockets: gauge('websocket_connections', { unit: 'sockets', help: 'Open sockets.', labels: {} }),
    socketMessages: counter('websocket_messages_total', {
      unit: 'messages',
      help: 'Frames read from and written to sockets.',
      labels: { direction: ['in', 'out'] },
    }),
    socketDrops: counter('websocket_dropped_total', {
      unit: 'sockets',
      help: 'Sockets that we refused or closed, by reason.',
      labels: { reason: dropReason },
    }),

    connected: gauge('platform_connected', { unit: 'state', help: '1 while the connection to the platform is up.', labels: { platform } }),
    reconnects: counter('platform_reconnects_total', {
      unit: 'connections',
      help: 'Connections to the platform that had to be made anew.',
      labels: { platform },
    }),
    rateLimited: counter('platform_rate_limited_total', {
      unit: 'calls',
      help: 'Calls that the platform answered with "too many".',
      labels: { platform },
    }),

    dependencyUp: gauge('dependency_up', {
      unit: 'state',
      help: '1 when what this process stands on answered the look that came with this scrape.',
      labels: { dependency },
    }),
    circuit: gauge('circuit_state', {
      unit: 'state',
      help: '0 closed (calls go through), 1 half open (the next one is tried), 2 open (none is tried).',
      labels: { dependency },
    }),

    http: histogram(
      'http_request_duration_seconds',
      {
        unit: 'seconds',
        help: 'From the request read to the answer written. Budgets: health 0.01 s, query 0.1 s, create 0.15 s, batch accepted 0.5 s.',
        labels: { method, route: mostRoutes, status: mostStatuses },
      },
      [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5],
    ),

    memoryLimit: gauge('memory_limit_bytes', {
      unit: 'bytes',
      help: "Memory that this process may use: what its container's control group says, or else all that the machine has.",
      labels: {},
    }),
    heapLimit: gauge('heap_limit_bytes', { unit: 'bytes', help: 'Size at which V8 gives up on the JavaScript heap.', labels: {} }),
  }
}

export type Operation = (typeof operation)[number]
