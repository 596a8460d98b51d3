import type { Command, Context, Outcome } from '#core/command.ts'
import type { Question } from '#core/ports.ts'
import { problem } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { createEvent } from './book.ts'
import { chosenReading } from './either.ts'
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
        return { reply: problem('That was answered already, or too long ago. Please say it again if you still want it.') }
      }
      if (open.personId !== context.person.id) return { reply: problem('I asked somebody else, so only they can answer.') }
      return { ...(await answered(open, argument, context)), answers: subject }
    },
  },
}

/** What the button means, filled into the draft. */
async function answered({ draft, text }: Question, argument: string, context: Context): Promise<Outcome> {
  const chosen = chosenReading(draft, argument)
  if (chosen) return create(chosen, context)
  if (argument === 'todo') return createTodo({ ...draft, title: text }, context)
  const when = answerOf(argument, draft, context)
  if (!when) return { reply: problem('That moment is over. Please say it again with a later one.') }
  return create({ ...draft, when }, context, argument === 'allday')
}

function create(draft: Understanding, context: Context, allDay = false): Promise<Outcome> {
  return draft.intent === 'event.create' ? createEvent(draft, context, allDay) : createReminder(draft, context)
}
