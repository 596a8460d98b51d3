/** When and where the sentences are read. */
export const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
export const timeZone = 'America/New_York'
export const locale = 'en-US'
/** The same moment, for libraries that know no Temporal. */
export const reference = new Date(now.epochMilliseconds)
