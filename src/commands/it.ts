import type { Command, Context } from '#core/command.ts'
import type { Intent, Understanding } from '#core/understanding.ts'

/** Below this a sentence does not name the kind of thing that it is about: "move it to tomorrow". */
const named = 0.9

/** Something that people point at. */
type Thing = 'reminder' | 'event'

/** What rings for nobody: it is "it" until something else is touched. */
type Written = 'todo' | 'note'

/** What is done to "it", by the kind of thing that it is. */
const same: readonly Readonly<Record<Thing | Written, Intent>>[] = [
  { reminder: 'reminder.update', event: 'event.update', todo: 'todo.update', note: 'note.update' },
  { reminder: 'reminder.cancel', event: 'event.cancel', todo: 'todo.delete', note: 'note.delete' },
]

/** The commands, where "it" is what somebody touched last, or the reminder that rang since. */
export function pointing(everyday: readonly Command[]): readonly Command[] {
  return everyday.map((command) => ({
    ...command,
    async understood(understanding, context) {
      const meant = await towardsIt(understanding, context)
      const other = meant.intent === understanding.intent ? command : everyday.find(({ intents }) => intents.includes(meant.intent))
      return (other ?? command).understood(meant, context)
    },
  }))
}

async function towardsIt(understanding: Understanding, context: Context): Promise<Understanding> {
  const { intent, reference, title, content, confidence } = understanding
  if (await skipsLast(understanding, context)) return { ...understanding, intent: 'reminder.update', content: 'skip', reference: 'last' }
  if (intent === 'event.create' && understanding.changes?.copy && reference === 'last' && title === null) {
    // Neither todos nor notes happen twice.
    if (await writtenLast(context)) return { ...understanding, intent: 'none', when: null, reference: null }
    const touched = await touchedLast(context)
    return touched?.kind === 'reminder' ? { ...understanding, intent: 'reminder.update' } : understanding
  }
  const either = same.find((each) => each.reminder === intent || each.event === intent)
  if (!either || reference !== 'last' || title !== null || content !== null || confidence >= named) return understanding
  // "stop it" is said of what rings, and takes away nothing that was written.
  const { message } = context
  if (message.kind === 'sentence' && /^\W*(?:please )?stop\b/i.test(message.text)) return understanding
  const written = await writtenLast(context)
  if (written) return { ...understanding, intent: either[written] }
  const touched = await touchedLast(context)
  if (!touched) return understanding
  // Nobody moves an alert: what they mean is its event.
  if (touched.kind === 'reminder' && (await context.store.reminders.get(context.space.id, touched.id))?.eventId) return understanding
  // Of a series one is cancelled; of a reminder it is skipped, and the rest comes all the same.
  if (touched.kind === 'reminder' && understanding.scope === 'this') return { ...understanding, intent: 'reminder.update', content: 'skip' }
  return { ...understanding, intent: either[touched.kind] }
}

/** "skip tomorrow", right after a reminder that repeats: of that one, the occurrence of that day. */
async function skipsLast({ intent, scope, title, reference, people, when }: Understanding, context: Context): Promise<boolean> {
  if (intent !== 'event.cancel' || scope !== 'this' || title !== null || reference !== null || people.length > 0 || !when) return false
  const touched = await touchedLast(context)
  if (touched?.kind !== 'reminder') return false
  const one = await context.store.reminders.get(context.space.id, touched.id)
  return one !== undefined && one.rrule !== null && !one.eventId
}

/** The kind of what was done last, when that was a todo or a note, and nothing has rung since. */
async function writtenLast({ store, space, person }: Context): Promise<Written | undefined> {
  const [rung, entry] = await Promise.all([store.reminders.lastRung(space.id, person), store.audit.latest(space.id, person.id)])
  if (!entry || (rung && Temporal.Instant.compare(entry.at, rung.at) <= 0)) return undefined
  const kinds = new Set(entry.changes.map(({ kind }) => kind))
  if (kinds.has('event') || kinds.has('reminder')) return undefined
  return kinds.has('todo') ? 'todo' : kinds.has('note') ? 'note' : undefined
}

/** What was made, changed or told last. */
export async function touchedLast({ store, space, person }: Context): Promise<{ readonly kind: Thing; readonly id: string } | undefined> {
  const [rung, entry] = await Promise.all([store.reminders.lastRung(space.id, person), store.audit.latest(space.id, person.id)])
  // The alerts of an event are changed with it.
  const changed = entry?.changes.find(({ kind }) => kind === 'event') ?? entry?.changes.find(({ kind }) => kind === 'reminder')
  if (rung && !(entry && changed && Temporal.Instant.compare(entry.at, rung.at) > 0)) return { kind: 'reminder', id: rung.id }
  return changed?.kind === 'event' || changed?.kind === 'reminder' ? { kind: changed.kind, id: changed.after.id } : undefined
}
