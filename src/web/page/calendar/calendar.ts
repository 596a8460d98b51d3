import { byId, el } from '../dom.ts'
import { createBar } from './bar.ts'
import { createBeyond } from './beyond.ts'
import { happeningAt, keyOf, meetCalendars } from './chip.ts'
import { dayOf, daysShown, momentOf, monthStart, stepped } from './days.ts'
import { createDrag } from './drag.ts'
import type { Drawn, Meant } from './draw.ts'
import { createKeys } from './keys.ts'
import { drawMonth } from './month.ts'
import { createMoving } from './moving.ts'
import { type Begin, createPapers } from './papers.ts'
import { type Happening, happeningOf } from './plan.ts'
import { createSheet, type PressInChat } from './sheet.ts'
import { load } from './source.ts'
import { createToast } from './toast.ts'
import { drawWeek, openHours } from './week.ts'

/** Where days have no room for words, as in narrow.css. */
const narrowWindow = matchMedia('(width < 34rem)')
/** Changes come in bursts: how long to wait for company, and how long after the last look, in milliseconds. */
const burst = { company: 120, pause: 250 } as const
/** Whether what was declined is hidden, as this browser remembers it. */
const hidesDeclined = 'hides declined'
/** The names of the weekdays over a month, in pixels. */
const headHeight = 32

function isDeclined({ view: { response } }: Happening): boolean {
  return response === 'declined'
}

/** What is planned, by month, week and day. */
export function createCalendar({
  press,
  begin,
  went,
}: {
  readonly press: PressInChat
  readonly begin: Begin
  /** Another view or another day is shown now. */
  readonly went: (meant: Meant) => void
}) {
  const root = byId('calendar')
  const stage = el('div', { class: 'stage' })
  const bar = createBar({
    go,
    step: (by) => go({ ...meant, day: stepped(meant.span, meant.day, by, isNarrow()) }),
    add: () => addOn(),
    toggle,
  })
  root.replaceChildren(bar.element, stage)
  const sheet = createSheet(pressAndLook)
  const toast = createToast(root, pressAndLook)
  const moving = createMoving({ sheet, toast, changed: refresh })
  const papers = createPapers({ sheet, toast, moving, begin, changed: refresh })
  const beyond = createBeyond({
    revealed: (chip) => {
      keys.enter(chip.closest<HTMLElement>('[role="gridcell"]') ?? undefined, false)
      chip.focus({ preventScroll: true })
    },
  })
  const drag = createDrag(stage, { dropped: (one, by, beside) => void moving.move(one, by, beside), released: draw })
  const keys = createKeys({
    cells: () => drawn?.cells ?? [],
    opened: (cell) => openNew(cell),
    left: (cell, down, right) => {
      if (meant.span !== 'month' && right === 0) return
      focusOn(dayIn(cell) + (meant.span === 'month' ? down * 7 + right : right), cell.dataset.minutes)
    },
    turned: (by, cell) => {
      const day = stepped(meant.span, dayIn(cell), by, isNarrow())
      focusOn(day, cell.dataset.minutes)
    },
    moved: (chip, days, steps) => {
      const one = happeningAt(chip)
      const isClock = one?.isBar === false && meant.span !== 'month'
      if (one) void moving.move(one, { days: days + (isClock ? 0 : steps * 7), minutes: isClock ? steps * 15 : 0 }, chip)
    },
  })

  let meant: Meant = { span: 'month', day: dayOf(new Date()) }
  let happenings: readonly Happening[] = []
  let events = ''
  let drawn: Drawn | undefined
  let visible = false
  let stale = true
  let loading: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let looked = 0
  let hides = localStorage.getItem(hidesDeclined) === 'yes'
  /** Which days are drawn, and everything that the drawing depends on: what is drawn already is left alone. */
  let drawnDays = ''
  let drawnOf = ''
  /** Which days are read, and which were opened at what they hold: from then on the reader scrolls. */
  let readDays = ''
  let openedDays = ''

  const isNarrow = () => narrowWindow.matches
  const dayIn = (cell: HTMLElement) => Number(cell.dataset.day)
  const shown = () => daysShown(meant.span, meant.day, isNarrow())
  const nameOf = (days: readonly number[]) => `${meant.span} ${days[0]} ${isNarrow()}`

  function go(to: Meant): void {
    meant = to
    // What lies over the days was about those that were shown.
    sheet.close()
    toast.hide()
    went(meant)
    draw()
    void refresh()
  }

  /** What one answers or cancels is seen at once. */
  async function pressAndLook(button: Parameters<PressInChat>[0]): ReturnType<PressInChat> {
    const pressed = await press(button)
    void refresh()
    return pressed
  }

  async function refresh(): Promise<void> {
    stale = true
    if (!visible) return
    loading?.abort()
    loading = new AbortController()
    const { signal } = loading
    const days = shown()
    const which = nameOf(days)
    looked = performance.now()
    try {
      // A day more on each side: whole days are those of their own zone.
      const found = await load(momentOf((days[0] ?? 0) - 1), momentOf((days.at(-1) ?? 0) + 2), signal)
      stale = false
      readDays = which
      events = JSON.stringify(found.events)
      happenings = found.events.map(happeningOf)
      meetCalendars(happenings)
      bar.say(found.complete ? '' : 'There is more than can be shown.')
      if (!drag.active) draw()
    } catch (error) {
      if (!signal.aborted) bar.say(error instanceof Error ? error.message : 'The calendar cannot be read.')
    }
  }

  function toggle(): void {
    hides = !hides
    localStorage.setItem(hidesDeclined, hides ? 'yes' : 'no')
    draw()
  }

  function draw(): void {
    if (!visible) return
    const { span, day } = meant
    const days = shown()
    const [today, narrow, height] = [dayOf(new Date()), isNarrow(), stage.clientHeight]
    const which = nameOf(days)
    const what = [which, monthStart(day), today, height, Math.floor(Date.now() / 60_000), hides, events].join(' ')
    bar.show(meant, days)
    bar.tellDeclined(touching(days).filter(isDeclined).length, !hides)
    if (what === drawnOf) return
    const began = performance.now()
    const kept = whereFocusIs()
    const scrolled = which === drawnDays && which === openedDays ? stage.querySelector('.hours')?.scrollTop : undefined
    ;[drawnDays, drawnOf] = [which, what]
    const scene = { span, day, days, happenings: inDays(days), today, narrow, height: height - headHeight }
    drawn = span === 'month' ? drawMonth(scene) : drawWeek(scene)
    stage.replaceChildren(beyond.earlier, drawn.element, beyond.later)
    if (span !== 'month') scrollTo(scrolled)
    if (which === readDays) openedDays = which
    beyond.watch(stage.querySelector('.hours'))
    restore(kept)
    performance.measure('calendar', { start: began })
  }

  function inDays(days: readonly number[]): readonly Happening[] {
    return touching(days).filter((one) => !hides || !isDeclined(one))
  }

  function touching(days: readonly number[]): readonly Happening[] {
    const [first = 0, last = 0] = [days[0], days.at(-1)]
    return happenings.filter(({ from, to }) => from <= last && to >= first)
  }

  function scrollTo(top: number | undefined): void {
    const hours = stage.querySelector<HTMLElement>('.hours')
    if (!hours) return
    const days = shown()
    // What somebody does not come to is not what they look for.
    if (top === undefined) openHours(hours, { days, happenings: inDays(days).filter((one) => !isDeclined(one)) })
    else hours.scrollTop = top
  }

  /** A drawing takes the place of another: whoever was in the old one is at the same thing in the new one. */
  function whereFocusIs() {
    const focused = document.activeElement
    if (!stage.contains(focused)) return undefined
    const cell = focused?.closest<HTMLElement>('[role="gridcell"]')
    const one = happeningAt(focused)
    return { key: one && keyOf(one), day: cell?.dataset.day, minutes: cell?.dataset.minutes }
  }

  function restore(kept: ReturnType<typeof whereFocusIs>): void {
    const all = drawn?.cells.flat() ?? []
    const cell = all.find(({ dataset }) => dataset.day === kept?.day && dataset.minutes === kept?.minutes)
    const today = dayOf(new Date())
    const usual = [meant.day, today].map((day) => all.find((one) => dayIn(one) === day)).find((one) => one !== undefined)
    keys.enter(cell ?? usual ?? all[0], false)
    if (!kept) return
    const chip = kept.key === undefined ? undefined : stage.querySelector<HTMLElement>(`[data-key="${kept.key}"]`)
    ;(chip ?? cell ?? usual)?.focus()
  }

  function focusOn(day: number, minutes: string | undefined): void {
    if (
      !shown().includes(day) ||
      (meant.span === 'month' &&
        drawn?.cells
          .flat()
          .find((cell) => dayIn(cell) === day)
          ?.matches('.other'))
    )
      go({ ...meant, day })
    else meant = { ...meant, day }
    keys.enter(drawn?.cells.flat().find(({ dataset }) => dataset.day === String(day) && dataset.minutes === minutes))
  }

  function openNew(cell: HTMLElement, at?: number): void {
    const minutes = cell.dataset.minutes === undefined ? undefined : Number(cell.dataset.minutes) + (at ?? 0)
    papers.openNew(dayIn(cell), minutes, cell)
  }

  function addOn(): void {
    const days = shown()
    const today = dayOf(new Date())
    papers.openNew(days.includes(meant.day) ? meant.day : days.includes(today) ? today : (days[0] ?? today), undefined)
  }

  function ofDay(day: number): readonly Happening[] {
    return inDays([day])
      .filter(({ isBar, from }) => isBar || from === day)
      .toSorted((a, b) => Number(b.isBar) - Number(a.isBar) || a.start - b.start)
  }

  stage.addEventListener('click', (event) => {
    const target = event.target as HTMLElement
    const one = happeningAt(target)
    const cell = target.closest<HTMLElement>('[role="gridcell"]')
    const head = target.closest<HTMLElement>('.to-day')
    if (head) return go({ span: 'day', day: dayIn(head) })
    if (cell && (target.closest('.more') || (isNarrow() && meant.span === 'month')))
      return papers.openDay(dayIn(cell), ofDay(dayIn(cell)), cell)
    if (one) return papers.openEvent(one, target.closest('.chip') ?? undefined)
    if (!cell) return
    const { top, height } = cell.getBoundingClientRect()
    openNew(cell, event.clientY - top > height / 2 ? 30 : 0)
  })
  stage.addEventListener('keydown', keys.onKey)
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).closest('input')) return
    const span = ({ m: 'month', w: 'week', d: 'day' } as const)[event.key]
    if (span) go({ ...meant, span })
    if (event.key === 't') go({ ...meant, day: dayOf(new Date()) })
  })
  new ResizeObserver(() => {
    if (visible && stage.clientHeight > 0) draw()
  }).observe(stage)

  /** Looks again; where nobody sees it, once somebody does. */
  function catchUp(): void {
    timer = undefined
    if (!stale || document.hidden) return
    void refresh()
    void papers.renew()
  }
  document.addEventListener('visibilitychange', catchUp)

  return {
    /** As it was, but for what is said. */
    show(to: Partial<Meant>): void {
      visible = true
      root.hidden = false
      go({ ...meant, ...to })
    },
    hide(): void {
      visible = false
      sheet.close()
      root.hidden = true
      loading?.abort()
    },
    /** Something in the calendar is different now. */
    changed(): void {
      stale = true
      if (timer === undefined) timer = setTimeout(catchUp, Math.max(burst.company, looked + burst.pause - performance.now()))
    },
    /** A minute has passed. */
    tick(): void {
      if (visible && !drag.active) draw()
      if (visible) catchUp()
    },
  }
}
