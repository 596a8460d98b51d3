import type { Command, Context, Outcome } from '#core/command.ts'
import type { Todo } from '#core/model.ts'
import type { Draft } from '#core/ports.ts'
import { problem } from '#core/reply.ts'
import { amendNamed, deleteNamed, reopen, reopenNamed } from './amend.ts'
import { createList, createTodo, split } from './create.ts'
import { complete, completeNamed } from './finish.ts'
import { deleteList, openList, renameList, showLists } from './lists.ts'
import { listAsked, turnPage } from './show.ts'

export const todo: Command = {
  intents: ['todo.create', 'todo.list', 'todo.complete', 'todo.update', 'todo.delete'],
  understood(understanding: Draft, context) {
    const ofList = understanding.content === 'list'
    switch (understanding.intent) {
      case 'todo.list':
        return ofList ? showLists(context) : listAsked(understanding, context)
      case 'todo.complete':
        return completeNamed(understanding, context)
      case 'todo.update':
        if (ofList) return renameList(understanding, context)
        return understanding.content === 'reopen' ? reopenNamed(understanding, context) : amendNamed(understanding, context)
      case 'todo.delete':
        return ofList ? deleteList(understanding, context) : deleteNamed(understanding, context)
      default:
        return ofList ? createList(understanding, context) : createTodo(understanding, context)
    }
  },
  presses: {
    tick: ({ subject }, context) => onOwn(subject, context, (one) => (one.state === 'done' ? doneBefore : complete(one, context))),
    'todo-reopen': ({ subject }, context) => onOwn(subject, context, (one) => reopen(one, context)),
    'todo-split': split,
    'todo-page': turnPage,
    'list-open': openList,
  },
}

const doneBefore: Outcome = { reply: problem('That was done already.') }

async function onOwn(id: string, context: Context, act: (one: Todo) => Outcome): Promise<Outcome> {
  const one = await context.store.todos.get(context.space.id, id)
  if (!one || one.state === 'deleted') return { reply: problem('That todo is gone.') }
  return one.ownerId === context.person.id ? act(one) : { reply: problem('That todo is somebody else’s.') }
}
