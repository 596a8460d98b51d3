import { Queue } from 'bullmq'
import type { QueueBackend } from './backend.ts'

/**
 * Queues on a page, with their jobs; on either backend. What jobs carry are ids and instants, and nobody's words.
 *
 * What draws it weighs some megabytes and is looked at rarely: it is loaded when somebody does.
 */
export function createBoard(backend: QueueBackend, names: readonly string[], path: string) {
  return {
    path,
    async plugin() {
      const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }] = await Promise.all([
        import('@bull-board/api'),
        import('@bull-board/api/bullMQAdapter'),
        import('@bull-board/fastify'),
      ])
      const serverAdapter = new FastifyAdapter().setBasePath(path)
      const queues = names.map((name) => backend.bull(name)).filter((queue) => queue instanceof Queue)
      createBullBoard({
        queues: queues.map((queue) => new BullMQAdapter(queue)),
        serverAdapter,
        options: { uiConfig: { boardTitle: 'DuckTape', hideRedisDetails: true } },
      })
      const draw = serverAdapter.registerPlugin()
      return (...[app, options, done]: Parameters<typeof draw>) => {
        app.addHook('onSend', async (_request, reply, body) =>
          typeof body === 'string' && String(reply.getHeader('content-type')).startsWith('text/html') ? withoutForeignFiles(body) : body,
        )
        draw(app, options, done)
      }
    },
  }
}

/** The board asks for fonts of another site, and has no option that leaves them out: it is drawn with those of the machine. */
function withoutForeignFiles(html: string): string {
  return html.replaceAll(/<link\b[^>]*\bhref="(?:https?:)?\/\/[^>]*>/g, '')
}
