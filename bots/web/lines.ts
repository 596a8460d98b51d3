import { z } from 'zod'
import type { Broadcast } from '#core/ports.ts'

/** Says that a line of somebody's chat is new or was changed. Small: whoever shows it reads it from the transcript. */
export const LineNotice = z.object({
  user: z.string(),
  id: z.string(),
  /** The client's own id of the sentence that this line is, so that the window which sent it recognises it. */
  about: z.string().optional(),
  /** The socket that is told about this line by the answer to its own frame. */
  session: z.string().optional(),
  /** False for a line that only those who watch the transcript are shown; every window is told of the others. */
  rings: z.boolean().optional(),
})
export type LineNotice = z.output<typeof LineNotice>

/** The mark of the line that answers a message. */
export function answerTo(id: string): string {
  return `reply:${id}`
}

const topic = 'transcript'

export function announceLine(broadcast: Broadcast, notice: LineNotice): Promise<void> {
  return broadcast.publish(topic, notice)
}

export function listenToLines(broadcast: Broadcast, listen: (notice: LineNotice) => void): Disposable {
  return broadcast.subscribe(topic, (payload) => {
    const notice = LineNotice.safeParse(payload)
    if (notice.success) listen(notice.data)
  })
}
