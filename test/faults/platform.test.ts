import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CircuitStanding } from '#core/ports.ts'
import { remind } from '#jobs/handlers/remind.ts'
import { createPace } from '#jobs/pace.ts'
import { openTestDatabase } from '../support/database.ts'
import { type Audit, allTold, audit, type Planned, plan, report } from './plans.ts'
import { openStation, type Station } from './station.ts'
import { type Counted, countedDiscord, countedSlack, type PostFault } from './town.ts'

const stack = new AsyncDisposableStack()
const results: Audit[] = []
let databaseUrl: string
let slack: Counted
let discord: Counted
let clock: { now(): Temporal.Instant }
let ahead = Temporal.Duration.from({ seconds: 0 })
let station: Station

beforeAll(async () => {
  databaseUrl = stack.use(await openTestDatabase()).url
  slack = stack.use(await countedSlack())
  discord = stack.use(await countedDiscord())
  clock = { now: () => Temporal.Now.instant().add(ahead) }
  station = stack.use(await open())
})
afterAll(async () => {
  report(results)
  await stack.disposeAsync()
})

/** Told whenever a breaker opens and closes. */
let onCircuit: (dependency: string, state: CircuitStanding) => void = () => undefined

/** `look` is told which port is used for what. */
function open(look: (name: string) => unknown = () => undefined): Promise<Station> {
  return openStation({
    databaseUrl,
    slack: slack.access,
    discord: discord.access,
    clock,
    observe: (dependency, state) => onCircuit(dependency, state),
    hook: (port) =>
      new Proxy(port, {
        get(target, name) {
          look(String(name))
          return Reflect.get(target, name)
        },
      }),
  })
}

function keep(row: Audit): Audit {
  results.push(row)
  return row
}

const once = { doubled: 0, lost: 0, early: 0 }

describe('a platform that', { timeout: 90_000 }, () => {
  const faults: readonly (readonly [string, PostFault])[] = [
    ['answers 500 and has taken nothing', { kind: 'status', status: 500, accepted: false }],
    ['answers 500 after it has taken the message', { kind: 'status', status: 500, accepted: true }],
    ['answers 503 after it has taken the message', { kind: 'status', status: 503, accepted: true }],
    ['breaks the connection', { kind: 'reset', accepted: false }],
    ['breaks the connection after it has taken the message', { kind: 'reset', accepted: true }],
    ['never answers', { kind: 'hang', accepted: false }],
    ['never answers after it has taken the message', { kind: 'hang', accepted: true }],
    ['asks to wait', { kind: 'wait', seconds: 1 }],
  ]

  it.each(faults)('%s is told everything once', async (name, fault) => {
    const planned: Planned[] = []
    for (const town of [slack, discord]) {
      // The second try of the first two goes wrong as well.
      town.failPosts(fault, 6)
      for (let index = 0; index < 4; index += 1) {
        planned.push(await plan(station.database, { town, words: `${name} ${town.platform} ${index}`, dueAt: clock.now() }))
      }
    }
    await using _ = station.work()
    await allTold(station.database, planned)
    expect(keep(audit(name, planned))).toMatchObject({ ...once, delivered: planned.length })
  })
})

describe('a platform that is down', { timeout: 90_000 }, () => {
  it('is left alone but for single probes, and is told everything once as soon as one of them arrives', async () => {
    const towns = [slack, discord]
    const states: string[] = []
    const openings = new Map(towns.map(({ platform }) => [platform as string, Promise.withResolvers<void>()]))
    onCircuit = (dependency, state) => {
      states.push(`${dependency} ${state}`)
      if (states.filter((one) => one === `${dependency} open`).length === 3) openings.get(dependency)?.resolve()
    }
    const planAll = async (words: string) => {
      const planned: Planned[] = []
      for (const town of towns) {
        for (let index = 0; index < 5; index += 1)
          planned.push(await plan(station.database, { town, words: `${words} ${town.platform} ${index}`, dueAt: clock.now() }))
      }
      return planned
    }
    for (const town of towns) town.down()
    const before = await planAll('before it opened')
    await using _ = station.work()
    await Promise.all([...openings.values()].map(({ promise }) => promise))
    const meanwhile = await planAll('while it was open')
    for (const town of towns) town.mend()
    const mended = clock.now()
    await allTold(station.database, [...before, ...meanwhile])

    expect(keep(audit('down, with the breaker open and half open', [...before, ...meanwhile], mended))).toMatchObject({
      ...once,
      delivered: 20,
    })
    for (const { platform } of towns) {
      const own = states.filter((state) => state.startsWith(platform)).map((state) => state.replace(`${platform} `, ''))
      expect(own.slice(0, 5)).toEqual(['open', 'half-open', 'open', 'half-open', 'open'])
      expect(own.slice(-2)).toEqual(['half-open', 'closed'])
    }
    const waited = await station.database.delivery.findMany({ where: { subjectId: { in: meanwhile.map(({ id }) => id) } } })
    // Only what served as a probe has used up a try.
    const probes = states.filter((state) => state.endsWith('half-open')).length
    expect(waited.reduce((tries, { attempts }) => tries + attempts, 0)).toBeLessThanOrEqual(waited.length + probes)
  })
})

describe('one job that several workers have', { timeout: 90_000 }, () => {
  it('is told once, although none of them knows of the others', async () => {
    const other = stack.use(await open())
    const planned: Planned[] = []
    for (const town of [slack, discord]) {
      for (let index = 0; index < 8; index += 1)
        planned.push(await plan(station.database, { town, words: `shared ${town.platform} ${index}`, dueAt: clock.now() }))
    }
    const all = [station, other, station, other].flatMap(({ parts, messengers }) =>
      planned.flatMap(({ id: reminderId, spaceId, dueAt, town: { platform } }) => {
        const messenger = messengers.find((each) => each.platform === platform)
        return messenger ? [remind({ reminderId, spaceId, dueAt }, { ...parts, messenger, pace: createPace() })] : []
      }),
    )
    // Whoever was too slow for its own lease, or was answered too late by a busy machine, has left it to the next.
    await Promise.allSettled(all)
    await using _ = station.work()
    await allTold(station.database, planned)
    expect(keep(audit('four workers with each job', planned))).toMatchObject({ ...once, delivered: planned.length })
  })
})

describe('a clock that', { timeout: 90_000 }, () => {
  it('goes back after the job was queued rings when it says so, and not before', async () => {
    const dueAt = clock.now().add({ milliseconds: 300 })
    const planned: Planned[] = []
    for (const town of [slack, discord]) planned.push(await plan(station.database, { town, words: `back ${town.platform}`, dueAt }))
    await station.scheduler.schedule(
      planned.map(({ id: reminderId, spaceId, dueAt: at, town: { platform } }) => ({ reminderId, spaceId, platform, dueAt: at })),
    )
    ahead = Temporal.Duration.from({ hours: -1 })
    const lookedAt: string[] = []
    const putOff = Promise.withResolvers<void>()
    const watching = stack.use(await open((name) => name === 'load' && lookedAt.push(name) === 6 && putOff.resolve()))
    await using _ = watching.work()
    // Both were looked at, put off and looked at again.
    await putOff.promise
    expect(planned.map(({ town, words }) => town.present(words))).toEqual([0, 0])
    ahead = Temporal.Duration.from({ seconds: 0 })
    await allTold(station.database, planned)
    expect(keep(audit('clock set back an hour', planned))).toMatchObject({ ...once, delivered: 2 })
  })

  it('goes forward over days, and back again, tells each occurrence once', async () => {
    const dueAt = clock.now()
    const planned: Planned[] = []
    for (const town of [slack, discord]) {
      planned.push(await plan(station.database, { town, words: `forward ${town.platform}`, dueAt, rrule: 'FREQ=DAILY' }))
    }
    await using _ = station.work()
    ahead = Temporal.Duration.from({ hours: 75 })
    await allTold(station.database, planned)
    ahead = Temporal.Duration.from({ seconds: 0 })
    const rows = await station.database.reminder.findMany({ where: { id: { in: planned.map(({ id }) => id) } } })
    // The missed ones are one telling; it goes on from where the clock was.
    const days = rows.map((row) => Math.round(((row.dueAt?.getTime() ?? 0) - dueAt.epochMilliseconds) / 86_400_000))
    expect(days).toEqual([4, 4])
    const late = await plan(station.database, { town: slack, words: 'after the clock came back', dueAt: clock.now() })
    await allTold(station.database, [late])
    expect(keep(audit('clock set forward three days, and back', [...planned, late]))).toMatchObject({ ...once, delivered: 3 })
  })
})
