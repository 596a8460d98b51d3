import http from 'node:http'
import https from 'node:https'
import type { FetchFunction } from '@slack/web-api'

type Answered = Awaited<ReturnType<FetchFunction>>

/**
 * Calls Slack over Node's own HTTP client: what `fetch` does besides, the streams, the headers and the policies of a
 * browser, costs as much again as the call. A redirect is a failure.
 */
export const overHttp: FetchFunction = async (url, init = {}) => {
  const { method, headers, body, signal } = init
  // Files travel as forms, which are not put together here.
  if (body !== undefined && typeof body !== 'string') return fetch(url, init)
  const address = new URL(url)
  const { promise, resolve, reject } = Promise.withResolvers<Answered>()
  const options = { ...(method && { method }), ...(headers && { headers }), ...(signal && { signal }) }
  const sent = address.protocol === 'https:' ? https.request(address, options) : http.request(address, options)
  sent.on('response', (response) => read(response, address.href, resolve, reject))
  sent.on('error', reject)
  sent.end(body)
  return promise
}

/** Read whole, whether or not somebody asks for its words: only then does the connection serve the next call. */
function read(response: http.IncomingMessage, url: string, resolve: (answered: Answered) => void, reject: (cause: unknown) => void): void {
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = response
  let words = ''
  response.setEncoding('utf8')
  response.on('data', (more: string) => {
    words += more
  })
  response.on('error', reject)
  response.on('end', () => {
    if (status >= 300 && status < 400) return reject(new Error(`redirected with HTTP ${status}`))
    resolve({
      ok: status >= 200 && status < 300,
      status,
      statusText,
      url,
      headers: {
        get: (name) => headers[name.toLowerCase()]?.toString() ?? null,
        entries: () => Object.entries(headers).map(([name, value = '']): [string, string] => [name, value.toString()]),
      },
      text: async () => words,
      json: async () => JSON.parse(words),
      arrayBuffer: async () => new TextEncoder().encode(words).buffer,
    })
  })
}
