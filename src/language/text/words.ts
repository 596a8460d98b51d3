import { type Noun, nouns, type Verb, verbs } from './vocabulary.ts'

/**
 * What each word may mean to the grammar of time, whatever stands around it.
 *
 * A word can have several senses ("second", "march", "sat"): the readers decide by its neighbours.
 */
export type Unit =
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'workday'
  | 'week'
  | 'weekend'
  | 'month'
  | 'quarter'
  | 'year'
  | 'decade'
  | 'century'
export type Part = 'morning' | 'noon' | 'lunch' | 'afternoon' | 'evening' | 'night' | 'midnight'
export type Season = 'spring' | 'summer' | 'autumn' | 'winter'

export interface Word {
  /** Its place in the lexicon. */
  readonly id: number
  /** As the lexicon keeps it: the same string object each time, so that comparing it costs a pointer. */
  readonly spelling: string
  /** 1 (Monday) to 7, or 0. */
  readonly weekday: number
  /** 1 to 12, or 0. */
  readonly month: number
  readonly unit: Unit | ''
  /** "Mondays", "days". */
  readonly plural: boolean
  readonly cardinal: number
  readonly ordinal: number
  readonly part: Part | ''
  readonly half: 'am' | 'pm' | ''
  /** Which one of its kind: this, the next, the last. NaN when the word does not say. */
  readonly step: number
  /** Days from today: "tomorrow" is 1. */
  readonly offset: number
  readonly season: Season | ''
  readonly noun: Noun | ''
  readonly verb: Verb | ''
  /** True when a phrase of repetition holds such a word: "every", "daily", "Mondays". */
  readonly repeats: boolean
  /** True when a phrase of time can begin with this word. */
  readonly opens: boolean
  /** True when the name of days can begin with this word: "Monday", "next", "a", "end". */
  readonly names: boolean
  /** True when the name of a holiday can begin with this word. */
  readonly holiday: boolean
  /** True when the word is as often something else: "may", "sat", "second". */
  readonly vague: boolean
  /** The groups of telling words that it is in, a bit each. */
  readonly tells: number
  /** What it is written for: "you" of "u"; empty when it stands for itself. */
  readonly meant: string
}

const nothing: Word = {
  id: 0,
  spelling: '',
  weekday: 0,
  month: 0,
  unit: '',
  plural: false,
  cardinal: Number.NaN,
  ordinal: Number.NaN,
  part: '',
  half: '',
  step: Number.NaN,
  offset: Number.NaN,
  season: '',
  noun: '',
  verb: '',
  repeats: false,
  opens: false,
  names: false,
  holiday: false,
  vague: false,
  tells: 0,
  meant: '',
}
/** A word that says nothing about time. */
export const plainWord = nothing
/** What stands for every number, and for every mark. */
export const numberWord: Word = { ...nothing, id: 1 }
export const markWord: Word = { ...nothing, id: 2 }
let lastId = markWord.id

const words = new Map<string, Word>()

/** The same words by the hash of their letters; many more slots than words, so that few share one. */
const slots: (Word | undefined)[] = new Array(4_096).fill(undefined)
const lastSlot = slots.length - 1

function place(word: Word) {
  let slot = 0
  for (let i = 0; i < word.spelling.length; i++) slot = hashOn(slot, word.spelling.charCodeAt(i))
  slot &= lastSlot
  while (slots[slot] !== undefined && slots[slot]?.spelling !== word.spelling) slot = (slot + 1) & lastSlot
  slots[slot] = word
}

function add(spellings: string, sense: Partial<Word>) {
  for (const spelling of spellings.split(' ')) words.set(spelling, { ...nothing, ...words.get(spelling), opens: true, ...sense })
}

const weekdays = [
  'monday mon',
  'tuesday tue tues',
  'wednesday wed weds wednes',
  'thursday thu thur thurs',
  'friday fri',
  'saturday sat satur',
  'sunday sun',
]
for (const [index, spellings] of weekdays.entries()) {
  add(spellings, { weekday: index + 1 })
  add(`${spellings.split(' ').join('s ')}s`, { weekday: index + 1, plural: true })
}
// Two letters wrong, yet everybody writes them so.
add('wensday wendsday wednsday wensdays wendsdays wednsdays', { weekday: 3 })
add('tues thurs weds', { plural: false })
add('sat sun mon wed fri thur', { vague: true })
add('suns sats weds mons', { plural: false, vague: true })

const months = 'january/february/march/april/may/june/july/august/september/october/november/december'.split('/')
const shortMonths = 'jan/feb/mar/apr//jun/jul/aug/sep sept/oct/nov/dec'.split('/')
for (const [index, name] of months.entries()) add(`${name} ${shortMonths[index]}`.trim(), { month: index + 1 })
add('may mar march dec jan jun', { vague: true })

const units: readonly [Unit, string, string][] = [
  ['second', 'second sec s', 'seconds secs'],
  ['minute', 'minute min mi', 'minutes mins'],
  ['hour', 'hour hr h', 'hours hrs hours'],
  ['day', 'day d', 'days'],
  ['workday', 'workday weekday', 'workdays weekdays'],
  ['week', 'week wk w', 'weeks wks'],
  ['weekend', 'weekend wkend', 'weekends wkends'],
  ['month', 'month mo mon', 'months mos'],
  ['quarter', 'quarter qtr', 'quarters qtrs'],
  ['year', 'year yr y', 'years yrs'],
  ['decade', 'decade', 'decades'],
  ['century', 'century', 'centuries'],
]
for (const [unit, one, many] of units) {
  add(one, { unit })
  add(many, { unit, plural: true })
}
add('fortnight', { unit: 'week' })
add('fortnights', { unit: 'week', plural: true })
add('s d y mo mi', { opens: false })

const cardinals =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
for (const [value, name] of cardinals.entries()) add(name, { cardinal: value })
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
for (const [index, name] of tens.entries()) add(name, { cardinal: (index + 2) * 10 })
add('fourty', { cardinal: 40 })
const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  )
for (const [index, name] of ordinals.entries()) add(name, { ordinal: index + 1 })
add('thirtieth', { ordinal: 30 })
for (const [index, name] of ordinals.slice(0, 9).entries()) {
  add(`twenty${name}`, { ordinal: 21 + index })
  if (index === 0) add(`thirty${name}`, { ordinal: 31 })
}
add('second', { vague: true })

add('morning mornings mornin', { part: 'morning' })
add('noon midday noontime noonish', { part: 'noon' })
add('lunch lunchtime', { part: 'lunch', vague: true })
add('afternoon afternoons arvo', { part: 'afternoon' })
add('evening evenings eve dinnertime suppertime', { part: 'evening' })
add('night nights nite nighttime', { part: 'night' })
add('midnight', { part: 'midnight' })
add('mornings afternoons evenings nights', { plural: true })
add('eve', { opens: false })
add('tonight tonite tonights', { part: 'night', offset: 0 })

add('am', { half: 'am', opens: false })
add('pm', { half: 'pm', opens: false })

add('today todays', { offset: 0 })
add('tomorrow tomorrows tommorow tommorrow tomorow tomorro tmrw tmr tmw tmro tom', { offset: 1 })
add('tm', { offset: 1, vague: true })
add('tod', { offset: 0, vague: true })
add('tom', { vague: true })
add('yesterday yesterdays yest', { offset: -1 })
add('overmorrow', { offset: 2 })

add('this current', { step: 0 })
add('next coming upcoming following nxt', { step: 1 })
add('last past previous prior preceding', { step: -1 })

add('spring', { season: 'spring', vague: true })
add('summer', { season: 'summer' })
add('autumn', { season: 'autumn' })
add('fall', { season: 'autumn', vague: true })
add('winter', { season: 'winter' })

// Words that say nothing of time themselves and yet begin its phrases.
add(
  'at on in by around about approximately from between before after since until till til untill through thru during within for the a an half couple few several ' +
    'now asap immediately rn every each ev everyday daily weekly biweekly fortnightly monthly quarterly yearly annually annual hourly nightly weeknights twice once ' +
    'end beginning start middle mid midweek late early later earlier close eod eow eom eoy eoq cob bom boy start begin starting beginning somewhere ' +
    'week day month year q as sometime anytime right no not exactly precisely roughly circa due all over week-end same more less fewer greater rest remainder top bottom',
  {},
)
add('week-end', { unit: 'weekend' })

add(
  'every each ev daily everyday nightly weekly biweekly bi fortnightly monthly quarterly yearly annually annual hourly m mwf mtwtf tth one once twice times alternate weekdays weekends weeknights',
  { repeats: true },
)
// "on work days"
add('days', { repeats: true })
for (const [spelling, word] of words)
  if (word.plural && (word.weekday > 0 || word.part !== '')) words.set(spelling, { ...word, repeats: true })

for (const [spelling, noun] of nouns) words.set(spelling, { ...nothing, ...words.get(spelling), noun })
for (const [spelling, verb] of verbs) words.set(spelling, { ...nothing, ...words.get(spelling), verb })

// Words without a sense of their own that names of days begin with.
const naming = new Set(
  'the a an half couple few several end beginning start middle mid midweek late early later earlier close eod eow eom eoy eoq cob bom boy q h w all whole rest remainder penultimate final closest nearest'.split(
    ' ',
  ),
)
// The commonest words of requests are kept too, so that their spelling is.
const common = 'to and with me my i you is it that please will can of we our us be have has this what when how do not up all if or so'
for (const spelling of [...naming, ...common.split(' ')]) if (!words.has(spelling)) words.set(spelling, nothing)
for (const [spelling, word] of words) keep(spelling, word)

function keep(spelling: string, word: Word) {
  const senses = [word.cardinal, word.ordinal, word.step, word.offset]
  const names = word.weekday > 0 || word.month > 0 || word.unit !== '' || word.season !== '' || senses.some((sense) => !Number.isNaN(sense))
  const kept = { ...word, id: word.id || ++lastId, spelling: interned(spelling), names: names || naming.has(spelling) }
  words.set(spelling, kept)
  place(kept)
}

/** The engine keeps one copy of each property name, and compares such strings by address. */
function interned(spelling: string): string {
  return Object.keys({ [spelling]: 0 })[0] ?? spelling
}

/** How people write in a hurry, by what they write. */
const hurried: Readonly<Record<string, string>> = {
  "don't": 'dont',
  "can't": 'cant',
  "won't": 'wont',
  "isn't": 'isnt',
  "aren't": 'arent',
  "didn't": 'didnt',
  "doesn't": 'doesnt',
  "i'm": 'im',
  "i've": 'ive',
  "we've": 'weve',
  "what's": 'whats',
  "when's": 'whens',
  "where's": 'wheres',
  "who's": 'whos',
  "how's": 'hows',
  "that's": 'thats',
  you: 'u ya yu',
  about: 'abt abut',
  please: 'plz pls pleas plase',
  remind: 'rmnd remnd remid rmind remin rimind reming',
  reminder: 'rmndr',
  meeting: 'mtg meetng',
  meetings: 'mtgs',
  schedule: 'sched',
  could: 'cud cld',
  would: 'wud wld',
  what: 'wat wht',
  thanks: 'thx thnx tnx',
}
for (const [meant, spellings] of Object.entries(hurried)) {
  if (!words.has(meant)) keep(meant, nothing)
  for (const spelling of spellings.split(' ')) keep(spelling, { ...nothing, ...words.get(meant), id: 0, meant })
}

/** Holidays are named elsewhere; the lexicon marks their first words, so that one look-up a word is enough. */
export function markHoliday(spelling: string) {
  keep(spelling, { ...nothing, ...words.get(spelling), holiday: true })
}

/** Takes a word up that a reader begins with, so that it is known which one does. "today's" keeps the senses of "today". */
export function keepSpelling(spelling: string) {
  if (words.has(spelling)) return
  const stem = spelling.endsWith("'s") ? words.get(spelling.slice(0, -2)) : undefined
  keep(spelling, { ...nothing, ...stem, id: 0 })
}

let lastBit = 0

/**
 * Makes a group of words that some reader needs to be anywhere in a sentence, and gives its bit.
 *
 * What a sentence `tells` says at once whether it holds one of them.
 */
export function telling(...spellings: readonly string[]): number {
  if (lastBit === 31) throw new RangeError('There are bits for 31 groups of telling words')
  const bit = 1 << lastBit++
  for (const spelling of spellings) {
    keepSpelling(spelling)
    const word = words.get(spelling)
    if (word) keep(spelling, { ...word, tells: word.tells | bit })
  }
  return bit
}

export function wordOf(spelling: string): Word | undefined {
  return words.get(spelling)
}

/** One more letter of a word whose letters so far have this hash. */
export function hashOn(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0
}

/** The word whose letters from a to z stand in a text, large or small; `hash` is theirs in small. */
export function wordIn(text: string, start: number, end: number, hash: number): Word | undefined {
  for (let slot = hash & lastSlot; ; slot = (slot + 1) & lastSlot) {
    const word = slots[slot]
    if (word === undefined || standsAt(word.spelling, text, start, end)) return word
  }
}

function standsAt(spelling: string, text: string, start: number, end: number): boolean {
  if (spelling.length !== end - start) return false
  // The fifth bit is what tells "A" from "a".
  for (let i = 0; i < spelling.length; i++) if (spelling.charCodeAt(i) !== (text.charCodeAt(start + i) | 32)) return false
  return true
}

/** Names that are long enough to be recognised with one letter wrong. */
export const longNames: readonly string[] = [
  ...weekdays.map((spellings) => spellings.split(' ')[0] ?? ''),
  ...months.filter((name) => name.length > 5),
  'tomorrow',
  'tonight',
  'yesterday',
  'afternoon',
  'remind',
  'reminder',
  'meeting',
  'appointment',
  'calendar',
  'schedule',
  'reschedule',
  'cancel',
]
