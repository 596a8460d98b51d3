import type { Command, Context, Outcome } from '#core/command.ts'
import type { Person } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, instant, tell } from './answer.ts'

export const settings: Command = {
  intents: ['settings.show', 'settings.update'],
  understood: async (understanding, context) =>
    understanding.intent === 'settings.show' ? show(context) : setTimeZone(understanding, context),
  presses: {},
}

function show(context: Context): Outcome {
  const { person, timeZone, now, message } = context
  const source = person.timeZone ? 'as you told me' : message.author.timeZone ? 'as your profile says' : 'because I do not know yours yet'
  return tell(
    say`Your time zone is ${strong(timeZone)}, ${source}: it is ${instant(now, context, timeZone, 'time')} there. Change it with ${{ kind: 'code', text: 'my time zone is Berlin' }}.`,
  )
}

function setTimeZone({ content }: Understanding, context: Context): Outcome {
  const zone = content === null ? undefined : canonical(content)
  if (zone === undefined) {
    const said = content ? `I do not know the time zone “${content}”. ` : ''
    return {
      reply: problem(
        say`${said}Name a large city or a zone of the IANA list, such as ${{ kind: 'code', text: 'my time zone is Berlin' }} or ${{ kind: 'code', text: 'my time zone is America/New_York' }}.`,
      ),
    }
  }
  const { person, now } = context
  const after: Person = { ...person, timeZone: zone, version: person.version + 1 }
  const clock = { ...instant(now, { ...context, person: after }, zone, 'time'), timeZone: zone }
  return done(
    context,
    'time zone set',
    say`Your time zone is now ${strong(zone)}, where it is ${clock}. Reminders that are set already keep their moment.`,
    [{ kind: 'person', before: person, after }],
  )
}

function canonical(zone: string): string | undefined {
  try {
    return Temporal.Now.zonedDateTimeISO(zone).timeZoneId
  } catch {
    return undefined
  }
}
