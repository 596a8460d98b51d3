import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import { Queue } from 'bullmq'
import type { QueueBackend } from './backend.ts'

/** Queues on a page, with their jobs; on either backend. What jobs carry are ids and instants, and nobody's words. */
export function createBoard(backend: QueueBackend, names: readonly string[], path: string) {
  const serverAdapter = new FastifyAdapter().setBasePath(path)
  const queues = names.map((name) => backend.bull(name)).filter((queue) => queue instanceof Queue)
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'DuckTape', hideRedisDetails: true } },
  })
  return { path, plugin: serverAdapter.registerPlugin() }
}
