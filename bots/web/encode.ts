import type { Block, Reply, Span, Text } from '#core/reply.ts'

/** What one message of the page shows before it says how much more there is. */
const limits = { text: 20_000, items: 200, buttons: 25, options: 100 } as const

/** NUL and lone surrogates cannot be kept in Postgres; other control characters show as nothing anywhere. */
const unprintable = /[^\P{Cc}\t\n\r]/gu

/** The same words without what cannot be shown or kept. */
export function printable(text: string): string {
  return text.toWellFormed().replace(unprintable, '')
}

// "subscribe to https://example.org/[private-4711/basic.ics]"
//                        ↑ host       ↑ what may be a secret
const calendarAddress = /(?<host>(?:https?|webcals?):\/\/[^\s/?#<>]+)[/?#][^\s<>]+/gi
const exchanging = /\b(?:subscribe|unsubscribe|following|follow|import|load|pull|bring)\b/i

/** Whoever knows the address of a private calendar reads it, so that it is not kept with what was said. */
export function withoutSecrets(text: string): string {
  return exchanging.test(text) ? text.replace(calendarAddress, '$<host>/…') : text
}

/** A reply as the transcript keeps it and the page shows it: the same JSON, printable and of a bounded length. */
export function encode(reply: Reply): Reply {
  return clean({ ...reply, blocks: reply.blocks.flatMap(fit) })
}

function fit(block: Block): Block[] {
  switch (block.kind) {
    case 'text':
    case 'aside':
      return [{ ...block, text: shorten(block.text) }]
    case 'fields':
      return [block]
    case 'list':
      return block.items.length <= limits.items
        ? [block]
        : [
            { ...block, items: block.items.slice(0, limits.items) },
            { kind: 'aside', text: [`and ${block.items.length - limits.items} more`] },
          ]
    case 'buttons':
      return [{ ...block, buttons: block.buttons.slice(0, limits.buttons) }]
    case 'menu':
      return [{ ...block, options: block.options.slice(0, limits.options) }]
  }
}

function shorten(text: Text): Text {
  const shown: Span[] = []
  let room: number = limits.text
  for (const span of text) {
    if (room <= 0) break
    const words = typeof span === 'string' && span.length > room ? `${span.slice(0, room)}…` : span
    shown.push(words)
    room -= typeof words === 'string' ? words.length : 0
  }
  return shown
}

function clean<Value>(value: Value): Value {
  if (typeof value === 'string') return printable(value) as Value
  if (Array.isArray(value)) return value.map(clean) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner)])) as Value
}
