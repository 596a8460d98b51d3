import { unpacked } from '#core/actions.ts'
import type { Command, Context, Outcome } from '#core/command.ts'
import type { Draft, Question } from '#core/ports.ts'
import { problem } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { createEvent } from './book.ts'
import { chosenReading } from './either.ts'
import { expired, openQuestion } from './open-question.ts'
import { answerOf } from './question.ts'
import { createReminder } from './remind.ts'
import { createTodo } from './todo/create.ts'
import { withChosen } from './who.ts'

/** The buttons under our questions. Words that answer them come through the engine. */
export function answers(everyday: readonly Command[]): Command {
  /** Runs a sentence again that was kept while something of it was asked. */
  async function goOn(draft: Draft, context: Context): Promise<Outcome> {
    const command = everyday.find(({ intents }) => intents.includes(draft.intent))
    return command ? command.understood(draft, context) : { reply: expired }
  }

  return {
    intents: [],
    understood: () => Promise.reject(new Error('no intent leads here')),
    presses: {
      async answer({ subject, argument }, context) {
        const open = await openQuestion(subject, context)
        return 'reply' in open ? open : { ...(await answered(open, argument, goOn, context)), answers: subject }
      },

      async pick({ subject, argument }, context) {
        const open = await openQuestion(subject, context)
        if ('reply' in open) return open
        const choice = open.draft.choices?.[Number(argument)]
        return choice === undefined
          ? { reply: expired }
          : { ...(await goOn({ ...open.draft, choices: [choice] }, context)), answers: subject }
      },

      async who({ subject, argument }, context) {
        const open = await openQuestion(subject, context)
        if ('reply' in open) return open
        const chosen = await context.store.people.get(context.space.id, unpacked(argument))
        const draft = chosen && (await withChosen(open.draft, chosen, context))
        return draft ? { ...(await goOn(draft, context)), answers: subject } : { reply: expired }
      },
    },
  }
}

/** What the button means, filled into the draft. */
async function answered(
  { draft, text }: Question,
  argument: string,
  goOn: (draft: Draft, context: Context) => Promise<Outcome>,
  context: Context,
): Promise<Outcome> {
  const chosen = chosenReading(draft, argument)
  if (chosen)
    return chosen.intent === 'event.create' || chosen.intent === 'reminder.create' ? create(chosen, context) : goOn(chosen, context)
  if (argument === 'todo') return createTodo({ ...draft, title: text }, context)
  const when = answerOf(argument, draft, context)
  if (!when) return { reply: problem('That moment is over. Please say it again with a later one.') }
  return create({ ...draft, when }, context, argument === 'allday')
}

function create(draft: Understanding, context: Context, allDay = false): Promise<Outcome> {
  return draft.intent === 'event.create' ? createEvent(draft, context, allDay) : createReminder(draft, context)
}
