import { type Span, spell, spellDay, type Text, type Time } from '#core/reply.ts'
import type { RichTextElement } from './blocks.ts'

/** Whom a message may notify: all people it names, or only these user ids. */
export type MayPing = 'anyone' | ReadonlySet<string>

/** The three characters that Slack reads as markup in any text it is given. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Characters that Slack would take for bold, italics, strikes, code or quotes. */
export function looksFormatted(text: Text): boolean {
  return text.some((span) => {
    if (typeof span === 'string') return /[*_~`]|^>/m.test(span)
    return (span.kind === 'strong' || span.kind === 'code') && /[*_~`\n]/.test(span.text)
  })
}

export function mrkdwn(text: Text, mayPing: MayPing): string {
  return text.map((span) => mrkdwnSpan(span, mayPing)).join('')
}

function mrkdwnSpan(span: Span, mayPing: MayPing): string {
  if (typeof span === 'string') return escapeMarkup(span)
  switch (span.kind) {
    case 'strong':
      return span.text.trim() === '' ? escapeMarkup(span.text) : `*${escapeMarkup(span.text.trim())}*`
    case 'code':
      return span.text.trim() === '' ? escapeMarkup(span.text) : `\`${escapeMarkup(span.text)}\``
    case 'time':
      return `<!date^${epochSeconds(span)}^${dateFormat(span)}|${escapeMarkup(spell(span)).replaceAll('|', ' ')}>${zoneNote(span)}`
    case 'day':
      return spellDay(span.date)
    case 'someone':
      return pings(span.user, mayPing) ? `<@${span.user}>` : escapeMarkup(`@${span.name}`)
    case 'channel':
      return isId(span.channel) ? `<#${span.channel}>` : escapeMarkup(`#${span.channel}`)
    case 'link':
      return isAddress(span.url) ? `<${escapeMarkup(span.url).replaceAll('|', '%7C')}|${escapeMarkup(span.text)}>` : escapeMarkup(span.text)
  }
}

/** The same words as elements that Slack never searches for markup. */
export function richText(text: Text, mayPing: MayPing): RichTextElement[] {
  return text.flatMap((span) => richTextSpan(span, mayPing))
}

function richTextSpan(span: Span, mayPing: MayPing): RichTextElement[] {
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
      return pings(span.user, mayPing) ? [{ type: 'user', user_id: span.user }] : literal(`@${span.name}`)
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

function pings(user: string, mayPing: MayPing): boolean {
  return isId(user) && (mayPing === 'anyone' || mayPing.has(user))
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
