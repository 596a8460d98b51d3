import { civil, dayNumber, daysInMonth, weekdayOf } from '#core/days.ts'
import { markHoliday } from '../text/words.ts'
import { weekdayFrom } from './civil.ts'
import { dayOfCalendar } from './holidays-moon.ts'

/** Day number of a holiday in a year. */
type Rule = (year: number) => number

const on =
  (month: number, day: number): Rule =>
  (year) =>
    dayNumber(year, month, day)
/** The nth weekday of a month; -1 is the last. */
const nth =
  (n: number, weekday: number, month: number): Rule =>
  (year) => {
    if (n > 0) return weekdayFrom(dayNumber(year, month, 1), weekday) + (n - 1) * 7
    const last = dayNumber(year, month, daysInMonth(year, month))
    return last - ((weekdayOf(last) - weekday + 7) % 7)
  }
const easter =
  (offset: number): Rule =>
  (year) =>
    easterSunday(year) + offset
const after =
  (rule: Rule, days: number): Rule =>
  (year) =>
    rule(year) + days

/** The Gregorian computus of Meeus, Jones and Butcher. */
function easterSunday(year: number): number {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const inCentury = year % 100
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7
  const correction = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const sum = epact + weekday - 7 * correction + 114
  return dayNumber(year, Math.floor(sum / 31), (sum % 31) + 1)
}

const thanksgiving = nth(4, 4, 11)

/** Names as people write them, apostrophes and "day" left out of the matching, and the rule of each. */
const rules: readonly [names: string, rule: Rule][] = [
  ['christmas/xmas/christmas day/xmas day', on(12, 25)],
  ['christmas eve/xmas eve', on(12, 24)],
  ['boxing day', on(12, 26)],
  ["new year's eve/new years eve/new year eve/nye/silvester", on(12, 31)],
  ["new year's day/new years day/new year day/new year's/new years/new year", on(1, 1)],
  [
    "valentine's day/valentine's/valentines/valentines day/valentine day/saint valentine's day/saint valentines day/st valentine's day/st valentines day/vday",
    on(2, 14),
  ],
  [
    "st patrick's day/st patricks day/st patrick day/saint patrick's day/saint patricks day/saint patrick/st patrick/st paddy's day",
    on(3, 17),
  ],
  ["april fool's day/april fools day/april fools/april fool's/all fools' day", on(4, 1)],
  ['ides of march/the ides of march', on(3, 15)],
  ['earth day', on(4, 22)],
  ['may day/international workers day/workers day', on(5, 1)],
  ['juneteenth', on(6, 19)],
  ['independence day/fourth of july/july fourth/4th of july/us independence day', on(7, 4)],
  ['halloween/hallowe’en/all hallows eve', on(10, 31)],
  ["all saints' day/all saints day/all hallows", on(11, 1)],
  ["all souls' day/all souls day", on(11, 2)],
  ['guy fawkes day/bonfire night/guy fawkes night', on(11, 5)],
  ['veterans day/veteran day/armistice day/remembrance day', on(11, 11)],
  ["women's day/international women's day/womens day", on(3, 8)],
  ["women's equality day/womens equality day", on(8, 26)],
  ['purple heart day', on(8, 7)],
  ['spring equinox/vernal equinox/march equinox', on(3, 20)],
  ['summer solstice/june solstice', on(6, 21)],
  ['autumn equinox/autumnal equinox/fall equinox/september equinox', on(9, 22)],
  ['winter solstice/december solstice', on(12, 21)],
  ['groundhog day/groundhogs day', on(2, 2)],
  ['pi day', on(3, 14)],
  ['cinco de mayo', on(5, 5)],
  ['flag day', on(6, 14)],
  ['inauguration day', (year) => dayNumber(Math.ceil((year - 1) / 4) * 4 + 1, 1, 20)],
  ['tax day', on(4, 15)],
  ["st george's day", on(4, 23)],
  ["st andrew's day", on(11, 30)],
  ['bastille day', on(7, 14)],
  ['canada day', on(7, 1)],
  ['australia day', on(1, 26)],
  ['anzac day', on(4, 25)],
  ['martin luther king day/martin luther king jr day/martin luther kings day/mlk day/mlk/civil rights day', nth(3, 1, 1)],
  ["presidents day/presidents' day/president's day/washington's birthday/washingtons birthday", nth(3, 1, 2)],
  ["mother's day/mothers day/mother day", nth(2, 7, 5)],
  ["father's day/fathers day/father day", nth(3, 7, 6)],
  ['memorial day/decoration day', nth(-1, 1, 5)],
  ['early may bank holiday', nth(1, 1, 5)],
  ['spring bank holiday', nth(-1, 1, 5)],
  ['summer bank holiday/late summer bank holiday/august bank holiday', nth(-1, 1, 8)],
  ['labor day/labour day/us labor day', nth(1, 1, 9)],
  ['columbus day/indigenous peoples day', nth(2, 1, 10)],
  ['election day', after(nth(1, 1, 11), 1)],
  ['thanksgiving/thanksgiving day/thanks giving', thanksgiving],
  ['black friday', after(thanksgiving, 1)],
  ['cyber monday', after(thanksgiving, 4)],
  ['giving tuesday', after(thanksgiving, 5)],
  ['super bowl sunday/super bowl', nth(2, 7, 2)],
  ['easter/easter sunday/easter day', easter(0)],
  ['easter monday', easter(1)],
  ['good friday/great friday', easter(-2)],
  ['holy thursday/maundy thursday', easter(-3)],
  ['holy saturday', easter(-1)],
  ['palm sunday', easter(-7)],
  ['ash wednesday', easter(-46)],
  ['shrove tuesday/pancake day/pancake tuesday/mardi gras/fat tuesday', easter(-47)],
  ['ascension day/ascension', easter(39)],
  ['pentecost/whit sunday/white sunday', easter(49)],
  ['whit monday/pentecost monday', easter(50)],
  ['trinity sunday', easter(56)],
  ['corpus christi', easter(60)],
  ['mothering sunday', easter(-21)],
  ["burns night/burns' night", on(1, 25)],
  ["st david's day/st davids day", on(3, 1)],
  ["patriots' day/patriots day", nth(3, 1, 4)],
  ['remembrance sunday', nth(2, 7, 11)],
  ['advent sunday/first advent/first sunday of advent', (year) => weekdayFrom(dayNumber(year, 11, 27), 7)],
  ['twelfth night', on(1, 5)],
  ['epiphany/three kings day', on(1, 6)],
  ['kwanzaa', on(12, 26)],
  ['chinese new year/lunar new year', dayOfCalendar('chinese', 'M01', 1)],
  ['ramadan', dayOfCalendar('islamic-umalqura', 'M09', 1)],
  ['eid/eid al fitr/eid alfitr', dayOfCalendar('islamic-umalqura', 'M10', 1)],
  ['eid al adha/eid aladha', dayOfCalendar('islamic-umalqura', 'M12', 10)],
  ['rosh hashanah/rosh hashana', dayOfCalendar('hebrew', 'M01', 1)],
  ['yom kippur', dayOfCalendar('hebrew', 'M01', 10)],
  ['hanukkah/chanukah/hanukah', dayOfCalendar('hebrew', 'M03', 25)],
  ['purim', dayOfCalendar('hebrew', 'M06', 14)],
  ['passover/pesach', dayOfCalendar('hebrew', 'M07', 15)],
]

const byName = new Map<string, Rule>()
for (const [names, rule] of rules) {
  for (const name of names.split('/')) {
    byName.set(name.replaceAll("'", ''), rule)
    const first = name.split(' ')[0] ?? ''
    for (const spelling of [first, first.replaceAll("'", ''), first.replaceAll('’', "'")]) markHoliday(spelling)
  }
}

export function holidayNamed(name: string): boolean {
  return byName.has(name)
}

/** The longest name, in words. */
export const longestHoliday = 5

export function holidayIn(name: string, year: number): number {
  return byName.get(name)?.(year) ?? Number.NaN
}

/** What "except holidays" leaves out. */
export const publicHolidays: Readonly<Record<'US' | 'GB', readonly string[]>> = {
  US: [
    'new years day',
    'martin luther king day',
    'presidents day',
    'memorial day',
    'juneteenth',
    'independence day',
    'labor day',
    'columbus day',
    'veterans day',
    'thanksgiving',
    'christmas',
  ],
  GB: [
    'new years day',
    'good friday',
    'easter monday',
    'early may bank holiday',
    'spring bank holiday',
    'summer bank holiday',
    'christmas',
    'boxing day',
  ],
}

/** Month and day of a holiday that is on the same date every year. */
export function holidayMonthDay(name: string): { readonly month: number; readonly day: number } | undefined {
  const rule = byName.get(name)
  if (!rule) return undefined
  const [one, other] = [civil(rule(2023)), civil(rule(2024))]
  const another = civil(rule(2026))
  const same = one.month === other.month && one.day === other.day && one.day === another.day
  return same ? { month: one.month, day: one.day } : undefined
}
