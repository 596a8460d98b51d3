import type { Context, Outcome } from '#core/command.ts'
import { placeKey, type Recipient, type Reminder } from '#core/model.ts'
import { type Button, type Field, type Span, say, strong, type Text } from '#core/reply.ts'
import { instant, short } from './answer.ts'
import { inWords } from './rule.ts'
import { whyNot } from './unreachable.ts'

/** One reminder with everything that can be done about it. */
export async function card(one: Reminder, context: Context): Promise<Outcome> {
  const told = isMine(one, context) ? [] : await arrivals(one, context)
  const fields: Field[] = [
    { label: 'When', value: stateOf(one, context) },
    ...(isMine(one, context) ? [] : [{ label: 'For', value: audience(one) }]),
    ...(told.length === 0 ? [] : [{ label: 'Last time', value: told }]),
    { label: 'Id', value: [{ kind: 'code', text: `#${shortId(one.id)}` }] },
  ]
  return {
    reply: {
      tone: 'tell',
      visibility: 'author',
      blocks: [
        { kind: 'text', text: [strong(short(one.text, 1_000))] },
        { kind: 'fields', fields },
        { kind: 'buttons', buttons: buttonsOf(one, context) },
      ],
    },
  }
}

/** "@Bob at 9:00, @Eve takes no direct messages from me" */
async function arrivals(one: Reminder, context: Context): Promise<Text> {
  const tellings = await context.store.reminders.tellings(context.space.id, one.id)
  return one.recipients.flatMap((to, index): Text => {
    const telling = tellings.find(({ place }) => place === placeKey(to))
    if (!telling) return []
    const separator = index === 0 ? [] : [', ']
    if (telling.failure !== undefined) return [...separator, ...whyNot(to, telling.failure)]
    return [...separator, nameOf(to), ...(telling.at ? say` on ${instant(telling.at, context)}` : [' not yet'])]
  })
}

/** Six characters that stay the same, and that nobody else's reminder of theirs has: the random end of the id. */
export function shortId(id: string): string {
  return id.slice(-6)
}

/** When it rings, or what has become of it. */
export function stateOf(one: Reminder, context: Context): Text {
  const wasDue = () => instant(one.startWall.toZonedDateTime(one.timeZone).toInstant(), context, one.timeZone)
  if (one.state === 'failed') return ['could not be delivered: check that I may write there, then snooze it to try again']
  if (one.state === 'missed') return say`fell due while I was away, on ${wasDue()}`
  if (one.state === 'paused') return ['paused', ...(one.rrule === null ? [] : [`; ${inWords(one.rrule, one.startWall, one.timeZone)}`])]
  if (one.state === 'done') return ['done']
  if (!one.dueAt) return ['rang, and waits for Done']
  const at = instant(one.dueAt, context, one.timeZone)
  return one.rrule === null ? [at] : say`${at}, repeats ${inWords(one.rrule, one.startWall, one.timeZone)}`
}

function buttonsOf(one: Reminder, { token }: Context): readonly Button[] {
  const press = (label: string, verb: string, argument = ''): Button => ({ label, token: token(verb, one.id, argument) })
  const repeats = one.rrule !== null
  return [
    ...(one.state === 'done' ? [] : [press('Done', 'done')]),
    ...(one.state === 'scheduled' && repeats ? [press('Skip next', 'skip')] : []),
    ...(one.state === 'scheduled' ? [press('Pause', 'pause')] : []),
    ...(one.state === 'paused' ? [press('Resume', 'resume')] : []),
    ...(repeats && one.state !== 'done' ? [press('Stop repeating', 'stop')] : []),
    ...(one.state === 'done' ? [] : [press('Snooze 1 hour', 'snooze', '1h'), { ...press('Cancel', 'cancel'), style: 'danger' as const }]),
  ]
}

function isMine({ recipients }: Reminder, { person }: Context): boolean {
  return recipients.every((to) => to.kind === 'direct' && to.user === person.userId)
}

/** "@Bob and #ops" */
export function audience({ recipients }: Reminder): Text {
  return recipients.flatMap((to, index): Span[] => [...(index === 0 ? [] : [', ']), nameOf(to)])
}

function nameOf(to: Recipient): Span {
  return to.kind === 'direct' ? { kind: 'someone', user: to.user, name: 'them', quiet: true } : { kind: 'channel', channel: to.channel }
}
