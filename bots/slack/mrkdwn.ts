import { type Link, type Someone, type Span, spell, spellDay, type Text, type Time } from '#core/reply.ts'
import type { RichTextElement } from './blocks.ts'

/** Where a message is read, as far as it decides whom its words notify. */
export interface Audience {
  /** All people it names, or only these user ids. */
  readonly pings: 'anyone' | ReadonlySet<string>
  /** True where a mention notifies nobody: a whisper, and the author's own direct messages. */
  readonly alone: boolean
}

/** The three characters that Slack reads as markup in any text it is given. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Characters that Slack would take for bold, italics, strikes, code or quotes. */
export function looksFormatted(text: Text): boolean {
  return text.some((span) => {
    if (typeof span === 'string') return /[*_~`]|^>/m.test(span)
    return (span.kind === 'strong' || span.kind === 'code') && /[*_~`\n]/.test(span.text)
  })
}

export function mrkdwn(text: Text, audience: Audience): string {
  return text.map((span) => mrkdwnSpan(span, audience)).join('')
}

function mrkdwnSpan(span: Span, audience: Audience): string {
  if (typeof span === 'string') return escapeMarkup(span)
  switch (span.kind) {
    case 'strong':
      return escapeMarkup(span.text).replace(/\S(?:.*\S)?/s, (words) => `*${words}*`)
    case 'code':
      return span.text.trim() === '' ? escapeMarkup(span.text) : `\`${escapeMarkup(span.text)}\``
    case 'time':
      return `<!date^${epochSeconds(span)}^${dateFormat(span)}|${escapeMarkup(spell(span)).replaceAll('|', ' ')}>${zoneNote(span)}`
    case 'day':
      return spellDay(span.date)
    case 'someone':
      return isMention(span, audience) ? `<@${span.user}>` : escapeMarkup(nameOf(span))
    case 'channel':
      return isId(span.channel) ? `<#${span.channel}>` : escapeMarkup(`#${span.channel}`)
    case 'link':
      return isAddress(span.url) ? linkTo(span) : escapeMarkup(span.text)
  }
}

/** Without words of its own an address stands for itself: Slack takes no underscore in it for markup. */
function linkTo({ url, text }: Link): string {
  const address = escapeMarkup(url).replaceAll('|', '%7C')
  return url === text ? `<${address}>` : `<${address}|${escapeMarkup(text)}>`
}

/** The same words as elements that Slack never searches for markup. */
export function richText(text: Text, audience: Audience): RichTextElement[] {
  return text.flatMap((span) => richTextSpan(span, audience))
}

function richTextSpan(span: Span, audience: Audience): RichTextElement[] {
  if (typeof span === 'string') return literal(span)
  switch (span.kind) {
    case 'strong':
      return literal(span.text, { bold: true })
    case 'code':
      return literal(span.text, { code: true })
    case 'time':
      return [{ type: 'date', timestamp: epochSeconds(span), format: dateFormat(span), fallback: spell(span) }, ...literal(zoneNote(span))]
    case 'day':
      return literal(spellDay(span.date))
    case 'someone':
      return isMention(span, audience) ? [{ type: 'user', user_id: span.user }] : literal(nameOf(span))
    case 'channel':
      return isId(span.channel) ? [{ type: 'channel', channel_id: span.channel }] : literal(`#${span.channel}`)
    case 'link':
      return isAddress(span.url) ? [{ type: 'link', url: span.url, text: span.text }] : literal(span.text)
  }
}

function literal(text: string, style?: { bold?: boolean; code?: boolean }): RichTextElement[] {
  if (text === '') return []
  return [{ type: 'text', text, ...(style ? { style } : {}) }]
}

function isMention({ user, quiet }: Someone, { pings, alone }: Audience): boolean {
  if (!isId(user)) return false
  return quiet ? alone : pings === 'anyone' || pings.has(user)
}

function nameOf({ name, quiet }: Someone): string {
  return quiet ? name : `@${name}`
}

/** What Slack itself uses; anything else could smuggle markup into a `<...>`. */
function isId(id: string): boolean {
  return /^[A-Z0-9]{2,32}$/.test(id)
}

function isAddress(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)[^\s<>]+$/i.test(url)
}

function epochSeconds(time: Time): number {
  return Math.floor(Temporal.Instant.from(time.at).epochMilliseconds / 1_000)
}

function dateFormat(time: Time): string {
  switch (time.show) {
    case 'full':
      return '{date_long} at {time}'
    case 'date':
      return '{date_long}'
    case 'time':
      return '{time}'
    case 'relative':
      return '{ago}'
  }
}

/** Slack shows an instant in the reader's zone only, so another zone is said beside it. */
function zoneNote(time: Time): string {
  if (!time.named) return ''
  return ` (${spell({ ...time, show: time.show === 'time' ? 'time' : 'full', named: true })})`
}
