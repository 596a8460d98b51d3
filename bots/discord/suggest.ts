/** Discord shows at most this many, each of at most 100 characters. */
const mostChoices = 25
const longestChoice = 100

const moments = [
  'in 10 minutes',
  'in 30 minutes',
  'in 1 hour',
  'in 2 hours',
  'this evening',
  'tonight at 8pm',
  'tomorrow morning',
  'tomorrow at 9am',
  'tomorrow at 3pm',
  'in 2 days',
  'next Monday at 9am',
  'in 1 week',
  'every day at 9am',
  'every weekday at 9am',
  'every Monday at 9am',
]

/** Where most people are: offered before anything is typed, when the alphabet would offer Africa alone. */
const zones = [
  'Europe/London',
  'Europe/Paris',
  'Europe/Berlin',
  'Europe/Madrid',
  'Europe/Warsaw',
  'Europe/Istanbul',
  'Africa/Lagos',
  'Africa/Cairo',
  'Africa/Johannesburg',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Jakarta',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Mexico_City',
  'UTC',
]

/** What to offer somebody who types into an option: their own words first, then what is usual, or what they have of it. */
export function suggest(
  option: string,
  typed: string,
  have: readonly string[] = [],
): readonly { readonly name: string; readonly value: string }[] {
  const words = typed.trim().toLowerCase()
  const isName = option === 'list' || option === 'folder'
  const known = option === 'time-zone' ? [...zones, ...Intl.supportedValuesOf('timeZone')] : isName ? have : moments
  const fitting = known.filter((each) => each.toLowerCase().replaceAll('_', ' ').includes(words.replaceAll('_', ' ')))
  const own = option === 'time-zone' || words === '' ? [] : [typed.trim().slice(0, longestChoice)]
  return [...new Set([...own, ...fitting])].slice(0, mostChoices).map((value) => ({ name: value, value }))
}
