import type { Context, Outcome } from '#core/command.ts'
import { placeKey, type Recipient } from '#core/model.ts'
import { problem, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { nameAll, whoIs } from './who.ts'

/** How many people and channels one reminder may go to. */
const mostRecipients = 20

export type Recipients =
  | { readonly kind: 'to'; readonly recipients: readonly Recipient[] /** "you", "Bob and Ann", "#ops" */; readonly words: Text }
  | { readonly kind: 'unclear'; readonly outcome: Outcome }

/**
 * Whom a reminder is told, in the platform's own ids.
 *
 * "me" is told in direct messages, whatever channel it was asked in: it is nobody else's business.
 */
export async function recipientsOf(understanding: Understanding, context: Context): Promise<Recipients> {
  const { target, channel, channels = [] } = understanding
  const named = channels.length > 0 ? channels : [channel]
  if (target?.kind === 'channel') return toChannels(named, understanding, context)
  if (target?.kind === 'people') {
    const people = await toPeople(understanding, context)
    return people.kind === 'to' && channels.length > 0 ? joined([people, toChannels(channels, understanding, context)]) : people
  }
  return { kind: 'to', recipients: [{ kind: 'direct', user: context.person.userId }], words: ['you'] }
}

// "<#C024BE91L>"   "<#1234567890|ops>"
//    ↑ channel
const channelMention = /^<#(?<id>\w+)(?:\|[^>]*)?>$/

function toChannels(channels: readonly (string | null)[], understanding: Understanding, context: Context): Recipients {
  return joined(channels.map((channel) => toChannel(channel, understanding, context)))
}

/** All of them, each place once; the first that is unclear stands for all. */
function joined(parts: readonly Recipients[]): Recipients {
  const unclear = parts.find(({ kind }) => kind === 'unclear')
  if (unclear) return unclear
  const clear = parts.filter((part) => part.kind === 'to')
  const recipients = new Map(clear.flatMap((part) => part.recipients.map((to) => [placeKey(to), to])))
  if (recipients.size > mostRecipients) return tooMany(recipients.size)
  const words = clear.flatMap((part, index): Text => [index === 0 ? '' : index < clear.length - 1 ? ', ' : ' and ', ...part.words])
  return { kind: 'to', recipients: [...recipients.values()], words }
}

/** "remind the channel", "remind @here": more than those who read along in a thread. */
function namesChannel({ spans }: Understanding, { message }: Context): boolean {
  return (
    message.kind === 'sentence' &&
    spans.some(({ slot, start, end }) => slot === 'target' && /channel|every(?:one|body)|@here/i.test(message.text.slice(start, end)))
  )
}

function toChannel(channel: string | null, understanding: Understanding, context: Context): Recipients {
  const { message } = context
  if (message.place.platform === 'web')
    return refused('The web page has no channels: I can remind you here, or a channel when you ask me in Slack or Discord.')
  const id = channel === 'here' ? message.place.channel : channelMention.exec(channel ?? '')?.groups?.id
  if (id === undefined) {
    return refused(
      `I do not know which channel “${channel ?? ''}” is: type # and pick it from the list, so that its name turns into a link.`,
    )
  }
  // "us" and "everyone" where nobody else reads along.
  if (message.place.kind === 'direct' && channel === 'here')
    return { kind: 'to', recipients: [{ kind: 'direct', user: context.person.userId }], words: ['you'] }
  if (message.place.kind === 'direct' && message.place.platform === 'discord')
    return refused('Ask me that in the server of the channel: from here I cannot see it.')
  // Who is asked "us" in a thread is told there, and the channel is not woken.
  const { thread } = message.place
  if (channel === 'here' && thread !== undefined && !namesChannel(understanding, context))
    return { kind: 'to', recipients: [{ kind: 'channel', channel: id, thread, ping: [] }], words: ['this thread'] }
  return { kind: 'to', recipients: [{ kind: 'channel', channel: id, ping: [] }], words: [{ kind: 'channel', channel: id }] }
}

async function toPeople(understanding: Understanding, context: Context): Promise<Recipients> {
  if (understanding.people.length > mostRecipients) return tooMany(understanding.people.length)
  const who = await whoIs(understanding.people, understanding, context)
  if (who.kind === 'unclear') return { kind: 'unclear', outcome: who.outcome }
  const { people, emails } = who
  if (emails.length > 0) return refused(`I remind people here, not by e-mail: mention “${emails[0]}” with @ instead.`)
  if (people.length > mostRecipients) return tooMany(people.length)
  if (people.length === 0) return refused('Whom shall I remind? Mention them with @.')
  return { kind: 'to', recipients: people.map(({ userId: user }) => ({ kind: 'direct', user })), words: nameAll(people, context) }
}

function tooMany(count: number): Recipients {
  return refused(`I remind up to ${mostRecipients} people and channels at once, and these are ${count}: name a channel that they are in.`)
}

/** "remind crew to paint": only the space knows that crew is a group, and no part of what there is to do. */
export async function toGroup(understanding: Understanding, { store, space }: Context): Promise<Understanding> {
  const { group, rest } = /^(?<group>\S.{0,60}?) to (?<rest>\S.*)$/su.exec(understanding.title ?? '')?.groups ?? {}
  if (understanding.target?.kind !== 'me' || group === undefined || rest === undefined) return understanding
  const [found] = await store.groups.named(space.id, group.replace(/^the /i, ''))
  return found ? { ...understanding, title: rest, target: { kind: 'people' }, people: [{ name: found.name }] } : understanding
}

function refused(hint: string): Recipients {
  return { kind: 'unclear', outcome: { reply: problem(hint) } }
}
