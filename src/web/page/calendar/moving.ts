import { el } from '../dom.ts'
import { titleOf, whenOf } from './chip.ts'
import { clockIn, dayNamed, minutesIn, momentOf, nameOfDay } from './days.ts'
import { type Happening, happeningOf } from './plan.ts'
import type { Sheet } from './sheet.ts'
import { ask } from './source.ts'
import type { Toast } from './toast.ts'

export interface By {
  readonly days: number
  readonly minutes: number
}

type Scope = 'this' | 'following' | 'all'

const scopes: readonly (readonly [Scope, string])[] = [
  ['this', 'Only this one'],
  ['following', 'This and all later ones'],
  ['all', 'All of them'],
]

/** Moves events to other days and times, those that repeat as far as the reader says. */
export function createMoving({ sheet, toast, changed }: { sheet: Sheet; toast: Toast; changed: () => Promise<void> }) {
  async function move(one: Happening, by: By, beside?: Element): Promise<void> {
    const { id, occurrence } = one.view
    const scope = occurrence === null ? undefined : await askScope(one, beside)
    if (occurrence !== null && scope === undefined) return
    const part = new URLSearchParams({ tell: 'true', ...(scope === undefined || occurrence === null ? {} : { scope, occurrence }) })
    try {
      const start = scope === 'all' ? await startOfSeries(id, by) : startOf(one, by)
      const { undo } = await ask<{ undo?: string }>('PATCH', `events/${id}?${part}`, { start })
      toast.show(`Moved ${titleOf(one)} to ${whenOf(shifted(one, by))}.`, undo)
    } catch (error) {
      toast.show(`${titleOf(one)} stays where it was. ${error instanceof Error ? error.message : ''}`)
    }
    await changed()
  }

  function askScope(one: Happening, beside: Element | undefined): Promise<Scope | undefined> {
    return new Promise((resolve) => {
      const buttons = scopes.map(([scope, words]) => {
        const button = el('button', { type: 'button' }, words)
        button.addEventListener('click', () => {
          resolve(scope)
          sheet.close()
        })
        return button
      })
      const question = el('p', { class: 'text' }, `${titleOf(one)} repeats. Which shall move?`)
      const closed = () => resolve(undefined)
      sheet.open('Move', [question, el('div', { class: 'buttons stacked' }, ...buttons)], { beside, closed })
    })
  }

  /** Leads to a form: for fingers, for keys, and for days that are far away. */
  function button(one: Happening): HTMLElement {
    const opener = el('button', { type: 'button' }, 'Move…')
    opener.addEventListener('click', () => openForm(one))
    return opener
  }

  function openForm(one: Happening): void {
    const day = el('input', { type: 'date', required: true, value: nameOfDay(one.from) })
    const clock = one.view.allDay ? undefined : el('input', { type: 'time', required: true, value: clockIn(one.start) })
    const fields = [el('label', { class: 'date-field' }, 'Day', day), ...(clock ? [el('label', {}, 'From', clock)] : [])]
    const submit = el('button', { type: 'submit', class: 'primary' }, 'Move')
    const form = el('form', { class: 'new' }, el('div', { class: 'times' }, ...fields), el('div', { class: 'buttons' }, submit))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const to = dayNamed(day.value)
      const minutes = clock ? (minutesIn(clock.value) ?? one.start) - one.start : 0
      sheet.close()
      if (to !== undefined && (to !== one.from || minutes !== 0)) void move(one, { days: to - one.from, minutes })
    })
    sheet.open(`Move ${titleOf(one)}`, [el('p', { class: 'text' }, `Now ${whenOf(one)}.`), form])
    day.focus()
  }

  return { move, button }
}

/** Where it begins then: a moment, or a day of something that lasts whole days. */
function startOf({ view, from, start }: Happening, { days, minutes }: By): string {
  return view.allDay ? nameOfDay(from + days) : momentOf(from + days, start + minutes).toISOString()
}

/** All of a series move as this one does, from where the first one is on the wall of its own zone. */
async function startOfSeries(id: string, { days, minutes }: By): Promise<string> {
  const { event } = await ask<{ event: { start: string; allDay: boolean } }>('GET', `events/${id}`)
  const wall = Date.parse(event.allDay ? `${event.start}T00:00:00Z` : `${event.start}Z`)
  const moved = new Date(wall + days * 86_400_000 + minutes * 60_000).toISOString()
  return moved.slice(0, event.allDay ? 10 : 19)
}

function shifted(one: Happening, { days, minutes }: By): Happening {
  const startsAt = momentOf(one.from + days, one.start + minutes)
  const endsAt = new Date(startsAt.getTime() + one.endsAt.getTime() - one.startsAt.getTime())
  if (one.view.allDay) return { ...one, from: one.from + days, to: one.to + days }
  return happeningOf({ ...one.view, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() })
}
