import { BotError } from './errors.ts'

/** How long a file may take to come, in milliseconds. */
const patience = 30_000

/**
 * A file from one of `hosts` and from nobody else: redirects are not followed, so that a token goes nowhere but there.
 *
 * Throws `BotError`.
 */
export async function downloaded(
  address: string,
  {
    hosts,
    headers = {},
    mostBytes,
  }: { readonly hosts: (url: URL) => boolean; readonly headers?: Readonly<Record<string, string>>; readonly mostBytes: number },
): Promise<Uint8Array> {
  const url = URL.parse(address)
  if (!url || !hosts(url)) throw new BotError('rejected', 'a file elsewhere', { reason: 'it is kept somewhere else' })
  try {
    const answer = await fetch(url, { headers: { ...headers }, redirect: 'error', signal: AbortSignal.timeout(patience) })
    // Slack answers with its login page when the token may not read files.
    if (!answer.ok || /^text\/html/i.test(answer.headers.get('content-type') ?? ''))
      throw new BotError('rejected', `a file was refused with ${answer.status}`, { reason: `the platform refused it (${answer.status})` })
    return await bounded(answer, mostBytes)
  } catch (cause) {
    if (cause instanceof BotError) throw cause
    throw new BotError('unreachable', 'downloading a file', { cause })
  }
}

async function bounded(answer: Response, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength
    if (size > mostBytes)
      throw new BotError('rejected', 'a file is too large', { reason: `it is larger than ${mostBytes / 1024 / 1024} MB` })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Files that hold calendars, by their names. */
export function isCalendarFile(name: string, type = ''): boolean {
  return /\.(?:ics|ical|ifb|csv)$/i.test(name) || /^text\/(?:calendar|csv)\b/i.test(type)
}
