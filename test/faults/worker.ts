import { writeSync } from 'node:fs'
import { z } from 'zod'
import type { Deliveries, Messenger } from '#core/ports.ts'
import { openStation } from './station.ts'

/**
 * A worker process that comes to grief: it holds each reminder at the step that it is given, and once all are
 * there it kills, or stops, itself. Without steps it works until it is told to end.
 */
const Orders = z.object({
  databaseUrl: z.string(),
  slack: z.object({ token: z.string(), apiUrl: z.string() }),
  discord: z.object({ token: z.string(), apiUrl: z.string() }),
  signal: z.enum(['SIGKILL', 'SIGSTOP']),
  /** By reminder: "before send", "after claim". */
  steps: z.record(z.string(), z.string()),
})

const { signal, steps, ...platforms } = Orders.parse(JSON.parse(process.env.ORDERS ?? ''))
const waiting = new Map(Object.entries(steps))
const held = Promise.withResolvers<void>()
/** Which reminder a delivery belongs to. */
const reminderOf = new Map<string, string>()

await using stack = new AsyncDisposableStack()
const station = stack.use(await openStation({ ...platforms, hook }))
stack.use(station.work())
await new Promise((resolve) => process.once('SIGTERM', resolve))

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
  const id = args.map(idIn).find((known) => known !== undefined && steps[known] !== undefined)
  if (id === undefined || waiting.get(id) !== step) return
  waiting.delete(id)
  if (waiting.size > 0) return held.promise
  // Written at once, not when there is time: there will be none.
  writeSync(1, 'all are at their step\n')
  process.kill(process.pid, signal)
  held.resolve()
}

function idIn(arg: unknown): string | undefined {
  if (typeof arg === 'string') return reminderOf.get(arg) ?? arg
  return typeof arg === 'object' && arg !== null && 'id' in arg && typeof arg.id === 'string' ? arg.id : undefined
}

function remember(args: readonly unknown[], result: unknown): void {
  const id = idIn(args[0])
  if (id === undefined || typeof result !== 'object' || result === null || !('deliveryId' in result)) return
  reminderOf.set(String(result.deliveryId), id)
}
