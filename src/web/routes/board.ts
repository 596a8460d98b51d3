import Fastify, { type FastifyInstance } from 'fastify'
import { aside } from '../aside.ts'
import type { Board } from '../ports.ts'

/** The board under its path. */
export function boardRoutes(app: FastifyInstance, board: Board): void {
  const answer = aside(() => open(board))
  for (const path of [board.path, `${board.path}/*`]) app.all(path, { schema: { hide: true } }, answer)
}

async function open({ path, plugin }: Board): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(await plugin(), { prefix: path })
  return app
}
