import { z } from 'zod'
import { BotError } from '#core/errors.ts'
import type { Incoming, Sentence } from '#core/message.ts'
import { type Block, isHeading, plain, type Reply } from '#core/reply.ts'
import { type Api, attempt } from './api.ts'
import { type ActionsBlock, type DividerBlock, type HeaderBlock, limits, type MessageBlock } from './blocks.ts'
import { encode, type Room } from './encode.ts'
import { eventFormOf } from './event-form.ts'
import { cut } from './fit.ts'
import { openedBy } from './form.ts'
import { instantOf, placeOf } from './place.ts'
import { isEventForm, isForm, isHomeOpened, type Payload } from './wire.ts'
import { type HomeOpened, newEventButton } from './wire-home.ts'

/** The home tab: one page a person, published whole. A press in it is in no conversation, so the page keeps which one is theirs. */
export interface Home {
  /** The direct messages of its person. */
  readonly channel: string
  /** What it was when they opened it or pressed; Slack then refuses to write over a later one. */
  readonly hash?: string | undefined
}

const Kept = z.object({ channel: z.string().min(1).max(255) })

/** The home that it happened in; undefined for what happened elsewhere. */
export function homeOf(payload: Payload): Home | undefined {
  if ('actions' in payload) {
    const { view } = payload
    const channel = view?.type === 'home' ? keptIn(view.private_metadata) : undefined
    return channel === undefined ? undefined : { channel, hash: view?.hash }
  }
  if (isForm(payload)) {
    const { private_metadata: metadata } = payload.view
    const opened = isEventForm(payload) ? eventFormOf(metadata) : openedBy(metadata)
    return opened?.home ? { channel: opened.channel } : undefined
  }
  if (!('event' in payload) || !isHomeOpened(payload)) return undefined
  return { channel: payload.event.channel, hash: payload.event.view?.hash }
}

function keptIn(metadata: string): string | undefined {
  try {
    return Kept.safeParse(JSON.parse(metadata)).data?.channel
  } catch {
    return undefined
  }
}

export function fromHome({ team_id, event_id, event }: HomeOpened, receivedAt: number): Sentence {
  return {
    kind: 'sentence',
    id: event_id,
    at: instantOf(event.event_ts, receivedAt),
    place: placeOf(team_id, event.channel),
    author: { id: event.user, name: event.user },
    asks: { kind: 'overview' },
    text: '',
    addressed: true,
    private: true,
  }
}

/** Whoever has just done something in the home looks at it again. */
export function glanceAfter({ id, at, place, author }: Incoming): Sentence {
  const asks = { kind: 'overview' } as const
  return { kind: 'sentence', id: `${id}/home`, at, place, author, asks, text: '', addressed: true, private: true }
}

export function isGlance(incoming: Incoming): boolean {
  return incoming.kind === 'sentence' && incoming.asks?.kind === 'overview'
}

/** What the page holds: what came of a press, and everything that the person has. */
export interface Page {
  readonly answer?: Reply
  readonly overview: Reply
}

export interface Publication {
  readonly user: string
  readonly home: Home
  /** `fresh`: what was seen before may be out of date. */
  readonly look: (fresh: boolean) => Promise<Page>
}

/** Throws `BotError`. A page that was changed in between is looked at anew, so that the later look stays. */
export async function publish(api: Api, { user, home: { channel, hash }, look }: Publication): Promise<void> {
  const put = (page: Page, unchanged: { readonly hash?: string }) =>
    attempt(api, `publishing the home of ${user}`, ({ views }) =>
      views.publish({ user_id: user, view: viewOf(page, channel), ...unchanged }),
    )
  try {
    await put(await look(false), hash === undefined ? {} : { hash })
  } catch (error) {
    if (!(error instanceof BotError && error.reason === 'hash_conflict')) throw error
    await put(await look(true), {})
  }
}

/** Slack takes 100 blocks in a view: these rooms, a heading for each part, and the row of what can be made. */
const most = { parts: 4 } as const
const answerRoom: Room = { blocks: 20, text: 6_000 }
const partRoom: Room = { blocks: 17, text: 7_000 }

type HomeBlock = MessageBlock | HeaderBlock | DividerBlock

/** Pure. */
export function viewOf({ answer, overview }: Page, channel: string) {
  const alone = { pings: 'anyone', alone: true } as const
  const parts = partsOf(overview.blocks).slice(0, most.parts)
  const blocks: HomeBlock[] = [
    ...(answer ? encode(answer, alone, answerRoom).blocks : []),
    newEvent,
    ...parts.flatMap(({ heading, blocks }): HomeBlock[] => [
      { type: 'divider' },
      ...(heading === undefined ? [] : [header(heading)]),
      ...encode({ ...overview, blocks }, alone, partRoom).blocks,
    ]),
  ]
  return { type: 'home' as const, private_metadata: JSON.stringify({ channel } satisfies z.input<typeof Kept>), blocks }
}

const newEvent: ActionsBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: newEventButton, text: { type: 'plain_text', text: 'New event' }, style: 'primary' }],
}

function header(heading: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: cut(heading, limits.headerText) } }
}

/** What stands under each heading. */
function partsOf(blocks: readonly Block[]): readonly { readonly heading?: string; readonly blocks: readonly Block[] }[] {
  const starts = blocks.flatMap((block, index) => (index === 0 || isHeading(block) ? [index] : []))
  return starts.map((start, index) => {
    const part = blocks.slice(start, starts[index + 1])
    const [first, ...rest] = part
    return first?.kind === 'text' && isHeading(first) ? { heading: plain(first.text), blocks: rest } : { blocks: part }
  })
}
