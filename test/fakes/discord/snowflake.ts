/** The first second of 2015, which Discord counts its ids from, in milliseconds. */
const discordEpoch = 1_420_070_400_000n

/** Ids that grow strictly, and carry their time as Discord's do. */
export function createSnowflakes(): { next(): string } {
  let last = 0n
  return {
    next() {
      const made = (BigInt(Date.now()) - discordEpoch) << 22n
      last = made > last ? made : last + 1n
      return String(last)
    },
  }
}

export function isSnowflake(text: string): boolean {
  return /^\d{15,20}$/.test(text)
}
