import type { QueriedView } from '../../views.ts'

/** As many as one answer holds, and as many answers as one window is read in. */
const page = 1_000
const mostPages = 10

export interface Loaded {
  readonly events: readonly QueriedView[]
  /** False when there were more than can be shown. */
  readonly complete: boolean
}

/** What touches a window. Throws what the server says when it does not answer with events. */
export async function load(from: Date, to: Date, signal: AbortSignal): Promise<Loaded> {
  const events: QueriedView[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < mostPages; pages += 1) {
    const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), limit: String(page), declined: 'true' })
    if (cursor !== null) query.set('cursor', cursor)
    const body = await ask<{ events: QueriedView[]; next: string | null }>('GET', `query?${query}`, undefined, { signal })
    events.push(...body.events)
    cursor = body.next
    if (cursor === null) return { events, complete: true }
  }
  return { events, complete: false }
}

/** A request to the calendar; with the same `key` it makes one thing, however often it is sent. Throws the words of a refusal. */
export async function ask<Answer>(
  method: string,
  path: string,
  body?: object,
  { signal, key }: { readonly signal?: AbortSignal; readonly key?: string } = {},
): Promise<Answer> {
  const response = await fetch(`/api/calendar/${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    throw new Error('The server cannot be reached. Try again in a moment.', { cause })
  })
  if (response.ok) return (await response.json()) as Answer
  // What a program is told about tokens is of no use here.
  if (response.status === 401) throw new Error('You are signed out.')
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string }
  throw new Error(detail ?? 'The calendar does not answer. Try again in a moment.')
}
