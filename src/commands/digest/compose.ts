import type { Person, Reminder, Space } from '#core/model.ts'
import type { Reply } from '#core/reply.ts'
import { dailyAgenda } from './agenda.ts'
import { missedSince } from './missed.ts'
import { weeklyReview } from './review.ts'
import type { Asked } from './sections.ts'

export interface Composing extends Pick<Asked, 'store' | 'now' | 'token'> {
  readonly reminder: Pick<Reminder, 'recipients' | 'timeZone' | 'digest'>
  readonly owner: Person
  readonly space: Space
}

/** What a digest says at this moment; undefined when there is nothing to say, and nobody is to be bothered. */
export async function compose({ reminder, owner: person, space, store, now, token }: Composing): Promise<Reply | undefined> {
  const asked = { store, space, person, timeZone: reminder.timeZone, now, token }
  const [to] = reminder.recipients
  switch (reminder.digest?.kind) {
    case 'agenda':
      return to && dailyAgenda(asked, to)
    case 'review':
      return weeklyReview(asked)
    case 'catchup':
      return missedSince(reminder.digest.since, asked)
    case undefined:
      return undefined
  }
}
