import type { Command, Context, Outcome } from '#core/command.ts'
import type { Change, Person } from '#core/model.ts'
import { problem, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { zoneNamed } from '#core/zone.ts'
import { done, instant, tell } from './answer.ts'
import { digestsOf } from './digest/command.ts'
import { habitsOf, setHabit } from './habits.ts'
import { hoursInWords, setHours } from './hours.ts'
import { listeningOf, setListening, showListening } from './listening.ts'
import { linksOf, setMeeting } from './meeting.ts'
import { rulesOf, setRule } from './permissions.ts'
import { sendersOf, setSenders } from './senders.ts'
import { backThen, follow, setByClockOf } from './travel.ts'

export const settings: Command = {
  intents: ['settings.show', 'settings.update'],
  async understood(understanding, context) {
    if (understanding.intent === 'settings.show')
      return understanding.setting?.kind === 'listening' ? showListening(context) : show(context)
    return set(understanding, context)
  },
  presses: { follow },
}

function set(understanding: Understanding, context: Context): Outcome | Promise<Outcome> {
  const { setting } = understanding
  if (!setting) return setTimeZone(understanding, context)
  switch (setting.kind) {
    case 'senders':
      return setSenders(understanding, setting, context)
    case 'alerts':
    case 'catchup':
      return setHabit(setting, context)
    case 'rule':
      return setRule(understanding, setting, context)
    case 'listening':
      return setListening(understanding, setting.on === true, context)
    case 'meeting':
      return setMeeting(setting, context)
    default:
      return setHours(setting, context)
  }
}

/** All settings, each with how to change it. */
export async function show(context: Context): Promise<Outcome> {
  const { space } = await context.there()
  const regular = [...(await digestsOf(context)), ...habitsOf(context.person), ...rulesOf(space), ...(await listeningOf(context))]
  const { person, timeZone, now, message } = context
  const source = person.timeZone ? 'as you told me' : message.author.timeZone ? 'as your profile says' : 'because I do not know yours yet'
  return tell(
    say`Your time zone is ${strong(timeZone)}, ${source}: it is ${instant(now, context, timeZone, 'time')} there. Change it with ${{ kind: 'code', text: 'my time zone is Berlin' }}.`,
    [
      { kind: 'text', text: [...hours(context), ...linksOf(context), ...(await sendersOf(context))] },
      { kind: 'list', items: regular.map((text) => ({ text })) },
    ],
  )
}

function hours({ person }: Context): Text {
  const kept = person.bufferMinutes === 0 ? '' : `, with ${person.bufferMinutes} minutes free around each event`
  return person.hours
    ? say`You work ${hoursInWords(person.hours)}${kept}.`
    : say`I take it that you work Mon to Fri, 09:00 to 17:00${kept}. Change it with ${{ kind: 'code', text: 'my working hours are 8 to 4' }}.`
}

export async function setTimeZone(
  { content, when }: Pick<Understanding, 'content'> & Partial<Pick<Understanding, 'when'>>,
  context: Context,
): Promise<Outcome> {
  const zone = content === null ? undefined : zoneNamed(content)
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
  const text = say`Your time zone is now ${strong(zone)}, where it is ${clock}.`
  const set = zone === context.timeZone ? [] : await setByClockOf(context.timeZone, context)
  const back = zone === context.timeZone ? undefined : backThen(when, zone, context)
  const changes: readonly Change[] = [{ kind: 'person', before: person, after }, ...(back ? [back.change] : [])]
  const later = back ? [{ kind: 'aside' as const, text: back.words }] : []
  if (set.length === 0) return done(context, 'time zone set', text, changes, later)
  const count = set.length === 1 ? 'One reminder is' : `${set.length} reminders are`
  return done(context, 'time zone set', text, changes, [
    ...later,
    { kind: 'aside', text: say`${count} set by the clock of ${context.timeZone}, and will go on so. Or shall they follow you?` },
    { kind: 'buttons', buttons: [{ label: 'Let them follow me', token: context.token('follow', context.auditId) }] },
  ])
}
