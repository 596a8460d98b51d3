import type { Command, Context, Outcome } from '#core/command.ts'
import { nameKey } from '#core/name-key.ts'
import { say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, short } from '../answer.ts'
import { holdersOf, longestName } from '../holder.ts'
import { keep } from '../question.ts'

// "add butter to [groceries]"   "what's on [groceries]"   "take milk off my [groceries]"   "clear [groceries]"
const last =
  /^(?:.*\b(?:to|onto|on|in|into|from|off)\s+|\W*(?:show|open|read|clear|empty)\s+)(?:(?:the|my|our)\s+)?(?<name>[\p{L}\p{N}][^,;:]{0,60}?)\s*[.!?]*$/iu
// "move butter [from groceries] to hardware"
const source = /(?<=\bfrom\s+(?:(?:the|my|our)\s+)?)(?<name>[\p{L}\p{N}][^,;:]{0,60}?)(?=\s+to\s)/iu
const adding = /^\W*(?:please\s+)?(?:add|put)\s/i
/** A name of more words is rather something that was said. */
const mostWords = 3

/** Lists are called what people like: of "add butter to groceries" only whoever has such a list knows that it is one. */
export async function asListed({ intent }: Understanding, everyday: readonly Command[], context: Context): Promise<Outcome | undefined> {
  const { message } = context
  if (message.kind !== 'sentence' || !message.addressed) return undefined
  const text = message.text.trimEnd()
  const { name } = last.exec(text)?.groups ?? {}
  if (name === undefined || name.length > longestName) return undefined
  const lists = new Set((await holdersOf('list', context)).map(({ one }) => one.key))
  const known = lists.has(nameKey(name))
  // What was understood, and refused, is no list.
  if (!known && !(intent === 'none' && adding.test(text) && name.split(/\s+/).length <= mostWords)) return undefined
  const read = context.understand(`${ofKnown(text, lists)} list`)
  const command = everyday.find(({ intents }) => intents.includes(read.intent))
  if (!command || !read.intent.startsWith('todo.') || read.list === null) return undefined
  return known ? { ...(await command.understood(read, context)), intent: read.intent } : shallIMake(read, read.list, context)
}

/** The sentence without its last marks, and with the list called one that something is taken from. */
function ofKnown(text: string, lists: ReadonlySet<string>): string {
  return text.replace(/[.!?\s]+$/, '').replace(source, (name) => (lists.has(nameKey(name)) ? `${name} list` : name))
}

async function shallIMake(read: Understanding, list: string, context: Context): Promise<Outcome | undefined> {
  if (read.intent !== 'todo.create' || read.title === null || read.when) return undefined
  const id = await keep({ ...read, alternatives: [{ list: null }] }, read.title, context)
  const button = (label: string, reading: number) => ({ label, token: context.token('answer', id, `reading${reading}`) })
  return ask(context, say`You have no list ${strong(short(list))}. Shall I make it?`, [
    button(`Make ${short(list, 40)}`, 0),
    button('Put it on my list', 1),
  ])
}
