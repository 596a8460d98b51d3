import type { MeetingService } from '#core/model.ts'
import type { Protected } from '../slots/protect.ts'
import { spelled } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import { telling } from '../text/words.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

/** What `readMeeting` begins with. */
export const meetingWord = spelled('my', 'our', 'set', 'change', 'update', 'use', 'forget', 'remove', 'delete', 'the')
const linkWord = telling('link', 'room', 'url', 'address')
const links = new Set(['link', 'room', 'url', 'address'])

const services: Readonly<Record<string, MeetingService>> = {
  zoom: 'zoom',
  meet: 'meet',
  google: 'meet',
  teams: 'teams',
  jitsi: 'jitsi',
  meeting: 'any',
  video: 'any',
  call: 'any',
}

// "my zoom link is https://zoom.us/j/1"   "set our meeting link to https://..."   "use https://... as my teams link"   "forget my zoom link"
export function readMeeting({ s, kept, opening }: View): IntentReading | undefined {
  if ((s.tells & linkWord) === 0) return undefined
  for (let i = opening; i < s.tokens.length; i++) {
    if (!links.has(at(s, i).text)) continue
    const service = serviceBefore(s, i)
    if (!service) continue
    const whose = s.text.slice(s.tokens[Math.max(opening, i - 5)]?.start, at(s, i).start).toLowerCase()
    const forgets = ['forget', 'remove', 'delete'].includes(at(s, opening).text)
    const entry = forgets ? undefined : kept.values().find(({ kind }) => kind === 'link')
    if (!forgets && !entry) return undefined
    if (!/\b(?:my|our|team|everybody)/.test(whose)) return undefined
    const of = /\bmy\b/.test(whose) ? 'person' : 'space'
    const setting = { kind: 'meeting', service, url: entry ? addressOf(entry) : null, of } as const
    return { intent: 'settings.update', confidence: 0.95, titleFrom: s.tokens.length, given: { setting } }
  }
  return undefined
}

function serviceBefore(s: View['s'], i: number): MeetingService | undefined {
  const named = services[at(s, i - 1).text]
  // "our zoom meeting link"
  return named === 'any' ? (services[at(s, i - 2).text] ?? 'any') : named
}

function addressOf({ text }: Protected): string {
  return text.replace(/^<|>$/g, '')
}
