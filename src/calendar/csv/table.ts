export interface Row {
  /** Of the file, where the row begins; the first line is 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** The rows of a CSV file (RFC 4180), separated as its first line is: by commas, semicolons or tabs. */
export function* rowsOf(text: string): Generator<Row> {
  const separator = separatorOf(text.slice(0, 2_000).split(/\r?\n/)[0] ?? '')
  // a cell in quotes, with "" for a quote, or one without; then what ends it
  const cell = new RegExp(
    `(?:"(?<quoted>[^"]*(?:""[^"]*)*)"[^${separator}\\r\\n]*|(?<plain>[^${separator}\\r\\n]*))(?<end>${separator}|\\r\\n|\\n|\\r|$)`,
    'y',
  )
  let line = 1
  let begins = 1
  let cells: string[] = []
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)?.groups
    if (!found) return
    const { quoted, plain = '', end = '' } = found
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    line += (quoted?.match(/\r\n|\n|\r/g)?.length ?? 0) + (end === separator ? 0 : 1)
    if (end === separator) continue
    if (cells.some((each) => each.trim() !== '')) yield { line: begins, cells }
    cells = []
    begins = line
  }
  if (cells.some((each) => each.trim() !== '')) yield { line: begins, cells }
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
