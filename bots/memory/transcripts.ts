import { newId } from '#core/ids.ts'
import type { Clock, TranscriptEntry, Transcripts } from '#core/ports.ts'

/** Transcripts for one process without a database: forgets everything when the process ends. */
export function createMemoryTranscripts({ clock }: { clock: Clock }): Transcripts {
  const lines = new Map<string, TranscriptEntry[]>()
  const marks = new Map<string, string>()
  const of = (user: string) => lines.getOrInsertComputed(user, () => [])
  const byId = (user: string, id: string) => of(user).find((line) => line.id === id)
  let newest = 0

  /** Lines of the same millisecond keep their order. */
  function nextId(): string {
    newest = Math.max(newest + 1, clock.now().epochMilliseconds)
    return newId(Temporal.Instant.fromEpochMilliseconds(newest))
  }

  function marked(user: string, mark: string): TranscriptEntry | undefined {
    const id = marks.get(`${user} ${mark}`)
    return id === undefined ? undefined : byId(user, id)
  }

  return {
    async find(user, mark) {
      return marked(user, mark)
    },

    async append(user, entry, mark) {
      const earlier = mark === undefined ? undefined : marked(user, mark)
      if (earlier) return { ...earlier, earlier: true }
      const line = { ...structuredClone(entry), id: nextId(), at: clock.now() }
      of(user).push(line)
      if (mark !== undefined) marks.set(`${user} ${mark}`, line.id)
      return line
    },

    async get(user, id) {
      return byId(user, id)
    },

    async replace(user, id, reply) {
      lines.set(
        user,
        of(user).map((line) => (line.id === id ? { ...line, reply: structuredClone(reply) } : line)),
      )
    },

    async recent(user, limit, before) {
      return of(user)
        .filter((line) => before === undefined || line.id < before)
        .slice(-limit)
    },
  }
}
