import type { Context, Outcome } from '#core/command.ts'
import type { Change } from '#core/model.ts'
import { type Block, type Button, type Reply, type Text, type Time, withButtons } from '#core/reply.ts'
import type { ShowIn } from '#core/shown-work.ts'

/** The shapes that answers of commands share. */

/**
 * Where work that goes on is shown: in the message with the button, or in the answer to the words. What only its author
 * sees cannot be changed later by us: then how it ends is told in a message of its own.
 */
export function showIn({ message }: Context): ShowIn {
  if (message.private) return {}
  if (message.kind === 'sentence') return { answer: message.id }
  return message.carrier ? { message: message.carrier } : {}
}

/** Only the asker sees it when only the asker saw the question. */
export function visibility(context: Context): Reply['visibility'] {
  return context.message.private ? 'author' : 'place'
}

/** Where an answer to words cannot be for one person alone: Discord hides only what follows a command or a press. */
export function isOverheard({ message }: Context): boolean {
  const { platform, kind } = message.place
  return message.kind === 'sentence' && platform === 'discord' && kind === 'channel' && !message.private
}

/** In a channel everybody reads it, so it is said to nobody in particular. */
export function forAll(context: Context): Context {
  return context.message.place.kind === 'channel' ? { ...context, person: { ...context.person, id: '' } } : context
}

/** An instant as its reader sees it. The zone is named when it is not the reader's own, or when we do not know theirs. */
export function instant(at: Temporal.Instant, context: Context, timeZone = context.timeZone, show: Time['show'] = 'full'): Time {
  const foreign = timeZone !== context.timeZone || !knowsZone(context)
  return { kind: 'time', at: at.toString(), show, timeZone, ...(foreign ? { named: true } : {}) }
}

/** "in 3 hours", beside the moment itself. */
export function fromNow({ at, timeZone }: Time): Time {
  return { kind: 'time', at, show: 'relative', timeZone }
}

function knowsZone({ person, message }: Context): boolean {
  return person.timeZone !== null || message.author.timeZone !== undefined
}

/** What to add while we do not know the person's zone. */
export function zoneHint(context: Context): readonly Block[] {
  if (knowsZone(context)) return []
  return [{ kind: 'aside', text: [`I read times as ${context.timeZone} until you tell me yours: “my time zone is Berlin”.`] }]
}

/** What somebody has is nobody else's business, even when they ask for it in a channel. */
export function tell(text: Text, more: readonly Block[] = []): Outcome {
  return { reply: { tone: 'tell', visibility: 'author', blocks: [{ kind: 'text', text }, ...more] } }
}

export function ask(context: Context, text: Text, buttons: readonly Button[]): Outcome {
  return { reply: { tone: 'ask', visibility: visibility(context), blocks: withButtons(text, buttons) } }
}

/** Something changed: says what, and offers to take it back. */
export function done(context: Context, summary: string, text: Text, changes: readonly Change[], more: readonly Block[] = []): Outcome {
  const undo: Button = { label: 'Undo', token: context.token('undo', context.auditId) }
  const replaces = context.message.kind === 'press' ? { replaces: true } : {}
  return {
    summary,
    changes,
    reply: { tone: 'done', visibility: visibility(context), blocks: [...withButtons(text, [undo]), ...more], ...replaces },
  }
}

/** The message that carried the button, with other words and without buttons. */
export function settled(context: Context, text: Text): Outcome {
  return { reply: { tone: 'tell', visibility: visibility(context), replaces: true, blocks: [{ kind: 'text', text }] } }
}

/** Words of people in our sentences: one line, and not longer than a reader takes in at a glance. */
export function short(text: string, most = 200): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}
