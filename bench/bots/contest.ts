import { setTimeout as pause } from 'node:timers/promises'
import type { Contest } from '../harness/benchmark.ts'
import { launchDuckTape, launchPeer } from '../harness/launch.ts'
import { openPostgres } from '../harness/postgres.ts'
import { answers } from './answers.ts'
import { openDiscord, openSlack } from './town.ts'

const people = 100
const rounds = 8

/** discord.js sends 50 requests a second at most: a turn stays below that, and begins with a new second. */
const talkative = { people: 40, rest: 1_100 } as const

/** Each side has an emulated platform of its own, in the process of the benchmark. */
export async function openSlackContest(what: 'commands' | 'messages'): Promise<Contest> {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await openPostgres())
  const [here, there] = [stack.use(await openSlack(people)), stack.use(await openSlack(people))]
  const ours = stack.use(await launchDuckTape({ DATABASE_URL: url, ROLES: 'slack', ...here.environment }))
  const bare = stack.use(await launchPeer('bolt', there.environment))
  const opened = stack.move()
  return {
    kind: 'reported',
    ours: () => answers(ours, here.fake.journal, here[what]),
    peers: { 'bare Bolt app': () => answers(bare, there.fake.journal, there[what]) },
    rounds,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export async function openDiscordContest(): Promise<Contest> {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await openPostgres())
  const [here, there] = [stack.use(await openDiscord(talkative.people)), stack.use(await openDiscord(talkative.people))]
  const ours = stack.use(await launchDuckTape({ DATABASE_URL: url, ROLES: 'discord', ...here.environment }))
  const bare = stack.use(await launchPeer('discord', there.environment))
  const opened = stack.move()
  return {
    kind: 'reported',
    ours: () => rested(() => answers(ours, here.fake.journal, here.messages)),
    peers: { 'bare discord.js client': () => rested(() => answers(bare, there.fake.journal, there.messages)) },
    rounds,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

async function rested<Value>(work: () => Promise<Value>): Promise<Value> {
  await pause(talkative.rest)
  return work()
}
