import { fork } from 'node:child_process'
import { globSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Size } from './benchmark.ts'
import type { Manner, Result } from './measure.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))

/** The names of all benchmarks: their paths, without what all paths have in common. */
export function benchmarkNames(): readonly string[] {
  return globSync('**/*.bench.ts', { cwd: folder })
    .map((file) => relative('.', file).replace(/\.bench\.ts$/, ''))
    .sort()
}

/**
 * Runs one benchmark in a process of its own: what others have loaded, compiled and left on the heap changes nothing.
 *
 * Undefined when it takes no part in a run of this size.
 */
export async function runIsolated(name: string, size: Size, manner: Manner = {}, signal?: AbortSignal): Promise<Result | undefined> {
  const one = fileURLToPath(new URL('one.ts', import.meta.url))
  const child = fork(one, [join(folder, `${name}.bench.ts`), name, size, JSON.stringify(manner)], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  signal?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true })
  const answers: { readonly result?: Result }[] = []
  child.on('message', (answer: { readonly result?: Result }) => {
    answers.push(answer)
    child.disconnect()
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
  })
  if (code !== 0 || !answers[0]) throw new Error(`The benchmark ${name} ended with ${code} and ${answers.length} answers`)
  return answers[0].result
}
