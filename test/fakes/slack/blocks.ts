import { z } from 'zod'

/** Block Kit with the limits of Slack's reference: an unknown key, a text too long or an id used twice is refused. */

const words = (max: number) => z.string().min(1).max(max)
const plainText = (max: number) => z.strictObject({ type: z.literal('plain_text'), text: words(max), emoji: z.boolean().optional() })
const anyText = (max: number) =>
  z.discriminatedUnion('type', [
    plainText(max),
    z.strictObject({ type: z.literal('mrkdwn'), text: words(max), verbatim: z.boolean().optional() }),
  ])

const actionId = z.string().min(1).max(255)
const blockId = z.string().min(1).max(255).optional()
const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
})

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  value: z.string().max(2_000).optional(),
  url: z.string().max(3_000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
})
const option = z.strictObject({ text: plainText(75), value: words(150), description: plainText(75).optional() })
const select = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  options: z.array(option).min(1).max(100),
  initial_option: option.optional(),
  confirm: confirm.optional(),
})
const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  initial_value: z.string().max(3_000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
})
const picker = z.strictObject({
  type: z.enum(['users_select', 'conversations_select']),
  action_id: actionId,
  placeholder: plainText(150).optional(),
})
const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  initial_date: z.iso.date().optional(),
})
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  initial_time: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().optional(),
})
const people = z.strictObject({
  type: z.literal('multi_users_select'),
  action_id: actionId,
  placeholder: plainText(150).optional(),
  initial_users: z.array(z.string()).optional(),
  max_selected_items: z.number().int().min(1).optional(),
})

const style = z.strictObject({ bold: z.boolean(), italic: z.boolean(), strike: z.boolean(), code: z.boolean() }).partial().optional()
const richElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style }),
  z.strictObject({ type: z.literal('link'), url: z.string(), text: z.string().optional(), style }),
  z.strictObject({ type: z.literal('user'), user_id: z.string(), style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string(), style }),
  z.strictObject({ type: z.literal('emoji'), name: z.string(), unicode: z.string().optional() }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']) }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.number(),
    format: z.string(),
    url: z.string().optional(),
    fallback: z.string().optional(),
  }),
])

const image = z.strictObject({ type: z.literal('image'), image_url: z.string().max(3_000), alt_text: words(2_000) })

const block = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('section'),
      block_id: blockId,
      text: anyText(3_000).optional(),
      fields: z.array(anyText(2_000)).min(1).max(10).optional(),
      accessory: z.discriminatedUnion('type', [button, select, image]).optional(),
      expand: z.boolean().optional(),
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'a section needs text or fields'),
  z.strictObject({
    type: z.literal('context'),
    block_id: blockId,
    elements: z
      .array(z.union([anyText(3_000), image]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: blockId,
    elements: z
      .array(z.discriminatedUnion('type', [button, select, picker, datepicker, timepicker, people]))
      .min(1)
      .max(25),
  }),
  z.strictObject({ type: z.literal('divider'), block_id: blockId }),
  z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) }),
  z.strictObject({
    type: z.literal('rich_text'),
    block_id: blockId,
    elements: z.array(z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richElement).min(1) })).min(1),
  }),
  z.strictObject({
    type: z.literal('input'),
    block_id: blockId,
    label: plainText(2_000),
    element: z.discriminatedUnion('type', [textInput, select, picker, datepicker, timepicker, people]),
    hint: plainText(2_000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
])

export type FakeBlock = z.output<typeof block>

/** All text of a message's blocks together; above it Slack answers `msg_blocks_too_long`. */
const maxMessageText = 13_200

export type BlockCheck =
  | { readonly ok: true; readonly blocks: readonly FakeBlock[] }
  | { readonly ok: false; readonly error: string; readonly messages: readonly string[] }

export function checkBlocks(blocks: unknown, max: number, maxText = maxMessageText): BlockCheck {
  const parsed = z.array(block).max(max, `no more than ${max} items allowed`).safeParse(blocks)
  if (!parsed.success) {
    const messages = parsed.error.issues.map(({ message, path }) => `[ERROR] ${message} [json-pointer:/${path.join('/')}]`)
    return { ok: false, error: 'invalid_blocks', messages }
  }
  const twice = repeated(parsed.data.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id])))
  if (twice) return { ok: false, error: 'invalid_blocks', messages: [`[ERROR] block_id already exists: ${twice}`] }
  for (const { type, ...rest } of parsed.data) {
    if (type !== 'actions' || !('elements' in rest)) continue
    const action = repeated(rest.elements.flatMap((element) => ('action_id' in element ? [element.action_id] : [])))
    if (action) return { ok: false, error: 'invalid_blocks', messages: [`[ERROR] action_id "${action}" already exists for block`] }
  }
  if (textLength(parsed.data) > maxText) return { ok: false, error: 'msg_blocks_too_long', messages: [] }
  return { ok: true, blocks: parsed.data }
}

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index)
}

/** Characters under `text` keys, wherever they are. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + textLength(entry), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, entry]) => sum + (key === 'text' && typeof entry === 'string' ? entry.length : textLength(entry)),
    0,
  )
}
