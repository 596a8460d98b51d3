import type { Actions } from './actions.ts'
import { asKept, withNames } from './as-kept.ts'
import { readAsked } from './asked.ts'
import { clean } from './clean.ts'
import type { Command, Context, Handle, Handled, Outcome } from './command.ts'
import { answerTo, mayAnswer } from './complete.ts'
import { createEdits, type Edited, isUntouched } from './edits.ts'
import { BotError } from './errors.ts'
import { homeOf } from './home.ts'
import { idOf, newId } from './ids.ts'
import type { Asked, Incoming, Place, Press, Sentence } from './message.ts'
import type { Person, Space } from './model.ts'
import { cardOf, editsOf, outcomeOf, refused, unlessBusy } from './outcomes.ts'
import { isRequest, isSpokenOf } from './overheard.ts'
import type { Clock, Ears, Language, Met, Question, Store } from './ports.ts'
import { createReach, type Reach } from './reach.ts'
import { problem, type Reply, say, strong } from './reply.ts'
import { inOne } from './several.ts'
import { aboutList, createShownLists } from './shown.ts'
import type { Understanding } from './understanding.ts'

/** The longest sentence that is read, in UTF-16 units. */
const maxSentenceLength = 65_536

/** What a form holds. */
const longestTyped = 3_000

/** How often a command may find that what it read has changed before it gives up. */
const mostAttempts = 8

export interface EngineParts {
  readonly language: Language
  readonly commands: readonly Command[]
  readonly store: Store
  readonly actions: Actions
  readonly clock: Clock
  /** What platforms say of places and people; without it nobody knows. */
  readonly reach?: Reach
  /** Whether we may read along; without it we may not. */
  readonly ears?: Pick<Ears, 'granted'>
  /** Where people find our pages: `https://duck.example.org`. Known once the server listens. */
  origin(): string
}

/**
 * The one way in for all platforms: a message becomes changes in the store and a reply.
 *
 * Whatever a message changes is committed in one transaction before the reply is given out. A message
 * that an earlier process committed and did not answer gets that same reply and changes nothing.
 */
export function createEngine({ language, commands, store, actions, clock, origin, ears, reach = createReach(() => []) }: EngineParts): {
  readonly handle: Handle
  /** A moment of somebody at a place of theirs, although they have said nothing. */
  moment(met: Met, place: Place): Context
  /** Does something for somebody as if they had just said it; the same `id` is done once. */
  act(met: Met, place: Place, id: string, decide: (context: Context) => Promise<Outcome>): Promise<Handled>
} {
  const lists = createShownLists()
  const byIntent = new Map(commands.flatMap((command) => command.intents.map((intent) => [intent, command] as const)))
  const byVerb = new Map(commands.flatMap((command) => Object.entries(command.presses)))

  async function handle(message: Incoming): Promise<Handled> {
    if (message.again) {
      const reply = await store.committedReply(message.place.platform, message.id)
      if (reply) return { reply, intent: 'none', outcome: 'told' }
    }
    if (message.kind === 'press') return press(message)
    return isEdited(message) ? edited(message) : hear(message)
  }

  const edited = createEdits({
    store,
    now: clock.now,
    hear,
    async asks(message) {
      const { space, person } = await store.people.meet(homeOf(message.place, message.author), message.author)
      const text = clean(message.text)
      const { intent, parts } = makeContext(message, space, person, clock.now()).understand(text)
      if (parts) return 'several'
      return text.trim() === '' || intent === 'none' ? 'nothing' : 'one'
    },
    async takeBack({ id, spaceId }, { id: edit, edits, at, place, author, private: isPrivate }) {
      const met = await store.people.meetIn(spaceId, author)
      const entry = await store.audit.get(spaceId, id)
      const undo = byVerb.get('undo')
      // What a batch did is taken back piece by piece, so it is left to whoever says so.
      if (!met || !undo || !entry || entry.changes.length === 0) return false
      const message: Press = { kind: 'press', id: `${edit} undo`, at, place, author, token: '', private: isPrivate }
      const context = makeContext(message, met.space, met.person, clock.now())
      const { outcome } = await settle('undo', context, async () => {
        const back = await undo({ verb: 'undo', subject: id, argument: '' }, context)
        return isUntouched(entry, back.changes) ? { ...back, ...(edits !== undefined && { unshows: edits }) } : { reply: back.reply }
      })
      return outcome === 'done'
    },
  })

  async function hear(message: Sentence, dress = (outcome: Outcome) => outcome): Promise<Handled> {
    const now = clock.now()
    const text = clean(message.text)
    if (text.length > maxSentenceLength) {
      return refused('none', problem('That is longer than I can read (64 KB): please send the main sentence on its own.'))
    }
    // Nearly all that is overheard is for somebody else: it costs no look at the database.
    if (!message.addressed && !isRequest(message, language, now)) return { intent: 'none', outcome: 'ignored' }
    const { space, person } = await store.people.meet(homeOf(message.place, message.author), message.author)
    const named = message.place.platform === 'slack' ? await withNames({ ...message, text }, nameIn(space)) : { ...message, text }
    const context = makeContext(named, space, person, now)
    if (message.asks) return grant(message.asks, context)
    const read = context.understand(text)
    // Words overheard in a channel are nobody's answer to a question, and no cry for help.
    if (!message.addressed && read.intent === 'none') return { intent: 'none', outcome: 'ignored' }
    if (read.parts) return each(read.parts, message)
    const question =
      message.addressed && message.edits === undefined && !message.files?.length && mayAnswer(read)
        ? await store.questions.open(space.id, person.id, message.place.channel, now)
        : undefined
    const answer = question && answerTo(question, read, text, context.understand)
    if (question && answer?.kind === 'dropped') return drop(question, context)
    const completed = answer?.kind === 'completed' ? answer.understanding : undefined
    const understanding =
      completed ?? fileOf(message, read) ?? (text.trim() === '' ? { ...read, intent: 'help' as const } : aboutList(read, context.shown))

    const command = byIntent.get(understanding.intent)
    if (!command) {
      return refused(understanding.intent, problem('I understand what you ask, but I cannot do that yet. Say “help” to see what I can do.'))
    }
    const handled = await settle(understanding.intent, context, async () => {
      const outcome = dress(await command.understood(understanding, context))
      return question && completed ? { ...outcome, answers: question.id } : outcome
    })
    return isSpokenOf(message, handled) ? { intent: handled.intent, outcome: 'ignored' } : handled
  }

  /** Several requests in one sentence are done in turn, as if each had been said alone, and answered in one message. */
  async function each(parts: readonly string[], message: Sentence): Promise<Handled> {
    const handled: Handled[] = []
    for (const [index, text] of parts.entries()) handled.push(await handle({ ...message, id: `${message.id}#${index + 1}`, text }))
    return inOne(handled)
  }

  /** What we know somebody as; a Slack user is in one team only, so whoever is mentioned is one of its people. */
  function nameIn(space: Space): (user: string) => Promise<string | undefined> {
    return async (user) => {
      const name = (await store.people.meetIn(space.id, { id: user, name: user }))?.person.name
      return name === user ? undefined : name
    }
  }

  /** What was asked for without words answers no question, and is beyond doubt. */
  async function grant(asks: Asked, context: Context): Promise<Handled> {
    const asked = readAsked(asks, context)
    if (asked.kind === 'wrong') return refused('none', asked.reply)
    const { understanding } = asked
    const command = byIntent.get(understanding.intent)
    if (!command) return refused(understanding.intent, problem('I cannot do that yet.'))
    return settle(understanding.intent, context, () => command.understood(understanding, context))
  }

  async function drop(question: Question, { space, message, now }: Context): Promise<Handled> {
    await store.questions.close(space.id, question.id, now)
    const text = question.text === '' ? ['Dropped.'] : say`Dropped: ${strong(question.text)}.`
    const reply: Reply = { tone: 'tell', visibility: message.private ? 'author' : 'place', blocks: [{ kind: 'text', text }] }
    return { reply, intent: 'none', outcome: 'told' }
  }

  async function press(message: Press): Promise<Handled> {
    const now = clock.now()
    const pressed = actions.verify(message.token)
    const run = pressed && byVerb.get(pressed.verb)
    if (!pressed || !run) {
      return refused('press', problem('This button does not work any more. Say what you would like instead.'))
    }
    const met = await store.people.meetIn(pressed.spaceId, message.author)
    if (!met) return refused('press', problem('What this button was for is gone.'))
    const { text } = message
    const typed = text === undefined ? {} : { text: clean(text).slice(0, longestTyped) }
    const context = makeContext({ ...message, ...typed }, met.space, met.person, now)
    return settle('press', context, () => run(pressed, context))
  }

  /**
   * Lets the command decide and commits what it decided. When a record changed in between (a reminder
   * rings while its button is pressed), the command looks again and decides anew.
   */
  async function settle(read: Handled['intent'], context: Context, decide: () => Promise<Outcome>): Promise<Handled> {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const outcome: Outcome = await unlessBusy(decide)
      const { reply, intent = read, changes = [], notices = [] } = outcome
      if (changes.length + notices.length === 0) return { reply, intent, outcome: outcomeOf(reply) }
      const written = await unlessBusy(() => committed(context, outcome))
      if (typeof written !== 'boolean') return refused(intent, written.reply)
      if (written) return { reply, intent, outcome: 'done' }
      const { platform } = context.message.place
      const earlier = await store.committedReply(platform, context.message.id)
      if (earlier) return { reply: earlier, intent, outcome: 'told' }
    }
    return refused(read, problem('That has changed since, so I left it as it is. Please look and try again.'))
  }

  /** False when a record is not any more what the command saw. */
  async function committed(
    context: Context,
    { reply, changes = [], notices = [], summary = '', undoes, answers, shows, unshows, in: { space, person } = context }: Outcome,
  ): Promise<boolean> {
    try {
      await store.commit({
        spaceId: space.id,
        actorId: person.id,
        at: context.now,
        auditId: context.auditId,
        summary,
        changes,
        notices,
        ...(undoes === undefined ? {} : { undoes }),
        ...(answers === undefined ? {} : { answers }),
        ...(unshows === undefined ? {} : { unshows }),
        message: { platform: context.message.place.platform, id: context.message.id, reply, ...editsOf(context.message) },
        ...(shows === undefined ? {} : cardOf(shows, reply, person, context.message)),
      })
      return true
    } catch (cause) {
      if (cause instanceof BotError && cause.code === 'conflict') return false
      throw cause
    }
  }

  function makeContext<Message extends Incoming>(
    message: Message,
    space: Space,
    person: Person,
    now: Temporal.Instant,
    auditId = newId(now),
  ): Context<Message> {
    const conversation = `${person.id} ${message.place.channel}`
    const timeZone = person.timeZone ?? message.author.timeZone ?? person.profileZone ?? space.timeZone
    const locale = person.locale ?? message.author.locale ?? 'en-US'
    const addressed = message.kind === 'press' || message.addressed
    const context: Context<Message> = {
      message,
      space,
      person,
      timeZone,
      now,
      understand: (text) => asKept(language.understand({ text, now, timeZone, locale, addressed }), message),
      store,
      newId: () => newId(now),
      get messageId() {
        return idOf(message.place.platform, message.id)
      },
      shown: lists.recall(conversation),
      show: (list) => lists.remember(conversation, list),
      auditId,
      obstacle: (to) => reach.obstacle(message.place.platform, to),
      belongs: (user, to) => reach.belongs(message.place.platform, user, to),
      manages(user) {
        const { id, manages } = message.author
        return user === id && manages !== undefined ? Promise.resolve(manages) : reach.manages(message.place, user)
      },
      roleNamed: (name) => reach.roleNamed(message.place, name),
      readsAlong: () => (message.place.platform === 'discord' && ears ? ears.granted : false),
      async elsewhere() {
        // Elsewhere a space has many people; only here each has one, and is known in those of others.
        if (message.place.platform !== 'discord') return []
        const known = await store.people.elsewhere(space, person)
        return known.map((met) => makeContext(message, met.space, met.person, now, auditId))
      },
      async there() {
        const { platform, kind } = message.place
        if (platform !== 'discord' || kind !== 'channel') return context
        const met = await store.people.meet(message.place, message.author)
        // Who said their zone in direct messages is the same person in the server.
        const there = met.person.timeZone === null ? { ...met.person, timeZone: person.timeZone } : met.person
        return makeContext(message, met.space, there, now, auditId)
      },
      address: (path) => new URL(path, origin()).href,
      token: (verb, subject, argument = '') => actions.sign(space.id, { verb, subject, argument }),
    }
    return context
  }

  function moment({ space, person }: Met, place: Place, id = newId(clock.now())): Context {
    const now = clock.now()
    const timeZone = person.timeZone ?? person.profileZone
    const author = { id: person.userId, name: person.name, ...(timeZone === null ? {} : { timeZone }) }
    return makeContext({ kind: 'sentence', id, at: now, place, author, text: '', addressed: true, private: false }, space, person, now)
  }

  return {
    handle,
    moment: (met, place) => moment(met, place),
    act(met, place, id, decide) {
      const context = moment(met, place, id)
      return settle('none', context, () => decide(context))
    },
  }
}

function isEdited(message: Sentence): message is Edited {
  return message.edits !== undefined
}

/** A calendar that is sent without words, or with words that ask for nothing else, is to be taken in. */
function fileOf({ files = [], addressed, text }: Sentence, read: Understanding): Understanding | undefined {
  if (!addressed || files.length === 0) return undefined
  const takesIn = text.trim() === '' || read.intent === 'none' || read.intent === 'batch.import'
  return takesIn ? { ...read, intent: 'batch.import' } : undefined
}
