import { readFileSync } from 'node:fs'
import { createMetrics } from '#telemetry/metrics.ts'
import { dashboards } from './dashboards.ts'

/** Who moves each metric: the one column that no program can fill in. */
const movers: Readonly<Record<string, string>> = {
  command_duration_seconds: 'the engine, for every message and press',
  ingress_delay_seconds: 'the Slack and Discord receivers, for every event',
  ack_duration_seconds: 'Slack: every envelope; Discord: every command and press',
  reply_duration_seconds: 'the platforms, for every answer; the socket, for every frame answered',
  response_duration_seconds: 'the same; the page has no clock of its own, so it counts from the frame',
  unanswered_total: 'the platforms and the socket, for what could not be kept, and for every answer that was not taken',
  parse_duration_seconds: 'the language, for every sentence read',
  parse_cache_total: 'the language, for every sentence read',
  calendar_operation_duration_seconds: 'the store, for every look at events and every change of them',
  calendar_events_processed_total: 'the same',
  reminder_lateness_seconds: 'the workers, for every telling that arrived',
  deliveries_total: 'the workers, for every try',
  reminders_overdue: 'a look at Postgres when the metrics are read, in every process',
  reminder_overdue_seconds: 'the same look',
  dead_letters: 'a look at Postgres when the metrics are read, in every process',
  queue_jobs: 'a look at the queues when the metrics are read, in every process',
  queue_oldest_job_seconds: 'the same look',
  job_duration_seconds: 'the workers, for every job',
  batch_items_total: 'batches, for every item',
  websocket_connections: 'the socket server',
  websocket_messages_total: 'the socket server, for every frame',
  websocket_dropped_total: 'the socket server, for every socket refused or closed',
  platform_connected: 'the Slack and Discord connections',
  platform_reconnects_total: 'the Slack and Discord connections',
  platform_rate_limited_total: 'every call to Slack and Discord',
  dependency_up: 'the checks of `/ready`, when the metrics are read',
  circuit_state: 'the breakers around the Web APIs of Slack and Discord, and around what is put into Redis, whenever they open and close',
  http_request_duration_seconds: 'the web server, and the small one of processes without the page',
  memory_limit_bytes: 'the start of the process',
  heap_limit_bytes: 'the start of the process',
}

const rules =
  readFileSync(new URL('./alerts.yml', import.meta.url), 'utf8') + readFileSync(new URL('./budgets.yml', import.meta.url), 'utf8')

/** The table of the README: every metric of ours, and who reads it. */
export function dictionary(): string {
  const rows = createMetrics().declared.map(({ name, kind, unit, labels }) => {
    const mover = movers[name.replace(/^ducktape_/, '')]
    if (mover === undefined) throw new RangeError(`nobody says who moves ${name}`)
    const readers = [...alertsOn(name), ...panelsOn(name)]
    return [`\`${name}\``, `${kind}, ${unit}`, labels.map((label) => `\`${label}\``).join(' ') || '-', mover, readers.join(', ') || '-']
  })
  return [['metric', 'kind, unit', 'labels', 'moved by', 'read by'], ['---', '---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

function alertsOn(metric: string): string[] {
  const [, ...parts] = rules.split(/- (?=alert: |record: )/)
  const names = parts.filter((part) => reads(part, metric)).map((part) => /^(?:alert|record): (\S+)/.exec(part)?.[1] ?? '')
  return [...new Set(names.map((name) => (name.startsWith('ducktape:') ? 'the error budgets' : name)))]
}

function panelsOn(metric: string): string[] {
  return Object.values(dashboards).flatMap(({ title = '', panels = [] }) => {
    const titles = panels.flatMap((panel) =>
      'targets' in panel && reads(JSON.stringify(panel.targets), metric) ? [panel.title ?? ''] : [],
    )
    return titles.length === 0 ? [] : [`*${title.replace('DuckTape: ', '')}* (${titles.join(', ')})`]
  })
}

function reads(text: string, metric: string): boolean {
  return new RegExp(`\\b${metric}(?:_bucket|_sum|_count)?\\b(?!_)`).test(text)
}
