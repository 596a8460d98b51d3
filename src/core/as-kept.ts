import type { Incoming, Pointed, Sentence } from './message.ts'
import type { Understanding } from './understanding.ts'

// "<@U024BE7LH>"   "<@!1234567890>"   "<#C024BE91L|ops>"
//    ↑ id                                ↑ id      ↑ label
const token = /<(?<sign>@!?|#)(?<id>\w+)(?:\|(?<label>[^<>]*))?>/g

// "this"   "about that"   "this message"
const pointing = /^(?:about )?(?:this|that|it)(?: (?:message|thread|post|one))?$/i

const created: ReadonlySet<Understanding['intent']> = new Set(['reminder.create', 'todo.create', 'note.create'])

/**
 * The words of a reading as they are kept: whom and what they mention by name, which reads the same on every
 * platform and pings nobody, and "this" as the message that it points at.
 */
export function asKept(read: Understanding, message: Incoming): Understanding {
  if (message.kind === 'press') return read
  const { about } = message
  const pointed = about && created.has(read.intent) && pointing.test(read.title ?? read.content ?? '') ? excerptOf(about) : undefined
  const said = pointed === undefined ? read : { ...read, title: pointed, content: null }
  return `${message.text}${about?.words ?? ''}`.includes('<') ? inNames(said, message) : said
}

/** As much of a message as tells people which one it was; the link leads to the rest. */
const longestExcerpt = 120

function excerptOf({ words, link }: Pointed): string {
  const line = words.replace(/\s+/g, ' ').trim()
  const excerpt = line.length > longestExcerpt ? `${line.slice(0, longestExcerpt).toWellFormed()}…` : line
  return `${excerpt || 'look at this'} ${link}`
}

/** The sentence with the names of those whom it mentions and the platform does not name. */
export async function withNames(message: Sentence, nameOf: (user: string) => Promise<string | undefined>): Promise<Sentence> {
  const { text, mentioned = [] } = message
  const ids = [...text.matchAll(token)].flatMap(({ groups }) => (groups?.sign === '#' ? [] : [groups?.id ?? '']))
  const strangers = [...new Set(ids)].filter((id) => !mentioned.some((one) => one.id === id)).slice(0, mostStrangers)
  if (strangers.length === 0) return message
  const found = await Promise.all(strangers.map(async (id) => ({ id, name: await nameOf(id) })))
  return { ...message, mentioned: [...mentioned, ...found.flatMap(({ id, name }) => (name === undefined ? [] : [{ id, name }]))] }
}

const mostStrangers = 20

type Worded = Partial<Pick<Understanding, 'title' | 'content' | 'location'>>

function inNames(read: Understanding, names: Naming): Understanding {
  const { changes, alternatives } = read
  return {
    ...read,
    ...wordsInNames(read, names),
    ...(changes && { changes: { ...changes, ...wordsInNames(changes, names) } }),
    alternatives: alternatives.map((other) => ({ ...other, ...wordsInNames(other, names) })),
  }
}

function wordsInNames<Words extends Worded>({ title, content, location }: Words, names: Naming): Partial<Words> {
  return {
    ...(title && { title: named(title, names) }),
    ...(content && { content: named(content, names) }),
    ...(location && { location: named(location, names) }),
  } as Partial<Words>
}

/** Who and what is called how. */
export type Naming = Pick<Sentence, 'mentioned' | 'channels'>

/** The words with names for what they mention; what nobody knows stays as it is. */
export function named(text: string, { mentioned = [], channels = [] }: Naming): string {
  return text.replace(token, (...match) => {
    const { sign, id, label } = match.at(-1) as { sign: string; id: string; label?: string }
    const known = (sign === '#' ? channels : mentioned).find((one) => one.id === id)?.name ?? label
    if (!known) return match[0]
    return sign === '#' ? `#${known}` : known
  })
}
