import { readCompany } from '../slots/company.ts'
import { readPeople } from '../slots/people.ts'
import { oneOf, spelled, verb } from '../text/beginnings.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { findListName } from './create-todo.ts'
import type { IntentReading } from './intent.ts'
import { findNoun, says, type View, verbAt } from './view.ts'

export function readGroups(view: View): IntentReading | undefined {
  return readMake(view) ?? readMembers(view) ?? readChange(view)
}

const nothing: ReadonlySet<string> = new Set()
/** What stands between the name of a group and its people. */
const leads = new Set(['with', 'of', ':', 'containing', 'for', 'from', 'including'])

// "create a group ops with Ann and Bob"   "new group called ops: @ann, @bob"   "make a team design of Kim"
function readMake({ s, kept, opening }: View): IntentReading | undefined {
  const verb = at(s, opening).text
  const makes = ['create', 'make', 'start', 'form', 'new', 'add', 'set'].includes(verb) || verbAt(s, opening) === 'create'
  if (!makes) return undefined
  let noun = opening + 1
  while (noun < opening + 4 && ['a', 'the', 'new', 'up', 'an', 'another'].includes(at(s, noun).text)) noun++
  if (at(s, noun).text !== 'group') return undefined
  const last = s.tokens.length
  const named = s.tokens[noun + 1]?.text
  const called = named === 'called' || named === 'named'
  let lead = noun + 1
  // What follows "called" is sealed as a name.
  while (lead < last && !(s.sealed[lead] === 0 && leads.has(at(s, lead).text))) lead++
  const title = called ? undefined : textOf(s, noun + 1, lead)
  if (!called && title === undefined) return undefined
  const company = readCompany(s, lead + 1, last, kept, nothing)
  return {
    intent: 'group.create',
    confidence: 0.93,
    titleFrom: noun + 1,
    given: { people: company?.people ?? [], ...(title === undefined ? {} : { title }) },
  }
}

/** The words between two tokens, as they were written. */
function textOf(s: Sentence, from: number, to: number): string | undefined {
  const [first, last] = [s.tokens[from], s.tokens[to - 1]]
  return first && last && from < to ? s.text.slice(first.start, last.end).replace(/^["“]|["”]$/g, '') : undefined
}

// "who is in ops"   "who's in the ops group"   "members of ops"   "list the members of the group ops"
function readMembers({ s, opening }: View): IntentReading | undefined {
  const asks = says(s, opening, 'who is in') || says(s, opening, 'who are in') ? 3 : says(s, opening, "who's in") ? 2 : 0
  let from = opening + asks
  if (asks === 0) {
    const at0 = verbAt(s, opening) === 'list' || ['show', 'list'].includes(at(s, opening).text) ? opening + 1 : opening
    const members = at(s, at0).text === 'the' ? at0 + 1 : at0
    if (at(s, members).text !== 'members' || at(s, members + 1).text !== 'of') return undefined
    from = members + 2
  }
  const title = findNoun(s, from, s.tokens.length, 'event') ? undefined : groupNamed(s, from)
  return title === undefined ? undefined : { intent: 'group.list', confidence: 0.9, titleFrom: from, given: { title } }
}

/** "[the] ops [group]", "[the group] ops", up to the end of the sentence. */
function groupNamed(s: Sentence, i: number): string | undefined {
  let from = i
  while (['the', 'my', 'our', 'group', 'team'].includes(at(s, from).text) && at(s, from + 1).kind === 'word') from++
  let to = from
  while (at(s, to).kind === 'word' || at(s, to).kind === 'number' || ['-', '_', '&'].includes(at(s, to).text)) to++
  const closes = at(s, to).kind === 'end' || ['?', '.', '!'].includes(at(s, to).text)
  if (!closes || to > from + 5) return undefined
  const last = at(s, to - 1).text === 'group' && to - 1 > from ? to - 1 : to
  return textOf(s, from, last)
}

// "add Eve to ops"   "remove <@U1> from ops"   "put Kim and Lee into ops"
function readChange(view: View): IntentReading | undefined {
  const { s, kept, opening, end, times } = view
  const { text } = at(s, opening)
  const adds = text === 'add' || text === 'put'
  if (!adds && text !== 'remove' && text !== 'take' && text !== 'kick') return undefined
  const people = readPeople(s, opening + 1, end, kept, findNoun(s, opening + 2, end, 'group') !== undefined)
  if (!people || times.phrase || times.repeat) return undefined
  const { text: lead } = at(s, people.to)
  if (adds ? lead !== 'to' && lead !== 'into' : lead !== 'from') return undefined
  const from = people.to + 1
  if (findListName(view, opening) || ['it', 'that', 'this'].includes(at(s, from).text)) return undefined
  const other = findNoun(s, from, end)
  if (other && other.noun !== 'group') return undefined
  // "to my running playlist", "to masters of sound": a group that nobody calls one has a short name.
  const said = other?.noun === 'group'
  if (!said && (['my', 'our', 'your'].includes(at(s, from).text) || at(s, from + 3).kind === 'word')) return undefined
  const title = groupNamed(s, from)
  if (title === undefined) return undefined
  const change = adds ? { addPeople: people.people } : { removePeople: people.people }
  return { intent: 'group.update', confidence: 0.75, titleFrom: from, given: { title, change } }
}

/** What `readGroups` begins with. */
export const groupsWord = oneOf(
  verb('create', 'list'),
  spelled(..."create make start form new add set who who's show list members the put remove take kick".split(' ')),
)
