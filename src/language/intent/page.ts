import { spelled } from '../text/beginnings.ts'
import { lastMarks, lastPlease } from '../text/ends.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

const site = String.raw`(?:web|web\s?(?:page|site|app|view|interface|calendar)|page|dashboard|calendar\s+(?:in|on)\s+(?:the|my|a)\s+(?:web|browser))`

// "open the page"   "show me my calendar in the browser"   "send me a link to your website"
//                            ↑ site                                                  ↑ site
const opening = new RegExp(
  String.raw`^(?:open|show|give|send|get|take|bring)\s+(?:me\s+)?(?:to\s+)?(?:(?:an?|the)\s+)?(?:(?:web\s+)?link\s+(?:to|for)\s+)?(?:(?:the|my|your|our)\s+)?${site}(?:\s+(?:link|address|url))?$`,
  'i',
)
// "where is the web page"   "what is the address of your website"   "web"
const finding = new RegExp(
  String.raw`^(?:(?:where|what)(?:'s|’s|\s+is)\s+(?:(?:the\s+)?(?:link|address|url)\s+(?:to|of|for)\s+)?(?:the|my|your|our)\s+${site}|(?:the\s+)?web(?:\s?(?:page|site|app))?)$`,
  'i',
)
// "log me in"   "sign in to the page"   "give me a login link"
const signing = new RegExp(
  String.raw`^(?:(?:log|sign)\s+(?:me\s+)?in(?:(?:\s+(?:to|on)|to)\s+(?:the\s+)?${site})?|(?:(?:give|send|get)\s+(?:me\s+)?(?:an?\s+|the\s+|my\s+)?)?(?:log|sign)[\s-]?in\s+link|login)$`,
  'i',
)

/** What such requests begin with. */
export const pageWord = spelled(
  ...['open', 'show', 'give', 'send', 'get', 'take', 'bring', 'where', "where's", 'what', "what's", 'the'],
  ...['web', 'webpage', 'website', 'log', 'sign', 'login', 'log-in', 'sign-in'],
)
const about = /\b(?:web\s?\w*|page|dashboard|browser|log|sign|login)\b/i

/** Whoever wants the page of ours, and to be themselves there. */
export function readPage({ s, opening: first }: View): IntentReading | undefined {
  if (!about.test(s.text)) return undefined
  const text = s.text.slice(at(s, first).start).trim().replace(lastMarks, '').replace(lastPlease, '')
  if (![opening, finding, signing].some((form) => form.test(text))) return undefined
  // Said in passing in a channel, it is nobody's request.
  return { intent: 'page.open', confidence: 0.88, titleFrom: s.tokens.length }
}
