import type { Person, Recipient, Reminder } from '#core/model.ts'
import { type Reply, type Span, say, strong, type Text } from '#core/reply.ts'
import { short } from './answer.ts'

/** Why a place cannot be reached and what mends it, by the platform's own code. The place's name stands before it. */
const reasons: Readonly<Record<string, string>> = {
  not_in_channel: 'does not have me: write “/invite @DuckTape” there',
  channel_not_found: 'is hidden from me: write “/invite @DuckTape” there',
  is_archived: 'is archived: unarchive it, or name another one',
  restricted_action: 'lets only some people post: ask an admin to let me',
  user_not_found: 'is not in this workspace',
  user_disabled: 'has left this workspace',
  cannot_dm_bot: 'is a bot, and takes no messages from me',
  '50007': 'takes no direct messages from me: they have to allow direct messages from members of this server',
  '50001': 'is hidden from me: give my role “View Channel” there',
  '50013': 'does not let me write: give my role “Send Messages” there',
  '10003': 'is gone: name another channel',
  '10013': 'is nobody whom Discord knows',
}

/** What such a code says about a place, to be put behind its name. */
export function meaningOf(reason: string): string {
  return reasons[reason] ?? `cannot be reached (${reason})`
}

/** "#ops does not have me: write “/invite @DuckTape” there". `name`: what the person is called. */
export function whyNot(to: Recipient, reason: string, name = 'That person'): Text {
  const place: Span =
    to.kind === 'direct' ? { kind: 'someone', user: to.user, name, quiet: true } : { kind: 'channel', channel: to.channel }
  return say`${place} ${meaningOf(reason)}.`
}

export interface Undelivered {
  readonly reminder: Reminder
  readonly owner: Person
  readonly failed: readonly { readonly to: Recipient; readonly reason: string }[]
  token(verb: string, subject: string, argument?: string): string
}

/** What the one who made a reminder is told when it did not arrive everywhere. */
export function undelivered({ reminder, failed, token }: Undelivered): Reply {
  return {
    tone: 'problem',
    visibility: 'place',
    blocks: [
      { kind: 'text', text: say`I could not deliver your reminder ${strong(short(reminder.text))}.` },
      { kind: 'list', items: failed.map(({ to, reason }) => ({ text: whyNot(to, reason) })) },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Try again in 1 hour', token: token('snooze', reminder.id, '1h') },
          { label: 'Leave it', token: token('done', reminder.id) },
        ],
      },
    ],
  }
}
