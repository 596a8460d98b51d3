import { openOffice } from './office.ts'

export interface Hot {
  /** Reminders that are due at once in the busy place. */
  readonly hot: number
  /** Places beside it, each with one due every other second while the busy one is being told. */
  readonly others: number
  readonly redisUrl?: string | undefined
}

const rounds = 5
const everyMs = 2_000
const headStart = 3_000
/** What Slack takes: a message a second in a channel. */
const pauseMs = 1_000

/** How late, in milliseconds, each of the others was. Slack's limit is kept by whoever sends, as in the program. */
export async function tellBesideHot({ hot, others, redisUrl }: Hot): Promise<readonly number[]> {
  await using stack = new AsyncDisposableStack()
  const office = stack.use(await openOffice({ redisUrl, pauseMs }))
  const first = Date.now() + headStart
  const busy = Array.from({ length: hot }, () => first)
  const rest = Array.from(
    { length: others * rounds },
    (_, index) => first + Math.floor((index % others) * (everyMs / others)) + Math.floor(index / others) * everyMs,
  )
  const due = [...busy, ...rest]
  await office.plan(due, (index) => (index < hot ? 0 : 1 + ((index - hot) % others)))
  const late: number[] = []
  const all = Promise.withResolvers<void>()
  stack.use(
    office.work((index, at) => {
      if (index < hot) return
      late.push(at.epochMilliseconds - (due[index] ?? 0))
      if (late.length === rest.length) all.resolve()
    }),
  )
  await all.promise
  return late
}
