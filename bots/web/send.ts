import { BotError } from '#core/errors.ts'
import type { Recipient } from '#core/model.ts'
import type { Broadcast, Messenger, Transcripts } from '#core/ports.ts'
import { encode } from './encode.ts'
import { announceLine, answerTo } from './lines.ts'

export interface WebParts {
  readonly transcripts: Transcripts
  readonly broadcast: Broadcast
}

/** Sends into the page's chat: a line of the transcript, which every window of that person then shows. */
export function createWebMessenger({ transcripts, broadcast }: WebParts): Messenger {
  return {
    platform: 'web',

    /** What somebody signed in with says so, message by message; of whoever is not here nobody knows. */
    manages: async () => false,

    async send(_space, to, reply, mark) {
      const user = userOf(to)
      const line = await reached('sending', () => transcripts.append(user, { from: 'ducktape', reply: encode(reply) }, mark))
      // The line is kept whatever happens next; a window that misses the notice reads it when it looks again.
      await announceLine(broadcast, { user, id: line.id }).catch(() => undefined)
      return { channel: user, id: line.id }
    },

    async edit({ channel: user, id }, reply) {
      await reached('changing a line', () => transcripts.replace(user, id, encode(reply)))
      await announceLine(broadcast, { user, id }).catch(() => undefined)
    },

    async find(_space, to, mark, since) {
      const user = userOf(to)
      const line = await reached('looking for a line', async () => {
        // The ids of messages begin with the person.
        return (await transcripts.find(user, mark)) ?? (await transcripts.find(user, answerTo(mark.slice(user.length + 1))))
      })
      if (!line || Temporal.Instant.compare(line.at, since) < 0) return undefined
      return { channel: user, id: line.id }
    },
  }
}

/** The page has no channels: each person's chat is named by the person. */
function userOf(to: Recipient): string {
  return to.kind === 'direct' ? to.user : to.channel
}

async function reached<Value>(what: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call()
  } catch (cause) {
    throw new BotError('unreachable', `${what} in the page's chat`, { cause })
  }
}
