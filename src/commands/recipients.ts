import type { Context } from '#core/command.ts'
import type { Recipient } from '#core/model.ts'
import type { Span, Text } from '#core/reply.ts'
import type { PersonReference, Understanding } from '#core/understanding.ts'

/** How many people one reminder may go to. */
const mostRecipients = 20

export type Recipients =
  | { readonly kind: 'to'; readonly recipients: readonly Recipient[] /** "you", "Bob and Ann", "#ops" */; readonly words: Text }
  | { readonly kind: 'refused'; readonly hint: string }

/**
 * Whom a reminder is told, in the platform's own ids.
 *
 * "me" is told in direct messages, whatever channel it was asked in: it is nobody else's business.
 */
export function recipientsOf({ target, people, channel }: Understanding, context: Context): Recipients {
  if (target?.kind === 'channel') return toChannel(channel, context)
  if (target?.kind === 'people') return toPeople(people, context)
  return { kind: 'to', recipients: [{ kind: 'direct', user: context.person.userId }], words: ['you'] }
}

// "<#C024BE91L>"   "<#1234567890|ops>"
//    ↑ channel
const channelMention = /^<#(?<id>\w+)(?:\|[^>]*)?>$/

function toChannel(channel: string | null, { message }: Context): Recipients {
  if (message.place.platform === 'web')
    return {
      kind: 'refused',
      hint: 'The web page has no channels: I can remind you here, or a channel when you ask me in Slack or Discord.',
    }
  const id = channel === 'here' ? message.place.channel : channelMention.exec(channel ?? '')?.groups?.id
  if (id === undefined) {
    return {
      kind: 'refused',
      hint: `I do not know which channel “${channel ?? ''}” is: type # and pick it from the list, so that its name turns into a link.`,
    }
  }
  if (message.place.kind === 'direct' && message.place.platform === 'discord')
    return { kind: 'refused', hint: 'Ask me that in the server of the channel: from here I cannot see it.' }
  return { kind: 'to', recipients: [{ kind: 'channel', channel: id, ping: [] }], words: [{ kind: 'channel', channel: id }] }
}

// "<@U024BE7LH>"   "<@!1234567890>"   "<@U024BE7LH|ann>"
//    ↑ user
const mention = /^<@!?(?<id>\w+)(?:\|[^>]*)?>$/

function toPeople(people: readonly PersonReference[], { message, person }: Context): Recipients {
  if (people.length > mostRecipients) {
    return {
      kind: 'refused',
      hint: `I remind up to ${mostRecipients} people at once, and these are ${people.length}: name a channel that they are in.`,
    }
  }
  if (message.place.platform === 'web')
    return { kind: 'refused', hint: 'On the web page I know only you: ask me in Slack or Discord to remind others.' }
  if (message.place.platform === 'discord' && message.place.kind === 'direct') {
    return { kind: 'refused', hint: 'Ask me that in a server which you share with them: from here I can only remind you.' }
  }
  const users: string[] = []
  for (const reference of people) {
    const id = userOf(reference, person.userId)
    if (id === undefined) {
      const said = 'name' in reference ? reference.name : 'email' in reference ? reference.email : reference.mention
      return {
        kind: 'refused',
        hint: `I do not know who “${said}” is: type @ and pick them from the list, so that the name turns into a mention.`,
      }
    }
    if (!users.includes(id)) users.push(id)
  }
  if (users.length === 0) return { kind: 'refused', hint: 'Whom shall I remind? Mention them with @.' }
  const words = users.flatMap((user, index): Span[] => {
    const span: Span = user === person.userId ? 'you' : { kind: 'someone', user, name: 'them', quiet: true }
    return index === 0 ? [span] : [index === users.length - 1 ? ' and ' : ', ', span]
  })
  return { kind: 'to', recipients: users.map((user) => ({ kind: 'direct', user })), words }
}

/** "me", among others, is the person who asks; everybody else has to be mentioned. */
function userOf(reference: PersonReference, me: string): string | undefined {
  if ('mention' in reference) return mention.exec(reference.mention)?.groups?.id
  return 'name' in reference && reference.name === 'me' ? me : undefined
}
