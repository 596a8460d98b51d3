import type { ChangeReading } from '../change/change.ts'
import { phrasebook } from '../intent/phrasebook.ts'
import type { Sentence } from '../text/tokens.ts'
import type { Clock, Phrase } from '../time/expression.ts'
import type { Times } from '../times.ts'

/** What people do in the evening: "dinner at 7" is no breakfast. Up to which hour they mean it without saying so. */
const meals = phrasebook(['dinner', 'supper', 'nightcap'])
const outings = phrasebook([
  'drinks',
  'party',
  'concert',
  'movie',
  'movies',
  'cinema',
  'theatre',
  'theater',
  'gig',
  'date night',
  'cocktails',
  'opera',
])
const [earliest, latestMeal, latestOuting] = [5, 11, 9]

/** The last hour that stands for the evening in a name between two tokens; 0 where nothing does. */
export function eveningUntil(s: Sentence, from: number, to: number): number {
  let latest = 0
  for (let i = from; i < to; i++) latest = Math.max(latest, meals.find(s, i) ? latestMeal : outings.find(s, i) ? latestOuting : 0)
  return latest
}

/** "at 7" in the evening, where no half of the day was said. */
function inEvening(phrase: Phrase, until: number): Phrase {
  return phrase.part === undefined && isEvening(phrase.clocks, until) ? { ...phrase, part: 'evening' } : phrase
}

/** The same of all times of a sentence. */
export function timesInEvening(times: Times, until: number): Times {
  const { phrase, repeat } = times
  const clocks = repeat ? (repeat.between ? [repeat.between.from] : repeat.clocks) : []
  return {
    ...times,
    phrase: phrase && inEvening(phrase, until),
    repeat: repeat && repeat.part === undefined && isEvening(clocks, until) ? { ...repeat, part: 'evening' } : repeat,
  }
}

/** "move dinner to 8" */
export function changeInEvening(change: ChangeReading, until: number): ChangeReading {
  if (until === 0) return change
  const [from, to] = [change.from, change.to].map((phrase) => phrase && inEvening(phrase, until))
  return { ...change, ...(from ? { from } : {}), ...(to ? { to } : {}) }
}

function isEvening(clocks: readonly Clock[], until: number): boolean {
  return clocks.length > 0 && clocks.every(({ hour, half }) => half === '' && hour >= earliest && hour <= until)
}
