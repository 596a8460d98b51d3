import { describeMachine, thisMachine } from '../harness/machine.ts'
import { openPostgres } from '../harness/postgres.ts'
import { tooFewFiles } from './limits.ts'
import { keepReport, type LoadReport, tableOfLoad } from './record.ts'

/**
 * Runs a load test from the command line, on a Postgres of its own: prints as it goes, and fails when anything did.
 * Ctrl-C ends it early, with a report of what it saw until then.
 */
export async function runLoad(
  connections: number,
  load: (databaseUrl: string, isOver: () => boolean) => Promise<LoadReport>,
): Promise<void> {
  const hint = tooFewFiles(connections)
  if (hint !== undefined) {
    console.error(hint)
    process.exitCode = 1
    return
  }
  console.log(describeMachine(thisMachine()))
  let over = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      over = true
    })
  await using postgres = await openPostgres()
  const report = await load(postgres.url, () => over)
  console.log(`\n${tableOfLoad(report)}\n\nKept in ${keepReport(report)}`)
  if (Object.keys(report.errors).length > 0) process.exitCode = 1
}

/** A whole number of the command line, at least 1. */
export function whole(name: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  console.error(`--${name} takes a whole number from 1, such as --${name} 10`)
  process.exit(1)
}
