import type { Context } from '#core/command.ts'
import type { Subscription } from '#core/exchange.ts'
import { type Reply, say, strong } from '#core/reply.ts'
import { short } from '../answer.ts'
import { hostOf } from './calendar.ts'

/** That a feed cannot be read: for whoever follows it, who would wait for it in vain. */
export function unreadableNews({ name, url, calendarId }: Subscription, why: string, { token }: Pick<Context, 'token'>): Reply {
  const from = url === undefined ? [] : say` from ${hostOf(url)}`
  return {
    tone: 'problem',
    visibility: 'author',
    blocks: [
      { kind: 'text', text: say`I cannot read ${strong(short(name, 60))}${from}. ${short(why, 300)} I look again later.` },
      { kind: 'buttons', buttons: [{ label: 'Unsubscribe', token: token('unsubscribe', calendarId) }] },
    ],
  }
}
