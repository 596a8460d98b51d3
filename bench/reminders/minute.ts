import { openOffice } from './office.ts'

export interface Minute {
  readonly reminders: number
  readonly places: number
  /** Milliseconds over which they fall due, evenly. */
  readonly within: number
  readonly redisUrl?: string | undefined
}

/** From the moment that they are put into the table to the first that is due, in milliseconds: plans are made before they are due. */
const headStart = 15_000

/** Tells reminders on a platform without limits, and gives back how late each was, in milliseconds. */
export async function tellMinute({ reminders, places, within, redisUrl }: Minute): Promise<readonly number[]> {
  await using stack = new AsyncDisposableStack()
  const office = stack.use(await openOffice({ redisUrl }))
  const first = Date.now() + headStart
  const due = Array.from({ length: reminders }, (_, index) => first + Math.floor((index * within) / reminders))
  await office.plan(due, (index) => index % places)
  const late: number[] = []
  const all = Promise.withResolvers<void>()
  stack.use(
    office.work((index, at) => {
      late.push(at.epochMilliseconds - (due[index] ?? 0))
      if (late.length >= reminders) all.resolve()
    }),
  )
  await all.promise
  if (late.length !== reminders) throw new Error(`${late.length} were told of ${reminders}`)
  return late
}
