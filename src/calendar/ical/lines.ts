import { bounds } from './bounds.ts'
import type { Remarks } from './remarks.ts'

export interface Line {
  /** Where it begins in the file; the first line is 1. */
  readonly number: number
  readonly text: string
}

const byteOrderMark = /^(?:\xef\xbb\xbf)+/
const beyondAscii = /[\x80-\xff]/
const utf8 = new TextDecoder('utf-8', { fatal: true })
const western = new TextDecoder('windows-1252')

/**
 * The content lines of a file, unfolded.
 *
 * Works on bytes, one character each, until a line is whole: writers fold in the middle of a letter. A line that is
 * no UTF-8 is read as Windows' Western letters, since that is what old programs write.
 */
export function* contentLines(bytes: Uint8Array, remarks: Remarks): Generator<Line> {
  const raw = rawText(bytes)
  let folded: string[] = []
  let length = 0
  let beginning = 1
  let number = 0

  function whole(): Line | undefined {
    const text = folded.length === 1 ? (folded[0] ?? '') : folded.join('')
    folded = []
    if (length > bounds.lineBytes) {
      remarks.skipped(beginning, `${nameOf(text)} is longer than ${bounds.lineBytes / 1024} KB.`)
      return undefined
    }
    return text.trim() === '' ? undefined : { number: beginning, text: decoded(text) }
  }

  for (const each of rawLines(raw)) {
    number += 1
    if (folded.length > 0 && (each.startsWith(' ') || each.startsWith('\t'))) {
      length += each.length - 1
      // What is too long is only counted, so that it costs no memory.
      if (length <= bounds.lineBytes) folded.push(each.slice(1))
      continue
    }
    const line = folded.length > 0 ? whole() : undefined
    if (line) yield line
    folded = [each]
    length = each.length
    beginning = number
  }
  const last = folded.length > 0 ? whole() : undefined
  if (last) yield last
}

/** Every byte as one character; UTF-16, which some programs export, as UTF-8 first. */
function rawText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [first, second] = buffer
  if (first === 0xff && second === 0xfe) return Buffer.from(new TextDecoder('utf-16le').decode(buffer)).toString('latin1')
  if (first === 0xfe && second === 0xff) return Buffer.from(new TextDecoder('utf-16be').decode(buffer)).toString('latin1')
  return buffer.toString('latin1').replace(byteOrderMark, '')
}

/** Lines end as RFC 5545 says, as Unix says, or as old Macs did. */
function* rawLines(raw: string): Generator<string> {
  const end = /\r\n|\n|\r/g
  let from = 0
  for (let found = end.exec(raw); found; found = end.exec(raw)) {
    yield raw.slice(from, found.index)
    from = end.lastIndex
  }
  if (from < raw.length) yield raw.slice(from)
}

function decoded(text: string): string {
  if (!beyondAscii.test(text)) return text
  const bytes = Buffer.from(text, 'latin1')
  try {
    return utf8.decode(bytes)
  } catch {
    return western.decode(bytes)
  }
}

function nameOf(text: string): string {
  return /^[A-Za-z0-9-]{1,40}/.exec(text)?.[0].toUpperCase() ?? 'A line'
}
