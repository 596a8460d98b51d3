import type { createCalendar } from './calendar/calendar.ts'
import type { Meant } from './calendar/draw.ts'
import { byId, el } from './dom.ts'

type Calendar = ReturnType<typeof createCalendar>

/** What the page shows is in its address: `#month/2026-12-04`, `#week/…`, `#day/…`, or `#calendar` as it was; anything else is the chat. */
const address = /^#(?:calendar|(?<span>month|week|day))(?:\/(?<day>\d{4}-\d\d-\d\d))?$/

/** The chat and the calendar. What draws the calendar is fetched when it is first asked for. */
export function createViews(parts: Omit<Parameters<typeof createCalendar>[0], 'went'>) {
  let opened: Promise<{ calendar: Calendar; dayNamed: (name: string) => number | undefined }> | undefined
  let showing: Calendar | undefined

  async function open() {
    const [{ createCalendar }, { dayNamed, nameOfDay }] = await Promise.all([
      import('./calendar/calendar.ts'),
      import('./calendar/days.ts'),
      styled('/page/calendar/calendar.css'),
    ])
    function went({ span, day }: Meant): void {
      const to = `#${span}/${nameOfDay(day)}`
      if (to === location.hash) return
      // The way back leads through the days and views that were looked at; what only says less is no stop on it.
      if (address.exec(location.hash)?.groups?.day === undefined) history.replaceState(null, '', to)
      else history.pushState(null, '', to)
    }
    return { calendar: createCalendar({ ...parts, went }), dayNamed }
  }

  async function follow(): Promise<void> {
    // Whoever skips to the message box stays where the box is.
    if (location.hash === '#say' && isChatThere()) return
    const asked = address.exec(location.hash)?.groups
    if (!asked) return showChat()
    opened ??= open()
    opened.catch(() => {
      opened = undefined
    })
    const { calendar, dayNamed } = await opened
    if (!address.test(location.hash)) return
    showing = calendar
    document.body.dataset.view = 'calendar'
    mark('to-calendar')
    const day = asked.day === undefined ? undefined : dayNamed(asked.day)
    calendar.show({ ...(asked.span ? { span: asked.span as Meant['span'] } : {}), ...(day === undefined ? {} : { day }) })
  }

  function showChat(): void {
    showing?.hide()
    showing = undefined
    document.body.dataset.view = 'chat'
    mark('to-chat')
  }

  function mark(current: string): void {
    for (const id of ['to-chat', 'to-calendar']) {
      if (id === current) byId(id).setAttribute('aria-current', 'page')
      else byId(id).removeAttribute('aria-current')
    }
  }

  addEventListener('hashchange', () => void follow())
  void follow()

  return {
    /** Where the chat is not beside the calendar, it is shown. */
    showChat(): void {
      if (!isChatThere()) location.hash = 'chat'
    },
    changed: () => showing?.changed(),
    tick: () => showing?.tick(),
  }
}

function isChatThere(): boolean {
  return getComputedStyle(byId('chat')).display !== 'none'
}

/** Resolves once the style sheet is there, or is known not to come. */
function styled(href: string): Promise<void> {
  return new Promise((resolve) => {
    const link = el('link', { rel: 'stylesheet', href })
    link.addEventListener('load', () => resolve())
    link.addEventListener('error', () => resolve())
    document.head.append(link)
  })
}
