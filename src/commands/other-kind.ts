import type { Command, Context, Outcome } from '#core/command.ts'
import type { Intent, Understanding } from '#core/understanding.ts'

/** What is done to a thing, by the kinds that it may be of: of "move renew cert to Monday" only whoever keeps it knows that it is a todo. */
const alike: readonly (readonly Intent[])[] = [
  ['event.update', 'todo.update', 'reminder.update', 'note.update'],
  ['event.cancel', 'reminder.cancel', 'todo.delete', 'note.delete'],
]

/** Tries what named nothing of its own kind on those of the others, which are less likely one after the other. */
export async function asOtherKind(
  understanding: Understanding,
  everyday: readonly Command[],
  context: Context,
): Promise<Outcome | undefined> {
  const { intent, title, every, changes, reference } = understanding
  const { message } = context
  const kinds = alike.find((each) => each.includes(intent))
  // "skip it, not worth it" names nothing, and takes away no note that "it" might be.
  if (reference === 'last') return undefined
  if (!kinds || title === null || every || message.kind !== 'sentence' || !message.addressed) return undefined
  // A new name, and a list or a group that has the old one: "rename groceries to shopping".
  const holders: readonly Understanding[] = changes?.title
    ? [
        { ...understanding, intent: 'todo.update', content: 'list', list: title, title: null },
        { ...understanding, intent: 'group.update' },
      ]
    : []
  const others = kinds.filter((each) => each !== intent).map((each): Understanding => ({ ...understanding, intent: each, scope: null }))
  for (const other of [...others, ...holders]) {
    const outcome = await everyday.find(({ intents }) => intents.includes(other.intent))?.understood(other, context)
    if (outcome && outcome.reply.tone !== 'problem' && (outcome.changes || outcome.reply.tone === 'ask'))
      return { ...outcome, intent: other.intent }
  }
  return undefined
}
