import { holds, type Sentence, seal, type Token } from '../text/tokens.ts'
import { telling } from '../text/words.ts'

/** Words that are to be left as they are, by token numbers, end exclusive. */
export interface Protected {
  readonly kind: 'quoted' | 'person' | 'channel' | 'email' | 'link' | 'id'
  readonly from: number
  readonly to: number
  /** What stands inside: the quoted words, the mention, the address, the id. */
  readonly text: string
}

/** What a sentence protects, by the token it begins at. */
export type Kept = ReadonlyMap<number, Protected>

/** Closing mark of each opening one. */
const quotes: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»', '„': '“' }

/**
 * Finds quoted words, mentions, e-mail addresses, links and ids, and seals them against every other reader.
 *
 *     remind <@U12> to read "Lunch at noon" and write jo@example.org
 *            ↑ person       ↑ quoted                  ↑ email
 */
export function protect(s: Sentence): Kept {
  const { text, tokens } = s
  if (!holds(s, schemes) && !tokens.some(opens)) return nothingKept
  const found = new Map<number, Protected>()
  let end = 0
  const keep = (entry: Protected) => {
    seal(s, entry.from, entry.to)
    found.set(entry.from, entry)
    end = entry.to
  }
  const closers = lastOf(tokens)
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token === undefined || token.kind !== 'mark') {
      if (token?.kind === 'word' && isScheme(tokens, i)) {
        const to = untilBlank(tokens, i)
        keep({ kind: 'link', from: i, to, text: text.slice(token.start, tokens[to - 1]?.end) })
        i = to - 1
      }
      continue
    }
    const entry = mentionAt(text, tokens, i) ?? quotedAt(text, tokens, i, closers) ?? emailAt(text, tokens, i, end) ?? idAt(text, tokens, i)
    if (!entry) continue
    keep(entry)
    i = entry.to - 1
  }
  return found
}

const nothingKept: Kept = new Map()
const openingMarks = new Set([...Object.keys(quotes), '<', '@', '#'])
const schemes = telling('http', 'https', 'www')

/** Most sentences hold nothing to protect. */
function opens({ kind, text }: Token): boolean {
  return kind === 'mark' && openingMarks.has(text)
}

/** Where each kind of mark stands last, so that an opening one without its partner costs nothing. */
function lastOf(tokens: readonly Token[]): Map<string, number> {
  const last = new Map<string, number>()
  for (const [index, token] of tokens.entries()) if (token.kind === 'mark') last.set(token.text, index)
  return last
}

// "<@U123>"   "<@!123>"   "<#C123|general>"   "<@&99>"
function mentionAt(text: string, tokens: readonly Token[], i: number): Protected | undefined {
  if (tokens[i]?.text !== '<') return undefined
  const sign = tokens[i + 1]
  const isLink = sign?.kind === 'word' && (sign.text === 'http' || sign.text === 'https' || sign.text === 'mailto')
  if (!sign?.glued || (sign.text !== '@' && sign.text !== '#' && !isLink)) return undefined
  for (let j = i + 2; j < Math.min(tokens.length, i + (isLink ? 200 : 24)); j++) {
    if (tokens[j]?.text !== '>') continue
    const kind = isLink ? 'link' : sign.text === '#' ? 'channel' : 'person'
    return { kind, from: i, to: j + 1, text: text.slice(tokens[i]?.start, tokens[j]?.end) }
  }
  return undefined
}

function quotedAt(text: string, tokens: readonly Token[], i: number, closers: ReadonlyMap<string, number>): Protected | undefined {
  const open = tokens[i]
  const closer = open === undefined ? undefined : quotes[open.text]
  if (!open || closer === undefined || (closers.get(closer) ?? -1) <= i) return undefined
  // An inch mark after a number opens nothing.
  if (open.glued && i > 0) return undefined
  for (let j = i + 1; j < tokens.length; j++) {
    if (tokens[j]?.text !== closer) continue
    if (j === i + 1) return undefined
    return { kind: 'quoted', from: i, to: j + 1, text: text.slice(open.end, tokens[j]?.start) }
  }
  return undefined
}

const addressMarks = new Set(['.', '_', '-', '+', '%'])
const partOfAddress = (token: Token | undefined) =>
  token !== undefined && (token.kind === 'word' || token.kind === 'number' || addressMarks.has(token.text))

// "jane.doe@example.org"
function emailAt(text: string, tokens: readonly Token[], i: number, floor: number): Protected | undefined {
  const sign = tokens[i]
  if (sign?.text !== '@' || !sign.glued || !tokens[i + 1]?.glued) return undefined
  let from = i
  while (from > floor && i - from < 30 && partOfAddress(tokens[from - 1]) && tokens[from]?.glued) from--
  let to = i + 1
  while (to - i < 30 && partOfAddress(tokens[to]) && tokens[to]?.glued) to++
  while (to > i + 1 && tokens[to - 1]?.kind === 'mark') to--
  const address = text.slice(tokens[from]?.start, tokens[to - 1]?.end)
  return from < i && /^[^@]+@[^@.]+(?:\.[^@.]+)+$/.test(address) ? { kind: 'email', from, to, text: address } : undefined
}

// "#2a3f1c" as lists show it: no hour, no month and no number of a list
function idAt(text: string, tokens: readonly Token[], i: number): Protected | undefined {
  if (tokens[i]?.text !== '#') return undefined
  let to = i + 1
  while (to - i <= 6 && tokens[to]?.glued && tokens[to]?.kind !== 'mark') to++
  const id = text.slice(tokens[i]?.end, tokens[to - 1]?.end)
  return /^(?=.*\d)[\da-f]{6}$/i.test(id) && !(tokens[to]?.glued && tokens[to]?.kind !== 'mark')
    ? { kind: 'id', from: i, to, text: id }
    : undefined
}

function isScheme(tokens: readonly Token[], i: number): boolean {
  const scheme = tokens[i]?.text
  if (scheme === 'www') return tokens[i + 1]?.text === '.' && tokens[i + 2]?.glued === true
  return (scheme === 'http' || scheme === 'https') && tokens[i + 1]?.text === ':' && tokens[i + 2]?.text === '/'
}

function untilBlank(tokens: readonly Token[], i: number): number {
  let to = i + 1
  while (tokens[to]?.glued && tokens[to]?.text !== '>' && tokens[to]?.text !== '"') to++
  while (to > i + 1 && (tokens[to - 1]?.text === '.' || tokens[to - 1]?.text === ',' || tokens[to - 1]?.text === ')')) to--
  return to
}
