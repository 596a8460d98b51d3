import type { Command, Context, Outcome, Pressed } from '#core/command.ts'
import type { Person, Poll } from '#core/model.ts'
import { type Block, type Button, type Item, problem, type Reply, say, spell, strong } from '#core/reply.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { done, instant, short, visibility } from './answer.ts'
import { minutesOf, slotsFor } from './availability.ts'
import { createEvent } from './book.ts'
import { asReader, notice } from './invitation/telling.ts'
import { nameAll, whoIs } from './who.ts'

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
  const poll: Poll = {
    id: context.newId(),
    spaceId: context.space.id,
    ownerId: context.person.id,
    title: understanding.title ?? 'Meeting',
    slots: slots.map(({ start }) => start).toSorted(Temporal.Instant.compare),
    durationSeconds: minutes * 60,
    timeZone: context.timeZone,
    personIds: people.map(({ id }) => id),
    votes: {},
    state: 'open',
    version: 1,
  }
  const notices = others.map((reader) => {
    const opening: Block = {
      kind: 'text',
      text: say`${strong(context.person.name)} asks when it suits you: ${strong(short(poll.title))}. Press every time that does.`,
    }
    return notice('ask', [opening, ...ballot(poll, asReader(reader, context), context)], reader, context, ['poll', poll.id])
  })
  const words = say`I ask ${nameAll(others, context)} about ${strong(short(poll.title))}, and tell you when everybody has answered. Which of these suit you?`
  return { ...done(context, 'poll opened', words, [{ kind: 'poll', before: null, after: poll }], ballot(poll, context, context)), notices }
}

/** The times with how many they suit, and a button for each; a tick is the reader's own. */
function ballot(poll: Poll, reader: Context, signer: Context): readonly Block[] {
  const mine = poll.votes[reader.person.id]
  const buttons = poll.slots.map(
    (at, index): Button => ({
      label: short(`${mine?.includes(index) ? '✓ ' : ''}${labelOf(at, reader)}`, 40),
      token: signer.token('vote', poll.id, String(index)),
    }),
  )
  const answered = Object.keys(poll.votes).length
  return [
    {
      kind: 'list',
      items: poll.slots.map((at, index): Item => ({ text: [instant(at, reader)], detail: [`suits ${count(poll, index)}`] })),
    },
    { kind: 'aside', text: [`${answered} of ${poll.personIds.length} have answered.`] },
    {
      kind: 'buttons',
      buttons: [...buttons, { label: `${mine?.length === 0 ? '✓ ' : ''}None of them`, token: signer.token('vote', poll.id, 'none') }],
    },
  ]
}

function labelOf(at: Temporal.Instant, { timeZone }: Context): string {
  return spell({ kind: 'time', at: at.toString(), show: 'full', timeZone })
}

function count(poll: Poll, index: number): number {
  return Object.values(poll.votes).filter((slots) => slots.includes(index)).length
}

async function onPoll(id: string, context: Context, act: (poll: Poll) => Promise<Outcome>): Promise<Outcome> {
  const poll = await context.store.polls.get(context.space.id, id)
  if (!poll || poll.state === 'closed') return { reply: problem('That question is not open any more.') }
  if (!poll.personIds.includes(context.person.id)) return { reply: problem('That was asked of somebody else.') }
  return poll.state === 'booked' ? { reply: problem(say`${strong(short(poll.title))} is booked already.`) } : act(poll)
}

/** A press adds a time or takes it back; once everybody has answered, who asked is told how it stands. */
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
  const after: Poll = { ...poll, votes: { ...poll.votes, [person.id]: mine }, version: poll.version + 1 }
  const opening: Block = { kind: 'text', text: say`When does it suit you: ${strong(short(poll.title))}?` }
  const reply: Reply = {
    tone: 'done',
    visibility: visibility(context),
    replaces: true,
    blocks: [opening, ...ballot(after, context, context)],
  }
  const complete = poll.personIds.every((id) => after.votes[id] !== undefined)
  const owner = complete ? await context.store.people.get(context.space.id, poll.ownerId) : undefined
  return {
    reply,
    changes: [{ kind: 'poll', before: poll, after }],
    summary: 'vote given',
    notices: owner ? [result(after, owner, context)] : [],
  }
}

/** Said again when somebody changes their mind, in the newest words while it is not told yet. */
function result(poll: Poll, owner: Person, context: Context) {
  const reader = asReader(owner, context)
  const ranked = poll.slots.map((at, index) => ({ at, index, votes: count(poll, index) })).filter(({ votes }) => votes > 0)
  const [best] = ranked.toSorted((a, b) => b.votes - a.votes || a.index - b.index)
  const text = best
    ? say`Everybody has answered about ${strong(short(poll.title))}: ${instant(best.at, reader)} suits ${String(best.votes)} of ${String(poll.personIds.length)}.`
    : say`Everybody has answered about ${strong(short(poll.title))}, and no time suits anybody. Ask again with another week.`
  const buttons = ranked
    .toSorted((a, b) => b.votes - a.votes || a.index - b.index)
    .map(
      ({ at, index, votes }, place): Button => ({
        label: short(`Book ${labelOf(at, reader)} (${votes})`, 40),
        token: context.token('book-poll', poll.id, String(index)),
        ...(place === 0 ? { style: 'primary' } : {}),
      }),
    )
  const blocks: Block[] = [{ kind: 'text', text }, ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : [])]
  return notice('ask', blocks, owner, context, ['result', poll.id, String(poll.version)])
}

async function book(poll: Poll, index: number, context: Context): Promise<Outcome> {
  const at = poll.slots[index]
  if (poll.ownerId !== context.person.id) return { reply: problem('Only the person who asked can book it.') }
  if (!at) return { reply: problem('That time is not one of them.') }
  const people = await context.store.people.several(context.space.id, poll.personIds)
  const outcome = await createEvent(eventOf(poll, at, people, context), context)
  if (!outcome.changes) return outcome
  const after: Poll = { ...poll, state: 'booked', version: poll.version + 1 }
  return { ...outcome, changes: [...outcome.changes, { kind: 'poll', before: poll, after }] }
}

function eventOf(poll: Poll, at: Temporal.Instant, people: readonly Person[], { person, message, timeZone }: Context): Understanding {
  const iso = (moment: Temporal.Instant) => moment.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never' })
  const when: When = { kind: 'range', start: iso(at), end: iso(at.add({ seconds: poll.durationSeconds })), grain: 'minute', timeZone }
  const byName = message.place.platform === 'web'
  return {
    intent: 'event.create',
    confidence: 1,
    title: poll.title,
    target: null,
    people: people.filter(({ id }) => id !== person.id).map(({ name, userId }) => (byName ? { name } : { mention: `<@${userId}>` })),
    channel: null,
    calendar: null,
    location: null,
    meetingLink: null,
    list: null,
    alerts: [],
    content: null,
    when,
    recurrence: null,
    spans: [],
    alternatives: [],
  }
}
