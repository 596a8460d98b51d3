const most = 75

/** A content line folded at 75 octets, never within a character (RFC 5545 section 3.1), with its line ends. */
export function folded(line: string): string {
  if (line.length <= most && Buffer.byteLength(line) <= most) return `${line}\r\n`
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > most) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += character
    octets += size
  }
  parts.push(part)
  return `${parts.join('\r\n')}\r\n`
}

/** TEXT as RFC 5545 section 3.3.11 writes it. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
}

/** A parameter's value, quoted where it has to be; RFC 6868 for what quotes cannot hold. */
export function parameter(text: string): string {
  const safe = text
    .toWellFormed()
    .replaceAll('^', '^^')
    .replaceAll('"', "^'")
    .replaceAll('\n', '^n')
    .replaceAll(/\p{Cc}/gu, '')
  return /[:;,]/.test(safe) ? `"${safe}"` : safe
}
