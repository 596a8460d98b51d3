import type { Command, Context, Outcome } from '#core/command.ts'
import { problem } from '#core/reply.ts'
import type { Intent } from '#core/understanding.ts'
import { blank } from './blank.ts'
import { createEvent } from './book.ts'
import { channelMeant } from './channel.ts'
import { cancel, cancelNamed } from './event/cancel.ts'
import { change, changeNamed } from './event/change.ts'
import { type Act, chosen } from './event/choose.ts'
import { copy, copyNamed } from './event/copy.ts'
import { restore, restoreWhole } from './event/restore.ts'
import { agenda, card, find } from './event/show.ts'
import { byKey } from './event/which.ts'

export const event: Command = {
  intents: ['event.create', 'event.list', 'event.find', 'event.update', 'event.cancel'],
  async understood(understanding, context) {
    switch (understanding.intent) {
      case 'event.list':
        return agenda(understanding, context)
      case 'event.find':
        return hereOrThere(context, (where) => find(understanding, where))
      case 'event.update':
        return hereOrThere(context, (where) => changeNamed(understanding, where))
      case 'event.cancel':
        return hereOrThere(context, (where) => cancelNamed(understanding, where))
      default: {
        if (understanding.changes?.copy) return hereOrThere(context, (where) => copyNamed(understanding, where))
        if (channelMeant(understanding.calendar, context) === undefined) return createEvent(understanding, context)
        const there = await context.there()
        return { ...(await createEvent(understanding, there)), in: there }
      }
    }
  },
  presses: {
    'on-event': (pressed, context) => chosen(pressed, actOf, context),
    async 'cancel-event'({ subject, argument }, context) {
      const one = await byKey(`${subject} ${argument}`.trimEnd(), context)
      return one ? cancel({ ...blank, intent: 'event.cancel' }, one, context) : { reply: problem('That event is gone.') }
    },
    async 'show-event'({ subject, argument }, context) {
      const one = await byKey(`${subject} ${argument}`.trimEnd(), context)
      return one ? card(blank, one, context) : { reply: problem('That event is gone.') }
    },
    async 'restore-event'({ subject, argument }, context) {
      return restore(subject, Temporal.PlainDateTime.from(argument), context)
    },
    'restore-whole': ({ subject }, context) => restoreWhole(subject, context),
    'move-event': ({ subject, argument }, context) => moveTo(subject, argument, context),
  },
}

/** What a person does not have may be the channel's, where that is in another space. */
async function hereOrThere(context: Context, act: (where: Context) => Promise<Outcome>): Promise<Outcome> {
  const outcome = await act(context)
  const there = outcome.reply.tone === 'problem' ? await context.there() : context
  if (there.space.id === context.space.id) return outcome
  const other = await act(there)
  return other.reply.tone === 'problem' ? outcome : { ...other, in: there }
}

function actOf(intent: Intent): Act | undefined {
  switch (intent) {
    case 'event.cancel':
      return cancel
    case 'event.update':
      return change
    case 'event.create':
      return copy
    case 'event.find':
    case 'event.list':
      return card
    default:
      return undefined
  }
}

// "1796810400"   "1796810400-20261207T091500"
//                           ↑ of a series, the occurrence
/** A slot that was offered: when an event was made at a time that was taken, or when another time was asked for. */
async function moveTo(id: string, argument: string, context: Context): Promise<Outcome> {
  const [seconds, wall = ''] = argument.split('-')
  const one = await byKey(`${id} ${wall}`.trimEnd(), context)
  if (!one) return { reply: problem('That event is gone.') }
  const at = Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1_000).toZonedDateTimeISO(context.timeZone)
  const start = at.toString({ timeZoneName: 'never' })
  const when = { kind: 'instant', start, end: null, grain: 'minute', timeZone: context.timeZone, keeps: 'nothing' } as const
  return change({ ...blank, intent: 'event.update', changes: { when } }, one, context)
}
