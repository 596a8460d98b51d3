export interface Row {
  /** Of the file, where the row begins; the first line is 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** What is read at most between two pauses, and kept of one row, in cells. */
const most = { atOnce: 400, perRow: 1_000 } as const

/**
 * The rows of a CSV file (RFC 4180), separated as its first line is: by commas, semicolons or tabs. Nothing now and
 * then, where whoever reads may pause.
 */
export function* rowsOf(text: string): Generator<Row | undefined> {
  const separator = separatorOf(text.slice(0, 2_000).split(/\r?\n/)[0] ?? '')
  // what is left of a cell, and what ends it
  const rest = new RegExp(`(?<plain>[^${separator}\\r\\n]*)(?<end>${separator}|\\r\\n|\\n|\\r|$)`, 'y')
  let seen = 0
  let line = 1
  let begins = 1
  let cells: string[] = []
  while (rest.lastIndex < text.length) {
    const begin = rest.lastIndex
    const closing = text[begin] === '"' ? closingQuote(text, begin + 1) : undefined
    const quoted = closing === undefined ? undefined : text.slice(begin + 1, closing)
    rest.lastIndex = closing === undefined ? begin : closing + 1
    const { plain = '', end = '' } = rest.exec(text)?.groups ?? {}
    if (cells.length < most.perRow) cells.push(quoted === undefined ? plain : quoted.split('""').join('"'))
    if (++seen % most.atOnce === 0) yield
    line += (quoted?.match(/\r\n|\n|\r/g)?.length ?? 0) + (end === separator ? 0 : 1)
    if (end === separator) continue
    if (cells.some((each) => each.trim() !== '')) yield { line: begins, cells }
    cells = []
    begins = line
  }
  if (cells.some((each) => each.trim() !== '')) yield { line: begins, cells }
}

/** Where a cell in quotes ends, "" in it standing for one. By hand: a pattern takes half a minute for ten million quotes. */
function closingQuote(text: string, from: number): number | undefined {
  let at = text.indexOf('"', from)
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at === -1 ? undefined : at
}

function separatorOf(header: string): string {
  const counted = [',', ';', '\t'].map((each) => ({ each, count: header.split(each).length }))
  return counted.toSorted((a, b) => b.count - a.count)[0]?.each ?? ','
}

/** Spreadsheets run what begins like this. */
const formula = /^[=+\-@\t\r]/

/** One row. A cell that a spreadsheet would run as a formula gets an apostrophe in front, which it does not show. */
export function rowText(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(formula.test(cell) ? `'${cell}` : cell)).join(',')}\r\n`
}

/** A cell as it was before `rowText`. */
export function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}

function quoted(cell: string): string {
  const text = cell.toWellFormed().replaceAll('\0', '')
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
