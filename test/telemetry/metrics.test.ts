import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memoryLimit } from '#telemetry/memory.ts'
import { createMetrics } from '#telemetry/metrics.ts'

const names = [
  'command_duration_seconds',
  'ingress_delay_seconds',
  'ack_duration_seconds',
  'reply_duration_seconds',
  'parse_duration_seconds',
  'parse_cache_total',
  'calendar_operation_duration_seconds',
  'calendar_events_processed_total',
  'reminder_lateness_seconds',
  'deliveries_total',
  'queue_jobs',
  'queue_oldest_job_seconds',
  'job_duration_seconds',
  'batch_items_total',
  'websocket_connections',
  'websocket_messages_total',
  'websocket_dropped_total',
  'platform_connected',
  'platform_reconnects_total',
  'platform_rate_limited_total',
  'circuit_state',
  'http_request_duration_seconds',
]

describe('the metrics', () => {
  it.each(names)('declare ducktape_%s with a help text', async (name) => {
    expect(await createMetrics().text()).toMatch(new RegExp(`^# HELP ducktape_${name} \\S.*\\n# TYPE ducktape_${name} `, 'm'))
  })

  it.each([
    ['command_duration_seconds', '0.2', 'platform="slack",intent="undo",outcome="done"'],
    ['parse_duration_seconds', '0.005', 'cache="miss"'],
    ['parse_duration_seconds', '0.1', 'cache="miss"'],
    ['calendar_operation_duration_seconds', '0.05', 'operation="query"'],
    ['http_request_duration_seconds', '0.01', 'method="GET",route="/health",status="200"'],
    ['http_request_duration_seconds', '0.15', 'method="GET",route="/health",status="200"'],
    ['http_request_duration_seconds', '0.5', 'method="GET",route="/health",status="200"'],
  ])('have a bucket in %s that ends at the budget of %s s', async (name, budget, labels) => {
    const metrics = createMetrics()
    metrics.commanded('slack', 'undo', 'done', 0.1)
    metrics.parsed('miss', 0.001)
    metrics.calendar('query', 0.01, 3)
    metrics.web.requested('GET', '/health', 200, 0.001)
    expect(await metrics.text()).toContain(`ducktape_${name}_bucket{le="${budget}",${labels}} 1`)
  })

  it('count what a platform part reports', async () => {
    const { bot, text } = createMetrics()
    bot.connected('discord', true)
    bot.reconnected('discord')
    bot.rateLimited('discord')
    bot.arrived('discord', -0.2)
    const exposed = await text()
    expect(exposed).toContain('ducktape_platform_connected{platform="discord"} 1')
    expect(exposed).toContain('ducktape_platform_reconnects_total{platform="discord"} 1')
    expect(exposed).toContain('ducktape_platform_rate_limited_total{platform="discord"} 1')
    expect(exposed).toContain('ducktape_ingress_delay_seconds_sum{platform="discord"} 0')
  })

  it('include those of the process', async () => {
    expect(await createMetrics().text()).toContain('process_resident_memory_bytes')
  })

  it('of two programs in one process are apart', async () => {
    const [one, other] = [createMetrics(), createMetrics()]
    one.batchItem('done')
    expect(await one.text()).toContain('ducktape_batch_items_total{outcome="done"} 1')
    expect(await other.text()).not.toContain('outcome="done"')
  })
})

describe('the memory limit', () => {
  it.each([
    ['a control group that sets one', '536870912\n', 536_870_912],
    ['a control group that sets none', 'max\n', undefined],
    ['an old control group that sets none', '9223372036854771712\n', undefined],
  ])('is read from %s', (_what, content, bytes) => {
    const file = join(mkdtempSync(join(tmpdir(), 'cgroup-')), 'memory.max')
    writeFileSync(file, content)
    expect(memoryLimit(['/nowhere/memory.max', file])).toBe(bytes)
  })
})
