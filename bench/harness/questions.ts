import { writeFileSync } from 'node:fs'
import type { Session } from 'node:inspector/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Usage {
  /** In bytes, after garbage was collected. */
  readonly rss: number
  readonly heap: number
  /** Time that the main thread has worked, in microseconds. */
  readonly worked: number
  /** How late the event loop was since the last question, in milliseconds. */
  readonly delay: { readonly median: number; readonly p99: number; readonly max: number }
}

export type Question =
  | { readonly about: 'usage'; readonly collect: boolean }
  | { readonly about: 'profile'; readonly file?: string }
  | { readonly about: 'heap'; readonly file: string }

const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()
let session: Session | undefined

function usage(collect: boolean): Usage {
  if (collect) for (let time = 0; time < 3; time++) globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  const { user, system } = process.threadCpuUsage()
  const found = { median: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }
  delay.reset()
  return { rss, heap: heapUsed, worked: user + system, delay: found }
}

/** Without a file it begins; with one it ends, and is written there. */
async function profile(file: string | undefined): Promise<void> {
  if (file === undefined) {
    // Loaded when it is wanted: the inspector alone weighs some megabytes.
    const inspector = await import('node:inspector/promises')
    session = new inspector.Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 500 })
    return session.post('Profiler.start')
  }
  const found = await session?.post('Profiler.stop')
  session?.disconnect()
  writeFileSync(file, JSON.stringify(found?.profile))
}

export async function answer(question: Question): Promise<unknown> {
  switch (question.about) {
    case 'usage':
      return usage(question.collect)
    case 'profile':
      return profile(question.file)
    case 'heap':
      return (await import('node:v8')).writeHeapSnapshot(question.file)
  }
}
