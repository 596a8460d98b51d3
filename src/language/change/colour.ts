import { table } from '../text/table.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { ChangeReader } from './change.ts'

/** The colours that people say, by their name in CSS, which is what RFC 7986 exchanges. */
const colours = table<string>({
  red: 'red',
  orange: 'orange',
  yellow: 'yellow',
  green: 'green',
  blue: 'blue',
  purple: 'purple',
  violet: 'violet',
  pink: 'pink',
  brown: 'brown',
  grey: 'gray',
  gray: 'gray',
  black: 'black',
  white: 'white',
  teal: 'teal',
  turquoise: 'turquoise',
  cyan: 'cyan',
  magenta: 'magenta',
  indigo: 'indigo',
  lime: 'lime',
  gold: 'gold',
})

/** "[red]"   "[light blue]"   "[in green]": a colour that a sentence closes with. */
export function readColour(s: Sentence, i: number): { readonly value: string; readonly end: number } | undefined {
  const first = at(s, i).text === 'in' ? i + 1 : i
  const shade = at(s, first).text
  const shaded = shade === 'light' || shade === 'dark'
  const colour = colours[at(s, shaded ? first + 1 : first).text]
  const end = first + (shaded ? 2 : 1)
  if (colour === undefined || !closes(s, end)) return undefined
  const known = shaded && ['blue', 'green', 'gray', 'cyan'].includes(colour)
  return { value: known ? `${shade}${colour}` : colour, end }
}

function closes(s: Sentence, i: number): boolean {
  const { kind, text } = at(s, i)
  return kind === 'end' || kind === 'mark' || ['and', 'please', 'instead', 'now', 'again'].includes(text)
}

// "make it [red]"   "set the colour of lunch to [green]"
export const readNewColour: ChangeReader = ({ s, way, from }, i) => {
  const said = way === 'make' || at(s, i - 1).text === 'to'
  const found = said && i >= from ? readColour(s, i) : undefined
  return found && { value: { colour: found.value }, end: found.end }
}
