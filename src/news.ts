import { unreadableNews } from '#commands/exchange/news.ts'
import { notice } from '#commands/invitation/telling.ts'
import type { Context, Handled, Outcome } from '#core/command.ts'
import type { Place } from '#core/message.ts'
import type { TellNews } from '#core/news.ts'
import type { Met, Store } from '#core/ports.ts'

/** Tells people of feeds in their direct messages, as surely as they are reminded. */
export function createNews({
  store,
  act,
}: {
  readonly store: Pick<Store, 'people'>
  act(met: Met, place: Place, id: string, decide: (context: Context) => Promise<Outcome>): Promise<Handled>
}): TellNews {
  return async (news) => {
    const { spaceId, personId } = news.of
    const person = await store.people.get(spaceId, personId)
    const met = person && (await store.people.meetIn(spaceId, { id: person.userId, name: person.name }))
    if (!met) return
    const { platform, externalId: space } = met.space
    const place: Place = { platform, space, channel: met.person.userId, kind: 'direct' }
    const key = [news.kind, news.of.calendarId, String(news.of.failures), news.why]
    await act(met, place, `news ${key.join(' ')}`, async (context) => {
      const reply = unreadableNews(news.of, news.why, context)
      return { reply, notices: [notice(reply.tone, reply.blocks, context.person, context, key)] }
    })
  }
}
