import { readBroadcast, readNamedChannel } from '../slots/target.ts'
import { oneOf, spelled } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import { says, type View } from './view.ts'

const verbs = ['tell', 'ping', 'message', 'notify', 'let', 'post', 'announce', 'send', 'inform', 'dm', 'nudge', 'alert', 'say', 'poke']
/** What `readToOthers` begins with. */
export const toOthersWord = oneOf(spelled(...verbs))
const wholes = ['everyone', 'everybody', 'the team', 'the channel', 'this channel', 'the group']

/**
 * What others are to be told at a time: a reminder that is for them.
 *
 *   "tell #ops at 5 that the deploy is done"   "let everyone know tomorrow at 9 that …"   "post in #ops every Friday: …"
 */
export function readToOthers(view: View): IntentReading | undefined {
  const { s, kept, opening, times } = view
  if (!verbs.includes(at(s, opening).text) || (!times.phrase && !times.repeat)) return undefined
  const placed = ['in', 'to', 'on', 'into'].includes(at(s, opening + 1).text)
  const from = placed ? opening + 2 : opening + 1
  const some = (at(s, from).text === 'everyone' || at(s, from).text === 'everybody') && at(s, from + 1).text === 'in' ? from + 2 : from
  const channel = readNamedChannel(s, some, kept)
  const person = !placed && (kept.get(from)?.kind === 'person' || (at(s, from).text === '@' && at(s, from + 1).glued))
  const known = channel || person || readBroadcast(s, from) > from || wholes.some((words) => says(s, from, words))
  if (!known && placing.has(at(s, opening).text)) return readPlacedLater(view)
  return known ? { intent: 'reminder.create', confidence: 0.85, titleFrom: from, drop: knowing(view, from) } : undefined
}

const placing = new Set(['post', 'announce', 'send', 'say'])

// "post “stand up, please” [in #general] every day at 9"
function readPlacedLater({ s, kept, opening, end }: View): IntentReading | undefined {
  for (let i = opening + 2; i < Math.min(s.tokens.length, end + 1, opening + 60); i++) {
    if (!['in', 'to', 'on', 'into'].includes(at(s, i).text)) continue
    const channel = readNamedChannel(s, i + 1, kept)
    if (!channel) continue
    const given = { channel: channel.name }
    return { intent: 'reminder.create', confidence: 0.85, titleFrom: opening + 1, drop: [[i, channel.to]], given }
  }
  return undefined
}

/** "let #ops [know] at 5" */
function knowing({ s, opening }: View, from: number): readonly (readonly [number, number])[] {
  if (at(s, opening).text !== 'let') return []
  for (let i = from + 1; i < from + 6; i++) if (at(s, i).text === 'know') return [[i, i + 1]]
  return []
}
