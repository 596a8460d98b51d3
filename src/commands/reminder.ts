import type { Command, Context, Outcome, Pressed } from '#core/command.ts'
import type { Press } from '#core/message.ts'
import type { Change, Recipient, Reminder } from '#core/model.ts'
import { type Button, problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { amend } from './amend.ts'
import { ask, done, settled, short, tell } from './answer.ts'
import { atHand } from './at-hand.ts'
import { card, isOnlyTold, shortId } from './card.ts'
import { close, complete, settledAlready } from './done.ts'
import { dueThen, timeOfThing } from './due-then.ts'
import { meant, shownOf } from './find.ts'
import { touchedLast } from './it.ts'
import { listAsked, turnPage } from './listing.ts'
import { instantOf, morning, unplannable } from './moment.ts'
import { keepAsking, stopAsking } from './nag.ts'
import { createReminder } from './remind.ts'
import { pause, resume, skipNext, stopRepeating } from './rhythm.ts'
import { askUntil, readArgument, snoozed, snoozeUntil, typedMoment } from './snooze.ts'

export const reminder: Command = {
  intents: ['reminder.create', 'reminder.list', 'reminder.cancel', 'reminder.snooze', 'reminder.complete', 'reminder.update'],

  understood(understanding, context) {
    switch (understanding.intent) {
      case 'reminder.list':
        return understanding.content === 'progress' ? pick(understanding, context, 'show', card) : listAsked(understanding, context)
      case 'reminder.update':
        return update(understanding, context)
      case 'reminder.cancel':
        return pick(understanding, context, 'cancel', cancel)
      case 'reminder.complete':
        return pick(understanding, context, 'complete', complete)
      case 'reminder.snooze':
        return snooze(understanding, context)
      default:
        return createReminder(understanding, context)
    }
  },

  presses: {
    snooze: snoozePressed,
    when: async (pressed, context) => askUntil(pressed, context),
    until: untilTyped,
    done: (pressed, context) => onReminder(pressed.subject, context, complete),
    // The same for one of several that a message tells: the message stays, for the others.
    later: async (pressed, context) => staying(await snoozePressed(pressed, context)),
    did: async (pressed, context) => staying(await onReminder(pressed.subject, context, complete)),
    alldone: (pressed, context) => onAll(pressed.subject, context, 'Done', complete),
    alllater: ({ subject, argument }, context) => {
      const until = snoozeUntil(argument, context)
      return onAll(subject, context, 'Snoozed', (one) => (until ? snoozed(one, until, context) : overAlready()))
    },
    close: (pressed, context) => onOwn(pressed.subject, context, close),
    nag: ({ subject, argument }, context) =>
      onReminder(subject, context, argument === 'off' ? stopAsking : (one) => keepAsking(one, context)),
    cancel: cancelPressed,
    show: (pressed, context) => onReminder(pressed.subject, context, card),
    skip: (pressed, context) => onOwn(pressed.subject, context, skipNext),
    pause: (pressed, context) => onOwn(pressed.subject, context, (one) => pause(one, context)),
    resume: (pressed, context) => onOwn(pressed.subject, context, resume),
    stop: (pressed, context) => onOwn(pressed.subject, context, stopRepeating),
    // What it is about is still to be done.
    mute: async (pressed, context) => staying(await onReminder(pressed.subject, context, muteSender)),
    page: turnPage,
  },
}

async function snoozePressed(pressed: Pressed, context: Context): Promise<Outcome> {
  const { choice, occurrence } = readArgument(pressed.argument)
  const until = snoozeUntil(choice, context)
  if (!until) return overAlready()
  return onReminder(pressed.subject, context, (one) => snoozed(one, until, context, occurrence))
}

/** What was typed into the form under "Snooze…"; what it is not understood as is asked for again. */
async function untilTyped(pressed: Pressed, context: Context<Press>): Promise<Outcome> {
  const until = typedMoment(context)
  if (until) return onReminder(pressed.subject, context, (one) => snoozed(one, until, context, readArgument(pressed.argument).occurrence))
  const again: Button = { label: 'Try again', token: context.token('when', pressed.subject, pressed.argument) }
  const said = short(context.message.text?.trim() ?? '', 60)
  const example = 'such as 5pm, tomorrow at 8, or 20 min.'
  const hint = said === '' ? `Write a moment, ${example}` : `“${said}” is no moment that is still to come: write one ${example}`
  return { reply: problem(hint, [again]) }
}

function overAlready(): Outcome {
  return { reply: problem('That moment is over: say “snooze until …” with a later one.') }
}

function staying(outcome: Outcome): Outcome {
  const { replaces: _, ...reply } = outcome.reply
  return { ...outcome, reply: { ...reply, visibility: 'author' } }
}

/** Does the same to everything that a message told. */
async function onAll(mark: string, context: Context, word: string, act: Act): Promise<Outcome> {
  const told = await context.store.reminders.toldWith(context.space.id, mark)
  const mine = told.filter((one) => concerns(one, context))
  if (mine.length === 0) return { reply: problem('These reminders are for somebody else, so only they can do that.') }
  // Two that came from the same reminder both say so to it: once is enough.
  const changes = new Map<string, Change>()
  for (const one of mine)
    for (const change of (await act(one, context)).changes ?? []) if (!changes.has(change.after.id)) changes.set(change.after.id, change)
  const text = say`${word}: ${strong(short(mine.map((one) => one.text).join(', ')))}.`
  if (changes.size === 0) return settled(context, text)
  return done(context, `${mine.length} reminders: ${word.toLowerCase()}`, text, [...changes.values()])
}

type Act = (one: Reminder, context: Context) => Outcome | Promise<Outcome>

/** What those may do for whom it rang; the rest is for its owner. */
const forWhomeverItRang: ReadonlySet<string> = new Set(['show', 'complete', 'snooze'])

/** What is pressed when several may be meant, where it is not called like what is done. */
const pressFor: Readonly<Record<string, string>> = {
  complete: 'done',
  change: 'show',
  'keep asking about': 'nag',
  'stop asking about': 'show',
}

/** Finds the reminder that a sentence means, and asks when there are several. */
async function pick(understanding: Understanding, context: Context, verb: string, act: Act, argument = ''): Promise<Outcome> {
  const { store, space, person } = context
  const listed = await (forWhomeverItRang.has(verb) ? atHand(context) : store.reminders.open(space.id, person.id, 200))
  const touched = await touchedLast(context)
  const last = touched?.kind === 'reminder' ? touched.id : undefined
  // An alert of a series is in no list, and is what "snooze" means when it has just rung.
  const rung = last === undefined || listed.some(({ id }) => id === last) ? undefined : await store.reminders.get(space.id, last)
  const open = rung?.eventId && rung.state === 'scheduled' ? [...listed, rung] : listed
  if (open.length === 0) return tell(['You have no open reminders.'])
  const named = /^#?(?<id>[\da-f]{6})$/i.exec(understanding.title?.trim() ?? '')?.groups?.id?.toLowerCase()
  const byId = named === undefined ? [] : open.filter(({ id }) => shortId(id) === named)
  const then = dueThen(open, understanding.reference ? null : timeOfThing(understanding), context)
  const found =
    byId.length > 0 ? byId : meant(then.length > 0 ? then : open, understanding, { lastId: last, shown: shownOf('reminder', context) })
  const [one, ...others] = found
  if (one && others.length === 0) return act(one, context)
  if (!one) {
    const said = understanding.title ? ` like “${short(understanding.title, 60)}”` : ' there'
    return { reply: problem(`I know no open reminder${said}. Say “list my reminders” to see them.`) }
  }
  const press = pressFor[verb] ?? verb
  const buttons = found.slice(0, 5).map((each): Button => ({ label: short(each.text, 40), token: context.token(press, each.id, argument) }))
  return ask(context, [`Which one shall I ${verb}?${found.length > 5 ? ' These are the next five.' : ''}`], buttons)
}

function update(understanding: Understanding, context: Context): Promise<Outcome> {
  switch (understanding.content) {
    case 'skip':
      return pick(understanding, context, 'skip', skipNext)
    case 'pause':
      return pick(understanding, context, 'pause', (one) => pause(one, context, understanding.when))
    case 'resume':
      return pick(understanding, context, 'resume', resume)
    case 'stop':
      return pick(understanding, context, 'stop', stopRepeating)
    case 'nag':
      return pick(understanding, context, 'keep asking about', (one) => keepAsking(one, context, understanding))
    case 'once':
      return pick(understanding, context, 'stop asking about', stopAsking)
    default:
      return pick(understanding, context, 'change', (one) => amend(one, understanding, context))
  }
}

async function snooze(understanding: Understanding, context: Context): Promise<Outcome> {
  const until = understanding.when ? instantOf(understanding.when, morning) : context.now.add({ minutes: 20 })
  if (!until || unplannable(until, context.now)) {
    return { reply: problem('Snooze until a moment that is still to come, such as “snooze for 20 minutes” or “snooze until 5pm”.') }
  }
  return pick(understanding, context, 'snooze', (one) => snoozed(one, until, context), String(Math.floor(until.epochMilliseconds / 1_000)))
}

export function cancel(one: Reminder, context: Context): Outcome {
  if (one.state === 'cancelled') return settledAlready('That reminder was cancelled already.', context)
  const after: Reminder = { ...one, state: 'cancelled', dueAt: null, version: one.version + 1 }
  return done(context, 'reminder cancelled', say`Cancelled: ${strong(short(one.text))}.`, [{ kind: 'reminder', before: one, after }])
}

/** All of it, or of one that repeats its next occurrence alone. */
export function removeReminder(one: Reminder, scope: 'this' | 'all', context: Context): Outcome {
  return scope === 'this' && one.rrule !== null ? skipNext(one, context) : cancel(one, context)
}

/** Runs an action on the reminder of a button, for those whom it concerns. */
async function onReminder(id: string, context: Context, act: Act): Promise<Outcome> {
  const one = await context.store.reminders.get(context.space.id, id)
  if (!one) return { reply: problem('That reminder is gone.') }
  if (!concerns(one, context)) return { reply: problem('This reminder is for somebody else, so only they can do that.') }
  return act(one, context)
}

/** What is in a channel, anybody there takes away; what is between people, who has made it. */
function cancelPressed({ subject }: Pressed, context: Context): Promise<Outcome> {
  return onReminder(subject, context, (one) => (isOnlyTold(one, context) ? notYours() : cancel(one, context)))
}

function notYours(): Outcome {
  return { reply: problem('Only the person who made this reminder can do that.') }
}

/** What changes the reminder for everybody is its owner's to do. */
function onOwn(id: string, context: Context, act: Act): Promise<Outcome> {
  return onReminder(id, context, (one) => (one.ownerId === context.person.id ? act(one, context) : notYours()))
}

/** Whoever is reminded by somebody may refuse to be from now on. */
async function muteSender(one: Reminder, context: Context): Promise<Outcome> {
  const { person, store, space } = context
  const sender = await store.people.get(space.id, one.ownerId)
  if (!sender || sender.id === person.id)
    return { reply: problem('These are reminders of your own: cancel the ones that you do not want.') }
  if (person.mutes.includes(sender.userId)) return settledAlready(`You get no reminders from ${sender.name} already.`, context)
  const mutes = person.mutes.filter((mute) => mute !== `+${sender.userId}`)
  const after = { ...person, mutes: mutes.includes('*') ? mutes : [...mutes, sender.userId], version: person.version + 1 }
  return done(context, 'sender muted', say`You get no reminders from ${strong(sender.name)} any more.`, [
    { kind: 'person', before: person, after },
  ])
}

/** Its owner, and those who are told; in a channel where nobody is named, everyone there. */
export function concerns(one: Reminder, { person }: Pick<Context, 'person'>): boolean {
  if (one.ownerId === person.id) return true
  return one.recipients.some((recipient) => isFor(recipient, person.userId))
}

function isFor(recipient: Recipient, user: string): boolean {
  if (recipient.kind === 'direct') return recipient.user === user
  return recipient.ping.length === 0 || recipient.ping.some((pinged) => pinged.user === user)
}
