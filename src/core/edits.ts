import { isAsLeft } from './as-left.ts'
import type { Handled, Outcome } from './command.ts'
import { homeOf } from './home.ts'
import { idOf } from './ids.ts'
import type { Sentence } from './message.ts'
import type { AuditEntry, Earlier, Store } from './ports.ts'
import { problem, type Reply, say, type Text } from './reply.ts'

/** A sentence that stands in the place of an earlier one. */
export type Edited = Sentence & { readonly edits: string }

export interface EditParts {
  readonly store: Pick<Store, 'earlier' | 'questions' | 'people'>
  now(): Temporal.Instant
  /** How many things these words ask for. */
  asks(message: Sentence): Promise<'nothing' | 'one' | 'several'>
  /** Handles the words as any sentence. `dress` gives what was decided the form in which it is kept and said. */
  hear(message: Sentence, dress: (outcome: Outcome) => Outcome): Promise<Handled>
  /** Takes back what an entry did, as long as nothing has happened to it; false when something has. */
  takeBack(entry: Earlier, message: Sentence): Promise<boolean>
}

const unwanted = problem('Your edit asks me for nothing, so what I did first stays. To take it back, say “undo”.')
const several = problem('I can put only one thing in the place of another. Please write several in a new message.')
const tooLate = problem('Your edit came too late: what I did first has moved on. Say what should change, such as “move it to 5pm”.')

/**
 * What becomes of a sentence that its author edits: what the first words did is taken back, and the new ones are
 * handled in their place. Killed in between, the next process finds the first part done and goes on with the second.
 */
export function createEdits({ store, now, asks, hear, takeBack }: EditParts) {
  return async (message: Edited): Promise<Handled> => {
    const entries = await store.earlier(message.place.platform, message.edits)
    const asked = await asks(message)
    if (asked === 'several') return refused(several)
    if (entries.length === 0) {
      // It asked us nothing before, or what was asked back needs no answer any more.
      const { space } = await store.people.meet(homeOf(message.place, message.author), message.author)
      await store.questions.close(space.id, idOf(message.place.platform, message.edits), now())
      return besides(await hear(message, inPlace))
    }
    const [entry, ...more] = entries.filter(({ undone }) => !undone)
    if (entry) {
      if (asked === 'nothing') return message.addressed ? refused(unwanted) : { intent: 'none', outcome: 'ignored' }
      // Of several things that were asked for nobody knows which is meant.
      if (more.length > 0 || !(await takeBack(entry, message))) return refused(tooLate)
    }
    return besides(await hear(message, changed), 'What I did before your edit is taken back.')
  }
}

/** Whether all that an entry changed is still as it left it, by what the undoing of it has read. */
export function isUntouched({ changes }: Pick<AuditEntry, 'changes'>, undoing: Outcome['changes'] = []): boolean {
  const read = new Map(undoing.map(({ before, after }) => [after.id, before]))
  return undoing.length > 0 && changes.every(({ after }) => isAsLeft(read.get(after.id) ?? after, after))
}

function inPlace(outcome: Outcome): Outcome {
  return { ...outcome, reply: { ...outcome.reply, replaces: true } }
}

function changed(outcome: Outcome): Outcome {
  const { reply, changes = [], notices = [] } = outcome
  return changes.length + notices.length === 0 ? outcome : inPlace({ ...outcome, reply: withWords(reply, ['Changed by your edit: ']) })
}

function withWords(reply: Reply, words: Text): Reply {
  const [first, ...rest] = reply.blocks
  const blocks = first?.kind === 'text' ? [{ ...first, text: [...words, ...first.text] }, ...rest] : reply.blocks
  return { ...reply, blocks }
}

/** The answer stands in the place of the first one, whatever it is; `also` is said where it does not say so itself. */
function besides(handled: Handled, also?: string): Handled {
  const { reply } = handled
  if (!reply || reply.replaces) return handled
  const aside = also === undefined ? [] : [{ kind: 'aside' as const, text: say`${also}` }]
  return { ...handled, reply: { ...reply, replaces: true, blocks: [...reply.blocks, ...aside] } }
}

function refused(reply: Reply): Handled {
  return { reply, intent: 'none', outcome: 'refused' }
}
