import type { Context } from '#core/command.ts'
import type { Subscription } from '#core/exchange.ts'
import { type Reply, say, strong } from '#core/reply.ts'
import { short } from '../answer.ts'
import { hostOf } from './calendar.ts'
import { remarks, summary, undoButton } from './import.ts'

/** What became of an import, once it is over. */
export async function importedNews(id: string, context: Context): Promise<Reply | undefined> {
  const status = await context.store.imports.status(context.space.id, context.person.id, id)
  if (!status || ['waiting', 'running', 'stopping'].includes(status.state)) return undefined
  if (status.state === 'failed')
    return {
      tone: 'problem',
      visibility: 'author',
      blocks: [{ kind: 'text', text: [`Nothing was imported. ${status.failure ?? ''}`.trim()] }],
    }
  return {
    tone: 'done',
    visibility: 'author',
    blocks: [{ kind: 'text', text: summary(status) }, ...remarks(status), ...undoButton(status, context)],
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
