import { oneOf, remembered, spelled } from '../text/beginnings.ts'
import { at, holds, type Sentence } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import { readAnyZone } from '../time/zones.ts'
import type { IntentReading } from './intent.ts'
import { phrasebook } from './phrasebook.ts'
import { says, type View } from './view.ts'

const reading = (intent: IntentReading['intent'], confidence: number, titleFrom = 0): IntentReading => ({ intent, confidence, titleFrom })

export const undoings = phrasebook([
  'undo',
  'take that back',
  'take it back',
  'revert that',
  'revert',
  'never mind that',
  'put it back',
  'put that back',
  'undo that',
  'undo it',
  'scratch that',
  'strike that',
])

// "undo"   "undo that"   "take that back"
export function readUndo({ s, opening }: View): IntentReading | undefined {
  const found = undoings.find(s, opening)
  if (!found) return undefined
  const after = at(s, found.end)
  const ends = after.kind === 'end' || after.kind === 'mark' || ['that', 'it', 'last', 'the', 'please', 'my'].includes(after.text)
  return ends && isOfOurs(s, found.end) ? reading('undo', 0.98) : undefined
}

const undone = new Set(
  'that it this last latest the please my most recent change changes thing things one action step move command deletion edit update just now you did was made again two three and of'.split(
    ' ',
  ),
)

/** "undo the last change", and not "revert the last commit". */
function isOfOurs(s: Sentence, from: number): boolean {
  for (let i = from; at(s, i).kind === 'word' || at(s, i).kind === 'number'; i++) {
    const { text, word, kind } = at(s, i)
    if (kind === 'word' && !undone.has(text) && word.noun === '' && word.verb === '') return false
  }
  return true
}

export const helps = phrasebook([
  'help',
  'what can you do',
  'what do you do',
  'how do you work',
  'how does this work',
  'how do i use',
  'show help',
  'commands',
  'what can i say',
  'what can i ask',
])

// "help"   "what can you do"   "help me" and nothing more
export function readHelp({ s, opening }: View): IntentReading | undefined {
  const found = helps.find(s, opening) ?? helps.find(s, 0)
  if (!found) return undefined
  const after = at(s, found.end)
  const alone =
    after.kind === 'end' ||
    (after.kind === 'mark' && (at(s, found.end + 1).kind !== 'word' || at(s, found.end + 1).text === 'please')) ||
    (after.text === 'me' && at(s, found.end + 1).kind !== 'word')
  return found.phrase !== 'help' || alone ? reading('help', 0.95) : undefined
}

const asksFor = new Set(['what', "what's", 'which', 'how', 'where', "where's", 'tell'])
const zoneWord = telling('timezone', 'tz', 'zone')
const showing = remembered(spelled('show', 'view', 'see', 'open', 'change', 'edit', 'list'))

// "my time zone is Berlin"   "set timezone to America/New_York"   "I'm in London"   "what is my time zone"   "settings"
export function readSettings(view: View): IntentReading | undefined {
  const { s, opening, end } = view
  if ((at(s, opening).text === 'settings' || at(s, opening).text === 'preferences') && at(s, opening + 1).kind === 'end')
    return reading('settings.show', 0.98)
  if (asksFor.has(at(s, opening).text))
    for (let j = opening + 1; j < Math.min(end, opening + 4); j++)
      if (at(s, j).text === 'my' && ['settings', 'preferences'].includes(at(s, j + 1).text)) return reading('settings.show', 0.95)
  if (says(s, opening, 'my settings') || says(s, opening, 'my preferences')) return reading('settings.show', 0.95)
  const zoneAt = holds(s, zoneWord) ? findTimeZoneWord(view) : 0
  if (zoneAt > 0) {
    const mine = hasWord(s, opening, end, 'my')
    const asks = ['what', "what's", 'whats', 'which', 'show', 'tell'].includes(at(s, opening).text)
    if (asks) return mine ? reading('settings.show', 0.95) : undefined
    if (!mine && !['change', 'set', 'update', 'use', 'switch', 'timezone', 'tz', 'time', 'settings'].includes(at(s, opening).text))
      return undefined
    for (let j = zoneAt; j < Math.min(end, zoneAt + 6); j++) {
      const zone = readAnyZone(s, j)
      if (zone) return { ...reading('settings.update', 0.97, j), content: zone.value.zone }
    }
    const verb = at(s, opening).text
    if (verb === 'change' || verb === 'set' || verb === 'update' || verb === 'my')
      return { ...reading('settings.update', 0.9, zoneAt), content: wordsAfter(s, zoneAt, end) }
  }
  if (showing(at(s, opening).word)) {
    for (let j = opening + 1; j < Math.min(end, opening + 5); j++)
      if (at(s, j).text === 'settings' || at(s, j).text === 'preferences') return reading('settings.show', 0.95)
  }
  return readWhereIAm(view)
}

function hasWord(s: Sentence, from: number, end: number, word: string): boolean {
  for (let i = from; i < end; i++) if (at(s, i).text === word) return true
  return false
}

/** What was said in the place of a zone, as it was said. */
function wordsAfter(s: Sentence, from: number, end: number): string | null {
  const start = ['is', 'to', 'as', ':', '='].includes(at(s, from).text) ? from + 1 : from
  const last = s.tokens[end - 1]
  return start < end && last ? s.text.slice(at(s, start).start, last.end) : null
}

/** The token after "time zone", or 0. */
function findTimeZoneWord({ s, opening, end }: View): number {
  for (let j = opening; j < Math.min(end, opening + 8); j++) {
    const { text } = at(s, j)
    if (text === 'timezone' || text === 'tz') return j + 1
    if (text === 'time' && (at(s, j + 1).text === 'zone' || (at(s, j + 1).text === '-' && at(s, j + 2).text === 'zone')))
      return at(s, j + 1).text === 'zone' ? j + 2 : j + 3
  }
  return 0
}

// "I'm in London"   "I am now in Tokyo"   "I live in Berlin"   "I moved to Paris"   "I'm on Pacific time"
function readWhereIAm({ s, times }: View): IntentReading | undefined {
  let i = 0
  if (says(s, 0, "i'm") || says(s, 0, 'im')) i = 1
  else if (says(s, 0, 'i am') || says(s, 0, 'i live') || says(s, 0, 'i moved') || says(s, 0, "i've moved")) i = 2
  else return undefined
  if (at(s, i).text === 'now' || at(s, i).text === 'currently') i++
  if (at(s, i).text === 'based') i++
  const lead = at(s, i).text
  if (lead !== 'in' && lead !== 'to' && lead !== 'on') return undefined
  const zone = readAnyZone(s, i + 1)
  if (!zone || (lead === 'on' && at(s, zone.end).text !== 'time' && at(s, zone.end - 1).text !== 'time')) return undefined
  let j = zone.end
  if (at(s, j).text === 'now' || at(s, j).text === 'time' || says(s, j, 'these days')) j++
  // "I'm in Tokyo until Friday"
  const [stay, ...others] = times.phraseAt
  const isStay = stay?.from === j && others.length === 0 && ['before', 'by', 'through'].includes(times.phrase?.open ?? '')
  if (stay && isStay) j = stay.to
  return at(s, j).kind === 'end' || at(s, j).kind === 'mark'
    ? { ...reading('settings.update', 0.92, i + 1), content: zone.value.zone }
    : undefined
}

const clockQuestions = phrasebook([
  'what time is it',
  "what's the time",
  'whats the time',
  'what is the time',
  'what day is it',
  'what day is today',
  'what is the date',
  "what's the date",
  'whats the date',
  "what is today's date",
  "what's today's date",
  'what date is it',
  'tell me the time',
  'current time',
  'what is today',
  'what year is it',
  'time in',
  'the time in',
  'what time in',
  'what is the day',
  "what's the day",
  'what month is it',
  'do you know the time',
  'tell me what time it is',
  'tell me the date',
  'what is the current time',
  "what's the current time",
  'give me the time',
  'what time',
])

/** "what's [3pm London] in New York": a clock time, and the zone whose it is to be. */
function converts({ s, opening, end, times }: View): boolean {
  if (!askingWhat.has(at(s, opening).text) || (times.phrase?.clocks.length ?? 0) === 0) return false
  const first = times.phraseAt[0]?.from ?? end
  const leads = ['is', 'time'].includes(at(s, opening + 1).text) ? 3 : 1
  if (first > opening + leads) return false
  for (let i = first + 1; i < Math.min(end, first + 10); i++) {
    const zone = ['in', 'to'].includes(at(s, i).text) ? readAnyZone(s, i + 1) : undefined
    const after = zone && at(s, zone.end)
    if (after && (after.kind === 'end' || after.kind === 'mark' || after.text === 'time')) return true
  }
  return false
}

const askingWhat = new Set(["what's", 'what', 'convert', 'when'])

const placing = new Set(['in', 'at', 'for', 'of', 'right', 'now', 'today', 'there', 'here', 'please', 'currently', 'tomorrow'])

/** What `readTimeQuery` begins with. */
export const timeQueryWord = oneOf(clockQuestions.begins, spelled(...askingWhat))

// "what time is it in Tokyo"   "what's the date"   "what day is it"
export function readTimeQuery(view: View): IntentReading | undefined {
  const { s, opening } = view
  if (converts(view)) return reading('time.query', 0.85, s.tokens.length)
  const found = clockQuestions.find(s, opening)
  if (!found || (found.phrase === 'what time' && at(s, found.end).text !== 'zone')) return undefined
  const after = at(s, found.end)
  const ends =
    after.kind === 'end' ||
    after.kind === 'mark' ||
    found.phrase.endsWith(' in') ||
    (placing.has(after.text) && at(s, found.end + 1).text !== 'you')
  return ends ? reading('time.query', 0.95) : undefined
}
