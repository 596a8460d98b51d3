import { happeningAt } from './chip.ts'
import { clockOf, momentOf } from './days.ts'
import type { Happening } from './plan.ts'

/** A hand that shakes does not drag, in pixels; a finger is less steady. */
const slack = { mouse: 5, finger: 12 } as const
/** A finger that rests on an event so long takes hold of it, in milliseconds: one that moves before scrolls. */
const longPress = 400
/** A click comes so long after a finger is lifted, in milliseconds. */
const clickAfter = 350
/** Nearer to an edge of the hours than this they scroll along, at most so far at a time, in pixels. */
const edge = { width: 44, step: 9 } as const
/** Where an event can be put down, in minutes. */
const raster = 15

interface Held {
  readonly one: Happening
  readonly chip: HTMLElement
  readonly x: number
  readonly y: number
  readonly pointer: number
  readonly isFinger: boolean
  /** The day that was taken hold of, and the minute within the event; undefined for what has no place on a clock here. */
  readonly day: number
  readonly grip: number | undefined
  ghost?: HTMLElement
  days: number
  minutes: number
}

/** Takes events to another day, and in the hours to another time: by mouse or pen at once, by a finger that has rested on them. */
export function createDrag(
  root: HTMLElement,
  {
    dropped,
    released,
  }: {
    readonly dropped: (one: Happening, by: { readonly days: number; readonly minutes: number }, beside: Element) => void
    /** What has waited for the hand to let go may be drawn. */
    readonly released: () => void
  },
) {
  let held: Held | undefined
  let active = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Where the pointer is, while the hours may have to scroll along. */
  let at = { x: 0, y: 0 }
  let frame = 0
  let wasFinger = false

  const cellAt = (x: number, y: number) => document.elementFromPoint(x, y)?.closest<HTMLElement>('[role="gridcell"]') ?? undefined
  const dayOfCell = (cell: HTMLElement) => Number(cell.dataset.day)

  /** The minute under the pointer, of a cell of an hour. */
  function minuteAt(cell: HTMLElement, y: number): number | undefined {
    if (cell.dataset.minutes === undefined) return undefined
    const { top, height } = cell.getBoundingClientRect()
    return Number(cell.dataset.minutes) + Math.max(0, (y - top) / height) * 60
  }

  root.addEventListener('pointerdown', (event) => {
    const chip = (event.target as HTMLElement).closest<HTMLElement>('.chip')
    const one = happeningAt(chip)
    if (!chip || !one || event.button !== 0 || !event.isPrimary) return
    root.classList.add('holding')
    const cell = cellAt(event.clientX, event.clientY)
    root.classList.remove('holding')
    if (!cell) return
    const { clientX: x, clientY: y, pointerId: pointer } = event
    const minute = one.isBar ? undefined : minuteAt(cell, y)
    const day = dayOfCell(cell)
    const grip = minute === undefined ? undefined : minute - one.start + (day - one.from) * 1_440
    const isFinger = event.pointerType === 'touch'
    held = { one, chip, x, y, pointer, isFinger, day, grip, days: 0, minutes: 0 }
    if (isFinger) timer = setTimeout(begin, longPress, held)
  })

  root.addEventListener('pointermove', ({ clientX, clientY, pointerId }) => {
    if (!held || held.pointer !== pointerId) return
    const { x, y, isFinger } = held
    if (!active && Math.hypot(clientX - x, clientY - y) < (isFinger ? slack.finger : slack.mouse)) return
    if (!active && isFinger) return void end()
    if (!active) begin(held)
    moved(clientX, clientY)
  })

  function begin({ chip, pointer, isFinger, x, y }: Held): void {
    active = true
    root.classList.add('holding')
    chip.classList.add('dragged')
    root.setPointerCapture(pointer)
    if (!isFinger) return
    navigator.vibrate?.(12)
    moved(x, y)
  }

  function moved(x: number, y: number): void {
    at = { x, y }
    const seen = hoursSeen()
    const inside = seen ? Math.min(Math.max(y, seen.top + 1), seen.bottom - 1) : y
    const cell = cellAt(x, inside)
    if (held && cell && root.contains(cell)) over(held, cell, inside)
    if (frame === 0) frame = requestAnimationFrame(scrollAlong)
  }

  /** The hours under their heads, for what has a place among them. */
  function hoursSeen() {
    const hours = root.querySelector('.hours')
    if (!hours || held?.grip === undefined) return undefined
    const { top, bottom } = hours.getBoundingClientRect()
    return { hours, top: top + (hours.querySelector<HTMLElement>('.heads')?.offsetHeight ?? 0), bottom }
  }

  /** Where the event is held over the edge of the hours, they come to it. */
  function scrollAlong(): void {
    frame = 0
    const seen = hoursSeen()
    if (!active || !seen || !held) return
    // What is taken hold of at the edge stays until it is moved.
    if (Math.hypot(at.x - held.x, at.y - held.y) < slack.finger) return
    const { hours, top, bottom } = seen
    const over = at.y < top + edge.width ? at.y - top - edge.width : Math.max(0, at.y - bottom + edge.width)
    const before = hours.scrollTop
    hours.scrollTop += Math.max(-edge.step, Math.min(edge.step, Math.round(over / 4)))
    if (hours.scrollTop !== before) moved(at.x, at.y)
  }

  function over(now: Held, cell: HTMLElement, y: number): void {
    const minute = now.grip === undefined ? undefined : minuteAt(cell, y)
    now.days = dayOfCell(cell) - now.day
    if (minute === undefined || now.grip === undefined) {
      now.minutes = 0
      mark(cell)
      return
    }
    const start = Math.round((minute - now.grip) / raster) * raster
    const day = dayOfCell(cell)
    now.days = day - now.one.from
    now.minutes = start - now.one.start
    showGhost(now, day, start)
  }

  function mark(cell: HTMLElement): void {
    for (const one of root.querySelectorAll('.target')) one.classList.remove('target')
    cell.classList.add('target')
  }

  function showGhost(now: Held, day: number, start: number): void {
    const hour = Math.min(23, Math.max(0, Math.floor(start / 60)))
    const home = root.querySelector(`[data-day="${day}"][data-minutes="${hour * 60}"]`)
    now.ghost ??= now.chip.cloneNode(true) as HTMLElement
    const { ghost } = now
    ghost.classList.remove('dragged', 'from-before')
    ghost.classList.add('ghost')
    ghost.style.setProperty('--from', String((start - hour * 60) / 60))
    ghost.style.setProperty('--place', '0')
    ghost.style.setProperty('--share', '1')
    const time = ghost.querySelector('time')
    if (time) time.textContent = clockOf(momentOf(day, start))
    home?.append(ghost)
  }

  function end(): Held | undefined {
    clearTimeout(timer)
    wasFinger = active && held?.isFinger === true
    const last = active ? held : undefined
    // Not before the click that follows, which is meant for what is drawn now.
    if (held) setTimeout(() => held ?? released(), clickAfter)
    held?.ghost?.remove()
    held?.chip.classList.remove('dragged')
    for (const one of root.querySelectorAll('.target')) one.classList.remove('target')
    root.classList.remove('holding')
    held = undefined
    active = false
    return last
  }

  root.addEventListener('pointerup', () => {
    const last = end()
    if (!last) return
    // Letting go is no click on what lies under it.
    root.addEventListener('click', stop, { capture: true, once: true })
    setTimeout(() => root.removeEventListener('click', stop, { capture: true }))
    if (last.days !== 0 || last.minutes !== 0) dropped(last.one, { days: last.days, minutes: last.minutes }, last.chip)
  })
  root.addEventListener('pointercancel', end)
  // A finger that holds an event neither scrolls nor opens what lies under it, and does not ask for a menu.
  root.addEventListener('touchmove', (event) => active && event.cancelable && event.preventDefault(), { passive: false })
  root.addEventListener('touchend', (event) => {
    if (wasFinger && event.cancelable) event.preventDefault()
    wasFinger = false
  })
  root.addEventListener('contextmenu', (event) => {
    if (held?.isFinger) event.preventDefault()
  })
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !active) return
    event.preventDefault()
    end()
  })

  return {
    /** Something is in somebody's hand, or under a finger that may come to hold it: it is not to be drawn anew. */
    get active() {
      return active || held?.isFinger === true
    },
  }
}

function stop(event: Event): void {
  event.stopPropagation()
  event.preventDefault()
}
