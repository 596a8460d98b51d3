import type { OpenView } from './views.ts'

type Node = Readonly<Record<string, unknown>>
type Values = Record<string, Record<string, unknown>>

/** What somebody fills into a modal, by the `block_id` of each line; entries of menus by their words. */
export type Filled = Readonly<Record<string, string | readonly string[]>>

/** The lines of a view that can be filled in. */
export function linesOf(view: OpenView): readonly Node[] {
  return (view.blocks as readonly Node[]).filter(({ type }) => type === 'input')
}

/** `state.values` as Slack sends it. Throws where Slack would not let the person submit. */
export function stateOf(view: OpenView, filled: Filled): Values {
  const lines = linesOf(view)
  const unknown = Object.keys(filled).find((name) => !lines.some(({ block_id }) => block_id === name))
  if (unknown !== undefined) throw new Error(`the form has no line "${unknown}"`)
  return Object.fromEntries(
    lines.map(({ block_id, element, optional }) => {
      const { action_id, ...rest } = element as Node & { action_id: string }
      const said = filled[String(block_id)]
      const [key, value] = stateOfLine(rest, said)
      const empty = value === null || (Array.isArray(value) && value.length === 0)
      if (empty && optional !== true) throw new Error(`Slack wants "${block_id}" filled in`)
      return [String(block_id), { [action_id]: { type: rest.type, [key]: value } }]
    }),
  )
}

/** Lines that are left alone keep what they began with. */
function stateOfLine(element: Node, said: string | readonly string[] | undefined): readonly [key: string, value: unknown] {
  switch (element.type) {
    case 'datepicker':
      return ['selected_date', said ?? element.initial_date ?? null]
    case 'timepicker':
      return ['selected_time', said ?? element.initial_time ?? null]
    case 'multi_users_select':
      return ['selected_users', said ?? element.initial_users ?? []]
    case 'static_select':
      return ['selected_option', said === undefined ? (element.initial_option ?? null) : entry(element, said)]
    default:
      return ['value', said === '' ? null : (said ?? element.initial_value ?? null)]
  }
}

function entry({ options }: Node, said: string | readonly string[]): Node {
  const found = (options as readonly { readonly text: { readonly text: string } }[]).find(({ text }) => text.text === said)
  if (!found) throw new Error(`there is nothing called "${said}" to choose`)
  return found
}
