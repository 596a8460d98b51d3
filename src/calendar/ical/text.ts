// Line breaks stay, tabs become blanks; what draws text backwards or hides it goes, so that a title is what it looks like.
const hidden = /[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu
const html = /<(?:br|p|div|span|b|i|u|a|ul|ol|li|html|body|table|td|tr|font|h[1-6])\b[^<>]{0,500}>/i
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** One line of text: no control characters, blanks collapsed. */
export function line(text: string, most: number): string {
  return cut(text.replaceAll(/\s+/g, ' ').replaceAll(hidden, '').toWellFormed().trim(), most)
}

/** Several lines of text; HTML, which calendars put into descriptions, becomes what it says. */
export function paragraphs(text: string, most: number): string {
  const said = html.test(text) ? fromHtml(text) : text
  const lines = said
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((each) => each.replaceAll('\t', ' ').replaceAll(hidden, '').trimEnd())
  return cut(
    lines
      .join('\n')
      .toWellFormed()
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
    most,
  )
}

function fromHtml(text: string): string {
  return text
    .replaceAll(/<(?:script|style)\b[^<>]{0,500}>[^<]{0,20000}<\/(?:script|style)>/gi, '')
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^<>]{0,500}>/gi, '\n')
    .replaceAll(/<li\b[^<>]{0,500}>/gi, '- ')
    .replaceAll(/<\/?[a-z][^<>]{0,2000}>/gi, '')
    .replaceAll(/&(?:#(?<code>\d{1,7})|(?<name>[a-z]{2,6}));/gi, (whole, code?: string, name?: string) => {
      if (code === undefined) return entities[name?.toLowerCase() ?? ''] ?? whole
      const point = Number(code)
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
    })
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
