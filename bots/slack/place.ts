import type { Author, Place } from '#core/message.ts'
import type { Actor } from './wire-fields.ts'

/** Where, when and who, as Slack's payloads tell it. */

export function placeOf(space: string, channel: string, thread?: string): Place {
  const kind = channel.startsWith('D') ? 'direct' : 'channel'
  return { platform: 'slack', space, channel, kind, ...(thread === undefined ? {} : { thread }) }
}

export function instantOf(timestamp: string | undefined, receivedAt: number): Temporal.Instant {
  const groups = /^(?<seconds>\d{1,11})\.(?<fraction>\d{1,6})$/.exec(timestamp ?? '')?.groups
  if (!groups) return Temporal.Instant.fromEpochMilliseconds(receivedAt)
  const micros = BigInt(groups.seconds ?? 0) * 1_000_000n + BigInt((groups.fraction ?? '').padEnd(6, '0'))
  return Temporal.Instant.fromEpochNanoseconds(micros * 1_000n)
}

export function authorOf({ id, name, username }: Actor): Author {
  return { id, name: name ?? username ?? id }
}
