import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Press } from '#core/message.ts'
import type { Change, Note } from '#core/model.ts'
import type { Draft } from '#core/ports.ts'
import { problem, say, strong } from '#core/reply.ts'
import { done, short } from '../answer.ts'
import { blank } from '../blank.ts'
import { called, findHolder, placeIn, renamed } from '../holder.ts'
import { createReminder } from '../remind.ts'
import { createTodo } from '../todo/create.ts'
import { isCalledByItself, longestBody, longestTitle, tooLong } from './create.ts'
import { ownNote, theNote } from './which.ts'

/** As much as fits into a form on every platform. */
const longestInForm = 3_000

const gone: Outcome = { reply: problem('That note is gone. Say “list my notes” to see them.') }

/**
 * What becomes of one note.
 *
 *   "change the note about the door to: ring twice"     `changes.content`
 *   "add “ring twice” to the note about the door"       the same, and `content` is `append`
 *   "rename note 2 to Entrance"                         `changes.title`
 *   "move it to the Recipes folder"                     `changes.list`
 *   "turn it into a reminder for tomorrow"              `content` is `reminder`, or `todo`
 */
export async function amendNamed(understanding: Draft, context: Context): Promise<Outcome> {
  const one = await theNote(understanding, 'change', context)
  if ('otherwise' in one) return one.otherwise
  const { content, changes = {}, when, recurrence } = understanding
  const about = { ...blank, title: one.title, when, recurrence }
  if (content === 'reminder') return createReminder({ ...about, intent: 'reminder.create', target: { kind: 'me' } }, context)
  if (content === 'todo') return createTodo({ ...about, intent: 'todo.create' }, context)
  if (changes?.list !== undefined) return moveTo(one, changes.list, context)
  if (changes?.title !== undefined) return rename(one, changes.title, context)
  if (changes?.content === undefined) return { reply: whatOfIt }
  return content === 'append' ? rewrite(one, `${one.body}\n${changes.content}`, context) : rewrite(one, changes.content, context)
}

const whatOfIt = problem('What shall become of it? Say “change the note about the door to: …”, “add … to note 2”, or “rename note 2 to …”.')

function rewrite(before: Note, body: string, context: Context): Outcome {
  if (body.trim() === '') return { reply: problem('Nothing would be left of it: to be rid of it, say “delete that note”.') }
  if (body.length > longestBody) return { reply: tooLong(body, 'would have') }
  // Who only adds to it goes on calling it as before.
  const title = isCalledByItself(before) && !body.startsWith(before.body) ? short(body, longestTitle) : before.title
  const after: Note = { ...before, title, body, version: before.version + 1 }
  return done(context, 'note changed', say`Changed: ${strong(short(title, 80))}. It says now: ${short(body)}`, [
    { kind: 'note', before, after },
  ])
}

function rename(before: Note, name: string, context: Context): Outcome {
  const title = name.trim()
  if (title.length > longestTitle) return { reply: problem(`The title of a note has ${longestTitle} characters at most.`) }
  const after: Note = { ...before, title, version: before.version + 1 }
  return done(context, 'note renamed', say`${strong(short(before.title, 80))} is now called ${strong(title)}.`, [
    { kind: 'note', before, after },
  ])
}

async function moveTo(before: Note, name: string, context: Context): Promise<Outcome> {
  const place = await placeIn('folder', name, context)
  if (place.kind === 'refused') return { reply: place.reply }
  const { one, made } = place
  if (before.folderId === one.id) return { reply: problem(say`${strong(short(before.title, 80))} is in ${called('folder', one)} already.`) }
  const change: Change = { kind: 'note', before, after: { ...before, folderId: one.id, version: before.version + 1 } }
  const isNew = made.length > 0 ? ', which is new' : ''
  return done(context, 'note moved', say`Moved ${strong(short(before.title, 80))} to ${called('folder', one)}${isNew}.`, [...made, change])
}

export async function deleteNamed(understanding: Draft, context: Context): Promise<Outcome> {
  const one = await theNote(understanding, 'delete', context)
  return 'otherwise' in one ? one.otherwise : remove(one, context)
}

export async function deletePressed({ subject }: Pressed, context: Context): Promise<Outcome> {
  const one = await ownNote(subject, context)
  return one ? remove(one, context) : gone
}

function remove(before: Note, context: Context): Outcome {
  const after: Note = { ...before, state: 'deleted', version: before.version + 1 }
  return done(context, 'note deleted', say`Deleted: ${strong(short(before.title, 80))}.`, [{ kind: 'note', before, after }])
}

/** The note as a form to be typed over, where platforms have such. */
export async function askToEdit({ subject }: Pressed, context: Context): Promise<Outcome> {
  const one = await ownNote(subject, context)
  if (!one) return gone
  context.show({ kind: 'note', ids: [one.id] })
  const text = say`Say what it shall say: ${{ kind: 'code', text: 'change that note to: …' }} or ${{ kind: 'code', text: 'add … to that note' }}.`
  if (one.body.length > longestInForm) return { reply: problem(say`It is too long for a form. ${text}`) }
  return {
    reply: {
      tone: 'ask',
      visibility: 'author',
      blocks: [{ kind: 'text', text }],
      form: {
        title: 'Edit note',
        label: 'What it says',
        placeholder: 'The door code is 4711',
        submit: 'Save',
        token: context.token('note-text', one.id, `${one.version}`),
        lines: { value: one.body, most: longestInForm },
      },
    },
  }
}

/** What was typed into that form. */
export async function edited({ subject, argument }: Pressed, context: Context<Press>): Promise<Outcome> {
  const one = await ownNote(subject, context)
  if (!one) return gone
  if (`${one.version}` !== argument) return { reply: problem('Somebody has changed that note meanwhile: open it again.') }
  return rewrite(one, context.message.text ?? '', context)
}

export async function remindOf({ subject }: Pressed, context: Context): Promise<Outcome> {
  const one = await ownNote(subject, context)
  return one ? createReminder({ ...blank, intent: 'reminder.create', title: one.title, target: { kind: 'me' } }, context) : gone
}

export async function renameFolder(understanding: Draft, context: Context): Promise<Outcome> {
  const found = await findHolder('folder', understanding.list ?? '', context, 'folder-open')
  if ('missing' in found) return found.missing
  const name = understanding.changes?.title
  if (name === undefined) return { reply: problem(say`What shall ${called('folder', found.one)} be called? Say “rename … to …”.`) }
  const change = await renamed('folder', found.one, name, context)
  if (!('kind' in change)) return { reply: change }
  const after = change.kind === 'folder' ? change.after.name : name
  return done(context, 'folder renamed', say`${strong(short(found.one.name))} is now ${strong(after)}.`, [change])
}

/** What is in it is kept, and in no folder from then on. */
export async function deleteFolder(understanding: Draft, context: Context): Promise<Outcome> {
  const found = await findHolder('folder', understanding.list ?? '', context, 'folder-open')
  if ('missing' in found) return found.missing
  const { one: before, holds } = found
  const change: Change = { kind: 'folder', before, after: { ...before, state: 'deleted', version: before.version + 1 } }
  const held = holds === 0 ? '' : ` Its ${holds === 1 ? 'note stays' : `${holds} notes stay`}.`
  return done(context, 'folder deleted', say`Deleted ${called('folder', before)}.${held}`, [change])
}
