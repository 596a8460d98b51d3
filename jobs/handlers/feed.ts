import { type CalendarContents, identityOf, type Subscription, type Subscriptions } from '#core/exchange.ts'
import type { SafeFetch } from '#core/fetch.ts'
import type { TellNews } from '#core/news.ts'
import type { Clock } from '#core/ports.ts'
import { wholeEvents } from './import.ts'

export interface FeedParts {
  readonly subscriptions: Pick<Subscriptions, 'settle'>
  readonly contents: CalendarContents
  readonly fetch: SafeFetch
  readonly clock: Clock
  alertsOf(calendarId: string): Promise<void>
  readonly tell: TellNews
}

/** Between two looks at a feed, in minutes; a feed that fails is asked less and less often, down to once a day. */
const every = 60
const seldom = 24 * 60

/** Brings a subscribed calendar to what its feed has now: what is gone there goes here. */
export async function refresh(
  subscription: Subscription,
  { subscriptions, contents, fetch, clock, alertsOf, tell }: FeedParts,
): Promise<'changed' | 'same' | 'failed'> {
  const { etag, lastModified, url, timeZone } = subscription
  const fail = async (failure: string, lasting: boolean) => {
    const minutes = lasting ? seldom : Math.min(seldom, every * 2 ** Math.min(10, subscription.failures))
    await subscriptions.settle(subscription, { nextAt: clock.now().add({ minutes }), failure, etag, lastModified })
    if (isNews(subscription, lasting)) await tell({ kind: 'unreadable', of: subscription, why: failure })
    return 'failed' as const
  }
  const next = () => clock.now().add({ minutes: every })

  if (url === undefined) return fail('The key that its address was kept with is gone: unsubscribe, and subscribe again.', true)
  const fetched = await fetch({ url, etag, lastModified })
  if (fetched.kind === 'refused') return fail(fetched.why, fetched.lasting)
  if (fetched.kind === 'unchanged') {
    await subscriptions.settle(subscription, { nextAt: next(), failure: null, etag, lastModified })
    return 'same'
  }
  const { readCalendarGently } = await import('#calendar/ical/read.ts')
  const read = await readCalendarGently(fetched.bytes, { timeZone })
  if (read.kind === 'refused') return fail(read.why, false)
  const events = wholeEvents(read.file, subscription, clock)
  const { created, changed } = await contents.put(subscription, events, { force: true })
  const gone = await contents.keepOnly(subscription, new Set(events.map(({ event }) => identityOf(event))))
  await alertsOf(subscription.calendarId)
  const { etag: newEtag, lastModified: newModified } = fetched
  await subscriptions.settle(subscription, { nextAt: next(), failure: null, etag: newEtag, lastModified: newModified })
  return created + changed + gone > 0 ? 'changed' : 'same'
}

/** How often a feed that was read before may fail before its reader hears of it: servers have bad hours. */
const patience = 3

/** Said once: at the first try of a new one, at a refusal that will last, and when it has failed for a while. */
function isNews({ fetched, failures }: Subscription, lasting: boolean): boolean {
  return failures === 0 ? lasting || !fetched : failures === patience - 1 && fetched
}
