import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { parseArgs } from 'node:util'
import { BotError } from '#core/errors.ts'
import type { ImportStatus } from '#core/exchange.ts'
import { importFile } from '#jobs/handlers/import.ts'
import { exchangeHere } from './exchange.ts'

/** As many remarks as are printed; the API has a thousand. */
const shown = 20

/** Takes a file or an address into a calendar, whether the server runs or not, and says what came of it. */
export async function run(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { calendar: { type: 'string' }, 'time-zone': { type: 'string' } },
  })
  const [from] = positionals
  if (from === undefined || positionals.length > 1)
    throw new RangeError('name one file, or an address: import FILE [--calendar NAME] [--time-zone ZONE]')
  const isAddress = /^(?:https?|webcals?):/i.test(from)
  const source = isAddress ? null : await readFile(from)
  const format = isAddress ? 'url' : extname(from).toLowerCase() === '.csv' ? 'csv' : 'ics'

  await using here = await exchangeHere()
  const begun = await here.exchange.begin('local', {
    format,
    source,
    url: isAddress ? from : null,
    ...(values.calendar === undefined ? {} : { calendar: values.calendar }),
    ...(values['time-zone'] === undefined ? {} : { timeZone: values['time-zone'] }),
    machineZone: Temporal.Now.timeZoneId(),
  })
  if (begun.kind === 'no-calendar') throw new BotError('rejected', `there is no calendar called “${values.calendar}”`)
  if (begun.kind === 'too-many') throw new BotError('rejected', 'several imports are under way already: wait for one of them')
  const request = await here.imports.take(begun.id)
  // A running server may have been quicker; then it does the work, and this only watches.
  if (request) await importFile(request, here)
  const status = await ended(() => here.exchange.status('local', begun.id))
  process.stdout.write(report(status))
  if (status.state === 'failed') process.exitCode = 1
}

/** Asks until it has ended: the work may be another process's. */
async function ended(ask: () => Promise<ImportStatus | undefined>): Promise<ImportStatus> {
  for (;;) {
    const status = await ask()
    if (!status) throw new Error('the import is gone')
    if (['done', 'stopped', 'failed'].includes(status.state)) return status
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function report({ state, failure, created, changed, same, skipped, remarks }: ImportStatus): string {
  if (state === 'failed') return `Nothing was imported. ${failure}\n`
  const counts = `${created} new, ${changed} changed, ${same} known already, ${skipped} left out`
  const lines = remarks.slice(0, shown).map(({ line, text }) => `  line ${line}: ${text}\n`)
  const more = remarks.length > shown ? `  and ${remarks.length - shown} more remarks\n` : ''
  return `${state === 'stopped' ? 'Stopped' : 'Imported'}: ${counts}.\n${lines.join('')}${more}`
}
