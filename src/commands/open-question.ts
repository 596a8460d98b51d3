import type { Context, Outcome } from '#core/command.ts'
import type { Question } from '#core/ports.ts'
import { problem } from '#core/reply.ts'

export const expired = problem('That was answered already, or too long ago. Please say it again if you still want it.')

/** The question of a button, while it is open and this person's; or why it is not, in the words of `gone` once it is over. */
export async function openQuestion(id: string, { store, space, person, now }: Context, gone = expired): Promise<Question | Outcome> {
  const open = await store.questions.get(space.id, id)
  if (!open || Temporal.Instant.compare(open.expiresAt, now) <= 0) return { reply: gone }
  return open.personId === person.id ? open : { reply: problem('I asked somebody else, so only they can answer.') }
}
