const longestMs = 400 * 86_400_000

/** Whether a window of a calendar may be asked for: it ends after it starts, at most 400 days later. */
export function isWindow(from: Temporal.Instant, to: Temporal.Instant): boolean {
  const length = to.epochMilliseconds - from.epochMilliseconds
  return length > 0 && length <= longestMs
}
