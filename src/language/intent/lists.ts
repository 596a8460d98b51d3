import type { Intent } from '#core/understanding.ts'
import { oneOf, spelled, verb } from '../text/beginnings.ts'
import { at, holds, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import { findListName } from './create-todo.ts'
import { isOver, namedAt, wordsOf } from './holders.ts'
import type { IntentReading } from './intent.ts'
import { doneWords, findDoneEnd, stopping } from './manage.ts'
import { phrasebook } from './phrasebook.ts'
import { readReference } from './subject.ts'
import { says, type View, verbAt } from './view.ts'

/** What is said of lists as a whole, and of the todos on one of them. */

const lists = telling(
  'list',
  'lists',
  'checklist',
  'todo',
  'todos',
  'to-do',
  'task',
  'tasks',
  'chores',
  'due',
  'overdue',
  'do',
  'everything',
)
const reopening = phrasebook(['unfinish', 'uncomplete', 'untick', 'uncheck', 'unmark', 'reopen', 'un-tick', 'un-check'])
const asking = phrasebook([
  'show me',
  'show',
  'list',
  'see',
  'view',
  'display',
  'give me',
  'tell me',
  'what are',
  'which are',
  'what',
  'which',
  'how many',
  'name',
])
const makes = new Set(['create', 'make', 'start', 'open', 'begin', 'add', 'new'])
const emptying = new Set(['clear', 'empty', 'wipe'])
const finished = new Set(['done', 'completed', 'complete', 'finished', 'closed', 'ticked'])
const late = new Set(['overdue', 'late'])
const small = new Set(['all', 'my', 'the', 'of', 'our', 'me', 'any', 'are', 'todo', 'is'])

/** What `readLists` begins with. */
export const listsWord = oneOf(
  reopening.begins,
  asking.begins,
  doneWords.begins,
  stopping.begins,
  verb('cancel', 'update', 'create'),
  spelled(
    'take',
    ...makes,
    ...emptying,
    ...finished,
    ...late,
    ...small,
    'put',
    'transfer',
    'this',
    'it',
    'that',
    "it's",
    "that's",
    'its',
    'lists',
    'anything',
    "what's",
    'whats',
    'throw',
    'todos',
    'tasks',
    'is',
  ),
)

export function readLists(view: View): IntentReading | undefined {
  const { s, opening } = view
  const reopened = reopening.find(s, opening)
  // What is opened again is there already: "reopen a page" is said of something else.
  if (reopened && !['a', 'an', 'another'].includes(at(s, reopened.end).text)) {
    const pointed = readReference(s, reopened.end)
    const reference = pointed ? { reference: pointed.value } : {}
    return { intent: 'todo.update', confidence: 0.85, titleFrom: pointed?.end ?? reopened.end, content: 'reopen', ...reference }
  }
  const undone = readNotDone(view) ?? readDeadline(view)
  if (undone) return undone
  if (!holds(s, lists)) return undefined
  return (
    readNames(view) ??
    readTakenOff(view) ??
    readDue(view) ??
    readState(view) ??
    readNewList(view) ??
    readRenamed(view) ??
    readWhole(view) ??
    readMoved(view)
  )
}

const notDone = phrasebook([
  'not done',
  'not finished',
  'not complete',
  'undone',
  'unfinished',
  'incomplete',
  'open',
  'open again',
  'to do',
])

const deadlines = phrasebook([
  'should be done',
  'should be finished',
  'must be done',
  'must be finished',
  'has to be done',
  'has to be finished',
  'needs to be done',
  'needs to be finished',
  'is due',
  'due',
])

// "this should be done by Friday"   "it's due tomorrow": the todo that was touched last
function readDeadline({ s, opening, end, times }: View): IntentReading | undefined {
  const pointed = pointers.has(at(s, opening).text) ? deadlines.find(s, opening + 1) : undefined
  const [stretch, ...others] = times.phraseAt
  if (!pointed || !stretch || others.length > 0 || !times.phrase || stretch.from > pointed.end + 1 || stretch.to < end - 1) return undefined
  const given = { change: { to: { ...times.phrase, open: undefined } } }
  return { intent: 'todo.update', confidence: 0.85, titleFrom: end, reference: 'last', given }
}

const pointers = new Set(['this', 'it', 'that', "it's", "that's", 'its'])

// "mark [milk] as not done"
function readNotDone({ s, opening, end }: View): IntentReading | undefined {
  if (at(s, opening).text !== 'mark') return undefined
  for (let i = opening + 2; i < end; i++) {
    const found = at(s, i).text === 'as' ? notDone.find(s, i + 1) : undefined
    if (found && isOver(s, found.end))
      return { intent: 'todo.update', confidence: 0.85, titleFrom: opening + 1, drop: [[i, end]], content: 'reopen' }
  }
  return undefined
}

const had = phrasebook(['do i have', 'have i', 'i have', 'are there', 'have i got', 'do i keep'])

// "my lists"   "which lists do I have"   "show all lists"
function readNames({ s, opening, end }: View): IntentReading | undefined {
  let i = asking.find(s, opening)?.end ?? opening
  while (small.has(at(s, i).text)) i++
  if (at(s, i).text !== 'lists' && !(at(s, i).text === 'todo' && at(s, i + 1).text === 'lists')) return undefined
  const after = had.find(s, i + 1)?.end ?? i + 1
  return isOver(s, after) ? { intent: 'todo.list', confidence: 0.92, titleFrom: end, content: 'list' } : undefined
}

// "take milk off my shopping list"
function readTakenOff(view: View): IntentReading | undefined {
  const { s, opening } = view
  if (at(s, opening).text !== 'take') return undefined
  const list = findListName(view, opening + 1)
  if (!list || !['off', 'from'].includes(at(s, list.from).text) || !isOver(s, list.to)) return undefined
  return { intent: 'todo.delete', confidence: 0.93, titleFrom: opening + 1, drop: [[list.from, list.to]] }
}

const dueQuestions = phrasebook(['what is', "what's", 'whats', 'what are', 'is anything', 'anything', 'are any', 'is there anything'])

// "what is due today"   "what's overdue"   "anything due this week"   "which tasks are due tomorrow"   "todos due Friday"
function readDue(view: View): IntentReading | undefined {
  const { s, opening, end, times } = view
  const question = dueQuestions.find(s, opening)
  let i = question?.end ?? asking.find(s, opening)?.end ?? opening
  while (small.has(at(s, i).text)) i++
  const named = namedAt(s, i, ['todo'])
  if (named?.plural && named.name === undefined) {
    i = named.end
    if (at(s, i).text === 'are' || says(s, i, 'that are')) i += at(s, i).text === 'are' ? 1 : 2
  } else if (!question) return undefined
  const { text } = at(s, i)
  const found: IntentReading = { intent: 'todo.list', confidence: 0.85, titleFrom: end }
  if (late.has(text) && text === 'overdue' && isOver(s, i + 1)) return { ...found, content: 'overdue' }
  if (text !== 'due') return undefined
  const timed = times.phraseAt.some(({ from, to }) => from >= i && from <= i + 2 && isOver(s, to))
  return timed || isOver(s, i + 1) ? found : undefined
}

// "show overdue todos"   "completed tasks"   "delete all done todos"   "clear the finished tasks on my work list"
function readState({ s, opening, end }: View): IntentReading | undefined {
  const deletes = verbAt(s, opening) === 'cancel' || stopping.find(s, opening) !== undefined
  let i = deletes ? (stopping.find(s, opening)?.end ?? opening + 1) : (asking.find(s, opening)?.end ?? opening)
  while (small.has(at(s, i).text)) i++
  const { text } = at(s, i)
  const todos = namedAt(s, text === 'ticked' && at(s, i + 1).text === 'off' ? i + 2 : i + 1, ['todo'])
  if (!todos?.plural || todos.name !== undefined || !(finished.has(text) || late.has(text))) return undefined
  const held = listAfter(s, todos.end)
  if (!held) return undefined
  const about = { confidence: 0.93, titleFrom: end, content: finished.has(text) ? 'done' : 'overdue' } as const
  const given = { title: '', ...(held.name === undefined ? {} : { list: held.name }) }
  if (!deletes) return { ...about, intent: 'todo.list', given }
  return { ...about, intent: 'todo.delete', every: true, given }
}

/** "[on my work list]", or nothing more; undefined when something else follows. */
function listAfter(s: Sentence, i: number): { readonly name: string | undefined } | undefined {
  if (isOver(s, i)) return { name: undefined }
  if (!['on', 'from', 'in', 'off', 'of'].includes(at(s, i).text)) return undefined
  const held = namedAt(s, i + 1, ['list', 'todo'])
  return held && isOver(s, held.end) ? { name: held.name } : undefined
}

// "create a packing list"   "make a new list called Packing"
function readNewList(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  const { text } = at(s, opening)
  if (!makes.has(text) || (text !== 'new' && !['a', 'an', 'another', 'new'].includes(at(s, opening + 1).text))) return undefined
  const held = namedAt(s, text === 'new' ? opening : opening + 1, ['list'])
  // "a new list for the party"
  const lead = held?.name === undefined && at(s, held?.end ?? end).text === 'for' ? (held?.end ?? end) + 1 : end
  const named = lead < end && ['the', 'my', 'our'].includes(at(s, lead).text) ? lead + 1 : lead
  if (
    held &&
    named < end &&
    end - named <= 4 &&
    !['me', 'us', 'him', 'her', 'them', 'this', 'that', 'it'].includes(at(s, named).text) &&
    view.times.phrase === undefined
  )
    return { intent: 'todo.create', confidence: 0.8, titleFrom: end, content: 'list', given: { list: wordsOf(s, named, end) } }
  // "create a packing list: socks, passport"
  if (held?.name !== undefined && !held.plural && at(s, held.end).text === ':' && held.end + 1 < end)
    return { intent: 'todo.create', confidence: 0.85, titleFrom: held.end + 1, given: { list: held.name } }
  if (!held || held.plural || !(isOver(s, held.end) || held.end === end)) return undefined
  const given = held.name === undefined ? {} : { given: { list: held.name } }
  return { intent: 'todo.create', confidence: 0.8, titleFrom: end, content: 'list', ...given }
}

// "rename the shopping list to groceries"
function readRenamed({ s, opening, end }: View): IntentReading | undefined {
  const { text } = at(s, opening)
  if ((text !== 'rename' && text !== 'retitle') || end >= s.tokens.length) return undefined
  const held = namedAt(s, opening + 1, ['list'])
  if (held?.name === undefined || held.end !== end) return undefined
  const given = { list: held.name, change: { title: wordsOf(s, end + 1) } }
  return { intent: 'todo.update', confidence: 0.93, titleFrom: s.tokens.length, content: 'list', given }
}

const everything = phrasebook([
  'everything',
  'all',
  'all items',
  'all the items',
  'all of it',
  'all todos',
  'all tasks',
  'all my todos',
  'all things',
])

// "clear my shopping list"   "delete the shopping list"   "complete everything on my shopping list"
function readWhole(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  const { text } = at(s, opening)
  const ticks = doneWords.find(s, opening)
  const away = stopping.find(s, opening)?.end ?? (says(s, opening, 'throw away') || says(s, opening, 'throw out') ? opening + 2 : undefined)
  const deletes = verbAt(s, opening) === 'cancel' || emptying.has(text)
  const from = ticks?.end ?? away ?? (deletes ? opening + 1 : undefined)
  if (from === undefined) return undefined
  const all = everything.find(s, from)
  if (all) {
    const closes = ticks ? findDoneEnd(s, all.end, end) : -1
    const held = ['on', 'from', 'in', 'off', 'of'].includes(at(s, all.end).text) ? namedAt(s, all.end + 1, ['list', 'todo']) : undefined
    const bare = held || !ticks || closes < 0 ? undefined : bareName(view, all.end, closes)
    if (bare !== undefined) return every('todo.complete', bare, end)
    if (!held || !(isOver(s, held.end) || held.end === closes)) return undefined
    return every(ticks ? 'todo.complete' : 'todo.delete', held.name, end)
  }
  if (ticks) return undefined
  const held = namedAt(s, from, ['list', 'todo'])
  if (!held || !isOver(s, held.end) || held.plural !== (held.kind === 'todo' && at(s, held.end - 1).text.endsWith('s'))) return undefined
  if (emptying.has(text)) return every('todo.delete', held.name, end)
  if (held.plural || (held.kind === 'todo' && at(s, held.end - 1).text !== 'list')) return undefined
  const given = held.name === undefined ? { title: '' } : { title: '', list: held.name }
  return { intent: 'todo.delete', confidence: 0.95, titleFrom: end, content: 'list', given }
}

/** "mark everything [on packing] as done": what a list is called, where nobody calls it a list. */
function bareName({ s, times }: View, lead: number, end: number): string | undefined {
  const from = ['the', 'my', 'our'].includes(at(s, lead + 1).text) ? lead + 2 : lead + 1
  const isName = ['on', 'in', 'from'].includes(at(s, lead).text) && from < end && end - from <= 3
  return isName && !times.phrase && !times.repeat ? wordsOf(s, from, end) : undefined
}

function every(intent: Intent, name: string | undefined, end: number): IntentReading {
  return { intent, confidence: 0.93, titleFrom: end, every: true, given: { title: '', ...(name === undefined ? {} : { list: name }) } }
}

// "move milk to the groceries list"   "move milk from my shopping list to the groceries list"
function readMoved(view: View): IntentReading | undefined {
  const { s, opening } = view
  if (!['move', 'shift', 'transfer', 'put'].includes(at(s, opening).text)) return undefined
  const list = findListName(view, opening)
  const [from, to] = list?.name ?? [0, 0]
  if (!list || from === to || !['to', 'onto', 'into'].includes(at(s, list.from).text) || !isOver(s, list.to)) return undefined
  if (at(s, opening).text === 'put') return undefined
  const old = findListName({ ...view, end: list.from }, opening)
  const isOld = old && at(s, old.from).text === 'from' && old.name[0] < old.name[1]
  const drop: [number, number][] = [[list.from, list.to], ...(isOld ? [[old.from, old.to] as [number, number]] : [])]
  const all = everything.find(s, opening + 1)
  const pointed = readReference(s, opening + 1)
  const given = {
    change: { list: wordsOf(s, from, to) },
    ...(isOld ? { list: wordsOf(s, ...old.name) } : {}),
    ...(all ? { title: '' } : {}),
  }
  const which = { ...(all ? ({ every: true } as const) : {}), ...(pointed ? { reference: pointed.value } : {}) }
  return { intent: 'todo.update', confidence: 0.93, titleFrom: pointed?.end ?? opening + 1, drop, given, ...which }
}

const noName = new Set(
  'done completed complete finished open current whole entire full first last latest next pending remaining new old urgent important incomplete unfinished outstanding overdue late daily weekly today todays tomorrow personal longest shortest own only various long short more previous other following'.split(
    ' ',
  ),
)

/** Which list is asked for: "what's on [my shopping list]", "list my [work] todos". */
export function shownList({ s, opening, times }: View): { readonly name: string; readonly from: number; readonly to: number } | undefined {
  for (let i = opening; i < Math.min(s.tokens.length, opening + 12); i++) {
    if (i > opening && !['my', 'the', 'our', 'me', 'show', 'list', 'see', 'view', 'on', 'in'].includes(at(s, i - 1).text)) continue
    if (verbAt(s, i)) continue
    const held = namedAt(s, i, ['list', 'todo'])
    if (held?.name === undefined) continue
    const words = held.name.toLowerCase().split(/\s+/)
    const isTimed = times.phraseAt.some(({ from, to }) => from < held.end && to > i)
    if (isTimed || words.some((word) => noName.has(word))) return undefined
    return { name: held.name, from: i, to: held.end }
  }
  return undefined
}
