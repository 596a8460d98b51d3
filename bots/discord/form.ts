import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord-api-types/v10'
import type { Form } from '#core/reply.ts'
import { cut, tidy } from './text.ts'

/** Discord allows so many characters in the parts of a modal. */
const most = { title: 45, label: 45, placeholder: 100 } as const

/** A form as Discord shows it: a modal with one line, or with several that hold what is there. What is typed comes back under the same id. */
export function modalOf({ title, label, placeholder, token, lines }: Form): APIModalInteractionResponseCallbackData {
  return {
    custom_id: token,
    title: cut(tidy(title), most.title),
    components: [
      {
        type: ComponentType.Label,
        label: cut(tidy(label), most.label),
        component: {
          type: ComponentType.TextInput,
          custom_id: 'text',
          placeholder: cut(tidy(placeholder), most.placeholder),
          ...(lines
            ? { style: TextInputStyle.Paragraph, value: lines.value, max_length: lines.most }
            : { style: TextInputStyle.Short, max_length: 200 }),
          required: true,
        },
      },
    ],
  }
}
