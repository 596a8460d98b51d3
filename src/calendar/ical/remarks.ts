import { bounds } from './bounds.ts'
import type { Remark } from './event.ts'

/** Collects what is to be said about a file: the first thousand remarks, and how much was left out. */
export interface Remarks {
  skipped(line: number, text: string): void
  mended(line: number, text: string): void
  /** Said at the first place only, however often it comes. */
  once(line: number, text: string): void
  readonly list: readonly Remark[]
  readonly skippedCount: number
}

export function createRemarks(): Remarks {
  const list: Remark[] = []
  const said = new Set<string>()
  let skippedCount = 0

  function add(remark: Remark): void {
    if (list.length < bounds.remarks) list.push(remark)
  }

  return {
    skipped(line, text) {
      skippedCount += 1
      add({ line, kind: 'skipped', text })
    },
    mended: (line, text) => add({ line, kind: 'mended', text }),
    once(line, text) {
      if (said.has(text) || said.size >= bounds.remarks) return
      said.add(text)
      add({ line, kind: 'mended', text })
    },
    get list() {
      return list.toSorted((a, b) => a.line - b.line)
    },
    get skippedCount() {
      return skippedCount
    },
  }
}
