import type { Subscription } from './exchange.ts'

/** What somebody is told of work that went on without them. */
export interface News {
  readonly kind: 'unreadable'
  readonly of: Subscription
  readonly why: string
}

export type TellNews = (news: News) => Promise<void>
