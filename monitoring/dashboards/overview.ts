import { figure, heatmap, lines, names, perSecond, quantile, row } from '../panels.ts'

const firing = 'ALERTS{alertstate="firing",alertname=~"DuckTape.+"}'
const unanswered = perSecond('ducktape_unanswered_total', 'platform')

const objective = (slo: string, title: string, about: string, allowed: number) =>
  figure({
    title,
    about: `${about} Over three days; green while it holds.`,
    unit: 'percentunit',
    good: 1 - allowed,
    query: { expr: `1 - ${allowed} * ducktape:slo_burn:rate3d{slo="${slo}"}`, legend: slo },
  })

const waited = (platform: string, name: string) =>
  heatmap({
    title: `How long people on ${name} wait`,
    about: "From the platform's own timestamp of what somebody said to the platform having accepted our answer.",
    unit: 's',
    expr: `sum by (le) (increase(ducktape_response_duration_seconds_bucket{platform="${platform}"}[$__rate_interval]))`,
  })

/** Whether the promise is kept, in ten seconds. */
export const overview = {
  uid: 'ducktape-overview',
  title: 'DuckTape: overview',
  about: 'Is the promise kept? Everything else says why not.',
  panels: [
    row('Is the promise kept?'),
    objective(
      'told',
      'Told within a minute',
      'Reminders that the platform had within a minute of the instant they were due. Objective: 99.9 %.',
      0.001,
    ),
    objective(
      'answered',
      'Answered',
      'What people said that was handled without a failure, and whose answer the platform took. Objective: 99.9 %.',
      0.001,
    ),
    objective('quick', 'Answered within 0.5 s', 'Answers that the platform had within half a second. Objective: 99 %.', 0.01),
    figure({
      title: 'Overdue now',
      about: 'Reminders that are due and not told, where the first of them has been due for a minute. What is on its way is none.',
      unit: 'short',
      query: {
        expr: 'sum(max by (platform) (ducktape_reminders_overdue) * (max by (platform) (ducktape_reminder_overdue_seconds) > bool 60))',
        legend: 'reminders',
      },
    }),
    figure({
      title: 'Alerts',
      about: 'How many of our alerts fire.',
      unit: 'short',
      query: { expr: `count(${firing}) or vector(0)`, legend: 'firing' },
    }),
    figure({
      title: 'Processes down',
      about: 'Processes that do not answer Prometheus, and roles of the last day that nobody has any more.',
      unit: 'short',
      query: {
        expr: '(count(up{job="ducktape"} == 0) or vector(0)) + (count(group by (job, role) (last_over_time(up{job="ducktape"}[1d])) unless group by (job, role) (up{job="ducktape"})) or vector(0))',
        legend: 'down',
      },
    }),
    names({
      title: 'What fires',
      about: 'The alerts by name; monitoring/runbook.md has a section for each.',
      unit: 'short',
      query: {
        expr: `count by (alertname) (${firing}) or label_replace(vector(0) unless count(${firing}), "alertname", "nothing", "", "")`,
        legend: '{{alertname}}',
      },
    }),
    lines({
      title: 'Burn rates',
      about: 'How many times too fast the error budget of a month is used up. 14.4 over an hour wakes somebody.',
      unit: 'short',
      bad: 14.4,
      queries: [{ expr: 'ducktape:slo_burn:rate1h', legend: '{{slo}}, 1 h' }],
    }),
    lines({
      title: 'Failures by platform',
      about: 'Share of what people say that fails, cannot be kept, or whose answer the platform does not take. Alert: 1 %.',
      unit: 'percentunit',
      bad: 0.01,
      queries: [
        {
          expr: `(${perSecond('ducktape_command_duration_seconds_count{outcome="failed"}', 'platform')} + ${unanswered}) / (${perSecond('ducktape_command_duration_seconds_count', 'platform')} + ${unanswered})`,
          legend: '{{platform}}',
        },
      ],
    }),

    row('How quick?'),
    waited('slack', 'Slack'),
    waited('discord', 'Discord'),
    waited('web', 'the page'),
    lines({
      title: 'Latency by platform',
      about: 'From having read what somebody said to the platform having accepted our answer. Alert: 0.5 s at p95.',
      unit: 's',
      bad: 0.5,
      queries: [
        { expr: quantile(0.5, 'ducktape_reply_duration_seconds', 'platform'), legend: '{{platform}} p50' },
        { expr: quantile(0.95, 'ducktape_reply_duration_seconds', 'platform'), legend: '{{platform}} p95' },
        { expr: quantile(0.99, 'ducktape_reply_duration_seconds', 'platform'), legend: '{{platform}} p99' },
      ],
    }),
    lines({
      title: 'Commands',
      about: 'The part of it that is ours: from the engine taking a message to the engine having its reply. Budget: 0.2 s at p95.',
      unit: 's',
      bad: 0.2,
      queries: [{ expr: quantile(0.95, 'ducktape_command_duration_seconds', 'platform'), legend: '{{platform}} p95' }],
    }),

    row('How much?'),
    lines({
      title: 'Messages by platform',
      about: 'Sentences and presses handled a second.',
      unit: 'reqps',
      queries: [{ expr: perSecond('ducktape_command_duration_seconds_count', 'platform'), legend: '{{platform}}' }],
    }),
    lines({
      title: 'What people ask',
      about: 'The ten most frequent intents, a second.',
      unit: 'reqps',
      queries: [{ expr: `topk(10, ${perSecond('ducktape_command_duration_seconds_count', 'intent')})`, legend: '{{intent}}' }],
    }),
    lines({
      title: 'What became of it',
      about: 'Done changed something, told only answered, asked needs more, refused named a fix, ignored said nothing.',
      unit: 'reqps',
      queries: [{ expr: perSecond('ducktape_command_duration_seconds_count', 'outcome'), legend: '{{outcome}}' }],
    }),
  ],
}
