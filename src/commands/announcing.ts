import type { Command, Context, Outcome } from '#core/command.ts'
import type { Change } from '#core/model.ts'
import type { Notice } from '#core/ports.ts'
import { listensIn, switchText } from './listening.ts'

/**
 * Makes a command tell a channel when it is listened to from now on, or no more: people there have to know, also when
 * that was decided, or taken back, out of their sight.
 */
export function announcing(command: Command): Command {
  return {
    ...command,
    understood: async (understanding, context) => withNotices(await command.understood(understanding, context), context),
    presses: Object.fromEntries(
      Object.entries(command.presses).map(([verb, run]) => [
        verb,
        async (pressed, context) => withNotices(await run(pressed, context), context),
      ]),
    ),
  }
}

function withNotices(outcome: Outcome, context: Context): Outcome {
  const { message } = context
  const unseen = (outcome.changes ?? []).flatMap(switchesIn).filter(({ channel }) => message.private || channel !== message.place.channel)
  if (unseen.length === 0) return outcome
  return { ...outcome, notices: [...(outcome.notices ?? []), ...unseen.map((each) => noticeOf(each, { ...context, ...outcome.in }))] }
}

interface Switch {
  readonly channel: string
  readonly on: boolean
}

function switchesIn(change: Change): readonly Switch[] {
  if (change.kind !== 'space' || !change.before) return []
  const [were, are] = [listensIn(change.before), listensIn(change.after)]
  return [
    ...are.filter((channel) => !were.includes(channel)).map((channel) => ({ channel, on: true })),
    ...were.filter((channel) => !are.includes(channel)).map((channel) => ({ channel, on: false })),
  ]
}

function noticeOf({ channel, on }: Switch, { message, newId, person, now }: Context): Notice {
  return {
    id: newId(),
    ownerId: person.id,
    user: person.userId,
    to: { kind: 'channel', channel, ping: [] },
    origin: message.place,
    at: now,
    reply: { tone: 'tell', visibility: 'place', blocks: [{ kind: 'text', text: switchText(channel, on) }] },
  }
}
