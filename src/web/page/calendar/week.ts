import { el } from '../dom.ts'
import { chipOf } from './chip.ts'
import { dayOf, hourOf, hoursMissing, inWords, minutesOf, momentOf } from './days.ts'
import type { Drawn, Scene } from './draw.ts'
import { counted } from './month.ts'
import { openingHour } from './opening.ts'
import { columnsOf, type Happening, lanesOf } from './plan.ts'

const hours = Array.from({ length: 24 }, (_, hour) => hour)
/** Lines of whole days that are shown before the others are counted. */
const mostLanes = 4

/** Days beside each other, by the hours of their wall clocks. */
export function drawWeek({ days, happenings, today, narrow }: Scene): Drawn {
  const bars = happenings.filter(({ isBar }) => isBar)
  const whole = allDayRow(days, bars)
  const rows = hours.map((hour) => days.map((day) => hourCell(day, hour, day === today)))
  days.forEach((day, column) => {
    for (const { one, start, end, column: place, columns } of columnsOf(happenings, day)) {
      const chip = chipOf(one, day)
      const length = Math.min(end, 1_440) - start
      chip.style.setProperty('--from', String((start % 60) / 60))
      chip.style.setProperty('--length', String(length / 60))
      chip.style.setProperty('--place', String(place / columns))
      // Those beside each other overlap a little, so that more of their words is seen.
      chip.style.setProperty('--share', String(Math.min(1 - place / columns, 1.5 / columns)))
      chip.classList.toggle('short', length < 45)
      chip.classList.toggle('slim', columns > 2)
      rows[Math.floor(start / 60)]?.[column]?.append(chip)
    }
  })
  const grid = el(
    'div',
    { role: 'grid', class: `hours${narrow ? ' narrow' : ''}`, 'aria-label': days.length === 1 ? 'The day by hours' : 'The days by hours' },
    el(
      'div',
      { class: 'heads', role: 'rowgroup' },
      el(
        'div',
        { role: 'row', class: 'band' },
        el('div', { class: 'corner' }),
        ...days.map((day) => headOf(day, day === today, happenings)),
      ),
      el('div', { role: 'row', class: 'band whole' }, el('div', { role: 'rowheader', class: 'hour' }, 'all day'), ...whole),
    ),
    ...rows.map((cells, hour) =>
      el(
        'div',
        { role: 'row', class: 'band' },
        el('div', { role: 'rowheader', class: 'hour', 'aria-label': hourOf(hour) }, el('span', {}, hour === 0 ? '' : hourOf(hour))),
        ...cells,
      ),
    ),
  )
  grid.style.setProperty('--columns', String(days.length))
  const column = days.indexOf(today)
  if (column >= 0) rows[new Date().getHours()]?.[column]?.append(nowLine())
  return { element: grid, cells: [whole, ...rows] }
}

/** Scrolls hours that were drawn to where there is something to see. */
export function openHours(hours: HTMLElement, { days, happenings }: Pick<Scene, 'days' | 'happenings'>): void {
  const starts = happenings.flatMap(({ isBar, from, start }) => (isBar ? [] : [days.includes(from) ? start : 0]))
  const [line = 0, heads = 0] = ['band', 'heads'].map((name) => hours.querySelector<HTMLElement>(`:scope > .${name}`)?.offsetHeight)
  const now = days.includes(dayOf(new Date())) ? new Date().getHours() : undefined
  const room = (hours.clientHeight - heads) / Math.max(1, line)
  hours.scrollTop = openingHour({ starts, room, now }) * line - 8
}

/** The name of a day over its hours, which leads to that day alone. */
function headOf(day: number, isToday: boolean, happenings: readonly Happening[]): HTMLElement {
  const missing = hoursMissing(day)
  const planned = happenings.filter(({ from, to }) => from <= day && to >= day).length
  return el(
    'div',
    { role: 'columnheader', class: 'head', 'aria-current': isToday && 'date' },
    el(
      'button',
      { type: 'button', class: 'to-day', 'data-day': String(day), 'aria-label': `${inWords(day, 'dated')}, ${counted(planned)}` },
      el('span', { class: 'weekday' }, inWords(day, 'weekday')),
      el('span', { class: 'date' }, inWords(day, 'number')),
    ),
    missing === 0 ? undefined : el('span', { class: 'shifted' }, `${24 - missing} hours`),
  )
}

function allDayRow(days: readonly number[], bars: readonly Happening[]): readonly HTMLElement[] {
  const [first = 0, last = 0] = [days[0], days.at(-1)]
  const lanes = lanesOf(bars, first, last)
  const needed = Math.max(0, ...lanes.map(({ lane }) => lane + 1))
  const limit = needed > mostLanes ? mostLanes - 1 : mostLanes
  return days.map((day) => {
    const here = lanes.filter(({ from, to }) => from <= day && to >= day)
    const more = here.filter(({ lane }) => lane >= limit).length
    const cell = el('div', {
      role: 'gridcell',
      class: 'cell all',
      tabindex: '-1',
      'data-day': String(day),
      'aria-label': `${inWords(day, 'full')}, all day, ${counted(here.length)}`,
    })
    cell.style.setProperty('--lanes', String(Math.min(needed, limit + (more > 0 ? 1 : 0))))
    for (const { one, lane, from, to } of here) {
      if (from !== day || lane >= limit) continue
      const chip = chipOf(one, from)
      chip.style.setProperty('--lane', String(lane))
      chip.style.setProperty('--days', String(to - from + 1))
      chip.classList.toggle('goes-on', one.to > to)
      cell.append(chip)
    }
    if (more > 0) {
      const button = el('button', { type: 'button', class: 'more', tabindex: '-1' }, `+${more} more`)
      button.style.setProperty('--lane', String(limit))
      cell.append(button)
    }
    return cell
  })
}

function hourCell(day: number, hour: number, isToday: boolean): HTMLElement {
  const minutes = hour * 60
  const isGone = minutesOf(momentOf(day, minutes)) !== minutes
  return el('div', {
    role: 'gridcell',
    class: `cell${isToday ? ' today' : ''}${isGone ? ' gone' : ''}`,
    tabindex: '-1',
    'data-day': String(day),
    'data-minutes': String(minutes),
    'aria-label': `${inWords(day, 'full')}, ${hourOf(hour)}${isGone ? ', the clocks leave this hour out' : ''}`,
  })
}

/** Where the day has got to. */
function nowLine(): HTMLElement {
  const line = el('div', { class: 'now', 'aria-hidden': 'true' })
  line.style.setProperty('--from', String(new Date().getMinutes() / 60))
  return line
}
