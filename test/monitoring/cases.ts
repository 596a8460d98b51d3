/** Samples of one series, a step apart, in promtool's notation: `0+5x100` grows by five a hundred times. */
export interface Series {
  readonly series: string
  readonly values: string
}

/** How an alert is made to fire, and how close one may come without it. */
export interface Case {
  readonly alert: string
  readonly fires: readonly Series[]
  readonly labels: Readonly<Record<string, string>>
  readonly summary: string
  readonly silent: readonly Series[]
  /** When to look; twelve minutes after the first sample unless said otherwise. */
  readonly at?: string
  /** Between two samples. */
  readonly step?: string
}

const long = 'x200'

/** A counter that grows by so many a step. */
export function counter(name: string, labels: Readonly<Record<string, string>>, perStep: number, then = long): Series {
  return { series: `ducktape_${name}${written(labels)}`, values: `0+${perStep}${then}` }
}

export function gauge(name: string, labels: Readonly<Record<string, string>>, value: number): Series {
  return { series: `${name}${written(labels)}`, values: `${value}${long}` }
}

/** What a histogram shows when so many a step take no longer than each boundary. */
export function histogram(name: string, labels: Readonly<Record<string, string>>, within: Readonly<Record<string, number>>): Series[] {
  const all = Math.max(...Object.values(within))
  return [
    ...Object.entries({ ...within, '+Inf': all }).map(([le, count]) => counter(`${name}_bucket`, { ...labels, le }, count)),
    counter(`${name}_count`, labels, all),
  ]
}

/** What a histogram shows when two took long, minutes apart, and nothing else happened at night. */
function twice(name: string, labels: Readonly<Record<string, string>>, over: readonly string[], within: readonly string[]): Series[] {
  const line = (suffix: string, more: object, values: string) => ({
    series: `ducktape_${name}_${suffix}${written({ ...labels, ...more })}`,
    values,
  })
  const both = '0x20 1x12 2x160'
  return [
    ...over.map((le) => line('bucket', { le }, '0x200')),
    ...within.map((le) => line('bucket', { le }, both)),
    line('count', {}, both),
  ]
}

function written(labels: Readonly<Record<string, string>>): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`
}

const slack = { platform: 'slack' }
const instance = { instance: 'a:3000', job: 'ducktape' }
const said = (platform: string, failed: number, unanswered = 0) => [
  counter('command_duration_seconds_count', { platform, intent: 'help', outcome: 'told' }, 1_000 - failed),
  counter('command_duration_seconds_count', { platform, intent: 'unknown', outcome: 'failed' }, failed),
  counter('unanswered_total', { platform }, unanswered),
]
/** All at once, less than four minutes before anybody looks, and nothing since. */
const lately = (count: number) => `0x32 ${count}x168`
const saidLately = (platform: string, failed: number): Series[] => [
  { series: `ducktape_command_duration_seconds_count{platform="${platform}",outcome="told"}`, values: lately(10 - failed) },
  { series: `ducktape_command_duration_seconds_count{platform="${platform}",outcome="failed"}`, values: lately(failed) },
  { series: `ducktape_unanswered_total{platform="${platform}"}`, values: lately(0) },
]
const jobs = (queue: string, retried: number) => [
  counter('job_duration_seconds_count', { queue, outcome: 'done' }, 100 - retried),
  counter('job_duration_seconds_count', { queue, outcome: 'retried' }, retried),
]
const told = (late: number) => [
  ...histogram('reminder_lateness_seconds', slack, { '60': 10_000 - late, '300': 10_000 }),
  counter('deliveries_total', { ...slack, outcome: 'failed' }, 0),
]
const requests = (failed: number) => [
  counter('http_request_duration_seconds_count', { route: '/api/commands', status: '200' }, 1_000 - failed),
  counter('http_request_duration_seconds_count', { route: '/api/commands', status: '503' }, failed),
  counter('http_request_duration_seconds_count', { route: '/ready', status: '503' }, 500),
]
const requestsLately = (failed: number): Series[] => [
  { series: 'ducktape_http_request_duration_seconds_count{route="/api/commands",status="200"}', values: lately(10 - failed) },
  { series: 'ducktape_http_request_duration_seconds_count{route="/api/commands",status="500"}', values: lately(failed) },
]
const tellings = (retried: number, deferred: number) => [
  counter('deliveries_total', { ...slack, outcome: 'deferred' }, deferred),
  counter('deliveries_total', { ...slack, outcome: 'sent' }, 100 - retried),
  counter('deliveries_total', { ...slack, outcome: 'retried' }, retried),
]
const dependency = (name: string, up: number) => [gauge('ducktape_dependency_up', { ...instance, dependency: name }, up)]
const week = 'x1100'
const events = (lastWeek: number, now: number): Series[] => [
  { series: 'ducktape_ingress_delay_seconds_count{platform="slack"}', values: `0+${lastWeek}x150 ${150 * lastWeek}+${now}${week}` },
  { series: 'ducktape_platform_connected{platform="slack"}', values: `1${week}` },
]

export const cases: readonly Case[] = [
  {
    alert: 'DuckTapeResponseSlow',
    fires: histogram('reply_duration_seconds', slack, { '0.3': 80, '0.5': 90, '1': 100 }),
    labels: { ...slack, severity: 'page' },
    summary: 'One answer in twenty on slack takes 750ms',
    silent: [
      ...histogram('reply_duration_seconds', slack, { '0.3': 80, '0.5': 96, '1': 100 }),
      ...twice('reply_duration_seconds', { platform: 'discord' }, ['0.5'], ['1', '+Inf']),
    ],
  },
  {
    alert: 'DuckTapeHttpSlow',
    fires: histogram('http_request_duration_seconds', { route: '/api/commands' }, { '0.5': 90, '1': 100 }),
    labels: { route: '/api/commands', severity: 'ticket' },
    summary: 'One request in twenty to /api/commands takes 750ms',
    silent: [
      ...['/ready', '/api/export', '/calendar/:secret.ics'].flatMap((route) =>
        histogram('http_request_duration_seconds', { route }, { '0.5': 0, '2.5': 100 }),
      ),
      ...histogram('http_request_duration_seconds', { route: '/api/commands' }, { '0.5': 96, '1': 100 }),
    ],
  },
  {
    alert: 'DuckTapeErrors',
    fires: said('slack', 20),
    labels: { ...slack, severity: 'page' },
    summary: '2% of what people say on slack fails',
    silent: [...said('slack', 9), ...saidLately('discord', 2)],
  },
  {
    alert: 'DuckTapeErrors',
    fires: saidLately('slack', 3),
    labels: { ...slack, severity: 'page' },
    summary: '30% of what people say on slack fails',
    silent: said('slack', 0, 9),
  },
  {
    alert: 'DuckTapeErrors',
    fires: said('slack', 0, 1_000),
    labels: { ...slack, severity: 'page' },
    summary: '50% of what people say on slack fails',
    silent: said('slack', 0),
  },
  {
    alert: 'DuckTapeHttpErrors',
    fires: requests(20),
    labels: { severity: 'page' },
    summary: '2% of requests to the API and the page fail',
    silent: [...requests(9), counter('http_request_duration_seconds_count', { route: '/metrics', status: '500' }, 500)],
  },
  {
    alert: 'DuckTapeHttpErrors',
    fires: requestsLately(4),
    labels: { severity: 'page' },
    summary: '40% of requests to the API and the page fail',
    silent: requestsLately(2),
  },
  {
    alert: 'DuckTapeAcknowledgesLate',
    fires: histogram('ack_duration_seconds', slack, { '2': 90, '3': 100 }),
    labels: { ...slack, severity: 'page' },
    summary: 'slack gets our acknowledgement after 2.9s; after 3 s it tells people that we failed',
    silent: [
      ...histogram('ack_duration_seconds', slack, { '1': 98, '2': 100, '3': 100 }),
      ...twice('ack_duration_seconds', { platform: 'discord' }, ['2'], ['3', '+Inf']),
    ],
  },
  {
    alert: 'DuckTapeRemindersOverdue',
    fires: [gauge('ducktape_reminder_overdue_seconds', slack, 90)],
    labels: { ...slack, severity: 'page' },
    summary: 'A reminder for slack should have been told 1m 30s ago',
    silent: [gauge('ducktape_reminder_overdue_seconds', slack, 45)],
  },
  {
    alert: 'DuckTapeDeliveriesFailing',
    fires: tellings(10, 50),
    labels: { ...slack, severity: 'page' },
    summary: '10% of tries to tell something on slack fail',
    silent: tellings(4, 0),
  },
  {
    alert: 'DuckTapeDeadLetters',
    fires: [{ series: 'ducktape_deliveries_total{platform="slack",outcome="failed"}', values: '0x30 1x100' }],
    labels: { ...slack, severity: 'ticket' },
    summary: 'Something for slack was given up and will not be told',
    silent: [{ series: 'ducktape_deliveries_total{platform="slack",outcome="failed"}', values: '1x200' }],
  },
  {
    alert: 'DuckTapeQueueStuck',
    fires: [gauge('ducktape_queue_oldest_job_seconds', { queue: 'remind-slack' }, 150)],
    labels: { queue: 'remind-slack', severity: 'page' },
    summary: 'The first job of remind-slack has been due for 2m 30s',
    silent: [gauge('ducktape_queue_oldest_job_seconds', { queue: 'remind-slack' }, 90)],
  },
  {
    alert: 'DuckTapeJobsFailing',
    fires: jobs('feed', 60),
    labels: { queue: 'feed', severity: 'ticket' },
    summary: '60% of the work on feed fails and begins anew',
    silent: [...jobs('feed', 40), ...jobs('remind-slack', 100)],
    at: '40m',
  },
  {
    alert: 'DuckTapePlatformDisconnected',
    fires: [gauge('ducktape_platform_connected', { ...slack, instance: 'a' }, 0)],
    labels: { ...slack, severity: 'page' },
    summary: 'No process is connected to slack',
    silent: [
      gauge('ducktape_platform_connected', { ...slack, instance: 'a' }, 0),
      gauge('ducktape_platform_connected', { ...slack, instance: 'b' }, 1),
    ],
  },
  {
    alert: 'DuckTapePlatformSilent',
    fires: events(10, 0),
    labels: { ...slack, severity: 'ticket' },
    summary: 'Nobody has said anything on slack for an hour, though the connection is up',
    silent: events(10, 1),
    at: '7d6h',
    step: '10m',
  },
  {
    alert: 'DuckTapePlatformFlapping',
    fires: [counter('platform_reconnects_total', slack, 1)],
    labels: { ...slack, severity: 'ticket' },
    summary: 'The connection to slack was made anew 60 times in a quarter of an hour',
    silent: [{ series: 'ducktape_platform_reconnects_total{platform="slack"}', values: '0x30 4x120' }],
    at: '30m',
  },
  {
    alert: 'DuckTapePlatformLimits',
    fires: [counter('platform_rate_limited_total', slack, 1)],
    labels: { ...slack, severity: 'ticket' },
    summary: 'slack answered "too many" 40 times in ten minutes',
    silent: [{ series: 'ducktape_platform_rate_limited_total{platform="slack"}', values: '0x30 20x120' }],
  },
  {
    alert: 'DuckTapeEventsLate',
    fires: histogram('ingress_delay_seconds', slack, { '5': 90, '10': 100 }),
    labels: { ...slack, severity: 'ticket' },
    summary: 'What people say on slack reaches us after 7.5s',
    silent: histogram('ingress_delay_seconds', slack, { '2.5': 96, '5': 100 }),
  },
  {
    alert: 'DuckTapeDown',
    fires: [gauge('up', instance, 0)],
    labels: { ...instance, severity: 'page' },
    summary: 'The process at a:3000 does not answer',
    silent: [gauge('up', instance, 1)],
  },
  {
    // Two of a role, of which one went, are still the role; the only one of another went with its name.
    alert: 'DuckTapeDown',
    fires: [
      gauge('up', { ...instance, role: 'web' }, 1),
      { series: 'up{instance="b:3000",job="ducktape",role="jobs"}', values: '1x10 stale' },
    ],
    labels: { job: 'ducktape', role: 'jobs', severity: 'page' },
    summary: 'There is no jobs any more',
    silent: [
      gauge('up', { ...instance, role: 'web' }, 1),
      { series: 'up{instance="b:3000",job="ducktape",role="web"}', values: '1x10 stale' },
    ],
  },
  {
    alert: 'DuckTapeDown',
    fires: [],
    labels: { job: 'ducktape', severity: 'page' },
    summary: 'There is no DuckTape any more',
    silent: [gauge('up', instance, 1)],
  },
  {
    alert: 'DuckTapePostgresAway',
    fires: [...dependency('postgres', 0), gauge('ducktape_dependency_up', { instance: 'b:3000', dependency: 'postgres' }, 0)],
    labels: { dependency: 'postgres', severity: 'page' },
    summary: 'Postgres does not answer 2 of our processes',
    silent: dependency('postgres', 1),
  },
  {
    alert: 'DuckTapeRedisAway',
    fires: [...dependency('redis', 0), gauge('ducktape_dependency_up', { instance: 'b:3000', dependency: 'redis' }, 0)],
    labels: { dependency: 'redis', severity: 'page' },
    summary: 'Redis does not answer 2 of our processes',
    silent: dependency('redis', 1),
  },
  {
    alert: 'DuckTapeCircuitOpen',
    fires: [
      {
        series: 'ducktape_circuit_state{dependency="slack"}',
        values: '1 1 2 1 1 1 2 1 1 1 1 2 1x4 2 1x4 2 1x4 2 1x4 2 1x4 2 1x4 2 1x4 2 1x4',
      },
    ],
    labels: { dependency: 'slack', severity: 'ticket' },
    summary: 'Calls to slack are not even tried',
    silent: [{ series: 'ducktape_circuit_state{dependency="slack"}', values: '2x36 1x160' }],
  },
  {
    alert: 'DuckTapeMemoryHigh',
    fires: [gauge('process_resident_memory_bytes', instance, 85), gauge('ducktape_memory_limit_bytes', instance, 100)],
    labels: { ...instance, severity: 'page' },
    summary: 'a:3000 uses 85% of the memory it may use',
    silent: [
      gauge('process_resident_memory_bytes', instance, 79),
      gauge('ducktape_memory_limit_bytes', instance, 100),
      gauge('nodejs_heap_size_used_bytes', instance, 79),
      gauge('ducktape_heap_limit_bytes', instance, 100),
    ],
  },
  {
    alert: 'DuckTapeCpuHigh',
    fires: [{ series: 'process_cpu_seconds_total{instance="a:3000",job="ducktape"}', values: '0+12x200' }],
    labels: { ...instance, severity: 'ticket' },
    summary: 'a:3000 keeps a core busy 80% of the time',
    silent: [{ series: 'process_cpu_seconds_total{instance="a:3000",job="ducktape"}', values: '0+10x200' }],
  },
  {
    alert: 'DuckTapeCacheCollapsed',
    fires: [
      { series: 'ducktape_parse_cache_total{result="hit"}', values: '0+90x300 27000+10x400' },
      { series: 'ducktape_parse_cache_total{result="miss"}', values: '0+10x300 3000+90x400' },
    ],
    labels: { severity: 'ticket' },
    summary: 'Only 10% of sentences are found in the cache, less than half of what is usual',
    silent: [
      { series: 'ducktape_parse_cache_total{result="hit"}', values: '0+90x300 27000+60x400' },
      { series: 'ducktape_parse_cache_total{result="miss"}', values: '0+10x300 3000+40x400' },
    ],
    at: '6h',
    step: '1m',
  },
  {
    alert: 'DuckTapeSocketDrops',
    fires: [counter('websocket_dropped_total', { reason: 'slow' }, 1)],
    labels: { reason: 'slow', severity: 'ticket' },
    summary: '40 sockets were closed or refused in ten minutes: slow',
    silent: [{ series: 'ducktape_websocket_dropped_total{reason="slow"}', values: '0x30 8x120' }],
  },
  {
    alert: 'DuckTapeBudgetBurnsFast',
    fires: said('slack', 20),
    labels: { slo: 'answered', severity: 'page' },
    summary: "answered: the month's error budget burns 20 times too fast",
    // Half of what was said fails, but that is four times in all.
    silent: [
      { series: 'ducktape_command_duration_seconds_count{outcome="failed"}', values: '0 1 2 3 4x100' },
      { series: 'ducktape_command_duration_seconds_count{outcome="told"}', values: '0 1 2 3 4x100' },
      counter('unanswered_total', slack, 0),
    ],
  },
  {
    alert: 'DuckTapeBudgetBurnsSlowly',
    fires: told(20),
    labels: { slo: 'told', severity: 'ticket' },
    summary: "told: at this rate the month's error budget will not last",
    // The other objective is missed by a wide margin, but four times in all.
    silent: [
      ...told(5),
      { series: 'ducktape_reply_duration_seconds_bucket{le="0.5"}', values: '0x20 20x100' },
      { series: 'ducktape_reply_duration_seconds_count', values: '0x20 24x100' },
    ],
    at: '30h',
    step: '15m',
  },
]
