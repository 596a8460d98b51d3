import type { Incoming } from '#core/message.ts'
import type { Reply } from '#core/reply.ts'
import { reply } from '../contracts/bot.ts'
import { type DiscordStage, openStage, type StageOptions } from './stage.ts'

/** A running bot on an emulated Discord, for one test. */
export interface Scene extends DiscordStage {
  readonly heard: readonly Incoming[]
  /** What the bot answers from now on. */
  answers(deliver: (message: Incoming) => Promise<Reply | undefined>): void
  /** Stops the bot; the emulated Discord stays. */
  stop(): Promise<void>
  /** Starts it again, as a new process would. */
  start(): Promise<void>
  /** Resolves when the client, after what a test did to it, has read everything again. */
  back(how: 'RESUME' | 'IDENTIFY', from: number): Promise<void>
  /** How much has been recorded so far. */
  now(): number
}

/** Runs a test on a scene of its own, so that tests can run side by side. */
export function onScene(options: StageOptions, test: (scene: Scene) => Promise<void>): () => Promise<void> {
  return async () => {
    const stage = await openStage(options)
    const heard: Incoming[] = []
    let deliver = async (message: Incoming): Promise<Reply | undefined> =>
      reply([`heard ${message.kind === 'sentence' ? message.text : message.token}`])
    let running: AsyncDisposable | undefined

    async function start(): Promise<void> {
      running = await stage.bot.start((message) => {
        heard.push(message)
        return deliver(message)
      })
    }

    await start()
    const scene: Scene = {
      ...stage,
      heard,
      start,
      answers(next) {
        deliver = next
      },
      async stop() {
        await running?.[Symbol.asyncDispose]()
        running = undefined
      },
      async back(how, from) {
        const op = how === 'RESUME' ? 6 : 2
        await stage.fake.journal.wait(({ kind, detail }) => kind === 'received' && detail.op === op, { from })
        await stage.fake.gateway.caughtUp()
      },
      now: () => stage.fake.journal.entries().length,
    }
    try {
      await test(scene)
    } finally {
      await scene.stop()
    }
    await stage[Symbol.asyncDispose]()
  }
}
