import type { Context } from '#core/command.ts'
import type { Poll } from '#core/model.ts'
import { type Block, type Button, type Item, type Reply, say, spell, strong } from '#core/reply.ts'
import { forAll, instant, short } from '../answer.ts'

/** What a message with a ballot says now. */
export function pollNow(poll: Poll, context: Context): Reply {
  const { tone, blocks } = ((): Pick<Reply, 'tone' | 'blocks'> => {
    const title = strong(short(poll.title))
    switch (poll.state) {
      case 'open':
        return {
          tone: 'ask',
          blocks: [{ kind: 'text', text: say`When does it suit you: ${title}?` }, ...ballot(poll, forAll(context), context)],
        }
      case 'booked':
        return { tone: 'tell', blocks: [{ kind: 'text', text: say`${title} is decided: the invitation says when.` }] }
      case 'closed':
        return { tone: 'tell', blocks: [{ kind: 'text', text: say`${title} is not asked any more.` }] }
    }
  })()
  return { tone, visibility: 'place', blocks }
}

/** The times with how many they suit, and a button for each; a tick is the reader's own. */
export function ballot(poll: Poll, reader: Context, signer: Context): readonly Block[] {
  const mine = poll.votes[reader.person.id]
  const buttons = poll.slots.map(
    (at, index): Button => ({
      label: short(`${mine?.includes(index) ? '✓ ' : ''}${labelOf(at, reader)}`, 40),
      token: signer.token('vote', poll.id, String(index)),
    }),
  )
  const answered = Object.keys(poll.votes).length
  const until = poll.closesAt ? say` Answers until ${instant(poll.closesAt, reader)}.` : []
  return [
    {
      kind: 'list',
      items: poll.slots.map((at, index): Item => ({ text: [instant(at, reader)], detail: [`suits ${count(poll, index)}`] })),
    },
    { kind: 'aside', text: say`${`${answered} of ${poll.personIds.length} have answered.`}${until}` },
    {
      kind: 'buttons',
      buttons: [...buttons, { label: `${mine?.length === 0 ? '✓ ' : ''}None of them`, token: signer.token('vote', poll.id, 'none') }],
    },
  ]
}

export function labelOf(at: Temporal.Instant, { timeZone }: Context): string {
  return spell({ kind: 'time', at: at.toString(), show: 'full', timeZone })
}

function count({ votes }: Poll, index: number): number {
  return Object.values(votes).filter((slots) => slots.includes(index)).length
}

export interface Ranked {
  readonly at: Temporal.Instant
  readonly index: number
  readonly votes: number
}

/** The times that suit somebody and are still to come, best first. */
export function ranked(poll: Poll, now: Temporal.Instant): readonly Ranked[] {
  return poll.slots
    .map((at, index): Ranked => ({ at, index, votes: count(poll, index) }))
    .filter(({ at, votes }) => votes > 0 && Temporal.Instant.compare(at, now) > 0)
    .toSorted((a, b) => b.votes - a.votes || a.index - b.index)
}

/** The time that needs nobody's word any more: it suits more people than any other, and whoever asked has not said no to it. */
export function winner(poll: Poll, now: Temporal.Instant): Ranked | undefined {
  const [best, next] = ranked(poll, now)
  const askers = poll.votes[poll.ownerId]
  if (!best || best.votes === next?.votes || askers?.includes(best.index) === false) return undefined
  return best
}
