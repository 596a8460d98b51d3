import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandUpdateRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  CreatePrivateChannelRequestSchema,
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod'
import { z } from 'zod'
import { emptyMessage, invalidForm } from './refusal.ts'

/** Discord's own description of its bodies, by what they are for. */
const published = {
  'create message': MessageCreateRequestSchema,
  'edit message': MessageEditRequestPartialSchema,
  'open direct messages': CreatePrivateChannelRequestSchema,
  command: ApplicationCommandUpdateRequestSchema,
  'answer with a message': CreateMessageInteractionCallbackRequestSchema,
  'answer with an update': UpdateMessageInteractionCallbackRequestSchema,
  'answer with choices': ApplicationCommandAutocompleteCallbackRequestSchema,
  'answer with a modal': ModalInteractionCallbackRequestSchema,
  'follow up': IncomingWebhookInteractionRequestSchema,
  'edit answer': IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
}

/** Refuses what Discord's published schema does not take. */
export function checkPublished(what: keyof typeof published, body: unknown): void {
  const { error } = published[what].safeParse(body)
  const issue = error?.issues[0]
  if (!issue) return
  throw invalidForm(issue.path.join('.') || 'body', 'BASE_TYPE_INVALID', `${what}: ${issue.message}`)
}

const Embed = z.looseObject({
  title: z.string().optional(),
  description: z.string().optional(),
  url: z.string().optional(),
  fields: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
  footer: z.looseObject({ text: z.string() }).optional(),
  author: z.looseObject({ name: z.string() }).optional(),
  image: z.looseObject({ url: z.string() }).optional(),
})

const Component = z.looseObject({
  type: z.number(),
  style: z.number().optional(),
  custom_id: z.string().optional(),
  url: z.string().optional(),
  label: z.string().optional(),
  emoji: z.unknown().optional(),
  options: z.array(z.looseObject({ label: z.string(), value: z.string() })).optional(),
})
const Row = z.looseObject({ type: z.number(), components: z.array(Component).optional() })

/** The words of a message, whichever route they come by. */
export const Words = z.looseObject({
  content: z.string().nullish(),
  embeds: z.array(Embed).nullish(),
  components: z.array(Row).nullish(),
  flags: z.number().nullish(),
  allowed_mentions: z
    .looseObject({
      parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
      users: z.array(z.string()).nullish(),
      roles: z.array(z.string()).nullish(),
      replied_user: z.boolean().nullish(),
    })
    .nullish(),
  message_reference: z.looseObject({ message_id: z.string(), fail_if_not_exists: z.boolean().nullish() }).nullish(),
  nonce: z.union([z.string().max(25), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
})
export type Words = z.output<typeof Words>

/** The rules that the published schema lacks. `whole` is false for an edit, which may leave parts out. */
export function checkWords(body: unknown, { whole }: { readonly whole: boolean }): Words {
  const parsed = Words.safeParse(body ?? {})
  if (!parsed.success)
    throw invalidForm(
      parsed.error.issues[0]?.path.join('.') || 'body',
      'BASE_TYPE_INVALID',
      parsed.error.issues[0]?.message ?? 'not a message',
    )
  const words = parsed.data
  if ([...(words.content ?? '')].length > 2_000) throw invalidForm('content', 'BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.')
  checkUnicode(body)
  checkEmbeds(words)
  checkComponents(words)
  checkAllowedMentions(words)
  if (whole && (words.content ?? '').trim() === '' && (words.embeds ?? []).length === 0 && (words.components ?? []).length === 0)
    throw emptyMessage()
  return words
}

function checkUnicode(body: unknown): void {
  const text = JSON.stringify(body) ?? ''
  // JSON writes a lone surrogate as an escape, and never a paired one.
  if (/\\ud[89a-f][0-9a-f]{2}/i.test(text)) throw invalidForm('content', 'STRING_TYPE_UNICODE', 'Not valid Unicode.')
  if (text.includes('\\u0000')) throw invalidForm('content', 'STRING_TYPE_CONVERT', 'A null character is not allowed.')
}

function checkEmbeds({ embeds }: Words): void {
  let total = 0
  for (const [index, embed] of (embeds ?? []).entries()) {
    const words = [
      embed.title,
      embed.description,
      embed.footer?.text,
      embed.author?.name,
      ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
    ]
    total += words.reduce((sum, word) => sum + [...(word ?? '').trim()].length, 0)
    if (words.every((word) => (word ?? '').trim() === '') && embed.image === undefined)
      throw invalidForm(`embeds.${index}.description`, 'BASE_TYPE_REQUIRED', 'This field is required')
    for (const field of embed.fields ?? [])
      if (field.name.trim() === '' || field.value.trim() === '')
        throw invalidForm(`embeds.${index}.fields`, 'BASE_TYPE_REQUIRED', 'This field is required')
    for (const url of [embed.url, embed.image?.url]) if (url !== undefined) checkUrl(`embeds.${index}.url`, url)
  }
  if (total > 6_000) throw invalidForm('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000')
}

/** Discord takes http and https with a host that has a top level domain. */
function checkUrl(path: string, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && !['http:', 'https:'].includes(url.protocol))
    throw invalidForm(path, 'URL_TYPE_INVALID_SCHEME', `Scheme "${url.protocol}" is not supported.`)
  if (!url?.hostname.includes('.')) throw invalidForm(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')
}

const linkButton = 5
const premiumButton = 6

function checkComponents({ components }: Words): void {
  const rows = components ?? []
  if (rows.length > 5) throw invalidForm('components', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.')
  const ids = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const path = `components.${index}.components`
    const parts = row.components ?? []
    if (row.type !== 1) throw invalidForm(path, 'UNION_TYPE_CHOICES', 'Only action rows are taken here.')
    if (parts.length < 1 || parts.length > 5) throw invalidForm(path, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.')
    const selects = parts.filter(({ type }) => type !== 2)
    if (selects.length > 0 && parts.length > 1)
      throw invalidForm(path, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A select menu takes a whole row.')
    for (const part of parts) {
      checkComponent(path, part)
      if (part.custom_id === undefined) continue
      if (ids.has(part.custom_id))
        throw invalidForm(`${path}.custom_id`, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')
      ids.add(part.custom_id)
    }
  }
}

function checkComponent(path: string, part: z.output<typeof Component>): void {
  const isLink = part.type === 2 && part.style === linkButton
  if (isLink) {
    checkUrl(`${path}.url`, part.url ?? '')
  } else if (part.style !== premiumButton || part.type !== 2) {
    const length = part.custom_id?.length ?? 0
    if (length < 1 || length > 100)
      throw invalidForm(`${path}.custom_id`, 'BASE_TYPE_BAD_LENGTH', 'A custom id of 1 to 100 characters is required.')
  }
  if (part.type === 2 && (part.label ?? '').trim() === '' && part.emoji === undefined)
    throw invalidForm(`${path}.label`, 'BASE_TYPE_REQUIRED', 'A button needs a label or an emoji.')
  if ((part.label?.length ?? 0) > 80) throw invalidForm(`${path}.label`, 'BASE_TYPE_MAX_LENGTH', 'Must be 80 or fewer in length.')
  if (part.type !== 3) return

  const options = part.options ?? []
  if (options.length < 1 || options.length > 25)
    throw invalidForm(`${path}.options`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 25 in length.')
  if (new Set(options.map(({ value }) => value)).size < options.length)
    throw invalidForm(`${path}.options`, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used')
  for (const { label, value } of options)
    if (label.trim() === '' || label.length > 100 || value === '' || value.length > 100)
      throw invalidForm(`${path}.options`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.')
}

function checkAllowedMentions({ allowed_mentions: allowed }: Words): void {
  if (!allowed) return
  for (const kind of ['users', 'roles'] as const) {
    const listed = allowed[kind] ?? []
    if (listed.length > 100) throw invalidForm(`allowed_mentions.${kind}`, 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.')
    if (listed.length > 0 && allowed.parse?.includes(kind))
      throw invalidForm(
        'allowed_mentions',
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      )
  }
}
