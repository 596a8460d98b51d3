import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { ClientFrame } from './frames.ts'
import type { Account, Visitor } from './ports.ts'
import { type Bucket, fullBucket, type Rate } from './rate.ts'

export type Topic = Extract<ClientFrame, { type: 'subscribe' }>['topic']

/**
 * What one socket has of its own. Ten thousand of these may wait for years, so they are fields, and
 * what can be done with them is made once for all.
 */
export interface Connection {
  readonly socket: WebSocket
  readonly session: string
  readonly address: string
  /** Who speaks; undefined until a token has said so. */
  visitor: Visitor | undefined
  /** The person id of the visitor, once something of theirs is shown here. */
  owner: string | undefined
  /** What is sent again whenever it changes; made with the first. */
  subscriptions: Map<Topic, () => Promise<void>> | undefined
  /** The frames read so far, answered one after the other. */
  queue: Promise<void> | undefined
  waiting: number
  /** Commands whose ids were not unique by their nature. */
  unnamed: number
  readonly bucket: Bucket
  /** JSON that leaves together at the end of this turn. */
  due: string[] | undefined
  slow: boolean
  /** The last ping was answered. */
  alive: boolean
  /** Sees strangers to the door. */
  stranger: NodeJS.Timeout | undefined
}

export function newConnection(socket: WebSocket, account: Account | undefined, address: string, rate: Rate): Connection {
  const session = randomUUID()
  return {
    socket,
    session,
    address,
    visitor: account && { ...account, session },
    owner: undefined,
    subscriptions: undefined,
    queue: undefined,
    waiting: 0,
    unnamed: 0,
    bucket: fullBucket(rate),
    due: undefined,
    slow: false,
    alive: true,
    stranger: undefined,
  }
}
