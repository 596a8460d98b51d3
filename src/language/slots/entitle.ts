import type { IntentReading } from '../intent/intent.ts'
import { phrasebook } from '../intent/phrasebook.ts'
import type { View } from '../intent/view.ts'
import { at, type Sentence } from '../text/tokens.ts'
import type { Name } from './name.ts'
import type { Slots } from './slots.ts'
import { titleBetween } from './title.ts'
import { trackUse, type Used } from './used.ts'

const nothingTitled = new Set(['none', 'undo', 'help', 'settings.show', 'settings.update', 'time.query'])

/** What was said of a thing to do stays whole: "the oil needs changing". */
const thingLead = new Set([
  'to',
  'that',
  'about',
  'for',
  'of',
  'and',
  'please',
  'a',
  'an',
  'saying',
  'regarding',
  'on',
  'at',
  'in',
  'item',
  'items',
  'later',
])

/** A note keeps its article: "the new strategy". */
const noteLead = new Set(['to', 'that', 'about', 'for', 'of', 'on', 'saying', 'regarding', 'down', 'from', 'with'])

export function titleOf({ s, polite }: View, found: IntentReading, named: Name | undefined, used: Used, slots: Slots) {
  if (nothingTitled.has(found.intent) || found.intent.startsWith('digest.')) return undefined
  if (named) {
    const words = titleBetween(s, named.from, named.to, trackUse(s.tokens.length), new Set())
    if (words) return words
  }
  takeThanks(s, used)
  // "could you remind me to lock up?", "when is standup?": the mark asks us, and is no part of what to do or to find.
  let last = s.tokens.length - 1
  while (used.isTaken(last)) last--
  if (at(s, last).text === '?' && (polite || !found.intent.endsWith('.create'))) used.take(last, last + 1)
  // "add bread too"
  if (found.intent === 'todo.create' && at(s, last).text === 'too') used.take(last, last + 1)
  if (found.intent === 'event.create') return eventTitle(s, found.titleFrom, used, slots)
  const lead = found.intent.startsWith('note')
    ? noteLead
    : found.intent === 'reminder.create' || found.intent === 'todo.create'
      ? thingLead
      : undefined
  const title = titleBetween(s, found.titleFrom, s.tokens.length, used, lead)
  return title
}

const thanks = phrasebook([
  'thanks',
  'thank you',
  'thx',
  'ty',
  'cheers',
  'thanks a lot',
  'thank you so much',
  'many thanks',
  'thanks in advance',
])

/** "remind me at 3 to call Bob. [Thanks!]" */
function takeThanks(s: Sentence, used: Used) {
  let end = s.tokens.length
  while (end > 0 && ['!', '.', ':', ')'].includes(at(s, end - 1).text)) end--
  for (let i = end - 1; i >= Math.max(1, end - 4); i--)
    if (thanks.find(s, i)?.end === end && at(s, i - 1).kind === 'mark') return used.take(i, s.tokens.length)
}

const skipped = new Set(['a', 'an', 'the', 'new', 'up', 'me', 'another', 'for', 'my', 'in'])

/** "schedule a meeting about X", "event for my dentist appointment", "create an event roadtrip": the noun stays when it says more than "event". */
function eventTitle(s: Sentence, from: number, used: Used, slots: Slots) {
  const start = havings.find(s, from)?.end ?? from
  takeBeing(s, start, used)
  let i = start
  while (skipped.has(at(s, i).text) || (used.isTaken(i) && i < s.tokens.length)) i++
  if (at(s, i).text === 'event' || at(s, i).text === 'events') {
    // "an event Road trip with Ann": who comes is no part of the name.
    for (const { slot, start, end } of slots.spans) if (slot === 'people') useCompany(s, i + 2, start, end, used)
    let rest = i + 1
    while (used.isTaken(rest)) rest++
    const title = titleBetween(s, afterReminding(s, rest), s.tokens.length, used)
    if (title) return title
  }
  return titleBetween(s, start, s.tokens.length, used)
}

/** "[we have a] fire drill on Friday" */
const havings = phrasebook([
  'there is',
  "there's",
  'there will be',
  'we have',
  "we've got",
  'we got',
  "we're having",
  'we are having',
  'i have',
  "i've got",
  'i got',
  "i'm having",
  'i am having',
])

/** "retro [will be] at 4", "class [starts] on Monday": what leads to when it is. */
const beings = phrasebook([
  'is',
  'will be',
  'starts',
  'will start',
  'begins',
  'will begin',
  'takes place',
  'will take place',
  'happens',
  'will happen',
])

function takeBeing(s: Sentence, from: number, used: Used) {
  for (let i = from + 1; i < s.tokens.length; i++) {
    const being = used.isTaken(i) ? undefined : beings.find(s, i)
    if (being && used.isTaken(being.end)) return used.take(i, being.end)
  }
}

/** "an event tomorrow at 9 [reminding me to] water the plants" */
function afterReminding(s: Sentence, i: number): number {
  if (!['remind', 'reminding', 'reminded', 'reminds'].includes(at(s, i).text)) return i
  return at(s, i + 1).text === 'me' || at(s, i + 1).text === 'us' ? i + 2 : i
}

/** Takes "with" and the people after it out of a title that begins before them. */
function useCompany(s: Sentence, from: number, start: number, end: number, used: Used) {
  for (let i = from; i < s.tokens.length; i++) {
    const token = s.tokens[i]
    if (token && token.start >= start && token.end <= end) used.take(at(s, i - 1).text === 'with' ? i - 1 : i, i + 1)
  }
}
