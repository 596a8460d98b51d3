import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memoryLimit } from '#telemetry/memory.ts'
import { createMetrics } from '#telemetry/metrics.ts'

/** What dashboards and alerts of others may have been built on: these names and labels stay. */
const promised = {
  command_duration_seconds: ['platform', 'intent', 'outcome'],
  ingress_delay_seconds: ['platform'],
  ack_duration_seconds: ['platform'],
  reply_duration_seconds: ['platform'],
  parse_duration_seconds: ['cache'],
  parse_cache_total: ['result'],
  calendar_operation_duration_seconds: ['operation'],
  calendar_events_processed_total: ['operation'],
  reminder_lateness_seconds: ['platform'],
  deliveries_total: ['platform', 'outcome'],
  queue_jobs: ['queue', 'state'],
  queue_oldest_job_seconds: ['queue'],
  job_duration_seconds: ['queue', 'outcome'],
  batch_items_total: ['outcome'],
  websocket_connections: [],
  websocket_messages_total: ['direction'],
  websocket_dropped_total: ['reason'],
  platform_connected: ['platform'],
  platform_reconnects_total: ['platform'],
  platform_rate_limited_total: ['platform'],
  circuit_state: ['dependency'],
  http_request_duration_seconds: ['method', 'route', 'status'],
  memory_limit_bytes: [],
}

describe('the metrics', () => {
  it.each(Object.entries(promised))('declare ducktape_%s with the labels %j and a help text', async (name, labels) => {
    const metrics = createMetrics()
    expect(metrics.declared.find((one) => one.name === `ducktape_${name}`)?.labels).toEqual(labels)
    expect(await metrics.text()).toMatch(new RegExp(`^# HELP ducktape_${name} \\S.*\\n# TYPE ducktape_${name} `, 'm'))
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

  it('say how long a person waited, from the timestamp of the platform on', async () => {
    const { bot, text } = createMetrics({ now: () => Date.parse('2026-11-24T20:00:02Z') })
    bot.replied('slack', 0.25, Temporal.Instant.from('2026-11-24T20:00:00Z'))
    bot.replied('web', 0.25)
    const exposed = await text()
    expect(exposed).toContain('ducktape_reply_duration_seconds_sum{platform="slack"} 0.25')
    expect(exposed).toContain('ducktape_response_duration_seconds_sum{platform="slack"} 2')
    expect(exposed).toContain('ducktape_response_duration_seconds_sum{platform="web"} 0.25')
  })

  it('grow no further, whatever is told to them', async () => {
    const metrics = createMetrics()
    const tell = (wild: string) => {
      metrics.commanded(wild as 'slack', wild as 'undo', wild as 'done', 0.1)
      metrics.web.requested(wild, wild, wild.length, 0.1)
      metrics.web.dropped(wild)
      metrics.queue(wild, { [wild]: 1 }, 1)
      metrics.worked(wild, 'done', 1)
      metrics.circuit(wild, 'open')
      metrics.delivered(wild as 'slack', wild as 'sent', 1)
    }
    const series = async () => (await metrics.text()).split('\n').filter((line) => line.startsWith('ducktape_')).length
    for (let index = 0; index < 1_000; index += 1) tell('x'.repeat(index))
    const full = await series()
    for (let index = 1_000; index < 2_000; index += 1) tell('x'.repeat(index))
    expect(await series()).toBe(full)
    const exposed = await metrics.text()
    expect(exposed).toContain('ducktape_command_duration_seconds_count{platform="other",intent="other",outcome="other"} 2000')
    expect(exposed).toContain('ducktape_websocket_dropped_total{reason="other"} 2000')
    expect(exposed).not.toMatch(/(?:platform|intent|outcome|reason|state|dependency|method)="x/)
    expect(full).toBeLessThan(10_000)
  })

  it('count from zero, so that the first failure is an increase', async () => {
    const exposed = await createMetrics().text()
    expect(exposed).toContain('ducktape_deliveries_total{platform="slack",outcome="failed"} 0')
    expect(exposed).toContain('ducktape_command_duration_seconds_count{platform="discord",intent="unknown",outcome="failed"} 0')
    expect(exposed).toContain('ducktape_unanswered_total{platform="slack"} 0')
    expect(exposed).toContain('ducktape_reminder_lateness_seconds_count{platform="web"} 0')
    expect(exposed).toContain('ducktape_ingress_delay_seconds_count{platform="slack"} 0')
  })

  it('take a look when they are read, once for readers who come together, and bear one that fails', async () => {
    const metrics = createMetrics()
    let looks = 0
    metrics.look(async () => {
      looks += 1
      metrics.dependency('postgres', true)
    })
    metrics.look(async () => Promise.reject(new Error('away')))
    const [one, other] = await Promise.all([metrics.text(), metrics.text()])
    const seen = expect.stringContaining('ducktape_dependency_up{dependency="postgres"} 1')
    expect([looks, one, other]).toEqual([1, seen, seen])
    await metrics.text()
    expect(looks).toBe(2)
  })

  it('show no old figure of what cannot be looked at any more', async () => {
    const metrics = createMetrics()
    metrics.overdue([{ platform: 'slack', reminders: 2, seconds: 90 }])
    metrics.queue('remind-slack', { waiting: 2 }, 90)
    const known = await metrics.text()
    expect(known).toContain('ducktape_reminders_overdue{platform="slack"} 2')
    expect(known).toContain('ducktape_reminder_overdue_seconds{platform="discord"} 0')
    expect(known).toContain('ducktape_queue_oldest_job_seconds{queue="remind-slack"} 90')
    metrics.overdue(undefined)
    metrics.queuesUnknown()
    expect(await metrics.text()).not.toMatch(/ducktape_(?:reminders?_overdue\w*|queue_\w+)\{/)
  })

  it('include those of the process', async () => {
    expect(await createMetrics().text()).toContain('process_resident_memory_bytes')
  })

  it('of two programs in one process are apart', async () => {
    const [one, other] = [createMetrics(), createMetrics()]
    one.batchItem('done')
    expect(await one.text()).toContain('ducktape_batch_items_total{outcome="done"} 1')
    expect(await other.text()).toContain('ducktape_batch_items_total{outcome="done"} 0')
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
