import { spelled } from '../text/beginnings.ts'
import { lastMarks, lastPlease } from '../text/ends.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

// "export my data"   "download all of my personal data"   "give me a copy of everything you know about me"
const exporting =
  /^(?:export|download|get|give me|send me|show me|i want|i need)\s+(?:an?\s+)?(?:(?:full\s+)?(?:copy|export|dump)\s+of\s+)?(?:all\s+)?(?:of\s+)?(?:(?:my|the)\s+(?:own\s+|personal\s+)?data|everything\s+(?:that\s+)?you\s+(?:know|have|keep|store)\s+(?:about|on|of)\s+me)$/i
// "delete my data"   "erase everything you know about me"   "delete my account"
const erasing =
  /^(?:delete|erase|remove|wipe|destroy|forget)\s+(?:all\s+)?(?:of\s+)?(?:my\s+(?:own\s+|personal\s+)?data|my\s+account|everything\s+(?:that\s+)?you\s+(?:know|have|keep|store)\s+(?:about|on|of)\s+me|everything\s+about\s+me)$/i

const moves = ['export', 'download', 'get', 'give', 'send', 'show', 'i', 'delete', 'erase', 'remove', 'wipe', 'destroy', 'forget'] as const

/** What such requests begin with. */
export const dataWord = spelled(...moves)
const about = /\b(?:data|account|me)\b/i

/** What is done with all that is kept about somebody. */
export function readData({ s, opening }: View): IntentReading | undefined {
  if (!about.test(s.text)) return undefined
  const text = s.text.slice(at(s, opening).start).trim().replace(lastMarks, '').replace(lastPlease, '')
  const intent = exporting.test(text) ? 'batch.export' : erasing.test(text) ? 'batch.cancel' : undefined
  return intent && { intent, confidence: 0.88, titleFrom: s.tokens.length, content: 'data' }
}
