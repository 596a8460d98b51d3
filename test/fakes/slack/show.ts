import type { Pressed } from './payloads.ts'
import type { OpenView } from './views.ts'
import { type createWorkspace, type Ephemeral, ids, type Message } from './workspace.ts'

/** A message as a person reads it. */
export interface Read {
  readonly id: string
  readonly channel: string
  readonly words: string
  readonly buttons: readonly string[]
  readonly private: boolean
  readonly pinged: readonly string[]
}

type Node = Readonly<Record<string, unknown>>

/** What a person sees of one message of the bot. Only `members` are notified by a mention; without them, anybody is. */
export function read(message: Message | Ephemeral, channel: string, members?: ReadonlySet<string>): Read {
  const blocks = message.blocks as readonly Node[]
  const parts = blocks.length > 0 ? blocks.map(blockWords) : [mrkdwn(message.text, false)]
  return {
    id: message.ts,
    channel,
    words: parts
      .map(({ words }) => words)
      .join('\n')
      .trim(),
    buttons: pressables(message).map(({ label }) => label),
    private: 'seenBy' in message,
    pinged: [...new Set(parts.flatMap(({ pinged }) => pinged))].filter((user) => notified(user, message, members)),
  }
}

/** A whisper notifies only its reader. */
function notified(user: string, message: Message | Ephemeral, members: ReadonlySet<string> | undefined): boolean {
  if ('seenBy' in message) return user === message.seenBy
  return user === 'everyone' || members === undefined || members.has(user)
}

/** All that the bot shows, oldest first, in its present state. */
export function readAll(workspace: ReturnType<typeof createWorkspace>): Read[] {
  const shown = [...workspace.channels.values()].flatMap(({ id, messages, members }) =>
    [...messages.values()].filter(({ user }) => user === ids.bot).map((message) => read(message, id, members)),
  )
  const whispered = workspace.ephemerals.map((ephemeral) => read(ephemeral, ephemeral.channel))
  return [...shown, ...whispered].toSorted((a, b) => Number(a.id) - Number(b.id))
}

/** What can be pressed or chosen on a message, by the words on it. */
export function pressables(message: Pick<Message | Ephemeral, 'blocks'>): { readonly label: string; readonly pressed: Pressed }[] {
  return (message.blocks as readonly Node[]).flatMap((block, index) => {
    const elements = [...((block.elements ?? []) as Node[]), ...(block.accessory ? [block.accessory as Node] : [])]
    const blockId = String(block.block_id ?? `b${index}`)
    return elements.flatMap((element): { label: string; pressed: Pressed }[] => {
      const ids = { action_id: String(element.action_id), block_id: blockId }
      if (element.type === 'button') {
        const text = element.text as { type: 'plain_text'; text: string }
        const value = element.value === undefined ? {} : { value: String(element.value) }
        return [{ label: text.text, pressed: { type: 'button', ...ids, ...value, text } }]
      }
      if (element.type !== 'static_select') return []
      return (element.options as { text: { type: 'plain_text'; text: string }; value: string }[]).map((option) => ({
        label: option.text.text,
        pressed: { type: 'static_select', ...ids, selected_option: option },
      }))
    })
  })
}

/** What a person sees of their home. */
export function readHome({ blocks }: OpenView): Pick<Read, 'words' | 'buttons'> {
  const words = (blocks as readonly Node[]).map(blockWords).map((part) => part.words)
  return {
    words: words.filter((part) => part !== '').join('\n'),
    buttons: pressables({ blocks }).map(({ label }) => label),
  }
}

interface Words {
  readonly words: string
  readonly pinged: readonly string[]
}

function joined(parts: readonly Words[], glue: string): Words {
  return { words: parts.map(({ words }) => words).join(glue), pinged: parts.flatMap(({ pinged }) => pinged) }
}

function blockWords(block: Node): Words {
  switch (block.type) {
    case 'section':
      return joined([...(block.text ? [textWords(block.text as Node)] : []), ...((block.fields ?? []) as Node[]).map(textWords)], '\n')
    case 'context':
      return joined(((block.elements ?? []) as Node[]).map(textWords), ' ')
    case 'header':
      return textWords(block.text as Node)
    case 'rich_text':
      return joined(
        (block.elements as { elements: Node[] }[]).map(({ elements }) => joined(elements.map(richWords), '')),
        '\n',
      )
    default:
      return { words: '', pinged: [] }
  }
}

function textWords(text: Node): Words {
  if (text.type === 'plain_text') return { words: String(text.text), pinged: [] }
  return text.type === 'mrkdwn' ? mrkdwn(String(text.text), text.verbatim === true) : { words: '', pinged: [] }
}

function richWords(element: Node): Words {
  switch (element.type) {
    case 'user':
      return { words: `@${element.user_id}`, pinged: [String(element.user_id)] }
    case 'broadcast':
      return { words: `@${element.range}`, pinged: ['everyone'] }
    case 'channel':
      return { words: `#${element.channel_id}`, pinged: [] }
    case 'date':
      return { words: String(element.fallback), pinged: [] }
    case 'emoji':
      return { words: `:${element.name}:`, pinged: [] }
    default:
      return { words: String(element.text ?? element.url ?? ''), pinged: [] }
  }
}

/** Slack's markup as it shows; unless the text is verbatim, bare broadcasts count as such. */
function mrkdwn(text: string, verbatim: boolean): Words {
  const pinged: string[] = []
  const shown = text.replaceAll(/<(?<sign>[@#!]?)(?<body>[^<>|]*)(?:\|(?<label>[^<>]*))?>/g, (...match) => {
    const { sign, body, label } = match.at(-1) as { sign: string; body: string; label?: string }
    if (sign === '@') pinged.push(body)
    if (sign === '!' && !body.startsWith('date^')) pinged.push('everyone')
    return sign === '@' || sign === '#' ? `${sign}${body}` : (label ?? (sign === '!' ? `@${body}` : body))
  })
  if (!verbatim && /(?:^|\s)@(?:here|channel|everyone)\b/.test(shown)) pinged.push('everyone')
  const plain = shown.replaceAll(/(?<=^|[\s(])\*(?<bold>[^*\n]+)\*/gm, '$<bold>')
  return { words: plain.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'), pinged }
}
