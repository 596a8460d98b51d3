import { nextOccurrence, validateRule } from '#calendar/recurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Recipient, Reminder } from '#core/model.ts'
import { type Block, problem, say, strong, type Text } from '#core/reply.ts'
import type { Recurrence, Understanding } from '#core/understanding.ts'
import { done, fromNow, instant, short, zoneHint } from './answer.ts'
import { eitherOr } from './either.ts'
import { alertMe, alertTo } from './event/alert-me.ts'
import { offerBefore } from './event/before-for.ts'
import { taskBefore } from './event/task-before.ts'
import { farthestYears, instantOf, morning, unplannable, wallOf } from './moment.ts'
import { nagInWords, nagOf } from './nag.ts'
import { forbidden } from './permissions.ts'
import { askWhat, remindWhen } from './question.ts'
import { recipientsOf, toGroup } from './recipients.ts'
import { inWords } from './rule.ts'
import { unknownZone } from './strange-zone.ts'
import { whyNot } from './unreachable.ts'
import { nameAll } from './who.ts'

/** Discord shows 2,000 characters of a message; the frame around the text needs some of them. */
export const longestText = 1_500

/** How many reminders one person may have waiting: nobody plans more, programs gone wild do. */
const mostScheduled = 1_000

/** How many reminders for others and for channels one person may make in a day: a team plans fewer, a nuisance more. */
const mostForOthers = 100

/** What the sentence leaves open is asked for; what cannot be kept is refused with the fix. */
export async function createReminder(said: Understanding, context: Context): Promise<Outcome> {
  const task = await taskBefore(said, context)
  const understanding = await toGroup(task ?? said, context)
  const text = understanding.title ?? understanding.content
  const heads = task ? undefined : await alertTo(understanding, context)
  if (heads) return heads
  if (text === null || text.trim() === '') {
    if (isTimer(context)) return createReminder({ ...understanding, title: timerName(context) }, context)
    return askWhat(understanding, ['What should I remind you of?'], context)
  }
  const strange = unknownZone(understanding)
  if (strange) return strange
  const to = await recipientsOf(understanding, context)
  if (to.kind === 'unclear') return to.outcome
  if (text.length > longestText) {
    return {
      reply: problem(
        `A reminder holds ${longestText} characters and this one has ${text.length}: keep the long part in a note and remind yourself of that.`,
      ),
    }
  }
  const either = await eitherOr(understanding, text, context)
  if (either) return either
  const nag = nagOf(understanding, to.recipients, context)
  if (nag.kind === 'refused') return { reply: problem(nag.hint) }
  if (!understanding.when && !understanding.recurrence && nag.seconds === null)
    return (
      (await alertMe(understanding, text, context)) ??
      (await offerBefore(understanding, text, context)) ??
      remindWhen(understanding, text, context)
    )

  if (isLaterToday(understanding, context)) return remindWhen(understanding, text, context)
  const first = firstRing(nag.seconds === null ? understanding : fromSoon(understanding, nag.seconds, context), context)
  if (first.kind === 'refused') return { reply: problem(first.hint) }
  if ((await context.store.reminders.countScheduled(context.space.id, context.person.id)) >= mostScheduled) {
    return {
      reply: problem(
        `You have ${mostScheduled} reminders waiting, which is as many as I keep for one person: cancel some with “list my reminders”.`,
      ),
    }
  }

  const refused = (await forbidden(to.recipients, understanding, context)) ?? (await refusedBy(to.recipients, first.rrule, context))
  if (refused) return { reply: problem(refused) }

  const after: Reminder = {
    id: context.newId(),
    spaceId: context.space.id,
    ownerId: context.person.id,
    text,
    recipients: to.recipients,
    origin: context.message.place,
    state: 'scheduled',
    dueAt: first.dueAt,
    startWall: first.startWall,
    timeZone: first.timeZone,
    rrule: first.rrule,
    exdates: first.exdates,
    snoozeOf: null,
    nagSeconds: nag.seconds,
    version: 1,
  }
  const at = instant(first.dueAt, context, first.timeZone)
  const again = first.rrule === null ? [] : say` It repeats ${strong(inWords(first.rrule, first.startWall, first.timeZone))}.`
  return done(
    context,
    'reminder created',
    say`I will remind ${to.words} on ${at} (${fromNow(at)}): ${strong(short(text))}.${again}${nagInWords(nag.seconds)}`,
    [{ kind: 'reminder', before: null, after }],
    [...zoneHint(context), ...(await notReached(to.recipients, context))],
  )
}

const timer = /\b(?<kind>timer|alarm|countdown)\b/i

/** "set a timer for 25 minutes" says all that there is to say. */
function isTimer({ message }: Context): boolean {
  return message.kind === 'sentence' && timer.test(message.text)
}

function timerName({ message }: Context): string {
  const kind = message.kind === 'sentence' ? (timer.exec(message.text)?.groups?.kind?.toLowerCase() ?? '') : ''
  return kind === 'alarm' ? 'Alarm' : 'Timer'
}

/** Who could not be reached the last time: whether they can be now shows only when it is tried. */
async function notReached(recipients: readonly Recipient[], { store, space, person }: Context): Promise<readonly Block[]> {
  const others = recipients.flatMap((to) => (to.kind === 'direct' && to.user !== person.userId ? [to.user] : []))
  const closed = await store.reminders.unreached(space.id, others)
  return closed.map(({ user, failure }) => ({
    kind: 'aside',
    text: say`When I last tried: ${whyNot({ kind: 'direct', user }, failure)} If that is still so, you will hear of it.`,
  }))
}

/** Without a time of its own, what is asked again and again begins after the first pause. */
function fromSoon<Said extends Pick<Understanding, 'when' | 'recurrence'>>(said: Said, seconds: number, { now, timeZone }: Context): Said {
  if (said.when || said.recurrence) return said
  const start = now.add({ seconds }).toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never' })
  return { ...said, when: { kind: 'instant', start, end: null, grain: 'minute', timeZone } }
}

/** Nobody is reminded by others against their will, or more often than is bearable. */
export async function refusedBy(recipients: readonly Recipient[], rrule: string | null, context: Context): Promise<Text | undefined> {
  const { person, space, store } = context
  const others = recipients.flatMap((to) => (to.kind === 'direct' && to.user !== person.userId ? [to.user] : []))
  const refusing = await store.people.refusing(space.id, person.userId, others)
  if (refusing.length > 0) {
    const known = await Promise.all(refusing.map((user) => store.people.meetIn(space.id, { id: user, name: user })))
    const names = nameAll(
      known.flatMap((met) => met?.person ?? []),
      context,
    )
    return say`${names} ${refusing.length === 1 ? 'takes' : 'take'} no reminders from you. Remind yourself to ask in person.`
  }
  for (const to of recipients) {
    // Whoever asks is reached: they are here. And where they ask, we are.
    const isHere = to.kind === 'direct' ? to.user === person.userId : to.channel === context.message.place.channel
    const reason = isHere ? undefined : await context.obstacle(to)
    if (reason !== undefined) return whyNot(to, reason)
  }
  const shared = others.length > 0 || recipients.some(({ kind }) => kind === 'channel')
  if (shared && rrule !== null && /FREQ=HOURLY|BYHOUR=\d+,|BYMINUTE=\d+,/.test(rrule)) {
    return ['I remind others and channels once a day at most: give one time of the day.']
  }
  if (shared && (await store.reminders.countForOthers(space.id, person, context.now.subtract({ hours: 24 }))) >= mostForOthers) {
    return [
      `You made ${mostForOthers} reminders for others since this time yesterday, which is as many as I take in a day. Those for yourself go on.`,
    ]
  }
  return undefined
}

/** "today", said after the hour at which days ring: when today is for the person to say. */
function isLaterToday({ when, recurrence }: Understanding, { now }: Context): boolean {
  if (recurrence || when?.kind !== 'date' || when.start === null) return false
  const here = now.toZonedDateTimeISO(when.timeZone)
  return here.toPlainDate().toString() === when.start && Temporal.PlainTime.compare(here.toPlainTime(), morning) >= 0
}

type FirstRing =
  | {
      readonly kind: 'rings'
      readonly dueAt: Temporal.Instant
      readonly startWall: Temporal.PlainDateTime
      readonly timeZone: string
      readonly rrule: string | null
      readonly exdates: readonly Temporal.PlainDateTime[]
    }
  | { readonly kind: 'refused'; readonly hint: string | Text }

export function firstRing({ when, recurrence }: Pick<Understanding, 'when' | 'recurrence'>, context: Context): FirstRing {
  if (recurrence) return firstOfRule(recurrence, context)
  const dueAt = when ? instantOf(when, morning) : undefined
  if (!when || !dueAt) return { kind: 'refused', hint: 'I need a moment to remind you at, such as “tomorrow at 9” or “in 20 minutes”.' }
  const wrong = unplannable(dueAt, context.now)
  if (wrong === 'past') {
    return {
      kind: 'refused',
      hint: say`${instant(dueAt, context, when.timeZone)} is already over. Give a moment that is still to come, such as “in 5 minutes” or “tomorrow at 9”.`,
    }
  }
  if (wrong === 'far') return { kind: 'refused', hint: `I keep plans for ${farthestYears} years and no longer: give an earlier date.` }
  const startWall = wallOf(when, morning)?.wall ?? dueAt.toZonedDateTimeISO(when.timeZone).toPlainDateTime()
  return { kind: 'rings', dueAt, startWall, timeZone: when.timeZone, rrule: null, exdates: [] }
}

function firstOfRule({ rrule, dtstart, timeZone, exdates }: Recurrence, context: Context): FirstRing {
  const valid = validateRule(rrule)
  if (!valid.ok) return { kind: 'refused', hint: valid.hint }
  const startWall = wallTime(dtstart)
  const rule = { rrule, startWall, timeZone, exdates: exdates.map(wallTime) }
  const dueAt = nextOccurrence(rule, context.now)?.toInstant()
  if (!dueAt) return { kind: 'refused', hint: 'That never comes round again: give a start that is still to come, or a later end.' }
  if (unplannable(dueAt, context.now) === 'far')
    return { kind: 'refused', hint: `I keep plans for ${farthestYears} years and no longer: give an earlier start.` }
  return { kind: 'rings', dueAt, startWall, timeZone, rrule, exdates: rule.exdates }
}

function wallTime(text: string): Temporal.PlainDateTime {
  return text.includes('T') ? Temporal.PlainDateTime.from(text) : Temporal.PlainDate.from(text).toPlainDateTime(morning)
}
