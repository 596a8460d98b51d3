import type { Context, Outcome } from '#core/command.ts'
import type { Reminder } from '#core/model.ts'
import { say, strong } from '#core/reply.ts'
import { done, instant, settled, short, visibility } from './answer.ts'

/** Says that the occurrence which rang is done; what repeats goes on. */
export function complete(one: Reminder, context: Context): Outcome {
  if (one.state === 'done' && one.recipients.length === 1) return settledAlready('That was done already.', context)
  if (one.state === 'cancelled') return settledAlready('That reminder was cancelled.', context)
  // A repeating reminder goes on: done is said of the occurrence that rang.
  if (one.rrule !== null && one.dueAt !== null) {
    const next = instant(one.dueAt, context, one.timeZone)
    return {
      reply: {
        tone: 'done',
        visibility: visibility(context),
        ...(context.message.kind === 'press' ? { replaces: true } : {}),
        blocks: [{ kind: 'text', text: say`Done: ${strong(short(one.text))}. It comes again on ${next}.` }],
      },
    }
  }
  // Of several people each is done for themselves; the reminder is its owner's to close.
  if (one.recipients.length > 1 && one.ownerId !== context.person.id) return settled(context, say`Done: ${strong(short(one.text))}.`)
  const after: Reminder = { ...one, state: 'done', dueAt: null, version: one.version + 1 }
  return done(context, 'reminder done', say`Done: ${strong(short(one.text))}.`, [{ kind: 'reminder', before: one, after }])
}

/** There is nothing to change. */
export function settledAlready(words: string, context: Context): Outcome {
  return {
    reply: {
      tone: 'tell',
      visibility: 'author',
      blocks: [{ kind: 'text', text: [words] }],
      ...(context.message.kind === 'press' ? { replaces: true } : {}),
    },
  }
}
