import { z } from 'zod'
import { commands } from '#commands/index.ts'
import { createActions } from '#core/actions.ts'
import { createLanguage } from '#language/language.ts'
import { bounded } from '#store/bounded.ts'
import { createKeeper } from '../../../src/keeper/keeper.ts'
import { openWorld, type Somebody, secret } from '../../support/world.ts'
import { openHouse } from './house.ts'

export const Thing = z.looseObject({ id: z.string(), version: z.number() })

/** What two people keep, by sentence and over HTTP, on a real database. */
export interface Desk extends AsyncDisposable {
  readonly me: Somebody
  readonly ann: Somebody
  person(user: string, name: string): Somebody
  /** How many questions were asked, and are open or answered. */
  questions(): Promise<number>
  /** Whether the queue of reminders takes no more. */
  full: boolean
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ readonly status: number; readonly body: unknown }>
}

export async function openDesk(): Promise<Desk> {
  const stack = new AsyncDisposableStack()
  const world = stack.use(await openWorld('2026-11-23T14:00:00Z'))
  const store = bounded(world.stores.store, { isFull: async () => desk.full })
  const parts = { language: createLanguage(), commands, store, actions: createActions(secret), origin: () => 'https://duck.example.org' }
  const { url } = stack.use(await openHouse({ keeper: createKeeper({ ...parts, clock: { now: () => world.now } }) }))
  const at = (channel: string, name = channel) => world.person(channel, { platform: 'web', space: 'local', channel, name })

  const desk: Desk = {
    me: at('me'),
    ann: at('ann'),
    person: at,
    questions: () => world.database.question.count(),
    full: false,
    async send(method, path, body, headers = {}) {
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
      const init = { method, headers: { ...type, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const response = await fetch(`${url}/api/${path}`, init)
      return { status: response.status, body: await response.json() }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
  await desk.me.says('my time zone is New York')
  await desk.ann.says('my time zone is Berlin')
  return desk
}
