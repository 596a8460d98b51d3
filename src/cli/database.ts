import { runningEmbeddedPostgres, startEmbeddedPostgres } from '#store/embedded.ts'
import { lockFolder } from '#store/lock.ts'
import type { Config } from '../config.ts'

/** The address of the database for a verb that works beside a running server, or without one. */
export async function databaseUrl({ databaseUrl: given, home }: Config, stack: AsyncDisposableStack): Promise<string> {
  const running = given ?? (await runningEmbeddedPostgres(home))
  if (running !== undefined) return running
  stack.use(await lockFolder(home))
  return stack.use(await startEmbeddedPostgres(home)).url
}
