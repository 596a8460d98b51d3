import type { Context, Outcome } from '#core/command.ts'
import { linesOf } from '#core/lines.ts'
import { problem, say, strong } from '#core/reply.ts'
import { short, visibility } from '../answer.ts'
import { count, mostNamed } from './view.ts'

/** Several things to be made in one message, a line each: shown first, then made one by one. */
export async function planLines(context: Context): Promise<Outcome> {
  const { message, space, person, messageId: id } = context
  const lines = message.kind === 'sentence' ? linesOf(message.text) : []
  if (lines.length === 0) return { reply: problem('Write what there is to make, one a line.') }
  const title = `Make ${count(lines.length)} things`
  await context.store.batches.draft(
    {
      ...{ id, spaceId: space.id, personId: person.id, origin: message.place, title },
      author: { ...message.author, name: person.name, timeZone: context.timeZone },
    },
    lines.map((text) => ({ operation: { do: 'say', text }, title: short(text, 120) })),
  )
  const more = lines.length - Math.min(lines.length, mostNamed)
  return {
    reply: {
      tone: 'ask',
      visibility: visibility(context),
      blocks: [
        { kind: 'text', text: say`${strong(title)}? Nothing is made yet.` },
        { kind: 'list', items: lines.slice(0, mostNamed).map((text, index) => ({ text: [`${index + 1}. ${short(text, 150)}`] })) },
        ...(more > 0 ? [{ kind: 'aside' as const, text: [`and ${count(more)} more`] }] : []),
        {
          kind: 'buttons',
          buttons: [
            { label: title, token: context.token('batch-go', id), style: 'primary' },
            { label: 'Leave it', token: context.token('batch-no', id) },
          ],
        },
      ],
    },
  }
}
