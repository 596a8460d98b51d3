import { oneOf, spelled } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import { articles, nounAfter } from './create.ts'
import type { IntentReading } from './intent.ts'
import { findNoun, nounAt, nounWord, type View } from './view.ts'

/** What `readTodo` begins with. */
export const todoWord = oneOf(
  nounWord,
  spelled('add', 'put', 'create', 'make', 'new', 'start', 'append', 'include', 'insert', 'set', 'save'),
)

// "add a todo to ..."   "todo: ..."   "add milk to my shopping list"   "new task ..."
export function readTodo(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  const first = nounAt(s, opening)
  const due = first?.noun === 'todo' ? behindDay(view, first.end) : undefined
  if (due !== undefined) return { intent: 'todo.create', confidence: 0.93, titleFrom: due }
  if (
    first?.noun === 'todo' &&
    at(s, first.end).kind !== 'end' &&
    !['list', 'lists', 'for', 'due'].includes(at(s, first.end).text) &&
    !at(s, opening).text.endsWith('s')
  ) {
    return { intent: 'todo.create', confidence: 0.93, titleFrom: at(s, first.end).text === ':' ? first.end + 1 : first.end }
  }
  const verb = at(s, opening).text
  if (
    verb !== 'add' &&
    verb !== 'put' &&
    verb !== 'create' &&
    verb !== 'make' &&
    verb !== 'new' &&
    verb !== 'start' &&
    verb !== 'append' &&
    verb !== 'include' &&
    verb !== 'insert' &&
    verb !== 'set' &&
    verb !== 'save'
  )
    return undefined
  const list = findListName(view, opening + 1)
  const plainList = list !== undefined && !(at(s, list.to - 2).text === 'contact' || at(s, list.to - 2).text === 'contacts')
  if (list && plainList) {
    // "add a todo to call Bob to my work list"
    const word = nounAfter(view, opening + 1, 4)
    const titleFrom = word?.noun === 'todo' && word.end < list.from ? word.end : opening + 1
    return { intent: 'todo.create', confidence: 0.95, titleFrom, drop: [[list.from, list.to]] }
  }
  const noun = nounAfter(view, opening + 1, 6)
  if (noun?.noun === 'todo') {
    const item = at(s, noun.end).text === 'item' || at(s, noun.end).text === 'list' ? noun.end + 1 : noun.end
    return { intent: 'todo.create', confidence: 0.96, titleFrom: item }
  }
  if (verb === 'add' && noun === undefined && isShort(view)) return { intent: 'todo.create', confidence: 0.7, titleFrom: opening + 1 }
  if (noun?.noun === 'list' && noun.end <= end) return { intent: 'todo.create', confidence: 0.75, titleFrom: noun.end }
  return undefined
}

/** "todo [for Friday:] send the slides" */
function behindDay({ s, times, end }: View, i: number): number | undefined {
  if (!['for', 'due', 'by', 'on'].includes(at(s, i).text)) return undefined
  const stretch = times.phraseAt.find(({ from }) => from === i || from === i + 1)
  const colon = stretch && at(s, stretch.to).text === ':' ? stretch.to + 1 : stretch?.to
  return colon !== undefined && colon < end && at(s, colon).kind === 'word' ? colon : undefined
}

/** "add milk": a few words and nothing that says to what. */
function isShort({ s, opening, end, times }: View): boolean {
  if (end - opening < 2 || end - opening > 5 || times.phrase || times.repeat) return false
  for (let i = opening + 1; i < end; i++)
    if (['to', 'in', 'into', 'on', 'this', 'it', 'that', 'them', 'him', 'her', 'these'].includes(at(s, i).text)) return false
  return findNoun(s, opening + 1, end) === undefined
}

/** "to my shopping list", "on the todo list", "to my todos": the words of a list, with their preposition. */
export function findListName(
  { s, end }: View,
  from: number,
): { readonly from: number; readonly to: number; readonly name: readonly [number, number] } | undefined {
  for (let i = end - 1; i > from; i--) {
    const noun = nounAt(s, i)
    if (!noun || (noun.noun !== 'list' && noun.noun !== 'todo')) continue
    for (let j = i; j > Math.max(from - 1, i - 7); j--) {
      const { text } = at(s, j)
      if (text !== 'to' && text !== 'on' && text !== 'onto' && text !== 'in' && text !== 'into' && text !== 'from' && text !== 'off')
        continue
      if (text === 'to' && at(s, j + 1).text === 'do' && j > from) continue
      const nameFrom = articles.has(at(s, j + 1).text) ? j + 2 : j + 1
      return { from: j, to: noun.noun === 'todo' && at(s, noun.end).text === 'list' ? noun.end + 1 : noun.end, name: [nameFrom, i] }
    }
    return undefined
  }
  return undefined
}
