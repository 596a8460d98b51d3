import { z } from 'zod'
import type { BatchWork } from '#core/batch.ts'
import type { Store } from '#core/ports.ts'
import { openStation } from './station.ts'

/** A process that works on batches and kills itself at a step: "before commit", for the n-th time. */
const Orders = z.object({ databaseUrl: z.string(), redisUrl: z.string().optional(), step: z.string(), time: z.number() })

const { step, time, ...where } = Orders.parse(JSON.parse(process.env.ORDERS ?? ''))
let times = 0

function reached(name: string): void {
  if (name === step && ++times === time) process.kill(process.pid, 'SIGKILL')
}

function hook<Port extends Store | BatchWork>(port: Port): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...args: unknown[]) => {
        reached(`before ${String(name)}`)
        const result: unknown = await method.apply(target, args)
        reached(`after ${String(name)}`)
        return result
      }
    },
  })
}

const station = await openStation({ ...where, hook })
await station.work()
