import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import type { Block, Button, Option } from '#core/reply.ts'
import { cut, tidy } from './text.ts'

type Row = APIActionRowComponent<APIComponentInMessageActionRow>

const mostRows = 5
const mostButtonsInRow = 5
const mostOptions = 25
const longestToken = 100
const styles = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

/** Buttons and menus in rows, in order; `left` is how many choices found no room. */
export function componentsOf(blocks: readonly Block[]): { readonly rows: Row[]; readonly left: number } {
  const seen = new Set<string>()
  const rows: Row[] = []
  let left = 0
  /** Discord refuses a message in which two components carry the same id. */
  const isNew = ({ token }: { readonly token: string }) => {
    if (token === '' || token.length > longestToken || seen.has(token)) return false
    seen.add(token)
    return true
  }

  for (const block of blocks) {
    if (block.kind === 'buttons') {
      const buttons = block.buttons.filter(isNew)
      for (let from = 0; from < buttons.length; from += mostButtonsInRow) {
        const some = buttons.slice(from, from + mostButtonsInRow)
        if (rows.length < mostRows) rows.push({ type: ComponentType.ActionRow, components: some.map(buttonOf) })
        else left += some.length
      }
    }
    if (block.kind === 'menu') {
      const options = block.options.filter(isNew)
      if (options.length === 0) continue
      const shown = rows.length < mostRows ? options.slice(0, mostOptions) : []
      left += options.length - shown.length
      if (shown.length > 0) rows.push(menuOf(`menu:${rows.length}`, block.placeholder, shown))
    }
  }
  return { rows, left }
}

function buttonOf({ label, token, style }: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: style ? styles[style] : ButtonStyle.Secondary,
    label: labelOf(label, 80),
    custom_id: token,
  }
}

function menuOf(id: string, placeholder: string, options: readonly Option[]): Row {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: id,
        placeholder: cut(tidy(placeholder), 150),
        options: options.map(({ label, token }): APISelectMenuOption => ({ label: labelOf(label, 100), value: token })),
      },
    ],
  }
}

function labelOf(words: string, room: number): string {
  return cut(tidy(words).trim(), room) || '…'
}
