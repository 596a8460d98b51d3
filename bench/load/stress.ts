import { setInterval as every, setTimeout as pause } from 'node:timers/promises'
import { type Launched, launchDuckTape } from '../harness/launch.ts'
import { createConversations } from './conversations.ts'
import { discordQuarter, type Quarter, slackQuarter, webQuarter } from './quarters.ts'
import { createRecord, type LoadRecord, type LoadReport } from './record.ts'

export interface Stress {
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
  /** Of all platforms: two of five on Slack, two on Discord, one on the page. */
  readonly users: number
  /** In seconds. */
  readonly duration: number
  /** Sentences of all people together in a second. */
  readonly rate: number
  readonly tell: (line: string) => void
  /** Asked again and again: true ends it before its time. */
  readonly isOver?: () => boolean
}

const lookEvery = 5
const step = 0.1
/** How long after the end answers and reminders are still waited for, in milliseconds. */
const patience = 60_000

/** People of all platforms who write all kinds of things and are reminded of some, on one process with all roles. */
export async function stress({ databaseUrl, redisUrl, users, duration, rate, tell, isOver = () => false }: Stress): Promise<LoadReport> {
  await using stack = new AsyncDisposableStack()
  const few = Math.max(1, Math.round(users / 5))
  const quarters: readonly Quarter[] = [
    stack.use(await slackQuarter(2 * few)),
    stack.use(await discordQuarter(2 * few)),
    stack.use(await webQuarter(few, databaseUrl)),
  ]
  const environment = Object.assign({}, ...quarters.map((quarter) => quarter.environment))
  const server = stack.use(
    await launchDuckTape({ DATABASE_URL: databaseUrl, ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }), ...environment }),
  )
  for (const quarter of quarters) await quarter.arrive(server.url)
  const record = createRecord('stress', { users, duration, rate }, tell)
  record.figure('memory of the server before, MB', (await server.usage(true)).rss / 2 ** 20)
  const conversations = quarters.map((quarter) => createConversations(quarter, record, Math.min(20, duration)))
  await talk(server, { duration, rate, isOver, quarters, conversations }, record)
  const left = await settled(conversations)
  for (const { platform, answers, reminders } of left) {
    for (let count = 0; count < answers; count++) record.failed(`no answer on ${platform}`)
    for (let count = 0; count < reminders; count++) record.failed(`a reminder was not told on ${platform}`)
  }
  record.figure('memory of the server after, MB', (await server.usage(true)).rss / 2 ** 20)
  return record.report()
}

interface Talk {
  readonly duration: number
  readonly rate: number
  readonly isOver: () => boolean
  readonly quarters: readonly Quarter[]
  readonly conversations: readonly ReturnType<typeof createConversations>[]
}

async function talk(server: Launched, { duration, rate, isOver, quarters, conversations }: Talk, record: LoadRecord): Promise<void> {
  /** Whose turn it is: as many turns as people. */
  const turns = [0, 1, 0, 1, 2]
  let [said, done] = [0, 0]
  for await (const _ of every(step * 1_000)) {
    if (done++ >= duration / step || isOver()) return
    for (; said < done * step * rate; said++) conversations[turns[said % turns.length] ?? 0]?.say()
    if (done % Math.round(lookEvery / step) !== 0 && done < duration / step) continue
    await record.look(server)
    for (const quarter of quarters) quarter.tidy()
  }
}

async function settled(conversations: Talk['conversations']) {
  const ends = performance.now() + patience
  while (performance.now() < ends && conversations.some((each) => each.open().answers + each.open().reminders > 0)) await pause(200)
  return conversations.map((each) => each.open())
}
