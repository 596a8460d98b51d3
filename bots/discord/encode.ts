import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord-api-types/v10'
import type { Pinged } from '#core/model.ts'
import { type Block, plain, type Reply, type Someone, type Text, type Tone } from '#core/reply.ts'
import { componentsOf } from './components.ts'
import { embedsOf } from './embeds.ts'
import { cut, isId, markdown } from './text.ts'

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
/** Leaves room for the people who are named before it. */
const announcedRoom = 1_700

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
  return dressed(reply, reply.blocks, '', { ping, url })
}

/**
 * The same for what people have not asked for just now: a phone announces the content of a message and nothing of its
 * embeds, so that is where the first words stand.
 */
export function encodeAnnounced(reply: Reply, { ping = [], url }: { readonly ping?: readonly Pinged[]; readonly url: string }): Encoded {
  const at = reply.blocks.findIndex(({ kind }) => kind === 'text')
  const first = reply.blocks[at]
  if (first?.kind !== 'text') return dressed(reply, reply.blocks, '', { ping, url })
  const others = reply.blocks.toSpliced(at, 1)
  const words =
    reply.tone === 'ring'
      ? markdown(['⏰ ', ...first.text, ...glanceOf(first.text, others)], announcedRoom)
      : markdown(first.text, announcedRoom)
  const worded = others.some(({ kind }) => kind !== 'buttons' && kind !== 'menu')
  // The embed carries the mark, and one without words is not kept.
  const small: Block = { kind: 'aside', text: [reply.tone === 'ring' ? 'Reminder' : 'DuckTape'] }
  return dressed(reply, worded ? others : [small, ...others], words, { ping, url })
}

/** "tea, milk": what a list is about, as far as a phone shows it. */
function glanceOf(heading: Text, blocks: readonly Block[]): Text {
  const list = blocks.find((block) => block.kind === 'list')
  const names = (list?.items ?? []).slice(0, 5).map(({ text }) => cut(plain(text).replace(/^\d+\. /, ''), 60))
  return names.length === 0
    ? []
    : [`${/:$/.test(plain(heading)) ? '' : ':'} ${names.join(', ')}${(list?.items.length ?? 0) > names.length ? ', …' : ''}`]
}

function dressed(
  reply: Reply,
  worded: readonly Block[],
  announced: string,
  { ping, url }: { readonly ping: readonly Pinged[]; readonly url: string | undefined },
): Encoded {
  const { rows, left } = componentsOf(worded)
  const embeds = embedsOf(worded, { colour: colours[reply.tone], ...(left > 0 && { note: `… and ${left} more to choose from` }) })
  const [first, ...rest] = embeds
  const named = [...ping.map(({ user }) => user), ...reply.blocks.flatMap(peopleIn).map(({ user }) => user)]
  const { content, users } = mentions(
    named.filter((user) => !announced.includes(`<@${user}>`)),
    contentRoom - announced.length,
  )
  const shown = [...new Set(named.filter((user) => isId(user) && announced.includes(`<@${user}>`)))].slice(0, mostPinged - users.length)
  return {
    content: [content, announced].filter((part) => part !== '').join(' '),
    embeds: first && url !== undefined ? [{ ...first, url }, ...rest] : embeds,
    components: rows,
    allowed_mentions: { parse: [], users: [...users, ...shown], replied_user: false },
  }
}

function mentions(named: readonly string[], room: number): { readonly content: string; readonly users: string[] } {
  const all = [...new Set(named.filter(isId))]
  const users: string[] = []
  let content = ''
  for (const user of all.slice(0, mostPinged)) {
    const longer = `${content}${content === '' ? '' : ' '}<@${user}>`
    // Room for "… and N more" stays free.
    if (longer.length > room - 20) break
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
