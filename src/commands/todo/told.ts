import type { Context, Outcome } from '#core/command.ts'
import type { Todo } from '#core/model.ts'
import type { Understanding } from '#core/understanding.ts'
import { wordsIn } from '../find.ts'
import { reopen } from './amend.ts'
import { complete } from './finish.ts'

/** As many todos as are looked through. */
const searched = 5_000
/** As many words as a todo may have besides those that were said: "buy" of "buy the eggs". */
const mostOthers = 1

// "I bought the eggs"   "I've already paid the rent"   "got milk"
//               ↑ thing
const told =
  /^\W*(?:(?:i|we)(?:'ve|’ve| have)?(?: (?:just|already|finally|now|also))* (?<did>[\p{L}]+)|got|bought|paid|did|picked up)(?: (?:up|out|off|away))? (?<thing>.+?)(?: (?:today|yesterday|already|now|up|out|off))?[.!]*$/iu
// "milk is not done yet"   "the report isn't finished"
//  ↑ thing
const untold =
  /^\W*(?<thing>.+?) (?:(?:is|are|was|were) not|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t)(?: (?:done|finished|complete|ready))(?: (?:yet|after all))?[.!]*$/iu
/** What people did, by verbs that do not say so with "-ed". */
const did = new Set(
  'got bought did done paid sent wrote read took made fed found kept left let lost met put ran said sold told thought understood won began broke brought built chose cut drew drove ate fell flew gave went grew hung hid held hit knew led lent rode rang set shot shut sang slept spoke spent swept swam taught tore threw woke wore'.split(
    ' ',
  ),
)

/** Who tells that something is done, or is not, means the only todo of it; anything else that is told is no business of ours. */
export async function asTold({ intent }: Understanding, context: Context): Promise<Outcome | undefined> {
  const { message, store, space, person } = context
  if (intent !== 'none' || message.kind !== 'sentence' || !message.addressed) return undefined
  const missing = untold.exec(message.text)?.groups?.thing
  if (missing !== undefined) {
    const page = { offset: 0, limit: searched, order: 'latest' } as const
    const one = onlyOne(await store.todos.ofState(space.id, person.id, 'done', page), missing)
    return one && { ...reopen(one, context), intent: 'todo.update' }
  }
  const { thing, did: verb } = told.exec(message.text)?.groups ?? {}
  if (thing === undefined || !(verb === undefined || isPast(verb.toLocaleLowerCase('en')))) return undefined
  const one = onlyOne(await store.todos.open(space.id, person.id, searched), thing)
  return one && { ...complete(one, context), intent: 'todo.complete' }
}

function isPast(verb: string): boolean {
  return did.has(verb) || (verb.length > 4 && verb.endsWith('ed'))
}

function onlyOne(todos: readonly Todo[], thing: string): Todo | undefined {
  const said = wordsOf(thing)
  if (said.length === 0) return undefined
  const [one, ...others] = todos.filter(({ text }) => {
    const words = wordsOf(text)
    return said.every((word) => words.includes(word)) && words.length - said.length <= mostOthers
  })
  return others.length === 0 ? one : undefined
}

const small = new Set(['the', 'a', 'an', 'my', 'our', 'some', 'to', 'todo', 'task', 'all'])

function wordsOf(text: string): readonly string[] {
  return wordsIn(text).filter((word) => !small.has(word))
}
