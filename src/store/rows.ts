import type { Transaction } from './client.ts'
import { Prisma } from './generated/client.ts'
import { jsonText } from './json.ts'

/** The tables that whole rows are written to. */
export type Table =
  | 'event'
  | 'event_override'
  | 'alert'
  | 'attendee'
  | 'invitation'
  | 'poll'
  | 'calendar'
  | 'calendar_share'
  | 'group'
  | 'reminder'
  | 'todo'
  | 'todo_list'
  | 'note'
  | 'folder'
  | 'person'
  | 'space'
  | 'card'
  | 'audit_entry'
  | 'transcript_entry'

/** A row with the client's names for columns. */
export type Row = Readonly<Record<string, unknown>>

/**
 * Inserts rows in one statement, whatever their number; rows that are there already stay.
 *
 * Postgres reads them from JSON: the client itself takes several times as long to put together a statement of
 * thousands of values as Postgres to carry it out.
 */
export function insertSql(table: Table, rows: readonly Row[], unless: Prisma.Sql = Prisma.sql`ON CONFLICT DO NOTHING`): Prisma.Sql {
  const columns = columnsOf(rows[0] ?? {})
  return Prisma.sql`INSERT INTO ${named(table)} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${named(table)}, ${jsonText(rows.map(inColumns))}::jsonb) ${unless}`
}

export async function insertAll(transaction: Transaction, table: Table, rows: readonly Row[]): Promise<void> {
  if (rows.length > 0) await transaction.$executeRaw(insertSql(table, rows))
}

/** Writes a row over those that the condition names. */
export function updateSql(table: Table, row: Row, condition: Prisma.Sql): Prisma.Sql {
  const columns = columnsOf(row)
  return Prisma.sql`UPDATE ${named(table)} SET (${columns}) =
    (SELECT ${columns} FROM jsonb_populate_record(NULL::${named(table)}, ${jsonText(inColumns(row))}::jsonb)) WHERE ${condition}`
}

/** A row as Postgres brings it, with the client's names for columns. None of them may be a time without a zone. */
export function inNames<Named>(row: Row): Named {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [nameOf(column), value])) as Named
}

function inColumns(row: Row): Row {
  // The client has a value of its own for a column of JSON that holds nothing.
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [columnOf(name), value === Prisma.DbNull ? null : value]))
}

function columnsOf(row: Row): Prisma.Sql {
  return Prisma.raw(
    Object.keys(row)
      .map((name) => `"${columnOf(name)}"`)
      .join(', '),
  )
}

function named(table: Table): Prisma.Sql {
  return Prisma.raw(`"${table}"`)
}

/** Each table's names are made once: the same few are asked for with every row. */
const [names, columns] = [new Map<string, string>(), new Map<string, string>()]

function nameOf(column: string): string {
  return names.getOrInsertComputed(column, () => column.replaceAll(/_[a-z]/g, (found) => found.slice(1).toUpperCase()))
}

function columnOf(name: string): string {
  return columns.getOrInsertComputed(name, () => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
}
