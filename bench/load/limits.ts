import { platform } from 'node:os'

/** What a process needs beside its connections: files, the database, the other side of what it started. */
const others = 200
/** Connections from one address of the loopback: there are about 28,000 ports. */
const perAddress = 20_000

/** What to change before this many connections can be held by one process; undefined when nothing has to be. */
export function tooFewFiles(connections: number): string | undefined {
  // Node has raised its own limit as far as it may.
  const report = process.report.getReport() as { readonly userLimits?: { readonly open_files?: { readonly hard: number | 'unlimited' } } }
  const hard = report.userLimits?.open_files?.hard ?? 'unlimited'
  const needed = connections + others
  if (hard === 'unlimited' || hard >= needed) return undefined
  return `A process may open ${hard} files here, and ${connections} connections take ${needed}. Raise it in this shell, then try again:\n\n  sudo prlimit --pid $$ --nofile=${needed}:${needed}\n`
}

/** The address that the connection of this number comes from. Other systems have one address of the loopback. */
export function sourceOf(index: number): string {
  return platform() === 'linux' ? `127.0.0.${1 + (Math.floor(index / perAddress) % 250)}` : '127.0.0.1'
}
