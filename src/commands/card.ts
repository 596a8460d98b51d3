import type { Context, Outcome } from '#core/command.ts'
import type { Reminder } from '#core/model.ts'
import { type Block, type Button, type Field, type Span, say, strong, type Text } from '#core/reply.ts'
import { instant, short } from './answer.ts'
import { inMinutes } from './nag.ts'
import { isForSeveral, nameOf, progress, progressOf } from './progress.ts'
import { inWords } from './rule.ts'

/** One reminder with everything that can be done about it. */
export async function card(one: Reminder, context: Context): Promise<Outcome> {
  const told = isMine(one, context) ? [] : await progress(one, context)
  const fields: Field[] = [
    { label: 'When', value: stateOf(one, context) },
    ...(isMine(one, context) ? [] : [{ label: 'For', value: audience(one) }]),
    ...(one.nagSeconds ? [{ label: 'Until done', value: [`again every ${inMinutes(one.nagSeconds, true)}`] }] : []),
    { label: 'Id', value: [{ kind: 'code', text: `#${shortId(one.id)}` }] },
  ]
  return {
    reply: {
      tone: 'tell',
      visibility: 'author',
      blocks: [
        { kind: 'text', text: [strong(short(one.text, 1_000))] },
        { kind: 'fields', fields },
        ...(told.length === 0 ? [] : [{ kind: 'list', items: told } satisfies Block]),
        { kind: 'buttons', buttons: buttonsOf(one, context) },
      ],
    },
  }
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
  const through = progressOf(one)
  if (!one.dueAt) return [through === '' ? 'rang, and waits for Done' : `rang; ${through}`]
  const at = instant(one.dueAt, context, one.timeZone)
  if ((one.nagged ?? 0) > 0) return say`rang, and asks again on ${at}${through === '' ? '' : `; ${through}`}`
  return one.rrule === null ? [at] : say`${at}, repeats ${inWords(one.rrule, one.startWall, one.timeZone)}`
}

function buttonsOf(one: Reminder, context: Context): readonly Button[] {
  const { token, person } = context
  const press = (label: string, verb: string, argument = ''): Button => ({ label, token: token(verb, one.id, argument) })
  const repeats = one.rrule !== null
  if (one.digest) return digestButtons(one, press)
  if (isOnlyTold(one, context)) {
    const over = one.state === 'done' ? [] : [press('Done', 'done'), press('Snooze 1 hour', 'snooze', '1h')]
    return [...over, press('No more from its maker', 'mute')]
  }
  const forAll = isForSeveral(one) && one.ownerId === person.id
  return [
    ...(one.state === 'done' ? [] : [forAll ? press('Done for all', 'close') : press('Done', 'done')]),
    ...(one.state === 'scheduled' && repeats ? [press('Skip next', 'skip')] : []),
    ...(one.state === 'scheduled' ? [press('Pause', 'pause')] : []),
    ...(one.state === 'paused' ? [press('Resume', 'resume')] : []),
    ...(repeats && one.state !== 'done' ? [press('Stop repeating', 'stop')] : []),
    ...(one.state === 'done' || one.eventId ? [] : [one.nagSeconds ? press('Ask once', 'nag', 'off') : press('Ask until done', 'nag')]),
    ...(one.state === 'done' ? [] : [press('Snooze 1 hour', 'snooze', '1h'), { ...press('Cancel', 'cancel'), style: 'danger' as const }]),
  ]
}

function digestButtons(one: Reminder, press: (label: string, verb: string) => Button): readonly Button[] {
  if (one.state === 'done') return []
  const paused = one.state === 'paused'
  return [
    ...(paused ? [press('Resume', 'resume')] : [press('Skip next', 'skip'), press('Pause', 'pause')]),
    { ...press('Stop', 'stop'), style: 'danger' },
  ]
}

/** Somebody else has made it for people, of whom this is one: they answer it, and leave it to its maker otherwise. */
export function isOnlyTold({ ownerId, recipients }: Reminder, { person }: Context): boolean {
  return ownerId !== person.id && recipients.every(({ kind }) => kind === 'direct')
}

function isMine({ recipients }: Reminder, { person }: Context): boolean {
  return recipients.every((to) => to.kind === 'direct' && to.user === person.userId)
}

/** "@Bob and #ops" */
export function audience({ recipients }: Reminder): Text {
  return recipients.flatMap((to, index): Span[] => [...(index === 0 ? [] : [', ']), nameOf(to)])
}
