import type { Reading } from './reading.ts'

/** A longer sentence says more than what was wrong. */
const longest = 80

const sorry = String.raw`(?:(?:oh|oops|whoops|sorry|no|nope|wait|hmm|ah|argh|ugh|er|um|my bad|my mistake|scratch that|wrong (?:day|time|date|one|hour)|that['’]?s wrong)\b[\s,.!;:–-]*)`
const meant = String.raw`(?:(?:i (?:actually )?(?:meant|mean|said|wanted)|(?:it |that )?(?:should|was supposed to|needs to) (?:be|have been)|rather|make that)\s+(?:at |on |for )?)`

/** What people say when the thing before came out wrong, and what they would say in whole. */
const forms: readonly (readonly [said: RegExp, whole: string])[] = [
  // "never mind, cancel it"   "no, delete that"
  [new RegExp(`^(?:${sorry}|never ?mind[\\s,.!-]*)+(?<rest>(?:cancel|delete|remove|undo) (?:it|that)\\W*)$`, 'iu'), '$<rest>'],
  // "not Friday, Thursday"   "no, not at 5 but at 6"
  [new RegExp(`^${sorry}*not (?:on |at |for )?[\\w: ]{1,20}?(?:,| but| -| –)\\s*(?:on |at |for )?(?<rest>.+)$`, 'iu'), 'make it $<rest>'],
  // "Thursday, not Friday"   "sorry, 6 not 5"
  [
    new RegExp(`^${sorry}*${meant}?(?:on |at |for )?(?<rest>[\\w: ]{1,20}?),? not (?:on |at |for )?[\\w: ]{1,20}\\W*$`, 'iu'),
    'make it $<rest>',
  ],
  // "no, I meant 4"   "sorry 5:30"   "oops, wrong day, should be Monday"
  [new RegExp(`^(?:${sorry}+${meant}?|${meant})(?:on |at |for )?(?<rest>.+)$`, 'iu'), 'make it $<rest>'],
  // "and on Saturday too"   "also on Monday"
  [/^and (?:also )?(?:on |at )?(?<rest>.+?),? (?:too|as well|also)\W*$/iu, 'copy it to $<rest>'],
  [/^(?:and )?also (?:on|at) (?<rest>[\w: ]+?)\W*$/iu, 'copy it to $<rest>'],
  // "with Tom too"
  [
    /^(?:and )?with (?<rest>(?:@?\p{Lu}[\p{L}.-]*|<@!?\w+>)(?:(?:,| and|, and) (?:@?\p{Lu}[\p{L}.-]*|<@!?\w+>)){0,4}),? (?:too|as well|also)\W*$/u,
    'invite $<rest> to it',
  ],
]

/** "no earlier than 9", "no one", "404 not found". */
const refusing =
  /^no (?:earlier|later|sooner|more|less|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b|\bnot (?!.*(?:\d|day\b|today|tomorrow|tonight|morning|afternoon|evening|night|noon|week|month|(?:mon|tues?|wed|thur?s?|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b))/i

/** "wait 5 minutes" is no length. */
const meansIt = new RegExp(meant, 'iu')

/** Nearly every sentence begins otherwise. */
const begins =
  /^(?:oh|oops|whoops|sorry|no|nope|wait|hmm|ah|argh|ugh|er|um|my|scratch|wrong|that|not|and|also|with|i|it|should|rather|make|never|nevermind)\b|\bnot\b/iu

/**
 * What puts the thing before right, as the whole sentence that it stands for; undefined when it does not.
 *
 *     no, I meant 4        ->  make it 4
 *     not Friday, Thursday ->  make it Thursday
 *     and on Saturday too  ->  copy it to Saturday
 *
 * Only what is nothing but a time, a length or people is one.
 */
export function readCorrected(text: string, read: (text: string) => Reading): Reading | undefined {
  const said = text.trim()
  if (said.length > longest || !begins.test(said) || refusing.test(said)) return undefined
  for (const [form, whole] of forms) {
    if (!form.test(said)) continue
    const reading = read(said.replace(form, whole))
    if (isAboutIt(reading, said)) return { ...reading, text, confidence: Math.min(reading.confidence, 0.8), spans: [] }
  }
  return undefined
}

function isAboutIt({ intent, reference, title, change, location }: Reading, said: string): boolean {
  if (reference !== 'last' || title !== null || location !== null) return false
  if (intent.endsWith('.cancel')) return /(?:it|that)\W*$/iu.test(said)
  if (change === null || (intent !== 'event.update' && !change.copy)) return false
  const { to, duration, repeat, addPeople } = change
  return to !== undefined || (duration !== undefined && meansIt.test(said)) || repeat !== undefined || addPeople !== undefined
}
