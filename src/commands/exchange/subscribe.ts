import type { Context, Outcome } from '#core/command.ts'
import type { Followed } from '#core/exchange.ts'
import { type Button, problem, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, done, instant, short, tell } from '../answer.ts'
import { foldedName } from '../find.ts'
import { hostOf } from './calendar.ts'

export async function subscribe({ content, title }: Understanding, context: Context): Promise<Outcome> {
  const url = content ?? ''
  const { store, space, person, timeZone } = context
  const name = short(title ?? hostOf(url), 60)
  const begun = await store.subscriptions.begin({ spaceId: space.id, personId: person.id, url, timeZone, name })
  if (begun === 'known') return tell(say`You follow ${strong(hostOf(url))} already.`)
  return tell(say`Done: what ${strong(hostOf(url))} has is in your calendar ${strong(name)} in a moment, and I look again every hour.`)
}

// "my subscriptions"   "which calendars do I follow"
export async function followed(context: Context): Promise<Outcome> {
  const all = await context.store.subscriptions.of(context.space.id, context.person.id)
  if (all.length === 0)
    return tell(say`You follow no calendars. Say ${{ kind: 'code', text: 'subscribe to https://example.org/holidays.ics as Holidays' }}.`)
  const items = all.map((one) => ({ text: [strong(short(one.name, 60))], detail: standOf(one, context) }))
  return tell(say`${strong('What you follow')}`, [
    { kind: 'list', items },
    { kind: 'aside', text: say`${{ kind: 'code', text: `unsubscribe from ${short(all[0]?.name ?? '', 40)}` }} ends it.` },
  ])
}

/** The address itself may be a secret, so its host stands for it. */
function standOf({ url, fetchedAt, failure }: Followed, context: Context): Text {
  const host = url === undefined ? 'an address that I can read no more' : hostOf(url)
  if (failure !== undefined) return say`${host}: ${short(failure, 150)}`
  return fetchedAt ? say`${host}, read on ${instant(fetchedAt, context)}` : say`${host}, not read yet`
}

// "unsubscribe from Holidays"   "stop following https://example.org/holidays.ics"
export async function unsubscribe({ title }: Understanding, context: Context): Promise<Outcome> {
  const all = await context.store.subscriptions.of(context.space.id, context.person.id)
  const wanted = foldedName(title ?? '')
  const named = all.filter(({ name, url }) => foldedName(name) === wanted || url === title)
  const found =
    named.length > 0 || wanted === ''
      ? named
      : all.filter(({ name, url }) => foldedName(name).includes(wanted) || hostOf(url ?? '').includes(wanted))
  const [one, ...others] = wanted === '' && all.length === 1 ? all : found
  if (!one) {
    const names = all.map(({ name }) => short(name, 40)).join(', ')
    return { reply: problem(all.length === 0 ? 'You follow no calendars.' : `Which one? You follow ${names}.`) }
  }
  if (others.length === 0) return end(one.calendarId, context)
  const buttons = [one, ...others]
    .slice(0, 5)
    .map((each): Button => ({ label: short(each.name, 40), token: context.token('unsubscribe', each.calendarId) }))
  return ask(context, ['Which one shall I follow no longer?'], buttons)
}

/** Its calendar goes with it; Undo brings both back. */
export async function end(calendarId: string, context: Context): Promise<Outcome> {
  const before = await context.store.calendars.get(context.space.id, calendarId)
  if (before?.state !== 'kept' || before.ownerId !== context.person.id) return { reply: problem('You do not follow that any more.') }
  const after = { ...before, state: 'deleted', name: `${before.name} ${before.id}`, version: before.version + 1 } as const
  return done(
    context,
    'calendar not followed any more',
    say`You follow ${strong(short(before.name, 60))} no longer, and its events are gone from your plans.`,
    [{ kind: 'calendar', before, after }],
  )
}
