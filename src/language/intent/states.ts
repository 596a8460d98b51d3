import { at, type Sentence } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { says, type View } from './view.ts'

const beings = phrasebook(["i'm", 'i am', "i'll be", 'i will be', "we're", 'we are', "we'll be", 'we will be'])
const absences = phrasebook(
  'wfh,working from home,working remotely,out,sick,off sick,out sick,ill,on annual leave,annual leave,pto,travelling,traveling,at a conference,on a course,on the road,out of town,out of office,out of the office,ooo,on vacation,on holiday,on holidays,on leave,on sick leave,on parental leave,on pto,off work,off,away'.split(
    ',',
  ),
)

/** Nobody says these of anything else. */
const alone = new Set(['out of office', 'ooo', 'annual leave', 'pto', 'out sick', 'wfh', 'working from home', 'working remotely'])

// "I'll be out of office from Dec 20 to Jan 3"   "I'm on vacation next week"   "out of office on Friday"
export function readAway({ s, opening, end, times }: View): IntentReading | undefined {
  const days = times.phrase?.days
  if (!days || times.repeat || (times.phrase?.clocks.length ?? 0) > 0) return undefined
  const being = beings.find(s, opening)
  const found = absences.find(s, being?.end ?? opening)
  if (!found || (!being && !alone.has(found.phrase))) return undefined
  // Nothing but when it is: "I'm off to the shops tomorrow" plans no absence.
  const rest = ['from', 'on', 'for', 'all', 'the', 'starting'].includes(at(s, found.end).text) ? found.end + 1 : found.end
  const stretch = times.phraseAt.find(({ from }) => from === found.end || from === rest)
  if (!stretch || !isOver(s, stretch.to, end)) return undefined
  const title = found.phrase === 'ooo' ? 'out of office' : ['pto', 'wfh'].includes(found.phrase) ? found.phrase.toUpperCase() : found.phrase
  return {
    intent: 'event.create',
    confidence: 0.8,
    titleFrom: end,
    given: { title: title[0]?.toUpperCase() + title.slice(1), allDay: true },
  }
}

function isOver(s: Sentence, i: number, end: number): boolean {
  const { kind } = at(s, i)
  return i >= end || kind === 'mark' || kind === 'end'
}

const tellers = new Set(
  "i i'm i'll i've i'd we we're we'll you you're he he's she she's they they're it it's this that there the a an my our is are was will what who when where how why if maybe".split(
    ' ',
  ),
)

// "in 20 min check the oven"   "in an hour: call the bank": so soon that it is to be told, and no event
export function readSoon({ s, opening, end, times }: View): IntentReading | undefined {
  const [stretch, ...others] = times.phraseAt
  const shift = times.phrase?.shift
  if (!stretch || others.length > 0 || times.repeat || !shift || shift.seconds <= 0 || stretch.from > opening) return undefined
  if (!says(s, stretch.from, 'in') || shift.seconds > 86_400) return undefined
  let from = stretch.to
  while ([',', ':', '-'].includes(at(s, from).text)) from++
  if (from >= end || at(s, from).kind !== 'word' || tellers.has(at(s, from).text)) return undefined
  return { intent: 'reminder.create', confidence: 0.7, titleFrom: from }
}
