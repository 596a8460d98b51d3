import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** MB that stay on the heap after a module was loaded, in a process of its own. */
export async function heapOf(module: URL): Promise<number> {
  const weigh = fileURLToPath(new URL('weigh.ts', import.meta.url))
  const { stdout } = await run(process.execPath, ['--expose-gc', '--disable-warning=ExperimentalWarning', weigh, module.href])
  return Number(stdout) / 2 ** 20
}
