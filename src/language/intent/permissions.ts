import type { PersonReference, Setting } from '#core/understanding.ts'
import type { IntentReading } from './intent.ts'
import type { View } from './view.ts'

/** Who may remind whom: of a person, and of a whole space. */

const may = '(?:may|can|should|(?:is|are) allowed to|gets? to)'

// "only admins may remind channels"   "only members of @ops may remind everyone"   "everybody may remind channels again"
//       ↑ who              ↑ what
const spaceRule = new RegExp(
  `^(?:only (?<only>.+?)|(?:nobody|no ?one) (?:but|except) (?<but>.+?)|(?<all>everybody|everyone|anybody|anyone)) ${may} remind (?<what>(?:the |any |all |whole |our )?channels?|@?everyone|everybody|@here|@channel)(?: again)?$`,
  'i',
)
// "only Ann and Bob may remind me"   "nobody but Ann may remind me"   "only my team @designers may remind me"
const onlyThese = new RegExp(`^(?:only|(?:nobody|no ?one) (?:but|except)) (?<names>.+?) ${may} remind me$`, 'i')
// "nobody may remind me except Ann"
const exceptThese = new RegExp(`^(?:nobody|no ?one) ${may} remind me,? (?:except|but|apart from|other than)(?: for)? (?<names>.+)$`, 'i')
// "I take reminders only from Bob"   "only let Ann and Bob remind me"   "accept reminders from Ann only"
const takesFrom = [
  /^(?:I |I'll )?(?:(?:only )?(?:take|accept|want|allow) (?:only )?reminders (?:only )?from (?<names>.+?)|only reminders from (?<names>.+?))(?: only)?$/iv,
  /^only (?:let|allow) (?<names>.+?) (?:to )?remind me$/i,
]
const admins = /^(?:the )?(?:(?:space|workspace|server|team) )?(?:admins?|administrators?|owners?|managers?)$/i

export function readPermissions({ s }: View): IntentReading | undefined {
  // Most that begins with "I" is about other things.
  if (!/\bremind/i.test(s.text)) return undefined
  const text = s.text
    .trim()
    .replace(/(?<![.!\s])[.!\s]+$/, '')
    .replace(/\s+/g, ' ')
    .replace(/^(?:please|hey|from now on),? /i, '')
  if (!/ remind(?:ers)? /i.test(text)) return undefined
  return readRule(text) ?? readOnly(text)
}

function readRule(text: string): IntentReading | undefined {
  const { only, but, all, what } = spaceRule.exec(text)?.groups ?? {}
  if (what === undefined) return undefined
  const about = /channels?$/i.test(what) && !what.startsWith('@') ? 'channels' : 'everyone'
  if (all !== undefined) return reading({ kind: 'rule', about, who: 'everybody' }, [])
  const said = only ?? but ?? ''
  if (admins.test(said)) return reading({ kind: 'rule', about, who: 'admins' }, [])
  const [one, ...others] = namesIn(said)
  return one && others.length === 0 ? reading({ kind: 'rule', about, who: 'named' }, [one]) : undefined
}

function readOnly(text: string): IntentReading | undefined {
  const names = onlyThese.exec(text)?.groups?.names ?? exceptThese.exec(text)?.groups?.names ?? takenFrom(text)
  if (names === undefined || /^(?:i|me|myself)$/i.test(names)) return undefined
  const people = namesIn(names)
  return people.length === 0 ? undefined : reading({ kind: 'senders', from: 'only', allowed: true }, people)
}

function takenFrom(text: string): string | undefined {
  if (!/\bonly\b/i.test(text)) return undefined
  return takesFrom.map((form) => form.exec(text)?.groups?.names).find((names) => names !== undefined)
}

/** "Ann and <@U1>", "members of @ops", "my team @designers": each by its name. */
function namesIn(words: string): readonly PersonReference[] {
  return words
    .split(/,? and |,? or |, /i)
    .map((each) => each.replace(/^(?:members of|people in|those in|the people of|anybody in|anyone in|everyone in) /i, ''))
    .map(
      (each) =>
        /(?<mention><[@#][^>]+>)/.exec(each)?.groups?.mention ??
        each
          .replace(/^.*@/, '')
          .replace(/^(?:the|my|our) /i, '')
          .replace(/^(?:group|team) | (?:group|team)$/gi, ''),
    )
    .filter((name) => name !== '')
    .map((name) => (name.startsWith('<') ? { mention: name } : { name }))
}

function reading(setting: Setting, people: readonly PersonReference[]): IntentReading {
  return { intent: 'settings.update', confidence: 0.94, titleFrom: 0, content: null, given: { people, setting } }
}
