import type { Understanding, When } from './understanding.ts'

const ordinals: readonly (readonly string[])[] = [
  ['1', 'first', '1st', 'one', 'former', 'a'],
  ['2', 'second', '2nd', 'two', 'latter', 'b'],
  ['3', 'third', '3rd', 'three', 'c'],
  ['4', 'fourth', '4th', 'four', 'd'],
]

/** What a reading is called, where readings are of several kinds. */
const kinds: Readonly<Record<string, Understanding['intent']>> = {
  event: 'event.create',
  meeting: 'event.create',
  calendar: 'event.create',
  reminder: 'reminder.create',
  'remind me': 'reminder.create',
  todo: 'todo.create',
  'on my list': 'todo.create',
  list: 'todo.create',
  move: 'event.update',
  'move it': 'event.update',
  moves: 'event.update',
  'it moves': 'event.update',
  'new one': 'event.create',
  'second one': 'event.create',
  'another one': 'event.create',
  another: 'event.create',
}

/** "the second one", "6am", "in the evening", "Tuesday and Friday": one of the readings that were offered. */
export function chosen(
  draft: Understanding,
  read: Understanding,
  said: string,
  understand: (text: string) => Understanding,
): Understanding | undefined {
  const readings = [{}, ...draft.alternatives].map((each): Understanding => ({ ...draft, ...each, confidence: 1, alternatives: [] }))
  const word = said.replace(/^(?:the|number|option)\s+/, '').replace(/\s+(?:one|option|reading)$/, '')
  const index = ordinals.findIndex((words) => words.includes(word))
  if (index >= 0) return readings[index]
  if (word === 'last') return readings.at(-1)
  const kind = kinds[said.replace(/^(?:as |make it |put it |)(?:an? |in my |)/, '')]
  const ofKind = readings.filter(({ intent }) => intent === kind)
  if (ofKind.length === 1) return ofKind[0]
  const half = /\b(?:am|morning)\b/.test(said) ? 'am' : /\b(?:pm|afternoon|evening|night)\b/.test(said) ? 'pm' : undefined
  const days = ruleDays(understand(`remind me ${said}`))
  const fitting = [
    ({ when }: Understanding) => sameStart(when, read.when, 19),
    ({ when }: Understanding) => clockOf(when) !== undefined && clockOf(when) === clockOf(read.when),
    ({ when }: Understanding) => sameStart(when, read.when, 10),
    ({ when }: Understanding) => half !== undefined && half === halfOf(when),
    (reading: Understanding) => days !== undefined && ruleDays(reading) === days,
  ]
  for (const fits of fitting) {
    const [one, ...others] = readings.filter(fits)
    if (one && others.length === 0) return one
  }
  return undefined
}

function sameStart(a: When | null, b: When | null, length: number): boolean {
  return Boolean(a?.start && b?.start) && a?.start?.slice(0, length) === b?.start?.slice(0, length)
}

function clockOf(when: When | null): string | undefined {
  return when?.start?.includes('T') ? when.start.slice(11, 16) : undefined
}

function halfOf(when: When | null): 'am' | 'pm' | undefined {
  const clock = clockOf(when)
  if (clock === undefined) return undefined
  return clock < '12' ? 'am' : 'pm'
}

function ruleDays({ recurrence }: Understanding): string | undefined {
  return recurrence ? /BYDAY=(?<days>[^;]+)/.exec(recurrence.rrule)?.groups?.days : undefined
}
