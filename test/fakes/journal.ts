/** One thing that happened on an emulated platform. */
export interface Entry {
  readonly index: number
  /** Milliseconds on the monotonic clock since the journal was opened. */
  readonly at: number
  /** `request`, `envelope`, `ack`, `violation`: each emulator lists its own. */
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
}

export interface Journal {
  record(kind: string, detail?: Readonly<Record<string, unknown>>): Entry
  entries(): readonly Entry[]
  of(kind: string): readonly Entry[]
  /** The first entry that fits, from `from` on, as soon as there is one. */
  wait(fits: (entry: Entry) => boolean, options?: { readonly from?: number; readonly timeoutMs?: number }): Promise<Entry>
  /** Hears every entry from now on. */
  listen(hear: (entry: Entry) => void): Disposable
  /** Something that the real service would not take. */
  violation(rule: string, detail?: Readonly<Record<string, unknown>>): void
  /** Violations of these rules are what the test is about. */
  announce(...rules: readonly string[]): void
  /** Drops what was recorded so far, but for violations: an emulator that runs for hours would not hold it all. */
  forget(): void
  /** Throws when a violation was recorded that nobody announced. */
  assertNoViolations(): void
}

/** The complete, ordered record of what an emulator saw and did. */
export function createJournal(): Journal {
  const started = performance.now()
  const entries: Entry[] = []
  const violations: Entry[] = []
  let forgotten = 0
  const announced = new Set<string>()
  const waiting = new Set<(entry: Entry) => void>()

  function record(kind: string, detail: Readonly<Record<string, unknown>> = {}): Entry {
    const entry = { index: forgotten + entries.length, at: performance.now() - started, kind, detail }
    entries.push(entry)
    if (kind === 'violation') violations.push(entry)
    for (const look of [...waiting]) look(entry)
    return entry
  }

  return {
    record,
    entries: () => entries,
    of: (kind) => entries.filter((entry) => entry.kind === kind),

    wait(fits, { from = 0, timeoutMs = 20_000 } = {}) {
      const known = entries.slice(Math.max(0, from - forgotten)).find(fits)
      if (known) return Promise.resolve(known)

      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look)
          const last = entries.slice(-12).map(({ kind, detail }) => `${kind} ${JSON.stringify(detail).slice(0, 200)}`)
          reject(new Error(`nothing fitting was recorded within ${timeoutMs} ms; the last entries:\n${last.join('\n')}`))
        }, timeoutMs)
        late.unref()
        function look(entry: Entry) {
          if (!fits(entry)) return
          clearTimeout(late)
          waiting.delete(look)
          resolve(entry)
        }
        waiting.add(look)
      })
    },

    listen(hear) {
      waiting.add(hear)
      return { [Symbol.dispose]: () => void waiting.delete(hear) }
    },

    violation(rule, detail = {}) {
      record('violation', { rule, ...detail })
    },

    announce(...rules) {
      for (const rule of rules) announced.add(rule)
    },

    forget() {
      forgotten += entries.length
      entries.length = 0
    },

    assertNoViolations() {
      const unannounced = violations.filter(({ detail }) => !announced.has(String(detail.rule)))
      if (unannounced.length === 0) return
      const list = unannounced.map(({ at, detail }) => `${at.toFixed(0)} ms ${JSON.stringify(detail)}`)
      throw new Error(`the emulated platform would have refused:\n${list.join('\n')}`)
    },
  }
}
