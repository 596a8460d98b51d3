import { lines, perSecond, quantile, row } from '../panels.ts'

/** Slack and Discord as we see them: the connection, the way in, the way out. */
export const platforms = {
  uid: 'ducktape-platforms',
  title: 'DuckTape: platforms',
  about: 'Are we connected, do events arrive, and does the platform take our answers?',
  panels: [
    row('The connection'),
    lines({
      title: 'Connected',
      about: '1 while a process holds the connection.',
      unit: 'short',
      most: 1,
      queries: [{ expr: 'max by (platform) (ducktape_platform_connected)', legend: '{{platform}}' }],
    }),
    lines({
      title: 'Connected anew',
      about: 'Times in an hour. Slack asks for a new connection every few hours by itself.',
      unit: 'short',
      bad: 20,
      queries: [{ expr: 'sum by (platform) (increase(ducktape_platform_reconnects_total[1h]))', legend: '{{platform}}' }],
    }),

    row('The way in'),
    lines({
      title: 'Events',
      about: 'What arrives a second. Nothing for an hour, while a week ago there was much, is an alert.',
      unit: 'cps',
      queries: [{ expr: perSecond('ducktape_ingress_delay_seconds_count', 'platform'), legend: '{{platform}}' }],
    }),
    lines({
      title: 'Delay of events',
      about: "From the platform's own timestamp to us, at p95: the network, the platform, and the difference of our clocks.",
      unit: 's',
      bad: 5,
      queries: [{ expr: quantile(0.95, 'ducktape_ingress_delay_seconds', 'platform'), legend: '{{platform}} p95' }],
    }),
    lines({
      title: 'Acknowledgement',
      about: 'From having read an event to the platform having our acknowledgement, at p99. After 3 s people see a failure.',
      unit: 's',
      bad: 3,
      queries: [{ expr: quantile(0.99, 'ducktape_ack_duration_seconds', 'platform'), legend: '{{platform}} p99' }],
    }),

    row('The way out'),
    lines({
      title: 'What a person waits',
      about: "From the platform's own timestamp to our answer being there, at p95.",
      unit: 's',
      queries: [{ expr: quantile(0.95, 'ducktape_response_duration_seconds', 'platform'), legend: '{{platform}} p95' }],
    }),
    lines({
      title: 'Waiting for the platform',
      about: 'Mean time between having an answer and the platform having accepted it; what needed none is left out.',
      unit: 's',
      queries: [
        {
          expr: `${perSecond('ducktape_reply_duration_seconds_sum', 'platform')} / ${perSecond('ducktape_reply_duration_seconds_count', 'platform')} - on (platform) ${perSecond('ducktape_command_duration_seconds_sum{outcome!="ignored"}', 'platform')} / on (platform) ${perSecond('ducktape_command_duration_seconds_count{outcome!="ignored"}', 'platform')}`,
          legend: '{{platform}}',
        },
      ],
    }),
    lines({
      title: 'Unanswered',
      about: 'What people said in ten minutes that could not be kept, or whose answer the platform did not take.',
      unit: 'short',
      bad: 1,
      queries: [{ expr: 'sum by (platform) (increase(ducktape_unanswered_total[10m]))', legend: '{{platform}}' }],
    }),
    lines({
      title: 'Limits',
      about: 'Calls that were answered with “too many”, in ten minutes. We wait as long as the platform asks.',
      unit: 'short',
      bad: 30,
      queries: [{ expr: 'sum by (platform) (increase(ducktape_platform_rate_limited_total[10m]))', legend: '{{platform}}' }],
    }),
  ],
}
