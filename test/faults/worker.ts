import { writeSync } from 'node:fs'
import { z } from 'zod'
import type { Deliveries, Messenger } from '#core/ports.ts'
import { openStation } from './station.ts'

/**
 * A worker process that comes to grief: it holds each reminder at the step that it is given, and once all are
 * there it kills, or stops, itself. Without steps it works until it is told to end, or its parent has ended.
 */
const Orders = z.object({
  databaseUrl: z.string(),
  slack: z.object({ token: z.string(), apiUrl: z.string() }),
  discord: z.object({ token: z.string(), apiUrl: z.string() }),
  signal: z.enum(['SIGKILL', 'SIGSTOP']),
  /** Where it is held: "before send", "after claim". Of several reminders, the one that is told for all. */
  steps: z.array(z.object({ ids: z.array(z.string()), step: z.string() })),
})

/** How a reminder shows in what a port is given and gives back. */
const Named = z.object({ id: z.string() })
const Moves = z.array(z.object({ before: Named })).min(1)
const Claimed = z.object({ mark: z.string() })

const { signal, steps, ...platforms } = Orders.parse(JSON.parse(process.env.ORDERS ?? ''))
const waiting = new Set(steps)
const still = new Set<string>()
const held = Promise.withResolvers<void>()
/** Which reminder a message is about. */
const reminderOf = new Map<string, string>()

await using stack = new AsyncDisposableStack()
// A call that were given up on would pass by the step after it, on a machine that is busy enough.
const station = stack.use(await openStation({ ...platforms, callTimeout: 30_000, hook }))
stack.use(station.work())
const ends = new Promise((resolve) => process.once('SIGTERM', resolve))
// Whoever started it holds the other end: a test run that was killed leaves no worker behind.
process.stdin
  .once('close', () => process.exit(1))
  .resume()
  .unref()
await ends

/** Each call of the port has a step before it and one after it. */
function hook<Port extends Deliveries | Messenger>(port: Port): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...args: unknown[]) => {
        await reached(`before ${String(name)}`, args)
        const result: unknown = await method.apply(target, args)
        remember(args, result)
        await reached(`after ${String(name)}`, args)
        return result
      }
    },
  })
}

async function reached(step: string, args: readonly unknown[]): Promise<void> {
  const ids = args.map(idIn)
  // Whoever is held does nothing more, by whatever job: to the others it looks dead already.
  if (ids.some((id) => id !== undefined && still.has(id))) return held.promise
  const order = [...waiting].find((each) => each.step === step && ids.some((id) => id !== undefined && each.ids.includes(id)))
  if (!order) return
  waiting.delete(order)
  for (const id of order.ids) still.add(id)
  if (waiting.size > 0) return held.promise
  // Written at once, not when there is time: there will be none.
  writeSync(1, 'all are at their step\n')
  process.kill(process.pid, signal)
  held.resolve()
}

function idIn(arg: unknown): string | undefined {
  if (typeof arg === 'string') return reminderOf.get(arg) ?? arg
  return Named.safeParse(arg).data?.id ?? Moves.safeParse(arg).data?.[0]?.before.id
}

function remember(args: readonly unknown[], result: unknown): void {
  const id = idIn(args[0])
  const mark = Claimed.safeParse(result).data?.mark
  if (id !== undefined && mark !== undefined) reminderOf.set(mark, id)
}
