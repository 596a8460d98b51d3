import { oneOf, spelled, verb } from '../text/beginnings.ts'
import { at, holds } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import { isOver, namedAt, wordsOf } from './holders.ts'
import type { IntentReading, Reference } from './intent.ts'
import { stopping } from './manage.ts'
import { adding, readNoteChange } from './note-changes.ts'
import { abouts, endOfWords, meaning, noteAt } from './note-words.ts'
import { phrasebook } from './phrasebook.ts'
import { type View, verbAt } from './view.ts'

/** What is said of notes that are there already, and of the folders that they lie in. */

const noteWords = telling('note', 'notes', 'memo', 'memos', 'folder', 'folders', 'notebook', 'notebooks')

const looking = phrasebook([
  'find',
  'search',
  'search for',
  'search in',
  'search through',
  'look for',
  'look up',
  'look in',
  'look through',
  'locate',
  'show me',
  'show',
  'open',
  'read',
  'read me',
  'view',
  'see',
  'get',
  'get me',
  'give me',
  'bring up',
  'pull up',
  'display',
  'list',
  'browse',
])
const saving = phrasebook([
  'save this',
  'store this',
  'keep this',
  'note this',
  'remember this',
  'remember that',
  'remember',
  'keep in mind that',
  'keep in mind',
  'memorize that',
  'memorise that',
  'memorize',
  'memorise',
])
const telltale = phrasebook([
  'what does',
  'what do',
  'what did i note',
  'what did i write',
  'what did i write down',
  'do i have',
  'what is in',
  "what's in",
  'whats in',
  'what do i have in',
])
const insides = new Set(['what is in', "what's in", 'whats in', 'what do i have in'])

/** What `readNotes` begins with. */
export const notesWord = oneOf(
  looking.begins,
  saving.begins,
  telltale.begins,
  stopping.begins,
  verb('update', 'cancel', 'create'),
  spelled(
    ...adding,
    'turn',
    'convert',
    'make',
    'replace',
    'rewrite',
    'correct',
    'file',
    'my',
    'the',
    'which',
    'what',
    'folders',
    'notebooks',
    'rename',
  ),
)

export function readNotes(view: View): IntentReading | undefined {
  const saved = readSaved(view)
  if (saved) return saved
  if (!holds(view.s, noteWords)) return undefined
  return readFolders(view) ?? readLooked(view) ?? readAsked(view) ?? readNoteChange(view)
}

/** "remember that time when ...": told, and not to be kept. */
const tales = new Set(['time', 'day', 'night', 'one', 'when', 'guy', 'movie', 'song', 'episode', 'is', 'was', 'i'])

// "save this: the wifi password is swordfish"   "remember that the key is under the mat"
function readSaved({ s, opening, end }: View): IntentReading | undefined {
  const found = saving.find(s, opening)
  if (!found) return undefined
  const marked = [':', ',', '-'].includes(at(s, found.end).text)
  const says = found.phrase.endsWith(' that') || found.phrase === 'memorize' || found.phrase === 'memorise'
  if (!marked && !(says && !tales.has(at(s, found.end).text) && end - found.end > 2)) return undefined
  if (marked && at(s, found.end + 1).kind === 'end' && s.sealed[found.end + 1] !== 1) return undefined
  const title = wordsOf(s, marked ? found.end + 1 : found.end)
  return title === '' ? undefined : { intent: 'note.create', confidence: 0.9, titleFrom: s.tokens.length, given: { title } }
}

const had = phrasebook(['do i have', 'have i', 'i have', 'are there', 'have i got'])

// "show my Recipes folder"   "what is in my Recipes folder"   "which folders do I have"   "delete the Recipes folder"
function readFolders({ s, opening, end }: View): IntentReading | undefined {
  const away = stopping.find(s, opening)
  const renames = at(s, opening).text === 'rename'
  if (renames || away || verbAt(s, opening) === 'cancel') {
    const meant = namedAt(s, away?.end ?? opening + 1, ['folder'])
    if (meant?.name === undefined || meant.plural) return undefined
    const about = { confidence: 0.93, titleFrom: s.tokens.length, content: 'folder' } as const
    const given = { title: '', list: meant.name }
    if (!renames) return isOver(s, meant.end) ? { ...about, intent: 'note.delete', given } : undefined
    if (meant.end !== end || end >= s.tokens.length) return undefined
    return { ...about, intent: 'note.update', given: { ...given, change: { title: wordsOf(s, end + 1) } } }
  }
  const asked = telltale.find(s, opening)
  const inside = asked && insides.has(asked.phrase) ? asked.end : undefined
  const asks = ['what', 'which'].includes(at(s, opening).text) ? opening + 1 : undefined
  const looks = inside ?? looking.find(s, opening)?.end ?? asks
  if (looks === undefined && !['my', 'the', 'our', 'folders', 'notebooks'].includes(at(s, opening).text)) return undefined
  const from = looks ?? opening
  const held = namedAt(s, at(s, from).text === 'all' ? from + 1 : from, ['folder'])
  if (held?.plural && held.name === undefined && isOver(s, had.find(s, held.end)?.end ?? held.end))
    return { intent: 'note.list', confidence: 0.9, titleFrom: s.tokens.length, content: 'folder' }
  if (held?.name === undefined || held.plural || !isOver(s, held.end)) return undefined
  return { intent: 'note.list', confidence: 0.9, titleFrom: s.tokens.length, given: { title: '', list: held.name } }
}

// "find my note about the door"   "open note 2"   "search my notes for wifi"
function readLooked({ s, opening, end }: View): IntentReading | undefined {
  const found = looking.find(s, opening)
  if (!found) return undefined
  const stop = endOfWords(s, end)
  const one = noteAt(s, found.end, stop)
  if (!one?.told || !isOver(s, one.end) || /^in\b/i.test(one.title)) return undefined
  return { intent: 'note.find', confidence: 0.9, titleFrom: s.tokens.length, ...meaning(one) }
}

// "what does my note about the door say"   "what did I note about the door"   "do I have a note about the door"
function readAsked({ s, opening, end }: View): IntentReading | undefined {
  const found = telltale.find(s, opening)
  if (!found || insides.has(found.phrase)) return undefined
  const stop = endOfWords(s, end)
  const asked = (title: string, reference?: Reference): IntentReading => ({
    intent: 'note.find',
    confidence: 0.85,
    titleFrom: s.tokens.length,
    given: { title },
    ...(reference ? { reference } : {}),
  })
  if (found.phrase.startsWith('what did i')) {
    const about = abouts.find(s, found.end)
    return about ? asked(wordsOf(s, about.end, stop)) : undefined
  }
  if (found.phrase === 'do i have') {
    const one = noteAt(s, found.end, stop)
    return one?.told ? asked(one.title, one.reference) : undefined
  }
  const saying = at(s, stop - 1).text === 'say' ? stop - 1 : undefined
  const one = noteAt(s, found.end, saying ?? stop)
  if (!one) return undefined
  if (saying !== undefined) return one.told ? asked(one.title, one.reference) : undefined
  const about = at(s, one.end).text === 'say' ? abouts.find(s, one.end + 1) : undefined
  return about ? asked(wordsOf(s, about.end, stop)) : undefined
}
