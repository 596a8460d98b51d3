import { within } from '#core/within.ts'
import type { JobWorker } from './backend.ts'

/** How long a job, or a look at what there is, may take to end once we stop, in milliseconds. */
export const patience = 4_000

/** Takes no new job, and cuts those off that do not end: what they did is found out about by the next try, as after any crash. */
export async function finish(worker: JobWorker): Promise<void> {
  if (!(await within(patience, worker.close()))) await within(patience / 4, worker.close(true))
}
