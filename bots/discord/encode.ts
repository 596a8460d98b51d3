import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord-api-types/v10'
import type { Pinged } from '#core/model.ts'
import type { Block, Reply, Someone, Text, Tone } from '#core/reply.ts'
import { componentsOf } from './components.ts'
import { embedsOf } from './embeds.ts'
import { isId } from './text.ts'

/** The body of a message, whichever way it is sent. Every part is named, so that an edit leaves nothing of before. */
export interface Encoded {
  readonly content: string
  readonly embeds: APIEmbed[]
  readonly components: APIActionRowComponent<APIComponentInMessageActionRow>[]
  readonly allowed_mentions: { readonly parse: []; readonly users: string[]; readonly replied_user: false }
}

const colours: Record<Tone, number> = {
  done: 0x2f9e64,
  ask: 0x3b82f6,
  tell: 0x64748b,
  problem: 0xd97706,
  ring: 0xfacc15,
}

/** Discord takes at most 2000 characters of content, and at most 100 people in `allowed_mentions`. */
const contentRoom = 2_000
const mostPinged = 100

/**
 * A reply as an embed with components under it.
 *
 * Mentions inside an embed notify nobody, so those who are meant to notice stand in `content`, and
 * `allowed_mentions` names them and no others.
 *
 * `url` marks the first embed: Discord shows it in history and, since the embed has no title, people
 * do not see it.
 */
export function encode(reply: Reply, { ping = [], url }: { readonly ping?: readonly Pinged[]; readonly url?: string } = {}): Encoded {
  const { rows, left } = componentsOf(reply.blocks)
  const embeds = embedsOf(reply.blocks, { colour: colours[reply.tone], ...(left > 0 && { note: `… and ${left} more to choose from` }) })
  const [first, ...rest] = embeds
  const { content, users } = mentions([...ping.map(({ user }) => user), ...reply.blocks.flatMap(peopleIn).map(({ user }) => user)])
  return {
    content,
    embeds: first && url !== undefined ? [{ ...first, url }, ...rest] : embeds,
    components: rows,
    allowed_mentions: { parse: [], users, replied_user: false },
  }
}

function mentions(named: readonly string[]): { readonly content: string; readonly users: string[] } {
  const all = [...new Set(named.filter(isId))]
  const users: string[] = []
  let content = ''
  for (const user of all.slice(0, mostPinged)) {
    const longer = `${content}${content === '' ? '' : ' '}<@${user}>`
    // Room for "… and N more" stays free.
    if (longer.length > contentRoom - 20) break
    content = longer
    users.push(user)
  }
  const left = all.length - users.length
  return { content: left > 0 ? `${content} … and ${left} more` : content, users }
}

function peopleIn(block: Block): readonly Someone[] {
  switch (block.kind) {
    case 'text':
    case 'aside':
      return someoneIn(block.text)
    case 'fields':
      return block.fields.flatMap(({ value }) => someoneIn(value))
    case 'list':
      return block.items.flatMap(({ text, detail }) => [...someoneIn(text), ...someoneIn(detail ?? [])])
    case 'buttons':
    case 'menu':
      return []
  }
}

/** Those who are to notice; who is only named shows in the embed, where a mention notifies nobody. */
function someoneIn(text: Text): readonly Someone[] {
  return text.filter((span): span is Someone => typeof span !== 'string' && span.kind === 'someone' && !span.quiet)
}
