import { el } from '../dom.ts'
import { chipOf } from './chip.ts'
import { briefClockOf, inWords, monthStart, nameOfDay } from './days.ts'
import type { Drawn, Scene } from './draw.ts'
import { type Lane, lanesOf } from './plan.ts'

/** Weeks under each other, as many events in a day as there is room for. */
export function drawMonth({ days, happenings, today, day, narrow, height }: Scene): Drawn {
  const month = monthStart(day)
  const weeks = Array.from({ length: days.length / 7 }, (_, index) => days.slice(index * 7, index * 7 + 7))
  const heads = weeks[0]?.map((one) =>
    el('div', { role: 'columnheader', class: 'weekday', 'aria-label': inWords(one, 'weekdayLong') }, inWords(one, 'weekday')),
  )
  const rows = weeks.map((week) => {
    const lanes = lanesOf(happenings, week[0] ?? 0, week.at(-1) ?? 0)
    const room = roomOf(height / weeks.length, narrow)
    const needed = Math.max(0, ...lanes.map(({ lane }) => lane + 1))
    // Where one day has more than fits, a line of the week is kept for saying how much.
    const limit = needed > room ? room - (narrow ? 0 : 1) : room
    return week.map((one) =>
      cellOf(
        one,
        lanes.filter(({ from, to }) => from <= one && to >= one),
        { limit, isToday: one === today, isOther: monthStart(one) !== month },
      ),
    )
  })
  const grid = el(
    'div',
    { role: 'grid', class: 'month', 'aria-label': inWords(day, 'month') },
    el('div', { role: 'row', class: 'weekdays' }, ...(heads ?? [])),
    ...rows.map((cells) => el('div', { role: 'row', class: 'week' }, ...cells)),
  )
  return { element: grid, cells: rows }
}

/** In pixels, as month.css and narrow.css have them. */
const sizes = { date: 25, lane: 21, dot: 8, dots: 30, more: 2 } as const

/** The lines that fit into a cell of that height. */
function roomOf(height: number, narrow: boolean): number {
  const room = narrow ? (height - sizes.dots) / sizes.dot : (height - sizes.date - sizes.more) / sizes.lane
  return Math.max(narrow ? 1 : 2, Math.floor(room))
}

function cellOf(
  day: number,
  lanes: readonly Lane[],
  { limit, isToday, isOther }: { readonly limit: number; readonly isToday: boolean; readonly isOther: boolean },
): HTMLElement {
  const fit = lanes.filter(({ lane }) => lane < limit)
  const more = lanes.length - fit.length
  const number = inWords(day, nameOfDay(day).endsWith('-01') ? 'dayAndMonth' : 'number')
  const cell = el(
    'div',
    {
      role: 'gridcell',
      class: `cell${isOther ? ' other' : ''}`,
      tabindex: '-1',
      'data-day': String(day),
      'aria-label': `${inWords(day, 'full')}, ${counted(lanes.length)}`,
      'aria-current': isToday && 'date',
    },
    el('span', { class: 'date', 'aria-hidden': 'true' }, number),
  )
  // A bar is drawn once a week, from the first of its days in it.
  for (const { one, lane, from, to } of fit) {
    if (from !== day) continue
    const chip = chipOf(one, from, briefClockOf)
    chip.style.setProperty('--lane', String(lane))
    chip.style.setProperty('--days', String(to - from + 1))
    if (one.isBar) chip.classList.toggle('goes-on', one.to > to)
    cell.append(chip)
  }
  if (more > 0) {
    const button = el(
      'button',
      { type: 'button', class: 'more', tabindex: '-1', 'aria-label': `${more} more on ${inWords(day, 'full')}` },
      `+${more} more`,
    )
    button.style.setProperty('--lane', String(limit))
    cell.append(button)
  }
  return cell
}

export function counted(count: number): string {
  return count === 0 ? 'nothing planned' : count === 1 ? '1 event' : `${count} events`
}
