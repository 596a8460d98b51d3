import type { Reply } from '../../../core/reply.ts'
import { el, uuid } from '../dom.ts'
import { readerZone } from '../times.ts'
import { chipOf, titleOf, whenOf } from './chip.ts'
import { clockIn, clocksOf, inWords, minutesIn, momentOf, nameOfDay } from './days.ts'
import type { createMoving } from './moving.ts'
import type { Happening } from './plan.ts'
import type { Sheet } from './sheet.ts'
import { ask } from './source.ts'
import type { Toast } from './toast.ts'

/** Puts a part of a sentence into the box of the chat, to be gone on with after it or before it. */
export type Begin = (sentence: string, where: 'after' | 'before') => void

interface Parts {
  readonly sheet: Sheet
  readonly toast: Toast
  readonly moving: ReturnType<typeof createMoving>
  readonly begin: Begin
  readonly changed: () => Promise<void>
}

/** What opens over the calendar: an event, a new one, and what a day has. */
export function createPapers({ sheet, toast, moving, begin, changed }: Parts) {
  /** The card that lies open, as it came. */
  let lying: { readonly one: Happening; readonly as: string; readonly isOpen: () => boolean } | undefined

  /** The card that chat shows, with its buttons. */
  function openEvent(one: Happening, beside?: Element): void {
    sheet.open(titleOf(one), [el('p', { class: 'text' }, whenOf(one))], { beside })
    void sheet.fill(
      cardOf(one).then(
        (card) => () => showCard(one, card),
        () => () => sheet.say('More of it is not shown to you.'),
      ),
    )
  }

  function cardOf({ view: { id, occurrence } }: Happening): Promise<Card> {
    const which = occurrence === null ? '' : `?${new URLSearchParams({ occurrence })}`
    return ask<Card>('GET', `events/${id}/card${which}`)
  }

  function showCard(one: Happening, card: Card): void {
    const more = card.mayChange ? [moving.button(one), changing(one)] : []
    lying = { one, as: shapeOf(card), isOpen: sheet.showReply(withoutTitle(card.reply), undefined, more) }
  }

  /** What is read on an open card stays true, whoever changes it. */
  async function renew(): Promise<void> {
    const before = lying
    if (!before?.isOpen()) return
    const card = await cardOf(before.one).catch(() => undefined)
    if (card && before === lying && before.isOpen() && shapeOf(card) !== before.as) showCard(before.one, card)
  }

  /** Goes on in words, which can say more than a mouse. */
  function changing(one: Happening): HTMLElement {
    const button = el('button', { type: 'button', class: 'quiet' }, 'Change in words…')
    button.addEventListener('click', () => {
      sheet.close()
      begin(`move “${titleOf(one).replaceAll(/[“”"]/g, '')}” on ${english(one.from)} to `, 'after')
    })
    return button
  }

  function openNew(day: number, minutes: number | undefined, beside?: Element): void {
    const name = el('input', { type: 'text', required: true, maxlength: '500', autocomplete: 'off', placeholder: 'Lunch with Ann' })
    const from = el('input', { type: 'time', value: minutes === undefined ? '' : clockIn(minutes) })
    const to = el('input', { type: 'time', value: minutes === undefined ? '' : clockIn((minutes + 60) % 1_440) })
    const words = el('button', { type: 'button', class: 'quiet' }, 'Say more in words…')
    const form = el(
      'form',
      { class: 'new' },
      el('label', {}, 'What', name),
      el('div', { class: 'times' }, el('label', {}, 'From', from), el('label', {}, 'To', to)),
      el('p', { class: 'aside' }, 'Without a time it lasts all day.'),
      el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, 'Add'), words),
    )
    // Who moves the beginning means the same length.
    from.addEventListener('change', () => {
      const start = minutesIn(from.value)
      if (start !== undefined) to.value = clockIn((start + 60) % 1_440)
    })
    words.addEventListener('click', () => {
      sheet.close()
      const start = minutesIn(from.value)
      const at = start === undefined ? '' : ` at ${clockIn(start)}`
      const title = name.value.trim()
      begin(`${title} on ${english(day)}${at}${title === '' ? '' : ' '}`, title === '' ? 'before' : 'after')
    })
    // What is added again because no answer came is added once.
    let key = uuid()
    form.addEventListener('input', () => {
      key = uuid()
    })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void add(name.value.trim(), day, minutesIn(from.value), minutesIn(to.value), key)
    })
    sheet.open(`New event on ${inWords(day, 'full')}`, [form], { beside })
    name.focus()
  }

  async function add(title: string, day: number, from: number | undefined, to: number | undefined, key: string): Promise<void> {
    const wall = (minutes: number, later = 0) => `${nameOfDay(day + later)}T${clockIn(minutes)}:00`
    const until = to === undefined || from === undefined ? undefined : wall(to, to <= from ? 1 : 0)
    const times = from === undefined ? { start: nameOfDay(day) } : { start: wall(from), ...(until === undefined ? {} : { end: until }) }
    try {
      const { undo } = await ask<{ undo?: string }>('POST', 'events', { title, ...times, timeZone: readerZone }, { key })
      sheet.close()
      const clock = from === undefined ? '' : `, ${clocksOf(momentOf(day, from), momentOf(day, to ?? from + 60))}`
      toast.show(`Added ${title}, ${inWords(day, 'full')}${clock}.`, undo)
    } catch (error) {
      sheet.say(error instanceof Error ? error.message : 'It could not be added.')
    }
    await changed()
  }

  /** All of a day, where a cell has no room for it. */
  function openDay(day: number, happenings: readonly Happening[], beside?: Element): void {
    const list = happenings.map((one) => {
      const chip = chipOf(one, day)
      chip.tabIndex = 0
      chip.addEventListener('click', () => openEvent(one, beside))
      return el('li', {}, chip)
    })
    const add = el('button', { type: 'button' }, 'New event')
    add.addEventListener('click', () => openNew(day, undefined, beside))
    const content = list.length === 0 ? el('p', { class: 'text' }, 'Nothing is planned.') : el('ul', { class: 'of-day' }, ...list)
    sheet.open(inWords(day, 'full'), [content, el('div', { class: 'buttons' }, add)], { beside })
  }

  return { openEvent, openNew, openDay, renew }
}

interface Card {
  readonly reply: Reply
  readonly mayChange: boolean
}

/** What a reader sees of a card: its buttons are signed anew each time. */
function shapeOf(card: Card): string {
  return JSON.stringify(card, (key, value) => (key === 'token' ? undefined : value))
}

/** The paper has the title as its heading. */
function withoutTitle(reply: Reply): Reply {
  const [first, ...blocks] = reply.blocks
  const isTitle = first?.kind === 'text' && first.text.length === 1
  return isTitle ? { ...reply, blocks } : reply
}

/** "December 4, 2026", as sentences say it. */
function english(day: number): string {
  const style = { timeZone: 'UTC', month: 'long', day: 'numeric', year: 'numeric' } as const
  return new Intl.DateTimeFormat('en-US', style).format(new Date(day * 86_400_000))
}
