import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetrics } from '#telemetry/metrics.ts'
import { dashboards } from '../../monitoring/dashboards.ts'
import { discordTown, slackTown, type Town, webTown } from '../journeys/towns.ts'
import { openTestDatabase } from '../support/database.ts'
import { type Program, startProgram } from '../support/program.ts'
import { type Prometheus, startPrometheus } from '../support/prometheus.ts'
import { startRedis } from '../support/redis.ts'
import { needs } from '../support/require.ts'

const programs = { prometheus: needs('prometheus'), redis: needs('redis'), promtool: needs('promtool') }

interface Question {
  readonly dashboard: string
  readonly panel: string
  readonly expr: string
}

const questions: readonly Question[] = Object.entries(dashboards).flatMap(([dashboard, { panels = [] }]) =>
  panels.flatMap((panel) => {
    const targets = 'targets' in panel ? ((panel.targets ?? []) as readonly { readonly expr?: string }[]) : []
    return targets.map(({ expr = '' }) => ({ dashboard, panel: panel.title ?? '', expr: expr.replaceAll('$__rate_interval', '30s') }))
  }),
)

describe.skipIf(!programs.prometheus)('a Prometheus that reads a DuckTape at work', () => {
  const stack = new AsyncDisposableStack()
  let program: Program
  let prometheus: Prometheus
  let working: Promise<void>
  let enough = false

  beforeAll(async () => {
    const database = stack.use(await openTestDatabase())
    const towns = [stack.use(await slackTown()), stack.use(await discordTown('429')), stack.use(await webTown())]
    const queues = programs.redis === undefined ? {} : { REDIS_URL: stack.use(await startRedis(programs.redis)).url }
    const environment = Object.assign(
      { DATABASE_URL: database.url, LOG_LEVEL: 'warn', ...queues },
      ...towns.map((town) => town.environment),
    )
    program = stack.use(await startProgram({ ...environment, SECRET_KEY: 'a key for tests of at least thirty-two characters' }))
    for (const town of towns) await town.arrive(program.url)
    prometheus = stack.use(await startPrometheus(programs.prometheus ?? '', [new URL(program.watchUrl).host]))
    working = Promise.all([...towns.map(live), request()]).then(() => undefined)
  })
  afterAll(async () => {
    enough = true
    await working
    await stack.disposeAsync()
  })

  /** A person who plans, asks, and thinks better of it, until everything was seen. */
  async function live(town: Town): Promise<void> {
    while (!enough) {
      for (const sentence of ['lunch with Eve on Friday from 12 to 1', 'what is on this week']) {
        await town.writes(sentence)
        await town.next()
      }
      await town.writes('remind me in 1 second to stretch')
      await town.next()
      const rung = await town.next()
      await town.presses(rung, 'Done')
      await town.next()
    }
  }

  async function request(): Promise<void> {
    const window = 'from=2026-11-23T00:00:00Z&to=2026-11-30T00:00:00Z'
    const command = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"list my todos"}' }
    while (!enough) {
      for (const path of ['/health', '/ready', `/api/calendar/query?${window}`]) await (await fetch(`${program.url}${path}`)).text()
      await (await fetch(`${program.url}/api/commands`, command)).text()
      await prometheus.query('up')
    }
  }

  it('gets an answer to every query of every panel', { timeout: 60_000 }, async () => {
    const answers = new Map<Question, string>()
    async function unanswered() {
      for (const question of questions) {
        const found = (await prometheus.query(question.expr)).filter(({ value }) => Number.isFinite(value))
        const [first] = found
        if (first) answers.set(question, `${JSON.stringify(first.labels)} ${first.value}`)
      }
      return questions.filter((question) => !answers.has(question))
    }
    await expect.poll(unanswered, { timeout: 50_000, interval: 1_000 }).toEqual([])
  })

  it('sees every metric that is declared, with its labels', async () => {
    const { declared } = createMetrics()
    for (const { name, kind, labels } of declared) {
      const found = await prometheus.query(kind === 'histogram' ? `${name}_count` : name)
      const seen = found.map((sample) => Object.keys(sample.labels).filter((label) => !['__name__', 'instance', 'job'].includes(label)))
      expect(seen, name).not.toEqual([])
      for (const one of seen) expect(one.toSorted(), name).toEqual([...labels].toSorted())
    }
  })

  it('has nothing to wake somebody for', async () => {
    expect(await prometheus.query('ALERTS{alertstate="firing",severity="page"}')).toEqual([])
  })

  it.skipIf(!programs.promtool)('is given metrics that promtool finds no fault with', async () => {
    const exposed = await (await fetch(`${program.watchUrl}/metrics`)).text()
    const { promise, resolve } = Promise.withResolvers<string>()
    const child = execFile(programs.promtool ?? '', ['check', 'metrics'], (_error, stdout, stderr) => resolve(stdout + stderr))
    child.stdin?.end(exposed)
    expect((await promise).split('\n').filter((line) => line.includes('ducktape_'))).toEqual([])
  })
})
