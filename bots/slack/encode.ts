import { absolute, type Block, type Channel, type Item, plain, type Reply, type Span, type Text, type Tone } from '#core/reply.ts'
import { limits, type MessageBlock } from './blocks.ts'
import { controls, menu } from './controls.ts'
import { cut, packed } from './fit.ts'
import { type Audience, looksFormatted, mrkdwn, richText } from './mrkdwn.ts'

/** A message as `chat.postMessage` and a `response_url` take it. */
export interface Encoded {
  /** What a notification and a screen reader say. */
  readonly text: string
  readonly blocks: MessageBlock[]
}

/** Most people read on after one glance at the sign; an answer without news needs none. */
const signs: Readonly<Record<Tone, string>> = {
  done: ':white_check_mark: ',
  problem: ':warning: ',
  ring: ':alarm_clock: ',
  ask: '',
  tell: '',
}

/** How much there may be of it: blocks, and characters in all of them. */
export interface Room {
  readonly blocks: number
  readonly text: number
}

const messageRoom: Room = { blocks: limits.blocks, text: limits.messageText }

/** A reply in Block Kit, within its room; what had to go is counted in sight. Pure. */
export function encode(reply: Reply, audience: Audience, room: Room = messageRoom): Encoded {
  const budget = { left: room.text }
  const blocks = reply.blocks.flatMap((block) => dress(block, budget, audience))
  const shown = signed(blocks.length > 0 ? blocks : [context('Nothing to show.')], signs[reply.tone])
  return { text: notification(reply), blocks: withinLimit(shown, room.blocks) }
}

const longestNotification = 500

/** What notifications say: names instead of mentions, so that they ping nobody, and times as words. */
function notification(reply: Reply): string {
  let left = longestNotification
  const lines: string[] = []
  for (const text of reply.blocks.flatMap(spoken)) {
    if (left <= 0) break
    const said = text.map((span) => (isChannel(span) ? span : cut(plain([span]).toWellFormed(), Math.max(left, 1))))
    const line = mrkdwn(said, { pings: new Set(), alone: false })
    left -= line.length + 1
    lines.push(line)
  }
  return lines.join('\n').trim() || 'DuckTape'
}

function isChannel(span: Span): span is Channel {
  return typeof span === 'object' && span.kind === 'channel'
}

function spoken(block: Block): Text[] {
  switch (block.kind) {
    case 'text':
    case 'aside':
      return [absolute(block.text)]
    case 'fields':
      return block.fields.map(({ label, value }) => [`${label}: `, ...absolute(value)])
    case 'list':
      return block.items.slice(0, 5).map(({ text }) => absolute(text))
    case 'buttons':
    case 'menu':
      return []
  }
}

interface Budget {
  left: number
}

function dress(block: Block, budget: Budget, audience: Audience): MessageBlock[] {
  switch (block.kind) {
    case 'text':
      return paragraphs(block.text, budget, audience)
    case 'aside':
      return asides(block.text, budget, audience)
    case 'fields':
      return fields(block.fields, budget, audience)
    case 'list':
      return list(block.items, budget, audience)
    case 'buttons':
      return controls(block.buttons)
    case 'menu':
      return menu(block.placeholder, block.options)
  }
}

function paragraphs(text: Text, budget: Budget, audience: Audience): MessageBlock[] {
  const pieces = packed(text, Math.min(budget.left, 2 * limits.sectionText), audience)
  return pieces.map((piece) => section(piece, budget, audience))
}

function section(text: Text, budget: Budget, audience: Audience): MessageBlock {
  const written = mrkdwn(text, audience)
  budget.left -= written.length
  // Slack would eat the stars and underscores that somebody wrote; rich text shows them as they are.
  if (looksFormatted(text)) {
    return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: richText(text, audience) }] }
  }
  return { type: 'section', text: { type: 'mrkdwn', text: written, verbatim: true } }
}

function asides(text: Text, budget: Budget, audience: Audience): MessageBlock[] {
  const [first] = packed(text, Math.min(budget.left, 1_000), audience)
  if (!first) return []
  const written = looksFormatted(first) ? undefined : mrkdwn(first, audience)
  const words = written ?? cut(plain(first), limits.contextText)
  budget.left -= words.length
  if (written !== undefined) return [{ type: 'context', elements: [{ type: 'mrkdwn', text: written, verbatim: true }] }]
  return [{ type: 'context', elements: [{ type: 'plain_text', text: words, emoji: false }] }]
}

function context(words: string): MessageBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: words, emoji: false }] }
}

function fields(all: readonly { readonly label: string; readonly value: Text }[], budget: Budget, audience: Audience): MessageBlock[] {
  const shown = all.slice(0, 3 * limits.fieldsInSection)
  const sections: MessageBlock[] = []
  for (let from = 0; from < shown.length && budget.left > 0; from += limits.fieldsInSection) {
    const dressed = shown.slice(from, from + limits.fieldsInSection).map(({ label, value }) => field(label, value, budget, audience))
    sections.push({ type: 'section', fields: dressed })
  }
  const hidden = all.length - sections.length * limits.fieldsInSection
  return hidden > 0 ? [...sections, context(`… and ${hidden} more`)] : sections
}

function field(label: string, value: Text, budget: Budget, audience: Audience) {
  const [first = ['–']] = packed(value, Math.max(100, Math.min(budget.left, 1_000)), audience)
  const spans: Text = [{ kind: 'strong', text: cut(label.toWellFormed(), 100) }, '\n', ...first]
  budget.left -= mrkdwn(spans, audience).length
  if (looksFormatted(spans)) return { type: 'plain_text' as const, text: cut(plain(spans), limits.fieldText), emoji: false }
  return { type: 'mrkdwn' as const, text: mrkdwn(spans, audience), verbatim: true }
}

/** Items as lines under each other, a section per 3,000 characters. */
function list(items: readonly Item[], budget: Budget, audience: Audience): MessageBlock[] {
  const room = Math.min(budget.left, 2 * limits.sectionText)
  const pages: Span[][] = []
  let taken = 0
  let pageSize = 0
  let shown = 0
  for (const item of items) {
    const line = lineOf(item, audience)
    const size = mrkdwn(line, audience).length + 1
    if (taken + size > room) break
    if (pages.length === 0 || pageSize + size > limits.sectionText) {
      pages.push([])
      pageSize = 0
    }
    pages.at(-1)?.push(...(pageSize > 0 ? ['\n'] : []), ...line)
    pageSize += size
    taken += size
    shown += 1
  }
  const sections = pages.map((page) => section(page, budget, audience))
  return shown < items.length ? [...sections, context(`… and ${items.length - shown} more`)] : sections
}

function lineOf({ text, detail }: Item, audience: Audience): Text {
  const [first = ['–']] = packed(text, 700, audience)
  const [more] = detail ? packed(detail, 700, audience) : []
  return more ? ['•  ', ...first, '  –  ', ...more] : ['•  ', ...first]
}

/** The sign goes before the first words, in whatever kind of block they are. */
function signed(blocks: MessageBlock[], sign: string): MessageBlock[] {
  const [first, ...rest] = blocks
  if (sign === '' || !first) return blocks
  if (first.type === 'section' && first.text?.type === 'mrkdwn' && first.text.text.length + sign.length <= limits.sectionText) {
    return [{ ...first, text: { ...first.text, text: `${sign}${first.text.text}` } }, ...rest]
  }
  const [line] = first.type === 'rich_text' ? first.elements : []
  if (first.type === 'rich_text' && line?.type === 'rich_text_section') {
    const emoji = { type: 'emoji' as const, name: sign.trim().replaceAll(':', '') }
    return [{ ...first, elements: [{ ...line, elements: [emoji, { type: 'text', text: ' ' }, ...line.elements] }] }, ...rest]
  }
  return blocks
}

/** What somebody can press matters more than the words that fill a message. */
function withinLimit(blocks: MessageBlock[], most: number): MessageBlock[] {
  if (blocks.length <= most) return blocks
  const pressable = blocks.filter(({ type }) => type === 'actions').slice(0, 10)
  const kept = new Set(pressable)
  for (const block of blocks) {
    if (kept.size >= most - 1) break
    if (block.type !== 'actions') kept.add(block)
  }
  return [...blocks.filter((block) => kept.has(block)), context(`… and ${blocks.length - kept.size} more`)]
}
