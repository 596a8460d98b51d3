import autocannon from 'autocannon'
import type { Turn } from '../harness/benchmark.ts'
import type { Launched } from '../harness/launch.ts'

export type Call = Pick<autocannon.Request, 'method' | 'path' | 'body' | 'headers'>

/** Calls a server over a few connections for as long as `amount` takes: the latency of each answer in milliseconds. */
export async function callMany(server: Launched, { amount, connections = 4 }: Load, calls: () => Call): Promise<Turn> {
  const figures: number[] = []
  const before = await server.usage()
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>()
  const requests = [{ setupRequest: (request: autocannon.Request) => ({ ...request, ...calls() }) }]
  const instance = autocannon({ url: server.url, connections, amount, requests }, (err: unknown, result) =>
    err ? reject(err) : resolve(result),
  )
  instance.on('response', (_client, status, _bytes, milliseconds) => {
    if (status >= 200 && status < 300) figures.push(milliseconds)
  })
  const { errors, non2xx } = await promise
  if (errors + non2xx > 0) throw new Error(`${errors} calls failed, and ${non2xx} were refused`)
  return { figures, worked: (await server.usage()).worked - before.worked }
}

export interface Load {
  readonly amount: number
  readonly connections?: number
}
