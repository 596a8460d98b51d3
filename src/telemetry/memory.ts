import { readFileSync } from 'node:fs'

/** Where control groups of version 2 and 1 say how much memory this container may use. */
const limitFiles = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes']

/** Version 1 says "no limit" with a number near 2^63. */
const absurd = 2 ** 60

/** How many bytes this process may use before the kernel ends it; undefined when nobody set a limit. */
export function memoryLimit(files: readonly string[] = limitFiles): number | undefined {
  for (const file of files) {
    const bytes = readLimit(file)
    if (bytes !== undefined) return bytes
  }
  return undefined
}

function readLimit(file: string): number | undefined {
  try {
    const bytes = Number(readFileSync(file, 'utf8').trim())
    return Number.isFinite(bytes) && bytes > 0 && bytes < absurd ? bytes : undefined
  } catch {
    return undefined
  }
}
