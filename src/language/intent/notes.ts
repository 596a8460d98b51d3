import { oneOf, spelled, verb } from '../text/beginnings.ts'
import { readWhole } from '../text/numbers.ts'
import { at, holds, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import { isOver, type NamedThing, namedAt, wordsOf } from './holders.ts'
import type { Given, IntentReading, Reference } from './intent.ts'
import { stopping } from './manage.ts'
import { phrasebook } from './phrasebook.ts'
import { readReference } from './subject.ts'
import { says, type View, verbAt } from './view.ts'

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
const adding = new Set(['add', 'append', 'write', 'include', 'put'])

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
  return (
    readFolders(view) ??
    readLooked(view) ??
    readAsked(view) ??
    readTurned(view) ??
    readRenamed(view) ??
    readFiled(view) ??
    readRewritten(view) ??
    readAppended(view) ??
    readDeleted(view)
  )
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

/** A note as a sentence points at it. */
interface Pointed {
  readonly title: string
  readonly reference: Reference | undefined
  readonly plural: boolean
  /** Whether anything tells it from the others. */
  readonly told: boolean
  readonly end: number
}

const abouts = phrasebook(['about', 'on', 'for', 'with', 'that says', 'saying', 'called', 'regarding', 'mentioning', 'named', 'titled'])

/** "the note about the door", "note 2", "that note", "my door note", "the note “Door”"; its words reach to `stop`. */
function noteAt(s: Sentence, i: number, stop: number): Pointed | undefined {
  const held: NamedThing | undefined = namedAt(s, i, ['note'])
  if (!held) return undefined
  const { plural, end } = held
  const numbered = readReference(s, end) ?? numberedBefore(s, end)
  if (numbered && numbered.end <= stop) return { title: '', reference: numbered.value, plural, told: true, end: numbered.end }
  const points = ['that', 'this'].includes(at(s, i).text) && held.name === undefined
  const about = abouts.find(s, end)
  if (about && about.end < stop) return { title: wordsOf(s, about.end, stop), reference: undefined, plural, told: true, end: stop }
  if (s.sealed[end] === 1 && end < stop) return { title: wordsOf(s, end, stop), reference: undefined, plural, told: true, end: stop }
  return { title: held.name ?? '', reference: points ? 'last' : undefined, plural, told: points || held.name !== undefined, end }
}

/** "note [2]: ring twice": a colon after a number is no clock time here. */
function numberedBefore(s: Sentence, i: number): { readonly value: Reference; readonly end: number } | undefined {
  const number = at(s, i).text === 'number' ? i + 1 : i
  const whole = at(s, number).kind === 'number' ? readWhole(s, number) : undefined
  return whole && whole.value >= 1 && at(s, whole.end).text === ':' ? { value: { ordinal: whole.value }, end: whole.end } : undefined
}

function meaning({ title, reference }: Pointed, more: Omit<Given, 'title'> = {}): Pick<IntentReading, 'given' | 'reference'> {
  return { given: { title, ...more }, ...(reference ? { reference } : {}) }
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

/** A mark at the end asks, or stops, and is no word. */
function endOfWords(s: Sentence, end: number): number {
  const last = s.tokens.length
  const whole = Math.max(end, last)
  return ['?', '.', '!'].includes(at(s, last - 1).text) ? whole - 1 : whole
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

const kinds: Readonly<Record<string, 'reminder' | 'todo'>> = { reminder: 'reminder', todo: 'todo', task: 'todo', 'to-do': 'todo' }

// "turn my note about the door into a reminder for tomorrow"   "make a todo of that note"
function readTurned({ s, opening, end }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  const into = (one: Pointed, content: string): IntentReading => ({
    intent: 'note.update',
    confidence: 0.9,
    titleFrom: s.tokens.length,
    content,
    ...meaning(one),
  })
  if (text === 'make' || text === 'create') {
    const i = ['a', 'an'].includes(at(s, opening + 1).text) ? opening + 2 : opening + 1
    const kind = kinds[at(s, i).text]
    const from = says(s, i + 1, 'out of') ? i + 3 : ['of', 'from'].includes(at(s, i + 1).text) ? i + 2 : undefined
    const one = kind && from !== undefined ? noteAt(s, from, endOfWords(s, end)) : undefined
    if (kind && one) return into(one, kind)
  }
  if (text !== 'turn' && text !== 'convert' && text !== 'make') return undefined
  for (let i = opening + 2; i < end; i++) {
    if (at(s, i).text !== 'into') continue
    const kind = kinds[at(s, ['a', 'an'].includes(at(s, i + 1).text) ? i + 2 : i + 1).text]
    const one = noteAt(s, opening + 1, i)
    return kind && one ? into(one, kind) : undefined
  }
  return undefined
}

// "rename note 2 to Entrance"   "rename the note about the door to Entrance"
function readRenamed({ s, opening, end }: View): IntentReading | undefined {
  if (at(s, opening).text !== 'rename' || end >= s.tokens.length) return undefined
  const one = noteAt(s, opening + 1, end)
  if (!one || one.end !== end) return undefined
  return {
    intent: 'note.update',
    confidence: 0.93,
    titleFrom: s.tokens.length,
    ...meaning(one, { change: { title: wordsOf(s, end + 1) } }),
  }
}

// "move the note about pancakes to the Recipes folder"
function readFiled({ s, opening, end }: View): IntentReading | undefined {
  if (!['move', 'file', 'put'].includes(at(s, opening).text)) return undefined
  for (let i = opening + 2; i < end; i++) {
    if (!['to', 'into', 'in', 'under'].includes(at(s, i).text)) continue
    const folder = namedAt(s, i + 1, ['folder'])
    const one = folder?.name !== undefined && isOver(s, folder.end) ? noteAt(s, opening + 1, i) : undefined
    if (folder?.name === undefined || !one) continue
    const given = { change: { list: folder.name } }
    return { intent: 'note.update', confidence: 0.93, titleFrom: s.tokens.length, ...meaning(one, given) }
  }
  return undefined
}

const rewriting = new Set(['change', 'edit', 'update', 'replace', 'rewrite', 'correct', 'modify', 'set'])

// "change the note about the door to: ring twice"   "update note 2: ring twice"
function readRewritten({ s, opening }: View): IntentReading | undefined {
  if (!rewriting.has(at(s, opening).text) || !namedAt(s, opening + 1, ['note'])) return undefined
  const split = splitAt(s, opening + 1)
  if (!split) return undefined
  const one = noteAt(s, opening + 1, split.at)
  if (!one || one.end !== split.at) return undefined
  const content = wordsOf(s, split.from)
  return { intent: 'note.update', confidence: 0.93, titleFrom: s.tokens.length, ...meaning(one, { change: { content } }) }
}

/** Where what a note is to say begins: after "to:", "to say", a colon, or the first "to". */
function splitAt(s: Sentence, from: number): { readonly at: number; readonly from: number } | undefined {
  let plain: { readonly at: number; readonly from: number } | undefined
  for (let i = from; i < s.tokens.length - 1; i++) {
    const { text } = at(s, i)
    if (text === ':') return { at: i, from: i + 1 }
    if (text !== 'to' && text !== 'with') continue
    const next = at(s, i + 1).text
    if (next === ':') return { at: i, from: i + 2 }
    if (text === 'to' && (next === 'say' || next === 'read')) return { at: i, from: [':', ','].includes(at(s, i + 2).text) ? i + 3 : i + 2 }
    // "note with the code" tells which one.
    if (text === 'to') plain ??= { at: i, from: i + 1 }
  }
  return plain
}

// "add “ring twice” to the note about the door"   "add to note 2: ring twice"
function readAppended({ s, opening, end }: View): IntentReading | undefined {
  if (!adding.has(at(s, opening).text)) return undefined
  const appended = (one: Pointed, content: string): IntentReading => ({
    intent: 'note.update',
    confidence: 0.93,
    titleFrom: s.tokens.length,
    content: 'append',
    ...meaning(one, { change: { content } }),
  })
  if (at(s, opening + 1).text === 'to') {
    for (let i = opening + 3; i < s.tokens.length - 1; i++) {
      if (at(s, i).text !== ':') continue
      const one = noteAt(s, opening + 2, i)
      const bare = one && !one.told && one.end < i ? { ...one, title: wordsOf(s, one.end, i), told: true, end: i } : one
      return bare?.told && bare.end === i ? appended(bare, wordsOf(s, i + 1)) : undefined
    }
    return undefined
  }
  // "add a note to ...": a new one.
  const fresh = namedAt(s, opening + 1, ['note'])
  if (fresh && fresh.end <= opening + 4 && ['a', 'an', 'another', 'new', 'note'].includes(at(s, opening + 1).text)) return undefined
  for (let i = s.tokens.length - 2; i > opening + 1; i--) {
    if (!['to', 'in', 'into', 'onto'].includes(at(s, i).text) || !['the', 'my', 'that', 'this', 'our', 'note'].includes(at(s, i + 1).text))
      continue
    const one = noteAt(s, i + 1, endOfWords(s, end))
    if (one && !one.plural && isOver(s, one.end)) return appended(one, wordsOf(s, opening + 1, i))
  }
  return undefined
}

// "delete the note about the door"   "delete note 2"   "delete my door note"
function readDeleted({ s, opening, end }: View): IntentReading | undefined {
  const away = stopping.find(s, opening)
  if (verbAt(s, opening) !== 'cancel' && !away) return undefined
  const one = noteAt(s, away?.end ?? opening + 1, endOfWords(s, end))
  if (!one?.told || one.plural || !isOver(s, one.end)) return undefined
  return { intent: 'note.delete', confidence: 0.95, titleFrom: s.tokens.length, ...meaning(one) }
}
