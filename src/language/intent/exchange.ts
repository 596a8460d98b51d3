import { spelled } from '../text/beginnings.ts'
import { lastMarks } from '../text/ends.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

// "import https://example.org/team.ics"   "please import my events from webcal://example.org/team"
//                 ↑ url
const importing = /^(?:import|load|pull in|bring in)\b[^\n]{0,80}?\s<?(?<url>(?:https?|webcals?):\/\/[^\s<>|]{1,2000})/i
// "import my calendar"   "import an ics file"
const importingNothing =
  /^import\s+(?:(?:my|an?|the|our|some)\s+)?(?:[\w.-]+\s+)?(?:calendars?|events?|ics|\.ics|ical|icalendar|csv|files?)\b[^\n]{0,20}$/i
// "subscribe to https://example.org/holidays.ics as Holidays"   "follow the calendar at webcal://..."
//                        ↑ url                      ↑ name
const subscribing =
  /^(?:subscribe|follow)\b[^\n]{0,80}?\s<?(?<url>(?:https?|webcals?):\/\/[^\s<>|]{1,2000})>?(?:\s+(?:as|called|named)\s+(?<name>[^\n]{1,80}))?/i
// "unsubscribe from Holidays"   "stop following https://example.org/holidays.ics"   "cancel my subscription to Holidays"
//                   ↑ name
const leaving =
  /^(?:unsubscribe(?:\s+(?:me\s+)?from)?|unfollow|stop\s+following|(?:cancel|end|stop)\s+(?:my\s+|the\s+)?subscription\s+(?:to|of))(?:\s+(?:the\s+|my\s+)?<?(?<name>[^\n<>]{1,2000}?)>?(?:\s+(?:calendar|feed))?)?$/iu
// "my subscriptions"   "which calendars do I follow"   "what am I subscribed to"
const listingFollowed =
  /^(?:(?:list|show|what\s+are)\s+(?:me\s+)?)?(?:all\s+)?(?:my\s+)?(?:calendar\s+)?subscriptions$|^(?:which|what)\s+(?:calendars|feeds)\s+(?:do|am)\s+(?:i|we)\s+(?:follow|following|subscribed?(?:\s+to)?)$|^what\s+am\s+i\s+(?:subscribed\s+to|following)$/iu
// "export my calendar"   "export my Work calendar as csv"   "download all my events"
//                                  ↑ name          ↑ format
const exporting =
  /^(?:export|download|back up|backup)\s+(?:(?:all|of|the|my|our|this)\s+)*(?:(?<name>\p{L}[^\n]{0,60}?)\s+)?(?:calendar|events|agenda|schedule|appointments)(?:\s+(?:as|to|in|into)\s+(?:an?\s+)?(?<format>csv|ics|ical|icalendar|excel|spreadsheet|file)(?:\s+file)?)?$/iu
// "my calendar link"   "give me the link to my calendar"   "what is my Work calendar's feed"   "calendar url"
const linking =
  /^(?:(?:give|show|send|get|tell|what|where|is|i|need|want|me|us|a|the|new|private|an)\s+|what's\s+|where's\s+)*(?:(?:my|our|the)\s+)?(?:(?<name>\p{L}[^\n]{0,60}?)\s+)?calendar(?:'s|’s)?\s+(?:feed|link|url|address|subscription)(?:\s+(?:link|url|address))?$/iu
const linkingTo =
  /^(?:(?:give|show|send|get|tell|what|is|i|need|want|me|us|a|the|new|private)\s+|what's\s+)*(?:link|feed|url|address)\s+(?:to|of|for)\s+(?:my|our|the)\s+(?:(?<name>\p{L}[^\n]{0,60}?)\s+)?calendar$/iu
// "renew my calendar link"   "a new calendar link"   "turn off my calendar link"
const renewing = /^(?:renew|reset|regenerate|rotate|replace|change|make|create)\b|\bnew\b/i
const ending = /^(?:turn off|switch off|disable|revoke|remove|delete|stop|close)\b/i
const verbs =
  /^(?:renew|reset|regenerate|rotate|replace|change|make|create|turn off|switch off|disable|revoke|remove|delete|stop|close)\s+/i

const moves = ['import', 'load', 'pull', 'bring', 'subscribe', 'follow', 'export', 'download', 'back', 'backup']
const moving = new Set(moves)

/** What such requests begin with. */
export const exchangeWord = spelled(
  ...moves,
  ...[
    'give',
    'show',
    'send',
    'get',
    'tell',
    'what',
    'where',
    'is',
    'i',
    'need',
    'want',
    "what's",
    "where's",
    'my',
    'our',
    'the',
    'new',
    'private',
  ],
  ...['link', 'feed', 'url', 'address', 'calendar', 'renew', 'reset', 'regenerate', 'rotate', 'replace', 'change', 'make', 'create', 'a'],
  ...['unsubscribe', 'unfollow', 'list', 'which', 'cancel', 'end', 'subscriptions'],
  ...['turn', 'switch', 'disable', 'revoke', 'remove', 'delete', 'stop', 'close'],
)
const addressed = /\b(?:feed|link|url|address|subscriptions?|unsubscribe|unfollow|follow(?:ing)?|subscribed?)\b/i

/** What takes calendars in and gives them out: files, feeds and subscriptions. */
export function readExchange({ s, opening }: View): IntentReading | undefined {
  // Asked of every sentence: most are none of these by their first word.
  const isMove = moving.has(at(s, opening).text)
  if (!isMove && !addressed.test(s.text)) return undefined
  const text = s.text.slice(at(s, opening).start).trim().replace(lastMarks, '')
  const read = (intent: IntentReading['intent'], content: string | null, name?: string): IntentReading => ({
    intent,
    confidence: 0.96,
    titleFrom: s.tokens.length,
    content,
    ...(name === undefined ? {} : { given: { title: name.trim() } }),
  })

  const subscribed = subscribing.exec(text)?.groups
  if (subscribed?.url) return read('calendar.subscribe', bare(subscribed.url), subscribed.name)
  const left = leaving.exec(text)
  if (left) return read('calendar.unsubscribe', null, left.groups?.name)
  if (listingFollowed.test(text)) return read('calendar.subscribe', 'list')
  const imported = importing.exec(text)?.groups
  if (imported?.url) return read('batch.import', bare(imported.url))
  if (importingNothing.test(text)) return read('batch.import', null)
  const exported = exporting.exec(text)?.groups
  if (exported) return read('batch.export', /csv|excel|spreadsheet/i.test(exported.format ?? '') ? 'csv' : 'ics', exported.name)
  if (isMove) return undefined
  const linked = (linking.exec(text.replace(verbs, '')) ?? linkingTo.exec(text.replace(verbs, '')))?.groups
  if (!linked) return undefined
  return read('calendar.link', ending.test(text) ? 'off' : renewing.test(text) ? 'renew' : 'show', linked.name)
}

/** Without what ends the sentence rather than the address. */
function bare(url: string): string {
  return url.replace(/(?<![.,;:!?)\]"'”’])[.,;:!?)\]"'”’]+$/, '')
}
