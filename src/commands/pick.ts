import type { Context, Outcome } from '#core/command.ts'
import type { Draft } from '#core/ports.ts'
import type { Button } from '#core/reply.ts'
import { ask, short } from './answer.ts'
import type { Nameable } from './find.ts'
import { keep } from './question.ts'

/** As many things as a person weighs at a glance. */
const most = 5

/** Those of the things that an answer to "which one?" has left. */
export function chosenOf<Thing extends Nameable>(things: readonly Thing[], { choices }: Draft): readonly Thing[] | undefined {
  return choices && things.filter(({ id }) => choices.includes(id))
}

/** Asks which one is meant. A button or "the second one" says the sentence again, of that one. */
export async function pick(understanding: Draft, found: readonly Nameable[], verb: string, context: Context): Promise<Outcome> {
  const choices = found.slice(0, most)
  const id = await keep({ ...understanding, choices: choices.map((one) => one.id) }, understanding.title ?? '', context)
  const buttons = choices.map(
    ({ text }, index): Button => ({ label: short(`${index + 1}. ${text}`, 40), token: context.token('pick', id, `${index}`) }),
  )
  const more = found.length > most ? ` These are the first ${most}.` : ''
  return ask(context, [`Which one shall I ${verb}?${more}`], buttons)
}
