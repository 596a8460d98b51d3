import { hash, randomInt, randomUUID } from 'node:crypto'

/** RFC 9562 section 6.2, method 1: what the last id of this process was made of. */
let last = { milliseconds: 0, counter: 0 }

const mostCounter = 0xfff

/** A UUIDv7 (RFC 9562): random, and ordered by `now`, also among those of the same millisecond. */
export function newId(now: Temporal.Instant): string {
  last = following(last, now.epochMilliseconds)
  const time = last.milliseconds.toString(16).padStart(12, '0')
  // The rest of a random one, of which the system makes many at a time.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${last.counter.toString(16).padStart(3, '0')}-${randomUUID().slice(19)}`
}

/** A UUIDv8 (RFC 9562) that stands for `words`: the same words always give the same id. */
export function idOf(...words: readonly string[]): string {
  const bytes = hash('sha256', JSON.stringify(words), 'buffer').subarray(0, 16)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  return dashed(bytes)
}

function dashed(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function following({ milliseconds, counter }: typeof last, now: number): typeof last {
  // Far from the last id the clock is another one (a test's, a restored backup's): it starts anew.
  if (now > milliseconds || milliseconds - now > 1_000) return { milliseconds: now, counter: randomInt(mostCounter >> 1) }
  return counter < mostCounter ? { milliseconds, counter: counter + 1 } : { milliseconds: milliseconds + 1, counter: 0 }
}
