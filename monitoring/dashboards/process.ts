import { lines, perSecond, quantile, row } from '../panels.ts'

const ours = '{job="ducktape"}'

/** What it runs on: processes, Postgres and Redis, the reader of sentences. */
export const processes = {
  uid: 'ducktape-process',
  title: 'DuckTape: process and database',
  about: 'Has it what it needs to work?',
  panels: [
    row('What it stands on'),
    lines({
      title: 'Processes',
      about: '1 while a process answers.',
      unit: 'short',
      most: 1,
      queries: [{ expr: `up${ours}`, legend: '{{role}} {{instance}}' }],
    }),
    lines({
      title: 'Postgres, Redis, queues',
      about: '1 while they answer a process.',
      unit: 'short',
      most: 1,
      queries: [{ expr: 'min by (dependency) (ducktape_dependency_up)', legend: '{{dependency}}' }],
    }),
    lines({
      title: 'Breakers',
      about:
        '0 closed: calls go through. 2 open: none is tried. 1 half open: the next one is tried. Alert: opens again and again for a minute.',
      unit: 'short',
      most: 2,
      queries: [{ expr: 'max by (dependency) (ducktape_circuit_state)', legend: '{{dependency}}' }],
    }),
    lines({
      title: 'Operations on calendars',
      about: 'In the store, at p95. Budget: 0.05 s.',
      unit: 's',
      bad: 0.05,
      queries: [{ expr: quantile(0.95, 'ducktape_calendar_operation_duration_seconds', 'operation'), legend: '{{operation}} p95' }],
    }),
    lines({
      title: 'Events read and changed',
      about: 'A second.',
      unit: 'cps',
      queries: [{ expr: perSecond('ducktape_calendar_events_processed_total', 'operation'), legend: '{{operation}}' }],
    }),

    row('The process'),
    lines({
      title: 'Memory',
      about: 'Share of what the process may use. Alert: 80 %.',
      unit: 'percentunit',
      bad: 0.8,
      queries: [
        { expr: `process_resident_memory_bytes${ours} / ducktape_memory_limit_bytes`, legend: '{{role}} {{instance}} of the machine' },
        { expr: `nodejs_heap_size_used_bytes${ours} / ducktape_heap_limit_bytes`, legend: '{{role}} {{instance}} heap' },
      ],
    }),
    lines({
      title: 'Memory in bytes',
      about: 'Resident, and the part of it that is JavaScript.',
      unit: 'bytes',
      queries: [
        { expr: `process_resident_memory_bytes${ours}`, legend: '{{role}} {{instance}}' },
        { expr: `nodejs_heap_size_used_bytes${ours}`, legend: '{{role}} {{instance}} heap' },
      ],
    }),
    lines({
      title: 'CPU',
      about: 'Share of one core. Alert: 70 %.',
      unit: 'percentunit',
      bad: 0.7,
      queries: [{ expr: `rate(process_cpu_seconds_total${ours}[$__rate_interval])`, legend: '{{role}} {{instance}}' }],
    }),
    lines({
      title: 'Event-loop delay',
      about: 'How late timers are, at p99: while it is high, everything waits.',
      unit: 's',
      bad: 0.2,
      queries: [{ expr: `nodejs_eventloop_lag_p99_seconds${ours}`, legend: '{{role}} {{instance}}' }],
    }),
    lines({
      title: 'Garbage collection',
      about: 'Share of the time.',
      unit: 'percentunit',
      queries: [
        { expr: `sum by (instance) (rate(nodejs_gc_duration_seconds_sum${ours}[$__rate_interval]))`, legend: '{{role}} {{instance}}' },
      ],
    }),
    lines({
      title: 'Open files',
      about: 'Share of those that the process may open; sockets are files.',
      unit: 'percentunit',
      bad: 0.8,
      queries: [{ expr: `process_open_fds${ours} / process_max_fds${ours}`, legend: '{{role}} {{instance}}' }],
    }),

    row('Reading sentences'),
    lines({
      title: 'Reading a sentence',
      about: 'At p99. Budget: 0.005 s, 0.1 s in all.',
      unit: 's',
      bad: 0.1,
      queries: [{ expr: quantile(0.99, 'ducktape_parse_duration_seconds', 'cache'), legend: '{{cache}} p99' }],
    }),
    lines({
      title: 'Found in the cache',
      about: 'Share of sentences whose reading was kept.',
      unit: 'percentunit',
      most: 1,
      queries: [
        {
          expr: 'sum(rate(ducktape_parse_cache_total{result="hit"}[$__rate_interval])) / sum(rate(ducktape_parse_cache_total[$__rate_interval]))',
          legend: 'hits',
        },
      ],
    }),
  ],
}
