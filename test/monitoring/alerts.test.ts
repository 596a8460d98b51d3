import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { needs } from '../support/require.ts'
import { type Case, cases, type Series } from './cases.ts'

const promtool = needs('promtool')
const folder = fileURLToPath(new URL('../../monitoring/', import.meta.url))
const rules = ['budgets.yml', 'alerts.yml'].map((name) => join(folder, name))
const alerts = await readFile(join(folder, 'alerts.yml'), 'utf8')
const budgets = await readFile(join(folder, 'budgets.yml'), 'utf8')
/** What is recorded comes before what is alerted on, which would otherwise see the round before. */
const order = [...`${budgets}${alerts}`.matchAll(/- name: (.+)/g)].map(([, name]) => name)
const names = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name ?? '')

async function ask(...words: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(promtool ?? '', words)
  return stdout + stderr
}

function played({ alert, labels, summary, at = '12m', step = '15s' }: Case, series: readonly Series[], fires: boolean) {
  const annotations = { summary, runbook_url: `monitoring/runbook.md#${alert.toLowerCase()}` }
  return {
    name: `${alert} ${fires ? 'fires' : 'is silent'}`,
    interval: step,
    input_series: series,
    alert_rule_test: [{ alertname: alert, eval_time: at, exp_alerts: fires ? [{ exp_labels: labels, exp_annotations: annotations }] : [] }],
  }
}

type Played = ReturnType<typeof played>

/** A test opens a database of its own, which takes longer than all rules in it: those that have nothing in common share one. */
function together(tests: readonly Played[]): readonly Played[] {
  const shared: { test: Played; taken: Set<string> }[] = []
  for (const test of tests) {
    const needs = new Set([...test.alert_rule_test.map(({ alertname }) => alertname), ...test.input_series.map(metricOf)])
    const found = shared.find((one) => one.test.interval === test.interval && one.taken.isDisjointFrom(needs))
    if (!found) {
      shared.push({ test, taken: needs })
      continue
    }
    found.taken = found.taken.union(needs)
    found.test = {
      ...found.test,
      name: `${found.test.name}, ${test.name}`,
      input_series: [...found.test.input_series, ...test.input_series],
      alert_rule_test: [...found.test.alert_rule_test, ...test.alert_rule_test],
    }
  }
  return shared.map(({ test }) => test)
}

const metricOf = ({ series }: Series) => series.replace(/\{.*/, '')

/** Rules are evaluated less often than in use, and less often still where days are played: it is the same, and quicker. */
async function play(some: readonly Case[]): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'ducktape-rules-'))
  try {
    const file = join(scratch, 'test.yml')
    const tests = together(some.flatMap((one) => [played(one, one.fires, true), played(one, one.silent, false)]))
    const setting = { evaluation_interval: isLong(some[0]) ? '30m' : '30s', group_eval_order: isOnBudget(some[0]) ? order : [] }
    await writeFile(file, JSON.stringify({ rule_files: isOnBudget(some[0]) ? rules : rules.slice(1), ...setting, tests }))
    return await ask('test', 'rules', file)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

interface Inhibition {
  readonly source_matchers: readonly string[]
  readonly target_matchers: readonly string[]
}

/** `alertname="DuckTapeDown"`, `alertname=~"DuckTapePlatform(Silent|Flapping)"` */
function namesIn(matcher: string): readonly string[] {
  const { stem = '', ends } = /^alertname=~?"(?<stem>\w+)(?:\((?<ends>[\w|]+)\))?"$/.exec(matcher)?.groups ?? {}
  return stem === '' ? [] : (ends ?? '').split('|').map((end) => `${stem}${end}`)
}

const isLong = (one?: Case) => one?.step !== undefined
const isOnBudget = (one?: Case) => one?.alert.startsWith('DuckTapeBudget') === true

describe('the alerts', () => {
  it('are all played here', () => {
    expect([...new Set(cases.map(({ alert }) => alert))].toSorted()).toEqual(names.toSorted())
  })

  it('each have a section in the runbook, and every section an alert', async () => {
    const runbook = await readFile(join(folder, 'runbook.md'), 'utf8')
    const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => name)
    expect(sections.toSorted()).toEqual(names.toSorted())
    const linked = [...alerts.matchAll(/runbook_url: monitoring\/runbook\.md#(\w+)/g)].map(([, anchor]) => anchor)
    expect(linked).toEqual(names.map((name) => name.toLowerCase()))
    for (const section of runbook.split(/^## /m).slice(1))
      expect(section).toMatch(/\*\*People notice\*\*[\s\S]*\*\*Look\*\*[\s\S]*\*\*Do\*\*/)
  })

  it('silence only one another by name, and never that people are not told', async () => {
    const { inhibit_rules } = parse(await readFile(join(folder, 'alertmanager.yml'), 'utf8')) as { inhibit_rules: readonly Inhibition[] }
    for (const { source_matchers, target_matchers } of inhibit_rules) {
      const named = [...source_matchers, ...target_matchers].map(namesIn)
      for (const found of named) for (const name of found) expect(names).toContain(name)
      expect(named.flat()).not.toContain('DuckTapeRemindersOverdue')
    }
  })

  it.skipIf(!promtool)('are rules, and the configurations are configurations, to promtool', async () => {
    expect(await ask('check', 'rules', ...rules)).toMatch(/24 rules found[\s\S]*25 rules found/)
    expect(await ask('check', 'config', join(folder, 'prometheus.yml'))).toContain('is valid prometheus config')
    expect(await ask('check', 'config', '--syntax-only', join(folder, 'compose/prometheus.yml'))).toContain('is valid prometheus config')
  })

  it.skipIf(!promtool)('fire when they should, say what is wrong, and are silent just below', { timeout: 60_000 }, async () => {
    const kinds = Map.groupBy(cases, (one) => `${isLong(one)} ${isOnBudget(one)}`)
    for (const some of kinds.values()) expect(await play(some)).toContain('SUCCESS')
  })
})
