import type { Context, Outcome } from '#core/command.ts'
import type { DigestFields, SendersFields, SettingsFields } from '#core/fields.ts'
import { type MeetingService, meetingServices, type Person } from '#core/model.ts'
import { problem } from '#core/reply.ts'
import type { Setting } from '#core/understanding.ts'
import { done, tell } from '../answer.ts'
import { blank } from '../blank.ts'
import { digests } from '../digest/command.ts'
import { setHabit } from '../habits.ts'
import { setHours } from '../hours.ts'
import { inTurn } from '../in-turn.ts'
import { setMeeting } from '../meeting.ts'
import { setSenders } from '../senders.ts'
import { setTimeZone } from '../settings.ts'
import { atOf, momentOf } from './times.ts'

type Step = (context: Context) => Outcome | Promise<Outcome>

/** All of it, or none: the first that is refused refuses the rest. */
export function changedSettings(fields: SettingsFields, context: Context): Promise<Outcome> {
  // What comes after a new zone is by its clock.
  const steps = stepsOf(fields).map(
    (step) => (person: Person) => step({ ...context, person, timeZone: person.timeZone ?? context.timeZone }),
  )
  return inTurn('person', context.person, [() => tell(['Nothing is different.']), ...steps])
}

function stepsOf({
  timeZone,
  locale,
  workingHours,
  bufferMinutes,
  alerts,
  catchUpDays,
  meetingLinks,
  senders,
  digests: told,
}: SettingsFields): Step[] {
  const links = meetingServices.flatMap((service) => {
    const link = meetingLinks?.[service]
    return link === undefined ? [] : [linked(service, link)]
  })
  return [
    ...(timeZone === undefined ? [] : [zoned(timeZone)]),
    ...(locale === undefined ? [] : [spoken(locale)]),
    ...(workingHours === undefined ? [] : [set({ kind: 'hours', ...workingHours })]),
    ...(bufferMinutes === undefined ? [] : [set({ kind: 'buffer', minutes: bufferMinutes })]),
    ...(alerts === undefined ? [] : [alerted(alerts)]),
    ...(catchUpDays === undefined ? [] : [set({ kind: 'catchup', days: catchUpDays })]),
    ...links,
    ...(senders === undefined ? [] : sent(senders)),
    ...(['agenda', 'review'] as const).flatMap((kind) => {
      const digest = told?.[kind]
      return digest === undefined ? [] : [digested(kind, digest)]
    }),
  ]
}

/** The same once more changes nothing. */
function zoned(timeZone: string): Step {
  return (context) => (context.person.timeZone === timeZone ? same : setTimeZone({ content: timeZone }, context))
}

function spoken(locale: string | null): Step {
  return (context) => {
    const { person } = context
    if (person.locale === locale) return same
    const after: Person = { ...person, locale, version: person.version + 1 }
    return done(context, 'language set', ['I read dates as they are written there.'], [{ kind: 'person', before: person, after }])
  }
}

const same = tell(['It was so already.'])

function set(setting: Extract<Setting, { kind: 'hours' | 'buffer' | 'alerts' | 'catchup' }>): Step {
  return (context) => (setting.kind === 'alerts' || setting.kind === 'catchup' ? setHabit(setting, context) : setHours(setting, context))
}

function alerted(alerts: readonly string[]): Step {
  const seconds = alerts.map((text) =>
    Math.round(Temporal.Duration.from(text).total({ unit: 'seconds', relativeTo: Temporal.PlainDate.from('2026-01-01') })),
  )
  if (seconds.some((each) => each < 0)) return () => ({ reply: problem('Alerts come before the start: give lengths such as PT15M.') })
  return set({ kind: 'alerts', seconds: [...new Set(seconds)] })
}

function linked(service: MeetingService, url: string | null): Step {
  return (context) =>
    url === (context.person.meetingLinks[service] ?? null) ? same : setMeeting({ kind: 'meeting', service, url, of: 'person' }, context)
}

/** "everybody but Bob may remind me" is said in two sentences. */
function sent({ from, except = [] }: SendersFields): Step[] {
  const named = { ...blank, people: except.map((name) => ({ name })) }
  const by = (setting: Pick<Extract<Setting, { kind: 'senders' }>, 'from' | 'allowed'>): Step => {
    return (context) => setSenders(named, { kind: 'senders', ...setting }, context)
  }
  if (from === 'nobody') return [by(except.length > 0 ? { from: 'only', allowed: true } : { from: 'everybody', allowed: false })]
  const all = by({ from: 'everybody', allowed: true })
  return except.length > 0 ? [all, by({ from: 'named', allowed: false })] : [all]
}

function digested(kind: 'agenda' | 'review', fields: DigestFields | null): Step {
  return async (context) => {
    if (fields === null) return digests.understood({ ...blank, intent: 'digest.delete', digest: kind }, context)
    const { at, rrule, timeZone = context.timeZone } = fields
    const day = context.now.toZonedDateTimeISO(timeZone).toPlainDate().toString()
    const start = at === undefined ? day : `${day}T${at}:00`
    const recurrence = rrule === undefined ? null : { rrule, dtstart: start, timeZone, exdates: [] }
    const when = at === undefined ? null : atOf(momentOf(start, timeZone))
    return digests.understood({ ...blank, intent: 'digest.create', digest: kind, target: { kind: 'me' }, recurrence, when }, context)
  }
}
