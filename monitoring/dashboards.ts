import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { overview } from './dashboards/overview.ts'
import { platforms } from './dashboards/platforms.ts'
import { processes } from './dashboards/process.ts'
import { reminders } from './dashboards/reminders.ts'
import { web } from './dashboards/web.ts'
import type { Panel } from './panels.ts'

interface Plan {
  readonly uid: string
  readonly title: string
  readonly about: string
  readonly panels: readonly (Panel | RowBuilder)[]
}

/** The dashboards by the names of their files. */
export const dashboards: Readonly<Record<string, Dashboard>> = Object.fromEntries(
  Object.entries({ overview, reminders, platforms, web, process: processes }).map(([name, plan]) => [`${name}.json`, build(plan)]),
)

function build({ uid, title, about, panels }: Plan): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .description(about)
    .tags(['ducktape'])
    .timezone('browser')
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .withVariable(new DatasourceVariableBuilder('source').label('Source').type('prometheus'))
    .link(new DashboardLinkBuilder('DuckTape').type(DashboardLinkType.Dashboards).tags(['ducktape']).keepTime(true).includeVars(true))
  for (const panel of panels) {
    if (panel instanceof RowBuilder) dashboard.withRow(panel)
    else dashboard.withPanel(panel)
  }
  return numbered(dashboard.build())
}

/** Links to a panel name it by its number. */
function numbered(dashboard: Dashboard): Dashboard {
  for (const [index, panel] of dashboard.panels?.entries() ?? []) panel.id = index + 1
  return dashboard
}
