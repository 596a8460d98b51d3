import type { Context, Outcome } from '#core/command.ts'
import { type Button, say, spell, spellDay, strong } from '#core/reply.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { ask, short } from './answer.ts'
import { morning } from './moment.ts'
import { keep } from './question.ts'
import { inWords } from './rule.ts'

/** As many readings as a person weighs at a glance. */
const most = 4

/** When a sentence has several likely readings, asks which one is meant; each button says what it stands for. */
export async function eitherOr(understanding: Understanding, title: string, context: Context): Promise<Outcome | undefined> {
  const readings = [understanding, ...understanding.alternatives.map((other) => ({ ...understanding, ...other }))].slice(0, most)
  if (readings.length < 2) return undefined
  const id = await keep(understanding, title, context)
  const ends = new Set(readings.map(({ when }) => lengthOf(when))).size > 1
  const buttons = readings.map(
    (reading, index): Button => ({
      label: short(`${labelOf(reading)}${ends ? endOf(reading.when) : ''}`, 75),
      token: context.token('answer', id, `reading${index}`),
    }),
  )
  return ask(context, say`I can read ${strong(short(title))} in more than one way. Which do you mean?`, buttons)
}

/** In seconds; 0 when nobody says. */
function lengthOf(when: When | null): number {
  if (!when?.start?.includes('T') || !when.end?.includes('T')) return 0
  return Temporal.Instant.from(when.end).since(Temporal.Instant.from(when.start)).total('seconds')
}

/** " to 4:00 PM", " to Wed, Nov 25, 2026, 3:00 PM EST" */
function endOf(when: When | null): string {
  if (!when?.end?.includes('T')) return ''
  const show = when.start?.slice(0, 10) === when.end.slice(0, 10) ? 'time' : 'full'
  return ` to ${spell({ kind: 'time', at: Temporal.Instant.from(when.end).toString(), show, timeZone: when.timeZone })}`
}

/** The draft as the chosen button reads it, which is sure; undefined when it is no button of this kind. */
export function chosenReading(draft: Understanding, argument: string): Understanding | undefined {
  const index = /^reading(?<index>\d)$/.exec(argument)?.groups?.index
  if (index === undefined) return undefined
  const chosen = Number(index) === 0 ? {} : draft.alternatives[Number(index) - 1]
  return chosen && { ...draft, ...chosen, confidence: 1, alternatives: [] }
}

const nouns: Readonly<Partial<Record<Understanding['intent'], string>>> = {
  'event.create': 'Event',
  'reminder.create': 'Reminder',
  'todo.create': 'Todo',
  'note.create': 'Note',
}

/** "Tue, Nov 24, 2026, 3:00 PM", "every week on Tuesday at 9:00 AM", and the kind of thing when it is another. */
function labelOf({ intent, when, recurrence }: Understanding): string {
  const start = recurrence?.dtstart
  const words = recurrence && start ? inWords(recurrence.rrule, wall(start), recurrence.timeZone) : when ? momentOf(when) : 'no time'
  return nouns[intent] && words === 'no time' ? `${nouns[intent]}` : words
}

function wall(text: string): Temporal.PlainDateTime {
  return text.includes('T') ? Temporal.PlainDateTime.from(text) : Temporal.PlainDate.from(text).toPlainDateTime(morning)
}

function momentOf({ start, timeZone }: When): string {
  if (start === null) return 'no time'
  if (!start.includes('T')) return spellDay(start)
  return spell({ kind: 'time', at: Temporal.Instant.from(start).toString(), show: 'full', timeZone, named: true })
}
