import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10'
import { type Block, type Field, type Item, plain, type Text } from '#core/reply.ts'
import { cut, markdown, tidy } from './text.ts'

/** What Discord takes: of one embed, and of all embeds of a message together. */
const limits = { description: 4_096, fields: 25, fieldName: 256, fieldValue: 1_024, footer: 2_048, embeds: 10, total: 6_000 }
/** Kept free for the note that something is missing. */
const noteRoom = 100
/** A value up to this long leaves room for another beside it. */
const inlineLength = 40
/** A line of a list is at most this long, so that one cannot take all the room. */
const longestLine = 400
/** What "… and 7 more" takes. */
const moreRoom = 24

/** A block on its way into an embed: how much it would like to have, and what it makes of what it gets. */
interface Part {
  readonly wants: number
  put(room: number): void
}

/** The words of a reply, in order; every block gets a fair share of the room, and what is missing is said. */
export function embedsOf(blocks: readonly Block[], { colour, note }: { readonly colour: number; readonly note?: string }): APIEmbed[] {
  const embeds: APIEmbed[] = [{ color: colour }]

  function last(): APIEmbed {
    return embeds.at(-1) ?? open()
  }

  function open(): APIEmbed {
    if (embeds.length < limits.embeds) embeds.push({ color: colour })
    return embeds.at(-1) ?? {}
  }

  /** Adds words under everything that is there. */
  function write(words: string): void {
    if (words.trim() === '') return
    const current = last()
    const before = current.description === undefined ? '' : `${current.description}\n`
    const isFull = current.fields !== undefined || current.footer !== undefined || before.length + words.length > limits.description
    if (isFull) open().description = cut(words, limits.description)
    else current.description = before + words
  }

  function writeSmall(text: Text, room: number): void {
    const current = last()
    const isWords = text.every((span) => typeof span === 'string')
    // A footer is small print by nature, but shows no times and no names.
    if (isWords && current.footer === undefined && (current.description !== undefined || current.fields !== undefined))
      current.footer = { text: cut(tidy(plain(text)), Math.min(room, limits.footer)) }
    else
      write(
        markdown(text, room - 3)
          .split('\n')
          .map((line) => `-# ${line}`)
          .join('\n'),
      )
  }

  function partOf(block: Block): Part | undefined {
    switch (block.kind) {
      case 'text':
        return { wants: markdown(block.text, limits.total).length, put: (room) => write(markdown(block.text, room)) }
      case 'aside':
        return { wants: markdown(block.text, limits.footer).length + 3, put: (room) => writeSmall(block.text, room) }
      case 'list':
        return { wants: listOf(block.items, limits.total).length, put: (room) => write(listOf(block.items, room)) }
      case 'fields':
        return {
          wants: sizeOf(fieldsOf(block.fields, limits.total)),
          put(room) {
            const fields = fieldsOf(block.fields, room)
            if (fields.length === 0) return
            const current = last()
            const isFull = current.footer !== undefined || (current.fields?.length ?? 0) + fields.length > limits.fields
            const target = isFull ? open() : current
            target.fields = [...(target.fields ?? []), ...fields].slice(0, limits.fields)
          },
        }
      case 'buttons':
      case 'menu':
        return undefined
    }
  }

  const parts = blocks.map(partOf).filter((part) => part !== undefined)
  const cap = fairCap(
    parts.map(({ wants }) => wants),
    limits.total - noteRoom - parts.length,
  )
  for (const part of parts) part.put(Math.min(part.wants, cap, limits.description))
  if (note !== undefined) write(`-# ${note}`)
  // An embed needs words; a zero-width space is none to people.
  return embeds.map((embed) => (embed.description || embed.fields || embed.footer ? embed : { ...embed, description: '\u200b' }))
}

/** The largest cap under which all that is wanted, each cut to it, fits into the budget. */
function fairCap(wants: readonly number[], budget: number): number {
  let left = budget
  let count = wants.length
  for (const want of wants.toSorted((a, b) => a - b)) {
    if (want * count > left) return Math.floor(left / count)
    left -= want
    count -= 1
  }
  return budget
}

/** "• first — the one", one a line, and "… and 7 more" when they do not all fit. */
function listOf(items: readonly Item[], room: number): string {
  const lines = items.map(({ text, detail }) => `• ${markdown(detail?.length ? [...text, ' — ', ...detail] : text, longestLine)}`)
  if (lines.join('\n').length <= room) return lines.join('\n')
  const kept = fitting(lines, ({ length }) => length + 1, room - moreRoom)
  return [...kept, `… and ${lines.length - kept.length} more`].join('\n')
}

function fieldsOf(fields: readonly Field[], room: number): APIEmbedField[] {
  const all = fields.map(({ label, value }): APIEmbedField => {
    const words = markdown(value, limits.fieldValue).trim() || '—'
    return { name: cut(tidy(label).trim(), limits.fieldName) || '\u200b', value: words, inline: words.length <= inlineLength }
  })
  if (all.length <= limits.fields && sizeOf(all) <= room) return all
  const kept = fitting(all, (field) => sizeOf([field]), room - moreRoom).slice(0, limits.fields - 1)
  return [...kept, { name: '\u200b', value: `… and ${all.length - kept.length} more` }]
}

/** As many from the start as fit into the room. */
function fitting<Thing>(things: readonly Thing[], sizeOf: (thing: Thing) => number, room: number): readonly Thing[] {
  let used = 0
  const end = things.findIndex((thing) => {
    used += sizeOf(thing)
    return used > room
  })
  return end === -1 ? things : things.slice(0, end)
}

function sizeOf(fields: readonly APIEmbedField[]): number {
  return fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
}
