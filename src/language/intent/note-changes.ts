import { at, type Sentence } from '../text/tokens.ts'
import { isOver, namedAt, wordsOf } from './holders.ts'
import type { IntentReading } from './intent.ts'
import { stopping } from './manage.ts'
import { endOfWords, meaning, noteAt, type Pointed } from './note-words.ts'
import { says, type View, verbAt } from './view.ts'

/** What becomes of a note that is there already. */
export function readNoteChange(view: View): IntentReading | undefined {
  return readTurned(view) ?? readRenamed(view) ?? readFiled(view) ?? readRewritten(view) ?? readAppended(view) ?? readDeleted(view)
}

export const adding = new Set(['add', 'append', 'write', 'include', 'put'])

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
