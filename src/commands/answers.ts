import type { Command } from '#core/command.ts'
import { problem } from '#core/reply.ts'
import { createEvent } from './book.ts'
import { answerOf } from './question.ts'
import { createReminder } from './remind.ts'
import { createTodo } from './todo.ts'

/** The buttons under our questions. Words that answer them come through the engine. */
export const answers: Command = {
  intents: [],
  understood: () => Promise.reject(new Error('no intent leads here')),
  presses: {
    async answer({ subject, argument }, context) {
      const open = await context.store.questions.get(context.space.id, subject)
      if (!open || Temporal.Instant.compare(open.expiresAt, context.now) <= 0) {
        return { reply: problem('I do not remember that question any more. Please say it again.') }
      }
      if (open.personId !== context.person.id) return { reply: problem('I asked somebody else, so only they can answer.') }
      await context.store.questions.close(context.space.id, subject)
      if (argument === 'todo') return createTodo({ ...open.draft, title: open.text }, context)
      const when = answerOf(argument, open.draft, context)
      if (!when) return { reply: problem('That moment is over. Please say it again with a later one.') }
      const draft = { ...open.draft, when }
      return draft.intent === 'event.create' ? createEvent(draft, context, argument === 'allday') : createReminder(draft, context)
    },
  },
}
