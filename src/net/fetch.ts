import { lookup as systemLookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { createGunzip } from 'node:zlib'
import type { Fetched, FetchRequest, SafeFetch } from '#core/fetch.ts'
import { isPublic } from './public.ts'

export interface FetchOptions {
  /** Of the answer, unpacked. */
  readonly mostBytes: number
  readonly mostRedirects?: number
  /** For all of it, redirects included, in milliseconds. */
  readonly patience?: number
  /** How names are looked up, and which addresses may be asked. */
  readonly lookup?: (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>
  readonly mayAsk?: (address: string) => boolean
}

/**
 * Fetches what people name, without letting them look around in our own network.
 *
 * Every address of a name has to be on the open internet, on every redirect, and the connection goes to the very
 * address that was checked. Size is counted after unpacking, and everything together has one deadline.
 */
export function createFetch(options: FetchOptions): SafeFetch {
  const { mostBytes, mostRedirects = 5, patience = 20_000, mayAsk = isPublic } = options
  const lookup = options.lookup ?? ((hostname: string) => systemLookup(hostname, { all: true }))

  return async (request) => {
    const deadline = AbortSignal.timeout(patience)
    let address = request.url
    try {
      for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
        const url = addressOf(address)
        if (typeof url === 'string') return refused(url)
        const answer = await ask(url, request, deadline)
        if (answer.kind !== 'moved') return answer
        address = answer.to
      }
      return refused(`That address sends me on more than ${mostRedirects} times.`)
    } catch (cause) {
      if (deadline.aborted) return refused(`${hostOf(address)} did not answer within ${patience / 1_000} seconds.`, false)
      return refused(explained(cause, hostOf(address)), cause instanceof Forbidden)
    }
  }

  async function ask(url: URL, request: FetchRequest, deadline: AbortSignal): Promise<Fetched | Moved> {
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && !mayAsk(literal)) throw new Forbidden()
    const response = await send(url, headersOf(request), deadline)
    const status = response.statusCode ?? 0
    const { location } = response.headers
    if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
      response.destroy()
      return { kind: 'moved', to: URL.parse(location, url)?.href ?? location }
    }
    if (status === 304) {
      response.destroy()
      return { kind: 'unchanged' }
    }
    if (status !== 200) {
      response.destroy()
      return refused(refusal(status, url.host), status === 404 || status === 410)
    }
    const bytes = await bodyOf(response, deadline)
    if (!bytes) return refused(`What ${url.host} has is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB.`)
    const { etag, 'last-modified': lastModified } = response.headers
    return { kind: 'fetched', bytes, etag: etag?.slice(0, 500) ?? null, lastModified: lastModified?.slice(0, 100) ?? null }
  }

  function send(url: URL, headers: http.OutgoingHttpHeaders, signal: AbortSignal): Promise<http.IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>()
    const options = { headers, signal, lookup: checkedLookup, agent: false, maxHeaderSize: 16_384 }
    const sent = url.protocol === 'https:' ? https.request(url, options) : http.request(url, options)
    sent.once('response', resolve)
    // Also after the answer has begun: the reader of the body is told as well.
    sent.on('error', reject)
    sent.end()
    return promise
  }

  /** Looks up and checks in one step, so that a name cannot mean something else by the time of the connection. */
  function checkedLookup(...[hostname, wanted, callback]: Parameters<LookupFunction>): void {
    lookup(hostname).then(
      (found) => {
        const [first] = found
        if (!first) return callback(new Error('no address'), [])
        if (!found.every(({ address }) => mayAsk(address))) return callback(new Forbidden(), [])
        if (wanted.all) callback(null, [...found])
        else callback(null, first.address, first.family)
      },
      (cause: Error) => callback(cause, []),
    )
  }

  /** Undefined when it is too large. */
  async function bodyOf(response: http.IncomingMessage, signal: AbortSignal): Promise<Buffer | undefined> {
    const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
    if (!['identity', 'gzip', 'x-gzip', ''].includes(encoding)) throw new Unreadable(`it is packed as “${encoding.slice(0, 20)}”`)
    const unpacked = encoding.includes('gzip') ? response.compose(createGunzip()) : response
    const chunks: Buffer[] = []
    let size = 0
    try {
      for await (const chunk of unpacked) {
        signal.throwIfAborted()
        size += (chunk as Buffer).length
        if (size > mostBytes) return undefined
        chunks.push(chunk as Buffer)
      }
    } finally {
      response.destroy()
    }
    return Buffer.concat(chunks)
  }
}

interface Moved {
  readonly kind: 'moved'
  readonly to: string
}

class Forbidden extends Error {}
class Unreadable extends Error {}

function refused(why: string, lasting = true): Fetched {
  return { kind: 'refused', why, lasting }
}

function headersOf({ etag, lastModified }: FetchRequest): http.OutgoingHttpHeaders {
  return {
    accept: 'text/calendar, text/csv;q=0.8, */*;q=0.1',
    'accept-encoding': 'gzip',
    'user-agent': 'DuckTape',
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  }
}

/** The address, with `webcal:` as the `https:` that it stands for; or why it is none. */
function addressOf(text: string): URL | string {
  const url = text.length <= 2_000 ? URL.parse(text.trim().replace(/^webcals?:/i, 'https:')) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
    return 'I need an address that begins with https:// or webcal://.'
  if (url.username !== '' || url.password !== '') return 'Leave the name and password out of the address: I would have to keep them.'
  return url
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? 'That server'
}

function refusal(status: number, host: string): string {
  if (status === 401 || status === 403) return `${host} does not let me read that (${status}). Use the calendar’s secret or public address.`
  if (status === 404 || status === 410) return `${host} has nothing there (${status}).`
  return `${host} answered with an error (${status}).`
}

function explained(cause: unknown, host: string): string {
  if (cause instanceof Forbidden) return `${host} is not on the public internet, so I do not ask it.`
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `There is no server called ${host}.`
  if (code.startsWith('Z_') || cause instanceof Unreadable) return `What ${host} sent cannot be unpacked.`
  if (/CERT|SSL|TLS/.test(code)) return `${host} has no valid certificate (${code}).`
  return `${host} could not be reached${code === '' ? '' : ` (${code})`}.`
}
