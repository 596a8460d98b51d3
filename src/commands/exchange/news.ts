import type { Context } from '#core/command.ts'
import type { Subscription } from '#core/exchange.ts'
import { type Reply, say, strong } from '#core/reply.ts'
import { short } from '../answer.ts'
import { hostOf } from './calendar.ts'
import { remarks, summary } from './import.ts'

/** What became of an import, once it is over. */
export async function importedNews(id: string, context: Context): Promise<Reply | undefined> {
  const status = await context.store.imports.status(context.space.id, context.person.id, id)
  if (!status || status.state === 'waiting' || status.state === 'running') return undefined
  if (status.state === 'failed')
    return {
      tone: 'problem',
      visibility: 'author',
      blocks: [{ kind: 'text', text: [`Nothing was imported. ${status.failure ?? ''}`.trim()] }],
    }
  const takeBack = status.created + status.changed > 0 ? [{ label: 'Undo', token: context.token('undo-import', id) }] : []
  return {
    tone: 'done',
    visibility: 'author',
    blocks: [
      { kind: 'text', text: summary(status) },
      ...remarks(status),
      ...(takeBack.length > 0 ? [{ kind: 'buttons', buttons: takeBack } as const] : []),
    ],
  }
}

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
