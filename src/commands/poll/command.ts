import type { Command, Context, Outcome, Pressed } from '#core/command.ts'
import type { Poll } from '#core/model.ts'
import { type Block, problem, type Reply, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, forAll, instant, short, visibility } from '../answer.ts'
import { minutesOf, slotsFor } from '../availability.ts'
import { asReader, notice } from '../invitation/telling.ts'
import { instantOf } from '../moment.ts'
import { nameAll, whoIs } from '../who.ts'
import { ballot, pollNow } from './ballot.ts'
import { bookSlot } from './book.ts'

/** As many times as people weigh. */
const offered = 4
const mostPeople = 25

export const polls: Command = {
  intents: ['availability.poll'],
  understood: ask,
  presses: {
    vote: (pressed, context) => onPoll(pressed.subject, context, (poll) => vote(poll, pressed, context)),
    'book-poll': (pressed, context) => onPoll(pressed.subject, context, (poll) => book(poll, Number(pressed.argument), context)),
  },
}

// "ask Ann and Bob when they can meet next week"   "poll crew for a time about the harvest"
async function ask(understanding: Understanding, context: Context): Promise<Outcome> {
  const who = await whoIs(understanding.people, understanding, context)
  if (who.kind === 'unclear') return who.outcome
  const others = who.people.filter(({ id }) => id !== context.person.id)
  if (others.length === 0) return { reply: problem('Whom shall I ask? For example: “ask @ann and @bob when they can meet next week”.') }
  if (others.length > mostPeople) return { reply: problem(`I ask ${mostPeople} people at most.`) }
  const people = [context.person, ...others]
  const minutes = minutesOf(understanding)
  const slots = await slotsFor(people, understanding.when, minutes, offered, context)
  if (slots.length === 0) return { reply: problem('Nobody is free at the same time then: name another week.') }
  const times = slots.map(({ start }) => start).toSorted(Temporal.Instant.compare)
  const closesAt = closing(understanding, times[0] ?? context.now, context)
  if (!closesAt) return { reply: problem('Until when may they answer? Say a moment that is still to come, such as “by Thursday”.') }
  const poll: Poll = {
    id: context.newId(),
    spaceId: context.space.id,
    ownerId: context.person.id,
    title: understanding.title ?? 'Meeting',
    slots: times,
    durationSeconds: minutes * 60,
    timeZone: context.timeZone,
    personIds: people.map(({ id }) => id),
    votes: {},
    closesAt,
    // What nobody else sees is answered where nobody else is.
    origin: context.message.private ? { ...context.message.place, kind: 'direct' } : context.message.place,
    state: 'open',
    version: 1,
  }
  const shows = { kind: 'poll', pollId: poll.id } as const
  const notices = others.map((reader) => {
    const opening: Block = {
      kind: 'text',
      text: say`${strong(context.person.name)} asks when it suits you: ${strong(short(poll.title))}. Press every time that does.`,
    }
    const told = notice('ask', [opening, ...ballot(poll, asReader(reader, context), context)], reader, context, ['poll', poll.id])
    return { ...told, card: { ...shows, personId: reader.id } }
  })
  const words = say`I ask ${nameAll(others, context)} about ${strong(short(poll.title))}, and book what suits most, at the latest on ${instant(closesAt, context)}. Which of these suit you?`
  const opened = done(context, 'poll opened', words, [{ kind: 'poll', before: null, after: poll }], ballot(poll, forAll(context), context))
  return { ...opened, shows, notices }
}

/** Who is asked today for tomorrow has until tomorrow; nobody is asked for longer than two days unless that was said. */
const usual = { hours: 48, before: 60, least: 15 } as const
/** When a day ends by which people answer. */
const endOfWork = new Temporal.PlainTime(17)

/** Until when people answer; undefined for a moment that is over. */
function closing({ deadline }: Understanding, first: Temporal.Instant, { now }: Context): Temporal.Instant | undefined {
  const said = deadline ? instantOf({ ...deadline, start: deadline.start ?? deadline.end }, endOfWork) : undefined
  if (deadline) return said && Temporal.Instant.compare(said, now) > 0 ? said : undefined
  const latest = first.subtract({ minutes: usual.before })
  const least = now.add({ minutes: usual.least })
  const wanted = now.add({ hours: usual.hours })
  const early = Temporal.Instant.compare(wanted, latest) < 0 ? wanted : latest
  return Temporal.Instant.compare(early, least) < 0 ? least : early
}

async function onPoll(id: string, context: Context, act: (poll: Poll) => Promise<Outcome>): Promise<Outcome> {
  const poll = await context.store.polls.get(context.space.id, id)
  if (!poll || poll.state === 'closed') return { reply: problem('That question is not open any more.') }
  if (!poll.personIds.includes(context.person.id)) return { reply: problem('That was asked of somebody else.') }
  return poll.state === 'booked' ? { reply: problem(say`${strong(short(poll.title))} is booked already.`) } : act(poll)
}

/** A press adds a time or takes it back; once everybody has answered, it is decided. */
async function vote(poll: Poll, { argument }: Pressed, context: Context): Promise<Outcome> {
  const { person } = context
  const before = poll.votes[person.id] ?? []
  const index = Number(argument)
  if (argument !== 'none' && !poll.slots[index]) return { reply: problem('That time is not one of them.') }
  const mine =
    argument === 'none'
      ? []
      : before.includes(index)
        ? before.filter((each) => each !== index)
        : [...before, index].toSorted((a, b) => a - b)
  const voted: Poll = { ...poll, votes: { ...poll.votes, [person.id]: mine }, version: poll.version + 1 }
  const complete = poll.personIds.every((id) => voted.votes[id] !== undefined)
  // Once everybody has answered there is nothing to wait for.
  const after: Poll = complete ? { ...voted, closesAt: context.now } : voted
  const reply: Reply = { ...pollNow(after, context), tone: 'done', visibility: visibility(context), replaces: true }
  return { reply, changes: [{ kind: 'poll', before: poll, after }], summary: 'vote given' }
}

async function book(poll: Poll, index: number, context: Context): Promise<Outcome> {
  const at = poll.slots[index]
  if (poll.ownerId !== context.person.id) return { reply: problem('Only the person who asked can book it.') }
  if (!at) return { reply: problem('That time is not one of them.') }
  return bookSlot(poll, at, context)
}
