import type { Context, Outcome } from '#core/command.ts'
import type { Change, Todo } from '#core/model.ts'
import type { Draft } from '#core/ports.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Changes } from '#core/understanding.ts'
import { done, instant, short } from '../answer.ts'
import { inItsHalf } from '../half.ts'
import { called, placeIn } from '../holder.ts'
import { instantOf, morning } from '../moment.ts'
import { longestText, tooLong } from './create.ts'
import { theTodo } from './which.ts'

// "move the rent todo to Friday"   "rename the todo buy milk to buy oat milk"   "move milk to the groceries list"
export async function amendNamed(understanding: Draft, context: Context): Promise<Outcome> {
  const one = await theTodo(understanding, 'change', context)
  if ('otherwise' in one) return one.otherwise
  const changes = understanding.changes ?? {}
  return changes.list === undefined ? amend(one, changes, context) : moveTo(one, changes.list, context)
}

function amend(one: Todo, changes: Changes, context: Context): Outcome {
  const text = changes.title ?? one.text
  if (text.length > longestText) return { reply: tooLong(text, 'would have') }
  const at = newDue(one, changes, context.timeZone)
  if (!at && text === one.text)
    return { reply: problem('What shall become of it? Say a time, such as “move it to Friday”, or “rename it to …”.') }
  const after: Todo = { ...one, text, dueAt: at?.toInstant() ?? one.dueAt, version: one.version + 1 }
  const due = after.dueAt ? say`, due ${instant(after.dueAt, context)}` : []
  return done(context, 'todo changed', say`Changed: ${strong(short(text))}${due}.`, [{ kind: 'todo', before: one, after }])
}

/** On another list, which is made when there is none of that name. */
async function moveTo(before: Todo, name: string, context: Context): Promise<Outcome> {
  const place = await placeIn('list', name, context)
  if (place.kind === 'refused') return { reply: place.reply }
  const { one, made } = place
  if (one.id === before.listId) return { reply: problem(say`${strong(short(before.text))} is on ${called('list', one)} already.`) }
  const change: Change = { kind: 'todo', before, after: { ...before, listId: one.id, version: before.version + 1 } }
  const isNew = made.length > 0 ? ', which is new' : ''
  return done(context, 'todo moved', say`Moved ${strong(short(before.text))} to ${called('list', one)}${isNew}.`, [...made, change])
}

/** When it is due by new words about its time: it keeps its clock time, or its day, where they leave that out. */
export function newDue({ dueAt }: Todo, { when, shift }: Changes, timeZone: string): Temporal.ZonedDateTime | undefined {
  const was = dueAt?.toZonedDateTimeISO(timeZone)
  if (shift !== undefined) return was?.add(Temporal.Duration.from(shift))
  const then = when && was ? inItsHalf(when, was.toPlainTime()) : when
  const said = then && instantOf(then, morning)?.toZonedDateTimeISO(timeZone)
  if (!when || !said || !was || when.keeps === 'nothing') return said
  const [day, clock] = when.keeps === 'day' ? [was, said] : [said, was]
  return day.toPlainDate().toZonedDateTime({ timeZone, plainTime: clock.toPlainTime() })
}

// "unfinish milk"   "milk is not done yet"
export async function reopenNamed(understanding: Draft, context: Context): Promise<Outcome> {
  const one = await theTodo(understanding, 'open again', context, 'done')
  if ('otherwise' in one) return one.otherwise
  return reopen(one, context)
}

export function reopen(before: Todo, context: Context): Outcome {
  if (before.state === 'open') return { reply: problem('That is open already.') }
  const after: Todo = { ...before, state: 'open', version: before.version + 1 }
  return done(context, 'todo reopened', say`Open again: ${strong(short(before.text))}.`, [{ kind: 'todo', before, after }])
}

export async function deleteNamed(understanding: Draft, context: Context): Promise<Outcome> {
  const one = await theTodo(understanding, 'delete', context)
  if ('otherwise' in one) return one.otherwise
  const after: Todo = { ...one, state: 'deleted', version: one.version + 1 }
  return done(context, 'todo deleted', say`Deleted: ${strong(short(one.text))}.`, [{ kind: 'todo', before: one, after }])
}
