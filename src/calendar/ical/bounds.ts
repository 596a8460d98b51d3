/** What a file may hold. Beyond these a file is refused, or a value is left out and told. */
export const bounds = {
  fileBytes: 25 * 1024 * 1024,
  /** Of one unfolded line: longer ones are pictures and attachments. */
  lineBytes: 64 * 1024,
  events: 100_000,
  remarks: 1_000,
  title: 500,
  description: 20_000,
  location: 1_000,
  url: 2_000,
  uid: 500,
  attendees: 200,
  categories: 50,
  category: 100,
  alarms: 10,
  /** Of EXDATE and of RDATE, a series. */
  dates: 1_000,
  overrides: 5_000,
  days: 3_660,
  years: [1900, 2200],
} as const
