import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Folder, Note } from '#core/model.ts'
import type { Draft } from '#core/ports.ts'
import { type Block, type Item, problem, say, strong, type Text } from '#core/reply.ts'
import { amount } from '../amount.ts'
import { instant, short, tell } from '../answer.ts'
import { called, headed, holdersOf } from '../holder.ts'
import { isCalledByItself } from './create.ts'
import { folderSaid, mostFound, notesMeant, ownNote, tellingWords, unknown } from './which.ts'

const gone: Outcome = { reply: problem('That note is gone. Say “list my notes” to see them.') }

// "list my notes"   "notes in my Recipes folder"   "show my note about the door"   "show note 2"
export async function listAsked(understanding: Draft, context: Context): Promise<Outcome> {
  const { title, reference, choices } = understanding
  if (reference || choices || (title !== null && tellingWords(title) !== '')) return find(understanding, context)
  const folder = await folderSaid(understanding, context)
  if (folder && 'missing' in folder) return folder.missing
  return latest(folder?.one, context)
}

// "find my note about the door"   "search my notes for wifi"
export async function find(understanding: Draft, context: Context): Promise<Outcome> {
  const { title, reference, choices } = understanding
  if (!reference && !choices && (title === null || tellingWords(title) === '')) return listAsked(understanding, context)
  const found = await notesMeant(understanding, context)
  if ('missing' in found) return found.missing
  const [one, ...others] = found
  if (!one) return { reply: unknown(understanding) }
  return others.length === 0 ? open(one, context) : listing(say`${strong('Notes')} about “${short(title ?? '', 60)}”`, found, context)
}

/** What a question that nothing else answers finds among the notes; undefined when they hold nothing of it. */
export async function answerFromNotes(text: string, context: Context): Promise<Outcome | undefined> {
  const words = tellingWords(text)
  if (words === '') return undefined
  const { store, space, person } = context
  const found = await store.notes.search(space.id, person.id, { words, limit: mostFound, exactly: true })
  const [one, ...others] = found
  if (!one) return undefined
  return others.length === 0 ? open(one, context) : listing(say`${strong('From your notes')}`, found, context)
}

export async function openPressed({ subject }: Pressed, context: Context): Promise<Outcome> {
  const one = await ownNote(subject, context)
  return one ? open(one, context) : gone
}

/** One note in full, with what can be done about it. */
async function open(one: Note, context: Context): Promise<Outcome> {
  context.show({ kind: 'note', ids: [one.id] })
  const folder = one.folderId === null ? undefined : await context.store.folders.get(context.space.id, one.folderId)
  const where = folder?.state === 'kept' ? say` · in ${called('folder', folder)}` : []
  const aside: Text = [instant(writtenAt(one), context, context.timeZone, 'date'), ...where]
  const words: readonly Block[] = isCalledByItself(one)
    ? [{ kind: 'text', text: [one.body] }]
    : [
        { kind: 'text', text: [strong(one.title)] },
        { kind: 'text', text: [one.body] },
      ]
  const button = (label: string, verb: string) => ({ label, token: context.token(verb, one.id) })
  return {
    reply: {
      tone: 'tell',
      visibility: 'author',
      blocks: [
        ...words,
        { kind: 'aside', text: aside },
        {
          kind: 'buttons',
          buttons: [
            button('Edit…', 'note-edit'),
            button('Remind me…', 'note-remind'),
            { ...button('Delete', 'note-delete'), style: 'danger' },
          ],
        },
      ],
    },
  }
}

async function latest(folder: Folder | undefined, context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const notes = await store.notes.recent(space.id, person.id, mostFound + 1, folder?.id)
  if (notes.length === 0) {
    const example = folder ? `note in my ${folder.name} folder: two eggs, a cup of flour` : 'note: the door code is 4711'
    const nothing = folder ? say`Nothing is in ${called('folder', folder)}` : ['You have no notes']
    return tell(say`${nothing}. Make one: ${{ kind: 'code', text: example }}`)
  }
  const heading = folder ? say`${strong(headed(folder))}` : say`${strong('Your latest notes')}`
  return listing(heading, notes, context)
}

function listing(heading: Text, notes: readonly Note[], context: Context): Outcome {
  const shown = notes.slice(0, mostFound)
  context.show({ kind: 'note', ids: shown.map(({ id }) => id) })
  const items = shown.map(
    (one, index): Item => ({
      text: [`${index + 1}. ${one.title}`],
      detail: isCalledByItself(one) ? [instant(writtenAt(one), context, context.timeZone, 'date')] : [short(one.body, 120)],
    }),
  )
  const options = shown.map((one, index) => ({ label: short(`${index + 1}. ${one.title}`, 75), token: context.token('note-open', one.id) }))
  const more: readonly Block[] =
    notes.length > mostFound ? [{ kind: 'aside', text: say`There are more: ${{ kind: 'code', text: 'search my notes for wifi' }}` }] : []
  return tell(heading, [{ kind: 'list', items }, ...more, { kind: 'menu', placeholder: 'Open one…', options }])
}

/** The names of all folders, with how much each holds. */
export async function showFolders(context: Context): Promise<Outcome> {
  const all = await holdersOf('folder', context)
  if (all.length === 0)
    return tell(say`You have no folders yet. Make one: ${{ kind: 'code', text: 'note in my Recipes folder: two eggs, a cup of flour' }}`)
  const items = all.map(({ one, holds }) => ({
    text: [strong(headed(one))],
    detail: [amount(holds, 'note')],
  }))
  const options = all
    .slice(0, 25)
    .map(({ one, holds }) => ({ label: short(`${one.name} (${holds})`, 75), token: context.token('folder-open', one.id) }))
  return tell(say`${strong('Your folders')}`, [
    { kind: 'list', items },
    { kind: 'menu', placeholder: 'Open one…', options },
  ])
}

export async function openFolder({ subject }: Pressed, context: Context): Promise<Outcome> {
  const folder = await context.store.folders.get(context.space.id, subject)
  if (!folder || folder.state === 'deleted' || folder.ownerId !== context.person.id) return { reply: problem('That folder is gone.') }
  return latest(folder, context)
}

/** A UUIDv7 begins with its milliseconds since 1970 (RFC 9562 section 5.7). */
function writtenAt({ id }: Note): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))
}
