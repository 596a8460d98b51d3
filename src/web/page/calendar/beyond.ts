import { el } from '../dom.ts'
import { happeningAt, keyOf } from './chip.ts'

interface Placed {
  readonly chip: HTMLElement
  readonly key: string
  /** In pixels of all hours. */
  readonly top: number
  readonly bottom: number
}

/** Less than this of an event is not seen, in pixels. */
const sliver = 6

/** Says how much lies before and after the hours that are seen, and leads there. */
export function createBeyond({ revealed }: { readonly revealed: (chip: HTMLElement) => void }) {
  const [earlier, later] = [hint('earlier', '↑'), hint('later', '↓')]
  let hours: HTMLElement | undefined
  let placed: readonly Placed[] = []
  let due = 0

  function hint(word: string, arrow: string) {
    const words = el('span')
    const button = el(
      'button',
      { type: 'button', class: `beyond ${word}`, hidden: true },
      el('span', { 'aria-hidden': 'true' }, arrow),
      words,
    )
    return {
      button,
      say(count: number): void {
        const text = ` ${count} ${word}`
        if (words.textContent !== text) words.textContent = text
        button.hidden = count === 0
      },
    }
  }

  function seen(within: HTMLElement): { readonly from: number; readonly to: number; readonly head: number } {
    const head = within.querySelector<HTMLElement>('.heads')?.offsetHeight ?? 0
    return { from: within.scrollTop + head, to: within.scrollTop + within.clientHeight, head }
  }

  function hiddenOnes(within: HTMLElement) {
    const { from, to } = seen(within)
    const above = placed.filter(({ bottom }) => bottom < from + sliver)
    const below = placed.filter(({ top }) => top > to - sliver)
    // What lasts past midnight is drawn on two days, and seen when it is seen on one.
    const shown = new Set(placed.filter((one) => !above.includes(one) && !below.includes(one)).map(({ key }) => key))
    const unseen = (all: readonly Placed[]) => all.filter(({ key }) => !shown.has(key))
    return { above: unseen(above), below: unseen(below) }
  }

  function look(): void {
    due = 0
    if (!hours?.isConnected) return
    const { above, below } = hiddenOnes(hours)
    const count = (all: readonly Placed[]) => new Set(all.map(({ key }) => key)).size
    earlier.say(count(above))
    later.say(count(below))
    earlier.button.style.top = `${seen(hours).head + 8}px`
  }

  /** To the nearest that is not seen, with as many of the others as there is room for. */
  function lead(way: 'above' | 'below'): void {
    if (!hours) return
    const found = hiddenOnes(hours)[way].toSorted((a, b) => a.top - b.top)
    const [first, last] = [found[0], found.at(-1)]
    if (!first || !last) return
    const { head } = seen(hours)
    const room = hours.clientHeight - head
    const top = way === 'above' ? Math.max(first.top - 12, last.bottom - room + 12) : Math.min(first.top - 12, last.bottom - room + 12)
    hours.scrollTop = top - head
    revealed((way === 'above' ? last : first).chip)
    look()
  }

  earlier.button.addEventListener('click', () => lead('above'))
  later.button.addEventListener('click', () => lead('below'))

  return {
    /** Before and after the hours, where the Tab key comes to them. */
    earlier: earlier.button,
    later: later.button,
    /** Watches the hours that are drawn now; nothing where there are none. */
    watch(drawn: HTMLElement | null): void {
      hours = drawn ?? undefined
      placed = []
      if (!drawn) {
        earlier.say(0)
        later.say(0)
        return
      }
      const from = drawn.getBoundingClientRect().top - drawn.scrollTop
      placed = [...drawn.querySelectorAll<HTMLElement>(':scope > .band .chip')].flatMap((chip) => {
        const one = happeningAt(chip)
        const { top, bottom } = chip.getBoundingClientRect()
        return one ? [{ chip, key: keyOf(one), top: top - from, bottom: bottom - from }] : []
      })
      drawn.addEventListener('scroll', () => {
        if (due === 0) due = requestAnimationFrame(look)
      })
      look()
    },
  }
}
