import { closePoll } from '#commands/poll/close.ts'
import type { Context, Handled, Outcome } from '#core/command.ts'
import type { Place } from '#core/message.ts'
import type { Clock, Met, Store } from '#core/ports.ts'

/** As many at a time: what is left comes with the next sweep. */
const most = 100

/** Decides the polls whose time is over, each as if whoever asked had just said so. */
export async function closePolls({
  store,
  clock,
  act,
}: {
  readonly store: Pick<Store, 'polls'>
  readonly clock: Clock
  act(met: Met, place: Place, id: string, decide: (context: Context) => Promise<Outcome>): Promise<Handled>
}): Promise<void> {
  for (const { poll, asker } of await store.polls.due(clock.now(), most)) {
    const { platform, externalId: space } = asker.space
    const place = poll.origin ?? { platform, space, channel: asker.person.userId, kind: 'direct' }
    await act(asker, place, `poll ${poll.id} ${poll.version}`, (context) => closePoll(poll.id, context))
  }
}
