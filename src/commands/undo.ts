import { isAsLeft } from '#core/as-left.ts'
import type { Command, Context, Outcome } from '#core/command.ts'
import type { Change, Reminder } from '#core/model.ts'
import type { AuditEntry } from '#core/ports.ts'
import { type Block, type Button, problem, say, strong, withButtons } from '#core/reply.ts'
import { settled, short, tell, visibility } from './answer.ts'

import { undoEntry } from './batch/running.ts'
import { alertsAlong, alertsBack } from './event/along.ts'
import { holderBack, stillHolding } from './holder.ts'
import { isOfAnswer } from './invitation/alerts.ts'
import { takenBack } from './invitation/answering.ts'
import { spokenFor } from './progress.ts'
import { askedAt } from './question.ts'
import { ringButtons } from './snooze.ts'

/** How far back "undo" looks past changes that have moved on. */
const reach = 10

export const undo: Command = {
  intents: ['undo'],
  async understood(_, context) {
    const entries = await entriesOf(context)
    const dropped = await dropQuestion(entries[0], context)
    if (dropped) return dropped
    // What was made is not taken away because a later change of it cannot be taken back.
    const stays = new Set<string>()
    for (const { entry, within } of entries) {
      const ids = entry.changes.map(({ after }) => after.id)
      const outcome = ids.some((id) => stays.has(id)) ? undefined : await revert(entry, within)
      if (outcome) return { in: within, ...outcome }
      for (const id of ids) stays.add(id)
    }
    return tell([entries.length === 0 ? 'There is nothing to undo.' : 'What you did last has moved on since, so it stays.'])
  },
  presses: {
    async undo({ subject }, context) {
      const entry = await context.store.audit.get(context.space.id, subject)
      if (!entry) return { reply: problem('I keep changes for 30 days, and this one is older, so it stays.') }
      if (entry.actorId !== context.person.id) return { reply: problem('Only the person who did this can undo it.') }
      if (entry.undone) return settled(context, ['That was undone already.'])
      return (await revert(entry, context)) ?? { reply: problem('That has changed since, so it stays.') }
    },
  },
}

interface Done {
  readonly entry: AuditEntry
  /** Where it was done: on Discord, somebody's own things or the server's. */
  readonly within: Context
}

/** What somebody did last, newest first. */
async function entriesOf(context: Context): Promise<readonly Done[]> {
  const there = await context.there()
  const all = (there.space.id === context.space.id ? [context] : [context, there]).map(async (within) => {
    const entries = await context.store.audit.recent(within.space.id, within.person.id, reach)
    return entries.map((entry) => ({ entry, within }))
  })
  return (await Promise.all(all)).flat().toSorted((a, b) => Temporal.Instant.compare(b.entry.at, a.entry.at))
}

/** Right after a question, it is the question that is not wanted, and not what was done before it. */
async function dropQuestion(latest: Done | undefined, context: Context): Promise<Outcome | undefined> {
  const { store, space, person, message, now } = context
  const question = await store.questions.open(space.id, person.id, message.place.channel, now)
  if (!question || (latest && Temporal.Instant.compare(askedAt(question), latest.entry.at) <= 0)) return undefined
  await store.questions.close(space.id, question.id, now)
  const what = question.text === '' ? ['Dropped'] : say`Dropped: ${strong(short(question.text))}`
  const words = say`${what}. Nothing of it was done yet.`
  if (!latest || latest.entry.undone) return tell(words)
  const before: Button = { label: 'Undo what came before', token: latest.within.token('undo', latest.entry.id) }
  return { reply: { tone: 'tell', visibility: visibility(context), blocks: withButtons(words, [before]) } }
}

/** Puts back what was there before; undefined when somebody has changed it since. */
async function revert(entry: AuditEntry, context: Context): Promise<Outcome | undefined> {
  // What a batch did is kept with its items.
  if (entry.changes.length === 0) return undoEntry(entry, context)
  const answers = entry.changes.flatMap((change) =>
    change.kind === 'attendee' && change.after.personId === context.person.id && change.before?.response !== change.after.response
      ? [change]
      : [],
  )
  if (answers.length > 0 && entry.changes.every(isOfAnswer)) return answersBack(answers, entry, context)
  const changes: Change[] = []
  const stay = await stillHolding(entry.changes, context)
  for (const change of entry.changes.filter(({ after }) => !stay.has(after.id))) {
    const back = await inverse(change, context)
    if (!back) return undefined
    changes.push(back)
  }
  changes.push(...(await alertsAlong(changes, context)))
  // The alerts of an event go with it, and are not named beside it.
  const named = changes.some(({ kind }) => kind === 'event') ? changes.filter(({ kind }) => kind !== 'reminder') : changes
  const names = [...new Set(named.map(nameOf).filter((name) => name !== ''))]
  const what = names.length === 0 ? [entry.summary] : say`${entry.summary}, ${strong(short(names.join(', ')))}`
  const { reply } = settled(context, say`Undone: ${what}.`)
  return {
    reply: { ...reply, blocks: [...reply.blocks, ...waitsAgain(changes, context)] },
    changes,
    summary: `undone: ${entry.summary}`,
    undoes: entry.id,
  }
}

type AnswerChange = Extract<Change, { kind: 'attendee' }>

/** The answer to one invitation, or those to all that were answered at once. */
async function answersBack(answers: readonly AnswerChange[], entry: AuditEntry, context: Context): Promise<Outcome | undefined> {
  const [first] = answers
  // Of a series the others were changed with the first, unless each is of an occurrence of its own.
  const isOne = answers.every(({ after }) => after.eventId === first?.after.eventId)
  const single = isOne && (answers.length === 1 || answers.some(({ after }) => after.recurrenceId === null || after.following === true))
  const changes = new Map<string, Change>()
  for (const answer of single ? answers.slice(0, 1) : answers.filter(({ after }) => after.state === 'invited')) {
    const ofEvent = entry.changes.filter((change) => change.kind !== 'attendee' || change.after.eventId === answer.after.eventId)
    const back = await takenBack(answer, single ? entry.changes : ofEvent, context)
    if (!back) return undefined
    for (const change of back) if (!changes.has(change.after.id)) changes.set(change.after.id, change)
  }
  const words = answers.length === 1 ? 'your answer is what it was before' : `your ${answers.length} answers are what they were before`
  return {
    ...settled(context, [`Undone: ${words}.`]),
    changes: [...changes.values()],
    summary: answers.length === 1 ? 'answer taken back' : 'answers taken back',
    undoes: entry.id,
  }
}

/** What has rung and waits for Done once more can be dealt with where it is told. */
function waitsAgain(changes: readonly Change[], context: Context): readonly Block[] {
  const [only, ...others] = changes
  if (only?.kind !== 'reminder' || others.length > 0) return []
  const { before, after } = only
  if (after.state !== 'delivered' || before?.state === 'delivered' || !spokenFor(after, context)) return []
  return [{ kind: 'buttons', buttons: ringButtons(after, context.token) }]
}

/** What was made is taken away, however it went on; what was changed is put back if it is as it was left. */
export async function inverse(change: Change, context: Context): Promise<Change | undefined> {
  const { store, space, now } = context
  const { id } = change.after
  const asLeft = (current: { readonly version: number }) =>
    change.before === null || current.version === change.after.version || isAsLeft(current, change.after)
  switch (change.kind) {
    case 'reminder': {
      const before = await store.reminders.get(space.id, id)
      if (!before || !asLeft(before)) return undefined
      const back = change.before ? stillToCome(change.before, now) : { ...before, state: 'cancelled' as const, dueAt: null }
      return { kind: 'reminder', before, after: { ...back, version: before.version + 1 } }
    }
    case 'event': {
      const before = await store.events.get(space.id, id)
      if (!before || !asLeft(before)) return undefined
      const back = change.before ? { ...change.before, alerts: alertsBack(change.before, change.after, before) } : null
      return { kind: 'event', before, after: { ...(back ?? { ...before, status: 'cancelled' }), version: before.version + 1 } }
    }
    case 'todo': {
      const before = await store.todos.get(space.id, id)
      if (!before || !asLeft(before)) return undefined
      return { kind: 'todo', before, after: { ...(change.before ?? { ...before, state: 'deleted' }), version: before.version + 1 } }
    }
    case 'list':
    case 'folder':
      return holderBack(change, context)
    case 'note': {
      const before = await store.notes.get(space.id, id)
      if (!before || !asLeft(before)) return undefined
      return { kind: 'note', before, after: { ...(change.before ?? { ...before, state: 'deleted' }), version: before.version + 1 } }
    }
    case 'attendee': {
      const before = (await store.attendees.of(space.id, [change.after.eventId])).find((one) => one.id === id)
      if (!before || !asLeft(before)) return undefined
      return { kind: 'attendee', before, after: { ...(change.before ?? { ...before, state: 'removed' }), version: before.version + 1 } }
    }
    case 'invitation': {
      const before = await store.invitations.get(space.id, id)
      if (!before || !asLeft(before)) return undefined
      const back = change.before ?? { ...before, capacity: null, answerBy: null, only: null }
      return { kind: 'invitation', before, after: { ...back, version: before.version + 1 } }
    }
    case 'poll': {
      const before = await store.polls.get(space.id, id)
      if (!before || !asLeft(before)) return undefined
      return { kind: 'poll', before, after: { ...(change.before ?? { ...before, state: 'closed' }), version: before.version + 1 } }
    }
    case 'calendar': {
      const before = await store.calendars.get(space.id, id)
      if (!before || !asLeft(before)) return undefined
      return { kind: 'calendar', before, after: { ...(change.before ?? { ...before, state: 'deleted' }), version: before.version + 1 } }
    }
    case 'group': {
      const before = await store.groups.get(space.id, id)
      if (!before || !asLeft(before)) return undefined
      return { kind: 'group', before, after: { ...(change.before ?? { ...before, state: 'deleted' }), version: before.version + 1 } }
    }
    case 'person': {
      const before = await store.people.get(space.id, id)
      if (!before || !asLeft(before) || !change.before) return undefined
      return { kind: 'person', before, after: { ...change.before, version: before.version + 1 } }
    }
    case 'space': {
      const before = await store.people.space(space.id)
      if (!before || !asLeft(before) || !change.before) return undefined
      return { kind: 'space', before, after: { ...change.before, version: before.version + 1 } }
    }
  }
}

/** A reminder that comes back after its time waits for Done; ringing now would be a surprise. */
function stillToCome(before: Reminder, now: Temporal.Instant): Reminder {
  const over = before.dueAt !== null && Temporal.Instant.compare(before.dueAt, now) <= 0
  return over && before.rrule === null ? { ...before, state: 'delivered', dueAt: null } : before
}

function nameOf(change: Change): string {
  switch (change.kind) {
    case 'reminder':
    case 'todo':
      return change.after.text
    case 'event':
    case 'note':
    case 'poll':
      return change.after.title
    case 'calendar':
    case 'group':
      return change.after.name
    // What was on it is named.
    case 'list':
    case 'folder':
      return change.before === null ? '' : change.after.name
    case 'attendee':
    case 'invitation':
    case 'person':
    case 'space':
      return ''
  }
}
