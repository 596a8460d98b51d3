import { spelled } from '../text/beginnings.ts'
import { lastMarks } from '../text/ends.ts'
import { at } from '../text/tokens.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

/** What `readListening` begins with. */
export const listeningWord = spelled(
  ..."listen read start begin resume stop quit turn switch don't dont do never which what where in show list are".split(' '),
)

const listen = '(?:listen|read along)'
const listening = '(?:listening|reading along)'
// "here"   "to this channel"   "in #plans"   "in <#C1|plans>"
//                                   ↑ channel
const place =
  ' (?:here|(?:in|to|on) (?:here|(?:this|the) (?:channel|thread)|(?:the )?(?<channel><#[^>]+>|#[\\p{L}\\p{N}_-]+)(?: channel)?))'

// "listen in this channel"   "start listening in #plans"
const starts = new RegExp(`^(?:${listen}|(?:start|begin|resume) (?:to ${listen}|${listening}))${place}$`, 'iu')
// "stop listening here"   "don't listen in #plans"   "stop listening"
const stops = new RegExp(`^(?:(?:stop|quit) ${listening}(?<where>${place})?|(?:don't|dont|do not|never) ${listen}${place})$`, 'iu')
// "turn listening on here"   "switch off listening in #plans"
//                                     ↑ off
const turns = new RegExp(`^(?:turn|switch) (?:(?:on|(?<off>off)) listening|listening (?:on|(?<offAfter>off)))(?:${place})?$`, 'iu')
// "which channels do you listen in"   "where are you listening"   "list the channels you listen to"   "do you listen here"
const asks = new RegExp(
  [
    `^(?:in )?(?:(?:which|what) channels?|where) (?:(?:do|can) you ${listen}|are you ${listening})(?: in| to)?$`,
    `^(?:show|list)(?: me)? (?:all )?(?:the )?channels? (?:(?:that|where|which) )?you(?: ${listen}|(?: are|'re) ${listening})(?: in| to)?$`,
    `^(?:do you ${listen}|are you ${listening})${place}$`,
  ].join('|'),
  'iu',
)
const last = '(?: (?:too|now|again|please|from now on|any ?more|any longer|as well))'
const closing = new RegExp(`(?<!${last})${last}+$`, 'i')

/** In which channels words are read that are said to nobody in particular. */
export function readListening({ s, opening }: View): IntentReading | undefined {
  // Asked of many sentences: hardly any speaks of that.
  if (!/\b(?:listen|read)/i.test(s.text)) return undefined
  const said = s.text.slice(at(s, opening).start).replaceAll('’', "'").replace(lastMarks, '').replace(/\s+/g, ' ').replace(closing, '')
  const started = starts.exec(said)
  // Where one is overheard, we listen already: the words are for somebody else.
  if (started) return reading(true, started.groups?.channel, 0.88)
  const stopped = stops.exec(said)
  if (stopped) return reading(false, stopped.groups?.channel, stopped.groups?.where || /^d/i.test(said) ? 0.94 : 0.88)
  const turned = turns.exec(said)
  if (turned) {
    const off = turned.groups?.off ?? turned.groups?.offAfter
    return reading(!off, turned.groups?.channel, off ? 0.94 : 0.88)
  }
  const asked = asks.exec(said)
  if (!asked) return undefined
  const { channel } = asked.groups ?? {}
  return { ...reading(undefined, channel, /channels/i.test(said) ? 0.94 : 0.88), intent: 'settings.show' }
}

function reading(on: boolean | undefined, channel: string | undefined, confidence: number): IntentReading {
  return {
    intent: 'settings.update',
    confidence,
    titleFrom: 0,
    content: null,
    given: { setting: { kind: 'listening', ...(on !== undefined && { on }) }, ...(channel !== undefined && { channel }) },
  }
}
