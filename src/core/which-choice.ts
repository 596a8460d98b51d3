import type { Draft } from './ports.ts'
import type { Scope } from './understanding.ts'

/** "The second one", "all of them": what a button of the question would have said. */
export function ofChoices(draft: Draft, choices: readonly string[], said: string): Draft | undefined {
  const words = said.replace(/^(?:only|just) (?=the )/, '').replace(/^the | ones?$/g, '')
  const named = places.findIndex((names) => names.includes(words))
  const place = named === places.length - 1 ? -1 : named
  if (choices.length > 1) {
    const chosen = named === -1 ? undefined : choices.at(place)
    return chosen === undefined ? undefined : { ...draft, choices: [chosen] }
  }
  // Of one thing that repeats, the buttons are its scopes.
  const scope = scopes.find(([, names]) => names.test(said))?.[0] ?? (named === -1 ? undefined : scopeButtons.at(place))
  return scope && { ...draft, scope }
}

/** In the order in which they are shown. */
const scopeButtons: readonly Scope[] = ['this', 'following', 'all']

const places = [
  ['1', 'first', '1st'],
  ['2', 'second', '2nd'],
  ['3', 'third', '3rd'],
  ['4', 'fourth', '4th'],
  ['5', 'fifth', '5th'],
  ['last'],
]
const scopes: readonly (readonly [Scope, RegExp])[] = [
  [
    'following',
    /^(?:(?:this|that)(?: one)? and )?(?:all )?(?:the )?(?:later|following|future|coming)(?: ones)?$|^from (?:now|then|here) on(?:wards?)?$/,
  ],
  ['this', /^(?:only |just )?(?:this|that|the one|one)(?: one| time)?(?: only)?$/],
  ['all', /^(?:all|every(?:thing| one)?|the (?:whole|entire) (?:series|thing)|the series)(?: of (?:them|it))?$/],
]
