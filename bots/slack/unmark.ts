// "<@U1|ann>"   "<#C1|general>"   "<!subteam^S1|@ops>"   "<https://a.example|a.example>"
//   ↑ sign        ↑ body  ↑ label
const token = /<(?<sign>[@#!]?)(?<body>[^<>|]*)(?:\|(?<label>[^<>]*))?>/g

/**
 * Slack's message markup as the person wrote it.
 *
 * People and channels stay as `<@ID>` and `<#ID|name>`; a broadcast becomes words, which ping nobody.
 */
export function unmark(text: string): string {
  const written = text.replace(token, (...match) => {
    const { sign, body, label } = match.at(-1) as { sign: string; body: string; label?: string }
    switch (sign) {
      case '@':
        return `<@${body}>`
      case '#':
        return label ? `<#${body}|${label}>` : `<#${body}>`
      case '!':
        return label ?? `@${body.split('^')[0]}`
      default:
        return linkText(body, label)
    }
  })
  // `&` last, so that a written "&lt;" stays those four letters.
  return written.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/** A label that only shortens the address stands for it; another one would hide where a meeting is. */
function linkText(url: string, label: string | undefined): string {
  if (label === undefined) return url
  return url.includes(label) ? label : `${label} (${url})`
}
