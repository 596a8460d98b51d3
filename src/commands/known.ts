import type { Command, Context, Outcome } from '#core/command.ts'
import type { Understanding } from '#core/understanding.ts'
import { agendaIn, scopeIn } from './agenda.ts'
import { isAlike } from './alike.ts'
import { answerFromNotes, find } from './note/show.ts'
import { asOtherKind } from './other-kind.ts'
import { perhaps } from './perhaps.ts'
import { talk } from './talk.ts'
import { asListed } from './todo/listed.ts'
import { asTold } from './todo/told.ts'

/** What stands for the name of an event while a sentence is read again: a noun that all readers know. */
const standIn = 'standup'

/** How far back and ahead names are looked for, in days. */
const [back, ahead] = [31, 92]
const mostInvitations = 50
/** As many names of one sentence as are tried. */
const mostNames = 3

/**
 * The commands, for sentences about things that no dictionary knows: of "make Gloomhaven 3 hours" only whoever plays it
 * knows that it is an event. What cannot be done as it was read is read again with the names of what is planned; what
 * is no request at all, and has a time, is asked about; what is looked for, is looked for; and what is asked may be noted.
 */
export function knowing(everyday: readonly Command[]): readonly Command[] {
  return everyday.map((command) => ({
    ...command,
    async understood(understanding, context) {
      const outcome = await command.understood(understanding, context)
      if (!isLost(understanding, outcome) || isLong(context)) return outcome
      return (
        (await byName(everyday, context)) ??
        (await asListed(understanding, everyday, context)) ??
        (await asOtherKind(understanding, everyday, context)) ??
        (await asTold(understanding, context)) ??
        (await noted(understanding, context)) ??
        (await perhaps(understanding, context)) ??
        (await looked(understanding, everyday, context)) ??
        talk(understanding, context) ??
        outcome
      )
    },
  }))
}

/** Longer than this nobody asks for one thing; what was pasted is not looked through for all the ways to ask. */
const longestAsked = 1_000

function isLong({ message }: Context): boolean {
  return message.kind === 'sentence' && message.text.length > longestAsked
}

/** Nothing was done, and it is not sure that this was asked for. */
function isLost({ confidence, intent }: Understanding, { reply, changes = [] }: Outcome): boolean {
  return reply.tone === 'problem' && changes.length === 0 && (intent === 'none' || confidence < 0.95)
}

/** "what was the door code": what nothing else answers may be among the notes. */
async function noted({ intent }: Understanding, context: Context): Promise<Outcome | undefined> {
  const { message } = context
  if (message.kind !== 'sentence' || !message.addressed || intent.endsWith('.create')) return undefined
  const which = opens.exec(message.text)?.groups?.which
  const asked = which !== undefined && context.shown?.kind === 'note' ? context.understand(`open note ${which}`) : undefined
  if (asked?.intent === 'note.find' && asked.reference) return { ...(await find(asked, context)), intent: 'note.find' }
  return isQuestion.test(message.text) ? answerFromNotes(message.text, context) : undefined
}

/** "open 2": of the notes that were listed last. */
const opens = /^\W*(?:open|show|read|view)(?: me)? (?<which>(?:the |number )?\w+(?: one)?)\W*$/i
const isQuestion = /^\W*(?:and |so )?(?:what|which|where|who|whose|when|how)\b|\?\s*$/i

async function byName(everyday: readonly Command[], context: Context): Promise<Outcome | undefined> {
  const { message } = context
  if (message.kind !== 'sentence' || !message.addressed) return undefined
  for (const name of namesIn(message.text, await titles(context))) {
    const again = withName(message.text, name, context)
    const command = everyday.find(({ intents }) => intents.includes(again.intent))
    if (!command || again.intent === 'none' || again.intent.endsWith('.create')) continue
    const outcome = await command.understood(again, context)
    if (outcome.reply.tone !== 'problem') return { ...outcome, intent: again.intent }
  }
  return undefined
}

// "find glassblowing": not among what is planned these months, but perhaps of a year ago, or spelled otherwise.
async function looked({ intent }: Understanding, everyday: readonly Command[], context: Context): Promise<Outcome | undefined> {
  const { message } = context
  if (intent !== 'none' || message.kind !== 'sentence' || !message.addressed) return undefined
  const title = /^\W*(?:find|search(?: for)?|locate|look (?:for|up)) +(?:(?:the|my|our) +)?(?<title>\S+(?: +\S+){0,3})\s*$/i.exec(
    message.text,
  )?.groups?.title
  const command = everyday.find(({ intents }) => intents.includes('event.find'))
  if (title === undefined || !command) return undefined
  const outcome = await command.understood({ ...context.understand(`find the ${standIn}`), title }, context)
  return { ...outcome, intent: 'event.find' }
}

async function titles(context: Context): Promise<readonly string[]> {
  const window = { from: context.now.subtract({ hours: 24 * back }), to: context.now.add({ hours: 24 * ahead }) }
  const all = await Promise.all(
    [context, ...(await context.elsewhere())].map(async (where) => {
      const { store, space, person } = where
      const [{ occurrences }, invited] = await Promise.all([
        agendaIn(store, await scopeIn(where, { hidden: true }), window),
        // What they declined is not among their plans.
        store.attendees.invitedTo(space.id, person.id, window.from, mostInvitations),
      ])
      return [...occurrences, ...(await store.events.several(space.id, invited))].map(({ title }) => title)
    }),
  )
  return [...new Set(all.flat())]
}

function withName(text: string, { from, to }: Stretch, { understand }: Context): Understanding {
  const said = text.slice(from, to)
  const read = understand(`${text.slice(0, from)}${standIn}${text.slice(to)}`)
  const title = read.title?.replace(standIn, said) ?? (read.reference ? null : said)
  return { ...read, title }
}

interface Stretch {
  readonly from: number
  readonly to: number
}

interface Word extends Stretch {
  readonly word: string
}

/** Where a sentence says what these are called, the longest first: "chess club" of "yes to chess club" for "chess club with Bob". */
function namesIn(text: string, titles: readonly string[]): readonly Stretch[] {
  const said = wordsOf(text)
  const found = titles.flatMap((title) => longest(said, wordsOf(title)) ?? [])
  const ranked = found.toSorted((a, b) => b.to - b.from - (a.to - a.from))
  return [...new Map(ranked.map((one) => [`${one.from} ${one.to}`, one])).values()].slice(0, mostNames)
}

function longest(said: readonly Word[], title: readonly Word[]): Stretch | undefined {
  let best: Stretch | undefined
  for (let i = 0; i < said.length; i++) {
    for (let j = 0; j < title.length; j++) {
      let length = 0
      while (isAlike(said[i + length]?.word, title[j + length]?.word)) length++
      const [first, last] = [said[i], said[i + length - 1]]
      if (!first || !last || length === 0 || !said.slice(i, i + length).some(({ word }) => tells(word))) continue
      if (!best || last.to - first.from > best.to - best.from) best = { from: first.from, to: last.to }
    }
  }
  return best
}

/** Words that are in many a title and name none. */
const common = new Set(['the', 'and', 'for', 'with', 'from', 'about', 'our', 'your', 'his', 'her', 'their', 'new', 'next', 'all', 'day'])

function tells(word: string): boolean {
  return word.length > 2 && !common.has(word)
}

/** Titles and sentences are short; more words than these are not looked at. */
const mostWords = 60

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}:'’-]*/gu)].slice(0, mostWords).map(({ 0: word, index }) => ({
    word: word.toLocaleLowerCase('en').normalize('NFKC'),
    from: index,
    to: index + word.length,
  }))
}
