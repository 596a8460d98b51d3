import type { Command, Context, Outcome } from '#core/command.ts'
import { problem } from '#core/reply.ts'
import type { Intent, Understanding } from '#core/understanding.ts'
import { createEvent } from './book.ts'
import { cancel, cancelNamed } from './event/cancel.ts'
import { change, changeNamed } from './event/change.ts'
import { type Act, chosen } from './event/choose.ts'
import { restore } from './event/restore.ts'
import { agenda, card, find } from './event/show.ts'
import { byKey } from './event/which.ts'

export const event: Command = {
  intents: ['event.create', 'event.list', 'event.find', 'event.update', 'event.cancel'],
  understood(understanding, context) {
    switch (understanding.intent) {
      case 'event.list':
        return agenda(understanding, context)
      case 'event.find':
        return find(understanding, context)
      case 'event.update':
        return changeNamed(understanding, context)
      case 'event.cancel':
        return cancelNamed(understanding, context)
      default:
        return createEvent(understanding, context)
    }
  },
  presses: {
    'on-event': (pressed, context) => chosen(pressed, actOf, context),
    async 'cancel-event'({ subject, argument }, context) {
      const one = await byKey(`${subject} ${argument}`.trimEnd(), context)
      return one ? cancel(about('event.cancel'), one, context) : { reply: problem('That event is gone.') }
    },
    async 'restore-event'({ subject, argument }, context) {
      return restore(subject, Temporal.PlainDateTime.from(argument), context)
    },
    'move-event': ({ subject, argument }, context) => moveTo(subject, Number(argument), context),
  },
}

function actOf(intent: Intent): Act | undefined {
  switch (intent) {
    case 'event.cancel':
      return cancel
    case 'event.update':
      return change
    case 'event.find':
    case 'event.list':
      return card
    default:
      return undefined
  }
}

/** The slot that was offered when an event was made at a time that was taken. */
async function moveTo(id: string, epochSeconds: number, context: Context): Promise<Outcome> {
  const one = await byKey(id, context)
  if (!one) return { reply: problem('That event is gone.') }
  const at = Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1_000).toZonedDateTimeISO(context.timeZone)
  const start = at.toString({ timeZoneName: 'never' })
  const when = { kind: 'instant', start, end: null, grain: 'minute', timeZone: context.timeZone, keeps: 'nothing' } as const
  return change({ ...about('event.update'), changes: { when } }, one, context)
}

/** What a button says that has no sentence behind it. */
function about(intent: Intent): Understanding {
  return {
    intent,
    confidence: 1,
    title: null,
    target: null,
    people: [],
    channel: null,
    calendar: null,
    location: null,
    meetingLink: null,
    list: null,
    alerts: [],
    content: null,
    when: null,
    recurrence: null,
    spans: [],
    alternatives: [],
  }
}
