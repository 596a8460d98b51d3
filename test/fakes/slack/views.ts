import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { checkBlocks } from './blocks.ts'
import { type Result, refusal } from './messages.ts'
import type { Method } from './methods.ts'
import { ids } from './workspace.ts'
import type { World } from './world.ts'

const title = z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(24), emoji: z.boolean().optional() })
const View = z.strictObject({
  type: z.enum(['modal', 'home']),
  title: title.optional(),
  submit: title.optional(),
  close: title.optional(),
  blocks: z.array(z.unknown()).max(100),
  private_metadata: z.string().max(3_000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
  notify_on_close: z.boolean().optional(),
  clear_on_close: z.boolean().optional(),
})
type View = z.output<typeof View>

export interface OpenView extends View {
  readonly id: string
  readonly hash: string
  readonly root_view_id: string
  readonly previous_view_id: string | null
  readonly team_id: string
  readonly bot_id: string
  readonly app_id: string
}

const maxStack = 3
const maxViewSize = 250_000

function wrong(messages: readonly string[]): Result {
  return refusal('invalid_arguments', { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } })
}

/** What a view of this type must have, or may not. */
function misfit(view: View, type: View['type']): string | undefined {
  if (view.type !== type) return `must be a ${type} view`
  if (type === 'home') return view.title || view.submit || view.close ? 'a home has no title, submit or close' : undefined
  if (!view.title) return 'missing required field: title'
  const asks = view.blocks.some((block) => (block as { type?: unknown } | null)?.type === 'input')
  return asks && !view.submit ? 'a modal with input blocks needs a submit' : undefined
}

/** The modals that people have open, one stack a person, and their home tabs. */
export function createViews({ tickets, journal, settings }: World) {
  const stacks = new Map<string, OpenView[]>()
  const homes = new Map<string, OpenView>()
  const owners = new Map<string, string>()

  function read(raw: unknown, type: View['type']): View | Result {
    const parsed = View.safeParse(raw)
    if (!parsed.success) return wrong(parsed.error.issues.map(({ message }) => message))
    const amiss = misfit(parsed.data, type)
    if (amiss) return wrong([amiss])
    if (JSON.stringify(raw).length > maxViewSize) return refusal('view_too_large')
    // Views have no bound on their text but that of their size.
    const checked = checkBlocks(parsed.data.blocks, 100, maxViewSize)
    if (!checked.ok) return refusal(checked.error, { response_metadata: { messages: checked.messages } })
    const taken = [...stacks.values()]
      .flat()
      .some(({ external_id }) => external_id !== undefined && external_id === parsed.data.external_id)
    return taken ? refusal('duplicate_external_id') : parsed.data
  }

  function made(view: View, below: OpenView | undefined): OpenView {
    const id = `V${randomBytes(5).toString('hex').toUpperCase()}`
    const known = { id, root_view_id: below?.root_view_id ?? id, previous_view_id: below?.id ?? null }
    return { ...view, ...known, team_id: ids.team, bot_id: ids.botId, app_id: ids.app, hash: hashOf(view) }
  }

  /** Who pressed what gave this trigger. */
  function present(args: Readonly<Record<string, unknown>>, stacked: boolean): Result {
    const trigger = tickets.useTrigger(String(args.trigger_id))
    if (trigger !== 'ok') return refusal(trigger)
    const view = read(args.view, 'modal')
    if ('ok' in view) return view
    const user = owners.get(String(args.trigger_id)) ?? ''
    const stack = stacked ? (stacks.get(user) ?? []) : []
    if (stack.length >= maxStack) return refusal('push_limit_reached')
    const opened = made(view, stack.at(-1))
    stacks.set(user, [...stack, opened])
    journal.record('view', { user, view: opened.id })
    return { ok: true, view: opened }
  }

  function update(args: Readonly<Record<string, unknown>>): Result {
    for (const stack of stacks.values()) {
      const index = stack.findIndex(
        ({ id, external_id }) => id === args.view_id || (external_id !== undefined && external_id === args.external_id),
      )
      const before = stack[index]
      if (!before) continue
      if (args.hash !== undefined && args.hash !== before.hash) return refusal('hash_conflict')
      const rest = stack.splice(index, 1)
      const view = read(args.view, 'modal')
      if ('ok' in view) {
        stack.splice(index, 0, ...rest)
        return view
      }
      const after = { ...before, ...view, hash: hashOf(view) }
      stack.splice(index, 0, after)
      journal.record('view', { view: after.id, changed: true })
      return { ok: true, view: after }
    }
    return refusal('not_found')
  }

  function publish(args: Readonly<Record<string, unknown>>): Result {
    if (!settings.homeTab) return refusal('not_enabled')
    const before = homes.get(String(args.user_id))
    if (args.hash !== undefined && args.hash !== before?.hash) return refusal('hash_conflict')
    const view = read(args.view, 'home')
    if ('ok' in view) return view
    // The tab stays the same view, however often it is published.
    const { id, ...fresh } = made(view, undefined)
    const home = { ...fresh, id: before?.id ?? id, root_view_id: before?.id ?? id }
    homes.set(String(args.user_id), home)
    journal.record('view', { user: args.user_id, view: home.id, home: true })
    return { ok: true, view: home }
  }

  const view = { view: z.unknown() }
  return {
    methods: (method: (scopes: readonly string[], shape: z.core.$ZodLooseShape, run: Method['run']) => Method) => ({
      'views.open': method([], { ...view, trigger_id: z.string() }, (args) => present(args, false)),
      'views.push': method([], { ...view, trigger_id: z.string() }, (args) => present(args, true)),
      'views.update': method(
        [],
        { ...view, view_id: z.string().optional(), external_id: z.string().optional(), hash: z.string().optional() },
        update,
      ),
      'views.publish': method([], { ...view, user_id: z.string(), hash: z.string().optional() }, publish),
    }),
    /** Remembers whose trigger it is. */
    own: (trigger: string, user: string) => void owners.set(trigger, user),
    top: (user: string): OpenView | undefined => stacks.get(user)?.at(-1),
    home: (user: string): OpenView | undefined => homes.get(user),
    /** The person closes or submits the view on top. */
    drop: (user: string) => stacks.get(user)?.pop(),
    clear: (user: string) => stacks.delete(user),
    /** What an ack of a submission says to do. */
    push: (user: string, raw: unknown): Result => {
      const checked = read(raw, 'modal')
      if ('ok' in checked) return checked
      const stack = stacks.get(user) ?? []
      stacks.set(user, [...stack, made(checked, stack.at(-1))])
      return { ok: true }
    },
  }
}

function hashOf(view: View): string {
  return createHash('sha256').update(JSON.stringify(view)).update(randomBytes(4)).digest('hex').slice(0, 16)
}
