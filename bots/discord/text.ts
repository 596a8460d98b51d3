import { type Span, spell, spellDay, type Text, type Time } from '#core/reply.ts'

/** The characters that Discord reads as markup wherever they stand. */
const markup = /[\\*_~`|[\]<]/g
// "- item"  "> quote"  "# title"  "-# small"  "3. item"
const lineStart = /^(?<space>[^\S\n]*)(?<sign>[-+#>]|\d+(?=\.))/gm
// Ends before whatever could be markup: "https://x/[false words](https://elsewhere)" is no link of ours.
const address = /https?:\/\/[^\s<>[\]*|\\`]+/g

/** Words as they are, whatever Discord would make of them; web addresses stay usable. */
export function literal(words: string): string {
  const clean = tidy(words)
  let escaped = ''
  let from = 0
  for (const found of clean.matchAll(address)) {
    escaped += escapeWords(clean.slice(from, found.index)) + found[0]
    from = found.index + found[0].length
  }
  return escaped + escapeWords(clean.slice(from))
}

function escapeWords(words: string): string {
  return words
    .replace(markup, '\\$&')
    .replace(lineStart, (_, space: string, sign: string) => (/\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`))
}

/** Without what no message may hold: control characters and halves of surrogate pairs. */
export function tidy(words: string): string {
  return words.toWellFormed().replace(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
}

/** At most `room` characters, the last of them `…` when something is missing. */
export function cut(words: string, room: number): string {
  if (words.length <= room) return words
  return room < 1 ? '' : `${words.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Discord markup of at most `room` characters; never cut inside a mention or a time. */
export function markdown(text: Text, room: number): string {
  let shown = ''
  for (const span of text) {
    const piece = markdownOf(span)
    if (shown.length + piece.length <= room) {
      shown += piece
      continue
    }
    const left = room - shown.length
    return `${shown}${typeof span === 'string' ? cutEscaped(span, left - 1) : ''}…`.slice(0, room)
  }
  return shown
}

/** The longest start of the words that fits once it is escaped. */
function cutEscaped(words: string, room: number): string {
  let length = Math.max(0, room)
  for (;;) {
    const piece = literal(words.slice(0, length).replace(/[\uD800-\uDBFF]$/, ''))
    if (piece.length <= room || length === 0) return piece.slice(0, Math.max(0, room))
    // A character may have become two; cutting half of what is too much never cuts too far.
    length -= Math.ceil((piece.length - room) / 2)
  }
}

function markdownOf(span: Span): string {
  if (typeof span === 'string') return literal(span)
  switch (span.kind) {
    case 'strong':
      return span.text.trim() === '' ? '' : `**${literal(span.text.trim())}**`
    case 'code':
      return codeOf(span.text)
    case 'time':
      return timeOf(span)
    case 'day':
      return spellDay(span.date)
    case 'someone':
      return isId(span.user) ? `<@${span.user}>` : literal(span.name)
    case 'channel':
      return isId(span.channel) ? `<#${span.channel}>` : literal(`#${span.channel}`)
    case 'link':
      return linkOf(span.url, span.text)
  }
}

function codeOf(words: string): string {
  const clean = tidy(words)
  // Two backticks around, so that single ones may stand inside; a pair inside is parted by a zero-width space.
  return clean.trim() === '' ? '' : `\`\` ${clean.replaceAll('``', '`\u200b`')} \`\``
}

const styles = { full: 'F', date: 'D', time: 't', relative: 'R' } as const

/** `<t:…>` is shown in the reader's own zone; the zone it was meant in is named behind it when asked. */
function timeOf(time: Time): string {
  const seconds = Math.floor(Temporal.Instant.from(time.at).epochMilliseconds / 1_000)
  const local = `<t:${seconds}:${styles[time.show]}>`
  return time.named ? `${local} (${literal(spell(time))})` : local
}

function linkOf(address: string, words: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol) || words.trim() === '') return literal(words)
  return `[${literal(words)}](<${url.href}>)`
}

export function isId(text: string): boolean {
  return /^\d{1,20}$/.test(text)
}
