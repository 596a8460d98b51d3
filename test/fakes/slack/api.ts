import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiFault } from './faults.ts'
import { type createMessages, type Result, readContent, refusal } from './messages.ts'
import type { Method } from './methods.ts'
import type { World } from './world.ts'

type Args = Readonly<Record<string, unknown>>

/** The fields whose values are JSON inside a form field. */
const nested = new Set(['blocks', 'view', 'metadata', 'attachments'])

/** HTTP 200 with `ok` true or false for everything, except 429 and what a fault asks for. */
export function createApi(world: World, methods: Readonly<Record<string, Method>>, messages: ReturnType<typeof createMessages>) {
  const { journal, settings, faults, workspace, tickets } = world
  let running = 0

  async function call(request: IncomingMessage, response: ServerResponse, name: string) {
    const body = await readBody(request)
    const args = readArgs(request.headers['content-type'] ?? '', body)
    journal.record('request', { method: name, args })
    const fault = faults.take(name)
    await answer(response, name, fault, () => run(name, request.headers.authorization, args))
  }

  /** Carries the call out, unless a fault comes before it. */
  async function answer(response: ServerResponse, name: string, fault: ApiFault | undefined, work: () => Result) {
    const refused = fault && (fault.kind === 'rate_limited' || fault.kind === 'error' || !fault.accepted)
    const result: Result | undefined = refused ? undefined : work()
    if (result && !result.ok) journal.violation(result.error, { method: name, ...result })
    if (!fault) return json(response, 200, result ?? {})

    journal.record('fault', { method: name, ...fault })
    switch (fault.kind) {
      case 'status':
        return json(response, fault.status, {})
      case 'rate_limited':
        response.setHeader('retry-after', String(fault.retryAfter))
        return json(response, 429, refusal('ratelimited'))
      case 'error':
        return json(response, 200, refusal(fault.error))
      case 'reset':
        return void response.socket?.resetAndDestroy()
      case 'hang':
        return
    }
  }

  function run(name: string, authorization: string | undefined, args: Args): Result {
    const method = methods[name]
    if (!method) return refusal('unknown_method')
    const token = /^Bearer (?<token>.+)$/i.exec(authorization ?? '')?.groups?.token ?? args.token
    const refused = checkToken(method, token)
    if (refused) return refused
    const parsed = method.args.safeParse(args)
    if (!parsed.success) {
      const told = parsed.error.issues.map(({ message, path }) => `[ERROR] ${message} [${path.join('/')}]`)
      return refusal('invalid_arguments', { response_metadata: { messages: told } })
    }
    return method.run(args)
  }

  function checkToken(method: Method, token: unknown): Result | undefined {
    if (token === undefined || token === '') return refusal('not_authed')
    const kind = token === settings.botToken ? 'bot' : token === settings.appToken ? 'app' : undefined
    if (kind === undefined) return refusal('invalid_auth')
    if (kind !== method.token) return refusal('not_allowed_token_type')
    if (kind === 'app' || method.scopes.length === 0) return undefined
    if (method.scopes.some((scope) => settings.scopes.includes(scope))) return undefined
    return refusal('missing_scope', { needed: method.scopes.join(','), provided: settings.scopes.join(',') })
  }

  /** A POST to a `response_url`: no token, five uses, half an hour. */
  async function respond(request: IncomingMessage, response: ServerResponse, id: string) {
    const args = readArgs(request.headers['content-type'] ?? '', await readBody(request))
    journal.record('request', { method: 'response_url', args })
    const fault = faults.take('response_url')
    if (fault) return answer(response, 'response_url', fault, () => carryOut(id, args))
    const result = carryOut(id, args)
    if (result.ok) return json(response, 200, { ok: true })
    journal.violation(result.error, { method: 'response_url', ...result })
    json(response, 404, result)
  }

  function carryOut(id: string, args: Args): Result {
    const target = tickets.useResponse(id)
    if (typeof target === 'string') return refusal(target)
    const channel = workspace.channels.get(target.channel)
    if (!channel) return refusal('channel_not_found')
    const { message } = target
    if (args.delete_original === true) {
      if (message?.ephemeral) messages.rewhisper(message.ts, undefined)
      else if (message) messages.remove(channel, message.ts)
      return { ok: true }
    }
    const read = readContent(args)
    if ('refused' in read) return read.refused
    const thread = typeof args.thread_ts === 'string' ? args.thread_ts : undefined
    if (args.replace_original === true && message) {
      if (message.ephemeral) messages.rewhisper(message.ts, read.content)
      else messages.change(channel, message.ts, read.content)
    } else if (args.response_type === 'in_channel') messages.post(channel, read.content, thread)
    else messages.whisper(channel, target.user, read.content, thread)
    return { ok: true }
  }

  function json(response: ServerResponse, status: number, body: object) {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-oauth-scopes': settings.scopes.join(',') })
    response.end(JSON.stringify(body))
  }

  function counted(work: Promise<void>, response: ServerResponse) {
    running += 1
    response.once('close', () => {
      running -= 1
      journal.record('answered')
    })
    return work.catch((error: unknown) => {
      journal.violation('malformed_request', { message: String(error) })
      json(response, 400, refusal('invalid_form_data'))
    })
  }

  return {
    call: (request: IncomingMessage, response: ServerResponse, name: string) => counted(call(request, response, name), response),
    respond: (request: IncomingMessage, response: ServerResponse, id: string) => counted(respond(request, response, id), response),
    running: () => running,
  }
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Form fields, JSON or multipart, as one object. */
export function readArgs(contentType: string, body: Buffer): Args {
  const text = body.toString('utf8')
  if (contentType.includes('application/json')) return text === '' ? {} : (JSON.parse(text) as Args)
  const fields = contentType.includes('multipart/form-data') ? multipart(contentType, text) : [...new URLSearchParams(text)]
  return Object.fromEntries(fields.map(([key, value]) => [key, nested.has(key) ? (JSON.parse(value) as unknown) : value]))
}

/** The named fields of a multipart body; the bytes of files stay text. */
function multipart(contentType: string, text: string): [string, string][] {
  const boundary = /boundary="?(?<boundary>[^";]+)"?/.exec(contentType)?.groups?.boundary
  if (boundary === undefined) throw new Error('multipart without a boundary')
  return text.split(`--${boundary}`).flatMap((part): [string, string][] => {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const name = /name="(?<name>[^"]*)"/.exec(head)?.groups?.name
    return name === undefined ? [] : [[name, rest.join('\r\n\r\n').replace(/\r\n$/, '')]]
  })
}
