import type { Context, Outcome } from '#core/command.ts'
import { linesOf } from '#core/lines.ts'
import { problem, say, strong } from '#core/reply.ts'
import { short, visibility } from '../answer.ts'
import { rehearse } from './rehearse.ts'
import { awaitWord } from './running.ts'
import { count, mostNamed } from './view.ts'

/** As many lines as are tried before they are shown. */
const mostRehearsed = 50

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
  await awaitWord(id, title, context)
  const more = lines.length - Math.min(lines.length, mostNamed)
  const rehearsed = await Promise.all(lines.slice(0, mostRehearsed).map((line) => rehearse(line, context)))
  const failing = rehearsed.flatMap((one, index) => (one.kind === 'fails' ? [{ index, text: one.text }] : []))
  return {
    reply: {
      tone: 'ask',
      visibility: visibility(context),
      blocks: [
        { kind: 'text', text: say`${strong(title)}? Nothing is made yet.` },
        {
          kind: 'list',
          items: lines.slice(0, mostNamed).map((line, index) => ({
            text: [`${index + 1}. ${short(line, 150)}`],
            ...(rehearsed[index]?.kind === 'makes' ? { detail: rehearsed[index].text } : {}),
          })),
        },
        ...(more > 0 ? [{ kind: 'aside' as const, text: [`and ${count(more)} more`] }] : []),
        ...failing
          .slice(0, mostNamed)
          .map(({ index, text }) => ({ kind: 'text' as const, text: say`Not as it is, line ${`${index + 1}`}: ${text}` })),
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
