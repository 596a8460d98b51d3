import { lines, perSecond, row } from '../panels.ts'

const people = '{route!~"/health|/ready|/metrics"}'
const within = (route: string, budget: string, legend: string) => ({
  expr: `sum(rate(ducktape_http_request_duration_seconds_bucket{route="${route}",le="${budget}"}[$__rate_interval])) / sum(rate(ducktape_http_request_duration_seconds_count{route="${route}"}[$__rate_interval]))`,
  legend,
})

/** The page, the API and the sockets. */
export const web = {
  uid: 'ducktape-web',
  title: 'DuckTape: web and sockets',
  about: 'Are requests answered in time, and are sockets kept?',
  panels: [
    row('Requests'),
    lines({
      title: 'Requests by route',
      about: 'A second; the ten most frequent.',
      unit: 'reqps',
      queries: [
        {
          expr: `topk(10, ${perSecond('ducktape_http_request_duration_seconds_count', 'method', 'route')})`,
          legend: '{{method}} {{route}}',
        },
      ],
    }),
    lines({
      title: 'Requests by status',
      about: 'A second.',
      unit: 'reqps',
      queries: [{ expr: perSecond('ducktape_http_request_duration_seconds_count', 'status'), legend: '{{status}}' }],
    }),
    lines({
      title: 'Slowest routes',
      about: 'At p95; the ten slowest of those that people use. Alert: 0.5 s.',
      unit: 's',
      bad: 0.5,
      queries: [
        {
          expr: `topk(10, histogram_quantile(0.95, sum by (route, le) (rate(ducktape_http_request_duration_seconds_bucket${people}[$__rate_interval]))))`,
          legend: '{{route}}',
        },
      ],
    }),
    lines({
      title: 'Within the budget',
      about: 'Share of requests that were answered within their budget: health 10 ms, a query 100 ms, a sentence 150 ms.',
      unit: 'percentunit',
      most: 1,
      queries: [
        within('/health', '0.01', 'health'),
        within('/api/calendar/query', '0.1', 'calendar query'),
        within('/api/commands', '0.15', 'command'),
      ],
    }),
    lines({
      title: 'Failures',
      about: 'Share of requests that ended with 5xx. Alert: 1 %.',
      unit: 'percentunit',
      bad: 0.01,
      queries: [
        {
          // No such answer was ever given: then the series does not exist, and the share is zero.
          expr: `(sum(rate(ducktape_http_request_duration_seconds_count{status=~"5..",route!~"/health|/ready|/metrics"}[$__rate_interval])) or vector(0)) / sum(rate(ducktape_http_request_duration_seconds_count${people}[$__rate_interval]))`,
          legend: '5xx',
        },
      ],
    }),

    row('Sockets'),
    lines({
      title: 'Open sockets',
      about: 'In each process; MAX_CONNECTIONS is the limit.',
      unit: 'short',
      queries: [{ expr: 'ducktape_websocket_connections', legend: '{{role}} {{instance}}' }],
    }),
    lines({
      title: 'Frames',
      about: 'A second, read and written.',
      unit: 'cps',
      queries: [{ expr: perSecond('ducktape_websocket_messages_total', 'direction'), legend: '{{direction}}' }],
    }),
    lines({
      title: 'Dropped',
      about: 'Sockets that were refused or closed in ten minutes, by reason. Alert: ten.',
      unit: 'short',
      bad: 10,
      queries: [{ expr: 'sum by (reason) (increase(ducktape_websocket_dropped_total[10m]))', legend: '{{reason}}' }],
    }),
    lines({
      title: 'Answers on sockets',
      about: 'From having read a frame to having written its answer. Budget: 0.05 s.',
      unit: 's',
      bad: 0.5,
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (le) (rate(ducktape_reply_duration_seconds_bucket{platform="web"}[$__rate_interval])))',
          legend: 'p95',
        },
      ],
    }),
  ],
}
