import { clean } from './clean.ts'
import type { Handled } from './command.ts'
import type { Sentence } from './message.ts'
import type { Clock, Ears, Language, Listening } from './ports.ts'

/** A clear request is a sentence, of more than one word; what is longer is a story. */
const longestRequest = 500

// "<@80351110224678912> remind me at 5"   "<@&165511591545143296> standup at 10"   "!remind 5m tea"   "?help"
const toSomebodyElse = /^(?:<@|[^\p{L}\p{N}\s"'“‘«(¿¡<@#]+\p{L})/u

/** Whether words that were said to nobody in particular ask us for something, whoever says them. Keeps nothing. */
export function isRequest({ text, author: { locale = 'en-US' } }: Sentence, language: Language, now: Temporal.Instant): boolean {
  const words = text.trim()
  if (!words.includes(' ') || words.length > longestRequest || toSomebodyElse.test(words)) return false
  const { intent, reference } = language.understand({ text: clean(text), now, timeZone: 'UTC', locale, addressed: false })
  // "help me", "undo that", "done with this": people say it to each other as well, and know what of.
  return intent !== 'none' && intent !== 'help' && intent !== 'undo' && reference !== 'last'
}

// "event.cancel"   "todo.complete"
const ofWhatThereIs = /^(?!settings)\w+\.(?:cancel|update|complete|delete|snooze|rsvp|find|attendees)$/

/**
 * Whether what was overheard and refused is about something else: whoever says "cancel the meeting" and has none with us
 * has said it to somebody else.
 */
export function isSpokenOf({ addressed }: Sentence, { intent, outcome }: Handled): boolean {
  return !addressed && outcome === 'refused' && ofWhatThereIs.test(intent)
}

export function createEars(listening: Listening, { language, clock }: { readonly language: Language; readonly clock: Clock }): Ears {
  let granted: boolean | undefined
  return {
    ...listening,
    asks: (sentence) => isRequest(sentence, language, clock.now()),
    grant(isGranted) {
      granted = isGranted
    },
    get granted() {
      return granted
    },
  }
}
