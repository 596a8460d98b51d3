import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { BotError } from '#core/errors.ts'
import type { ImportStatus } from '#core/imports.ts'
import { importFile } from '#jobs/handlers/import.ts'
import { exchangeHere } from './exchange.ts'

/** As many remarks as are printed; the API has a thousand. */
const shown = 20

/**
 * Takes a file or an address into a calendar, whether the server runs or not, and says what came of it. On a terminal it
 * shows first what would come in, and asks.
 */
export async function run(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { calendar: { type: 'string' }, 'time-zone': { type: 'string' }, yes: { type: 'boolean', short: 'y', default: false } },
  })
  const [from] = positionals
  if (from === undefined || positionals.length > 1)
    throw new RangeError('name one file, or an address: import FILE [--calendar NAME] [--time-zone ZONE] [--yes]')
  const isAddress = /^(?:https?|webcals?):/i.test(from)
  const source = isAddress ? null : await readFile(from)
  const format = isAddress ? 'url' : extname(from).toLowerCase() === '.csv' ? 'csv' : 'ics'
  const asks = !values.yes && process.stdin.isTTY === true && process.stdout.isTTY === true

  await using here = await exchangeHere({ talks: true })
  const begun = await here.exchange.begin('local', {
    format,
    source,
    url: isAddress ? from : null,
    ...(values.calendar === undefined ? {} : { calendar: values.calendar }),
    ...(values['time-zone'] === undefined ? {} : { timeZone: values['time-zone'] }),
    machineZone: Temporal.Now.timeZoneId(),
    preview: asks,
  })
  if (begun.kind === 'no-calendar') throw new BotError('rejected', `there is no calendar called “${values.calendar}”`)
  if (begun.kind === 'too-many') throw new BotError('rejected', 'several imports are under way already: wait for one of them')
  const { id } = begun

  /** A running server may be quicker; then it does the work, and this only watches. */
  async function worked(): Promise<ImportStatus> {
    const request = await here.importWork.take(id)
    if (request) await importFile(request, here)
    for (;;) {
      const status = await here.exchange.status('local', id)
      if (!status) throw new Error('the import is gone')
      if (!['waiting', 'running', 'stopping'].includes(status.state)) return status
      await here.store.imports.restsSoon(id)
    }
  }

  let status = await worked()
  if (status.state === 'previewed') {
    process.stdout.write(preview(status, basename(from)))
    if (await agreed(`Import ${events(status.created + status.changed)} into “${status.calendarName}”? [y/N] `))
      await here.exchange.confirm('local', id)
    else await here.exchange.stop('local', id)
    status = await worked()
  }
  process.stdout.write(report(status))
  if (status.state === 'failed') process.exitCode = 1
}

/** Whoever ends the input, or interrupts, does not want it. */
async function agreed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')).once('SIGINT', () => resolve('')))
    const answer = await Promise.race([lines.question(question), ended])
    if (answer === '') process.stdout.write('\n')
    return /^y(?:es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}

function preview(status: ImportStatus, name: string): string {
  const { days } = status
  const span = days ? `, ${days.last === days.first ? days.first : `${days.first} to ${days.last ?? 'no end'}`}` : ''
  return `${name}: ${counts(status)}${span}.\n${remarks(status)}`
}

function report(status: ImportStatus): string {
  switch (status.state) {
    case 'failed':
      return `Nothing was imported. ${status.failure}\n`
    case 'cancelled':
    case 'expired':
      return 'Nothing was imported.\n'
    default:
      return `${status.state === 'stopped' ? 'Stopped' : 'Imported'}: ${counts(status)}.\n${remarks(status)}`
  }
}

function counts({ created, changed, same, skipped }: ImportStatus): string {
  return `${created} new, ${changed} changed, ${same} known already, ${skipped} left out`
}

function remarks({ remarks: all }: ImportStatus): string {
  const lines = all.slice(0, shown).map(({ line, text }) => `  line ${line}: ${text}\n`)
  const more = all.length > shown ? `  and ${all.length - shown} more remarks\n` : ''
  return `${lines.join('')}${more}`
}

function events(many: number): string {
  return `${many} ${many === 1 ? 'event' : 'events'}`
}
