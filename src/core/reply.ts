/**
 * What DuckTape says, before any platform has dressed it.
 *
 * Plain JSON throughout, so that it can wait in a table or cross a socket. Times are values:
 * Slack shows `<!date^...>`, Discord `<t:...>`, the page formats them in the reader's own zone.
 */
export interface Reply {
  readonly tone: Tone
  readonly blocks: readonly Block[]
  /** `author`: only the person who asked sees it, where the platform can do that. */
  readonly visibility: 'place' | 'author'
  /** True when the answer to a press takes the place of the message that carried the button. */
  readonly replaces?: boolean
  /** The answer to a press is a form, where the platform has such; elsewhere the blocks say what to write. */
  readonly form?: Form
  /** What a refusal is about: where that was filled into a form, it is said beside its line. */
  readonly about?: 'title' | 'day' | 'length' | 'people'
  /** Nothing was done for now: after so many seconds the same may be said again. */
  readonly retryAfter?: number
}

/** Something to fill in. What is typed comes back as a press of `token`, with its words. */
export interface Form {
  /** At most 24 characters. */
  readonly title: string
  readonly label: string
  readonly placeholder: string
  /** At most 24 characters: what sending it does. */
  readonly submit: string
  readonly token: string
  /** Several lines of at most so many characters, with what stands there so far; one line when it is left out. */
  readonly lines?: { readonly value: string; readonly most: number }
}

/** `done` something changed; `ask` a question; `tell` an answer; `problem` a refusal that names the fix; `ring` a reminder. */
export type Tone = 'done' | 'ask' | 'tell' | 'problem' | 'ring'

export type Block =
  /** With a `share` from 0 to 1, the first span is a bar in characters, for where no other one is drawn. */
  | { readonly kind: 'text'; readonly text: Text; readonly share?: number }
  /** Small print under the main thing. */
  | { readonly kind: 'aside'; readonly text: Text }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'menu'; readonly placeholder: string; readonly options: readonly Option[] }

export interface Field {
  readonly label: string
  readonly value: Text
}

export interface Item {
  readonly text: Text
  readonly detail?: Text
}

export interface Button {
  /** At most 40 characters: what the press does, as a verb. */
  readonly label: string
  readonly token: string
  readonly style?: 'primary' | 'danger'
}

export interface Option {
  /** At most 75 characters. */
  readonly label: string
  readonly token: string
}

/** Words and values in reading order. Plain strings are literal: encoders escape them, so nobody is pinged by them. */
export type Text = readonly Span[]
export type Span = string | Strong | Code | Time | Day | Someone | Channel | Link

export interface Strong {
  readonly kind: 'strong'
  readonly text: string
}
export interface Code {
  readonly kind: 'code'
  readonly text: string
}
/** An instant. Shown in the reader's own zone, and named in `timeZone` as well when `named` is set. */
export interface Time {
  readonly kind: 'time'
  /** ISO 8601 instant, `2026-11-24T20:00:00Z`. */
  readonly at: string
  /** `full`: weekday, date and time; `date`; `time`; `relative`: "in 3 hours". */
  readonly show: 'full' | 'date' | 'time' | 'relative'
  /** The zone it was meant in: what a platform that cannot localise shows. */
  readonly timeZone: string
  /** True when that zone is not the reader's own, so that it is said. */
  readonly named?: boolean
}
/** A calendar day, the same for everybody. */
export interface Day {
  readonly kind: 'day'
  /** `2026-11-24` */
  readonly date: string
}
/** A person who is meant to notice: this is the only span that pings. */
export interface Someone {
  readonly kind: 'someone'
  /** The platform's user id. */
  readonly user: string
  readonly name: string
  /** True to name them without a ping, where the platform can do that. */
  readonly quiet?: boolean
}
export interface Channel {
  readonly kind: 'channel'
  /** The platform's channel id. */
  readonly channel: string
}
export interface Link {
  readonly kind: 'link'
  readonly url: string
  readonly text: string
}

/**
 * A sentence with values in it: say`Done: ${strong('stretch')}, ${time(at)}.`
 *
 * The literal parts and string values become plain text.
 */
export function say(words: TemplateStringsArray, ...values: readonly (Span | Text)[]): Text {
  return words.flatMap((word, index) => {
    const value = values[index]
    const spans = value === undefined ? [] : Array.isArray(value) ? (value as Text) : [value as Span]
    return word === '' ? spans : [word, ...spans]
  })
}

export function strong(text: string): Strong {
  return { kind: 'strong', text }
}

/** The words alone: for notifications and places without markup. `time` says how times are shown there. */
export function plain(text: Text, time: (time: Time) => string = spell): string {
  return text.map((span) => plainSpan(span, time)).join('')
}

/** "on Monday at 9 (in 3 days)" without what is said once more: words that are read later have no present to count from. */
export function absolute(text: Text): Text {
  return text.flatMap((span, index): Span[] => {
    const [before, after] = [text[index - 1], text[index + 1]]
    if (isFromNow(span) && opensAside(before) && closesAside(after)) return []
    if (opensAside(span) && isFromNow(after)) return [span.slice(0, -2)]
    return closesAside(span) && isFromNow(before) ? [span.slice(1)] : [span]
  })
}

function isFromNow(span: Span | undefined): boolean {
  return typeof span === 'object' && span.kind === 'time' && span.show === 'relative'
}

function opensAside(span: Span | undefined): span is string {
  return typeof span === 'string' && span.endsWith(' (')
}

function closesAside(span: Span | undefined): span is string {
  return typeof span === 'string' && span.startsWith(')')
}

function plainSpan(span: Span, time: (time: Time) => string): string {
  if (typeof span === 'string') return span
  switch (span.kind) {
    case 'strong':
    case 'code':
    case 'link':
      return span.text
    case 'time':
      return time(span)
    case 'day':
      return spellDay(span.date)
    case 'someone':
      return span.name
    case 'channel':
      return `#${span.channel}`
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', options)
  // Zones and styles are few; the bound only guards against a caller that invents zones.
  if (formats.size > 1_000) formats.clear()
  formats.set(key, made)
  return made
}

const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
const clock = { hour: 'numeric', minute: '2-digit' } as const
/** Who only spells has no present to be relative to, and gives the clock time instead. */
const styles = { full: { ...day, ...clock }, date: day, time: clock, relative: clock } as const

/** "Tue, Nov 24, 2026, 3:00 PM", followed by the zone's short name when the time is `named`. */
export function spell(time: Time): string {
  const style = styles[time.show]
  const options = { ...style, timeZone: time.timeZone, ...(time.named ? { timeZoneName: 'short' as const } : {}) }
  return format(`${time.show} ${time.timeZone} ${time.named}`, options).format(new Date(time.at))
}

/** "Tue, Nov 24, 2026" */
export function spellDay(date: string): string {
  return format('day', { ...day, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
}

/** A refusal that names the fix, seen by its asker alone where the platform can do that. */
export function problem(text: string | Text, buttons: readonly Button[] = []): Reply {
  return { tone: 'problem', visibility: 'author', blocks: withButtons(typeof text === 'string' ? [text] : text, buttons) }
}

/** What whoever wrote is told when their message could not be handled. */
export const apology: Reply = problem('Something went wrong on my side and nothing was changed. Please try again.')

/** A paragraph of strong words alone. */
export function isHeading(block: Block | undefined): boolean {
  const [span, ...more] = block?.kind === 'text' ? block.text.filter((each) => each !== '') : []
  return more.length === 0 && typeof span === 'object' && span.kind === 'strong'
}

/** The refusal, said beside the line of a form that it is about. */
export function about(line: NonNullable<Reply['about']>, reply: Reply): Reply {
  return reply.tone === 'problem' ? { ...reply, about: line } : reply
}

/** A paragraph, and buttons under it when there are any. */
export function withButtons(text: Text, buttons: readonly Button[]): readonly Block[] {
  return buttons.length === 0
    ? [{ kind: 'text', text }]
    : [
        { kind: 'text', text },
        { kind: 'buttons', buttons },
      ]
}
