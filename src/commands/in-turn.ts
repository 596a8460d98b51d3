import type { Outcome } from '#core/command.ts'
import type { Change, RecordKind, Records } from '#core/model.ts'

type Step<One> = (one: One) => Outcome | Promise<Outcome>

/** Several changes of one record as a single one, each on what the one before left; the first that is refused refuses all. */
export async function inTurn<Kind extends RecordKind>(
  kind: Kind,
  before: Records[Kind],
  [first, ...steps]: readonly [Step<Records[Kind]>, ...Step<Records[Kind]>[]],
): Promise<Outcome> {
  let outcome = await first(before)
  for (const step of steps) {
    if (isRefused(outcome)) return outcome
    const made = outcome.changes ?? []
    const mine = made.find((change) => isOf(change, kind, before.id))
    const next = await step((mine?.after ?? before) as Records[Kind])
    if (isRefused(next)) return next
    const more = next.changes ?? []
    const last = more.find((change) => isOf(change, kind, before.id)) ?? mine
    const others = [...made, ...more].filter((change) => !isOf(change, kind, before.id))
    const whole = last ? [{ kind, before, after: { ...last.after, version: before.version + 1 } } as Change] : []
    outcome = { ...(more.length > 0 ? next : outcome), changes: [...whole, ...others] }
  }
  return outcome
}

function isOf({ kind, after }: Change, wanted: RecordKind, id: string): boolean {
  return kind === wanted && after.id === id
}

function isRefused({ reply: { tone } }: Outcome): boolean {
  return tone === 'problem' || tone === 'ask'
}
