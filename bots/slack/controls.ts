import type { Button, Option } from '#core/reply.ts'
import { limits, type MessageBlock } from './blocks.ts'
import { cut } from './fit.ts'

/** More than this is not a choice any more, and Slack takes 50 blocks in all. */
const maxButtons = 50

/** Buttons in rows; the token of a press is the button's `value`. */
export function controls(buttons: readonly Button[]): MessageBlock[] {
  const shown = buttons.slice(0, maxButtons)
  const rows: MessageBlock[] = []
  for (let from = 0; from < shown.length; from += limits.buttonsInBlock) {
    const elements = shown.slice(from, from + limits.buttonsInBlock).map(({ label, token, style }, index) => ({
      type: 'button' as const,
      action_id: `press.${from + index}`,
      text: words(label, limits.buttonText),
      value: token,
      ...(style ? { style } : {}),
    }))
    rows.push({ type: 'actions', elements })
  }
  return [...rows, ...more(buttons.length - shown.length)]
}

export function menu(placeholder: string, options: readonly Option[]): MessageBlock[] {
  if (options.length === 0) return []
  const shown = options.slice(0, limits.options)
  const select = {
    type: 'static_select' as const,
    action_id: 'choose',
    placeholder: words(placeholder, limits.placeholder),
    options: shown.map(({ label, token }) => ({ text: words(label, limits.optionText), value: token })),
  }
  return [{ type: 'actions', elements: [select] }, ...more(options.length - shown.length)]
}

/** Slack refuses an empty label. */
function words(label: string, length: number) {
  return { type: 'plain_text' as const, text: cut(label.toWellFormed(), length) || '–', emoji: true }
}

function more(hidden: number): MessageBlock[] {
  if (hidden <= 0) return []
  return [{ type: 'context', elements: [{ type: 'plain_text', text: `… and ${hidden} more`, emoji: false }] }]
}
