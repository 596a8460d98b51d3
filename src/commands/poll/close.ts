import type { Context, Outcome } from '#core/command.ts'
import { idOf } from '#core/ids.ts'
import type { Person, Poll, Recipient } from '#core/model.ts'
import type { Notice } from '#core/ports.ts'
import { type Block, type Button, type Reply, say, strong, type Text } from '#core/reply.ts'
import { instant, short } from '../answer.ts'
import { asReader, withNotices } from '../invitation/telling.ts'
import { labelOf, ranked, winner } from './ballot.ts'
import { bookSlot } from './book.ts'

/**
 * What becomes of a poll whose time is over: the best time is booked, or whoever asked is asked to choose. Told where
 * the poll was asked for.
 */
export async function closePoll(id: string, context: Context): Promise<Outcome> {
  const poll = await context.store.polls.get(context.space.id, id)
  if (poll?.state !== 'open' || !poll.closesAt || Temporal.Instant.compare(poll.closesAt, context.now) > 0) return { reply: silence }
  const open: Poll = { ...poll, closesAt: null }
  const booked = await bookBest(open, context)
  if (booked) return withNotices(booked, context)
  const everybody = poll.personIds.every((one) => poll.votes[one] !== undefined)
  const notices = [choice(open, everybody ? 'Everybody has answered' : 'Time is up', context.person, context)]
  const after: Poll = { ...open, version: poll.version + 1 }
  return { reply: silence, changes: [{ kind: 'poll', before: poll, after }], summary: 'poll closed', notices }
}

/** Nobody waits for an answer. */
const silence: Reply = { tone: 'tell', visibility: 'place', blocks: [] }

/** Books the time that is clearly the best; undefined when somebody has to choose. */
async function bookBest(poll: Poll, context: Context): Promise<Outcome | undefined> {
  const best = winner(poll, context.now)
  const outcome = best && (await bookSlot(poll, best.at, context))
  if (!best || !outcome?.changes) return undefined
  const votes = `suits ${best.votes} of ${poll.personIds.length}`
  const lead: Block = {
    kind: 'text',
    text: say`${strong(short(poll.title))} is decided: ${instant(best.at, asReader(context.person, context))} ${votes}.`,
  }
  const told = inPlace(poll, { ...outcome.reply, blocks: [lead, ...outcome.reply.blocks] }, 'booked', context)
  const { shows, ...rest } = outcome
  const card = shows && { ...shows, personId: context.person.id }
  return { ...rest, notices: [...(outcome.notices ?? []), { ...told, ...(card && { card }) }] }
}

/** The times that suit somebody as buttons for whoever asked. */
function choice(poll: Poll, why: string, owner: Person, context: Context): Notice {
  const reader = asReader(owner, context)
  const all = ranked(poll, context.now)
  const [best, next] = all
  const who = `${String(best?.votes)} of ${String(poll.personIds.length)}`
  const text: Text = !best
    ? say`${why} for ${strong(short(poll.title))}, and no time suits anybody. Ask again with another week.`
    : best.votes === next?.votes
      ? say`${why} for ${strong(short(poll.title))}: more than one time suits ${who}. Which one shall it be?`
      : say`${why} for ${strong(short(poll.title))}: ${instant(best.at, reader)} suits ${who}. Shall it be that one?`
  const buttons = all.map(
    ({ at, index, votes }, place): Button => ({
      label: short(`Book ${labelOf(at, reader)} (${votes})`, 40),
      token: context.token('book-poll', poll.id, String(index)),
      ...(place === 0 ? { style: 'primary' } : {}),
    }),
  )
  const blocks: Block[] = [{ kind: 'text', text }, ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : [])]
  return inPlace(poll, { tone: 'ask', visibility: 'place', blocks }, `choice ${poll.version}`, { ...context, person: owner })
}

function inPlace(poll: Poll, reply: Reply, what: string, { person, message, now }: Context): Notice {
  const origin = poll.origin ?? message.place
  const to: Recipient =
    origin.kind === 'direct'
      ? { kind: 'direct', user: person.userId }
      : {
          kind: 'channel',
          channel: origin.channel,
          ...(origin.thread === undefined ? {} : { thread: origin.thread }),
          ping: [{ user: person.userId, name: person.name }],
        }
  return {
    id: idOf('poll', poll.id, what),
    ownerId: person.id,
    user: person.userId,
    to,
    origin,
    at: now,
    reply: { ...reply, visibility: 'place' },
  }
}
