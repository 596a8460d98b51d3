import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { BotError } from '#core/errors.ts'
import { exchangeHere } from './exchange.ts'

/** Prints a calendar as a file, or writes it to one. */
export async function run(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { calendar: { type: 'string' }, csv: { type: 'boolean', default: false } },
  })
  const [to] = positionals
  const format = values.csv || to?.toLowerCase().endsWith('.csv') ? 'csv' : 'ics'
  await using here = await exchangeHere()
  const file = await here.exchange.export('local', format, values.calendar)
  if (!file) throw new BotError('rejected', `there is no calendar called “${values.calendar}”`)
  if (to === undefined) process.stdout.write(file.body)
  else await writeFile(to, file.body)
}
