import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import { commands } from '#commands/index.ts'
import { createActions } from '#core/actions.ts'
import type { Handle } from '#core/command.ts'
import { createEngine } from '#core/engine.ts'
import type { Asked, Author, Place, Platform } from '#core/message.ts'
import type { Broadcast, DueReminder, Ears, Pressure } from '#core/ports.ts'
import type { Reach } from '#core/reach.ts'
import { type Button, plain, type Reply, type Text } from '#core/reply.ts'
import { createSeal } from '#core/secrets.ts'
import { createLanguage } from '#language/language.ts'
import { bounded } from '#store/bounded.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { createStores, type Stores } from '#store/store.ts'
import { observedCalendar } from '#telemetry/calendar.ts'
import { createMetrics, type Metrics } from '#telemetry/metrics.ts'
import { borrowTestDatabase } from './database.ts'

/** A person at the keyboard of some platform, and the whole inside of the program on a real database. */
export interface World extends AsyncDisposable {
  readonly database: Database
  readonly stores: Stores
  readonly handle: Handle
  readonly engine: ReturnType<typeof createEngine>
  /** Where the stores tell what changed. */
  readonly broadcast: Broadcast
  /** The clock that everything reads; tests move it. */
  now: Temporal.Instant
  /** What was queued, in order. */
  readonly queued: DueReminder[]
  person(userId: string, where?: Partial<Place> & { readonly timeZone?: string; readonly name?: string }): Somebody
}

export interface Somebody {
  says(
    text: string,
    more?: {
      readonly addressed?: boolean
      readonly private?: boolean
      readonly id?: string
      readonly again?: boolean
      readonly edits?: string
    },
  ): Promise<Answer>
  /** Opens the page, or sends the form, of the platform. */
  asks(asks: Asked): Promise<Answer>
  presses(button: Button | undefined, more?: { readonly id?: string }): Promise<Answer>
  /** Types into the form that was opened, and sends it. */
  fillsIn(opened: Answer, text: string): Promise<Answer>
}

export interface Answer {
  readonly reply: Reply | undefined
  readonly outcome: string
  /** What it counts as. */
  readonly intent: string
  /** Everything the reply says, in one line. */
  readonly words: string
  /** Its buttons by label; menus count as buttons. */
  button(label: string | RegExp): Button | undefined
  readonly buttons: readonly string[]
}

/** What signs the buttons of a world. */
export const secret = 'a secret of thirty-two characters'

export async function openWorld(
  start = '2026-11-23T14:00:00Z',
  {
    metrics = createMetrics(),
    reach,
    ears,
    pressure,
  }: { readonly metrics?: Metrics; readonly reach?: Reach; readonly ears?: Pick<Ears, 'granted'>; readonly pressure?: Pressure } = {},
): Promise<World> {
  const stack = new AsyncDisposableStack()
  const { url } = stack.use(await borrowTestDatabase())
  const { database } = stack.use(await openDatabase(url))
  const queued: DueReminder[] = []
  const broadcast = createMemoryBroadcast()
  const world = { now: Temporal.Instant.from(start) }
  const clock = { now: () => world.now }
  const stores = stack.use(
    createStores(database, {
      seal: createSeal(secret),
      clock,
      broadcast,
      scheduler: { schedule: async (due) => void queued.push(...due) },
      onEffectFailed: (cause) => {
        throw cause
      },
    }),
  )
  const store = observedCalendar(stores.store, { metrics })
  const engine = createEngine({
    language: createLanguage(),
    commands,
    store: pressure ? bounded(store, pressure) : store,
    actions: createActions(secret),
    clock,
    origin: () => 'https://duck.example.org',
    ...(reach && { reach }),
    ...(ears && { ears }),
  })
  const { handle } = engine
  let messages = 0

  function person(
    userId: string,
    { timeZone, name = userId, ...where }: Partial<Place> & { readonly timeZone?: string; readonly name?: string } = {},
  ): Somebody {
    const platform: Platform = where.platform ?? 'slack'
    const place: Place = { platform, space: 'T1', channel: `D-${userId}`, kind: 'direct', ...where }
    const author: Author = { id: userId, name, ...(timeZone === undefined ? {} : { timeZone }) }
    const common = (id?: string) => ({ id: id ?? `message-${++messages}`, at: world.now, place, author })
    return {
      says: async (text, { id, ...more } = {}) =>
        answer(await handle({ kind: 'sentence', ...common(id), text, addressed: true, private: false, ...more })),
      asks: async (asks) => answer(await handle({ kind: 'sentence', ...common(), asks, text: '', addressed: true, private: false })),
      fillsIn: async ({ reply }, text) =>
        answer(await handle({ kind: 'press', ...common(), token: reply?.form?.token ?? 'no form', text, private: false })),
      presses: async (button, { id } = {}) =>
        answer(await handle({ kind: 'press', ...common(id), token: button?.token ?? 'no such button', private: false })),
    }
  }

  return {
    database,
    stores,
    handle,
    engine,
    broadcast,
    queued,
    person,
    get now() {
      return world.now
    },
    set now(instant) {
      world.now = instant
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** What a message that nobody asked for says. */
export function answerIn(reply: Reply): Answer {
  return answer({ reply, intent: 'none', outcome: 'told' })
}

function answer({ reply, outcome, intent }: { readonly reply?: Reply; readonly outcome: string; readonly intent: string }): Answer {
  const buttons = reply ? buttonsOf(reply) : []
  return {
    reply,
    outcome,
    intent,
    words: reply ? wordsOf(reply) : '',
    buttons: buttons.map(({ label }) => label),
    button: (label) => buttons.find((button) => (typeof label === 'string' ? button.label === label : label.test(button.label))),
  }
}

function buttonsOf({ blocks }: Reply): readonly Button[] {
  return blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : block.kind === 'menu' ? block.options : []))
}

function wordsOf({ blocks }: Reply): string {
  return blocks
    .flatMap((block): Text[] => {
      switch (block.kind) {
        case 'text':
        case 'aside':
          return [block.text]
        case 'fields':
          return block.fields.map(({ label, value }) => [`${label}: `, ...value])
        case 'list':
          return block.items.flatMap(({ text, detail }) => (detail ? [text, detail] : [text]))
        default:
          return []
      }
    })
    .map((text) => plain(text))
    .join(' | ')
}
