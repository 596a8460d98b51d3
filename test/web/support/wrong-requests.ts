/** The id of nothing. */
export const nobody = '0190b0f0-0000-7000-8000-000000000000'

export const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) => ({
  method: 'POST',
  headers,
  body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
})

/** Requests that are wrong, with the status and the code of the problem that answers them. */
export const wrongRequests: readonly (readonly [what: string, path: string, init: RequestInit, status: number, code: string])[] = [
  ['an empty sentence', '/api/commands', post({ text: ' ' }), 400, 'empty_text'],
  ['no sentence', '/api/commands', post({}), 400, 'invalid_request'],
  ['half a character', '/api/commands', post(String.raw`{"text":"a\ud800"}`), 400, 'invalid_request'],
  ['an unknown zone', '/api/commands', post({ text: 'hi', timeZone: 'Mars/Base' }), 400, 'unknown_time_zone'],
  ['a request that nobody can understand', '/api/understand', post({ text: 'hi', timeZone: 'Mars/Base' }), 400, 'invalid_request'],
  ['broken JSON', '/api/commands', post('{"text":'), 400, 'invalid_json'],
  ['no JSON at all', '/api/commands', post(''), 400, 'invalid_json'],
  ['a body that is no UTF-8', '/api/commands', post(Buffer.from('{"text":"\xff"}', 'latin1')), 400, 'invalid_json'],
  [
    'another encoding',
    '/api/commands',
    post({ text: 'hi' }, { 'content-type': 'application/json; charset=utf-16' }),
    415,
    'unsupported_media_type',
  ],
  ['another kind of body', '/api/commands', post('text=hi', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
  ['a form', '/api/commands', post('text=hi', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported_media_type'],
  ['a body that is too large', '/api/commands', post({ text: 'a'.repeat(70_000) }), 413, 'too_large'],
  ['a window that is no window', '/api/calendar/query?from=2026-11-25T00:00:00Z&to=2026-11-24T00:00:00Z', {}, 400, 'invalid_request'],
  [
    'a fraction of a nanosecond',
    '/api/calendar/query?from=2026-11-25T00:00:00.0000000001Z&to=2026-11-26T00:00:00Z',
    {},
    400,
    'invalid_request',
  ],
  ['a window without an end', '/api/calendar/query?from=2026-11-25T00:00:00Z', {}, 400, 'invalid_request'],
  ['a limit that is no number', '/api/transcript?limit=many', {}, 400, 'invalid_request'],
  ['a line that is none', '/api/transcript?before=first', {}, 400, 'invalid_request'],
  ['a path that is nothing', '/api/nothing', {}, 404, 'not_found'],
  ['a broken path', '/%zz', {}, 400, 'invalid_request'],
  ['the wrong method', '/api/commands', {}, 405, 'method_not_allowed'],
  ['the wrong method for one thing', `/api/todos/${nobody}`, { method: 'PUT' }, 405, 'method_not_allowed'],
  ['headers that are too large', '/health', { headers: { 'x-much': 'x'.repeat(17_000) } }, 431, 'too_large'],
  ['a socket by a request', '/ws', {}, 426, 'upgrade_required'],
  ['a file outside the page', '/page/..%2fserver.ts', {}, 404, 'not_found'],
  ['the settings of the page', '/page/tsconfig.json', {}, 404, 'not_found'],
]
