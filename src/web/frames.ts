import { z } from 'zod'
import type { Reply } from '#core/reply.ts'
import { Moment } from './moment.ts'
import type { LineView, OccurrenceView, ReminderView } from './views.ts'

/** What crosses the socket: one JSON object a text frame. */

const halfCharacter = 'The text holds half a character (a lone surrogate). Send whole Unicode characters.'
const words = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed(), { message: halfCharacter })
const id = words(100)

export const ClientFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), token: words(500).optional(), timeZone: words(64).optional(), locale: words(35).optional() }),
  /** With a UUID as its id, a command that is sent again gives the same answer and runs nothing. */
  z.object({ type: z.literal('command'), id, text: words(1_000_000) }),
  /**
   * `action` is the token of a button or of a menu entry, `value` the id of the line that carries it, when known;
   * `text` is what was typed into a form.
   */
  z.object({ type: z.literal('action'), id, action: words(200), value: words(100).optional(), text: words(3_000).optional() }),
  z.object({
    type: z.literal('subscribe'),
    id,
    topic: z.enum(['calendar', 'reminders', 'transcript']),
    from: Moment.optional(),
    to: Moment.optional(),
  }),
  z.object({ type: z.literal('ping'), id }),
])
export type ClientFrame = z.output<typeof ClientFrame>

interface LineId {
  readonly id: string
  readonly at: string
}

export type ServerFrame =
  | {
      readonly type: 'welcome'
      readonly session: string
      readonly person: { readonly user: string; readonly name: string }
      readonly limits: { readonly maxMessageBytes: number; readonly messagesPerSecond: number; readonly burst: number }
    }
  /** `reply` is null when there is nothing to say; `said` and `line` are the lines of the transcript that came of it. */
  | { readonly type: 'reply'; readonly id: string; readonly reply: Reply | null; readonly line?: LineId; readonly said?: LineId }
  /** A reminder rings. `text` is its words, for those who do not draw replies. */
  | { readonly type: 'reminder'; readonly line: LineId; readonly reply: Reply; readonly text: string }
  /** The answer to `subscribe` (it carries its id), and again whenever the thing changed: what is there now. */
  | { readonly type: 'change'; readonly topic: 'reminders'; readonly id?: string; readonly reminders: readonly ReminderView[] }
  | { readonly type: 'change'; readonly topic: 'calendar'; readonly id?: string; readonly events: readonly OccurrenceView[] }
  /** A line that is new or changed; none in the answer to `subscribe`. `about` is the id of the command it shows. */
  | { readonly type: 'change'; readonly topic: 'transcript'; readonly id?: string; readonly line?: LineView; readonly about?: string }
  | { readonly type: 'batch'; readonly items: readonly ServerFrame[] }
  | { readonly type: 'pong'; readonly id: string }
  | { readonly type: 'error'; readonly id?: string; readonly code: FrameErrorCode; readonly message: string }

export type FrameErrorCode =
  | 'invalid_json'
  | 'invalid_frame'
  | 'invalid_text'
  | 'unknown_type'
  | 'binary_not_supported'
  | 'empty_text'
  | 'unknown_time_zone'
  | 'unauthorized'
  | 'rate_limited'
  | 'unavailable'

type Reading =
  | { readonly kind: 'frame'; readonly frame: ClientFrame }
  | { readonly kind: 'refused'; readonly error: Extract<ServerFrame, { type: 'error' }> }

const types = ['hello', 'command', 'action', 'subscribe', 'ping']

/** One frame, or the words that say what is wrong with it. */
export function readFrame(text: string): Reading {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refused('invalid_json', 'A frame is one JSON object, such as {"type":"command","id":"1","text":"help"}.')
  }
  const read = ClientFrame.safeParse(json)
  if (read.success) return { kind: 'frame', frame: read.data }

  const given = idOf(json)
  const type = typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined
  if (typeof type !== 'string' || !types.includes(type)) {
    return refused('unknown_type', `The type of a frame is one of ${types.join(', ')}.`, given)
  }
  const [issue] = read.error.issues
  if (issue?.message === halfCharacter) return refused('invalid_text', halfCharacter, given)
  return refused('invalid_frame', `${issue?.path.join('.') || 'The frame'}: ${issue?.message ?? 'not as expected'}`, given)
}

/** The id of a frame that is refused unread, so that its sender knows which it was. */
export function salvageId(text: string): string | undefined {
  try {
    return idOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

function idOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('id' in json) || typeof json.id !== 'string') return undefined
  return json.id.slice(0, 100).toWellFormed()
}

function refused(code: FrameErrorCode, message: string, id?: string): Reading {
  return { kind: 'refused', error: { type: 'error', ...(id === undefined ? {} : { id }), code, message } }
}
