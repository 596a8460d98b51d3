import type { ImportRequest, Subscription } from './exchange.ts'

/** What somebody is told of work that went on without them. */
export type News =
  | { readonly kind: 'imported'; readonly of: Pick<ImportRequest, 'id' | 'spaceId' | 'personId'> }
  | { readonly kind: 'unreadable'; readonly of: Subscription; readonly why: string }

export type TellNews = (news: News) => Promise<void>
