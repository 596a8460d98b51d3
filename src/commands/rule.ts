import { daysAndTimes } from '#core/clock-times.ts'

const weekdays: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}
const units: Readonly<Record<string, string>> = { HOURLY: 'hour', DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }
const ordinals: Readonly<Record<string, string>> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
  '-2': 'second to last',
}
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/**
 * A rule as a person would say it: "every 2 weeks on Tuesday at 9:00 AM, until Jun 1, 2027".
 *
 * Parts that it has no words for are shown as they are, never left out.
 */
export function inWords(rrule: string, start: Temporal.PlainDateTime, timeZone: string, allDay = false): string {
  const parts = new Map(rrule.split(';').map((part) => part.split('=', 2) as [string, string]))
  const take = (name: string) => {
    const value = parts.get(name)
    parts.delete(name)
    return value
  }
  const freq = take('FREQ') ?? ''
  const interval = Number(take('INTERVAL') ?? 1)
  const unit = units[freq] ?? freq.toLowerCase()
  const days = take('BYDAY')
  const positions = take('BYSETPOS')?.split(',').map(Number)
  const month = take('BYMONTH')
  const monthDays = take('BYMONTHDAY')
  const hours = take('BYHOUR')
  const minutes = take('BYMINUTE')
  const count = take('COUNT')
  const until = take('UNTIL')
  parts.delete('WKST')
  const times = timesOf(hours, minutes, start)
  const said = positions && times.length > 1 ? daysAndTimes(positions, times.length) : { days: positions, wanted: undefined }
  // The first to the last of the days that the rule names are all of them.
  const named = days && freq === 'WEEKLY' ? days.split(',').length : monthDays ? monthDays.split(',').length : 1
  const isAll = said.wanted && said.days?.length === named && said.days.every((day, index) => day === index + 1)
  const position = isAll ? undefined : said.days
  const wanted = said.wanted ? times.filter((_, index) => said.wanted.includes(index)) : times

  const every =
    freq === 'WEEKLY' && interval === 1 && days === 'MO,TU,WE,TH,FR'
      ? 'every weekday'
      : interval === 1
        ? `every ${unit}`
        : `every ${interval} ${unit}s`
  const once = freq === 'YEARLY' && count && !until && parts.size === 1
  const dates = once ? datesOnce(parts.get('BYYEARDAY'), Number(count) / wanted.length, start) : undefined
  if (dates) return `on ${list(dates)}${allDay ? '' : ` at ${list(wanted)}`}`
  const monthNames = month ? list(month.split(',').map((number) => months[Number(number) - 1] ?? number)) : ''
  const ranked = daysOfMonth(days, monthDays)
  const dated = freq === 'YEARLY' && month && !month.includes(',') && !days && positive(monthDays)
  const inMonths = freq === 'MONTHLY' && interval === 1 && monthNames !== ''
  const words = [
    inMonths ? '' : every,
    dated ? `on ${monthNames} ${list(monthDays?.split(',') ?? [])}` : '',
    ranked || (days && every !== 'every weekday' ? `on ${daysInWords(days, position)}` : ''),
    monthDays && !dated && !ranked ? `on the ${list(monthDays.split(',').map(dayOfMonth))}` : '',
    monthNames && !dated ? `${inMonths ? 'of' : 'in'} ${monthNames}` : '',
    freq === 'HOURLY' || allDay ? '' : `at ${list(wanted)}`,
    count ? `, ${count} times` : '',
    until ? `, until ${dateInWords(until, timeZone)}` : '',
    parts.size > 0 ? `(${[...parts].map(([name, value]) => `${name}=${value}`).join(';')})` : '',
  ]
  return words.filter(Boolean).join(' ').replaceAll(' ,', ',')
}

/** "Dec 3", "Jan 5": the days of the year that each come once, in their order. */
function datesOnce(yearDays: string | undefined, count: number, start: Temporal.PlainDateTime): readonly string[] | undefined {
  const ranks = yearDays?.split(',').map(Number) ?? []
  if (ranks.length !== count || ranks.some((rank) => rank < 1)) return undefined
  const first = start.toPlainDate()
  const days = ranks.map((rank) => {
    const day = dayOfYear(first.year, rank)
    return Temporal.PlainDate.compare(day, first) < 0 ? dayOfYear(first.year + 1, rank) : day
  })
  return days.sort(Temporal.PlainDate.compare).map(({ month, day }) => `${months[month - 1]?.slice(0, 3)} ${day}`)
}

function dayOfYear(year: number, rank: number): Temporal.PlainDate {
  return new Temporal.PlainDate(year, 1, 1).add({ days: rank - 1 })
}

// "TU"   "2TU"   "-1FR"
//         ↑ which one of the month
const byDay = /^(?<nth>[+-]?\d+)?(?<day>[A-Z]{2})$/

function daysInWords(days: string, position: readonly number[] | undefined): string {
  const names = days.split(',').map((text) => {
    const { nth, day = text } = byDay.exec(text)?.groups ?? {}
    const name = weekdays[day] ?? day
    return nth === undefined ? name : `the ${ordinal(nth)} ${name}`
  })
  if (position === undefined) return list(names)
  const which = list(position.map((each) => ordinal(String(each))))
  return days === 'MO,TU,WE,TH,FR' ? `the ${which} weekday` : `the ${which} of ${list(names)}`
}

function ordinal(nth: string): string {
  const rank = Number(nth)
  return ordinals[String(rank)] ?? (rank < 0 ? `${counted(-rank)} to last` : counted(rank))
}

function positive(monthDays: string | undefined): boolean {
  return monthDays !== undefined && !monthDays.includes('-')
}

/** "on the Tuesday from the 2nd to the 8th": which of the month falls on days that are a week. */
function daysOfMonth(days: string | undefined, monthDays: string | undefined): string {
  const ranks = monthDays?.split(',').map(Number) ?? []
  const [first, last] = [ranks[0], ranks.at(-1)]
  const weekday = weekdays[days ?? '']
  if (weekday === undefined || first === undefined || last === undefined || ranks.length !== 7 || last - first !== 6) return ''
  return `on the ${weekday} from the ${dayOfMonth(String(first))} to the ${dayOfMonth(String(last))}`
}

function dayOfMonth(day: string): string {
  const number = Number(day)
  return number < 0 ? `${ordinal(day)} day` : counted(number)
}

/** "2nd", "11th" */
function counted(number: number): string {
  const suffix = number % 100 > 10 && number % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')
  return `${number}${suffix}`
}

/** The times of one day, in order. */
function timesOf(hours: string | undefined, minutes: string | undefined, start: Temporal.PlainDateTime): readonly string[] {
  const at = (hour: number, minute: number) =>
    `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`
  const allMinutes = minutes?.split(',').map(Number) ?? [start.minute]
  const allHours = hours?.split(',').map(Number) ?? [start.hour]
  return allHours.flatMap((hour) => allMinutes.map((minute) => at(hour, minute)))
}

// "20261201"   "20261201T090000"   "20261202T045959Z": that last one is an instant, and another day in the rule's zone
const untilParts = /^(?<date>\d{8})(?:T(?<time>\d{6})(?<utc>Z?))?$/

function dateInWords(until: string, timeZone: string): string {
  const groups = untilParts.exec(until)?.groups
  if (!groups) return until
  const { date = '', time, utc } = groups
  const day = utc ? Temporal.Instant.from(`${date}T${time}Z`).toZonedDateTimeISO(timeZone).toPlainDate() : Temporal.PlainDate.from(date)
  return `${months[day.month - 1]?.slice(0, 3)} ${day.day}, ${day.year}`
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
