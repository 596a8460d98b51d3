import type { Command, Context, Outcome } from '#core/command.ts'
import type { Todo } from '#core/model.ts'
import { type Button, problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, done, instant, short, tell } from './answer.ts'
import { lastChanged, meant, shownOf } from './find.ts'
import { instantOf, morning } from './moment.ts'
import { askWhat } from './question.ts'

const longestText = 1_500
const listed = 50

export const todo: Command = {
  intents: ['todo.create', 'todo.list', 'todo.complete'],
  understood(understanding, context) {
    switch (understanding.intent) {
      case 'todo.list':
        return list(context)
      case 'todo.complete':
        return completeNamed(understanding, context)
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

async function list(context: Context): Promise<Outcome> {
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

async function completeNamed(understanding: Understanding, context: Context): Promise<Outcome> {
  const open = await context.store.todos.open(context.space.id, context.person.id, 200)
  if (open.length === 0) return tell(['Your list is empty: nothing to tick off.'])
  const last = await lastChanged('todo', context)
  const found = meant(open, understanding, { lastId: last, shown: shownOf('todo', context) })
  const [one, ...others] = found
  if (one && others.length === 0) return complete(one, context)
  if (!one) return { reply: problem('I know no open todo like that. Say “list my todos” to see them.') }
  const buttons = found.slice(0, 5).map((each): Button => ({ label: short(each.text, 40), token: context.token('tick', each.id) }))
  return ask(context, ['Which one is done?'], buttons)
}

function complete(one: Todo, context: Context): Outcome {
  const after: Todo = { ...one, state: 'done', version: one.version + 1 }
  return done(context, 'todo done', say`Done: ${strong(short(one.text))}.`, [{ kind: 'todo', before: one, after }])
}
