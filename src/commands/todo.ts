import type { Command, Context, Outcome } from '#core/command.ts'
import type { Reminder, Todo } from '#core/model.ts'
import { type Button, problem, say, strong } from '#core/reply.ts'
import type { Changes, Understanding } from '#core/understanding.ts'
import { ask, done, instant, short, tell } from './answer.ts'
import { atHand } from './at-hand.ts'
import { complete as completeReminder } from './done.ts'
import { lastChanged, meant, pointsOnly, shownOf } from './find.ts'
import { instantOf, morning } from './moment.ts'
import { askWhat } from './question.ts'

const longestText = 1_500
const listed = 50

export const todo: Command = {
  intents: ['todo.create', 'todo.list', 'todo.complete', 'todo.update'],
  understood(understanding, context) {
    switch (understanding.intent) {
      case 'todo.list':
        return list(context)
      case 'todo.complete':
        return completeNamed(understanding, context)
      case 'todo.update':
        return amendNamed(understanding, context)
      default:
        return createTodo(understanding, context)
    }
  },
  presses: {
    async tick({ subject }, context) {
      const one = await context.store.todos.get(context.space.id, subject)
      if (!one || one.state === 'deleted') return { reply: problem('That todo is gone.') }
      if (one.ownerId !== context.person.id) return { reply: problem('That todo is somebody else’s.') }
      if (one.state === 'done') return { reply: problem('That was done already.') }
      return complete(one, context)
    },
  },
}

export async function createTodo(understanding: Understanding, context: Context): Promise<Outcome> {
  const { title, content, when } = understanding
  const text = title ?? content
  if (text === null || text.trim() === '') return askWhat(understanding, ['What is there to do?'], context)
  if (text.length > longestText)
    return { reply: problem(`A todo holds ${longestText} characters and this one has ${text.length}: keep the long part in a note.`) }
  const dueAt = (when && instantOf(when, morning)) ?? null
  const after: Todo = {
    id: context.newId(),
    spaceId: context.space.id,
    ownerId: context.person.id,
    listId: context.person.listId,
    text,
    state: 'open',
    dueAt,
    version: 1,
  }
  const due = dueAt ? say`, due ${instant(dueAt, context, when?.timeZone)}` : []
  return done(context, 'todo created', say`On your list: ${strong(short(text))}${due}.`, [{ kind: 'todo', before: null, after }])
}

/** What is open, each to be ticked off. */
export async function list(context: Context): Promise<Outcome> {
  const open = await context.store.todos.open(context.space.id, context.person.id, listed + 1)
  if (open.length === 0) return tell(say`Your list is empty. Add to it: ${{ kind: 'code', text: 'todo buy milk' }}`)
  const shown = open.slice(0, listed)
  context.show({ kind: 'todo', ids: shown.map(({ id }) => id) })
  return tell(say`${strong(open.length > listed ? `Your first ${listed} todos` : 'Your todos')}`, [
    {
      kind: 'list',
      items: shown.map((one, index) => ({
        text: [`${index + 1}. ${short(one.text, 120)}`],
        ...(one.dueAt ? { detail: say`due ${instant(one.dueAt, context)}` } : {}),
      })),
    },
    {
      kind: 'menu',
      placeholder: 'Tick one off…',
      options: shown
        .slice(0, 25)
        .map((one, index) => ({ label: short(`${index + 1}. ${one.text}`, 75), token: context.token('tick', one.id) })),
    },
  ])
}

/** What rang is done with the same words as what stands on the list; when both fit, the person says which. */
async function completeNamed(understanding: Understanding, context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const [open, reminders] = await Promise.all([
    store.todos.open(space.id, person.id, 200),
    understanding.title === null ? [] : atHand(context),
  ])
  const last = await lastChanged('todo', context)
  const todos = open.length === 0 ? [] : meant(open, understanding, { lastId: last, shown: shownOf('todo', context) })
  const rung = remindersMeant(reminders, understanding, todos.length > 0)
  const [one, ...others] = [...todos, ...rung]
  if (!one) {
    if (open.length === 0 && reminders.length === 0) return tell(['Your list is empty: nothing to tick off.'])
    return { reply: problem('I know no open todo or reminder like that. Say “list my todos” or “list my reminders” to see them.') }
  }
  if (others.length === 0) return 'recipients' in one ? completeReminder(one, context) : complete(one, context)
  const button = (each: Todo | Reminder, verb: string, kind: string): Button => ({
    label: short(todos.length > 0 && rung.length > 0 ? `${kind}: ${each.text}` : each.text, 40),
    token: context.token(verb, each.id),
  })
  const buttons = [...todos.map((each) => button(each, 'tick', 'Todo')), ...rung.map((each) => button(each, 'done', 'Reminder'))]
  return ask(context, ['Which one is done?'], buttons.slice(0, 5))
}

/** Those that rang, or come again and again; one that is still to come only when nothing else is meant. */
function remindersMeant(reminders: readonly Reminder[], { title }: Understanding, found: boolean): readonly Reminder[] {
  if (title === null || pointsOnly(title)) return []
  const meantBy = (some: readonly Reminder[]) => (some.length === 0 ? [] : meant(some, { title }, { lastId: undefined, shown: undefined }))
  const rung = meantBy(reminders.filter(({ state, rrule }) => state === 'delivered' || rrule !== null))
  return rung.length > 0 || found ? rung : meantBy(reminders)
}

/** "move the rent todo to Friday", "rename the todo buy milk to buy oat milk" */
async function amendNamed(understanding: Understanding, context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const open = await store.todos.open(space.id, person.id, 200)
  const last = await lastChanged('todo', context)
  const [one, ...others] = open.length === 0 ? [] : meant(open, understanding, { lastId: last, shown: shownOf('todo', context) })
  if (!one) return { reply: problem('I know no open todo like that. Say “list my todos” to see them.') }
  if (others.length > 0)
    return { reply: problem('Several todos are called like that: say all of its words, or its number in “list my todos”.') }
  const changes = understanding.changes ?? {}
  const text = changes.title ?? one.text
  if (text.length > longestText)
    return {
      reply: problem(`A todo holds ${longestText} characters and this one would have ${text.length}: keep the long part in a note.`),
    }
  const at = newDue(one, changes, context.timeZone)
  if (!at && text === one.text)
    return { reply: problem('What shall become of it? Say a time, such as “move it to Friday”, or “rename it to …”.') }
  const after: Todo = { ...one, text, dueAt: at?.toInstant() ?? one.dueAt, version: one.version + 1 }
  const due = after.dueAt ? say`, due ${instant(after.dueAt, context)}` : []
  return done(context, 'todo changed', say`Changed: ${strong(short(text))}${due}.`, [{ kind: 'todo', before: one, after }])
}

/** When it is due by new words about its time: it keeps its clock time, or its day, where they leave that out. */
export function newDue({ dueAt }: Todo, { when, shift }: Changes, timeZone: string): Temporal.ZonedDateTime | undefined {
  const was = dueAt?.toZonedDateTimeISO(timeZone)
  if (shift !== undefined) return was?.add(Temporal.Duration.from(shift))
  const said = when && instantOf(when, morning)?.toZonedDateTimeISO(timeZone)
  if (!when || !said || !was || when.keeps === 'nothing') return said
  const [day, clock] = when.keeps === 'day' ? [was, said] : [said, was]
  return day.toPlainDate().toZonedDateTime({ timeZone, plainTime: clock.toPlainTime() })
}

function complete(one: Todo, context: Context): Outcome {
  const after: Todo = { ...one, state: 'done', version: one.version + 1 }
  return done(context, 'todo done', say`Done: ${strong(short(one.text))}.`, [{ kind: 'todo', before: one, after }])
}
