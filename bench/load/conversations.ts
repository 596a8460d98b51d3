import type { Quarter } from './quarters.ts'
import type { LoadRecord } from './record.ts'

/** What people write, with the number of the sentence in it where something is made of it. */
const sentences: readonly ((number: number, seconds: number) => string)[] = [
  () => 'list my todos',
  (number) => `todo buy thing ${number}`,
  () => 'what is on today',
  (number, seconds) => `remind me in ${seconds} seconds to water k${number}k`,
  () => 'list my reminders',
  (number) => `note: the code of door ${number} is ${number * 7}`,
  (number, seconds) => `remind me in ${seconds} seconds to call k${number}k`,
  (number) => `schedule sync on 2027-0${1 + (number % 9)}-1${number % 10} at ${9 + (number % 8)}:00 for 30 minutes`,
]

/** In seconds. */
const soonest = 2

/** Nobody writes before they were answered: who waits is passed over, this many times. */
const mostPassedOver = 50

/** The people of one platform, each of whom waits for an answer before they write again, and is reminded `within` seconds. */
export function createConversations(quarter: Quarter, record: LoadRecord, within: number) {
  const { platform } = quarter
  const waiting = new Map<number, number>()
  /** By the mark in their text: when they are due, and whether they were confirmed. */
  const reminders = new Map<string, { readonly due: number; confirmed: boolean }>()
  let [next, said] = [0, 0]

  quarter.onShown((person, words) => {
    const marks = [...words.matchAll(/\bk\d+k\b/g)].map(([mark]) => mark)
    const rung = [...new Set(marks)].filter((mark) => reminders.get(mark)?.confirmed)
    const asked = waiting.get(person)
    // A list shows reminders too, but never one that has rung; an answer comes first.
    if (rung.length > 0 && !isAnswer(words)) {
      for (const mark of rung) {
        record.took(`${platform}: lateness`, Math.max(0, Date.now() - (reminders.get(mark)?.due ?? 0)))
        reminders.delete(mark)
      }
      return
    }
    if (asked === undefined) return
    waiting.delete(person)
    record.took(`${platform}: answer`, performance.now() - asked)
    for (const mark of marks) {
      const reminder = reminders.get(mark)
      if (reminder) reminder.confirmed = true
    }
  })
  quarter.onRefused((rule) => record.failed(`${platform} refused: ${rule}`))

  function someone(): number | undefined {
    for (let passed = 0; passed < Math.min(mostPassedOver, quarter.people); passed++) {
      const person = next++ % quarter.people
      if (!waiting.has(person)) return person
    }
    return undefined
  }

  return {
    /** Lets the next person who waits for nothing write something. */
    say(): void {
      const person = someone()
      if (person === undefined) {
        record.failed(`everybody on ${platform} waits for an answer`)
        return
      }
      const number = said++
      const text = sentences[number % sentences.length]?.(number, soonest + (number % within)) ?? ''
      const { mark, seconds } = /in (?<seconds>\d+) seconds to \w+ (?<mark>k\d+k)/.exec(text)?.groups ?? {}
      if (mark !== undefined) reminders.set(mark, { due: Date.now() + Number(seconds) * 1_000, confirmed: false })
      waiting.set(person, performance.now())
      quarter.says(person, text)
    },

    open: () => ({ platform, answers: waiting.size, reminders: reminders.size }),
  }
}

/** What rings has a button to be done with it; a list of what is to come does not. */
function isAnswer(words: string): boolean {
  return !words.includes('Done')
}
