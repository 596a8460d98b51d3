import type { Context } from '#core/command.ts'
import type { Calendar, Change } from '#core/model.ts'
import type { Span } from '#core/reply.ts'

/** The calendars of channels: whoever is in a channel reads and writes its calendar. */

// "<#C024BE7LR>"   "<#C024BE7LR|ops>"
//    ↑ channel
const mention = /^<#(?<id>\w+)(?:\|[^>]*)?>$/

/** The channel whose calendar is meant by a name: one that is mentioned, or this one. */
export function channelMeant(name: string | null, { message: { place } }: Context): string | undefined {
  const mentioned = mention.exec(name?.trim() ?? '')?.groups?.id
  if (mentioned) return mentioned
  const here = /^(?:this |the )?channel(?:['’]s)?$/i.test(name?.trim() ?? '')
  return here && place.kind === 'channel' ? place.channel : undefined
}

/** Why this person may not use the calendar of a channel; undefined when they are in it. */
export async function notThere(channel: string, { message: { place, author }, belongs }: Context): Promise<string | undefined> {
  if (place.kind === 'channel' && place.channel === channel) return undefined
  // In direct messages Discord does not say of which server a channel is.
  if (place.platform === 'discord' && place.kind === 'direct')
    return 'Say that in the channel itself: from here I cannot see who you are there.'
  const inside = await belongs(author.id, { kind: 'channel', id: channel, space: place.space, name: '' })
  if (inside) return undefined
  return inside === false
    ? 'The calendar of a channel is for those who are in it, and you are not.'
    : 'I cannot see whether you are in that channel: invite me there, then try again.'
}

/** As many channels as are looked through for those that somebody is in. */
const mostChannels = 50

/** The calendars of the channels that this person is in, as far as the platform says so. */
export async function calendarsOfTheirs({
  store,
  space,
  message: { author },
  belongs,
}: Pick<Context, 'store' | 'space' | 'message' | 'belongs'>): Promise<readonly Calendar[]> {
  const all = await store.calendars.ofChannels(space.id, mostChannels)
  const circle = (id: string) => ({ kind: 'channel', id, space: space.externalId, name: '' }) as const
  const inside = await Promise.all(all.map(({ channel }) => (channel === null ? false : belongs(author.id, circle(channel)))))
  return all.filter((_, index) => inside[index] === true)
}

/** The calendar of a channel, made when there is none. */
export async function calendarOf(
  channel: string,
  { store, space, newId }: Context,
): Promise<{ readonly calendar: Calendar; readonly change?: Change }> {
  const known = await store.calendars.ofChannel(space.id, channel)
  if (known?.state === 'kept') return { calendar: known }
  if (known) {
    const calendar: Calendar = { ...known, state: 'kept', version: known.version + 1 }
    return { calendar, change: { kind: 'calendar', before: known, after: calendar } }
  }
  const calendar: Calendar = {
    id: newId(),
    spaceId: space.id,
    ownerId: null,
    kind: 'channel',
    channel,
    name: `#${channel}`,
    colour: null,
    feedSecretHash: null,
    state: 'kept',
    shares: [],
    version: 1,
  }
  return { calendar, change: { kind: 'calendar', before: null, after: calendar } }
}

/** A calendar by its name; that of a channel by the channel's. */
export function nameOfCalendar({ kind, channel, name }: Calendar): Span {
  return kind === 'channel' && channel !== null ? { kind: 'channel', channel } : name
}
