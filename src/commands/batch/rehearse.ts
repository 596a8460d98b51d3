import type { Command, Context } from '#core/command.ts'
import type { Text } from '#core/reply.ts'
import { event } from '../event.ts'
import { note } from '../note/command.ts'
import { reminder } from '../reminder.ts'
import { todo } from '../todo/command.ts'

const makers: readonly Command[] = [reminder, event, todo, note]

/** What a line would make, in the words that say so once it is made; or why it cannot be made by itself. */
export type Rehearsed = { readonly kind: 'makes'; readonly text: Text } | { readonly kind: 'fails'; readonly text: Text }

/** Asks the command of a line what it would do, and does not let it do anything. */
export async function rehearse(line: string, context: Context): Promise<Rehearsed> {
  const understanding = context.understand(line)
  const command = makers.find(({ intents }) => intents.includes(understanding.intent))
  if (!command) return { kind: 'fails', text: ['I do not see what this makes.'] }
  const { questions } = context.store
  const silent: Context = {
    ...context,
    show: () => undefined,
    store: { ...context.store, questions: { ...questions, ask: async () => undefined } },
  }
  const { reply, changes = [] } = await command.understood(understanding, silent)
  const said = reply.blocks.find((block) => block.kind === 'text')
  const text = said?.kind === 'text' ? said.text : []
  return { kind: changes.length > 0 ? 'makes' : 'fails', text }
}
