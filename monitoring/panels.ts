import {
  BigValueColorMode,
  BigValueTextMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import { type DashboardBuilder, RowBuilder, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard'
import {
  PanelBuilder as HeatmapBuilder,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap'
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

/** What to ask, and what to call the answers. */
export interface Query {
  readonly expr: string
  /** In Grafana's notation: `{{platform}}`. */
  readonly legend: string
}

interface Words {
  readonly title: string
  /** What it means, and from where on it is bad. */
  readonly about: string
  /** Grafana's name of the unit. */
  readonly unit: string
  /** From here on it is drawn as bad. */
  readonly bad?: number
}

export type Panel = Parameters<DashboardBuilder['withPanel']>[0]

/** Of 24 columns. */
const width = { full: 24, half: 12, third: 8, sixth: 4 } as const
const tall = 8

/** The source that the reader chose at the top of the dashboard. */
export const source = { type: 'prometheus', uid: `\${source}` }

/** Lines over time. */
export function lines(words: Words & { readonly queries: readonly Query[]; readonly most?: number }): Panel {
  const panel = new TimeseriesBuilder()
    .title(words.title)
    .description(words.about)
    .datasource(source)
    .unit(words.unit)
    .min(0)
    .span(width.half)
    .height(tall)
    .lineWidth(2)
    .fillOpacity(8)
    .legend(new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).showLegend(true))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
  if (words.most !== undefined) panel.max(words.most)
  if (words.bad !== undefined) {
    panel.thresholds(badFrom(words.bad)).thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
  }
  for (const [index, query] of words.queries.entries()) panel.withTarget(ask(query, index))
  return panel
}

/** One figure, the latest; green below `bad`, or above it when `good` says so. */
export function figure(words: Words & { readonly query: Query; readonly good?: number }): Panel {
  const panel = stat(words).span(width.sixth).unit(words.unit)
  if (words.good !== undefined) panel.thresholds(goodFrom(words.good)).decimals(3).noValue('nothing yet')
  else panel.thresholds(badFrom(words.bad ?? 1))
  return panel
}

/** What the query finds, by name and not by figure; red when its value is 1 or more. */
export function names(words: Words & { readonly query: Query }): Panel {
  return stat(words).span(width.full).unit(words.unit).textMode(BigValueTextMode.Name).thresholds(badFrom(1))
}

function stat({ title, about, query }: Words & { readonly query: Query }) {
  return new StatBuilder()
    .title(title)
    .description(about)
    .datasource(source)
    .height(4)
    .colorMode(BigValueColorMode.Background)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .withTarget(ask(query, 0))
}

/** How many took how long, as colours: a histogram's buckets over time. */
export function heatmap(words: Words & { readonly expr: string }): Panel {
  return new HeatmapBuilder()
    .title(words.title)
    .description(words.about)
    .datasource(source)
    .span(width.third)
    .height(tall)
    .calculate(false)
    .yAxis(new YAxisConfigBuilder().unit(words.unit))
    .color(new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme('Turbo').steps(64))
    .withTarget(ask({ expr: words.expr, legend: '{{le}}' }, 0).format(PromQueryFormat.Heatmap))
}

export function row(title: string): RowBuilder {
  return new RowBuilder(title)
}

function ask({ expr, legend }: Query, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .datasource(source)
    .refId(String.fromCharCode(65 + index))
    .expr(expr)
    .legendFormat(legend)
    .range()
}

function badFrom(value: number): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: 'green' },
    { value, color: 'red' },
  ])
}

function goodFrom(value: number): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: 'red' },
    { value, color: 'green' },
  ])
}

/** The share `q` of what a histogram measured was quicker than this. */
export function quantile(q: number, histogram: string, ...by: readonly string[]): string {
  return `histogram_quantile(${q}, sum by (${[...by, 'le'].join(', ')}) (rate(${histogram}_bucket[$__rate_interval])))`
}

export function perSecond(counter: string, ...by: readonly string[]): string {
  return `sum by (${by.join(', ')}) (rate(${counter}[$__rate_interval]))`
}
