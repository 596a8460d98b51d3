/** The arrow keys in a grid of cells: one cell is reached by Tab, the others from it, and what is in a cell by Enter. */
export function createKeys({
  cells,
  opened,
  left,
  turned,
  moved,
}: {
  cells: () => readonly (readonly HTMLElement[])[]
  /** Enter on a cell with nothing in it, or `n` on any. */
  opened: (cell: HTMLElement) => void
  /** Over the edge, by so many rows and columns. */
  left: (from: HTMLElement, down: number, right: number) => void
  /** A page on or back. */
  turned: (by: 1 | -1, from: HTMLElement) => void
  /** An event is to be moved by so many days and steps of a quarter of an hour. */
  moved: (event: HTMLElement, days: number, steps: number) => void
}) {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  }

  function inCell(cell: HTMLElement, { key }: KeyboardEvent): boolean {
    const rows = cells()
    const row = rows.findIndex((one) => one.includes(cell))
    const column = rows[row]?.indexOf(cell) ?? -1
    const step = steps[key]
    if (step) {
      const next = rows[row + step[0]]?.[column + step[1]]
      if (next) enter(next)
      else left(cell, ...step)
      return true
    }
    switch (key) {
      case 'Home':
        enter(rows[row]?.[0])
        return true
      case 'End':
        enter(rows[row]?.at(-1))
        return true
      case 'PageDown':
      case 'PageUp':
        turned(key === 'PageDown' ? 1 : -1, cell)
        return true
      case 'Enter':
      case ' ': {
        const inside = cell.querySelector<HTMLElement>('button')
        if (inside) inside.focus()
        else opened(cell)
        return true
      }
      case 'n':
        opened(cell)
        return true
    }
    return false
  }

  function inEvent(button: HTMLElement, cell: HTMLElement, { key, altKey }: KeyboardEvent): boolean {
    const step = steps[key]
    if (step && altKey) {
      moved(button, step[1], step[0])
      return true
    }
    if (key === 'Escape') {
      enter(cell)
      return true
    }
    if (!step) return false
    const all = [...cell.querySelectorAll<HTMLElement>('button')]
    const next = all[all.indexOf(button) + (step[0] + step[1])]
    if (next) next.focus()
    else enter(cell)
    return true
  }

  /** The one cell that Tab reaches. */
  function enter(cell: HTMLElement | undefined, focus = true): void {
    if (!cell) return
    for (const one of cells().flat()) one.tabIndex = one === cell ? 0 : -1
    if (focus) cell.focus()
  }

  return {
    enter,
    onKey(event: KeyboardEvent): void {
      const target = event.target as HTMLElement
      const cell = target.closest<HTMLElement>('[role="gridcell"]')
      if (!cell || event.ctrlKey || event.metaKey || event.isComposing) return
      const taken = target === cell ? !event.altKey && inCell(cell, event) : inEvent(target, cell, event)
      if (taken) event.preventDefault()
    },
  }
}
