import type { Context, Outcome } from '#core/command.ts'
import type { Reminder, Todo } from '#core/model.ts'
import type { Draft } from '#core/ports.ts'
import { type Button, problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, done, short, tell } from '../answer.ts'
import { atHand } from '../at-hand.ts'
import { complete as completeReminder } from '../done.ts'
import { meant, pointsOnly } from '../find.ts'
import { todosMeant } from './which.ts'

/** What rang is done with the same words as what stands on the list; when both fit, the person says which. */
export async function completeNamed(understanding: Draft, context: Context): Promise<Outcome> {
  const { title, list } = understanding
  const [todos, reminders] = await Promise.all([todosMeant(understanding, context), title === null || list !== null ? [] : atHand(context)])
  if ('missing' in todos) return todos.missing
  const rung = remindersMeant(reminders, understanding, todos.length > 0)
  const [one, ...others] = [...todos, ...rung]
  if (!one)
    return reminders.length === 0 && (await isEmpty(context)) ? tell(['Your list is empty: nothing to tick off.']) : { reply: unknown }
  if (others.length === 0) return 'recipients' in one ? completeReminder(one, context) : complete(one, context)
  const button = (each: Todo | Reminder, verb: string, kind: string): Button => ({
    label: short(todos.length > 0 && rung.length > 0 ? `${kind}: ${each.text}` : each.text, 40),
    token: context.token(verb, each.id),
  })
  const buttons = [...todos.map((each) => button(each, 'tick', 'Todo')), ...rung.map((each) => button(each, 'done', 'Reminder'))]
  return ask(context, ['Which one is done?'], buttons.slice(0, 5))
}

const unknown = problem('I know no open todo or reminder like that. Say “list my todos” or “list my reminders” to see them.')

async function isEmpty({ store, space, person }: Context): Promise<boolean> {
  return (await store.todos.open(space.id, person.id, 1)).length === 0
}

/** Those that rang, or come again and again; one that is still to come only when nothing else is meant. */
function remindersMeant(reminders: readonly Reminder[], { title }: Understanding, found: boolean): readonly Reminder[] {
  if (title === null || pointsOnly(title)) return []
  const meantBy = (some: readonly Reminder[]) => (some.length === 0 ? [] : meant(some, { title }, { lastId: undefined, shown: undefined }))
  const rung = meantBy(reminders.filter(({ state, rrule }) => state === 'delivered' || rrule !== null))
  return rung.length > 0 || found ? rung : meantBy(reminders)
}

export function complete(one: Todo, context: Context): Outcome {
  const after: Todo = { ...one, state: 'done', version: one.version + 1 }
  return done(context, 'todo done', say`Done: ${strong(short(one.text))}.`, [{ kind: 'todo', before: one, after }])
}
