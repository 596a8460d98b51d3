import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inherited } from '../support/child.ts'
import { openTestDatabase } from '../support/database.ts'
import { type Audit, allTold, audit, type Planned, plan, planTogether, report } from './plans.ts'
import { openStation, type Station } from './station.ts'
import { type Counted, countedDiscord, countedSlack } from './town.ts'

const stack = new AsyncDisposableStack()
const results: Audit[] = []
let databaseUrl: string
let towns: { readonly slack: Counted; readonly discord: Counted }
let station: Station

beforeAll(async () => {
  databaseUrl = stack.use(await openTestDatabase()).url
  towns = { slack: stack.use(await countedSlack()), discord: stack.use(await countedDiscord()) }
  station = stack.use(await openStation({ databaseUrl, slack: towns.slack.access, discord: towns.discord.access }))
})
afterAll(async () => {
  report(results)
  await stack.disposeAsync()
})

type Steps = readonly { readonly ids: readonly string[]; readonly step: string }[]

function launch(signal: 'SIGKILL' | 'SIGSTOP', steps: Steps): ChildProcess {
  const orders = { databaseUrl, slack: towns.slack.access, discord: towns.discord.access, signal, steps }
  const script = fileURLToPath(new URL('worker.ts', import.meta.url))
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    env: { ...inherited, ORDERS: JSON.stringify(orders) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

async function ended(child: ChildProcess): Promise<unknown> {
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal
}

function keep(row: Audit): Audit {
  results.push(row)
  return row
}

const everyTime = { doubled: 0, lost: 0, early: 0 }

/** Processes start slowly on a machine that has much else to do, in milliseconds. */
const patience = 120_000

describe('a worker that is killed', { timeout: patience }, () => {
  /** Where the first worker dies with it, and where the second one does. */
  const fates: readonly {
    readonly first: string
    readonly second?: string
    readonly rrule?: string
    readonly recipients?: number
    readonly together?: number
    readonly nagSeconds?: number
    readonly digest?: boolean
  }[] = [
    { first: 'before load' },
    { first: 'after load' },
    { first: 'before claim' },
    { first: 'after claim' },
    { first: 'before send' },
    { first: 'after send' },
    { first: 'before sent' },
    { first: 'after sent' },
    { first: 'before advance' },
    { first: 'after advance' },
    { first: 'after sent', recipients: 3 },
    { first: 'before advance', rrule: 'FREQ=DAILY' },
    { first: 'after advance', rrule: 'FREQ=DAILY' },
    { first: 'after claim', second: 'before find' },
    { first: 'before send', second: 'after find' },
    { first: 'after send', second: 'before find' },
    { first: 'after send', second: 'after find' },
    { first: 'after send', second: 'before sent' },
    { first: 'after claim', second: 'after send' },
    { first: 'after claim', together: 5 },
    { first: 'after send', together: 5 },
    { first: 'before sent', together: 5 },
    { first: 'after sent', together: 5 },
    { first: 'before advance', together: 5 },
    { first: 'after send', second: 'after find', together: 5 },
    { first: 'after send', nagSeconds: 3_600 },
    { first: 'before advance', nagSeconds: 3_600 },
    { first: 'after claim', digest: true, rrule: 'FREQ=DAILY' },
    { first: 'after send', second: 'after find', digest: true, rrule: 'FREQ=DAILY' },
    { first: 'before advance', digest: true, rrule: 'FREQ=DAILY' },
  ]

  const kindOf = ({ together, nagSeconds, digest }: (typeof fates)[number]) =>
    `${together ? `, ${together} together` : ''}${nagSeconds ? ', asking until done' : ''}${digest ? ', a digest' : ''}`

  it('at any step, and once more while it is made good, tells everything exactly once', async () => {
    const dueAt = Temporal.Now.instant()
    const all: { readonly planned: readonly Planned[]; readonly fate: (typeof fates)[number]; readonly town: Counted }[] = []
    for (const town of [towns.slack, towns.discord]) {
      for (const [index, fate] of fates.entries()) {
        const words = `killed ${town.platform} ${index} ${fate.first}${fate.second ? ` and ${fate.second}` : ''}`
        const [one, ...more] = await planTogether(station.database, { ...fate, town, words, dueAt }, fate.together ?? 1)
        if (one) all.push({ fate, town, planned: [one, ...more] })
      }
    }
    const stepsOf = (when: 'first' | 'second'): Steps =>
      all.flatMap(({ planned, fate: { [when]: step } }) => (step === undefined ? [] : [{ ids: planned.map(({ id }) => id), step }]))

    expect(await ended(launch('SIGKILL', stepsOf('first')))).toBe('SIGKILL')
    expect(await ended(launch('SIGKILL', stepsOf('second')))).toBe('SIGKILL')
    const recovery = Temporal.Now.instant()
    await using _ = station.work()
    await allTold(
      station.database,
      all.flatMap(({ planned }) => planned),
    )

    for (const { planned, fate, town } of all) {
      const fault = `killed ${fate.first}${fate.second ? `, then ${fate.second}` : ''}${kindOf(fate)} on ${town.platform}`
      const expected = planned.reduce((sum, { recipients }) => sum + recipients, 0)
      expect(keep(audit(fault, planned, recovery))).toMatchObject({ ...everyTime, delivered: expected })
    }
    expect(Math.max(...results.map(({ worstLateness }) => worstLateness))).toBeLessThan(60)
    const tomorrow = dueAt
      .toZonedDateTimeISO('UTC')
      .add({ days: 1 })
      .round({ smallestUnit: 'second', roundingMode: 'floor' }).epochMilliseconds
    const asking = await station.database.reminder.findMany({ where: { nagSeconds: { not: null } } })
    expect(asking.map(({ state, nagged }) => [state, nagged])).toEqual(asking.map(() => ['scheduled', 1]))
    const repeating = await station.database.reminder.findMany({ where: { rrule: { not: null } } })
    expect(repeating.map((row) => [row.state, row.version, row.dueAt?.getTime()])).toEqual(repeating.map(() => ['scheduled', 2, tomorrow]))
  })
})

describe('a worker that is stopped past its lease, and then goes on', { timeout: patience }, () => {
  const steps = ['after claim', 'before send', 'after send', 'before sent', 'before advance']

  it('adds nothing to what another one has told meanwhile', async () => {
    const dueAt = Temporal.Now.instant()
    const planned: Planned[] = []
    const stops: { readonly ids: readonly string[]; readonly step: string }[] = []
    for (const town of [towns.slack, towns.discord]) {
      for (const step of steps) {
        const one = await plan(station.database, { town, words: `stopped ${town.platform} ${step}`, dueAt })
        stops.push({ ids: [one.id], step })
        planned.push(one)
      }
    }
    const stopped = launch('SIGSTOP', stops)
    const exit = ended(stopped)
    if (stopped.stdout) await once(stopped.stdout, 'data')
    {
      await using _ = station.work()
      await allTold(station.database, planned)
    }
    stopped.kill('SIGTERM')
    stopped.kill('SIGCONT')
    await exit

    for (const [index, one] of planned.entries()) {
      const step = steps[index % steps.length]
      const row = keep(audit(`stopped ${step} on ${one.town.platform}`, [one]))
      expect(row).toMatchObject({ delivered: 1, doubled: 0, lost: 0, early: 0 })
      // What a sleeper sends when it wakes up, Slack takes; the sleeper takes it back. Discord refuses the double itself.
      if (one.town.platform === 'discord') expect(row.retracted).toBe(0)
    }
  })
})
