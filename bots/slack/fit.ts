import { plain, type Span, type Text } from '#core/reply.ts'
import { limits } from './blocks.ts'
import { type Audience, mrkdwn } from './mrkdwn.ts'

/** The text in pieces that fit a section each, at most `room` characters in all; a cut shows as "…". */
export function packed(text: Text, room: number, audience: Audience): Text[] {
  const pieces: Span[][] = []
  let size = 0
  let left = room
  for (const span of text.flatMap(small)) {
    const length = mrkdwn([span], audience).length
    // One character is kept for the mark of the cut.
    if (length > left - 1) {
      if (pieces.length === 0) pieces.push([])
      pieces.at(-1)?.push('…')
      break
    }
    if (pieces.length === 0 || size + length > limits.sectionText - 1) {
      pieces.push([])
      size = 0
    }
    pieces.at(-1)?.push(span)
    size += length
    left -= length
  }
  return pieces.filter((piece) => plain(piece).trim() !== '')
}

/** At most this many characters a span, so that escaping cannot make one larger than a section. */
const spanLength = 250

function small(span: Span): Span[] {
  if (typeof span === 'string') return linked(span, slices)
  switch (span.kind) {
    case 'strong':
      return linked(span.text, (words) => slices(words).map((text) => ({ ...span, text })))
    case 'code':
      return slices(span.text).map((text) => ({ ...span, text }))
    case 'link':
      return span.url.length > longestAddress ? slices(span.text) : [{ ...span, text: cut(span.text.toWellFormed(), spanLength) }]
    case 'someone':
      return [{ ...span, name: cut(span.name.toWellFormed(), spanLength) }]
    case 'time':
    case 'day':
    case 'channel':
      return [span]
  }
}

// "see https://a.example/x?y=1." ends before the full stop.
const address = /(https?:\/\/[^\s<>"|]*[^\s<>"|.,;:!?()\]}'…])/

/** Slack makes no link of an address in words that are to stay as they are, so it is told which they are. */
function linked(text: string, words: (text: string) => readonly Span[]): Span[] {
  return text.split(address).flatMap((part, index) => {
    if (index % 2 === 0) return part === '' ? [] : words(part)
    return part.length > longestAddress ? words(part) : [{ kind: 'link', url: part, text: part } as const]
  })
}

/** Longer ones would take a third of a section. */
const longestAddress = 1_000

function slices(text: string): string[] {
  const clean = text.toWellFormed().replaceAll('\0', '')
  const parts: string[] = []
  for (let from = 0; from < clean.length; ) {
    let to = Math.min(from + spanLength, clean.length)
    if (isHighSurrogate(clean, to - 1)) to -= 1
    parts.push(clean.slice(from, to))
    from = to
  }
  return parts
}

/** The first `length` characters at most, with a visible cut. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const end = isHighSurrogate(text, length - 2) ? length - 2 : length - 1
  return `${text.slice(0, end)}…`
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xd800 && unit <= 0xdbff
}
