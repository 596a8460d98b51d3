/** Hours are shown from here on, unless something begins before. */
const morning = 7
/** Hours that are shown before the present one, and after it at least. */
const around = { before: 3, after: 2 } as const

/**
 * The hour that the hours of some days open at, where there is room for so many: from the morning on or from what
 * begins before it, unless all begins later than that shows; and where the day goes on, so that the present is seen.
 */
export function openingHour({
  starts,
  room,
  now,
}: {
  /** Minutes of the clock at which something begins. */
  readonly starts: readonly number[]
  readonly room: number
  /** The present hour, where one of the days is today. */
  readonly now: number | undefined
}): number {
  const first = starts.length === 0 ? morning : Math.floor(Math.min(...starts) / 60)
  const usual = first < morning || first + 1 > morning + room ? Math.max(0, first > morning ? first - 1 : first) : morning
  if (now === undefined) return usual
  const isSeen = now >= usual && now + around.after <= usual + room
  return isSeen ? usual : Math.max(0, now - around.before)
}
