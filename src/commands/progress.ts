import type { Context } from '#core/command.ts'
import { isAnswered, placeKey, type Recipient, type Reminder } from '#core/model.ts'
import type { ReminderTelling } from '#core/ports.ts'
import type { Item, Span, Text } from '#core/reply.ts'
import { say } from '#core/reply.ts'
import { instant } from './answer.ts'
import { whyNot } from './unreachable.ts'

/** Who of the people that are reminded has got it, and who is done. */

export function isForSeveral({ recipients }: Reminder): boolean {
  return recipients.length > 1
}

/** Which of the recipients somebody speaks for: themselves, or the channel that they press in. */
export function spokenFor({ recipients }: Reminder, { person, message: { place } }: Context): Recipient | undefined {
  return (
    recipients.find((to) => to.kind === 'direct' && to.user === person.userId) ??
    recipients.find((to) => to.kind === 'channel' && to.channel === place.channel)
  )
}

/** "2 of 3 done"; nothing while nobody is, or where only one is asked. */
export function progressOf(one: Reminder): string {
  const count = (one.answers ?? []).filter(({ how }) => how === 'done').length
  return isForSeveral(one) && count > 0 ? `${count} of ${one.recipients.length} done` : ''
}

/** "@Ann: done at 9:05"   "@Bob: got it at 9:00, not done yet"   "#ops: done by @Eve at 9:10" */
export async function progress(one: Reminder, context: Context): Promise<readonly Item[]> {
  const tellings = await context.store.reminders.tellings(context.space.id, one.id)
  return one.recipients.flatMap((to): Item[] => {
    const status = statusOf(one, to, tellings, context)
    return status ? [{ text: status }] : []
  })
}

function statusOf(one: Reminder, to: Recipient, tellings: readonly ReminderTelling[], context: Context): Text | undefined {
  const { answers = [] } = one
  const answer = answers.find((each) => isAnswered(to, [each]))
  if (answer) {
    const by: Text = to.kind === 'channel' ? say` by ${personOf(answer.user)}` : []
    return say`${nameOf(to)}: ${answer.how}${by} ${instant(answer.at, context)}`
  }
  const telling = tellings.find(({ place }) => place === placeKey(to))
  if (!telling) return undefined
  if (telling.failure !== undefined) return whyNot(to, telling.failure)
  if (one.state === 'done') return say`${nameOf(to)}: done`
  return telling.at ? say`${nameOf(to)}: got it ${instant(telling.at, context)}, not done yet` : say`${nameOf(to)}: not told yet`
}

/** Named, and not pinged. */
function personOf(user: string): Span {
  return { kind: 'someone', user, name: 'them', quiet: true }
}

export function nameOf(to: Recipient): Span {
  return to.kind === 'direct' ? personOf(to.user) : { kind: 'channel', channel: to.channel }
}
