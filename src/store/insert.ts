import type { Transaction } from './client.ts'
import { Prisma } from './generated/client.ts'
import { jsonText } from './json.ts'

/** Tables that many rows go into at once. */
type Table = 'event' | 'event_override' | 'alert' | 'attendee'

/**
 * Inserts rows in one statement, whatever their number; rows that are there already stay.
 *
 * Rows have the client's names for columns, and Postgres reads them from JSON: the client itself takes several
 * times as long to put together a statement of thousands of values as Postgres to carry it out.
 */
export async function insertAll(transaction: Transaction, table: Table, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const names = Object.keys(first).map((name) => [name, columnOf(name)] as const)
  const columns = Prisma.raw(names.map(([, column]) => column).join(', '))
  const named = rows.map((row) => Object.fromEntries(names.map(([name, column]) => [column, row[name]])))
  const into = Prisma.raw(table)
  await transaction.$executeRaw`INSERT INTO ${into} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${into}, ${jsonText(named)}::jsonb) ON CONFLICT DO NOTHING`
}

function columnOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
