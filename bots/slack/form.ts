import { z } from 'zod'
import type { Press } from '#core/message.ts'
import { type Form, plain, type Reply } from '#core/reply.ts'
import { cut } from './fit.ts'
import { formField, isEventForm, type ViewSubmission } from './wire.ts'
import type { EventSubmission } from './wire-home.ts'

/** Forms are modals on Slack: opened by a press, and sent without a word of where they were opened, which is kept in them. */

const Opened = z.object({
  token: z.string().max(200),
  team: z.string().max(255),
  channel: z.string().max(255),
  thread: z.string().max(32).optional(),
  /** The message that carried the button; absent where only one person sees it. */
  ts: z.string().max(32).optional(),
  private: z.boolean(),
  /** True when it was opened in the home, which then shows what came of it. */
  home: z.boolean().optional(),
})
export type Opened = z.output<typeof Opened>

/** Slack allows so many characters in the parts of a modal. */
const most = { title: 24, label: 2_000, placeholder: 150 } as const

export function modalOf(form: Form, pressed: Press, { ts, home }: { readonly ts: string | undefined; readonly home: boolean }) {
  const { space: team, channel, thread } = pressed.place
  const opened: Opened = {
    token: form.token,
    team,
    channel,
    ...(thread === undefined ? {} : { thread }),
    ...(ts === undefined ? {} : { ts }),
    private: pressed.private,
    ...(home ? { home } : {}),
  }
  const words = (text: string, length: number) => ({ type: 'plain_text' as const, text: cut(text, length) })
  return {
    type: 'modal' as const,
    title: words(form.title, most.title),
    submit: words(form.submit, most.title),
    close: words('Cancel', most.title),
    private_metadata: JSON.stringify(opened),
    blocks: [
      {
        type: 'input' as const,
        block_id: formField.block,
        label: words(form.label, most.label),
        element: {
          type: 'plain_text_input' as const,
          action_id: formField.action,
          placeholder: words(form.placeholder, most.placeholder),
          ...(form.lines ? { multiline: true, initial_value: form.lines.value, max_length: form.lines.most } : { max_length: 200 }),
        },
      },
    ],
  }
}

/** Undefined when it is not one of our forms. */
export function openedBy(metadata: string): Opened | undefined {
  try {
    return Opened.safeParse(JSON.parse(metadata)).data
  } catch {
    return undefined
  }
}

/** What the ack of a form says back: a refusal stands under the line, and the form stays. */
export function answerInForm({ tone, blocks, about = 'title' }: Reply, form: ViewSubmission | EventSubmission): object | undefined {
  if (tone !== 'problem') return undefined
  const text = blocks.flatMap((block) => (block.kind === 'text' ? [plain(block.text)] : [])).join(' ')
  const line = isEventForm(form) ? about : formField.block
  return { response_action: 'errors', errors: { [line]: cut(text, most.placeholder) } }
}
