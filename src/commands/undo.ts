import type { Command, Context, Outcome } from '#core/command.ts'
import type { Change } from '#core/model.ts'
import type { AuditEntry } from '#core/ports.ts'
import { problem, say, strong } from '#core/reply.ts'
import { settled, short, tell } from './answer.ts'

export const undo: Command = {
  intents: ['undo'],
  async understood(_, context) {
    const entry = await context.store.audit.latest(context.space.id, context.person.id)
    if (!entry) return tell(['There is nothing to undo.'])
    return revert(entry, context)
  },
  presses: {
    async undo({ subject }, context) {
      const entry = await context.store.audit.get(context.space.id, subject)
      if (!entry) return { reply: problem('I keep changes for 30 days, and this one is older, so it stays.') }
      if (entry.actorId !== context.person.id) return { reply: problem('Only the person who did this can undo it.') }
      if (entry.undone) return settled(context, ['That was undone already.'])
      return revert(entry, context)
    },
  },
}

/** Puts back what was there before, unless somebody has changed it since (the commit finds out). */
function revert(entry: AuditEntry, context: Context): Outcome {
  const changes = entry.changes.map(inverse)
  const names = changes.map(nameOf).filter((name) => name !== '')
  const what = names.length === 0 ? [entry.summary] : say`${entry.summary}, ${strong(short(names.join(', ')))}`
  return { ...settled(context, say`Undone: ${what}.`), changes, summary: `undone: ${entry.summary}`, undoes: entry.id }
}

function inverse(change: Change): Change {
  switch (change.kind) {
    case 'reminder':
      return {
        kind: 'reminder',
        before: change.after,
        after: { ...(change.before ?? { ...change.after, state: 'cancelled', dueAt: null }), version: change.after.version + 1 },
      }
    case 'event':
      return {
        kind: 'event',
        before: change.after,
        after: { ...(change.before ?? { ...change.after, status: 'cancelled' }), version: change.after.version + 1 },
      }
    case 'todo':
      return {
        kind: 'todo',
        before: change.after,
        after: { ...(change.before ?? { ...change.after, state: 'deleted' }), version: change.after.version + 1 },
      }
    case 'note':
      return {
        kind: 'note',
        before: change.after,
        after: { ...(change.before ?? { ...change.after, state: 'deleted' }), version: change.after.version + 1 },
      }
    case 'person':
      return { kind: 'person', before: change.after, after: { ...(change.before ?? change.after), version: change.after.version + 1 } }
  }
}

function nameOf(change: Change): string {
  switch (change.kind) {
    case 'reminder':
    case 'todo':
      return change.after.text
    case 'event':
    case 'note':
      return change.after.title
    case 'person':
      return ''
  }
}
