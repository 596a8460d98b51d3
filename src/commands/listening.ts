import type { Context, Outcome } from '#core/command.ts'
import type { Space } from '#core/model.ts'
import { problem, type Reply, type Span, say, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, tell } from './answer.ts'
import { channelMeant } from './channel.ts'
import { unlessManaging } from './permissions.ts'

/** Channels in which words are read that are said to nobody in particular: switched by those who manage the server, seen by everybody. */

/** As many channels as one server has us listen in: all of them are told to every process in one message. */
const mostChannels = 100

const code = (text: string): Span => ({ kind: 'code', text })
const linkTo = (channel: string): Span => ({ kind: 'channel', channel })

/** What has to be done before we get to read what is not said to us. */
const fix =
  'Discord does not give me what is said in channels without a mention. Whoever runs me opens https://discord.com/developers/applications, picks the application, switches on Bot > Privileged Gateway Intents > Message Content Intent, and restarts DuckTape.'

/** "listen in this channel", "stop listening in #plans". */
export async function setListening({ channel: named }: Understanding, on: boolean, context: Context): Promise<Outcome> {
  const elsewhere = notInAServer(context)
  if (elsewhere) return { reply: elsewhere }
  const channel = channelMeant(named ?? 'this channel', context)
  if (channel === undefined)
    return {
      reply: problem(`I do not know which channel “${named}” is: type # and pick it from the list, so that its name turns into a link.`),
    }
  const refused = (await unlessManaging('decide where I listen', context)) ?? (await notOurs(channel, context))
  if (refused) return { reply: refused }
  if (on && !context.readsAlong()) return { reply: problem(`I cannot listen yet. ${fix}`) }
  const there = await context.there()
  const channels = listensIn(there.space)
  if (channels.includes(channel) === on)
    return tell(
      on ? say`I listen in ${linkTo(channel)} already.` : say`I do not listen in ${linkTo(channel)}: there I read what mentions me.`,
    )
  if (on && channels.length >= mostChannels)
    return { reply: problem(`I listen in ${mostChannels} channels at most: say where I shall stop.`) }
  return switched(channel, on, there)
}

function switched(channel: string, on: boolean, there: Context): Outcome {
  const { space } = there
  const others = listensIn(space).filter((each) => each !== channel)
  const { listens: _, ...rest } = space.rules
  const listens = on ? [...others, channel] : others
  const after: Space = { ...space, rules: { ...rest, ...(listens.length > 0 && { listens }) }, version: space.version + 1 }
  const changes = [{ kind: 'space' as const, before: space, after }]
  return { ...done(there, on ? 'listening switched on' : 'listening switched off', switchText(channel, on), changes), in: there }
}

/** What everybody in the channel reads. */
export function switchText(channel: string, on: boolean): Text {
  if (!on) return say`I no longer listen in ${linkTo(channel)}: from now on I read only what mentions me.`
  return say`I listen in ${linkTo(channel)} from now on: clear requests, such as ${code('remind me at 5 to call Ann')}, need no mention. I keep only what I act on: all else that is said there is neither answered, stored nor logged. Those who manage this server end it with ${code('stop listening here')}.`
}

/** "which channels do you listen in" */
export async function showListening(context: Context): Promise<Outcome> {
  const elsewhere = notInAServer(context)
  if (elsewhere) return { reply: elsewhere }
  const lines = await listeningOf(context)
  if (lines.length > 0)
    return tell(
      lines[0] ?? [],
      lines.slice(1).map((text) => ({ kind: 'aside', text })),
    )
  return tell(
    say`I listen in no channel of this server: I read what mentions me. Those who manage it change that with ${code('listen in this channel')}.`,
  )
}

/** What the settings say of it; nothing while we listen nowhere. */
export async function listeningOf(context: Context): Promise<readonly Text[]> {
  if (notInAServer(context)) return []
  const channels = listensIn((await context.there()).space)
  if (channels.length === 0) return []
  const names = channels.flatMap((channel, index): Text => (index === 0 ? [linkTo(channel)] : [', ', linkTo(channel)]))
  const listens = say`I listen in ${names}: clear requests are answered there without a mention. End it with ${code('stop listening here')}.`
  return context.readsAlong() === false ? [listens, [`At present I hear nothing there. ${fix}`]] : [listens]
}

export function listensIn({ rules: { listens = [] } }: Space): readonly string[] {
  return listens
}

function notInAServer({ message: { place } }: Context): Reply | undefined {
  switch (place.platform) {
    case 'discord':
      return place.kind === 'channel' ? undefined : problem('Ask me that in a channel of the server that it is about.')
    case 'slack':
      return problem(say`In Slack I read only what is said to me: mention me, write to me directly, or use ${code('/duck')}.`)
    default:
      return problem('Everything that is written here is for me already. I listen in channels of Discord only.')
  }
}

/** Whoever manages one server decides nothing in another. */
async function notOurs(channel: string, { message: { place, author }, belongs }: Context): Promise<Reply | undefined> {
  if (place.channel === channel) return undefined
  const inside = await belongs(author.id, { kind: 'channel', id: channel, space: place.space, name: '' })
  if (inside) return undefined
  return problem(
    inside === undefined
      ? 'I cannot see that channel now: say it in the channel itself.'
      : 'That is no channel of this server that you are in.',
  )
}
