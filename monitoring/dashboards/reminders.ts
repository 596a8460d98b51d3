import { lines, perSecond, quantile, row } from '../panels.ts'

/** From the row in Postgres to the platform: what is due, what waits, what is worked on. */
export const reminders = {
  uid: 'ducktape-reminders',
  title: 'DuckTape: reminders and queues',
  about: 'Is everybody told in time, and if not, where does it wait?',
  panels: [
    row('Reminders'),
    lines({
      title: 'Overdue',
      about: 'Reminders in the database that are due and not told, whoever should have told them.',
      unit: 'short',
      queries: [{ expr: 'max by (platform) (ducktape_reminders_overdue)', legend: '{{platform}}' }],
    }),
    lines({
      title: 'Overdue for',
      about: 'How long the one that waits longest has been due. Alert: a minute.',
      unit: 's',
      bad: 60,
      queries: [{ expr: 'max by (platform) (ducktape_reminder_overdue_seconds)', legend: '{{platform}}' }],
    }),
    lines({
      title: 'Lateness',
      about: 'From the instant a reminder was due to the platform having it. Aim: 1 s at p99.',
      unit: 's',
      bad: 60,
      queries: [
        { expr: quantile(0.5, 'ducktape_reminder_lateness_seconds', 'platform'), legend: '{{platform}} p50' },
        { expr: quantile(0.99, 'ducktape_reminder_lateness_seconds', 'platform'), legend: '{{platform}} p99' },
      ],
    }),
    lines({
      title: 'Tellings by outcome',
      about:
        'A second. Found: sent by a try that died before it could say so. Deferred: the platform asked to wait, or is left alone. Skipped: about nothing any more. Failed: given up.',
      unit: 'cps',
      queries: [{ expr: perSecond('ducktape_deliveries_total', 'platform', 'outcome'), legend: '{{platform}} {{outcome}}' }],
    }),
    lines({
      title: 'Given up',
      about: 'Tellings that nobody has tried again: dead letters. `ducktape dead-letters` lists them with their reasons.',
      unit: 'short',
      bad: 1,
      queries: [
        { expr: 'max by (platform) (ducktape_dead_letters)', legend: '{{platform}}' },
        { expr: 'sum by (platform) (increase(ducktape_deliveries_total{outcome="failed"}[1d]))', legend: '{{platform}}, last day' },
      ],
    }),
    lines({
      title: 'Found again',
      about: 'Tellings of the last day that an earlier process had sent and could not record: each would have been a double.',
      unit: 'short',
      queries: [{ expr: 'sum by (platform) (increase(ducktape_deliveries_total{outcome="found"}[1d]))', legend: '{{platform}}' }],
    }),

    row('Queues'),
    lines({
      title: 'Jobs by state',
      about: 'Delayed is what comes soon; waiting is due; active is being worked on. What was given up is no job any more.',
      unit: 'short',
      queries: [{ expr: 'max by (queue, state) (ducktape_queue_jobs{state!="failed"})', legend: '{{queue}} {{state}}' }],
    }),
    lines({
      title: 'First job due for',
      about: 'How long the first job of a queue has been due and not begun. Alert: two minutes.',
      unit: 's',
      bad: 120,
      queries: [{ expr: 'max by (queue) (ducktape_queue_oldest_job_seconds)', legend: '{{queue}}' }],
    }),
    lines({
      title: 'Work on one job',
      about: 'Claiming, sending and recording, at p95.',
      unit: 's',
      queries: [{ expr: quantile(0.95, 'ducktape_job_duration_seconds', 'queue'), legend: '{{queue}} p95' }],
    }),
    lines({
      title: 'Jobs by outcome',
      about: 'A second. Retried comes again by itself.',
      unit: 'cps',
      queries: [{ expr: perSecond('ducktape_job_duration_seconds_count', 'queue', 'outcome'), legend: '{{queue}} {{outcome}}' }],
    }),
    lines({
      title: 'Batch items',
      about: 'Items of batches a second, by what became of them.',
      unit: 'cps',
      queries: [{ expr: perSecond('ducktape_batch_items_total', 'outcome'), legend: '{{outcome}}' }],
    }),
  ],
}
